"""What the shape of a line says, whatever its language: how long, how it ends, whether it reads as running text."""

from __future__ import annotations

import re

MOST_LOOKED_AT = 4_000
"""Characters of a passage that are looked at; the shape of a longer one does not change."""
MOST_COUNTED = 400
"""Characters in which words are counted."""
PROSE = 80
"""The weight from which a line with the marks of sentences is running text."""
CERTAIN_PROSE = 160
"""The weight from which words in lower case are enough."""

_DENSE_ROWS = bytes([0x30, *range(0x34, 0xA0), *range(0xAC, 0xD8)])
"""Rows of Unicode, of 256 signs each, that ideographs, kana and Korean syllables fill."""
_OTHERS_IN_DENSE_ROWS = re.compile(r"[\u3000-\u303f\ud7b0-\ud7ff]")
"""What else stands in two of them."""
_DENSE_EXTRA = 1.2
_CLOSING = "\"'”’»«)]）」』›‹“ *"
_CLOSING_SIGNS = frozenset(_CLOSING)
_ENDS = frozenset(".!?…。！？．؟۔।‽။።։។")
_INNER_END = re.compile(r"[.!?…]['\"”’»)]?\s|[。！？]")
_NO_STOPS = re.compile(r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]")
_LETTER = re.compile(r"[^\W\d_]")
_LOWER_WORD = re.compile(r"(?<!\w)[^\W\d_A-ZÄÖÜÉÀÈÇ][^\W\d_]*")
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
_NO_LETTERS_TO_SPACES = bytes(byte if chr(byte).isalpha() else ord(" ") for byte in range(256))
_NO_WORDS_TO_SPACES = bytes(byte if chr(byte).isalnum() or byte == ord("_") else ord(" ") for byte in range(256))
_ITEM = re.compile(r"(?:\[\d{1,3}\]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[*†‡§]{1,2}|[QA][.:])\s+\S")
_BULLETS = frozenset("-–—*•·‣◦▪●○■□◆◇※☞▶►✓✔①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_BULLET = re.compile(
    rf"(?:[{re.escape(''.join(sorted(_BULLETS)))}]|\(?\d{{1,3}}[.)]|\(?[a-zA-Z][.)]|[ivx]{{1,4}}[.)])\s+\S"
)


def weight_of(text: str) -> int:
    """The length in letters of an alphabet: an ideograph, a kana or a Korean syllable says more than one letter.

    >>> weight_of("four"), weight_of("사과")
    (4, 4)
    """
    if text.isascii():
        return len(text)
    return len(text) + int(_dense_in(text[:MOST_LOOKED_AT]) * _DENSE_EXTRA)


def _dense_in(text: str) -> int:
    """How many ideographs, kana and Korean syllables a text holds, by the first byte of each in UTF-16."""
    rows = text.encode("utf-16-be", "surrogatepass")[::2]
    found = len(rows) - len(rows.translate(None, _DENSE_ROWS))
    if b"\x30" in rows or b"\xd7" in rows:
        found -= len(_OTHERS_IN_DENSE_ROWS.findall(text))
    return found


def ends_as_sentence(text: str) -> bool:
    """Whether the last sign, closing quotation marks and brackets aside, ends a sentence."""
    last = text[-1:]
    return last in _ENDS or (last in _CLOSING_SIGNS and text.rstrip(_CLOSING)[-1:] in _ENDS)


def is_unfinished(text: str) -> bool:
    """Whether no sentence ends in a line or with it, in a script that marks the ends of sentences."""
    return not ends_as_sentence(text) and _INNER_END.search(text) is None and _NO_STOPS.search(text) is None


def is_prose(text: str, weight: int, *, is_sentence: bool) -> bool:
    """Whether a line reads as running text: long, with ends of sentences, or mostly words in lower case."""
    if weight < PROSE or is_sentence:
        return weight >= PROSE
    seen = text[:MOST_LOOKED_AT]
    if _INNER_END.search(seen) and weight >= CERTAIN_PROSE:
        return True
    return weight >= CERTAIN_PROSE // 2 and share_in_lower_case(seen[:MOST_COUNTED]) >= 0.6


def share_in_lower_case(text: str) -> float:
    """The share of words that begin with no capital letter; scripts without case count as lower case."""
    words = len(_words(text))
    return len(_LOWER_WORD.findall(text)) / words if words else 0.0


def has_letters(text: str) -> bool:
    """Whether there is a letter of any script."""
    return text[:1].isalpha() or _LETTER.search(text) is not None


def is_list_item(text: str) -> bool:
    """Whether a line begins as items of lists do."""
    return (text[:1] in _BULLETS or "." in text[:5] or ")" in text[:5]) and _BULLET.match(text) is not None


def begins_item(text: str) -> bool:
    """Whether a line begins as items of lists, notes, numbered paragraphs or answers do."""
    return is_list_item(text) or _ITEM.match(text) is not None


def word_count(text: str) -> int:
    """Words, as runs of letters and digits."""
    return len(_words(text[:MOST_COUNTED]))


def letter_runs(text: str) -> list[str]:
    """The runs of letters of a text; ASCII is cut at spaces, which is quicker than a search."""
    if not text.isascii():
        return _LETTERS.findall(text)
    return text.encode("ascii").translate(_NO_LETTERS_TO_SPACES).decode("ascii").split()


def _words(text: str) -> list[str]:
    """The runs of letters, digits and low lines."""
    if not text.isascii():
        return _WORD.findall(text)
    return text.encode("ascii").translate(_NO_WORDS_TO_SPACES).decode("ascii").split()
