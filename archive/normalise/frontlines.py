"""Lines above a plain text: what each is by its words and its shape, and how two of them stand to each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.model.passages import Kind
from archive.normalise.bylines import bare_names
from archive.normalise.datelines import is_of_change
from archive.normalise.draft import Unit
from archive.normalise.front_words import front_words
from archive.normalise.phrases import DECISIVE
from archive.normalise.shapes import is_unfinished, letter_runs, word_count
from archive.normalise.vocabulary import vocabulary

LONGEST_TITLE = 240
SHORTEST_TITLE = 8
_SHORTEST_STEM, _LONGEST_STEM = 3, 5
_LONGEST_HEADLINE = 120
FEW_WORDS = 3
FEW_LETTERS = 24
_FEW_DENSE = 15
_NAME_WORDS = 5
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NAME_LETTERS = 12
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SHORTEST_WORD = 4
_UNLIKE_DENSE = re.compile(r"[^\W\d_\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HANGUL = re.compile("[가-힣]")
_WORD = re.compile(
    rf"{_UNLIKE_DENSE.pattern}{{{_SHORTEST_WORD},}}|{_HANGUL.pattern}{{2,}}|[\u3040-\u30ff\u3400-\u9fff]{{2,}}"
)
_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "de", "del", "der"}
    | {"des", "die", "du", "la", "le", "les", "e", "el", "y", "et", "und", "von", "zu", "van", "het"}
)
_EASTERN_SITE = re.compile(
    r"(?:신문|일보|뉴스|타임스|타임즈|닷컴|방송|저널|통신|신보|新聞|新闻网|新聞網|日報|日报|晚报|晚報|通信|週刊|周刊|网|報|ニュース|タイムズ)$"
)
_FIGURES = re.compile(r"(?:[^\W\d]{1,12}\s?[(（:：]?\s?\d[\d,.]*\s?[)）]?[\s|·]*){1,6}")
"""Lines of numbers of readers and the like."""
_MENU = re.compile(r"(?:[\u3400-\u9fff]{1,5}\s+){2,}[\u3400-\u9fff]{1,5}")
"""Words of a menu in Chinese or Japanese, which put no spaces into a sentence."""
_LONGEST_MENU = 100
_MORE_SHARED = 0.5
_SERIES = re.compile(
    r"[:,–—-]\s*(?:part|teil|partie|parte|deel|część|часть|частина|episode|folge|phần)\s+\w+\W*$"
    r"|(?:第\s?[\d一二三四五六七八九十]{1,3}\s?[回部篇]|제?\s?\d{1,3}\s?[부회편])\W*$"
    r"|^(?:letters?|postcards?|dispatch(?:es)?|voices|(?:a |the )?views?)\s+from\s+\S+(?:\s+\S+)?$",
    re.IGNORECASE,
)
"""Names of series, which stand over a headline."""


@dataclass(slots=True)
class Line:
    """A line above the text: its unit, what it is, and the words of it that tell a text from another."""

    unit: Unit
    role: str
    words: frozenset[str] = frozenset()
    shared: float = 0.0


def content_words(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text, and pairs of ideographs: what tells one text from another.

    The beginning of a word follows a space, so that it is found only where a word begins (see `is_spoken`).
    """
    if text.isascii():
        words = letter_runs(text.lower())
        return frozenset([f" {word[:-1][:_LONGEST_STEM]}" for word in words if len(word) >= _SHORTEST_WORD])
    found: set[str] = set()
    for word in _WORD.findall(text.lower()):
        if _IDEOGRAPH.match(word):
            found.update(word[place : place + 2] for place in range(len(word) - 1))
        else:
            is_hangul = "가" <= word[0] <= "힣"
            size = 2 if is_hangul else max(_SHORTEST_STEM, min(_LONGEST_STEM, len(word) - 1))
            found.add(f" {word[:size]}")
    return frozenset(found)


def is_spoken(word: str, lowered: str) -> bool:
    """Whether a text in lower case holds what `content_words` gives of a line: at the beginning of a longer word.

    It is looked up in the text, since few lines are held against it: finding all its words takes ten times as long.
    """
    if word[0] != " ":
        return word in lowered
    stem = word[1:]
    if len(stem) >= _SHORTEST_WORD and word in lowered:
        return True  # as most are that stand there at all
    letters = _HANGUL if "가" <= stem[0] <= "힣" else _UNLIKE_DENSE
    needs_more = letters is _UNLIKE_DENSE and len(stem) < _SHORTEST_WORD
    place = lowered.find(stem)
    while place >= 0:
        after = place + len(stem)
        goes_on = not needs_more or letters.match(lowered, after) is not None
        if goes_on and not (place and letters.match(lowered, place - 1)):
            return True
        place = lowered.find(stem, place + 1)
    return False


