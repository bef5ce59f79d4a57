"""Where the document of a page ends: at a heading over readers' comments or other documents, below its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from archive.normalise.draft import Unit
from archive.normalise.phrases import DECISIVE

BROKEN_OFF = ("…", "...", "[…]", "[...]")
"""How teasers of other documents end."""
_NO_STATEMENT = (*BROKEN_OFF, "?", "？")
_ENDING = frozenset({"talk", "stop", "others"})
"""What may end a document."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Which heading ends the document.

    Attributes:
        talked: the running text that must stand before a heading over comments for it to end the document.
        ended: percent of all running text that must stand before a heading over other documents for that.
        late: percent of it after which the text does not go on below such a heading.
        boxed: lines below it among which the text may go on before.
        long_prose: the weight of a passage that is surely text, not the teaser of another document.
        told: percent of the running text that must be whole sentences, for headlines not to count as running text.
    """

    talked: int = 200
    ended: int = 50
    late: int = 80
    boxed: int = 6
    long_prose: int = 400
    told: int = 30

    def of(self, units: Sequence[Unit]) -> int:
        """The index of the unit that ends the document, or the number of units."""
        headings = [place for place, unit in enumerate(units) if unit.phrase in _ENDING]
        if not headings:
            return len(units)
        prose = [unit.weight if unit.is_prose and _is_running(unit) else 0 for unit in units]
        before = list(accumulate(prose, initial=0))
        headings = [place for place in headings if before[place] >= self.talked]
        if not headings:
            return len(units)
        told = self._told(units, prose)
        goes_on = _last_paragraphs(units)
        longest_after = _longest_from(prose)
        total, total_told = max(sum(prose), 1), max(sum(told), 1)
        before_told = list(accumulate(told, initial=0))
        for place in headings:
            percent = (before_told[place] * 100 // total_told) if place < goes_on else before[place] * 100 // total
            if self._ends(units[place], percent, longest_after[place]) and not self._is_box(units, place, percent):
                return place
        return len(units)

    def _told(self, units: Sequence[Unit], prose: Sequence[int]) -> Sequence[int]:
        """What each unit counts for as text before a heading: where there are sentences enough, headlines do not."""
        told = [weight if weight and _states(unit) else 0 for weight, unit in zip(prose, units, strict=True)]
        return prose if sum(told) * 100 < self.told * sum(prose) else told

    def _ends(self, unit: Unit, percent_before: int, longest_after: int) -> bool:
        if unit.phrase in {"talk", "stop"}:
            return percent_before >= self.ended // 2
        return percent_before >= self.ended and longest_after < self.long_prose

    def _is_box(self, units: Sequence[Unit], place: int, percent_before: int) -> bool:
        """Whether the text goes on below a heading over other documents: two paragraphs stand there in a row."""
        if units[place].phrase != "others" or percent_before >= self.late:
            return False
        below = units[place + 1 : place + 2 + self.boxed]
        return any(_are_paragraphs(one, other) for one, other in pairwise(below))


def _last_paragraphs(units: Sequence[Unit]) -> int:
    """The last place at which a text goes on, paragraph by paragraph; -1 where it never does."""
    for place in range(len(units) - 2, -1, -1):
        if units[place].is_prose and _are_paragraphs(units[place], units[place + 1]):
            return place
    return -1


def _are_paragraphs(one: Unit, other: Unit) -> bool:
    """Whether two lines in a row are running text, the first of them in whole sentences."""
    return _states(one) and not one.phrase and not other.phrase and _is_running(one) and _is_running(other)


def _is_running(unit: Unit) -> bool:
    return unit.is_prose and not unit.noise and unit.phrase not in DECISIVE


def _states(unit: Unit) -> bool:
    """Whether a line ends as sentences of a text do, and not as headlines may."""
    return unit.is_sentence and not unit.text.endswith(_NO_STATEMENT)


def _longest_from(weights: Sequence[int]) -> list[int]:
    return list(accumulate(reversed(weights), max, initial=0))[::-1]
