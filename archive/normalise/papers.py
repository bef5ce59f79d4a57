"""Documents that are no captured pages: letters, reports, poems, notes. All that they hold is their own.

What tells a page is its furniture: a page without a single line that the vocabulary knows is hardly ever met, while
in a text written for itself such lines are words that happen to stand alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.normalise.draft import Draft, Unit
from archive.normalise.phrases import CLEAR, REASONS

_ENOUGH = 3
"""What lines of furniture must count for together, to make a document a page."""
_TELLING = frozenset({"parts", "contains", "others", "talk"})
_LONG = 12
"""The weight of a single word that hardly stands alone by chance."""
_SHORTEST = 4
"""Letters of a line that may be dropped in a document of a few lines."""
_DRAWN = "-=_*~#+|•·–—─━═ \t"
"""Signs that lines are drawn with."""
_SURE = frozenset({"break", "parts", "contains"})
"""What is furniture in the middle of a text that is no page."""


def is_page(units: Sequence[Unit]) -> bool:
    """Whether a document shows the furniture of a page; markup always does."""
    if units and units[0].blocks[0].within:
        return True
    counted = {unit.text: _counts(unit) for unit in units if unit.phrase}
    total = sum(counted.values())
    return total >= _ENOUGH


def _counts(unit: Unit) -> int:
    """What a line says for a page: a phrase of several words settles it, single words do so together."""
    if unit.phrase in {"stop", "break", "symbols", "section", "address"}:
        return 0
    is_telling = unit.phrase in _TELLING or unit.phrase == "alone"
    return _ENOUGH if is_telling and (" " in unit.text.strip() or unit.weight >= _LONG) else 1


def keep_paper(draft: Draft) -> None:
    """Keep all of a document that is no page, but for furniture at its edges and what breaks any text."""
    units = draft.units
    draft.is_page = False
    edges = _edge(units) | {len(units) - 1 - place for place in _edge(units[::-1])}
    for place, unit in enumerate(units):
        if unit.kept and (unit.phrase in _SURE or place in edges or _is_line_drawn(unit)):
            unit.drop(REASONS[unit.phrase])


def keep_note(draft: Draft) -> None:
    """Drop nothing of a few lines but what is furniture beyond doubt, and nothing at all where no line would stay."""
    doubtless = [unit for unit in draft.units if unit.kept and unit.phrase in CLEAR and len(unit.text) >= _SHORTEST]
    if len(doubtless) < sum(unit.kept for unit in draft.units):
        for unit in doubtless:
            unit.drop(REASONS[unit.phrase])
    draft.last = len(draft.units)


def _is_line_drawn(unit: Unit) -> bool:
    return unit.phrase == "symbols" and not unit.text.strip(_DRAWN)


def _edge(units: Sequence[Unit]) -> set[int]:
    """Places from the first line on, up to the first that is no furniture."""
    for place, unit in enumerate(units):
        if unit.phrase not in CLEAR and unit.phrase not in {"symbols", "repeated"}:
            return set(range(place))
    return set()
