"""What the markup around a passage says: which elements are furniture, and which one holds the main text.

Elements that are called furniture (`nav`, a class `related`) are believed unless they hold too much of the document's
running text, as a form around a whole page does. The main element is the one whose passages count for most, taken
together: running text counts for an element, links and furniture count against it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import ClassVar

from archive.model.blocks import Element
from archive.normalise.draft import Draft, Unit
from archive.normalise.markup_around import (
    HOLDERS,
    WHOLE_PAGE,
    elements_of,
    inside_any,
    is_preformatted,
    marked,
    named,
    running_weight,
    sums_within,
)
from archive.normalise.markup_names import HIDDEN, MARKS, NAMES, reason_of
from archive.normalise.markup_spared import is_question, spared_elements
from archive.normalise.phrases import DECISIVE

_LINKED_ALIKE = frozenset({"heading", "title"})
_OWN = frozenset({"article", "main"})
_HEADINGS = frozenset({"h1"})
_CODE = frozenset({"pre"})
_HIDDEN = frozenset({"hidden"})


@dataclass(frozen=True, slots=True)
class WeighMarkup:
    """Weigh the elements of markup that stand around each passage.

    Attributes:
        most: percent of the document's running text up to which an element that is called furniture is furniture.
        most_talk: the same for readers' comments, which may be longer than the text.
        most_author: the same for what is said of the author, which may be longer than a short text.
        most_hidden: the same for what the markup hides, which may be a part of the text that a reader has to open.
        fewest: letters of running text that must be left beside such an element.
        settled: percent of the running text that the main element must hold for what is called furniture outside of
            it to be furniture whatever it holds.
        linked: percent of letters in links from which a passage is a link.
        all_linked: the same from which it is nothing else.
        code: what is added for a line of code, or of what else is set as it is written: it is short and no sentence.
    """

    name: ClassVar[str] = "weigh-markup"
    version: ClassVar[str] = "1.3"

    most: int = 35
    most_talk: int = 85
    most_author: int = 75
    most_hidden: int = 10
    fewest: int = 150
    settled: int = 60
    linked: int = 60
    all_linked: int = 90
    code: int = 60

    def apply(self, draft: Draft) -> None:
        """Set `noise` and `bonus` of units that stand in markup."""
        units = draft.units
        page = elements_of(units)
        if not page:
            return
        numbers = [[element.number for element in unit.blocks[0].within] for unit in units]
        code = {id(unit) for _, unit in inside_any(units, numbers, named(page, _CODE)) if is_preformatted(unit)}
        for unit in units if code else ():
            if id(unit) in code:
                unit.phrase = ""
        running = sums_within(numbers, [running_weight(unit) for unit in units])
        headings = [unit for _, unit in inside_any(units, numbers, named(page, _HEADINGS)) if _is_main_heading(unit)]
        titles = {element.number for unit in headings for element in unit.blocks[0].within}
        self._believe(units, numbers, running, titles, page)
        self._spare_talk(units)
        main = self._main(units, numbers, code)
        spared = titles.union(*(held for held in numbers if main in held))
        is_settled = running[main] * 100 >= self.settled * running[0]
        for unit, held in zip(units, numbers, strict=True):
            is_inside = main in held
            if is_settled and not is_inside and not unit.noise:
                unit.noise = next((reason_of(one) for one in unit.blocks[0].within if one.number not in spared), "")
            is_set = id(unit) in code
            is_link = unit.blocks[0].linked >= self.all_linked and unit.hint not in _LINKED_ALIKE
            if is_link and not is_set and not unit.noise:
                unit.noise = "it is nothing but a link"
            unit.bonus = self._bonus(unit, is_inside=is_inside, is_settled=is_settled)
            if is_set and is_inside:
                unit.bonus += self.code

    def _believe(
        self,
        units: Sequence[Unit],
        numbers: Sequence[Sequence[int]],
        running: Mapping[int, int],
        titles: set[int],
        page: Sequence[Element],
    ) -> None:
        """Set `noise` of units in elements that are called furniture."""
        called = {element.number for element in page if reason_of(element)}
        under_hidden = inside_any(units, numbers, marked(page, _HIDDEN))
        hidden = sum(running_weight(unit) for _, unit in under_hidden if _is_hidden(unit))
        is_text = titles | spared_elements(units, numbers, page, running)
        is_shown = hidden * 100 > 2 * self.most_hidden * running[0]
        judged: dict[int, str] = {}
        for _, unit in inside_any(units, numbers, called):
            is_own = False
            for element in unit.blocks[0].within:
                if element.number not in judged:
                    is_spared = element.number in is_text or (is_own and element.name == "header")
                    is_spared = is_spared or (is_shown and reason_of(element) == HIDDEN)
                    judged[element.number] = "" if is_spared else self._judge(element, running)
                if not (judged[element.number] and is_question(unit, element)):
                    unit.noise = unit.noise or judged[element.number]
                is_own = is_own or element.name in _OWN

    def _spare_talk(self, units: Sequence[Unit]) -> None:
        """Where little but talk is left, as in a forum, the talk is the text."""
        talk = [unit for unit in units if unit.noise == MARKS["comments"]]
        left = sum(running_weight(unit) for unit in units if not unit.noise)
        if left < self.fewest and left < sum(map(running_weight, talk)):
            for unit in talk:
                unit.noise = ""

    def _judge(self, element: Element, running: Mapping[int, int]) -> str:
        reason = reason_of(element)
        if not reason or element.name in WHOLE_PAGE:
            return ""
        if "content" in element.marks and element.name not in NAMES:
            return ""
        total = running.get(0, 0)
        inside = running.get(element.number, 0)
        most = self.most_talk if "comments" in element.marks else self.most
        if "author" in element.marks:
            most = self.most_author
        elif reason == HIDDEN:
            most = self.most_hidden
        return "" if inside * 100 > most * total or (inside and total - inside < self.fewest) else reason

    def _main(self, units: Sequence[Unit], numbers: Sequence[Sequence[int]], code: Set[int]) -> int:
        """The number of the element that holds the main text; code by the `id` of its units."""
        sums = sums_within(numbers, [self._worth(unit, is_code=id(unit) in code) for unit in units])
        depth: dict[int, int] = {}
        for unit in units:
            for place, element in enumerate(unit.blocks[0].within):
                if element.name in HOLDERS:
                    depth[element.number] = place
        main = max(depth, key=lambda number: (sums[number], -depth[number], -number), default=0)
        around = next((unit.blocks[0].within for unit, held in zip(units, numbers, strict=True) if main in held), ())
        articles = [one.number for one in around if one.number < main and one.name == "article"]
        if not articles:
            return main
        running = sums_within(numbers, [0 if unit.noise else running_weight(unit) for unit in units])
        return articles[-1] if running[articles[-1]] * 2 <= 3 * running[main] else main

    def _worth(self, unit: Unit, *, is_code: bool) -> int:
        if unit.noise or unit.phrase in DECISIVE:
            return -60
        if is_code:
            return min(unit.weight, self.code)
        if unit.is_prose:
            return min(unit.weight, 500) * (100 - unit.blocks[0].linked) // 100
        if unit.blocks[0].linked >= self.linked:
            return -40
        return 20 if unit.is_sentence else 2

    def _bonus(self, unit: Unit, *, is_inside: bool, is_settled: bool) -> int:
        is_link = unit.blocks[0].linked >= self.linked
        bonus = 0 if is_inside else -20 if "main" in [element.name for element in unit.blocks[0].within] else -60
        if is_link:
            bonus -= unit.weight if unit.is_prose else 50
        elif is_inside:
            bonus += 50
        if is_settled and not is_inside and unit.is_prose:
            bonus -= unit.weight // 2
        return bonus


def _is_hidden(unit: Unit) -> bool:
    return any("hidden" in element.marks for element in unit.blocks[0].within)


def _is_main_heading(unit: Unit) -> bool:
    return not _HEADINGS.isdisjoint([element.name for element in unit.blocks[0].within])
