"""What holds for all pages of a PDF: the size of its text, its words, and what repeats at the edges of its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.sources.pdf.lines import PageLine

_EDGE = 3
"""Lines at the top and at the bottom of a page among which furniture is looked for."""
_FEWEST_PAGES = 3
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"\A[ivxlc]+(?=\s)|(?<=\s)[ivxlc]+\Z")
_LEADING = re.compile(r"([0-9]{1,5})(?:\s|\Z)")
_TRAILING = re.compile(r"(?:\s|\A)([0-9]{1,5})\Z")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|p\.|seite|s\.|pagina|página|pág\.|strana|стр\.|страница|第)\s*)?(?:\d{1,5}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|/|von|de|sur|di|из|\|)\s*\d{1,5})?\s*(?:页|頁|ページ|쪽)?[\W_]*\Z",
    re.IGNORECASE,
)
_LONGEST_RUNNING = 120
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class Shape:
    """What holds for a whole document.

    Attributes:
        size: of most of its characters, in points.
        words: those that stand in it unbroken, folded.
        repeated: keys of lines that stand at the edges of several pages.
        has_pages: whether there are enough pages for a number at an edge to be a page's.
        offset: what is to be added to the place of a page, from 0, for the number that is printed on it; None where no
            numbers are.
    """

    size: float = 0.0
    words: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()
    has_pages: bool = False
    offset: int | None = None

    def is_large(self, line: PageLine) -> bool:
        """Whether a line is set in larger letters than the text, as headings are."""
        return self.size > 0 and line.size >= 1.15 * self.size


def shape_of(pages: Sequence[Sequence[PageLine]]) -> Shape:
    """What holds for a document, from the lines of its pages."""
    sizes: Counter[float] = Counter()
    words: set[str] = set()
    for page in pages:
        for line in page:
            sizes[round(line.size * 2) / 2] += len(line.text)
            words.update(_words_within(line))
    keys = Counter(key for page in pages for key in {_key(line) for line in edge_lines(page)})
    return Shape(
        size=max(sizes, key=lambda size: (sizes[size], size), default=0.0),
        words=frozenset(words),
        repeated=frozenset(key for key, count in keys.items() if count >= _FEWEST_PAGES and key),
        has_pages=len(pages) > 1,
        offset=_offset(pages),
    )


def _offset(pages: Sequence[Sequence[PageLine]]) -> int | None:
    offsets: Counter[int] = Counter()
    for place, page in enumerate(pages):
        numbers = {number for line in edge_lines(page) for number in _outer_numbers(line)}
        offsets.update(number - place for number in numbers)
    best = max(offsets, key=lambda offset: (offsets[offset], -abs(offset)), default=0)
    return best if offsets[best] >= _FEWEST_PAGES else None


def _outer_numbers(line: PageLine) -> set[int]:
    """The numbers that a line begins or ends with."""
    found = (_LEADING.match(line.text), _TRAILING.search(line.text))
    return {int(one[1]) for one in found if one is not None}


def _words_within(line: PageLine) -> Iterator[str]:
    """The words of a line but the first and the last, which may be halves."""
    return (word.casefold() for word in _WORD.findall(line.text)[1:-1])


def _key(line: PageLine) -> str:
    return " ".join(_ROMAN.sub("#", _NUMBER.sub("#", line.text.casefold())).split())


def edge_lines(page: Sequence[PageLine]) -> list[PageLine]:
    """The highest and the lowest lines of a page."""
    ordered = sorted(page, key=lambda line: -line.bottom)
    return ordered if len(ordered) <= 2 * _EDGE else ordered[:_EDGE] + ordered[-_EDGE:]


def furniture_of(page: Sequence[PageLine], place: int, shape: Shape) -> set[int]:
    """The ids of lines that repeat at the edges; a page number counts only where nothing but furniture is beyond it.

    Of pages that say the same throughout, as forms do, only numbers count.
    """
    ordered = sorted(page, key=lambda line: -line.bottom)
    numbers: set[int] = set()
    found: set[int] = set()
    for side in (ordered[:_EDGE], ordered[::-1][:_EDGE]):
        for line in side:
            if shape.is_large(line) or len(line.text) > _LONGEST_RUNNING:
                break
            is_number = shape.has_pages and _PAGE_NUMBER.match(line.text) is not None
            if is_number or (shape.offset is not None and place + shape.offset in _outer_numbers(line)):
                numbers.add(id(line))
            elif _key(line) not in shape.repeated:
                break
            found.add(id(line))
    return found if len(found) < len(page) else numbers
