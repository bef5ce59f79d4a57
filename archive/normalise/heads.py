"""The head of a letter or of a record: lines that name what they say, as *Subject* and *From* do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.model.passages import Kind
from archive.normalise.draft import Unit
from archive.normalise.front_words import LONGEST_FRONT, Labelled, front_words
from archive.normalise.names import is_person
from archive.normalise.vocabulary import vocabulary

_MOST_ABOVE = 3
_FEWEST = 2
_MOST_LINES = 14
_ADDRESS = re.compile(r"[<\[(]?\S+@\S+[>\])]?|<[^>]*>|\(.*?\)")
_QUOTES = " \t\"'“”‘’*,;"
_REASON = "it belongs to the head of a letter"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a letter or of a record.

    Attributes:
        title: the index of the line that names the title, or None.
        lines: the indexes of all its lines.
    """

    title: int | None
    lines: tuple[int, ...]


def label_head(units: Sequence[Unit]) -> Head | None:
    """Labels the head that stands at the beginning of a document; None where there is none.

    A head is two labelled lines or more that follow each other; one of them names the title, or a sender.
    """
    first = units[: _MOST_ABOVE + _MOST_LINES + 1]
    if not any(":" in unit.text or "：" in unit.text for unit in first if len(unit.text) <= LONGEST_FRONT):
        return None
    front = front_words()
    run: list[tuple[int, Labelled]] = []
    for place, unit in enumerate(units[: _MOST_ABOVE + _MOST_LINES]):
        labelled = front.labelled(unit.text)
        if labelled is not None:
            run.append((place, labelled))
        elif run or place >= _MOST_ABOVE:
            break
    if not run or not _is_head(run):
        run = _over_salutation(units)
    if not run:
        return None
    title = next((place for place, labelled in run if labelled.role == "title" and labelled.value), None)
    for place, labelled in run:
        _label(units[place], labelled)
    if title is not None:
        units[title].label(Kind.TITLE, "its label says so")
        units[title].said = dict(run)[title].value
    return Head(title, tuple(place for place, _ in run))


def _is_head(run: Sequence[tuple[int, Labelled]]) -> bool:
    roles = {labelled.role for _, labelled in run}
    return len(run) >= _FEWEST and ("title" in roles or {"author", "date"} <= roles)


def _over_salutation(units: Sequence[Unit]) -> list[tuple[int, Labelled]]:
    """The line of a letter that says what it is about, right above the salutation or below it."""
    front = front_words()
    first = units[: _MOST_LINES + _MOST_ABOVE + 1]
    titles = [(place, found) for place, unit in enumerate(first) if (found := front.labelled(unit.text)) is not None]
    titles = [(place, labelled) for place, labelled in titles if labelled.role == "title"]
    if not titles:
        return []
    for place, unit in enumerate(first[:-1] if len(first) > _MOST_LINES + _MOST_ABOVE else first):
        if front.is_salutation(unit.text):
            near = {place - 2, place - 1, place + 1}
            return [one for one in titles if one[0] in near][:1]
    return []


def _label(unit: Unit, labelled: Labelled) -> None:
    if labelled.role == "date":
        unit.label(Kind.DATELINE, "its label says so")
    elif labelled.role == "author":
        unit.label(Kind.BYLINE, "its label says so")
        name = sender(labelled.value)
        unit.people = (name,) if name else ()
    else:
        unit.label(Kind.BODY, _REASON)


def sender(value: str) -> str:
    """The person whom a line *From* names, without an address; an empty string where it names none.

    >>> sender('"Ada Quill" <ada@example.org>'), sender("desk@example.org"), sender("The Harbour Foundation")
    ('Ada Quill', '', '')
    """
    name = _ADDRESS.sub(" ", value).strip(_QUOTES)
    family, comma, given = name.partition(",")
    if comma and is_person(f"{given.strip()} {family.strip()}", vocabulary()):
        name = f"{given.strip()} {family.strip()}"
    return name if is_person(name, vocabulary()) else ""
