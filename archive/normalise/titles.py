"""The title of a document: which line it is, in text with markup and without."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from archive.model.passages import Kind
from archive.normalise.dates import find_date
from archive.normalise.draft import Draft, Unit
from archive.normalise.phrases import DECISIVE
from archive.normalise.shapes import word_count
from archive.normalise.vocabulary import fold

_WORD = re.compile(r"[^\W\d_]{4,}|[\u4e00-\u9fff]{2}|[가-힣]{2,}")
_LONGEST_TITLE = 240
_SPOKEN_UNITS = 12
_SPOKEN_CHARACTERS = 400
_SHORTEST_TITLE = 8
_WORDS = re.compile(r"\w+")
_LABEL = re.compile(r"[A-Z][a-z]+(?: [a-z]+)?: ")
"""A name before a value, as in the head of a letter or of minutes."""
_MOST_OTHERS = 6
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
        return _by_score(units, top, body)
    titles = [one.value for one in draft.reading.embedded if one.field == "title"]
    heading = _heading_of(units, [units[named].text, *titles], body)
    return named if heading is None else heading


def _heading_of(units: Sequence[Unit], titles: Sequence[str], body: int) -> int | None:
    """The index of the line of the page that says what the head of the page gives as its title, or None."""
    known = [(fold(title), set(_WORDS.findall(title.lower()))) for title in titles[:_MOST_TITLES]]
    scored = []
    for place, unit in enumerate(units[:_MOST_LOOKED_AT]):
        if unit.hint == "title" or unit.noise or len(unit.text) > _LONGEST_TITLE or unit.phrase == "symbols":
            continue
        level = next((_LEVELS[element.name] for element in unit.blocks[0].within if element.name in _LEVELS), 0.0)
        alike = max(_likeness(unit.text, *title) for title in known)
        distance = body - place
        nearness = 0.5 if 0 <= distance <= _NEAR else 0.0 if distance > 0 else -0.5
        if alike >= (_ALIKE if level else _ALMOST_SAME):
            scored.append((3 * alike + level + nearness, -place))
    if scored:
        return -max(scored)[1]
    return _only_heading(units, body)


def _likeness(text: str, title: str, words_of_title: set[str]) -> float:
    """How much of a title of the head a line says, from 0 to 1; what it says besides counts against it."""
    folded = fold(text)
    if folded == title:
        return 1.0
    words = set(_WORDS.findall(text.lower()))
    both = len(words & words_of_title)
    if not both or both * 10 < 6 * len(words):
        return 0.0
    return max(both / len(words | words_of_title), 0.8 if len(folded) >= _SHORTEST_TITLE and folded in title else 0.0)


def _only_heading(units: Sequence[Unit], body: int) -> int | None:
    """The index of the one heading of the first level above the text, or None."""
    places = [
        place
        for place, unit in enumerate(units[: body + 1])
        if not unit.noise
        and _SHORTEST_TITLE <= unit.weight <= _LONGEST_TITLE
        and any(element.name == "h1" for element in unit.blocks[0].within)
    ]
    return places[0] if len(places) == 1 and not units[places[0]].blocks[0].linked else None


def _by_score(units: Sequence[Unit], top: int, body: int) -> int | None:
    """The index of the line above the text that looks most like a title, or None."""
    speaks = any(unit.is_prose for unit in units[body : body + 1])
    places = [
        place
        for place in range(top, body)
        if _may_be_title(units[place]) and (speaks or not units[place].is_sentence) and not _is_of_others(units, place)
    ]
    if not places:
        return None
    spoken = " ".join(unit.text[:_SPOKEN_CHARACTERS] for unit in units[body : body + _SPOKEN_UNITS] if unit.kept)
    vocabulary_of_text = frozenset(_WORD.findall(spoken.lower()))
    keys = Counter(fold(unit.text) for unit in units[:200] if len(unit.text) <= _LONGEST_TITLE)
    scored = [(_title_score(units, place, body, vocabulary_of_text, keys), place) for place in places]
    best, place = max(scored)
    return place if best > 0 else None


def _is_of_others(units: Sequence[Unit], place: int) -> bool:
    """Whether a line stands right under a heading over other documents, or in a short list of them within the text."""
    for above in range(place - 1, max(-1, place - 1 - _MOST_OTHERS), -1):
        unit = units[above]
        if unit.phrase == "others":
            return above == place - 1 or any(one.is_prose or one.is_sentence for one in units[:above])
        if unit.is_prose or unit.is_sentence:
            return False
    return False


def _may_be_title(unit: Unit) -> bool:
    if (
        unit.phrase in DECISIVE
        or unit.phrase in {"section", "repeated"}
        or unit.kind not in {Kind.BODY, Kind.FURNITURE, Kind.HEADING}
    ):
        return False
    return len(unit.text) <= _LONGEST_TITLE and unit.weight >= _SHORTEST_TITLE


def _title_score(units: Sequence[Unit], place: int, body: int, spoken: frozenset[str], keys: Counter[str]) -> float:
    unit = units[place]
    words = set(_WORD.findall(unit.text.lower()))
    shared = sum(word in spoken for word in words) / max(len(words), 1)
    between = sum(
        other.kind not in {Kind.DATELINE, Kind.BYLINE, Kind.CAPTION} and other.phrase not in DECISIVE
        for other in units[place + 1 : body]
    )
    score = 1.0 + 2.0 * shared - 0.35 * between
    score += min(unit.weight, 60) / 60
    is_first = not any(_counts(other) for other in units[:place])
    if is_first and not unit.blocks[0].within and keys[fold(unit.text)] == 1:
        score += 0.6
    if _LABEL.match(unit.text) or unit.text[:1].islower():
        score -= 1.2
    if word_count(unit.text) < 3 and unit.weight < 24:
        score -= 1.0
    if unit.text.rstrip().endswith((".", "。", ":", ",")):
        score -= 1.2
    if find_date(unit.text) is not None:
        score -= 1.5
    if keys[fold(unit.text)] > 1:
        score += 1.0 if keys[fold(unit.text)] == 2 else -0.5
    following = units[place + 1] if place + 1 < len(units) else None
    if following is not None:
        score += _next_to(unit, following)
    if place and units[place - 1].kind is Kind.DATELINE:
        score += 0.6
    return score


def _counts(unit: Unit) -> bool:
    """Whether a line above a title may be a title itself: no furniture, date, author or caption, nor a word or two."""
    if unit.phrase or unit.kind in {Kind.DATELINE, Kind.BYLINE, Kind.CAPTION}:
        return False
    return word_count(unit.text) >= 3 or unit.weight >= 24


def _next_to(unit: Unit, following: Unit) -> float:
    """What the line after a title says for it: a date or an author does, another line of the same stanza does not."""
    if following.kind in {Kind.DATELINE, Kind.BYLINE}:
        return 1.2
    is_verse = following.gap == 0 and following.kind is Kind.BODY and following.kept and not following.is_prose
    return -2.0 if is_verse and not unit.phrase and unit.kept else 0.0


def drop_twins(units: Sequence[Unit], title: int) -> None:
    """Label what says the title again, and the title in the head of a page that shows its own."""
    key = fold(units[title].text)
    for place, unit in enumerate(units[:200]):
        if place == title:
            continue
        if unit.hint == "title" or (len(unit.text) <= _LONGEST_TITLE and fold(unit.text) == key):
            unit.label(Kind.TITLE, "the title, said again")
            unit.kept = False
