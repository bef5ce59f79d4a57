"""Reads a zip (APPNOTE 6.3.10): its central directory, and the bytes of its entries with their checks.

Written here because a hostile zip makes the standard library's reader hold gigabytes: it reads the whole directory
at once and decompresses bzip2 and LZMA without a bound on what comes out.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO, NamedTuple

from archive.errors import LimitError, StorageError
from archive.model.limits import Limits
from archive.storage.origins import size_of
from archive.storage.stores import Kind

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT = 65_535
_FULL = 0xFFFFFFFF
_FULL_COUNT = 0xFFFF
_EXTRA_64 = 0x0001
_EXTRA_NAME = 0x7075
_FLAG_UTF8 = 0x800
_UNIX = frozenset({3, 19})


class ZipMember(NamedTuple):
    """One entry, as the central directory has it.

    Attributes:
        raw: its name in bytes.
        kind: what it is.
        size: bytes, uncompressed.
        stored: bytes, compressed.
        place: where its local header begins.
        check: the CRC-32 of its bytes.
        method: the number of the compression.
        flags: the general purpose bits.
    """

    raw: bytes
    kind: Kind
    size: int
    stored: int
    place: int
    check: int
    method: int
    flags: int


def read_directory(file: BinaryIO, limits: Limits) -> Iterator[tuple[str, ZipMember]]:
    """The entries with their names, in the order of the central directory.

    Args:
        file: the zip.
        limits: the bounds.

    Raises:
        StorageError: there is no central directory, or it is damaged.
        LimitError: there are too many entries.
    """
    start, size, count = _directory(file, size_of(file))
    if count > limits.entries:
        raise LimitError(f"It holds more than {limits.entries} files and folders")
    file.seek(start)
    read = 0
    for _ in range(count):
        head = _exactly(file, _CENTRAL.size)
        fields = _CENTRAL.unpack(head)
        if fields[0] != b"PK\x01\x02":
            raise StorageError("The directory of the zip is damaged")
        raw = _exactly(file, fields[10])
        extra = _exactly(file, fields[11])
        _exactly(file, fields[12])
        read += _CENTRAL.size + fields[10] + fields[11] + fields[12]
        yield _entry(fields, raw, extra)
    if read != size:
        raise StorageError("The directory of the zip has another length than its end says")


def check_sizes(members: list[ZipMember], length: int, limits: Limits) -> None:
    """Refuses a bomb, before anything of it is read.

    Args:
        members: all entries.
        length: bytes of the zip.
        limits: the bounds.

    Raises:
        LimitError: too much would come out of it, or entries share their bytes.
    """
    total = sum(member.size for member in members)
    if total > limits.unquestioned and total > length * limits.ratio:
        raise LimitError(f"More than {limits.ratio} bytes come out of it for each that is in it")
    ends = sorted((one.place, one.place + LOCAL.size + len(one.raw) + one.stored) for one in members)
    if any(end > start for (_, end), (start, _) in pairwise(ends)):
        raise LimitError("Its entries lie over one another, so that the same bytes come out of it again and again")


def _directory(file: BinaryIO, length: int) -> tuple[int, int, int]:
    """Where the central directory begins, its bytes, and how many entries it has."""
    start = max(0, length - _LONGEST_COMMENT - _END.size)
    file.seek(start)
    tail = file.read(_LONGEST_COMMENT + _END.size)
    place = tail.rfind(b"PK\x05\x06")
    while place >= 0:
        if place + _END.size <= len(tail):
            _, disk, first_disk, _, count, size, offset, comment = _END.unpack_from(tail, place)
            if place + _END.size + comment == len(tail):
                break
        place = tail.rfind(b"PK\x05\x06", 0, place)
    else:
        raise StorageError("It begins as a zip and has no directory at its end: it is cut short, or damaged")
    if disk or first_disk:
        raise StorageError("The zip is one part of several")
    if _FULL in {size, offset} or count == _FULL_COUNT:
        return _directory_64(file, start + place, (offset, size, count))
    _within(offset + size, start + place)
    return offset, size, count


def _directory_64(file: BinaryIO, end: int, plain: tuple[int, int, int]) -> tuple[int, int, int]:
    place = end - _LOCATOR.size
    if place < 0:
        return plain
    file.seek(place)
    mark, disk, offset, disks = _LOCATOR.unpack(_exactly(file, _LOCATOR.size))
    if mark != b"PK\x06\x07":
        _within(plain[0] + plain[1], end)
        return plain
    if disk or disks > 1:
        raise StorageError("The zip is one part of several")
    _within(offset + _END_64.size, place)
    file.seek(offset)
    fields = _END_64.unpack(_exactly(file, _END_64.size))
    if fields[0] != b"PK\x06\x06":
        raise StorageError("The directory of the zip is damaged")
    count, size, start = fields[7:10]
    _within(start + size, offset)
    return start, size, count


def _within(end: int, bound: int) -> None:
    if end > bound:
        raise StorageError("The directory of the zip does not lie where its end says")


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise StorageError("The zip is cut short")
    return data


def _entry(fields: tuple[int, ...], raw: bytes, extra: bytes) -> tuple[str, ZipMember]:
    made_by, flags, method, check = fields[1] >> 8, fields[3], fields[4], fields[7]
    extras = dict(_extras(extra))
    stored, size, place = _true_sizes((fields[8], fields[9], fields[16]), extras.get(_EXTRA_64, b""))
    name = _name(raw, flags, made_by, extras.get(_EXTRA_NAME, b""))
    kind = _kind(name, fields[15] >> 16 if made_by in _UNIX else 0)
    return name, ZipMember(raw, kind, size if kind is Kind.FILE else 0, stored, place, check, method, flags)


def _extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(extra):
        key, size = struct.unpack_from("<HH", extra, place)
        yield key, extra[place + 4 : place + 4 + size]
        place += 4 + size


def _true_sizes(plain: tuple[int, int, int], extra: bytes) -> tuple[int, int, int]:
    """Compressed size, size and place, each from the zip64 field where its own is full (APPNOTE, 4.5.3)."""
    stored, size, place = plain
    wanted = [one == _FULL for one in (size, stored, place)]
    if len(extra) < 8 * sum(wanted):
        raise StorageError("An entry of the zip is damaged: its sizes are missing")
    longer = iter(struct.unpack_from(f"<{sum(wanted)}Q", extra))
    size, stored, place = (
        next(longer) if is_full else one for is_full, one in zip(wanted, (size, stored, place), strict=True)
    )
    return stored, size, place


def _name(raw: bytes, flags: int, made_by: int, unicode_path: bytes) -> str:
    """The name, by its flag, by the extra field of Info-ZIP, as it is where it is UTF-8, or in the old code page."""
    if len(unicode_path) > 5 and unicode_path[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
        return unicode_path[5:].decode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        is_bytes = bool(flags & _FLAG_UTF8) or made_by in _UNIX
        return raw.decode("utf-8", "surrogateescape") if is_bytes else raw.decode("cp437")


def _kind(name: str, mode: int) -> Kind:
    if name.endswith("/") or stat.S_ISDIR(mode):
        return Kind.FOLDER
    if stat.S_ISLNK(mode):
        return Kind.LINK
    return Kind.FILE if stat.S_ISREG(mode) or not stat.S_IFMT(mode) else Kind.SPECIAL
