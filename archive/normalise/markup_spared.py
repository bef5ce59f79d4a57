"""Elements that the markup calls furniture and that belong to the text: what heads it, leads into it, stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from archive.model.blocks import Element
from archive.normalise.draft import Unit
from archive.normalise.markup_around import HOLDERS, WHOLE_PAGE, inside_any, marked, named, running_weight
from archive.normalise.markup_names import NAMES

_OF_HEADERS = frozenset({"header"})
_OF_TEASERS = frozenset({"related"})
_MARKS_OF_INSETS = frozenset({"sidebar", "overlay"})
_SHORTEST_INSET = 300
_NEAR = 4
_SHORTEST_QUESTION = 20
_MOST_OF_LEAD = 2


def spared_elements(
    units: Sequence[Unit], numbers: Sequence[Sequence[int]], page: Sequence[Element], running: Mapping[int, int]
) -> set[int]:
    """The numbers of such elements.

    Args:
        units: all of a page.
        numbers: of the elements around each of them.
        page: all elements.
        running: letters of running text in each of them.
    """
    headers = _headers_of_text(inside_any(units, numbers, named(page, _OF_HEADERS)), running)
    return headers | _leads(units, numbers, marked(page, _OF_TEASERS)) | _insets(units, numbers, page)


def _headers_of_text(inside: Sequence[tuple[int, Unit]], running: Mapping[int, int]) -> set[int]:
    """The numbers of `header` elements that hold headings alone, over text in the element around them."""
    found: dict[int, bool] = {}
    for _, unit in inside:
        within = unit.blocks[0].within
        for around, element in pairwise(within):
            if element.name == "header":
                is_heading = unit.hint == "heading" and not unit.blocks[0].linked
                is_over_text = around.name not in WHOLE_PAGE and running.get(around.number, 0) > 0
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
        has_begun = has_begun or (not called and running_weight(unit) > 0)
    return {number for number, count in found.items() if count <= _MOST_OF_LEAD}


def _insets(units: Sequence[Unit], numbers: Sequence[Sequence[int]], page: Sequence[Element]) -> set[int]:
    """The numbers of elements called sidebars or overlays that are boxes of the text.

    They stand below a paragraph, in the same element as that, and hold paragraphs and headings without any link.
    """
    found: dict[int, list[int]] = {}
    for place, unit in inside_any(units, numbers, marked(page, _MARKS_OF_INSETS)):
        for element in unit.blocks[0].within:
            if _MARKS_OF_INSETS.intersection(element.marks) and element.name not in NAMES:
                found.setdefault(element.number, []).append(place)
    return {
        number for number, places in found.items() if _is_inset(units, range(places[0], places[-1] + 1), len(places))
    }


def _is_inset(units: Sequence[Unit], inside: range, held: int) -> bool:
    box = [units[place] for place in inside]
    own = all(not unit.blocks[0].linked and (unit.is_prose or unit.hint == "heading") for unit in box)
    letters = sum(map(running_weight, box))
    if len(box) != held or not own or letters < _SHORTEST_INSET or any(unit.phrase for unit in box):
        return False
    above = next(
        (unit for unit in reversed(units[max(0, inside.start - _NEAR) : inside.start]) if running_weight(unit)), None
    )
    around = above.blocks[0].within if above is not None else ()
    holders = {element.number for element in around if element.name in HOLDERS - WHOLE_PAGE}
    return any(element.number in holders for element in box[0].blocks[0].within)


def is_question(unit: Unit, element: Element) -> bool:
    """Whether a button says what the text says that it opens: the question of an answer."""
    opens = element.name == "button" and "opens" in element.marks
    return opens and unit.weight >= _SHORTEST_QUESTION and not unit.phrase
