"""Which line above a plain text is its title: by where it stands, what it is beside, and what the text speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_letters

from archive.model.passages import Kind
from archive.normalise.datelines import read_dateline
from archive.normalise.draft import Unit
from archive.normalise.folding import fold
from archive.normalise.front_words import front_words
from archive.normalise.frontlines import (
    FEW_WORDS,
    LONGEST_TITLE,
    SHORTEST_TITLE,
    Line,
    content_words,
    is_brief,
    is_headline_over,
    is_like_name,
    is_series,
    is_site,
    is_spoken,
    role_of,
)
from archive.normalise.letters import is_one_of_letters
from archive.normalise.phrases import DECISIVE
from archive.normalise.shapes import word_count
from archive.normalise.titleshapes import is_no_title, is_section_and_date, of_its_shape

MOST_UNITS = 200
"""Units of a document among which a title may be said again."""
_SPOKEN_UNITS = 12
_SPOKEN_CHARACTERS = 400
_MOST_OTHERS = 6
_LEAST_TEXT = 250
_LEAST_LINES = 5
_LONGEST_WORD = 40
_NEAR_TEXT = 6
"""Lines above the text among which a salutation opens a letter; further up it is a word of a menu."""
_SHORTEST_SAID_AGAIN = 25
_MOST_TIMES = 5
_SHORTEST_ENDING = 12
_FEWEST_WORDS = 2
"""Words of a line by which it is held against the text: a single one says little."""
_MUCH_SHARED = 0.3
_MOST_BETWEEN = 6
_LONG_SUBTITLE = 90
_SIGNED = 1.1
"""What a date or an author below a line says for its being the title, at least."""
_ADDRESS = re.compile(r"\d|(?:[A-ZÀ-Þ][\w.'-]*,?\s?){1,5}$")


@dataclass(frozen=True, slots=True)
class Headlines:
    """Looks for the title among the lines above the text.

    Attributes:
        units: of the document.
        top: the first one that is looked at.
        body: the index of the first running text.
    """

    units: Sequence[Unit]
    top: int
    body: int

    def best(self) -> int | None:
        """The index of the line that looks most like a title, or None."""
        lines = self._lines()
        if any(line.role == "salutation" for line in lines[-_NEAR_TEXT:]):
            lines = [_not_of_address(line) for line in lines]
        scored = [(self._score(lines, place), place) for place in range(len(lines)) if self._may_be(lines, place)]
        if not scored:
            return None
        best, place = max(scored)
        place -= self._is_subtitle(lines, place)
        return self.top + place if best > 0 and self._has_text(lines, place) else None

    def _is_subtitle(self, lines: Sequence[Line], place: int) -> bool:
        """Whether a line is the long subtitle of the headline right above it."""
        line, upper = lines[place], lines[place - 1]
        if not place or not self._may_be(lines, place - 1):
            return False
        is_long = line.role == "text" or line.unit.weight >= _LONG_SUBTITLE
        is_spoken_of = upper.shared * 2 >= line.shared > 0
        is_spoken_of = is_spoken_of and not (upper.unit.phrase or is_brief(upper.unit) or is_site(upper.unit.text))
        return is_long and (_is_over(lines, place - 1) or (is_spoken_of and _beside(lines, place) >= _SIGNED))

    def _lines(self) -> list[Line]:
        spoken = " ".join(
            unit.text[:_SPOKEN_CHARACTERS] for unit in self.units[self.body : self.body + _SPOKEN_UNITS] if unit.kept
        ).lower()
        speaks = self._speaks()
        found = []
        for unit in self.units[self.top : self.body]:
            role = role_of(unit)
            if role == "text" and not speaks:
                role = "furniture" if unit.is_sentence else "line"
            words = content_words(unit.text) if role in {"line", "text"} else frozenset()
            shared = sum(is_spoken(word, spoken) for word in words) / max(len(words), _FEWEST_WORDS)
            found.append(Line(unit, role, words, shared))
        return found

    def _speaks(self) -> bool:
        return any(unit.is_prose for unit in self.units[self.body : self.body + 1])

    def _has_text(self, lines: Sequence[Line], place: int) -> bool:
        """Whether a text follows that is long enough to have a title, or a date or an author stands by the line."""
        if _beside(lines, place) > 0 or (place and lines[place - 1].role == "date"):
            return True
        after = [unit for unit in self.units[self.top + place + 1 :] if unit.kept]
        is_sure = after and (after[0].gap or (self._speaks() and lines[place].shared >= _MUCH_SHARED))
        least = _LEAST_TEXT // 2 if is_sure else _LEAST_TEXT
        return sum(unit.weight for unit in after) >= least or len(after) >= _LEAST_LINES

    def _may_be(self, lines: Sequence[Line], place: int) -> bool:
        unit = lines[place].unit
        if (
            lines[place].role not in {"line", "text"}
            or unit.weight < SHORTEST_TITLE
            or len(unit.text) > LONGEST_TITLE
            or is_no_title(unit.text)
        ):
            return False
        if is_section_and_date(unit.text) or self._posts(place) or is_one_of_letters(self.units, self.top + place):
            return False
        is_dated = place + 1 < len(lines) and lines[place + 1].role in {"date", "byline"}
        return is_dated or not is_of_others(self.units, self.top + place)

    def _posts(self, place: int) -> bool:
        """Whether a line of one word names who writes in a forum: dates stand right below several such lines."""
        return _is_over_date(self.units, self.top + place) and any(
            _is_over_date(self.units, other) for other in range(self.body, len(self.units) - 1)
        )

    def _score(self, lines: Sequence[Line], place: int) -> float:
        line = lines[place]
        unit = line.unit
        beside = _beside(lines, place)
        # A date or an author below a line says where the front ends, whatever else stands above the text.
        between = (0.2 if beside >= _SIGNED else 0.35) * _between(lines, place)
        score = 1.0 + 2.0 * line.shared + min(unit.weight, 60) / 60 - between
        score += of_its_shape(unit)
        is_first = not any(_counts(other) for other in lines[:place])
        times = self._times(unit)
        is_long = unit.weight >= _SHORTEST_SAID_AGAIN
        score += 0.0 if times < 2 else 1.0 if times == 2 or (is_long and times <= _MOST_TIMES) else -0.5
        score -= 3.0 if self._ends_as_another(lines, line) else 0.0
        if is_first and times == 1 and not unit.blocks[0].within:
            score += 1.4 if front_words().has_genre(unit.text) else 0.6
        score += beside or (0.0 if self._speaks() else _of_verse(self.units, self.top + place))
        if place and lines[place - 1].role == "date":
            score += 0.6
        if _is_over_tagline(lines, place) or _is_series_over(lines, place):
            score -= 2.0
        if place and _is_over(lines, place - 1):
            score -= 1.3
        elif is_first and is_like_name(unit.text) and any(other.role == "furniture" for other in lines[place + 1 :]):
            score -= 0.8
        if is_site(unit.text):
            score -= 1.5
        if line.role == "text" and any(other.role in {"date", "byline"} for other in lines[:place]):
            score -= 1.5
        return score

    def _ends_as_another(self, lines: Sequence[Line], line: Line) -> bool:
        """Whether a line is another one with words before it: a trail to the page, a date, the name of a section."""
        text = line.unit.text
        return any(
            other.unit.weight >= _SHORTEST_ENDING
            and len(other.unit.text) < len(text)
            and text.endswith(other.unit.text)
            for other in lines
            if other.role in {"line", "text"}
        )

    def _times(self, unit: Unit) -> int:
        return len(list(said_again(self.units, unit.text)))


def said_again(units: Sequence[Unit], text: str) -> Iterator[int]:
    """Places of lines among the first of a document that say what `text` says, but for case, figures and signs."""
    key = fold(text)
    first = key[:1]
    for place, unit in enumerate(units[:MOST_UNITS]):
        other = unit.text
        if len(other) > LONGEST_TITLE or (other[:1] in ascii_letters and other[:1].lower() != first):
            continue
        if fold(other) == key:
            yield place


def _is_over_date(units: Sequence[Unit], place: int) -> bool:
    """Whether a line of one word stands right over one that states a date."""
    unit = units[place]
    if len(unit.text) > _LONGEST_WORD or not is_brief(unit) or word_count(unit.text) > 1 or place + 1 >= len(units):
        return False
    below = units[place + 1]
    return not below.gap and read_dateline(below.text, day_first=True) is not None


def is_of_others(units: Sequence[Unit], place: int) -> bool:
    """Whether a line stands right under a heading over other documents, or in a short list of them within the text."""
    for above in range(place - 1, max(-1, place - 1 - _MOST_OTHERS), -1):
        unit = units[above]
        if unit.phrase == "others":
            return above == place - 1 or any(one.is_prose or one.is_sentence for one in units[:above])
        if unit.is_prose or unit.is_sentence:
            return False
    return False


def _of_verse(units: Sequence[Unit], place: int) -> float:
    """Another line of the same stanza after it says that a line is no title."""
    if place + 1 >= len(units):
        return 0.0
    unit, following = units[place], units[place + 1]
    is_verse = following.gap == 0 and following.kind is Kind.BODY and following.kept and not following.is_prose
    is_first = not place or units[place - 1].phrase in DECISIVE
    return -2.0 if is_verse and not unit.phrase and unit.kept and not is_first else 0.0


def _between(lines: Sequence[Line], place: int) -> int:
    """Lines between a line and the text that may be titles too; the one right below it may be its subtitle."""
    below = [line.role in {"line", "text"} for line in lines[place + 1 :]]
    return min(sum(below), _MOST_BETWEEN) - (1 if below and below[0] and _is_over(lines, place) else 0)


def _counts(line: Line) -> bool:
    """Whether a line above a title may be a title itself: no furniture, date, author or caption, nor a word or two."""
    unit = line.unit
    if line.role not in {"line", "text"} or unit.phrase:
        return False
    return not is_brief(unit)


def _beside(lines: Sequence[Line], place: int) -> float:
    """What the lines after a title say for it: a date or an author, perhaps after a subtitle."""
    score = 1.2
    after = place + 1
    if after < len(lines) and lines[after].role in {"line", "text"} and _is_over(lines, place):
        after += 1
        score = 1.1
    while after < len(lines) and lines[after].role in {"name", "kicker"}:
        after += 1
    if after >= len(lines):
        return 0.0
    role = lines[after].role
    return score if role in {"date", "byline"} else 0.8 if role in {"label", "apparatus"} else 0.0


def _is_over(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is the headline over the next one."""
    return is_headline_over(lines[place], lines[place + 1], is_first=not place)


def _is_over_tagline(lines: Sequence[Line], place: int) -> bool:
    return place + 1 < len(lines) and lines[place + 1].role == "tagline"


def _is_series_over(lines: Sequence[Line], place: int) -> bool:
    return place + 1 < len(lines) and lines[place + 1].role == "line" and is_series(lines[place].unit.text)


def _not_of_address(line: Line) -> Line:
    """In a letter lines with numbers, and lines of capitalised words, belong to addresses."""
    if line.role == "line" and (_ADDRESS.search(line.unit.text) or word_count(line.unit.text) < FEW_WORDS):
        line.role = "label"
    return line
