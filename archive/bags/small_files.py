"""The quick way for many small files in folders of this machine: one open, one read, one close for each.

What does not come out as it should is left to the careful way, which looks at what the file is and says what is wrong.
So the quick way never makes a finding, and never says of a file that it is good without having seen all of its bytes.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
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
        digests: for each manifest, the digests of all files one after the other.
    """

    folder: str
    names: str
    sizes: array[int]
    digests: tuple[str, ...]


class _Open:
    """A part that is being filled."""

    def __init__(self, folder: str, manifests: int) -> None:
        self.folder = folder
        self.names: list[str] = []
        self.sizes = array("I")
        self.digests: tuple[list[str], ...] = tuple([] for _ in range(manifests))

    def closed(self) -> Part:
        return Part(self.folder, "\0".join(self.names), self.sizes, tuple(map("".join, self.digests)))


def parts_of(files: Iterable[tuple[str, int, Sequence[str]]], manifests: int) -> Iterator[tuple[Part, ...]]:
    """Pieces of work.

    Args:
        files: key, size, and the digest that each manifest has, in lower case; at most `LARGEST` bytes each.
        manifests: how many there are.
    """
    parts: list[Part] = []
    part: _Open | None = None
    count = size = 0
    for key, length, digests in files:
        folder, _, name = key.rpartition("/")
        if part is None or part.folder != folder or count >= MOST or size >= MOST_BYTES:
            if part is not None:
                parts.append(part.closed())
            if count >= MOST or size >= MOST_BYTES:
                yield tuple(parts)
                parts, count, size = [], 0, 0
            part = _Open(folder, manifests)
        part.names.append(name)
        part.sizes.append(length)
        for column, digest in zip(part.digests, digests, strict=True):
            column.append(digest)
        count += 1
        size += length
    if part is not None:
        yield (*parts, part.closed())


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
