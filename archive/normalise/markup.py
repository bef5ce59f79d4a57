"""What the markup around a passage says: which elements are furniture, and which one holds the main text.

Elements that are called furniture (`nav`, a class `related`) are believed unless they hold too much of the document's
running text, as a form around a whole page does. The main element is the one whose passages count for most, taken
together: running text counts for an element, links and furniture count against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar

from archive.model.blocks import Element
from archive.normalise.draft import Draft, Unit
from archive.normalise.phrases import DECISIVE

HIDDEN = "the markup hides it"
"""Why what a browser does not show is no text."""
_NAMES = {
    "nav": "the markup calls it navigation",
    "menu": "the markup calls it navigation",
    "footer": "the markup calls it a footer",
    "header": "the markup calls it a header",
    "aside": "the markup calls it an aside",
    "form": "the markup calls it a part of a form",
    "button": "the markup calls it a part of a form",
    "select": "the markup calls it a part of a form",
    "dialog": "the markup calls it a dialogue",
}
_MARKS = {
    "navigation": "the markup calls it navigation",
    "share": "the markup calls it a means of sharing",
    "comments": "the markup calls it readers' comments",
    "related": "the markup says that it is about other documents",
    "newsletter": "the markup calls it an offer to subscribe",
    "advert": "the markup calls it advertising",
    "cookie": "the markup calls it a notice about cookies",
    "sidebar": "the markup calls it a sidebar",
    "author": "the markup says that it is about the author",
    "footer": "the markup calls it a footer",
    "overlay": "the markup says that it lies over the page",
    "tags": "the markup calls it a list of tags",
    "rating": "the markup calls it a rating",
    "hidden": HIDDEN,
}
_MARKS_OF_LINES = {mark: _MARKS[mark] for mark in ("share", "comments", "newsletter", "advert", "cookie", "author")}
_LINKED_ALIKE = frozenset({"heading", "title"})
_LINES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
_OWN = frozenset({"article", "main"})
_HOLDERS = frozenset({"body", "main", "article", "section", "div", "td", "center", "form", "blockquote"})
_WHOLE_PAGE = frozenset({"body", "main"})
_HEADINGS = frozenset({"h1"})
_CODE = frozenset({"pre"})
_OF_HEADERS = frozenset({"header"})
_OF_TEASERS = frozenset({"related"})
_HIDDEN = frozenset({"hidden"})
_MARKS_OF_INSETS = frozenset({"sidebar", "overlay"})
_SHORTEST_INSET = 300
_NEAR = 4
_SHORTEST_QUESTION = 20
_MOST_OF_LEAD = 2


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
        code = {id(unit) for _, unit in _inside(units, numbers, _named(page, _CODE)) if is_preformatted(unit)}
        for unit in units if code else ():
            if id(unit) in code:
                unit.phrase = ""
        running = _sums(numbers, [_running(unit) for unit in units])
        headings = [unit for _, unit in _inside(units, numbers, _named(page, _HEADINGS)) if _is_main_heading(unit)]
        titles = {element.number for unit in headings for element in unit.blocks[0].within}
        self._believe(units, numbers, running, titles, page)
        self._spare_talk(units)
        main = self._main(units, numbers, code)
        spared = titles.union(*(held for held in numbers if main in held))
        is_settled = running[main] * 100 >= self.settled * running[0]
        for unit, held in zip(units, numbers, strict=True):
            is_inside = main in held
            if is_settled and not is_inside and not unit.noise:
                unit.noise = next((_reason(one) for one in unit.blocks[0].within if one.number not in spared), "")
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
        called = {element.number for element in page if _reason(element)}
        hidden = sum(_running(unit) for _, unit in _inside(units, numbers, _marked(page, _HIDDEN)) if _is_hidden(unit))
        spared = titles | _headers_of_text(_inside(units, numbers, _named(page, _OF_HEADERS)), running)
        spared |= _leads(units, numbers, _marked(page, _OF_TEASERS)) | _insets(units, numbers, page)
        is_shown = hidden * 100 > 2 * self.most_hidden * running[0]
        judged: dict[int, str] = {}
        for _, unit in _inside(units, numbers, called):
            is_own = False
            for element in unit.blocks[0].within:
                if element.number not in judged:
                    is_spared = element.number in spared or (is_own and element.name == "header")
                    is_spared = is_spared or (is_shown and _reason(element) == HIDDEN)
                    judged[element.number] = "" if is_spared else self._judge(element, running)
                if not (judged[element.number] and _is_question(unit, element)):
                    unit.noise = unit.noise or judged[element.number]
                is_own = is_own or element.name in _OWN

    def _spare_talk(self, units: Sequence[Unit]) -> None:
        """Where little but talk is left, as in a forum, the talk is the text."""
        talk = [unit for unit in units if unit.noise == _MARKS["comments"]]
        left = sum(_running(unit) for unit in units if not unit.noise)
        if left < self.fewest and left < sum(map(_running, talk)):
            for unit in talk:
                unit.noise = ""

    def _judge(self, element: Element, running: Mapping[int, int]) -> str:
        reason = _reason(element)
        if not reason or element.name in _WHOLE_PAGE:
            return ""
        if "content" in element.marks and element.name not in _NAMES:
            return ""
        total = running.get(0, 0)
        inside = running.get(element.number, 0)
        most = self.most_talk if "comments" in element.marks else self.most
        if "author" in element.marks:
            most = self.most_author
        elif _reason(element) == HIDDEN:
            most = self.most_hidden
        return "" if inside * 100 > most * total or (inside and total - inside < self.fewest) else reason

    def _main(self, units: Sequence[Unit], numbers: Sequence[Sequence[int]], code: Set[int]) -> int:
        """The number of the element that holds the main text; code by the `id` of its units."""
        sums = _sums(numbers, [self._worth(unit, is_code=id(unit) in code) for unit in units])
        depth: dict[int, int] = {}
        for unit in units:
            for place, element in enumerate(unit.blocks[0].within):
                if element.name in _HOLDERS:
                    depth[element.number] = place
        main = max(depth, key=lambda number: (sums[number], -depth[number], -number), default=0)
        around = next((unit.blocks[0].within for unit, held in zip(units, numbers, strict=True) if main in held), ())
        articles = [one.number for one in around if one.number < main and one.name == "article"]
        if not articles:
            return main
        running = _sums(numbers, [0 if unit.noise else _running(unit) for unit in units])
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


def is_preformatted(unit: Unit) -> bool:
    """Whether a unit is a line of code, or of what else is set as it is written."""
    return "pre" in [element.name for element in unit.blocks[0].within]


def _reason(element: Element) -> str:
    return _reason_of(element.name, element.marks)


@lru_cache(maxsize=4_096)
def _reason_of(name: str, marks: tuple[str, ...]) -> str:
    """Why an element of a name and with some marks is furniture, as far as these say."""
    known = _MARKS_OF_LINES if name in _LINES else _MARKS
    return _NAMES.get(name, "") or next((known[mark] for mark in marks if mark in known), "")


def elements_of(units: Sequence[Unit]) -> list[Element]:
    """The elements around units, each once."""
    return list({id(element): element for unit in units for element in unit.blocks[0].within}.values())


def _named(page: Sequence[Element], names: Set[str]) -> set[int]:
    return {element.number for element in page if element.name in names}


def _marked(page: Sequence[Element], marks: Set[str]) -> set[int]:
    return {element.number for element in page if element.marks and not marks.isdisjoint(element.marks)}


def _inside(units: Sequence[Unit], numbers: Sequence[Sequence[int]], wanted: Set[int]) -> list[tuple[int, Unit]]:
    """The units, each with its place, around which any of some elements may stand: most pages have none of a kind."""
    if not wanted:
        return []
    pairs = enumerate(zip(units, numbers, strict=True))
    return [(place, unit) for place, (unit, held) in pairs if not wanted.isdisjoint(held)]


def _is_hidden(unit: Unit) -> bool:
    return any("hidden" in element.marks for element in unit.blocks[0].within)


def _headers_of_text(inside: Sequence[tuple[int, Unit]], running: Mapping[int, int]) -> set[int]:
    """The numbers of `header` elements that hold headings alone, over text in the element around them."""
    found: dict[int, bool] = {}
    for _, unit in inside:
        within = unit.blocks[0].within
        for around, element in pairwise(within):
            if element.name == "header":
                is_heading = unit.hint == "heading" and not unit.blocks[0].linked
                is_over_text = around.name not in _WHOLE_PAGE and running.get(around.number, 0) > 0
                found[element.number] = found.get(element.number, True) and is_heading and is_over_text
    return {number for number, is_spared in found.items() if is_spared}


def _leads(units: Sequence[Unit], numbers: Sequence[Sequence[int]], teasers: Set[int]) -> set[int]:
    """The numbers of elements above all other text that are called teasers, and hold one with no link or heading."""
    found: dict[int, int] = {}
    has_begun = False
    for unit, held in zip(units, numbers, strict=True) if teasers else ():
        within = () if teasers.isdisjoint(held) else unit.blocks[0].within
        called = [element.number for element in within if "related" in element.marks]
        is_text = not unit.blocks[0].linked and unit.hint != "heading"
        for number in called:
            if number in found or not has_begun:
                found[number] = found.get(number, 0) + (1 if is_text else _MOST_OF_LEAD + 1)
        has_begun = has_begun or (not called and _running(unit) > 0)
    return {number for number, count in found.items() if count <= _MOST_OF_LEAD}


def _insets(units: Sequence[Unit], numbers: Sequence[Sequence[int]], page: Sequence[Element]) -> set[int]:
    """The numbers of elements called sidebars or overlays that are boxes of the text.

    They stand below a paragraph, in the same element as that, and hold paragraphs and headings without any link.
    """
    found: dict[int, list[int]] = {}
    for place, unit in _inside(units, numbers, _marked(page, _MARKS_OF_INSETS)):
        for element in unit.blocks[0].within:
            if _MARKS_OF_INSETS.intersection(element.marks) and element.name not in _NAMES:
                found.setdefault(element.number, []).append(place)
    return {
        number for number, places in found.items() if _is_inset(units, range(places[0], places[-1] + 1), len(places))
    }


def _is_inset(units: Sequence[Unit], inside: range, held: int) -> bool:
    box = [units[place] for place in inside]
    own = all(not unit.blocks[0].linked and (unit.is_prose or unit.hint == "heading") for unit in box)
    if len(box) != held or not own or sum(map(_running, box)) < _SHORTEST_INSET or any(unit.phrase for unit in box):
        return False
    above = next(
        (unit for unit in reversed(units[max(0, inside.start - _NEAR) : inside.start]) if _running(unit)), None
    )
    around = above.blocks[0].within if above is not None else ()
    holders = {element.number for element in around if element.name in _HOLDERS - _WHOLE_PAGE}
    return any(element.number in holders for element in box[0].blocks[0].within)


def _is_question(unit: Unit, element: Element) -> bool:
    """Whether a button says what the text says that it opens: the question of an answer."""
    opens = element.name == "button" and "opens" in element.marks
    return opens and unit.weight >= _SHORTEST_QUESTION and not unit.phrase


def _running(unit: Unit) -> int:
    if not unit.is_prose or unit.phrase in DECISIVE:
        return 0
    return unit.weight * (100 - unit.blocks[0].linked) // 100


def _is_main_heading(unit: Unit) -> bool:
    return not _HEADINGS.isdisjoint([element.name for element in unit.blocks[0].within])


def _sums(numbers: Sequence[Sequence[int]], values: Sequence[int]) -> Mapping[int, int]:
    """The sum of the values of units in each element around them; of all of them under 0."""
    sums: dict[int, int] = defaultdict(int, {0: sum(values)})
    for held, value in zip(numbers, values, strict=True):
        if value:
            for number in held:
                sums[number] += value
    return sums
