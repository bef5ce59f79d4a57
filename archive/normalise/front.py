"""The fourth step: what stands around the running text and belongs to it: title, dateline, byline, captions.

The title is looked for above the running text: near it, near a date or an author, said twice, made of words that the
text uses. What stands above the title is furniture, but for captions, dates and authors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from archive.model.passages import Kind
from archive.normalise.author_notes import drop_author_notes
from archive.normalise.authors import label_bare_authors, label_dated_authors, label_opening, label_speaker, label_works
from archive.normalise.datelines import is_stamp
from archive.normalise.draft import Draft, Unit
from archive.normalise.front_signed import (
    SIGNED,
    label_below_subtitle,
    label_datelines_and_bylines,
    label_other_bylines,
)
from archive.normalise.front_start import first_prose
from archive.normalise.heads import label_head
from archive.normalise.restoring import may_be_own, restore_above, restore_between
from archive.normalise.signing import label_below
from archive.normalise.titles import drop_twins, find_title
from archive.normalise.vocabulary import Vocabulary, vocabulary
from archive.normalise.wording import wording_of

_MAY_BE_CAPTIONS = frozenset({Kind.BODY, Kind.FURNITURE})
_CAPTION_WEIGHT = 900
_CAPTION_REASON = "it holds what captions of pictures hold"
_MARK_AT_START = 60
_MARK_AT_END = 80
_LONG_LINE = 80


@dataclass(frozen=True, slots=True)
class LabelFront:
    """Label the title, dates, authors and captions around the running text.

    Attributes:
        words: the sha256 of the words of fronts, so that a change of them is a change of the recipe.
        around: lines above the running text, and below it, that are looked at.
    """

    name: ClassVar[str] = "label-front"
    version: ClassVar[str] = "1.6"

    words: str
    around: int = 12

    def apply(self, draft: Draft) -> None:
        """Label what stands above and below the running text."""
        words = vocabulary()
        units = draft.units
        captions = _captions(draft, words)
        for unit in units if captions else ():
            if unit.kept and id(unit) in captions:
                unit.label(Kind.CAPTION, _CAPTION_REASON)
        body = first_prose(draft)
        top = max(0, body - 2 * self.around)
        for unit in units[top:body] if captions else ():
            if not unit.kept and not unit.phrase and not unit.hint and id(unit) in captions:
                unit.label(Kind.CAPTION, _CAPTION_REASON)
        head = None if units and units[0].blocks[0].within else label_head(units)
        label_datelines_and_bylines(units[top : body + 1], words)
        title = find_title(draft, top, body) if head is None or head.title is None else head.title
        if title is None:
            title = label_works(units[top:body], top)
        if title is not None and units[title].kind is not Kind.TITLE:
            units[title].label(Kind.TITLE, "it stands above the text, and the text speaks of it")
        if title is not None:
            label_speaker(units[title])
        label_bare_authors(units, top if title is None else title, body)
        label_dated_authors(units, top if title is None else title, body)
        label_below_subtitle(draft, title, body)
        label_opening(units, body)
        if title is not None:
            if draft.is_page:
                _clear_above(units, title)
            restore_above(units, title)
            drop_twins(units, title)
        restore_between(units, title, body)
        label_other_bylines(units, title, body)
        label_below(draft, body, self.around, words)
        drop_author_notes(draft)


def _captions(draft: Draft, words: Vocabulary) -> frozenset[int]:
    """The units, by `id`, that hold what captions hold."""
    lines = wording_of(draft).captions
    if not lines:
        return frozenset()
    return frozenset(
        id(unit)
        for unit in draft.units
        if unit.text in lines
        and unit.kind in _MAY_BE_CAPTIONS
        and unit.weight <= _CAPTION_WEIGHT
        and any(map(words.is_of_caption, _where_captions_tell(unit)))
        and not is_stamp(unit.text)
    )


def _where_captions_tell(unit: Unit) -> tuple[str, ...]:
    """What is looked at of a text, in lower case: all of a short one, the beginning and the end of a longer one."""
    lowered = unit.text.lower()
    if unit.weight <= _MARK_AT_START + _MARK_AT_END:
        return (lowered,)
    return lowered[:_MARK_AT_START], lowered[-_MARK_AT_END:]


def _clear_above(units: Sequence[Unit], title: int) -> None:
    """Drop what stands above the title, but for captions, and dates and authors that are next to it."""
    for place in range(title):
        unit = units[place]
        if unit.kept and unit.is_sentence and not unit.phrase and not unit.blocks[0].within:
            return  # what stands below a sentence that is kept is text, whatever was taken for the title
        is_text = unit.is_prose or unit.is_sentence or (unit.weight >= _LONG_LINE and not unit.phrase)
        if not unit.kept or unit.kind is Kind.CAPTION or is_text or may_be_own(unit):
            continue
        near = all(other.kind in SIGNED for other in units[place:title])
        if not (near and unit.kind in SIGNED):
            unit.drop("it stands above the title")
