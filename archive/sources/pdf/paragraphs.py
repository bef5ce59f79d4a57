"""From lines on pages to paragraphs: which line goes on with what the line before says, and what repeats at edges.

Only what the page shows is looked at: places, sizes, the room that is left at the end of a line. When in doubt two
lines stay apart, and a hyphen stays where it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from archive.sources.pdf.lines import PageLine

FURNITURE = "running"
"""The hint of what repeats at the edges of pages: running heads, footers, page numbers."""
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
_ITEM = re.compile(r"(?:[•‣▪■●○◦·*–—\-\uf0b7\uf0a7]\s+\S|\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)]\s+\S|\[\d{1,3}\]\s)")
_DASH = re.compile(r"[–—]\s+")
_ENDS = re.compile(r"[.!?:;。！？؟।…][\"'”’»)\]]*\Z")
_LEADERS = re.compile(r"(?:\. ?){5}|…{3}")
"""The dots of a table of contents, whose lines stay apart."""
_PAGE_AT_END = re.compile(r"[.…\s](?:[0-9]{1,5}|[ivxlc]{1,7})\Z")
_WORD = re.compile(r"[^\W\d_]+")
_LAST_PART = re.compile(r"([^\W\d_]+)\Z")
_FIRST_PART = re.compile(r"([^\W\d_]+)")
_SUSPENDED = frozenset(("and", "or", "und", "oder", "bzw", "et", "ou", "y", "o", "u", "e", "ed", "to", "bis"))
_LONGEST_HEADING = 200
_LONGEST_RUNNING = 120
_TITLE = 1.3
"""How many times as large as the text the letters of a title are at least."""
_NARROWEST = 10
"""The narrowest column of running text, in heights of its lines."""
_SLACK = 0.08
"""How much of a column's width a line may leave where no sentence ends, and be full: margins are ragged."""
_SLACK_BEFORE_LOWER_CASE = 0.3
_MOST_COMPARED = 2000
"""Lines of one page that are held against each other."""


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together.

    Attributes:
        lines: one or more, in order.
        hint: `heading`, `list-item`, `FURNITURE` or an empty string.
        is_apart: whether more room is before it than between two lines.
    """

    lines: list[PageLine]
    hint: str = ""
    is_apart: bool = True


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


def _furniture(page: Sequence[PageLine], place: int, shape: Shape) -> set[int]:
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


def paragraphs_of(page: Sequence[PageLine], place: int, shape: Shape) -> Iterator[Paragraph]:
    """The paragraphs of a page, in the order of its lines.

    Args:
        page: its lines.
        place: of the page in the document, from 0.
        shape: of the document.
    """
    furniture = _furniture(page, place, shape)
    rest = [line for line in page if id(line) not in furniture]
    pitch = _pitch(rest)
    right = _right_edges(rest)
    current: Paragraph | None = None
    for line in page:
        if id(line) in furniture:
            if current is not None:
                yield current
                current = None
            yield Paragraph([line], FURNITURE)
            continue
        if current is not None and _goes_on(current, line, pitch, right, shape):
            current.lines.append(line)
            continue
        before = current.lines[-1] if current is not None else None
        if current is not None:
            yield current
        is_apart = before is None or not 0 < before.bottom - line.bottom <= 1.3 * max(pitch, before.height)
        current = Paragraph([line], _hint(line, shape), is_apart)
    if current is not None:
        yield current


def mark_title(paragraphs: Sequence[Paragraph], shape: Shape) -> None:
    """Makes the heading in the largest letters a title, the first of several; letters hardly larger make none.

    Args:
        paragraphs: of the first page.
        shape: of the document.
    """
    headings = [one for one in paragraphs if one.hint == "heading" and _WORD.search(one.lines[0].text)]
    largest = max((one.lines[0].size for one in headings), default=0.0)
    if largest and largest >= _TITLE * shape.size:
        title = next(one for one in headings if one.lines[0].size >= 0.98 * largest)
        title.hint = "title"


def _pitch(page: Sequence[PageLine]) -> float:
    """The usual distance between two lines of a page; 0 where there are too few."""
    steps = [
        one.bottom - other.bottom
        for one, other in pairwise(page)
        if 0.5 * one.height < one.bottom - other.bottom < 3 * one.height
    ]
    return median(steps) if len(steps) >= 3 else 0.0


def _right_edges(page: Sequence[PageLine]) -> dict[int, float]:
    """For each line, by its id, how far lines reach that begin about where it begins: the edge of its column."""
    if len(page) > _MOST_COMPARED:
        return dict.fromkeys(map(id, page), max(line.right for line in page))
    found: dict[int, float] = {}
    for line in page:
        reach = 3 * line.height
        near = [other.right for other in page if abs(other.left - line.left) <= reach]
        found[id(line)] = max(near)
    return found


def _hint(line: PageLine, shape: Shape) -> str:
    if _is_entry(line):
        return "navigation"
    if shape.is_large(line) and len(line.text) <= _LONGEST_HEADING:
        return "heading"
    return "list-item" if _ITEM.match(line.text) else ""


def _is_entry(line: PageLine) -> bool:
    return _LEADERS.search(line.text) is not None and _PAGE_AT_END.search(line.text) is not None


def _goes_on(current: Paragraph, line: PageLine, pitch: float, right: dict[int, float], shape: Shape) -> bool:
    before = current.lines[-1]
    if before.is_broken:
        return _is_alike(before.size, line.size) and line.text[:1].isalpha()
    step = before.bottom - line.bottom
    if abs(step) < 0.4 * before.height and line.left >= before.left:
        return line.left - before.right < 1.5 * before.height  # the same line, cut by a change of font
    if step < 0 and line.left > before.right and _is_alike(before.size, line.size):  # at the top of the next column
        return current.hint in {"", "list-item"} and line.text[:1].islower() and not _ENDS.search(before.text)
    is_next = 0 < step <= 1.25 * max(pitch, before.height) and _is_alike(before.size, line.size)
    if not is_next or _begins_item(current, line) or any(_LEADERS.search(one.text) for one in (before, line)):
        return False
    if current.hint == "heading":
        return _hint(line, shape) == "heading" and not _ENDS.search(before.text)
    return not _is_indented(current, line) and _is_full(before, line, right[id(before)])


def _begins_item(current: Paragraph, line: PageLine) -> bool:
    """Whether a line begins as items do; one with a dash may go on with a sentence, where the paragraph is no item."""
    if _ITEM.match(line.text) is None:
        return False
    dash = _DASH.match(line.text)
    is_aside = dash is not None and line.text[dash.end() :][:1].islower() and not _DASH.match(current.lines[0].text)
    return not is_aside or _ENDS.search(current.lines[-1].text) is not None


def _is_indented(current: Paragraph, line: PageLine) -> bool:
    """Whether a line begins as the first of a paragraph does, and is not the second of an item."""
    before = current.lines[-1]
    if line.left <= before.left + 0.8 * before.height or not _ENDS.search(before.text):
        return False
    return current.hint != "list-item" or len(current.lines) > 1


def _is_full(before: PageLine, line: PageLine, edge: float) -> bool:
    """Whether the next word would not have fitted behind a line; with doubt where its sentence goes on anyway."""
    if edge - before.left < _NARROWEST * before.height:
        return False
    missing = edge - before.right - line.width_of_first_word
    if _ENDS.search(before.text):
        return missing < 0.2 * before.height
    share = _SLACK_BEFORE_LOWER_CASE if line.text[:1].islower() else _SLACK
    return missing < share * (edge - before.left)


def _is_alike(one: float, other: float) -> bool:
    return not one or not other or 0.85 <= one / other <= 1.18


def text_of(paragraph: Paragraph, shape: Shape) -> str:
    """What a paragraph says, line by line; a word that a hyphen broke stands on one line.

    The hyphen becomes a soft one, which the rule of derivation takes out, where the document has the whole word
    elsewhere; in all other cases it stays.
    """
    parts = [paragraph.lines[0].text]
    for before, line in pairwise(paragraph.lines):
        hyphen = _hyphen(parts[-1], before, line.text, shape)
        if hyphen is None:
            parts[-1] += "-" if before.is_broken else ""
            parts.append(line.text)
            continue
        stem = parts.pop()
        stem = stem if before.is_broken else stem[:-1]
        parts.append(stem + hyphen + line.text)
    last = paragraph.lines[-1]
    return "\n".join(parts) + ("-" if last.is_broken else "")


def end_before(paragraph: Paragraph, following: Paragraph, shape: Shape) -> str:
    """What a paragraph says that goes on elsewhere, with what stands between the two: a line break or a hyphen.

    Args:
        paragraph: its first part.
        following: its second part.
        shape: of the document.
    """
    last = paragraph.lines[-1]
    text = text_of(paragraph, shape)
    bare = text[:-1] if last.is_broken else text
    hyphen = _hyphen(bare, last, following.lines[0].text, shape)
    if hyphen is None:
        return text + "\n"
    return bare + hyphen if last.is_broken else bare[:-1] + hyphen


def ends_sentence(line: PageLine) -> bool:
    """Whether a line ends as sentences do."""
    return not line.is_broken and _ENDS.search(line.text) is not None


def _hyphen(text: str, before: PageLine, following: str, shape: Shape) -> str | None:
    """What stands between the halves of a broken word, or None where no word is broken."""
    if text.endswith("\u00ad"):
        return "\u00ad"
    if not before.is_broken and not text.endswith(("-", "\u2010")):
        return None
    mark = "-" if before.is_broken else text[-1]
    first = _LAST_PART.search(text if before.is_broken else text[:-1])
    second = _FIRST_PART.match(following)
    if second is not None and second[1].casefold() in _SUSPENDED:
        return None
    if first is None or second is None:
        return mark if before.is_broken else None
    is_whole = (first[1] + second[1]).casefold() in shape.words
    return "\u00ad" if is_whole and second[1][0].islower() else mark
