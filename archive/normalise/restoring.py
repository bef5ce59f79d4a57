"""Lines around a title that were dropped and are the document's own: headlines above it, subtitles below it."""

from __future__ import annotations

from collections.abc import Sequence

from archive.model.passages import Kind
from archive.normalise.boxes import NEVER_TEXT
from archive.normalise.draft import Unit
from archive.normalise.phrases import DECISIVE
from archive.normalise.shapes import word_count

_SIGNED = frozenset({Kind.DATELINE, Kind.BYLINE})
_UNNAMED = frozenset({Kind.BODY, Kind.FURNITURE})
_TITLES = frozenset({"h1", "h2"})
_MOST_SUBTITLES = 5
_SHORTEST_SUBTITLE = 40
_MOST_BETWEEN = 3
_LINK = 60
_MOST_WORDS_OF_REMNANT = 3
"""Words of a line above the title that is taken for a remnant of the page: the name of a section, or of two."""


def restore_above(units: Sequence[Unit], title: int) -> None:
    """Keep a line right above the title that may be the headline over what was taken for the title."""
    if not title or units[title].blocks[0].within:
        return
    unit = units[title - 1]
    if unit.kind is Kind.FURNITURE and may_be_own(unit):
        unit.label(Kind.HEADING, "it stands right above the title")


def may_be_own(unit: Unit) -> bool:
    """Whether a line above the title may be the document's own: in plain text only what is short is surely not."""
    if unit.phrase or unit.blocks[0].within or unit.kind in _SIGNED:
        return False
    return unit.kind is Kind.LIST_ITEM or word_count(unit.text) > _MOST_WORDS_OF_REMNANT


def restore_between(units: Sequence[Unit], title: int | None, body: int) -> None:
    """Keep what stands between the title and the running text and is no furniture."""
    if title is None:
        return
    title = max(title, body - _MOST_BETWEEN) if units[title].hint == "title" else title
    is_quiet = not any(unit.phrase in DECISIVE for unit in units[title + 1 : body])
    right_below = _right_below(units, title, body)
    for place, unit in enumerate(units[title + 1 : body], title + 1):
        is_alone = unit.gap > 0 and not (place + 1 < len(units) and units[place + 1].gap == 0)
        is_subtitle = unit.kept and unit.kind is Kind.BODY and not unit.is_sentence and is_alone
        if (
            (unit.noise and (not unit.is_prose or unit.noise in NEVER_TEXT))
            or (unit.bonus < 0 and place >= right_below and not (unit.is_prose or unit.is_sentence))
            or unit.blocks[0].linked > _LINK
        ):
            continue
        is_lost = unit.kind is Kind.FURNITURE and not unit.phrase and (unit.is_sentence or unit.weight >= 30)
        is_heading = unit.phrase == "repeated" and is_quiet and unit.kind in _UNNAMED
        if is_subtitle or is_lost or is_heading:
            unit.label(Kind.HEADING, "it stands between the title and the text")


def _right_below(units: Sequence[Unit], title: int, body: int) -> int:
    """The index after the long lines of a page that follow its title, as subtitles do, with no link among them."""
    if not any(element.name in _TITLES for element in units[title].blocks[0].within):
        return title + 1
    for place in range(title + 1, min(title + 1 + _MOST_SUBTITLES, body)):
        unit = units[place]
        is_long = unit.kind is Kind.FURNITURE and unit.weight >= _SHORTEST_SUBTITLE
        if not is_long or unit.noise or unit.phrase or unit.blocks[0].linked:
            return place
    return min(title + 1 + _MOST_SUBTITLES, body)
