"""OLE compound files (MS-CFB) made by hand, as small as they can be, and streams of properties (MS-OLEPS)."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR = 512
_LEAST = 4096
"""Bytes of a stream that stands by itself; shorter ones would stand in a stream of short ones."""
_END, _FREE, _OF_FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with streams; each is filled up with zeros."""
    filled = {name: data.ljust(_LEAST, b"\0") for name, data in streams.items()}
    chains: list[int] = []
    starts = {}
    body = b""
    for name, data in filled.items():
        count = -(-len(data) // _SECTOR)
        starts[name] = len(chains)
        chains.extend([*range(len(chains) + 1, len(chains) + count), _END])
        body += data.ljust(count * _SECTOR, b"\0")
    directory = _directory(filled, starts)
    first = len(chains)
    count = len(directory) // _SECTOR
    chains.extend([*range(first + 1, first + count), _END])
    of_fat = len(chains)
    fats = -(-(of_fat + 2) // (_SECTOR // 4))
    chains.extend([_OF_FAT] * fats)
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(fats * _SECTOR, b"\xff")
    places = [*range(of_fat, of_fat + fats), *([_FREE] * (109 - fats))]
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, fats, first, 0, _LEAST, _END, 0, _END, 0, places[0],
    )  # fmt: skip
    return header + struct.pack("<108I", *places[1:]) + body + directory + table


def _directory(streams: Mapping[str, bytes], starts: Mapping[str, int]) -> bytes:
    """The root, and its streams in a row to the right."""
    names = sorted(streams, key=lambda one: (len(one), one.upper()))
    entries = [_entry("Root Entry", 5, 1 if names else _NONE, _NONE, _END, 0)]
    for number, name in enumerate(names, start=1):
        right = number + 1 if number < len(names) else _NONE
        entries.append(_entry(name, 2, _NONE, right, starts[name], len(streams[name])))
    return b"".join(entries).ljust(-(-len(entries) // 4) * _SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        written, len(written) + 2, kind, 1, _NONE, right, child, b"", 0, 0, 0, start, size,
    )  # fmt: skip


def properties(values: Mapping[int, str]) -> bytes:
    """A stream of properties that are strings, by their numbers."""
    pieces = []
    places = []
    place = 8 + 8 * len(values)
    for number, value in values.items():
        written = value.encode("cp1252") + b"\0"
        piece = struct.pack("<II", 0x1E, len(written)) + written.ljust(-(-len(written) // 4) * 4, b"\0")
        places.append(struct.pack("<II", number, place))
        pieces.append(piece)
        place += len(piece)
    section = struct.pack("<II", place, len(values)) + b"".join(places) + b"".join(pieces)
    name = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    return struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0x20005, b"", 1, name, 48) + section
