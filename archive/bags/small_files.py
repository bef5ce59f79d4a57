"""The quick way for many small files in folders of this machine: one open, one read, one close for each.

What does not come out as it should is left to the careful way, which looks at what the file is and says what is wrong.
So the quick way never makes a finding, and never says of a file that it is good without having seen all of its bytes.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha512
from typing import NamedTuple

from archive.errors import StorageError
from archive.model.digests import Hasher
from archive.storage.handles import FILE, NAMES_ARE_UTF8, open_name, size_of_name
from archive.storage.local import LocalReader
from archive.storage.stores import UNKNOWN, order_of

LARGEST = 128 << 10
"""Bytes of a file that is read at once."""
_FIRST = 8 << 10
"""Bytes of a file of unknown size that are read before it is asked for more."""
MOST = 1024
"""Files in one piece of work."""
MOST_BYTES = 16 << 20
"""Bytes in one piece of work."""


Seals = tuple[bytes, ...]
"""For each algorithm a digest of the digests of several files."""


class Part(NamedTuple):
    """Files of one folder; a few long values, since a message of many small ones is slow to send.

    Attributes:
        folder: its path.
        names: the names in it, with NUL between.
        sizes: an array of unsigned integers: the bytes of each file; nothing where they are unknown.
        digests: for each manifest, the digests of all files in binary, one behind the other; nothing where they are not
            known yet.
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
            sizes: the bytes of each file, or `UNKNOWN` for all of them.
            columns: for each manifest their digests in binary, one behind the other.

        Yields:
            The pieces of work that have become full.
        """
        widths = [len(column) // len(names) for column in columns]
        start = 0
        while start < len(names):
            end = min(len(names), start + MOST - self._count)
            digests = tuple(column[start * width : end * width] for column, width in zip(columns, widths, strict=True))
            known = array("I", () if sizes[0] == UNKNOWN else sizes[start:end])
            self._parts.append(Part(folder, "\0".join(names[start:end]), known, digests))
            self._count += end - start
            self._bytes += sum(known)
            if self._count >= MOST or self._bytes >= MOST_BYTES:
                yield self.rest()
            start = end

    def rest(self) -> tuple[Part, ...]:
        """What has come since the last piece; may be nothing."""
        parts, self._parts, self._count, self._bytes = tuple(self._parts), [], 0, 0
        return parts


class Checked(NamedTuple):
    """What came of the files of a part.

    Attributes:
        sizes: the bytes of each file.
        suspects: the places of those that have to be looked at carefully.
    """

    sizes: array[int]
    suspects: list[int]


def checked(reader: LocalReader, part: Part, makers: Sequence[Callable[[bytes], Hasher]]) -> Checked:
    """Reads the files of a part and compares their digests.

    Args:
        reader: of the folder of the bag.
        part: the files.
        makers: for each manifest, what makes a hasher of its algorithm.
    """
    names = part.names.split("\0")
    found = _digested(reader, part, names, makers)
    if found is None:
        return Checked(part.sizes or array("Q", [0] * len(names)), list(range(len(names))))
    handle, sizes, columns = found
    wrong: set[int] = set()
    for column, digests in zip(columns, part.digests, strict=True):
        if b"".join(column) != digests:  # seldom, so that nearly always one comparison does for all files
            wrong.update(place for place, one in enumerate(column) if one != _cut(digests, place, len(names)))
    for place in () if part.sizes else wrong:
        sizes[place] = size_of_name(handle, names[place])
    return Checked(sizes, sorted(wrong))


class Digested(NamedTuple):
    """What came of the files of a part of which it is not known yet what they should be.

    Attributes:
        sizes: the bytes of each file; they hold where the digests are as they should be.
        columns: for each maker the digest of each file in binary; nothing for one that could not be read.
    """

    sizes: array[int]
    columns: Sequence[Sequence[bytes]]

    @property
    def seals(self) -> Seals:
        """For each maker the seal of all digests. Where one could not be read it is no file's."""
        return tuple(seal(b"".join(column)) for column in self.columns)


def digested(reader: LocalReader, part: Part, makers: Sequence[Callable[[bytes], Hasher]]) -> Digested:
    """Reads the files of a part; see `checked`."""
    names = part.names.split("\0")
    found = _digested(reader, part, names, makers)
    if found is None:
        none = [b""] * len(names)
        return Digested(part.sizes or array("Q", [0] * len(names)), [none] * len(makers))
    return Digested(found[1], found[2])


def seal(digests: bytes) -> bytes:
    """A digest of the digests of several files, one behind the other."""
    return sha512(digests).digest()


def _digested(
    reader: LocalReader, part: Part, names: Sequence[str], makers: Sequence[Callable[[bytes], Hasher]]
) -> tuple[int, array[int], list[list[bytes]]] | None:
    """The open folder, the sizes, and for each maker the digests; None where the folder cannot be opened."""
    try:
        handle = reader.folder(part.folder)
    except StorageError:
        return None
    sizes: array[int] = part.sizes or array("Q")
    read = _as_long_as(handle, names, part.sizes) if part.sizes else _as_they_are(handle, names, sizes)
    return handle, sizes, _columns(read, makers)


def _columns(read: Iterable[bytes | None], makers: Sequence[Callable[[bytes], Hasher]]) -> list[list[bytes]]:
    """For each maker, the digest of each file; of one that was not read, nothing."""
    if len(makers) == 1:  # most bags, and the loop that decides how long they take
        make = makers[0]
        return [[b"" if data is None else make(data).digest() for data in read]]
    columns: list[list[bytes]] = [[] for _ in makers]
    for data in read:
        for make, column in zip(makers, columns, strict=True):
            column.append(b"" if data is None else make(data).digest())
    return columns


def _as_long_as(handle: int, names: Sequence[str], sizes: Iterable[int]) -> Iterator[bytes | None]:
    """The bytes of each file that has exactly so many; None for any other."""
    for name, size in zip(names, sizes, strict=True):
        # One byte more than it should have shows a longer file. A FIFO gives nothing, as it is opened without waiting.
        data = _read(handle, name, size + 1)
        yield data if data is not None and len(data) == size else None


def _as_they_are(handle: int, names: Sequence[str], sizes: array[int]) -> Iterator[bytes | None]:
    """The bytes of each file of at most `LARGEST`, None for any other; their sizes are noted, if they can be told."""
    # The loop that decides how long most bags take: whatever is called in it shows.
    opened, read, close, note = os.open, os.read, os.close, sizes.append
    for name in names if NAMES_ARE_UTF8 else map(order_of, names):
        try:
            file = opened(name, FILE, dir_fd=handle)
            try:
                data = read(file, _FIRST)
                if len(data) == _FIRST:  # else that was all of it
                    data += read(file, LARGEST + 1 - _FIRST)
            finally:
                close(file)
        except (OSError, ValueError):
            note(0)
            yield None
            continue
        size = len(data)
        note(size)
        yield data if size <= LARGEST else None


def _read(handle: int, name: str, most: int) -> bytes | None:
    try:
        file = open_name(handle, name)
    except (OSError, ValueError):
        return None
    try:
        return os.read(file, most)
    except OSError:
        return None
    finally:
        os.close(file)


def _cut(joined: bytes, place: int, count: int) -> bytes:
    width = len(joined) // count
    return joined[place * width : (place + 1) * width]
