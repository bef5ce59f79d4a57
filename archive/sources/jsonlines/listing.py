"""JSON lines: one document a line.

The file is read once as a stream, line by line; a line that is wrong is a member with findings, and the others are
read all the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from archive.model.codes import finding
from archive.sources.containers.protocol import Member
from archive.sources.jsonlines.scanning import MalformedError, Value, members_of_object, usual_members
from archive.sources.limits import Limits

_MARK = b"\xef\xbb\xbf"
_CHUNK = 1024 * 1024
_DEFAULT = Limits()


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
    for line in _lines(stream, limits.largest_line):
        member = _member(path, line, renames, limits)
        if member is not None:
            yield names.told_apart(member)


@dataclass(slots=True)
class _Line:
    row: int
    start: int
    data: bytes
    length: int


def _lines(stream: IO[bytes], longest: int) -> Iterator[_Line]:
    start = row = 0
    while data := stream.readline(longest + 2):
        row += 1
        length = len(data)
        while not data.endswith(b"\n") and (more := stream.readline(_CHUNK)):
            length += len(more)
            data = data[:1] + more[-1:]
        yield _Line(row, start, data, length)
        start += length


def _member(path: str, line: _Line, renames: Mapping[str, str], limits: Limits) -> Member | None:
    if line.length > limits.largest_line + 1:
        member = Member(path, str(line.row), line.start, line.start + line.length, line.row)
        return _with(
            member, "jsonl.line-too-long", f"{line.length:,} bytes", f"at most {limits.largest_line:,} bytes in a line"
        )
    mark = len(_MARK) if line.start == 0 and line.data.startswith(_MARK) else 0
    data = line.data[mark:].rstrip(b"\r\n")
    start = line.start + mark
    member = Member(path, str(line.row), start, start + len(data), line.row)
    if not data.strip():
        return None
    written = data.decode("utf-8", "surrogateescape")
    try:
        known = usual_members(written, limits.deepest_json) or members_of_object(written, limits.deepest_json)
    except MalformedError as error:
        return _with(member, "jsonl.malformed-line", str(error), "one JSON object")
    return _named(member, value_of(known, "id", renames))


def value_of(known: Mapping[str, Value], name: str, renames: Mapping[str, str]) -> Value | None:
    """The value that plays the part of `name`: under a key renamed to it, else under its own."""
    for key, field_name in renames.items():
        if field_name == name and key in known:
            return known[key]
    return known.get(name) if renames.get(name, name) == name else None


def _named(member: Member, identifier: Value | None) -> Member:
    value: Any = None if identifier is None else identifier.value
    if value is None:
        return member
    name = value.strip() if isinstance(value, str) else str(value) if type(value) is int else ""
    if not name or not is_unicode(name):
        return _with(member, "jsonl.id-not-usable", f"{value!r}"[:80], "a string or a whole number")
    return Member(member.container, name, member.start, member.end, member.row)


def is_unicode(said: str) -> bool:
    """Whether a text holds no half of a surrogate pair, which is also what undecodable bytes become (PEP 383)."""
    try:
        return said.isascii() or bool(said.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _with(member: Member, code: str, found: str, expected: str) -> Member:
    one = finding(code, where=member.where, found=found, expected=expected)
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
