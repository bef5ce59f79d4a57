"""Finds a quotation in the texts of passages, across their borders too, and what comes near where it is nowhere."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from archive.model.records import PARAGRAPH_BREAK
from archive.quoting.folding import Liberty, folded, folded_and_tracked, liberties

PIECE = 4096
"""Characters that are folded at a time, so that only the ends of a match are looked at one by one."""

GRAM = 4
"""Characters of the pieces by which near misses are found."""
MOST_GRAMS = 200


@dataclass(frozen=True, slots=True)
class Part:
    """A part of one text: its index, and the half-open range of its characters."""

    index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a quotation stands: one part for each text that it runs through, and what had to be forgiven."""

    parts: tuple[Part, ...]
    forgiven: tuple[Liberty, ...]

    @property
    def is_divided_alike(self) -> bool:
        """Whether there is white space where the quotation has it."""
        return Liberty.DIVISION not in self.forgiven


def places(texts: Sequence[str], quotation: str) -> list[Place]:
    """Every place in which a quotation stands; places do not overlap.

    Args:
        texts: of passages, in the order in which they are read.
        quotation: what is looked for.

    Returns:
        The places in order; those where white space divides the words alike go before all others, which are given
        only where there is none of those.

    >>> places(["A cold winter", "came early."], "winter came")[0].parts
    (Part(index=0, start=7, end=13), Part(index=1, start=0, end=4))
    """
    wanted = folded(quotation)
    if not wanted:
        return []
    found = list(_all_places(texts, quotation, wanted))
    alike = [one for one in found if one.is_divided_alike]
    return alike or found


def _all_places(texts: Sequence[str], quotation: str, wanted: str) -> Iterator[Place]:
    pieces = [piece for index, text in enumerate(texts) for piece in _pieces(index, text)]
    folds = [folded(texts[piece.index][piece.start : piece.end]) for piece in pieces]
    whole = "".join(folds)
    if wanted not in whole:
        return
    ends = list(accumulate(map(len, folds)))
    at = whole.find(wanted)
    while at >= 0:
        first, last = bisect_right(ends, at), bisect_right(ends, at + len(wanted) - 1)
        start = _spot(texts, pieces[first], at - ends[first] + len(folds[first]))[0]
        end = _spot(texts, pieces[last], at + len(wanted) - 1 - ends[last] + len(folds[last]))[1]
        parts = tuple(_parts(texts, (pieces[first].index, start), (pieces[last].index, end)))
        there = PARAGRAPH_BREAK.join(texts[part.index][part.start : part.end] for part in parts)
        yield Place(parts, liberties(quotation, there))
        at = whole.find(wanted, at + len(wanted))


def _pieces(index: int, text: str) -> Iterator[Part]:
    """The text in pieces that end before white space, where it has any."""
    start = 0
    while len(text) - start > PIECE:
        end = text.find(" ", start + PIECE)
        if end < 0:
            break
        yield Part(index, start, end)
        start = end
    yield Part(index, start, len(text))


def _spot(texts: Sequence[str], piece: Part, at: int) -> tuple[int, int]:
    """The range in its text of the character that stands at `at` of the folded piece."""
    start, end = folded_and_tracked(texts[piece.index][piece.start : piece.end]).source(at, at + 1)
    return piece.start + start, piece.start + end


def _parts(texts: Sequence[str], start: tuple[int, int], end: tuple[int, int]) -> Iterator[Part]:
    for index in range(start[0], end[0] + 1):
        begins = start[1] if index == start[0] else 0
        ends = end[1] if index == end[0] else len(texts[index])
        if ends > begins:
            yield Part(index, begins, ends)


class Likeness:
    """How near texts come to a quotation that is nowhere as it is.

    Args:
        quotation: what was looked for.
    """

    def __init__(self, quotation: str) -> None:
        wanted = folded(quotation).casefold()
        size = min(GRAM, len(wanted))
        every = list(dict.fromkeys(wanted[at : at + size] for at in range(len(wanted) - size + 1) if size))
        step = -(-len(every) // MOST_GRAMS) or 1
        self._grams = every[::step]

    def of(self, text: str) -> float:
        """The share of the quotation, in runs of a few characters, that stands in `text`: from 0 to 1.

        >>> Likeness("a cold winter").of("It was a COLD winter's day")
        1.0
        """
        there = folded(text).casefold()
        return sum(gram in there for gram in self._grams) / len(self._grams) if self._grams else 0.0
