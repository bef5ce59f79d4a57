"""Authors whom no byline names: bare names beside a date, works *by* somebody, names where a report opens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.model.passages import Kind
from archive.normalise.bylines import LONGEST_BYLINE, bare_names, korean_with_calling, name_in_opening, segments
from archive.normalise.draft import Unit
from archive.normalise.front_words import front_words
from archive.normalise.names import has_honorific, is_latin_name
from archive.normalise.phrases import DECISIVE
from archive.normalise.vocabulary import vocabulary

_WORK = re.compile(
    r"(?:remarks|speech|testimony|statement|address|lecture|talk|sermon|essay|poem|report)\s+(?:by|of)\s+(?P<who>\S.*)",
    re.IGNORECASE,
)
_BAR = re.compile(r"[|｜•·»]|\s[-–—]\s|\s{2,}")
_UNNAMED = frozenset({Kind.BODY, Kind.HEADING, Kind.FURNITURE})
_SAID_EARLY = 4_000
_SHORT = 2
_MOST_BELOW = 5


def label_bare_authors(units: Sequence[Unit], title: int, body: int) -> None:
    """Labels a name by itself between the title and the text, where a date is beside it or it is plainly an author's.

    A name that the text speaks of from its beginning is that of whom it is about.
    """
    if any(unit.people for unit in units[title:body]):
        return
    words, front = vocabulary(), front_words()
    text = [unit for unit in units[body : body + 8] if unit.kept]
    for place in range(title + 1, min(title + 1 + _MOST_BELOW, body)):
        unit = units[place]
        if unit.kind not in _UNNAMED or unit.phrase in DECISIVE:
            continue
        names = bare_names(unit.text, words, front)
        calling = korean_with_calling(unit.text)
        names = names or ((calling,) if calling else ())
        if not names or any(_is_spoken_of(text, name) or _is_common(text, name) for name in names):
            continue
        is_beside = any(units[other].kind is Kind.DATELINE for other in (place - 1, place + 1) if other < body)
        is_known = has_honorific(names[0]) or _is_told_of(units, body, names[0])
        says_so = place == title + 1 and (len(names) > 1 or is_known)
        if is_beside or says_so:
            unit.label(Kind.BYLINE, "it is a name by itself between the title and the text")
            unit.people = names
            return


def label_dated_authors(units: Sequence[Unit], title: int, body: int) -> None:
    """Notes a name that stands in one line with the date, apart from it by a bar or a wide space."""
    if any(unit.people for unit in units[title:body]):
        return
    for unit in units[title + 1 : min(title + 1 + _MOST_BELOW, body)]:
        if unit.kind is Kind.DATELINE and len(unit.text) <= LONGEST_BYLINE and _BAR.search(unit.text):
            for segment in segments(unit.text):
                names = bare_names(segment, vocabulary(), front_words())
                if names:
                    unit.label(Kind.BYLINE, "it names an author beside a date")
                    unit.people = names
                    return


def _is_spoken_of(text: Sequence[Unit], name: str) -> bool:
    """Whether the text names a person, but for a note on the author, which begins with the name after the text."""
    return any(
        name in unit.text[:_SAID_EARLY] and not (place and unit.text.lstrip("*_ ").startswith(name))
        for place, unit in enumerate(text)
    )


def _is_common(text: Sequence[Unit], name: str) -> bool:
    """Whether the text uses words of the name in lower case: then they are no name."""
    spoken = " ".join(unit.text[:_SAID_EARLY] for unit in text)
    tokens = [token.lower() for token in name.split() if len(token) > _SHORT and token.lower() != token]
    return any(re.search(rf"(?<!\w){re.escape(token)}(?!\w)", spoken) for token in tokens)


def _is_told_of(units: Sequence[Unit], body: int, name: str) -> bool:
    """Whether the end of the text begins a sentence with the name, as notes on authors do."""
    return any(unit.text.lstrip("*_ ").startswith(name) for unit in units[max(body + 1, len(units) - 12) :])


def label_works(front: Sequence[Unit], top: int) -> int | None:
    """The index of a line that is a title and names its author, as *Remarks by Ada Quill*; None where there is none."""
    for place, unit in enumerate(front):
        if unit.kind is Kind.BYLINE and _WORK.match(unit.text):
            return top + place
    return None


def label_speaker(title: Unit) -> None:
    """Notes the person whose remarks or testimony a document is by its title, as *Testimony of Ada Quill*."""
    found = _WORK.match(title.text)
    if found and not title.people and is_latin_name(found["who"], vocabulary(), front_words()):
        title.people = (found["who"],)


def label_opening(units: Sequence[Unit], body: int) -> None:
    """Notes the author whom the first running text names where it opens, if nobody is named above it."""
    if body >= len(units) or any(unit.people for unit in units[:body]):
        return
    name = name_in_opening(units[body].text, vocabulary())
    if name:
        units[body].people = (name,)
