"""Where the elements of a page begin and end among its units, and how much running text stands where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from archive.model.blocks import Element
from archive.normalise.draft import Unit
from archive.normalise.phrases import DECISIVE


class Outline:
    """The units of a page with its elements as stretches of them.

    Attributes:
        units: in reading order.
        total: the running text of all units that nothing calls furniture, in letters.
    """

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self._sums = [0, *accumulate(unit.weight if is_running(unit) else 0 for unit in units)]
        self._live = [0, *accumulate(not unit.noise for unit in units)]
        self.total = self._sums[-1]

    def running(self, start: int, stop: int) -> int:
        """Letters of running text from one unit to before another."""
        return self._sums[stop] - self._sums[start]

    def has_live(self, start: int, stop: int) -> bool:
        """Whether anything from one unit to before another was no furniture when the outline was made."""
        return self._live[stop] > self._live[start]

    def first_behind(self, percent: int) -> int:
        """The first unit before which that percentage of the running text stands."""
        return next(
            (place for place in range(len(self.units)) if self.percent_before(place) >= percent), len(self.units)
        )

    def percent_before(self, place: int) -> int:
        """Percent of the running text that stands before a unit."""
        return 100 * self._sums[place] // max(self.total, 1)

    def elements(self) -> Iterator[tuple[Element, int, int]]:
        """The elements in the order of the page, each with its first unit and the one after its last."""
        last: dict[int, tuple[Element, int]] = {}
        firsts: dict[int, int] = {}
        for place, unit in enumerate(self.units):
            for element in unit.blocks[0].within:
                last[element.number] = (element, place)
                firsts.setdefault(element.number, place)
        for number in sorted(last):
            element, place = last[number]
            yield element, firsts[number], place + 1


def is_running(unit: Unit) -> bool:
    """Whether a unit is running text that nothing calls furniture."""
    return unit.is_prose and not unit.noise and unit.phrase not in DECISIVE and unit.hint != "title"
