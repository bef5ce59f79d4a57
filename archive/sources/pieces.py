"""Where any of some short pieces stand in bytes: all of them are looked for in one pass, which one alone nearly takes.

The search is that of Aho and Corasick (1975).
"""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import BytesAhoCorasick, Implementation

_STRETCH = 1 << 18
"""Bytes that are looked through at a time, so that a page full of pieces needs no more memory than others."""


class Pieces:
    """Finds them.

    Args:
        pieces: what is looked for; case counts.
    """

    __slots__ = ("_finder", "_longest", "_pieces")

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = sorted(set(pieces))
        self._longest = max(map(len, self._pieces))
        self._finder = BytesAhoCorasick(self._pieces, implementation=Implementation.DFA)

    def places(self, data: bytes) -> list[int]:
        """Where any of them begins, in order."""
        return sorted([start for _, start, _ in self._finder.find_matches_as_indexes(data, overlapping=True)])

    def within(self, data: bytes) -> frozenset[bytes]:
        """Which of them stand in the bytes."""
        found: set[int] = set()
        for start in range(0, len(data), _STRETCH):
            stretch = data[start : start + _STRETCH + self._longest - 1]
            found.update([number for number, _, _ in self._finder.find_matches_as_indexes(stretch, overlapping=True)])
            if len(found) == len(self._pieces):
                break
        return frozenset(self._pieces[number] for number in found)
