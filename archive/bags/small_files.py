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
from archive.storage.local import LocalReader, open_name

LARGEST = 128 << 10
"""Bytes of a file that is read at once."""
MOST = 1024
"""Files in one piece of work."""
MOST_BYTES = 16 << 20
"""Bytes in one piece of work."""


class Part(NamedTuple):
    """Files of one folder; a few long strings, since a message of many small values is slow to send.

    Attributes:
        folder: its path.
        names: the names in it, with NUL between.
        sizes: an array of unsigned integers: the bytes of each file.
        digests: for each manifest, the digests of all files one after the other, in lower case.
    """

    folder: str
    names: str
    sizes: array[int]
    digests: tuple[str, ...]


class Parts:
    """Files put together to pieces of work; they come sorted, so that those of one folder stand together."""

    def __init__(self) -> None:
        self._parts: list[Part] = []
        self._count = self._bytes = 0
        self._start("")

    def add(self, key: str, size: int, digests: tuple[str, ...]) -> tuple[Part, ...]:
        """Takes one more file, of at most `LARGEST` bytes, with the digest that each manifest has.

        Returns:
            A piece of work where one has become full, else nothing.
        """
        folder, _, name = key.rpartition("/")
        if folder != self._folder:
            self._close()
            self._start(folder)
        self._names.append(name)
        self._sizes.append(size)
        self._digests.append(digests)
        self._count += 1
        self._bytes += size
        return self.rest() if self._count >= MOST or self._bytes >= MOST_BYTES else ()

    def rest(self) -> tuple[Part, ...]:
        """What has come since the last piece; may be nothing."""
        self._close()
        self._start(self._folder)
        parts, self._parts, self._count, self._bytes = tuple(self._parts), [], 0, 0
        return parts

    def _start(self, folder: str) -> None:
        self._folder = folder
        self._names: list[str] = []
        self._sizes = array("I")
        self._digests: list[tuple[str, ...]] = []

    def _close(self) -> None:
        if self._names:
            columns = tuple("".join(column).lower() for column in zip(*self._digests, strict=True))
            self._parts.append(Part(self._folder, "\0".join(self._names), self._sizes, columns))


def suspects(reader: LocalReader, part: Part, makers: Sequence[Callable[[bytes], Hasher]]) -> Iterator[int]:
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
        yield from range(len(names))
        return
    columns = [_cut(joined, len(names)) for joined in part.digests]
    if len(makers) == 1:  # most bags, and the loop that decides how long they take
        yield from _suspects_of_one(handle, names, part.sizes, columns[0], makers[0])
        return
    for place, (name, size) in enumerate(zip(names, part.sizes, strict=True)):
        data = _read(handle, name, size)
        if data is None or any(
            make(data).hexdigest() != column[place] for make, column in zip(makers, columns, strict=True)
        ):
            yield place


def _suspects_of_one(
    handle: int, names: list[str], sizes: array[int], digests: list[str], make: Callable[[bytes], Hasher]
) -> Iterator[int]:
    read = _read
    for place, (name, size, digest) in enumerate(zip(names, sizes, digests, strict=True)):
        data = read(handle, name, size)
        if data is None or make(data).hexdigest() != digest:
            yield place


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


def _cut(joined: str, count: int) -> list[str]:
    length = len(joined) // count
    return [joined[start : start + length] for start in range(0, len(joined), length)]
