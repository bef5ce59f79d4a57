"""Text in columns: widths count what a terminal shows, where a Korean syllable takes two places."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate

from archive.cli.escapes import shown

PAGE = 80
"""The places of a line that are filled where that is possible; identifiers and digests are never cut."""
_WIDEST = 60
"""The most places that a column but the last is padded to."""
_LONGEST_LABEL = 36
_BAR = 24
_BLOCKS = "▏▎▍▌▋▊▉█"


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


def bars(rows: Sequence[tuple[str, int]], *, smooth: bool = True, indent: str = "  ") -> Iterator[str]:
    """Numbers with a bar behind each, as long as its share of the greatest.

    Args:
        rows: names and numbers, none less than 0.
        smooth: whether bars are drawn in eighths of a place; else with `#`, for terminals without blocks.
        indent: before every line.

    >>> list(bars([("en", 4), ("ko", 1)], smooth=False))
    ['  en  4  ########################', '  ko  1  ######']
    """
    greatest = max((number for _, number in rows), default=0) or 1
    labels = [brief(shown(label), _LONGEST_LABEL) for label, _ in rows]
    numbers = [f"{number:,}" for _, number in rows]
    wide, wide_number = max(map(width, labels), default=0), max(map(len, numbers), default=0)
    for label, number, (_, count) in zip(labels, numbers, rows, strict=True):
        bar = _bar(count / greatest, smooth=smooth)
        yield f"{indent}{label}{' ' * (wide - width(label))}  {number:>{wide_number}}  {bar}".rstrip()


def _bar(share: float, *, smooth: bool) -> str:
    if not smooth:
        return "#" * max(round(share * _BAR), share > 0)
    eighths = max(round(share * _BAR * 8), share > 0)
    return _BLOCKS[-1] * (eighths // 8) + (_BLOCKS[eighths % 8 - 1] if eighths % 8 else "")


def wrapped(text: str, *, indent: str = "", places: int = PAGE) -> Iterator[str]:
    """A text in lines of so many places, cut at spaces where it has any.

    >>> list(wrapped("one two", indent="  "))
    ['  one two']
    """
    line = ""
    for word in shown(" ".join(text.split())).split(" "):
        if line and width(line) + 1 + width(word) > places - len(indent):
            yield indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        yield indent + line


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
