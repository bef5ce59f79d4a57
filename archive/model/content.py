"""The content digest: what a bag says, apart from when, by which recipe and in which Parquet it says it.

It is the sha256 of two lines, `<sha256 of the list of files>  files` LF and `<sha256 of the list of records>  records`
LF. A list has one line `<sha256>  <name as a JSON string>` LF for each entry. The files are all payload files under
`data/originals/`, `data/derived/` and `data/submission/`, named by payload path, in order of the path's bytes. The
records are named by `document_id`, in order of its bytes; their sha256 is of the record's content in the form of
RFC 8785 (see `content_of`). Two bags with the same content digest hold the same evidence
and say the same of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from json.encoder import encode_basestring
from typing import Any

from archive.model.canonical import canonical_json, in_order
from archive.model.records import RecordJson

COVERED = ("data/originals/", "data/derived/", "data/submission/")
"""The folders whose files count."""
OWN_AGENT = "corpus-archive"
"""The beginning of the agent of every event of the packing itself."""
_APART = frozenset({"additional", "events", "recipe"})
"""Members of a record that do not count or not all of them, and what may hold anything that JSON can."""

_MEMBERS, _OPTIONAL = RecordJson.__required_keys__, RecordJson.__optional_keys__
_BEFORE = tuple(sorted(key for key in _MEMBERS | _OPTIONAL if key < "recipe"))
_AFTER = tuple(sorted(key for key in _MEMBERS | _OPTIONAL if key > "recipe"))
"""The members as they are sorted, on either side of the one that does not count."""

Encoder = Callable[[Any], bytes]
"""What gives canonical JSON: `archive.model.canonical.canonical_json`, or what does the same."""


_TO_BE_ESCAPED = re.compile(rb'[\x00-\x1f"\\]')
"""What stands otherwise in a JSON string."""


class DigestList:
    """A list of names and digests, digested as it grows."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, name: str, sha256: str) -> None:
        """Adds an entry; whoever adds keeps the order."""
        self.add_all((name,), (sha256,))

    def add_all(self, names: Sequence[str], sha256s: Sequence[str]) -> None:
        """Adds entries, a digest for each name."""
        # The name as a JSON string, so that a name with a line break in it cannot pass for two lines.
        lines = [f"{sha256}  {encode_basestring(name)}\n" for name, sha256 in zip(names, sha256s, strict=True)]
        self._digest.update("".join(lines).encode("utf-8", "surrogateescape"))

    def add_files(self, names: Sequence[bytes], sha256: Sequence[str]) -> None:
        """The same for files, whose names are in UTF-8."""
        if _TO_BE_ESCAPED.search(b" ".join(names)) is None:
            lines = [b'%b  "%b"\n' % one for one in zip(" ".join(sha256).encode("ascii").split(), names, strict=True)]
            self._digest.update(b"".join(lines))
            return
        for name, digest in zip(names, sha256, strict=True):
            self.add(name.decode("utf-8", "surrogateescape"), digest)

    def hexdigest(self) -> str:
        """The sha256 of the list so far."""
        return self._digest.hexdigest()


def covered_files(files: Iterable[tuple[str, str]]) -> DigestList:
    """The list of the files that count.

    Args:
        files: payload path and sha256 of every payload file, in order of the paths' bytes.
    """
    covered = DigestList()
    for path, sha256 in files:
        if path.startswith(COVERED):
            covered.add(path, sha256)
    return covered


def content_digest(covered: DigestList, records: DigestList) -> str:
    """The content digest in lower-case hex.

    Args:
        covered: of every payload file that counts, in order of the paths' bytes.
        records: of every record.
    """
    lines = f"{covered.hexdigest()}  files\n{records.hexdigest()}  records\n"
    return hashlib.sha256(lines.encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class Written:
    """A record as bytes.

    Attributes:
        line: the record in the form of RFC 8785, without a line end.
        content_sha256: of its content (see `content_of`).
    """

    line: bytes
    content_sha256: str


def written(record: Mapping[str, Any], encode: Encoder = canonical_json) -> Written:
    """A record and the digest of its content, each member encoded once.

    Args:
        record: as `archive.model.records` shapes it.
        encode: what is asked for all of it but `additional`, which may hold what a quicker way does not expect.

    Raises:
        ValueError: as `canonical_json`.
    """
    found = _in_one_go(record, encode)
    if found is None:
        pieces = _pieces(record, encode)
        found = _joined(pieces), (_content(record, pieces, encode),)
    line, covered = found
    digest = hashlib.sha256()
    for piece in covered:
        digest.update(piece)
    return Written(line, digest.hexdigest())


def content_of(record: Mapping[str, Any], encode: Encoder = canonical_json) -> bytes:
    """The part of a record that its content digest covers: all but the recipe and the packing's own events.

    A newer version of a dependency changes the recipe's digest, and another day changes the times of events; neither
    changes what the record says of the document. The arguments are those of `written`.
    """
    found = _in_one_go(record, encode)
    return _content(record, _pieces(record, encode), encode) if found is None else b"".join(found[1])


def _in_one_go(record: Mapping[str, Any], encode: Encoder) -> tuple[bytes, tuple[bytes, ...]] | None:
    """The line of a record, and the parts of it that the digest covers; None where more of it is left out."""
    if record.keys() - _OPTIONAL != _MEMBERS or record["additional"] or any(map(_is_own, record["events"])):
        return None
    before = encode({key: record[key] for key in _BEFORE if key in record})[:-1]
    recipe = b',"recipe":' + encode(record["recipe"])
    after = b"," + encode({key: record[key] for key in _AFTER if key in record})[1:]
    return b"".join((before, recipe, after)), (before, after)


def _is_own(event: Mapping[str, Any]) -> bool:
    """Whether an event is one of the packing itself."""
    own: bool = event["agent"].startswith(OWN_AGENT)
    return own


def _pieces(record: Mapping[str, Any], encode: Encoder) -> dict[str, bytes]:
    """Members that stand next to each other, by the first of them, as canonical JSON without the braces."""
    pieces = {}
    for some in _groups(tuple(record)):
        encoding = canonical_json if some[0] == "additional" else encode
        pieces[some[0]] = encoding({key: record[key] for key in some})[1:-1]
    return pieces


@lru_cache(maxsize=64)
def _groups(members: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The names of members as they are sorted, those together that are encoded together."""
    return tuple(tuple(some) for _, some in groupby(in_order(members), key=lambda key: key if key in _APART else ""))


def _joined(pieces: Mapping[str, bytes]) -> bytes:
    return b"{" + b",".join(pieces.values()) + b"}"


def _content(record: Mapping[str, Any], pieces: Mapping[str, bytes], encode: Encoder) -> bytes:
    kept = {first: piece for first, piece in pieces.items() if first != "recipe"}
    events = [event for event in record["events"] if not _is_own(event)]
    if len(events) < len(record["events"]):
        kept["events"] = encode({"events": events})[1:-1]
    return _joined(kept)
