"""The title of a document: which line it is, in text with markup and without."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from archive.model.passages import Kind
from archive.normalise.draft import Draft, Unit
from archive.normalise.folding import fold
from archive.normalise.frontlines import LONGEST_TITLE, SHORTEST_TITLE
from archive.normalise.headlines import MOST_UNITS, Headlines, said_again

_WORDS = re.compile(r"\w+")
_LEVELS = {"h1": 1.5, "h2": 1.0, "h3": 0.7, "h4": 0.4, "h5": 0.4, "h6": 0.4}
_MOST_TITLES = 8
_MOST_LOOKED_AT = 2_000
_NEAR = 14
_ALIKE = 0.45
_ALMOST_SAME = 0.75


def find_title(draft: Draft, top: int, body: int) -> int | None:
    """The index of the title, or None.

    Args:
        draft: the draft.
        top: the first unit above the text that is looked at where no markup names a title.
        body: the index of the first running text.
    """
    units = draft.units
    named = next((place for place, unit in enumerate(units) if unit.hint == "title"), None)
    if named is None:
        return Headlines(units, top, body).best()
    titles = [one.value for one in draft.reading.embedded if one.field == "title"]
    heading = _heading_of(units, [units[named].text, *titles], body)
    return named if heading is None else heading


def _heading_of(units: Sequence[Unit], titles: Sequence[str], body: int) -> int | None:
    """The index of the line of the page that says what the head of the page gives as its title, or None."""
    known = [(fold(title), frozenset(_WORDS.findall(title.lower()))) for title in titles[:_MOST_TITLES]]
    scored = []
    for place, unit in enumerate(units[:_MOST_LOOKED_AT]):
        if unit.hint == "title" or unit.noise or len(unit.text) > LONGEST_TITLE or unit.phrase == "symbols":
            continue
        alike = _likeness(unit.text, known)
        if alike < _ALIKE:
            continue
        level = next((_LEVELS[element.name] for element in unit.blocks[0].within if element.name in _LEVELS), 0.0)
        distance = body - place
        nearness = 0.5 if 0 <= distance <= _NEAR else 0.0 if distance > 0 else -0.5
        if alike >= (_ALIKE if level else _ALMOST_SAME):
            scored.append((3 * alike + level + nearness, -place))
    if scored:
        return -max(scored)[1]
    return _only_heading(units, body)


def _likeness(text: str, titles: Sequence[tuple[str, Set[str]]]) -> float:
    """How much of a title of the head a line says, from 0 to 1; what it says besides counts against it.

    Args:
        text: the line.
        titles: each of them folded, and its words.
    """
    folded = fold(text)
    if any(folded == title for title, _ in titles):
        return 1.0
    words = set(_WORDS.findall(text.lower()))
    best = 0.0
    for title, words_of_title in titles:
        both = len(words & words_of_title)
        if both and both * 10 >= 6 * len(words):
            is_within = len(folded) >= SHORTEST_TITLE and folded in title
            best = max(best, both / len(words | words_of_title), 0.8 if is_within else 0.0)
    return best


def _only_heading(units: Sequence[Unit], body: int) -> int | None:
    """The index of the one heading of the first level above the text, or None."""
    places = [
        place
        for place, unit in enumerate(units[: body + 1])
        if not unit.noise
        and SHORTEST_TITLE <= unit.weight <= LONGEST_TITLE
        and any(element.name == "h1" for element in unit.blocks[0].within)
    ]
    return places[0] if len(places) == 1 and not units[places[0]].blocks[0].linked else None


def drop_twins(units: Sequence[Unit], title: int) -> None:
    """Label what says the title again, and the title in the head of a page that shows its own."""
    again = set(said_again(units, units[title].text))
    for place, unit in enumerate(units[:MOST_UNITS]):
        if place == title or (place not in again and unit.hint != "title"):
            continue
        # A sentence of the text may be what its title quotes.
        is_of_text = place > title and unit.is_sentence and not units[title].is_sentence
        if unit.hint == "title" or not is_of_text:
            unit.label(Kind.TITLE, "the title, said again")
            unit.kept = False
