"""The last step: title, date, authors, publisher and language, read off where the text states them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from archive.model.blocks import Observation
from archive.model.inline import plain_markdown
from archive.model.passages import Kind
from archive.normalise.dates import LONGEST_LINE, find_date, read_dateline
from archive.normalise.draft import Draft, Unit
from archive.normalise.languages import UNDETERMINED, document_language

_RIGHTS = re.compile(
    r"(?:copyright|copyrights|저작권자|版权所有|版權所有|著作権)?\s*(?:©|ⓒ|\(c\)|&copy;"
    r"|copyright)\s*(?:copyright\s*)?(?P<years>(?:19|20)\d\d(?:\s*[-–—,]\s*(?:(?:19|20)?\d\d|present"
    r"|today))?)?[,.]?\s*(?:by\s+)?(?P<who>[^\d|©ⓒ•·]{3,80})",
    re.IGNORECASE,
)
_AFTER_OWNER = re.compile(
    r"\s*(?:[.,;:]?\s*(?:all rights reserved|some rights reserved|alle rechte|tous droits|todos los derechos"
    r"|tutti i diritti|todos os direitos|все права|무단|all right|"
    r"powered by|privacy|terms|impressum|datenschutz|licen[sc]e|reprint|reproduction|unauthorized|no part"
    r"|inc\.? all)|\s[-–—|]\s|\.\s|\.$|\)|\(|$)",
    re.IGNORECASE,
)
_NO_OWNER = re.compile(
    r"(?:the )?(?:authors?|owners?|respective|getty|reuters/|photo|all|rights|this|images?|by|www|http"
    r"|picture|bild|foto|afp via|imago)\b",
    re.IGNORECASE,
)
_PLACE_AND_DATE = re.compile(
    r"[^\d]{2,40}?(?=[,(]?\s*\S+\s+\d{1,2},?\s+(?:19|20)\d\d|[,(]?\s*\d{1,2}\.?\s+\S+\s+(?:19|20)\d\d)"
)
_ABOVE = 4
_BELOW = 10
_SHORT_LINE = 80
_DASHES = ("—", "–", "--", "-", "(")


@dataclass(frozen=True, slots=True)
class ReadMetadata:
    """State what the text says of itself; what it does not say stays unsaid.

    Attributes:
        below: lines below the text that are looked at for a date.
    """

    name: ClassVar[str] = "read-metadata"
    version: ClassVar[str] = "1.1"

    below: int = 6

    def apply(self, draft: Draft) -> None:
        """Add the observations."""
        language = document_language(draft)
        title = next((unit for unit in draft.units if unit.kind is Kind.TITLE and unit.kept), None)
        if title is not None:
            self._observe(draft, "title", title_of(title, draft.reading.media_type), title)
        self._date(draft, title, language)
        self._creators(draft)
        self._publisher(draft)
        if language != UNDETERMINED:
            first = next(unit for unit in draft.units if unit.kept and unit.language == language)
            self._observe(draft, "language", language, first)

    def _observe(self, draft: Draft, field: str, value: str, unit: Unit) -> None:
        span = unit.blocks[0].spans[0]
        end = unit.blocks[-1].spans[-1]
        last = end.end if end.layer == span.layer else span.end
        draft.observations.append(
            Observation(field, value, f"bytes={span.start}-{last}", span.layer, f"{self.name}/{self.version}")
        )

    def _date(self, draft: Draft, title: Unit | None, language: str) -> None:
        day_first = None if language in {"en", UNDETERMINED} else True
        found = [
            (-dateline.strength if dateline.strength == 3 else 0, distance, place, dateline.edtf, unit)
            for distance, place, unit in _near(draft, title, self.below)
            if (dateline := read_dateline(unit.text, day_first=day_first)) is not None
        ]
        if found:
            *_, edtf, unit = min(found, key=lambda one: one[:3])
            self._observe(draft, "date_issued", edtf, unit)
            return
        if title is not None and title.blocks[0].within and (one := _date_around(draft, title, day_first=day_first)):
            self._observe(draft, "date_issued", *one)
            return
        opening = next((unit for unit in draft.units if unit.kept and unit.is_prose and unit.kind is Kind.BODY), None)
        if opening is not None and (edtf := _opening_date(opening.text)):
            self._observe(draft, "date_issued", edtf, opening)

    def _creators(self, draft: Draft) -> None:
        seen: set[str] = set()
        for unit in draft.units:
            for name in unit.people if unit.kept else ():
                if name.casefold() not in seen:
                    seen.add(name.casefold())
                    self._observe(draft, "creators", name, unit)

    def _publisher(self, draft: Draft) -> None:
        for unit in draft.units:
            if unit.kind is not Kind.FURNITURE or len(unit.text) > 400:
                continue
            owner = rights_owner(unit.text)
            if owner:
                self._observe(draft, "publisher", owner, unit)
                return


def rights_owner(line: str) -> str:
    """Who a line of copyright names as the owner, or an empty string.

    >>> rights_owner("© 2013 Example Daily. All rights reserved.")
    'Example Daily'
    """
    found = _RIGHTS.search(line)
    if found is None or not (found["years"] or "reserved" in line.lower() or "무단" in line or "저작권" in line):
        return ""
    who = found["who"]
    end = _AFTER_OWNER.search(who)
    who = (who[: end.start()] if end else who).strip(" .,:;-–—|/")
    if len(who) < 3 or _NO_OWNER.match(who) or not (who[0].isupper() or not who[0].isascii()):
        return ""
    return who


def _near(draft: Draft, title: Unit | None, below: int) -> Iterator[tuple[int, int, Unit]]:
    """Lines that may date the document: distance from the title, place, unit."""
    units = draft.units
    anchor = next((place for place, unit in enumerate(units) if unit is title), None)
    for place, unit in enumerate(units):
        if unit.kind is Kind.DATELINE or (unit.kind is Kind.BYLINE and unit.kept):
            distance = place if anchor is None else abs(place - anchor)
            yield distance, place, unit
    last = max(
        (place for place, unit in enumerate(units) if unit.kept and (unit.is_prose or unit.is_sentence)), default=-1
    )
    for place in range(last + 1, min(last + 1 + below, len(units))):
        unit = units[place]
        if unit.phrase in {"others", "talk"}:
            return
        if len(unit.text) <= LONGEST_LINE and _says_published(unit.text):
            yield 1_000 + place, place, unit


def _date_around(draft: Draft, title: Unit, *, day_first: bool | None) -> tuple[str, Unit] | None:
    """The one date that short lines around the title of a web page state, with the line; None where they differ."""
    place = next(place for place, unit in enumerate(draft.units) if unit is title)
    found: dict[str, Unit] = {}
    for unit in draft.units[max(0, place - _ABOVE) : place + _BELOW]:
        if len(unit.text) > _SHORT_LINE or unit.kind in {Kind.CAPTION, Kind.TITLE, Kind.TABLE}:
            continue
        dateline = read_dateline(unit.text, day_first=day_first)
        date = find_date(unit.text, day_first=day_first) if unit.kind is Kind.BYLINE else None
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
    if not place or place != place.strip() or len(place.split()) > 6 or any(sign in place for sign in ".!?;:"):
        return ""
    if not rest.startswith(_DASHES):
        return ""
    capitals = [word for word in place.replace(",", " ").split() if word[0].isupper()]
    return found.edtf if len(capitals) * 2 > len(place.split()) else ""


def title_of(unit: Unit, media_type: str) -> str:
    """The title that a line says, in one line, without a label before it, or marks of Markdown."""
    text = " ".join((unit.said or unit.text).split())
    return plain_markdown(text) if media_type == "text/markdown" else text
