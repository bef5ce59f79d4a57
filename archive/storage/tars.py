"""Walks through a tar: its members one after the other, in a stream (POSIX.1-2017, pax; ustar, GNU and old forms).

This is no general reader: it never writes, follows no link, and holds one header at a time. A header that is not
understood ends the walk with a `StorageError`, since nobody can say where the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.errors import LimitError, StorageError
from archive.model.limits import Limits
from archive.storage.compression import Stream
from archive.storage.stores import Kind

BLOCK = 512
_PIECE = 1 << 20
_ZEROS = bytes(BLOCK)
_PAX, _PAX_FOR_ALL, _LONG_NAME, _LONG_LINK = b"x", b"g", b"L", b"K"
_SUN_PAX = b"X"
_EXTENDED = frozenset({_PAX, _PAX_FOR_ALL, _LONG_NAME, _LONG_LINK, _SUN_PAX})
_FILES = frozenset({b"0", b"\0", b"7"})
_KINDS = {b"2": Kind.LINK, b"3": Kind.SPECIAL, b"4": Kind.SPECIAL, b"5": Kind.FOLDER, b"6": Kind.SPECIAL}
_HARD_LINK = b"1"
_SPARSE = b"S"
_NOT_OF_THE_TREE = frozenset({b"V", b"M", b"D", b"N"})
_RECORD = re.compile(rb"([0-9]{1,9}) ")
_MOST_EXTENSIONS = 64
_OF_ONE_MEMBER = frozenset({b"path", b"linkpath", b"size"})
"""What must not be said of all members at once: unpacked, each of them would take the place of the one before."""
_OWNERS = frozenset((b"uname", b"gname"))
_SPARSE_KEYS = b"GNU.sparse."


class TarMember(NamedTuple):
    """One member.

    Attributes:
        name: its name as it stands there, undecodable bytes as surrogates.
        kind: what it is; a hard link is a file whose bytes stand at its target.
        size: bytes.
        place: where its bytes begin, from the beginning of the tar.
        target: the name that a hard link leads to, else empty.
        fault: why its bytes cannot be read, else empty.
        owners: the names of the user and the group that it belonged to, where they are stated.
    """

    name: str
    kind: Kind
    size: int
    place: int
    target: str = ""
    fault: str = ""
    owners: tuple[str, ...] = ()


class TarStream:
    """Reads a tar from its beginning to its end.

    Args:
        source: the uncompressed bytes.
        limits: the bounds.
        length: how many bytes there are, where `source` can skip to a place with `seek`; None where it cannot.
    """

    def __init__(self, source: Stream, limits: Limits, length: int | None = None) -> None:
        self._source = source
        self._limits = limits
        self._length = length
        self._place = 0
        self._end_of_member = 0
        self.ended = False
        self.trailing = False

    def members(self) -> Iterator[TarMember]:
        """The members in their order; the bytes of the last one may be read between two of them.

        After the last, `ended` says whether the mark that ends a tar was there, `trailing` whether anything but zeros
        followed.

        Raises:
            StorageError: a header is damaged, or the tar is cut short.
            LimitError: an extended header is too large, or what holds the tar passes a bound.
        """
        while (header := self._header()) is not None:
            member, stored = header
            data_ends = member.place + stored
            if not member.fault and member.kind is Kind.FILE and not member.target:
                self._end_of_member = data_ends
            yield member
            self._skip_to(data_ends + -data_ends % BLOCK)
        self._read_to_the_end()

    def pieces(self) -> Iterator[bytes]:
        """The bytes of the member that `members` gave last, in pieces.

        Raises:
            StorageError: the tar is cut short, or damaged.
        """
        while self._place < self._end_of_member:
            piece = self._read(min(_PIECE, self._end_of_member - self._place))
            if not piece:
                raise StorageError("The tar is cut short in the middle of this file")
            yield piece

    def _header(self) -> tuple[TarMember, int] | None:
        more = _Extended()
        for _ in range(_MOST_EXTENSIONS):
            block = self._read(BLOCK)
            if not block or block == _ZEROS:
                self.ended = bool(block)
                return None
            if len(block) < BLOCK:
                raise StorageError("The tar is cut short in a header")
            _check_sum(block)
            kind = block[156:157]
            if kind not in _EXTENDED:
                member, stored = _member(block, more, self._place)
                owners = more.owners or _owners(block)
                return (member._replace(owners=tuple(owners)) if owners else member), stored
            more.take(kind, self._extension(_number(block[124:136])))
        raise StorageError("A header of the tar is extended more often than is sensible")

    def _extension(self, size: int) -> bytes:
        if size > self._limits.header:
            raise LimitError(f"An extended header of the tar has more than {self._limits.header} bytes")
        data = self._read(size)
        if len(data) < size:
            raise StorageError("The tar is cut short in a header")
        self._skip_to(self._place + -size % BLOCK)
        return data

    def _read(self, size: int) -> bytes:
        found = self._source.read(size)
        while 0 < len(found) < size and (more := self._source.read(size - len(found))):
            found += more
        self._place += len(found)
        return found

    def _skip_to(self, place: int) -> None:
        if self._length is not None:
            if place > self._length:
                raise StorageError("The tar is cut short in the middle of a file")
            self._source.seek(place)  # type: ignore[attr-defined]  # `length` is given for what can seek alone
            self._place = place
            return
        while self._place < place:
            if not self._read(min(_PIECE, place - self._place)):
                raise StorageError("The tar is cut short in the middle of a file")

    def _read_to_the_end(self) -> None:
        # Zeros fill the last record. Whatever else is there belongs to no member, and of much of it the rest tells
        # no more; a compressed file has its own checksum at its end, so that one is read to there.
        seen = 0
        while data := self._read(_PIECE):
            seen += len(data)
            self.trailing = self.trailing or data.count(0) != len(data)
            if self._length is not None and (self.trailing or seen > 16 * _PIECE):
                self.trailing = True
                return


class _Extended:
    """What extended headers say of the member that follows them."""

    def __init__(self) -> None:
        self.name: bytes | None = None
        self.target: bytes | None = None
        self.size: int | None = None
        self.sparse = False
        self.owners: list[str] = []

    def take(self, kind: bytes, data: bytes) -> None:
        if kind == _LONG_NAME:
            self.name = data.rstrip(b"\0")
        elif kind == _LONG_LINK:
            self.target = data.rstrip(b"\0")
        elif kind == _PAX_FOR_ALL:
            if any(key in _OF_ONE_MEMBER or key.startswith(_SPARSE_KEYS) for key, _ in _records(data)):
                raise StorageError("A header of the tar gives all of its members one name or size")
        else:
            for key, value in _records(data):
                self._take_record(key, value)

    def _take_record(self, key: bytes, value: bytes) -> None:
        if key == b"path":
            self.name = value
        elif key == b"linkpath":
            self.target = value
        elif key == b"size":
            if not re.fullmatch(rb"[0-9]{1,19}", value):
                raise StorageError("A header of the tar is damaged: a size is no number")
            self.size = int(value)
        elif key in _OWNERS:
            self.owners.append(_text(value))
        elif key.startswith(_SPARSE_KEYS):
            self.sparse = True
            if key == b"GNU.sparse.name":
                self.name = value


def _records(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The records of a pax header: `length key=value` and a line feed, the length of the whole in decimal digits."""
    place = 0
    while place < len(data):
        match = _RECORD.match(data, place)
        end = place + int(match[1]) if match else 0
        if not match or end <= match.end() or end > len(data) or data[end - 1] != 0x0A:
            raise StorageError("An extended header of the tar is damaged")
        key, equals, value = data[match.end() : end - 1].partition(b"=")
        if not equals:
            raise StorageError("An extended header of the tar is damaged")
        yield key, value
        place = end