_ROLE_OF_KIND = {Kind.DATELINE: "date", Kind.BYLINE: "byline", Kind.CAPTION: "caption"}
_MAY_BE_ANYTHING = frozenset({Kind.BODY, Kind.FURNITURE, Kind.HEADING})


def role_of(unit: Unit) -> str:
    """What a line above the text is; `line` where nothing says more, so that it may be the title."""
    if unit.kind not in _MAY_BE_ANYTHING:
        return _ROLE_OF_KIND.get(unit.kind, "furniture")
    if _is_kicker(unit.text):
        return "kicker"
    if unit.phrase in DECISIVE or unit.phrase in {"section", "repeated"}:
        return "furniture"
    return _role_of_text(unit.text) or ("text" if unit.is_sentence or _is_told(unit) else "line")


def _is_told(unit: Unit) -> bool:
    """Whether a line without an end of a sentence reads as running text, and is no long headline."""
    return unit.is_prose and not (unit.weight <= _LONGEST_HEADLINE and is_unfinished(unit.text))


@lru_cache(maxsize=4_096)
def _is_kicker(text: str) -> bool:
    return front_words().is_kicker(text)


@lru_cache(maxsize=4_096)
def _role_of_text(text: str) -> str:
    """What a line is by its words alone; the pages of a site share many."""
    front = front_words()
    is_short = len(text) <= _LONGEST_MENU
    is_menu = is_short and (_FIGURES.fullmatch(text) or _MENU.fullmatch(text)) is not None
    role = "furniture" if is_menu else front.role_of(text)
    if role:
        return role
    if is_of_change(text):
        return "date"
    return "name" if not front.has_genre(text) and bare_names(text, vocabulary(), front) else ""


def is_brief(unit: Unit) -> bool:
    """Whether a line is too brief to be a headline beyond doubt: a word or two, or a few ideographs."""
    fewest = _FEW_DENSE if _DENSE.search(unit.text) else FEW_LETTERS
    return word_count(unit.text) < FEW_WORDS and unit.weight < fewest


def is_headline_over(upper: Line, lower: Line, *, is_first: bool) -> bool:
    """Whether a line is the headline, and the one right below it its subtitle.

    Args:
        upper: the line.
        lower: the one right below it.
        is_first: whether nothing stands above, where the name of a site may be.
    """
    if upper.role != "line" or lower.role not in {"line", "text"} or not _may_be_over(upper.unit):
        return False
    text, front = upper.unit.text.strip(), front_words()
    if (front.has_genre(lower.unit.text) and not front.has_genre(text)) or is_series(text):
        return False
    if text.isupper() and lower.unit.text.isupper() and lower.unit.gap == 0:
        return True
    is_name = is_like_name(text) and not is_like_name(lower.unit.text) and (not upper.shared or is_first)
    is_name = is_name and (is_first or not text.isupper())
    return not (is_site(text) or is_name or is_brief(upper.unit) or lower.shared - upper.shared >= _MORE_SHARED)


def is_series(text: str) -> bool:
    """Whether a line is the name of a series, which stands over a headline.

    >>> is_series("Voices from the river: part two"), is_series("Letter from the border"), is_series("Part of a ferry")
    (True, True, False)
    """
    text = text.strip()
    if text.isascii() and not any(sign in text for sign in ",:-") and "from" not in text.lower():
        return False  # a quick look, which most headlines do not pass
    return _SERIES.search(text) is not None


def _may_be_over(unit: Unit) -> bool:
    text = unit.text.strip()
    is_whole = not text.endswith((".", "。", ":", ",")) and not text[:1].islower()
    return not unit.phrase and is_whole and unit.weight >= SHORTEST_TITLE


def is_like_name(text: str) -> bool:
    """Whether a line is written as names of sites and of organisations are: a few words, each with a capital."""
    words = letter_runs(text)
    if not 1 <= len(words) <= _NAME_WORDS or text.rstrip().endswith(("?", "!")) or ": " in text:
        return False
    return all(word[0].isupper() or word.lower() in _SMALL for word in words) and words[0].lower() != words[0]


def is_site(text: str) -> bool:
    """Whether a line is the name of a newspaper, an agency or the like, by its last word."""
    words = text.split()
    if len(text) <= _NAME_LETTERS and _EASTERN_SITE.search(text):
        return True
    is_short = 1 < len(words) <= _NAME_WORDS and all(word[0].isupper() or word in _SMALL for word in words)
    return is_short and words[-1].lower().strip(".") in front_words().sites
