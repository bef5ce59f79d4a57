"""JSON lines: one document a line.

The file is read once as a stream, line by line; a line that is wrong is a member with findings, and the others are
read all the same.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple, TypeVar

from archive.model.codes import finding
from archive.model.fields import FIELD, FIELDS
from archive.model.findings import Severity
from archive.sources.containers.protocol import Member
from archive.sources.jsonlines.scanning import MalformedError, members_of_object, usual_values
from archive.sources.limits import Limits

_ALIASES = {alias: one.name for one in FIELDS for alias in (one.name, *one.dublin_core)}
_MARK = b"\xef\xbb\xbf"
_CHUNK = 1024 * 1024
_ACCESS = "access_level"
_LONGEST_KEY = 4096
"""Bytes of a key that may ask for a level of access."""
_ESCAPED = re.compile(rb"\\u00([2-7][0-9a-fA-F])")
"""A character of ASCII as JSON may write it."""
_DEFAULT = Limits()
Stated = TypeVar("Stated")


def members(path: str, stream: IO[bytes], renames: Mapping[str, str], *, limits: Limits = _DEFAULT) -> Iterator[Member]:
    """The members of a container, in their order.

    Args:
        path: the name for findings.
        stream: the container from its first byte, open for reading bytes.
        renames: key of a line -> name of a field, or `id` or `text` (`Corpus.json_lines`).
        limits: how long a line may be and how deep its values.

    Yields:
        One member for each line that is not blank.

    Raises:
        OSError: the stream cannot be read.
    """
    names = _Names()
    asking = _Asking.of(renames)
    for line in _lines(stream, limits.largest_line, asking):
        member = _member(path, line, renames, limits)
        if member is not None:
            yield names.told_apart(member)


class _Line(NamedTuple):
    row: int
    start: int
    data: bytes
    length: int
    asking: _Asking
    asks: bool = False

    @property
    def weight(self) -> Severity | None:
        """Of what is wrong with the line: a level of access that nobody can read must not pass for none."""
        return Severity.ERROR if self.asks or self.asking.stands_in(self.data) else None


@dataclass(frozen=True, slots=True)
class _Asking:
    """The keys under which a line may ask for a level of access, in lower case."""

    keys: tuple[bytes, ...]

    @classmethod
    def of(cls, renames: Mapping[str, str]) -> _Asking:
        own = (key for key, name in renames.items() if name == _ACCESS)
        keys = (_ACCESS, *FIELD[_ACCESS].dublin_core, *own)
        return cls(tuple(key.lower().encode("utf-8", "replace") for key in keys))

    def stands_in(self, data: bytes) -> bool:
        """Whether one is in a line, be it in UTF-16 or with letters written as escapes."""
        lowered = _ESCAPED.sub(_letter, data.replace(b"\0", b"")).lower()
        return any(key in lowered for key in self.keys)


def _letter(escaped: re.Match[bytes]) -> bytes:
    return bytes.fromhex(escaped[1].decode("ascii"))


def _lines(stream: IO[bytes], longest: int, asking: _Asking) -> Iterator[_Line]:
    start = row = 0
    while data := stream.readline(longest + 2):
        row += 1
        length = len(data)
        asks = False
        while not data.endswith(b"\n") and (more := stream.readline(_CHUNK)):
            asks = asks or asking.stands_in(data + more)
            length += len(more)
            data = data[:1] + more[-_LONGEST_KEY:]
        yield _Line(row, start, data, length, asking, asks)
        start += length


def _member(path: str, line: _Line, renames: Mapping[str, str], limits: Limits) -> Member | None:
    if line.length > limits.largest_line + 1:
        member = Member(path, str(line.row), line.start, line.start + line.length, line.row)
        most = f"at most {limits.largest_line:,} bytes in a line"
        return _with(member, "jsonl.line-too-long", f"{line.length:,} bytes", most, line.weight)
    mark = len(_MARK) if line.start == 0 and line.data.startswith(_MARK) else 0
    data = line.data[mark:].rstrip(b"\r\n")
    start = line.start + mark
    if not data.strip():
        return None
    try:
        identifier = _identifier(data, renames, limits)
    except MalformedError as error:
        member = Member(path, str(line.row), start, start + len(data), line.row)
        return _with(member, "jsonl.malformed-line", str(error), "one JSON object", line.weight)
    name = _name(identifier, line.row)
    member = Member(path, name or str(line.row), start, start + len(data), line.row)
    if name:
        return member
    return _with(member, "jsonl.id-not-usable", f"{identifier!r}"[:80], "a string or a whole number")


def _identifier(data: bytes, renames: Mapping[str, str], limits: Limits) -> Any:
    """What a line says under `id`; None where it says nothing."""
    values = usual_values(data, limits.deepest_json)
    if values is not None:
        found = value_of(values, "id", renames)
        if type(found) is not float:  # which may be a whole number of many digits
            return found
    known = members_of_object(data.decode("utf-8", "surrogateescape"), limits.deepest_json)
    stated = value_of(known, "id", renames)
    return None if stated is None else stated.value


def value_of(known: Mapping[str, Stated], name: str, renames: Mapping[str, str]) -> Stated | None:
    """The value that plays the part of `name`: under a key renamed to it, else under its own."""
    for key, field_name in renames.items():
        if field_name == name and key in known:
            return known[key]
    return known.get(name) if renames.get(name, name) == name else None


def name_of(key: str, renames: Mapping[str, str]) -> str:
    """The field that a key stands for; `id` and `text` are parts of their own."""
    return renames.get(key) or _ALIASES.get(key.lower(), "")


def _name(identifier: Any, row: int) -> str:
    """The name of a member; empty where what is stated can be none."""
    if identifier is None:
        return str(row)
    name = identifier.strip() if isinstance(identifier, str) else str(identifier) if type(identifier) is int else ""
    return name if name and is_unicode(name) else ""


def is_unicode(said: str) -> bool:
    """Whether a text holds no half of a surrogate pair, which is also what undecodable bytes become (PEP 383)."""
    try:
        return said.isascii() or bool(said.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _with(member: Member, code: str, found: str, expected: str, weight: Severity | None = None) -> Member:
    one = finding(code, where=member.where, found=found, expected=expected, severity=weight)
    return Member(member.container, str(member.row), member.start, member.end, member.row, (*member.findings, one))


@dataclass(slots=True)
class _Names:
    """The names so far, as digests: 16 bytes each, whatever their length."""

    seen: set[bytes] = field(default_factory=set)

    def told_apart(self, member: Member) -> Member:
        if member.findings:
            return member
        digest = hashlib.blake2b(member.name.encode("utf-8"), digest_size=16).digest()
        if digest in self.seen:
            return _with(member, "jsonl.duplicate-member", member.name[:80], "an id of its own")
        self.seen.add(digest)
        return member
