"""Which texts are compared, out of those whose signatures agree in a band, in an order in which like stands by like.

Texts that agree in a band, directly or in a chain, are a crowd. They get places in which a crowd stands together, and
the pairs of a stretch of places are put together at a time, so that what was found of a text is at hand when it is
compared with the next. While that is done some twenty bytes a document are in memory; all else is on disk.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import compress

from archive.storage.bucketed import Buckets
from archive.storage.spooled import Spool

MOST_BEFORE = 16
"""Texts before it, in the order of identifiers, that a text is compared with in one band."""
STRETCH = 512
"""Places whose pairs are put together at a time; a text has 16 times as many as there are bands, at most."""
_TOGETHER = 10_000
"""Sets of texts that agree in a band, written at a time."""
_HALF, _LOW_HALF = 32, (1 << 32) - 1


class Candidates:
    """Pairs of texts that may be alike; to be closed.

    Args:
        documents: how many there are.
        folder: where temporary files are made, or None for the system's folder for them.
        most_held: numbers in memory.

    Raises:
        StorageError: the folder cannot be written.
    """

    def __init__(self, documents: int, folder: str | None, most_held: int) -> None:
        self._first = array("I", range(documents))  # another document of the crowd, before it, or itself
        self._is_any = bytearray(documents)
        self._agreeing = Spool(folder)
        self._waiting: list[bytes] = []
        self._stretches = Buckets(folder, most_held)

    def add(self, members: Sequence[int]) -> None:
        """Takes in texts that agree in a band, in ascending order.

        Raises:
            StorageError: the disk refused.
        """
        if len(members) < 2:
            return
        first = self._top(members[0])
        for one in members:
            self._is_any[one] = 1
            top = self._top(one)
            first, later = min(first, top), max(first, top)
            self._first[later] = first
        self._waiting.append(array("I", members).tobytes())
        if len(self._waiting) >= _TOGETHER:
            self._write()

    def _top(self, number: int) -> int:
        first = self._first
        while first[number] != number:
            first[number] = first[first[number]]
            number = first[number]
        return number

    def _write(self) -> None:
        self._agreeing.add_all(self._waiting)
        self._waiting = []

    def compared(self) -> Iterator[tuple[int, list[int]]]:
        """Texts, each once, with those before it that it is to be compared with, in ascending order.

        To be called once, when all were added.

        Raises:
            StorageError: the disk refused.
        """
        self._write()
        if not len(self._agreeing):
            return
        texts, places = self._placed()
        for some in self._agreeing:
            self._divide([places[one] for one in memoryview(some).cast("I")])
        for stretch in self._stretches:
            for one, others in sorted(_pairs(self._stretches.of(stretch)).items()):
                yield texts[one], [texts[other] for other in sorted(others)]

    def _placed(self) -> tuple[array[int], array[int]]:
        """The text at each place, and the place of each text; a crowd stands in the order of its texts."""
        texts = array("I", compress(range(len(self._first)), self._is_any))
        tops = array("I", map(self._top, texts))
        starts, places = array("I", bytes(4 * len(self._first))), self._first
        for top in tops:
            starts[top] += 1
        start = 0
        for text, top in zip(texts, tops, strict=True):
            if text == top:  # the first of its crowd
                start, starts[top] = start + starts[top], start
        placed = array("I", texts)
        for text, top in zip(texts, tops, strict=True):
            place = starts[top]
            places[text], placed[place], starts[top] = place, text, place + 1
        return placed, places

    def _divide(self, places: Sequence[int]) -> None:
        """Lays texts that agree into their stretches, each time after those that the first of them follow."""
        start = 0
        while start < len(places):
            stretch = places[start] // STRETCH
            stop = bisect_left(places, (stretch + 1) * STRETCH, start)
            before = max(0, start - MOST_BEFORE)
            if stop - before > 1:
                self._stretches.add(stretch, [(start - before) << _HALF | (stop - before), *places[before:stop]])
            start = stop

    def close(self) -> None:
        """Removes the files."""
        self._agreeing.close()
        self._stretches.close()


def _pairs(stretch: Sequence[int]) -> dict[int, set[int]]:
    """The places of a stretch, each with those before it that it agrees with."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    at = 0
    while at < len(stretch):
        first, size = stretch[at] >> _HALF, stretch[at] & _LOW_HALF
        some = stretch[at + 1 : at + 1 + size]
        for number in range(max(1, first), size):
            found[some[number]].update(some[max(0, number - MOST_BEFORE) : number])
        at += 1 + size
    return found
