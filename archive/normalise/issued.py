"""The date of issue that a text states: beside its title, below it with a word that says so, or where it opens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.model.passages import Kind
from archive.normalise.datedlists import DatedLists
from archive.normalise.datelines import date_in_byline, read_dateline
from archive.normalise.dates import LONGEST_LINE, find_date
from archive.normalise.draft import Draft, Unit
from archive.normalise.folding import fold
from archive.normalise.front_words import front_words
from archive.normalise.quoted import is_of_readers, is_quoted

_DATELINE, _BYLINE = Kind.DATELINE, Kind.BYLINE
_NEVER_DATED = frozenset({Kind.CAPTION, Kind.TITLE, Kind.TABLE})
_ABOVE = 4
_BELOW = 10
_SHORT_LINE = 80
_ENTRY = 40
_SAID = 3
_TOWN = 3
_WHOLE = len("2011-05-03")
_PREPOSITIONS = frozenset({"in", "on", "at", "by", "am", "im", "bis", "le", "en", "el", "il", "a", "au"})
_ARTICLE_LAST = re.compile(r",\s(?:le|am|den|el|il|em|a|op|dnia)\Z")
"""What stands between the place and the day of a letter in some languages."""
_DASHES = ("—", "–", "--", "-", "(")
_DAY_FIRST = frozenset(
    {
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "ru",
        "uk",
        "be",
        "bg",
        "pl",
        "cs",
        "sk",
        "ro",
        "vi",
        "da",
        "nb",
        "fi",
        "tr",
        "el",
    }
    | {"ar", "id", "ca", "gl", "hr", "sr", "sl"}
)
"""Languages in which `3/5/2011` is in May; in English it may be either, and others begin with the year."""


def issue_date(draft: Draft, title: Unit | None, language: str, below: int) -> tuple[str, Unit] | None:
    """The date and the line that states it, or None.

    Args:
        draft: with its lines labelled.
        title: the line that is the title, if there is one.
        language: of the document.
        below: lines below the text that are looked at.
    """
    day_first = True if language.partition("-")[0] in _DAY_FIRST else None
    listed = DatedLists(draft.units, title, day_first=day_first)
    found = [
        (-strength if strength == 3 else 0, len(edtf) < _WHOLE, distance, place, edtf, unit)
        for distance, place, unit in _near(draft, title, below)
        for edtf, strength in _dates_of(unit, day_first=day_first)
        if not listed.hold(place, edtf, is_said=strength == _SAID)
    ]
    if found:
        *_, place, edtf, unit = min(found, key=lambda one: one[:4])
        if listed.is_first_of_entries(place, edtf) or (title is None and _is_of_an_entry(draft.units, unit, edtf)):
            return None
        return edtf, unit
    if one := _stated_above(draft.units, day_first=day_first):
        return one
    if title is not None and title.blocks[0].within and (one := _date_around(draft, title, day_first=day_first)):
        return one
    opening = next((unit for unit in draft.units if unit.kept and unit.is_prose and unit.kind is Kind.BODY), None)
    if opening is not None and (edtf := _opening_date(opening.text)):
        return edtf, opening
    return None


def _dates_of(unit: Unit, *, day_first: bool | None) -> Iterator[tuple[str, int]]:
    dateline = read_dateline(unit.text, day_first=day_first)
    if dateline is not None:
        yield dateline.edtf, dateline.strength
    elif unit.kind is _BYLINE and unit.people and (edtf := date_in_byline(unit.text, day_first=day_first)):
        yield edtf, 1


def _is_of_an_entry(units: Sequence[Unit], first: Unit, edtf: str) -> bool:
    """Whether other days stand by themselves in the text too, as over the entries of a diary."""
    for unit in units:
        if unit is first or not unit.kept or len(unit.text) > _ENTRY:
            continue
        other = read_dateline(unit.text)
        if other is not None and other.strength == 2 and other.edtf != edtf:
            return True
    return False


def _near(draft: Draft, title: Unit | None, below: int) -> Iterator[tuple[int, int, Unit]]:
    """Lines that may date the document: distance from the title, place, unit."""
    units = draft.units
    anchor = next((place for place, unit in enumerate(units) if unit is title), None)
    for place, unit in enumerate(units):
        if (unit.kind is _DATELINE or (unit.kind is _BYLINE and unit.kept)) and not is_quoted(unit):
            distance = place if anchor is None else abs(place - anchor)
            yield distance, place, unit
    last = len(units) - 1
    while last >= 0 and not (units[last].kept and (units[last].is_prose or units[last].is_sentence)):
        last -= 1
    front = front_words()
    for place in range(last + 1, min(last + 1 + below, len(units))):
        unit = units[place]
        if unit.phrase in {"others", "talk"}:
            return
        if is_of_readers(unit):
            continue
        labelled = front.labelled(unit.text)
        if labelled is not None and labelled.role == "other":
            continue
        if len(unit.text) <= LONGEST_LINE and _says_published(unit.text) and not _is_of_list(units, place):
            yield 1_000 + place, place, unit


def _stated_above(units: Sequence[Unit], *, day_first: bool | None) -> tuple[str, Unit] | None:
    """The one date that lines above the running text state as that of publication, with the line."""
    body = next((place for place, unit in enumerate(units) if unit.kept and unit.is_prose), 0)
    found: dict[str, Unit] = {}
    for unit in units[:body]:
        dateline = read_dateline(unit.text, day_first=day_first) if len(unit.text) <= _SHORT_LINE else None
        if dateline is not None and dateline.strength == _SAID:
            found.setdefault(dateline.edtf, unit)
    return next(iter(found.items())) if len(found) == 1 else None


def _is_of_list(units: Sequence[Unit], place: int) -> bool:
    """Whether a line right above or below says the same but for its figures, as lists of other issues do."""
    key = fold(units[place].text)
    return any(
        0 <= other < len(units) and units[other].text != units[place].text and fold(units[other].text) == key
        for other in (place - 2, place - 1, place + 1, place + 2)
    )


def _date_around(draft: Draft, title: Unit, *, day_first: bool | None) -> tuple[str, Unit] | None:
    """The one date that short lines around the title of a web page state, with the line; None where they differ."""
    place = next(place for place, unit in enumerate(draft.units) if unit is title)
    found: dict[str, Unit] = {}
    for unit in draft.units[max(0, place - _ABOVE) : place + _BELOW]:
        if len(unit.text) > _SHORT_LINE or unit.kind in _NEVER_DATED or is_of_readers(unit):
            continue
        dateline = read_dateline(unit.text, day_first=day_first)
        date = find_date(unit.text, day_first=day_first) if unit.kind is _BYLINE else None
        if (dateline is not None and dateline.strength > 1) or date is not None:
            found.setdefault(dateline.edtf if dateline else date.edtf if date else "", unit)
    return next(iter(found.items())) if len(found) == 1 else None


def _says_published(text: str) -> bool:
    dateline = read_dateline(text)
    return dateline is not None and dateline.strength == 3


def _opening_date(text: str) -> str:
    """The date of a first paragraph that opens with place and date, as wire reports and press releases do."""
    head = text[:120]
    found = find_date(head)
    if found is None or found.start > 45 or not head[:1].isupper():
        return ""
    place, rest = head[: found.start].rstrip(" ,(/–—-"), head[found.end :].lstrip(" )/,.")
    place = _ARTICLE_LAST.sub("", place)
    if not place or place != place.strip() or len(place.split()) > 6 or any(sign in place for sign in ".!?;:"):
        return ""
    is_whole = head[: found.start].rstrip().endswith(",") and head[found.end :].startswith(". ")
    is_town = is_whole and len(place.split()) < _TOWN and place.partition(" ")[0].lower() not in _PREPOSITIONS
    if not rest.startswith(_DASHES) and not is_town:
        return ""
    capitals = [word for word in place.replace(",", " ").split() if word[0].isupper()]
    return found.edtf if len(capitals) * 2 > len(place.split()) else ""
