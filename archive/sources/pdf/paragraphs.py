"""From lines on pages to paragraphs: which line goes on with what the line before says.

Only what the page shows is looked at: places, sizes, the room that is left at the end of a line. When in doubt two
lines stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from archive.sources.pdf.lines import PageLine
from archive.sources.pdf.shapes import Shape, furniture_of

FURNITURE = "running"
"""The hint of what repeats at the edges of pages: running heads, footers, page numbers."""
_ITEM = re.compile(r"(?:[•‣▪■●○◦·*–—\-\uf0b7\uf0a7]\s+\S|\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)]\s+\S|\[\d{1,3}\]\s)")
_DASH = re.compile(r"[–—]\s+")
_ENDS = re.compile(r"[.!?:;。！？؟।…][\"'”’»)\]]*\Z")
_LEADERS = re.compile(r"(?:\. ?){5}|…{3}")
"""The dots of a table of contents, whose lines stay apart."""
_PAGE_AT_END = re.compile(r"[.…\s](?:[0-9]{1,5}|[ivxlc]{1,7})\Z")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_HEADING = 200
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


def paragraphs_of(page: Sequence[PageLine], place: int, shape: Shape) -> Iterator[Paragraph]:
    """The paragraphs of a page, in the order of its lines.

    Args:
        page: its lines.
        place: of the page in the document, from 0.
        shape: of the document.
    """
    furniture = furniture_of(page, place, shape)
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


def ends_sentence(line: PageLine) -> bool:
    """Whether a line ends as sentences do."""
    return not line.is_broken and _ENDS.search(line.text) is not None
