"""Where the running text of a document begins, below its front."""

from __future__ import annotations

from collections.abc import Sequence

from archive.model.passages import Kind
from archive.normalise.bylines import LONGEST_BYLINE, names_in_byline
from archive.normalise.datelines import read_dateline
from archive.normalise.draft import Draft, Unit
from archive.normalise.phrases import DECISIVE
from archive.normalise.vocabulary import vocabulary

_MOST_BETWEEN = 3
_LONGEST_SUBTITLE = 240
LONGEST_LEAD = 400
"""Letters of what stands between a title and the text."""


def first_prose(draft: Draft) -> int:
    """The index of the first running text of the main text; where there is none, of its first line after a title."""
    units = draft.units
    for place in range(draft.first, draft.last):
        unit = units[place]
        if unit.kept and unit.is_prose and unit.kind is not Kind.CAPTION:
            return _after_subtitle(units, place)
    kept = [place for place in range(draft.first, draft.last) if units[place].kept][1:]
    return next((place for place in kept if units[place].is_sentence), kept[0] if kept else draft.last)


def _after_subtitle(units: Sequence[Unit], place: int) -> int:
    """The index of the text after its first running text, where that is a long title or subtitle over author and date.

    Between a title and them one more line may stand, its subtitle.
    """
    if len(units[place].text) > _LONGEST_SUBTITLE:
        return place
    near = range(place + 1, min(place + 1 + _MOST_BETWEEN, len(units)))
    signed = [one for one in near if not units[one].is_prose and _is_signed(units[one])]
    # A line without a full stop over an author is a long title, and what follows may be as brief as an interview's.
    is_title = not units[place].is_sentence
    text = [
        one
        for one in range(place + 1, min(place + 12, len(units)))
        if units[one].kept and (units[one].is_prose or (is_title and units[one].is_sentence))
    ]
    is_over = signed and len(text) > 1 and text[0] > signed[0] and place + 1 == signed[0]
    if is_over:
        return text[0]
    below = [one for one in text if signed and one > signed[0]]
    is_above_lead = is_title and below and signed[0] == place + 2 and len(units[place + 1].text) <= LONGEST_LEAD
    return below[0] if is_above_lead else place


def _is_signed(unit: Unit) -> bool:
    """Whether a line names an author or nothing but a date."""
    if len(unit.text) > LONGEST_BYLINE or unit.phrase in DECISIVE:
        return False
    dateline = read_dateline(unit.text, day_first=True)
    return bool(names_in_byline(unit.text, vocabulary())) or (dateline is not None and dateline.strength > 1)
