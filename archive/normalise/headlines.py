"""Which line above a plain text is its title: by where it stands, what it is beside, and what the text speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.model.passages import Kind
from archive.normalise.bylines import bare_names, is_byline
from archive.normalise.dates import find_date
from archive.normalise.draft import Unit
from archive.normalise.front_words import FrontWords, front_words
from archive.normalise.phrases import DECISIVE
from archive.normalise.shapes import word_count
from archive.normalise.vocabulary import Vocabulary, fold, vocabulary

LONGEST_TITLE = 240
SHORTEST_TITLE = 8
_SPOKEN_UNITS = 12
_SPOKEN_CHARACTERS = 400
_MOST_OTHERS = 6
_STEM = 5
_FEW_WORDS = 3
_FEW_LETTERS = 24
_NAME_WORDS = 5
_LEAST_TEXT = 250
_LEAST_LINES = 5
_WORD = re.compile(
    r"[^\W\d_\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{4,}|[가-힣]{2,}|[\u3040-\u30ff\u3400-\u9fff]{2,}"
)
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CASED = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "de", "del", "der"}
    | {"des", "die", "du", "la", "le", "les", "e", "el", "y", "et", "und", "von", "zu", "van", "het"}
)
_NAME_LETTERS = 12
_EASTERN_SITE = re.compile(
    r"(?:신문|일보|뉴스|타임스|타임즈|닷컴|방송|저널|통신|신보|新聞|新闻网|新聞網|日報|日报|晚报|晚報|通信|週刊|周刊|网|報|ニュース|タイムズ)$"
)
_STAMPED = re.compile(r"\W?\d{1,2}:\d\d")
_CODE = re.compile(r"\w+/\w+/\w+")
_ADDRESS = re.compile(r"\d|(?:[A-ZÀ-Þ][\w.'-]*,?\s?){1,5}$")
_QUIET = frozenset({"caption", "name", "kicker", "furniture"})


@dataclass(slots=True)
class _Line:
    """A line above the text: its unit, what it is, and the words of it that tell a text from another."""

    unit: Unit
    role: str
    words: frozenset[str] = frozenset()
    shared: float = 0.0


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
        if any(line.role == "salutation" for line in lines):
            lines = [_not_of_address(line) for line in lines]
        scored = [(self._score(lines, place), place) for place in range(len(lines)) if self._may_be(lines, place)]
        if not scored:
            return None
        best, place = max(scored)
        return self.top + place if best > 0 and self._has_text(lines, place) else None

    def _lines(self) -> list[_Line]:
        spoken = content_words(
            " ".join(
                unit.text[:_SPOKEN_CHARACTERS]
                for unit in self.units[self.body : self.body + _SPOKEN_UNITS]
                if unit.kept
            )
        )
        speaks = self._speaks()
        found = []
        for unit in self.units[self.top : self.body]:
            role = role_of(unit, vocabulary(), front_words())
            if role == "text" and not speaks:
                role = "furniture"
            words = content_words(unit.text) if role in {"line", "text"} else frozenset()
            shared = len(words & spoken) / len(words) if words else 0.0
            found.append(_Line(unit, role, words, shared))
        return found

    def _speaks(self) -> bool:
        return any(unit.is_prose for unit in self.units[self.body : self.body + 1])

    def _has_text(self, lines: Sequence[_Line], place: int) -> bool:
        """Whether a text follows that is long enough to have a title, or a date or an author stands by the line."""
        if _beside(lines, place) > 0 or (place and lines[place - 1].role == "date"):
            return True
        after = [unit for unit in self.units[self.top + place + 1 :] if unit.kept]
        least = _LEAST_TEXT if not after or not after[0].gap else _LEAST_TEXT // 2
        return sum(unit.weight for unit in after) >= least or len(after) >= _LEAST_LINES

    def _may_be(self, lines: Sequence[_Line], place: int) -> bool:
        unit = lines[place].unit
        if (
            lines[place].role not in {"line", "text"}
            or unit.weight < SHORTEST_TITLE
            or len(unit.text) > LONGEST_TITLE
            or _STAMPED.match(unit.text)
        ):
            return False
        is_dated = place + 1 < len(lines) and lines[place + 1].role in {"date", "byline"}
        return is_dated or not is_of_others(self.units, self.top + place)

    def _score(self, lines: Sequence[_Line], place: int) -> float:
        line = lines[place]
        unit = line.unit
        score = 1.0 + 2.0 * line.shared + min(unit.weight, 60) / 60 - 0.35 * _between(lines, place)
        score += _of_its_shape(unit)
        is_first = not any(_counts(other) for other in lines[:place])
        times = self._times(unit)
        score += 0.0 if times < 2 else 1.0 if times == 2 else -0.5
        if is_first and times == 1 and not unit.blocks[0].within:
            score += 0.6
        score += _beside(lines, place) or (0.0 if self._speaks() else _of_verse(self.units, self.top + place))
        if place and lines[place - 1].role == "date":
            score += 0.6
        if _is_over_tagline(lines, place):
            score -= 2.0
        if place and _is_headline_over(lines, place - 1, place):
            score -= 1.3
        elif is_first and _is_like_name(line) and any(other.role == "furniture" for other in lines[place + 1 :]):
            score -= 0.8
        if _is_site(unit.text):
            score -= 1.5
        return score

    def _times(self, unit: Unit) -> int:
        key = fold(unit.text)
        return sum(fold(other.text) == key for other in self.units[:200] if len(other.text) <= LONGEST_TITLE)


def content_words(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text, and pairs of ideographs: what tells one text from another."""
    found: set[str] = set()
    for word in _WORD.findall(text.lower()):
        if _IDEOGRAPH.match(word):
            found.update(word[place : place + 2] for place in range(len(word) - 1))
        else:
            found.add(word[:2] if "가" <= word[0] <= "힣" else word[:_STEM])
    return frozenset(found)


