"""Normalisation Form C (Unicode Standard Annex 15) in time in proportion to a text's length."""

from __future__ import annotations

import unicodedata
from itertools import groupby

_MARKS_WITHOUT_CLASS = "\u0f73\u0f75\u0f81"
"""Characters of class 0 that fall apart into marks of another."""
_LONG = 2048
_SAMPLED = 16


def composed(text: str) -> str:
    """A text in NFC.

    >>> composed("e\u0301") == "\u00e9"
    True
    """
    if text.isascii():
        return text
    if len(text) > _LONG and _has_long_run(text):
        text = _marks_in_order(text)
    return unicodedata.normalize("NFC", text)


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) > 0 or character in _MARKS_WITHOUT_CLASS


def _has_long_run(text: str) -> bool:
    sample = text[::_SAMPLED]
    marks = set(filter(_is_mark, set(sample)))
    run = 0
    for one in sample if marks else ():
        run = run + 1 if one in marks else 0
        if run == 4:
            return True
    return False


def _marks_in_order(text: str) -> str:
    """The same text to Unicode, the marks of each run in canonical order.

    `normalize` sorts them by insertion: a page of 100,000 marks would take a minute, and one of 16 MB a week.
    """
    parts = []
    for are_marks, group in groupby(text, _is_mark):
        run = "".join(group)
        if are_marks:
            apart = "".join(unicodedata.normalize("NFD", one) for one in run)
            run = "".join(sorted(apart, key=unicodedata.combining))
        parts.append(run)
    return "".join(parts)
