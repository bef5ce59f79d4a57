"""Text in columns: widths count what a terminal shows, where a Korean syllable takes two places."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate

from archive.cli.escapes import shown

_WIDEST = 60
"""The most places that a column but the last is padded to."""


def columns(rows: Sequence[Sequence[str]], *, indent: str = "  ") -> Iterator[str]:
    """Rows with their cells below one another; the last column is left as it is.

    >>> list(columns([("ko", "1", "a"), ("en-GB", "12", "b")]))
    ['  ko     1   a', '  en-GB  12  b']
    """
    if not rows:
        return
    safe = [[shown(cell) for cell in row] for row in rows]
    widths = [min(_WIDEST, max(map(width, column))) for column in zip(*safe, strict=True)]
    for row in safe:
        padded = [cell + " " * max(0, wide - width(cell)) for cell, wide in zip(row, widths, strict=True)]
        yield (indent + "  ".join(padded)).rstrip()


def width(text: str) -> int:
    """The places that a terminal gives to a text.

    >>> width("e\u0301"), width("북")
    (1, 2)
    """
    if text.isascii():
        return len(text)
    return sum(_places(one) for one in text)


def brief(text: str, places: int) -> str:
    """`text` in one line, cut to so many places.

    >>> brief("a longer sentence", 8)
    'a lon...'
    """
    line = " ".join(text.split())
    if width(line) <= places:
        return line
    reached = accumulate(map(_places, line))
    kept = sum(1 for one in reached if one <= places - 3)
    return line[:kept].rstrip() + "..."


def _places(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
