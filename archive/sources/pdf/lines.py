"""Lines on pages: what a PDF shows, with its place, before anybody knows what is a paragraph."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_BREAK = re.compile("\r\n|[\r\n]|[\ufffe\x02]")
_HYPHENS = "\ufffe\x02"
"""What PDFium puts for a hyphen at the end of a line that goes on in the next."""
_FIRST_WORD = re.compile(r"\s*\S+")


@dataclass(slots=True)
class PageLine:
    """One line of a page, in points, the origin at the lower left.

    Attributes:
        text: what it says, without a hyphen that PDFium takes for a broken word's.
        left: of its first character.
        right: of its last.
        bottom: of its characters.
        top: of its characters.
        size: of the font, in points; 0 where it is not known.
        is_broken: whether a word goes on in the next line, behind a hyphen that `text` leaves out.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    is_broken: bool = False

    @property
    def height(self) -> float:
        """What the line takes up, at least a point."""
        return max(self.size, self.top - self.bottom, 1.0)

    @property
    def width_of_first_word(self) -> float:
        """About how much room its first word needs."""
        found = _FIRST_WORD.match(self.text)
        return (self.right - self.left) * (found.end() if found else 0) / max(len(self.text), 1)


def lines_of(page: Any) -> list[PageLine]:
    """The lines of a page in the order in which PDFium gives them.

    Args:
        page: a `pypdfium2.PdfPage`.
    """
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
        ends = [(found.start(), found.end(), found[0]) for found in _BREAK.finditer(text)]
        bounds = [(0, 0, ""), *ends, (len(text), len(text), "")]
        places = _Places(text_page, text)
        lines = []
        for (_, start, _), (end, _, mark) in pairwise(bounds):
            line = _line(text, start, end, places)
            if line is not None:
                line.is_broken = mark != "" and mark in _HYPHENS
                lines.append(line)
        return lines
    finally:
        text_page.close()


def _line(text: str, start: int, end: int, places: _Places) -> PageLine | None:
    said = text[start:end]
    tight = said.strip()
    if not tight:
        return None
    first = start + said.index(tight[0])
    last = first + len(tight) - 1
    (left, bottom, _, top), (_, low, right, high) = places.box(first), places.box(last)
    size = top - bottom  # in points as the page shows it: that of the font is before any scaling
    return PageLine(tight, left, max(right, left), min(bottom, low), max(top, high), size if 0 < size < 1000 else 0.0)


class _Places:
    """Boxes and sizes of the characters of a text page, by their place in its text."""

    def __init__(self, text_page: Any, text: str) -> None:
        import pypdfium2.raw as pdfium
        from pypdfium2 import PdfiumError

        self._pdfium = pdfium
        self._error = PdfiumError
        self._page = text_page
        # The text counts code points, PDFium units of UTF-16.
        self._units: list[int] | None = None if max(text, default="") <= "\uffff" else _units(text)

    def _index(self, place: int) -> int:
        unit = place if self._units is None else self._units[place]
        return int(self._pdfium.FPDFText_GetCharIndexFromTextIndex(self._page.raw, unit))

    def box(self, place: int) -> tuple[float, float, float, float]:
        index = self._index(place)
        if index < 0:
            return 0.0, 0.0, 0.0, 0.0
        try:
            box = self._page.get_charbox(index, loose=True)
        except self._error:
            return 0.0, 0.0, 0.0, 0.0
        return box if all(map(math.isfinite, box)) else (0.0, 0.0, 0.0, 0.0)


def _units(text: str) -> list[int]:
    units, at = [], 0
    for character in text:
        units.append(at)
        at += 2 if character > "\uffff" else 1
    return units
