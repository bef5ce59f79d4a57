"""Lines of a page that only lead elsewhere: the same link again and again, words with a colon before a link.

Below the text, what says when it was published and under which headings it stands, is such a line too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from archive.normalise.dates import find_date
from archive.normalise.draft import Draft, Unit
from archive.normalise.markup_around import is_preformatted
from archive.normalise.outline import Outline, is_running

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
        mostly: percent from which a short line is hardly more than a link.
        late: percent of the running text that must stand before what says when it was published.
        posted: letters of that at most.
    """

    name: ClassVar[str] = "tell-pointers"
    version: ClassVar[str] = "1.0"

    longest: int = 200
    linked: int = 55
    lead: int = 40
    slack: int = 12
    repeated: int = 3
    some: int = 20
    mostly: int = 75
    late: int = 90
    posted: int = 300

    def apply(self, draft: Draft) -> None:
        """Set `noise` of lines that lead elsewhere."""
        linked = [unit for unit in draft.units if unit.blocks[0].linked >= self.some and not unit.noise]
        if not linked:
            return
        units = [unit for unit in linked if not is_preformatted(unit)]
        times = Counter(_said(unit) for unit in units if unit.weight <= self.longest)
        for unit in units:
            if times[_said(unit)] >= self.repeated and self._may_be_said_again(unit):
                unit.noise = "it leads elsewhere, in the same words several times"
            elif self._leads(unit):
                unit.noise = "it leads elsewhere"
        self._mark_posted(draft)

    def _may_be_said_again(self, unit: Unit) -> bool:
        """Whether a line that stands in the page several times calls for a click: a sentence, or little but a link."""
        if unit.hint in {"heading", "table"}:
            return False
        return unit.is_sentence or unit.weight >= self.lead or unit.blocks[0].linked >= self.mostly

    def _mark_posted(self, draft: Draft) -> None:
        """A line with a date and links below the text, in another element than the text before it."""
        outline = Outline(draft.units)
        home = 0
        for place, unit in enumerate(draft.units):
            within = unit.blocks[0].within
            if not within:
                continue
            is_late = outline.percent_before(place) >= self.late and within[-1].number != home
            if is_late and self._is_posted(unit):
                unit.noise = "it says when it was published, below the text"
            elif is_running(unit):
                home = within[-1].number

    def _is_posted(self, unit: Unit) -> bool:
        if unit.noise or unit.hint or unit.weight > self.posted or unit.blocks[0].linked < self.some:
            return False
        return find_date(unit.text, day_first=True) is not None

    def _leads(self, unit: Unit) -> bool:
        linked = unit.blocks[0].linked
        text = " ".join(unit.text.split())
        if linked < self.linked or unit.hint or unit.weight > self.longest or any(one in text for one in _ADDRESSES):
            return False
        ends = [place for colon in _COLONS if 0 < (place := text.find(colon)) < self.lead]
        return bool(ends) and abs(100 * (min(ends) + 1) // len(text) - (100 - linked)) <= self.slack


def _said(unit: Unit) -> str:
    return " ".join(unit.text.casefold().split())