_ROLE_OF_KIND = {Kind.DATELINE: "date", Kind.BYLINE: "byline", Kind.CAPTION: "caption"}
_MAY_BE_ANYTHING = frozenset({Kind.BODY, Kind.FURNITURE, Kind.HEADING})


def role_of(unit: Unit, words: Vocabulary, front: FrontWords) -> str:
    """What a line above the text is; `line` where nothing says more, so that it may be the title."""
    if unit.kind not in _MAY_BE_ANYTHING:
        return _ROLE_OF_KIND.get(unit.kind, "furniture")
    if front.is_kicker(unit.text):
        return "kicker"
    if unit.phrase in DECISIVE or unit.phrase in {"section", "repeated"}:
        return "furniture"
    role = front.role_of(unit.text)
    if role:
        return role
    if bare_names(unit.text, words, front):
        return "name"
    return "text" if unit.is_prose or unit.is_sentence else "line"


def is_of_others(units: Sequence[Unit], place: int) -> bool:
    """Whether a line stands right under a heading over other documents, or in a short list of them within the text."""
    for above in range(place - 1, max(-1, place - 1 - _MOST_OTHERS), -1):
        unit = units[above]
        if unit.phrase == "others":
            return above == place - 1 or any(one.is_prose or one.is_sentence for one in units[:above])
        if unit.is_prose or unit.is_sentence:
            return False
    return False


def _of_its_shape(unit: Unit) -> float:
    """What the shape of a line says for its being a title."""
    text = unit.text.strip(" *_#")
    front = front_words()
    has_genre = front.has_genre(text)
    score = 1.0 if has_genre else 0.0
    if text[:1].islower():
        score -= 1.2
    if word_count(text) < _FEW_WORDS and unit.weight < _FEW_LETTERS and not has_genre:
        score -= 1.0
    if text.endswith((".", "。", ":", "：", ",")):
        score -= 1.2
    if is_byline(text):
        score -= 1.0
    if _CODE.search(text):
        score -= 2.0
    if text[:1].isdigit() and unit.weight < _FEW_LETTERS:
        score -= 1.0
    if find_date(text, day_first=True) is not None:
        score -= 0.3 if has_genre else 1.5
    return score + (1.0 if unit.hint == "heading" else 0.0)


