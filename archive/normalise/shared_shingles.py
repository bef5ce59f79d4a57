"""How alike texts are of which each is compared with several others: what `resemblance` says, its shingles found once.

The words of all texts are numbered as they come, so that a shingle is one number and two shingles are the same where
their numbers are: nothing is hashed away. Copies of one text have nearly all shingles in common, so of each text only
that is kept in which it differs from another, its base: the shingles of the base that it misses, and those of its own.
What two texts share follows from these four sets.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import NamedTuple

from archive.normalise.resemblance import SHINGLE, resemblance, utf8_words_of

_BITS = 21
"""Of the number of a word, so that three of them fit into 64."""
_MOST_WORDS = 100_000
"""Different words after which all numbers are forgotten, with the texts: some fourteen megabytes."""
_MOST_SHINGLES = 250_000
"""Shingles that are held: some twenty megabytes."""
_EACH = 16
"""What a text costs beside its shingles, in shingles."""
_LONGEST = 1_200_000
"""Characters of a text whose shingles may be held; longer ones are compared in parts, each time anew."""
_NONE: frozenset[int] = frozenset()


class _Text(NamedTuple):
    """The shingles of a text: those of `base` without `missing`, and `own`; `size` of them."""

    base: frozenset[int]
    missing: frozenset[int]
    own: frozenset[int]
    size: int
    weight: int

    @property
    def all(self) -> frozenset[int]:
        return (self.base - self.missing) | self.own


_LONG = _Text(_NONE, _NONE, _NONE, 0, _EACH)


class SharedShingles:
    """Compares texts by their numbers. It is quick where texts that are alike are compared one after the other.

    Args:
        text_of: the text of a number.
    """

    def __init__(self, text_of: Callable[[int], str]) -> None:
        self._text_of = text_of
        self._forget()

    def _forget(self) -> None:
        self._numbers: defaultdict[bytes, int] = defaultdict(count(1).__next__)
        self._held: dict[int, _Text] = {}
        self._weight = 0
        self._base = _NONE

    def resemblances(self, one: int, others: Iterable[int]) -> Iterator[tuple[int, int]]:
        """For each of other texts how many shingles it has in common with one, and how many either has.

        The same as `archive.normalise.resemblance.resemblance` says.
        """
        for other in others:
            if len(self._numbers) > _MOST_WORDS:
                self._forget()
            first, second = self._of(one), self._of(other)
            if first is _LONG or second is _LONG:
                yield resemblance(self._text_of(one), self._text_of(other))
                continue
            if first.base is second.base:
                neither = len(first.missing) + len(second.missing) - len(first.missing & second.missing)
                both = len(first.base) - neither + len(first.own & second.own)
            else:
                both = len(first.all & second.all)
            yield both, first.size + second.size - both

    def _of(self, number: int) -> _Text:
        found = self._held.get(number)
        if found is None:
            found = self._held[number] = self._made(self._text_of(number))
            self._weight += found.weight
            while self._weight > _MOST_SHINGLES and len(self._held) > 1:
                self._weight -= self._held.pop(next(iter(self._held))).weight
        return found

    def _made(self, text: str) -> _Text:
        if len(text) > _LONGEST:
            return _LONG
        words = list(map(self._numbers.__getitem__, utf8_words_of(text)))
        if len(self._numbers) >> _BITS:
            return _LONG
        shingles = _shingles(words)
        own = shingles - self._base
        if 2 * len(own) > len(shingles):
            self._base = shingles
            return _Text(shingles, _NONE, _NONE, len(shingles), len(shingles) + _EACH)
        missing = self._base - shingles
        return _Text(self._base, missing, own, len(shingles), len(missing) + len(own) + _EACH)


def _shingles(words: list[int]) -> frozenset[int]:
    """The shingles of a text, each a number made of those of its words; in one that is too short some are 0.

    The words stand side by side as one long number, which is shifted by one word and by two.
    """
    if not words:
        return _NONE
    size, wanted = 8 * len(words), max(1, len(words) - SHINGLE + 1)
    lanes = int.from_bytes(struct.pack(f"<{len(words)}Q", *words), "little")
    lanes |= lanes >> 64 << _BITS | lanes >> 128 << 2 * _BITS
    return frozenset(struct.unpack_from(f"<{wanted}Q", lanes.to_bytes(size, "little")))
