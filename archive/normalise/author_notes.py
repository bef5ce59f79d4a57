"""Notes on authors: boxes in which a page says who wrote the text. They are the site's, as a line of contacts is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from archive.model.passages import Kind
from archive.normalise.draft import Draft, Unit
from archive.normalise.folding import fold
from archive.normalise.front_words import FrontWords, front_words
from archive.normalise.names import is_latin_name
from archive.normalise.vocabulary import Vocabulary, vocabulary
from archive.normalise.wording import wording_of

_MOST_BETWEEN = 4
"""Lines between a heading over a note and the note: a name, a link to the author's other texts."""
_SHORT = 60
_LONGEST_HEADING = 60
_LONGEST_NOTE = 900
_LEAST_TEXT = 3
"""How many times as much running text as the notes themselves there must be elsewhere."""
_LATE = 75
"""Percent of the running text that stands before a note that no heading announces."""
_NEAR = 3
_AROUND = " \t*_#:.-–—>|•"
_HEADED = "it stands under a heading over a note on the author"
_SPEAKS = "it says who the author is, after the text"


def drop_author_notes(draft: Draft) -> None:
    """Drop notes on authors on a page of plain text: under a heading that says so, or below the author's name."""
    units = draft.units
    if not draft.is_page or not units or units[0].blocks[0].within:
        return
    prose = [place for place, unit in enumerate(units) if unit.is_prose and unit.kept]
    running = sum(units[place].weight for place in prose)
    asides = wording_of(draft).asides
    notes = dict.fromkeys(_signed(units, prose, running, asides), _SPEAKS) if asides else {}
    notes |= dict.fromkeys(_headed(units), _HEADED)
    if notes and running >= (_LEAST_TEXT + 1) * sum(units[place].weight for place in notes):
        for place, reason in notes.items():
            units[place].drop(reason)


def _headed(units: Sequence[Unit]) -> Iterator[int]:
    """Places of notes under a heading such as *About the author* or *About Ada Quill*."""
    for place, unit in enumerate(units):
        if unit.weight > _LONGEST_HEADING or unit.is_sentence or not _announces(unit.text):
            continue
        for below in range(place + 1, min(place + 1 + _MOST_BETWEEN, len(units))):
            note = units[below]
            if note.weight > _SHORT:
                if note.kept and note.kind is Kind.BODY and note.weight <= _LONGEST_NOTE:
                    yield below
                break


@lru_cache(maxsize=4_096)
def _announces(text: str) -> bool:
    """Whether a short line is such a heading; the pages of a site share many."""
    front = front_words()
    first = text.split(" ", 1)[0]
    if first.isascii() and first.strip(_AROUND).lower() not in front.before_notes:
        return False
    folded = fold(text)
    if folded in front.notes:
        return True
    if not folded.startswith(front.about):
        return False
    before = next((phrase for phrase in front.about if folded.startswith(phrase + " ")), "")
    return bool(before) and is_latin_name(" ".join(text.split()[len(before.split()) :]), vocabulary(), front)


def _signed(units: Sequence[Unit], prose: Sequence[int], running: int, asides: Collection[str]) -> Iterator[int]:
    """Places of late passages on a writer, right below the name that they begin with, or what that person is."""
    words, front = vocabulary(), front_words()
    after = 0
    for place in reversed(prose):
        unit = units[place]
        after += unit.weight
        if (running - after) * 100 < _LATE * running:
            return
        if unit.text in asides and unit.weight <= _LONGEST_NOTE and unit.kind is Kind.BODY:
            above = [one for one in units[max(0, place - _NEAR) : place] if one.weight <= _SHORT]
            if above and words.is_aside(unit.text) and any(_is_of(one, unit, words, front) for one in above):
                yield place


def _is_of(above: Unit, note: Unit, words: Vocabulary, front: FrontWords) -> bool:
    """Whether a short line names the person whom a note begins with, or says what the person is."""
    if above.is_sentence:
        return False
    name = above.text.strip(" *_-–—")
    if is_latin_name(name, words, front) and note.text.startswith((name, name.split()[0] + " ")):
        return True
    return words.role_in(name.lower()) >= 0
