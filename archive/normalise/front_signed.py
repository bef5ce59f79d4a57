"""Lines above the running text, or right below a subtitle, that date a document or name its authors."""

from __future__ import annotations

from collections.abc import Sequence

from archive.model.passages import Kind
from archive.normalise.bylines import LONGEST_BYLINE, is_byline, names_in_byline
from archive.normalise.datelines import is_stamp, read_dateline
from archive.normalise.draft import Draft, Unit
from archive.normalise.front_start import LONGEST_LEAD
from archive.normalise.front_words import front_words
from archive.normalise.phrases import DECISIVE
from archive.normalise.vocabulary import Vocabulary, vocabulary

SIGNED = frozenset({Kind.DATELINE, Kind.BYLINE})
"""What such lines are labelled."""
_KNOWN = frozenset({Kind.CAPTION, Kind.TITLE, *SIGNED})
_STATED = 2
_MOST_BELOW_SUBTITLE = 8


def label_datelines_and_bylines(units: Sequence[Unit], words: Vocabulary) -> None:
    """Label the lines above the text that name an author or are a date by themselves."""
    for place, unit in enumerate(units):
        is_known = unit.kind in _KNOWN
        if is_known or unit.is_prose or len(unit.text) > LONGEST_BYLINE:
            continue
        if unit.phrase in DECISIVE:
            _label_stated_date(unit)
            continue
        labelled = front_words().labelled(unit.text)
        if labelled is not None and labelled.role == "other":
            continue
        people = names_in_byline(unit.text, words)
        if people and not goes_on(units, place, people):
            label_byline(unit, people, "it names an author as bylines do")
        elif read_dateline(unit.text, day_first=True):
            unit.label(Kind.DATELINE, "it is a date by itself")


def label_below_subtitle(draft: Draft, title: int | None, body: int) -> None:
    """Label who wrote and when below a subtitle that reads as running text, where nothing above says so."""
    units = draft.units
    if not draft.is_page or title is None:
        return
    front = units[title:body]
    is_dated = any(unit.kind is Kind.DATELINE for unit in front)
    is_signed = any(unit.people for unit in front)
    prose = 0
    for place in range(body, min(body + _MOST_BELOW_SUBTITLE, len(units))):
        unit = units[place]
        prose += unit.is_prose
        if prose > 1 or unit.weight > LONGEST_LEAD:
            return
        if unit.is_prose or unit.phrase in DECISIVE or not unit.kept or len(unit.text) > LONGEST_BYLINE:
            continue
        people = () if is_signed else names_in_byline(unit.text, vocabulary())
        dateline = None if is_dated else read_dateline(unit.text, day_first=True)
        if people and not goes_on(units, place, people):
            label_byline(unit, people, "it names an author as bylines do")
            is_signed = True
        elif dateline is not None and dateline.strength >= _STATED:
            unit.label(Kind.DATELINE, "it is a date by itself")
            is_dated = True


def goes_on(units: Sequence[Unit], place: int, people: tuple[str, ...]) -> bool:
    """Whether a line with a single name goes on in the next one, as *By Rachel* / *we sat down* does in a poem."""
    if any(" " in name or not name.isascii() for name in people) or place + 1 >= len(units):
        return False
    below = units[place + 1]
    return not below.gap and below.text[:1].islower() and not units[place].text.endswith((".", "!", "?", ":"))


def _label_stated_date(unit: Unit) -> None:
    """A line that begins as furniture does may still be nothing but a date, with a word that says so.

    A line that opens with the day and the time may hold such words too, beside the source and the number of readers.
    """
    if unit.phrase == "contains" and not unit.kept and is_stamp(unit.text) and read_dateline(unit.text) is not None:
        unit.label(Kind.DATELINE, "it opens with the day and the time")
        return
    if unit.phrase == "begins" and (found := read_dateline(unit.text)) is not None and found.strength > 1:
        unit.label(Kind.DATELINE, "it is a date by itself")
        people = names_in_byline(unit.text, vocabulary()) if found.strength > _STATED else ()
        if people:
            label_byline(unit, people, "it names an author as bylines do")


def label_byline(unit: Unit, people: tuple[str, ...], reason: str) -> None:
    """Label a line that names these people, if any."""
    unit.label(Kind.BYLINE, reason)
    unit.people = people


def label_other_bylines(units: Sequence[Unit], title: int | None, body: int) -> None:
    """Label lines right above the text that are built as bylines, although they name no person."""
    if title is None:
        return
    for unit in units[title + 1 : body]:
        if unit.kind is Kind.HEADING and unit.phrase in {"", "repeated"} and is_byline(unit.text):
            unit.label(Kind.BYLINE, "it begins as bylines do")
