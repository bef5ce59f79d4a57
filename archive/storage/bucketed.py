"""Numbers in buckets, on disk beyond some in memory; each bucket is read by itself, whatever the order they came in."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator

from archive.storage.spooled import Spool


class Buckets:
    """Buckets of numbers of 64 bits, to be closed.

    Args:
        folder: where the temporary file is made, or None for the system's folder for them.
        most_held: numbers in memory.

    Raises:
        StorageError: the folder cannot be written.
    """

    def __init__(self, folder: str | None, most_held: int) -> None:
        self._most_held = max(1, most_held)
        self._held: defaultdict[int, array[int]] = defaultdict(_numbers)
        self._count = 0
        self._pieces: defaultdict[int, array[int]] = defaultdict(_numbers)
        self._spool = Spool(folder)

    def add(self, bucket: int, numbers: Iterable[int]) -> None:
        """Adds numbers to a bucket.

        Raises:
            StorageError: the disk refused.
        """
        held = self._held[bucket]
        before = len(held)
        held.extend(numbers)
        self._count += len(held) - before
        if self._count >= self._most_held:
            self._write()

    def put(self, bucket: int, number: int) -> None:
        """Adds one number to a bucket.

        Raises:
            StorageError: the disk refused.
        """
        self._held[bucket].append(number)
        self._count += 1
        if self._count >= self._most_held:
            self._write()

    def _write(self) -> None:
        first = len(self._spool)
        held, self._held, self._count = self._held, defaultdict(_numbers), 0
        for number, bucket in enumerate(held, first):
            self._pieces[bucket].append(number)
        self._spool.add_all([numbers.tobytes() for numbers in held.values()])

    def of(self, bucket: int) -> array[int]:
        """The numbers of a bucket, in the order in which they came; to be called when all were added.

        Raises:
            StorageError: the disk refused.
        """
        found = _numbers()
        for piece in self._pieces.get(bucket, ()):
            found.frombytes(self._spool.at(piece))
        found.extend(self._held.get(bucket, ()))
        return found

    def __iter__(self) -> Iterator[int]:
        """The buckets that have numbers, in ascending order."""
        return iter(sorted(self._pieces.keys() | self._held.keys()))

    def close(self) -> None:
        """Removes the file."""
        self._spool.close()


def _numbers() -> array[int]:
    return array("Q")
