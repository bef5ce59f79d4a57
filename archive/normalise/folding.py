"""Lines as the vocabulary has its phrases: lower case, signs in one way, numbers as `#`, no punctuation at the ends."""

from __future__ import annotations

import re
from functools import lru_cache

_NUMBER = re.compile(r"\d\d*(?:[.,:]\d+)*")  # what begins with one sign is searched for quickly
_COUNT = re.compile(r"\s*[(\[]\s*#\s*[)\]]")
_EDGES = " \t.,:;!?…|·•»«›‹>→←<–—-*()[]{}\"'“”„‘’/\\+=~^_#▲▼△▶►◀■□●○★☆✓✔✕×【】「」『』《》〈〉、。：！？▾▸"
EDGES_BUT_NUMBERS = _EDGES.replace("#", "")
_ODD = re.compile("[’‘`´\u00ad\u200b\u2060\ufeff]|(?<=i)\u0307")
"""Signs that are written in several ways or not seen; the dot that the Turkish capital keeps in lower case."""
_ODD_SIGNS = "’‘`´\u00ad\u200b\u2060\ufeff\u0307"
_MOST_REMEMBERED = 220
"""Signs of a line that may well come again."""


def _even(found: re.Match[str]) -> str:
    return "'" if found[0] in "’‘`´" else ""


def fold(text: str) -> str:
    """A line as the vocabulary has it: lower case, each number as `#`, no punctuation at the ends.

    >>> fold(" Comments (12): ")
    'comments #'
    """
    return _fold_short(text) if len(text) <= _MOST_REMEMBERED else _fold(text)


def level(text: str) -> str:
    """A text in lower case, with one sign for all apostrophes and without signs that nobody sees."""
    if text.isascii():
        return text.lower()
    levelled = text.casefold()
    return _ODD.sub(_even, levelled) if any(map(levelled.__contains__, _ODD_SIGNS)) else levelled


@lru_cache(maxsize=4_096)
def _fold_short(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    folded, numbers = _NUMBER.subn("#", level(text))
    if numbers and ("(" in folded or "[" in folded):
        folded = _COUNT.sub(" #", folded)
    folded = folded.strip(EDGES_BUT_NUMBERS)
    return folded if folded.isprintable() and "  " not in folded else " ".join(folded.split())