def _member(block: bytes, more: _Extended, place: int) -> tuple[TarMember, int]:
    """A member, and how many bytes of it are stored after its header."""
    mark = block[156:157]
    name = _text(_name(block) if more.name is None else more.name)
    size = _number(block[124:136]) if more.size is None else more.size
    if mark in _KINDS:
        return TarMember(name, _KINDS[mark], 0, place), 0
    if mark == _HARD_LINK:
        target = _text(_until_nul(block[157:257]) if more.target is None else more.target)
        return TarMember(name, Kind.FILE, 0, place, target), 0
    if mark in _NOT_OF_THE_TREE:
        raise StorageError("The tar is of a kind that spans volumes, or an incremental one")
    if mark == _SPARSE or more.sparse:
        return _sparse(block, name, size, place)
    if mark not in _FILES:
        return TarMember(name, Kind.FILE, size, place, fault="a kind of member that is not known"), size
    if name.endswith("/") and mark != b"7":
        return TarMember(name, Kind.FOLDER, 0, place), size
    return TarMember(name, Kind.FILE, size, place), size


def _sparse(block: bytes, name: str, size: int, place: int) -> tuple[TarMember, int]:
    """A file with holes. In the old form blocks with more of its map stand before the bytes."""
    if block[156:157] == _SPARSE and block[482] != 0:
        raise StorageError("The tar holds a sparse file whose map goes on after its header")
    return TarMember(name, Kind.FILE, size, place, fault="it is stored as a sparse file"), size


def _name(block: bytes) -> bytes:
    name = _until_nul(block[:100])
    # What GNU tar writes has other things where POSIX has the prefix.
    prefix = _until_nul(block[345:500]) if block[257:263] == b"ustar\0" else b""
    return prefix + b"/" + name if prefix else name


def _owners(block: bytes) -> list[str]:
    """The names of user and group, which the old form of headers does not have."""
    if block[257:262] != b"ustar":
        return []
    return [_text(name) for name in (_until_nul(block[265:297]), _until_nul(block[297:329])) if name]


def _until_nul(field: bytes) -> bytes:
    return field.partition(b"\0")[0]


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _number(field: bytes) -> int:
    """A number in octal digits, or, for what those cannot hold, in binary (GNU)."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = _until_nul(field).strip()
    if not re.fullmatch(rb"[0-7]*", digits):
        raise StorageError("A header of the tar is damaged: a size is no number")
    return int(digits or b"0", 8)


def _check_sum(block: bytes) -> None:
    stated = _number(block[148:156])
    blanked = block[:148] + b" " * 8 + block[156:]
    if stated != sum(blanked) and stated != sum(byte - 256 if byte > 127 else byte for byte in blanked):
        raise StorageError("A header of the tar does not match its own checksum")


def looks_like_tar(head: bytes) -> bool:
    """Whether the first block of a file is the header of a tar."""
    if len(head) < BLOCK:
        return False
    try:
        _check_sum(head[:BLOCK])
    except StorageError:
        return False
    return head[:BLOCK] != _ZEROS
