"""What pictures hide of persons in their Exif data: where they were taken, whose the camera was, who took them.

Looked for wherever Exif stands: in JPEG, PNG, WebP, HEIF and TIFF, and in pictures within a PDF. Only that there is a
place is told, never which.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from archive.sources.properties import tidy

_MARKS = ((b"Exif\0\0", 6), (b"eXIf", 4), (b"EXIF", 8))
"""What stands before Exif data in JPEG, PNG and WebP, and how many bytes before it that begins."""
_XMP_PLACE = re.compile(rb"""exif:GPSLatitude(?:\s*=\s*["']|>)\s*[0-9+-]""")
_IN_XMP_PLACE = b"exif:GPSLatitude"
_JPEG, _PICTURE_BEGINS = b"\xff\xd8\xff", b"\xff\xda"
_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_MOST_PICTURES = 50
_MOST_ENTRIES = 500
_LONGEST = 200
_ASCII = 2
"""The type of values that are text (TIFF 6.0, section 2)."""
_EXIF, _GPS = 0x8769, 0x8825
"""Entries that point to further directories (Exif 2.32, 4.6.3)."""
_POINTERS = frozenset((_EXIF, _GPS))
_MOST_POINTERS = 4
"""Of those, which a picture has one each."""
_PLACES = frozenset((0x0002, 0x0004))
"""GPSLatitude and GPSLongitude (Exif 2.32, 4.6.6)."""
_PEOPLE = {0x013B: "who took a picture", 0xA430: "the owner of a camera", 0x9C9D: "who took a picture"}
"""Artist, CameraOwnerName, and XPAuthor of Windows."""
_XP_AUTHOR = 0x9C9D

PLACE = "the place where a picture was taken"
"""What is said of it."""


def hidden_in_pictures(data: bytes) -> Iterator[tuple[str, str]]:
    """What is hidden, and the name of whom it is about or an empty string; each once.

    Args:
        data: a picture, or a file that holds pictures as they are.
    """
    data = _head_of_jpeg(data)
    seen: dict[tuple[str, str], None] = {}
    for start in sorted(_starts(data))[:_MOST_PICTURES]:
        seen.update(dict.fromkeys(_of_one(data, start)))
    if _IN_XMP_PLACE in data and _XMP_PLACE.search(data):
        seen[PLACE, ""] = None
    yield from seen


def _head_of_jpeg(data: bytes) -> bytes:
    """The segments of a JPEG before its picture, where all that is said of it stands; of anything else all of it.

    A hundred times as quick as looking through the picture, too (JPEG File Interchange Format; ISO/IEC 10918-1, B.1.1).
    """
    if not data.startswith(_JPEG):
        return data
    place = 2
    for _ in range(_MOST_ENTRIES):
        if data[place : place + 2] == _PICTURE_BEGINS:
            return data[:place]
        if data[place : place + 1] != b"\xff":
            break
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return data


def _starts(data: bytes) -> Iterator[int]:
    """Where Exif data begins; of each mark by itself, which is three times as quick as one pattern for all."""
    if data[:4] in _ORDERS:
        yield 0
    for mark, before in _MARKS:
        count, place = 0, data.find(mark)
        while place >= 0 and count < _MOST_PICTURES:
            if data[place + before : place + before + 4] in _ORDERS:
                yield place + before
                count += 1
            place = data.find(mark, place + 1)


def _of_one(data: bytes, start: int) -> Iterator[tuple[str, str]]:
    order = _ORDERS[data[start : start + 4]]
    first = _directory(data, start, _number(data[start + 4 : start + 8], order), order)
    pointers = 0
    for entry in first:
        pointers += entry.tag in _POINTERS
        if entry.tag in _POINTERS and pointers > _MOST_POINTERS:
            continue
        if entry.tag == _EXIF:
            inner = _directory(data, start, _number(entry.value, order), order)
            for one in inner:
                yield from _person(data, start, one, order)
        elif entry.tag == _GPS:
            inner = _directory(data, start, _number(entry.value, order), order)
            if any(one.tag in _PLACES and one.length for one in inner):
                yield PLACE, ""
        else:
            yield from _person(data, start, entry, order)


class _Entry(NamedTuple):
    """An entry of a directory; `value` is its four bytes, or where they are."""

    tag: int
    kind: int
    length: int
    value: bytes


def _directory(data: bytes, start: int, at: int, order: str) -> Iterator[_Entry]:
    """The entries of a directory.

    Args:
        data: the file.
        start: where the Exif data begins, from which all places count.
        at: where the directory stands.
        order: `<` or `>`.
    """
    place = start + at
    head = data[place : place + 2]
    if at <= 0 or len(head) < 2:
        return
    for number in range(min(struct.unpack(order + "H", head)[0], _MOST_ENTRIES)):
        entry = data[place + 2 + 12 * number : place + 14 + 12 * number]
        if len(entry) < 12:
            return
        tag, kind, length = struct.unpack(order + "HHI", entry[:8])
        yield _Entry(tag, kind, length, entry[8:])


def _person(data: bytes, start: int, entry: _Entry, order: str) -> Iterator[tuple[str, str]]:
    is_wide = entry.tag == _XP_AUTHOR
    if entry.tag not in _PEOPLE or (entry.kind != _ASCII and not is_wide):
        return
    size = min(entry.length, _LONGEST)
    where = start + _number(entry.value, order)
    written = entry.value[:size] if size <= 4 else data[where : where + size]
    name = tidy(written.decode("utf-16-le" if is_wide else "utf-8", "replace").partition("\0")[0])
    if name:
        yield _PEOPLE[entry.tag], name


def _number(data: bytes, order: str) -> int:
    return int(struct.unpack(order + "I", data)[0]) if len(data) == 4 else 0
