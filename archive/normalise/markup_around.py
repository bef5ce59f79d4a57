"""Which elements of a page stand around which of its units, and how much text stands in each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from archive.model.blocks import Element
from archive.normalise.draft import Unit
from archive.normalise.phrases import DECISIVE

HOLDERS = frozenset({"body", "main", "article", "section", "div", "td", "center", "form", "blockquote"})
"""Names of elements that may hold a text."""
WHOLE_PAGE = frozenset({"body", "main"})
"""Those that may hold all of a page."""


def elements_of(units: Sequence[Unit]) -> list[Element]:
    """The elements around units, each once."""
    return list({id(element): element for unit in units for element in unit.blocks[0].within}.values())


def named(page: Sequence[Element], names: Set[str]) -> set[int]:
    """The numbers of elements of some names."""
    return {element.number for element in page if element.name in names}


def marked(page: Sequence[Element], marks: Set[str]) -> set[int]:
    """The numbers of elements with one of some marks."""
    return {element.number for element in page if element.marks and not marks.isdisjoint(element.marks)}


def inside_any(units: Sequence[Unit], numbers: Sequence[Sequence[int]], wanted: Set[int]) -> list[tuple[int, Unit]]:
    """The units, each with its place, around which any of some elements may stand: most pages have none of a kind.

    Args:
        units: all of a page.
        numbers: of the elements around each of them.
        wanted: the numbers of those elements.
    """
    if not wanted:
        return []
    pairs = enumerate(zip(units, numbers, strict=True))
    return [(place, unit) for place, (unit, held) in pairs if not wanted.isdisjoint(held)]


def is_preformatted(unit: Unit) -> bool:
    """Whether a unit is a line of code, or of what else is set as it is written."""
    return "pre" in [element.name for element in unit.blocks[0].within]


def running_weight(unit: Unit) -> int:
    """Letters of running text in a unit that stand in no link."""
    if not unit.is_prose or unit.phrase in DECISIVE:
        return 0
    return unit.weight * (100 - unit.blocks[0].linked) // 100


def sums_within(numbers: Sequence[Sequence[int]], values: Sequence[int]) -> Mapping[int, int]:
    """The sum of the values of units in each element around them; of all of them under 0.

    Args:
        numbers: of the elements around each unit.
        values: one of each unit.
    """
    sums: dict[int, int] = defaultdict(int, {0: sum(values)})
    for held, value in zip(numbers, values, strict=True):
        if value:
            for number in held:
                sums[number] += value
    return sums
