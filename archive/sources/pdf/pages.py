"""Writes the paragraphs of pages into a layer; one that runs over the end of a page stays one, with spans on both.

With care: only what ends in the middle of a sentence, in letters of the text, goes on where the next page goes on with
a small letter, or in scripts without such where the line before is full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.sources.layering import LayerWriter
from archive.sources.pdf.hyphens import end_before, text_of
from archive.sources.pdf.lines import PageLine
from archive.sources.pdf.paragraphs import FURNITURE, Paragraph, ends_sentence, mark_title, paragraphs_of
from archive.sources.pdf.shapes import Shape

_LEAST, _MOST = 0.92, 1.1
"""The size of letters of the text, as a share of the usual one: notes are set smaller, headings larger."""
_ROOM = 1.5
"""Heights of a line for which there may be room at the end of a full one."""


@dataclass(slots=True)
class _Written:
    """Where a paragraph stands that goes on."""

    block: int
    first_page: int


def write_pages(pages: Sequence[Sequence[PageLine]], shape: Shape, writer: LayerWriter) -> None:
    """Writes all paragraphs, each with the page or the pages that it stands on.

    Args:
        pages: the lines of each page, in order.
        shape: what holds for the document.
        writer: gets the text.

    Raises:
        TooMuchTextError: there is more than is read.
    """
    laid_out = [list(paragraphs_of(page, place, shape)) for place, page in enumerate(pages)]
    if laid_out:
        mark_title(laid_out[0], shape)
    following = dict(_over_pages(laid_out, pages, shape))
    going_on = {id(one) for one in following.values()}
    waiting: _Written | None = None
    for number, paragraphs in enumerate(laid_out, start=1):
        for one in paragraphs:
            after = following.get(id(one))
            text = text_of(one, shape) if after is None else end_before(one, after, shape)
            if waiting is not None and id(one) in going_on:
                writer.go_on(waiting.block, text, locator=f"page={waiting.first_page}-{number}")
            else:
                gap = 1 if one.is_apart else 0
                writer.add(text, hint=one.hint, gap=gap, locator=f"page={number}")
                waiting = _Written(len(writer.blocks) - 1, number) if after is not None else waiting
        writer.new_page()


def _over_pages(
    laid_out: Sequence[Sequence[Paragraph]], pages: Sequence[Sequence[PageLine]], shape: Shape
) -> list[tuple[int, Paragraph]]:
    """The ids of paragraphs that go on, with what they go on in."""
    found = []
    for (before, page), (after, _) in pairwise(zip(laid_out, pages, strict=True)):
        last = next((one for one in reversed(before) if _is_of_text(one, shape)), None)
        first = next((one for one in after if one.hint != FURNITURE), None)
        if last is not None and first is not None and _goes_on(last, first, page, shape):
            found.append((id(last), first))
    return found


def _is_of_text(one: Paragraph, shape: Shape) -> bool:
    """Whether a paragraph is set as the text is: neither furniture nor heading nor note."""
    size = one.lines[-1].size
    return one.hint in {"", "list-item"} and (not shape.size or _LEAST <= size / shape.size <= _MOST)


def _goes_on(last: Paragraph, first: Paragraph, page: Sequence[PageLine], shape: Shape) -> bool:
    if first.hint or not _is_of_text(first, shape):
        return False
    line, following = last.lines[-1], first.lines[0].text
    if line.is_broken:
        return following[:1].isalpha()
    if ends_sentence(line):
        return False
    if following[:1].islower():
        return True
    has_no_case = following[:1].isalpha() and following[:1].upper() == following[:1].lower()
    edge = max(one.right for one in page)
    return has_no_case and edge - line.right <= _ROOM * line.height
