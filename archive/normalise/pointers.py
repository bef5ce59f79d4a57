"""Lines of a page that only lead elsewhere: the same link again and again, and words with a colon before a link."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from archive.normalise.draft import Draft, Unit

_ADDRESSES = ("@", "www.", "://")
_COLONS = (":", "：")


@dataclass(frozen=True, slots=True)
class TellPointers:
    """Find lines that lead elsewhere and say nothing of their own.

    Attributes:
        longest: letters of such a line at most.
        linked: percent of its letters in links from which a line with words and a colon before its link is one.
        lead: characters up to the colon at most.
        slack: percent of the letters by which the words before the colon may differ from what is no link.
        repeated: times that a line stands in the page from which it is one, where some of it is a link.
        some: percent of letters in links that are some.
    """

    name: ClassVar[str] = "tell-pointers"
    version: ClassVar[str] = "1.0"

    longest: int = 200
    linked: int = 55
    lead: int = 40
    slack: int = 12
    repeated: int = 3
    some: int = 20

    def apply(self, draft: Draft) -> None:
        """Set `noise` of lines that lead elsewhere."""
        units = [unit for unit in draft.units if unit.blocks[0].linked >= self.some and not unit.noise]
        times = Counter(_said(unit) for unit in units if unit.weight <= self.longest)
        for unit in units:
            if times[_said(unit)] >= self.repeated and unit.hint not in {"heading", "table"}:
                unit.noise = "it leads elsewhere, in the same words several times"
            elif self._leads(unit):
                unit.noise = "it leads elsewhere"

    def _leads(self, unit: Unit) -> bool:
        linked = unit.blocks[0].linked
        text = " ".join(unit.text.split())
        if linked < self.linked or unit.hint or unit.weight > self.longest or any(one in text for one in _ADDRESSES):
            return False
        ends = [place for colon in _COLONS if 0 < (place := text.find(colon)) < self.lead]
        return bool(ends) and abs(100 * (min(ends) + 1) // len(text) - (100 - linked)) <= self.slack


def _said(unit: Unit) -> str:
    return " ".join(unit.text.casefold().split())
