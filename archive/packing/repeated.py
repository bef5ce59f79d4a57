"""Which of very many numbers stand in several places, found in bounded memory."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence

from archive.storage.spooled import Spool

MOST_AT_ONCE = 250_000
"""Numbers that are looked at at a time."""


def places_of_equals(numbers: Sequence[int]) -> Iterator[list[int]]:
    """The places of each number that stands in several, in ascending order.

    >>> sorted(places_of_equals([7, 8, 7, 9, 8, 7]))
    [[0, 2, 5], [1, 4]]
    """
    parts = 1 + len(numbers) // MOST_AT_ONCE
    for part in range(parts):
        mine = numbers if parts == 1 else [number for number in numbers if number % parts == part]
        repeated = {number for number, count in Counter(mine).items() if count > 1} if _has_equals(mine) else set()
        if repeated:
            places: dict[int, list[int]] = {}
            for place, number in enumerate(numbers):
                if number in repeated:
                    places.setdefault(number, []).append(place)
            yield from places.values()


def _has_equals(numbers: Sequence[int]) -> bool:
    return len(set(numbers)) < len(numbers)


class Columns:
    """Rows of as many numbers of 32 bits each, on disk column by column; to be closed.

    Args:
        width: numbers in a row.
        folder: where the temporary file is made.
        most_held: rows in memory.

    Raises:
        StorageError: the folder cannot be written.
    """

    def __init__(self, width: int, folder: str | None, most_held: int) -> None:
        self._width = width
        self._most_held = max(1, most_held)
        self._held = array("I")
        self._spool = Spool(folder)

    def add(self, rows: bytes) -> None:
        """Adds rows, their numbers as this machine writes them.

        Raises:
            StorageError: the disk is full.
        """
        self._held.frombytes(rows)
        if len(self._held) >= self._most_held * self._width:
            self._write()

    def _write(self) -> None:
        for at in range(self._width):
            self._spool.add(self._held[at :: self._width].tobytes())
        self._held = array("I")

    def column(self, at: int) -> array[int]:
        """All numbers of one column, in the order of the rows; to be called when all were added.

        Raises:
            StorageError: the disk refused.
        """
        if self._held:
            self._write()
        found = array("I")
        for number in range(at, len(self._spool), self._width):
            found.frombytes(self._spool.at(number))
        return found

    def close(self) -> None:
        """Removes the file."""
        self._spool.close()
