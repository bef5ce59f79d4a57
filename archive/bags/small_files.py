"""The quick way for many small files in folders of this machine: one open, one read, one close for each.

What does not come out as it should is left to the careful way, which looks at what the file is and says what is wrong.
So the quick way never makes a finding, and never says of a file that it is good without having seen all of its bytes.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from archive.errors import StorageError
from archive.model.digests import Hasher
from archive.storage.handles import open_name
from archive.storage.local import LocalReader

LARGEST = 128 << 10
"""Bytes of a file that is read at once."""
MOST = 1024
"""Files in one piece of work."""
MOST_BYTES = 16 << 20
"""Bytes in one piece of work."""


class Part(NamedTuple):
    """Files of one folder; a few long values, since a message of many small ones is slow to send.

    Attributes:
        folder: its path.
        names: the names in it, with NUL between.
        sizes: an array of unsigned integers: the bytes of each file.
        digests: for each manifest, the digests of all files in binary, one behind the other.
    """

    folder: str
    names: str
    sizes: array[int]
    digests: tuple[bytes, ...]


class Parts:
    """Files put together to pieces of work."""

    def __init__(self) -> None:
        self._parts: list[Part] = []
        self._count = self._bytes = 0

    def add(
        self, folder: str, names: Sequence[str], sizes: Sequence[int], columns: Sequence[bytes]
    ) -> Iterator[tuple[Part, ...]]:
        """Takes files of one folder, each of at most `LARGEST` bytes.

        Args:
            folder: its path.
            names: the names in it.
            sizes: the bytes of each file.
            columns: for each manifest their digests in binary, one behind the other.

        Yields:
            The pieces of work that have become full.
        """
        widths = [len(column) // len(names) for column in columns]
        start = 0
        while start < len(names):
            end = min(len(names), start + MOST - self._count)
            digests = tuple(column[start * width : end * width] for column, width in zip(columns, widths, strict=True))
            self._parts.append(Part(folder, "\0".join(names[start:end]), array("I", sizes[start:end]), digests))
            self._count += end - start
            self._bytes += sum(sizes[start:end])
            if self._count >= MOST or self._bytes >= MOST_BYTES:
                yield self.rest()
            start = end

    def rest(self) -> tuple[Part, ...]:
        """What has come since the last piece; may be nothing."""
        parts, self._parts, self._count, self._bytes = tuple(self._parts), [], 0, 0
        return parts


def suspects(reader: LocalReader, part: Part, makers: Sequence[Callable[[bytes], Hasher]]) -> list[int]:
    """The places in a part of the files that have to be looked at carefully.

    Args:
        reader: of the folder of the bag.
        part: the files.
        makers: for each manifest, what makes a hasher of its algorithm.
    """
    names = part.names.split("\0")
    try:
        handle = reader.folder(part.folder)
    except StorageError:
        return list(range(len(names)))
    wrong: set[int] = set()
    for column, digests in zip(_columns(handle, names, part.sizes, makers), part.digests, strict=True):
        if b"".join(column) != digests:  # seldom, so that nearly always one comparison does for all files
            wrong.update(place for place, one in enumerate(column) if one != _cut(digests, place, len(names)))
    return sorted(wrong)


def _columns(
    handle: int, names: list[str], sizes: array[int], makers: Sequence[Callable[[bytes], Hasher]]
) -> list[list[bytes]]:
    """For each maker, the digest of each file; of one that is not as long as it should be, nothing."""
    if len(makers) == 1:  # most bags, and the loop that decides how long they take
        make = makers[0]
        return [
            [
                b"" if (data := _read(handle, name, size)) is None else make(data).digest()
                for name, size in zip(names, sizes, strict=True)
            ]
        ]
    columns: list[list[bytes]] = [[] for _ in makers]
    for name, size in zip(names, sizes, strict=True):
        data = _read(handle, name, size)
        for make, column in zip(makers, columns, strict=True):
            column.append(b"" if data is None else make(data).digest())
    return columns


def _read(handle: int, name: str, size: int) -> bytes | None:
    """The bytes of a file that has exactly so many; None for any other."""
    try:
        file = open_name(handle, name)
    except (OSError, ValueError):
        return None
    try:
        # One byte more than it should have shows a longer file. A FIFO gives nothing, as it is opened without waiting.
        data = os.read(file, size + 1)
    except OSError:
        return None
    finally:
        os.close(file)
    return data if len(data) == size else None


def _cut(joined: bytes, place: int, count: int) -> bytes:
    width = len(joined) // count
    return joined[place * width : (place + 1) * width]
