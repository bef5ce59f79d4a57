"""Tags with more attributes than any page needs: the time that other parsers take for them grows with the square."""

from __future__ import annotations

import re

from archive.model.derivation import TAG
from archive.sources.elements import UNREAD_TO_END

OVERLOADED = "markup.overloaded"
"""The code of the finding; who would ask another parser about the page heeds it (`archive.normalise.opinions`)."""
MOST_ATTRIBUTES = 1_000

SHORTEST = 3 * MOST_ATTRIBUTES
"""Bytes of a tag from which it may have more, each with another name."""
_TAG = re.compile(TAG.encode("ascii"), re.DOTALL)
_ATTRIBUTE = re.compile(rb"""[^\s=/>"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']++))?+""")


def is_overloaded(data: bytes, start: int, end: int) -> bool:
    """Whether the tag at `[start, end)` has too many attributes."""
    if end - start < SHORTEST:
        return False
    # What is found first is the name of the element.
    return any(number > MOST_ATTRIBUTES for number, _ in enumerate(_ATTRIBUTE.finditer(data, start, end)))


def holds_overloaded(data: bytes, name: bytes, start: int, end: int) -> bool:
    """The same of an element that is not read, whose start tag begins at `start`, with what it holds.

    Args:
        data: of the page.
        name: of the element.
        start: its first byte.
        end: where its end tag begins.
    """
    if end - start < SHORTEST:
        return False
    for tag in _TAG.finditer(data, start, end):
        if is_overloaded(data, *tag.span()):
            return True
        if name in UNREAD_TO_END:
            return False
    return False
