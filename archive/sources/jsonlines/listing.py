"""JSON lines: one document a line.

The file is read once as a stream, line by line; a line that is wrong is a member with findings, and the others are
read all the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple, TypeVar

from archive.engine import weigh
from archive.model.codes import finding
from archive.model.fields import FIELD, FIELDS
from archive.model.findings import Severity
from archive.sources.containers.naming import Names
from archive.sources.containers.protocol import Member, Stretch
from archive.sources.containers.runs import Piece, numbered
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
    apart = TellingApart()
    for member in members_within(path, stream, renames, Stretch(0, sys.maxsize), limits=limits):
        yield apart.one(numbered(member, 0))


def members_within(
    path: str, stream: IO[bytes], renames: Mapping[str, str], stretch: Stretch, *, limits: Limits = _DEFAULT
) -> Iterator[Member]:
    """The members whose lines begin in a stretch of a container (`archive.sources.containers.protocol.Divisible`).

    Whatever the encoding, a line ends at the byte of a line feed and nowhere else, so that it can be found from any
    place.

    Args:
        path: as for `members`.
        stream: as there.
        renames: as there.
        stretch: it.
        limits: as there.

    Raises:
        OSError: the stream cannot be read.
    """
    start = _first_line(stream, stretch)
    if start is None:
        return
    stream.seek(start)
    for line in _lines(stream, start, stretch, _Asking.of(renames), limits.largest_line):
        member = _member(path, line, renames, limits)
        if member is not None:
            yield member


def _first_line(stream: IO[bytes], stretch: Stretch) -> int | None:
    """Where the first line begins in a stretch; None where none does.

    The bytes of a line that goes on from before are looked at no further than the stretch goes.
    """
    if not stretch.start:
        return 0
    at = stretch.start - 1  # where the byte before the stretch ends a line, one begins with the stretch
    stream.seek(at)
    while at < stretch.end - 1 and (data := stream.readline(min(_CHUNK, stretch.end - 1 - at))):
        at += len(data)
        if data.endswith(b"\n"):
            return at
    return None


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


def _lines(stream: IO[bytes], start: int, stretch: Stretch, asking: _Asking, longest: int) -> Iterator[_Line]:
    """The lines from a place on that begin in a stretch, and are not empty."""
    while start < stretch.end and (data := stream.readline(longest + 2)):
        stretch.rows += 1
        if data == b"\n":  # of which there may be millions
            start += 1
            continue
        length = len(data)
        asks = False
        while not data.endswith(b"\n") and (more := stream.readline(_CHUNK)):
            asks = asks or asking.stands_in(data + more)
            length += len(more)
            data = data[:1] + more[-_LONGEST_KEY:]
        yield _Line(stretch.rows, start, data, length, asking, asks)
        start += length


def _member(path: str, line: _Line, renames: Mapping[str, str], limits: Limits) -> Member | None:
    if line.length > limits.largest_line + 1:
        member = Member(path, str(line.row), line.start, line.start + line.length, line.row)
        most = f"at most {limits.largest_line:,} bytes in a line"
        return _with(member, "jsonl.line-too-long", f"{line.length:,} bytes", most, line.weight)
    weigh(line.length)
    mark = len(_MARK) if line.start == 0 and line.data.startswith(_MARK) else 0
    data = line.data[mark:].rstrip(b"\r\n")
    start = line.start + mark
    if not data or data.isspace():
        return None
    try:
        identifier = _identifier(data, renames, limits)
    except MalformedError as error:
        member = Member(path, str(line.row), start, start + len(data), line.row)
        return _with(member, "jsonl.malformed-line", str(error), "one JSON object", line.weight)
    if identifier is None:
        return Member(path, "", start, start + len(data), line.row)
    name = _name(identifier)
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


def key_of(known: Container[str], name: str, renames: Mapping[str, str]) -> str | None:
    """The key that plays the part of `name`: one renamed to it, else its own; None where a line has neither."""
    for key, field_name in renames.items():
        if field_name == name and key in known:
            return key
    return name if renames.get(name, name) == name and name in known else None


def value_of(known: Mapping[str, Stated], name: str, renames: Mapping[str, str]) -> Stated | None:
    """The value under `key_of`."""
    key = key_of(known, name, renames)
    return None if key is None else known[key]


def name_of(key: str, renames: Mapping[str, str]) -> str:
    """The field that a key stands for; `id` and `text` are parts of their own."""
    return renames.get(key) or _ALIASES.get(key.lower(), "")


def _name(identifier: Any) -> str:
    """The name of a member; empty where what is stated can be none."""
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
class TellingApart:
    """Tells members of one name apart, in the order of the container; the later ones are wrong."""

    names: Names = field(default_factory=Names)

    def told(self, piece: Piece) -> Iterator[Piece]:
        """The same members, those with findings whose name another has already."""
        if isinstance(piece, Member):
            yield self.one(piece)
            return
        is_new = self.names.are_new(piece.names)
        if all(is_new):
            yield piece
            return
        for member, alone in zip(piece, is_new, strict=True):
            yield member if alone else _as_second(member)

    def one(self, member: Member) -> Member:
        """The same of one by itself."""
        return member if member.findings or self.names.are_new((member.name,))[0] else _as_second(member)


def _as_second(member: Member) -> Member:
    return _with(member, "jsonl.duplicate-member", member.name[:80], "an id of its own")