def _of_verse(units: Sequence[Unit], place: int) -> float:
    """Another line of the same stanza after it says that a line is no title."""
    if place + 1 >= len(units):
        return 0.0
    unit, following = units[place], units[place + 1]
    is_verse = following.gap == 0 and following.kind is Kind.BODY and following.kept and not following.is_prose
    return -2.0 if is_verse and not unit.phrase and unit.kept and place else 0.0


def _between(lines: Sequence[_Line], place: int) -> int:
    """Lines between a line and the text that may be titles too; the one right below it may be its subtitle."""
    below = [line.role in {"line", "text"} for line in lines[place + 1 :]]
    return sum(below) - (1 if below and below[0] and _is_headline_over(lines, place, place + 1) else 0)


def _counts(line: _Line) -> bool:
    """Whether a line above a title may be a title itself: no furniture, date, author or caption, nor a word or two."""
    unit = line.unit
    if line.role not in {"line", "text"} or unit.phrase:
        return False
    return word_count(unit.text) >= _FEW_WORDS or unit.weight >= _FEW_LETTERS


def _beside(lines: Sequence[_Line], place: int) -> float:
    """What the lines after a title say for it: a date or an author, perhaps after a subtitle."""
    score = 1.2
    after = place + 1
    if after < len(lines) and lines[after].role in {"line", "text"} and _is_headline_over(lines, place, after):
        after += 1
        score = 1.1
    while after < len(lines) and lines[after].role in {"name", "kicker"}:
        after += 1
    if after >= len(lines):
        return 0.0
    role = lines[after].role
    return score if role in {"date", "byline"} else 0.8 if role in {"label", "apparatus"} else 0.0


def _is_over_tagline(lines: Sequence[_Line], place: int) -> bool:
    return place + 1 < len(lines) and lines[place + 1].role == "tagline"


def _is_headline_over(lines: Sequence[_Line], place: int, below: int) -> bool:
    """Whether a line is the headline, and the one right below it its subtitle."""
    upper, lower = lines[place], lines[below]
    if upper.role != "line" or lower.role not in {"line", "text"}:
        return False
    unit, text = upper.unit, upper.unit.text.strip()
    if unit.phrase or text.endswith((".", "。", ":", ",")) or text[:1].islower() or unit.weight < SHORTEST_TITLE:
        return False
    front = front_words()
    if front.has_genre(lower.unit.text) and not front.has_genre(text):
        return False
    if _is_site(text) or lower.shared - upper.shared >= 0.5:
        return False
    if _is_like_name(upper) and not _is_like_name(lower) and (not upper.shared or not place):
        return False
    is_long = word_count(text) >= _FEW_WORDS or unit.weight >= _FEW_LETTERS
    after_furniture = not place or lines[place - 1].role in _QUIET
    return is_long or (after_furniture and 10 * lower.unit.weight >= 15 * unit.weight)


def _is_like_name(line: _Line) -> bool:
    """Whether a line is written as names of sites and of organisations are: a few words, each with a capital."""
    words = _CASED.findall(line.unit.text)
    if not 1 <= len(words) <= _NAME_WORDS or line.unit.text.rstrip().endswith(("?", "!")):
        return False
    return all(word[0].isupper() or word.lower() in _SMALL for word in words) and words[0].lower() != words[0]


def _is_site(text: str) -> bool:
    """Whether a line is the name of a newspaper, an agency or the like, by its last word."""
    words = text.split()
    if len(text) <= _NAME_LETTERS and _EASTERN_SITE.search(text):
        return True
    is_short = 1 < len(words) <= _NAME_WORDS and all(word[0].isupper() or word in _SMALL for word in words)
    return is_short and words[-1].lower().strip(".") in vocabulary().corporate


def _not_of_address(line: _Line) -> _Line:
    """In a letter lines with numbers, and lines of capitalised words, belong to addresses."""
    if line.role == "line" and (_ADDRESS.search(line.unit.text) or word_count(line.unit.text) < _FEW_WORDS):
        line.role = "label"
    return line
