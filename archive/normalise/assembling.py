"""The first step: lines that a program broke are put together again; all other blocks stay by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from archive.model.blocks import Block
from archive.model.passages import Kind
from archive.normalise.draft import Draft, Unit
from archive.normalise.shapes import ends_as_sentence, is_list_item, is_prose, weight_of

_DENSE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]")
_BEGINNING = frozenset({"list-item", "heading", "table"})
"""Hints of lines that are never the rest of another line."""
_MARK = 2
"""Columns of the mark of an item, which its span leaves out."""
_MOST_SAMPLED = 400


@dataclass(frozen=True, slots=True)
class AssembleLines:
    """Join the hard-wrapped lines of a block.

    A document is hard-wrapped where nearly every line of some length that is followed by another at once is *full*:
    the first word of the next would not have fitted into the width that lines keep to. Verse, lists, addresses and
    unbroken runs of whole paragraphs do not look so, whatever their length.

    Attributes:
        narrowest: the narrowest width, in columns, that anyone wraps at.
        widest: the widest.
        share_in_percent: the share of full lines from which the document is hard-wrapped.
        fewest: full lines that are needed to say so.
    """

    name: ClassVar[str] = "assemble-lines"
    version: ClassVar[str] = "1.2"

    narrowest: int = 40
    widest: int = 120
    share_in_percent: int = 75
    fewest: int = 3

    def apply(self, draft: Draft) -> None:
        """Make the units of the draft."""
        blocks = draft.reading.blocks
        width = self._width(blocks)
        for run in _runs(blocks, width):
            draft.units.append(_unit(run))

    def _width(self, blocks: Sequence[Block]) -> int:
        """The width that the document is wrapped at, in columns; 0 where it is not."""
        pairs = [
            (one, following)
            for one, following in pairwise(blocks[: 4 * _MOST_SAMPLED])
            if following.gap == 0
            and _may_continue(one, following)
            # A line of verse or of an address, shorter than anyone wraps at, says nothing of the prose beside it.
            and _columns(one) >= self.narrowest
        ][:_MOST_SAMPLED]
        if len(pairs) < self.fewest:
            return 0
        widths = sorted(_columns(one) for one, _ in pairs)
        width = widths[int(len(widths) * 0.95)]
        longest = max(_columns(block) for block in blocks[: 4 * _MOST_SAMPLED])
        if not self.narrowest <= width <= self.widest or longest > self.widest + self.narrowest:
            return 0
        full = sum(_is_full(one, following, width) for one, following in pairs)
        return width if full * 100 >= self.share_in_percent * len(pairs) else 0


def _runs(blocks: Sequence[Block], width: int) -> Iterator[list[Block]]:
    run: list[Block] = []
    for block in blocks:
        if run and _continues(run[-1], block, width):
            run.append(block)
            continue
        if run:
            yield run
        run = [block]
    if run:
        yield run


def _continues(one: Block, following: Block, width: int) -> bool:
    if not width or following.gap or one.locator != following.locator:
        return False
    if not _may_continue(one, following) or one.spans[-1].layer != following.spans[0].layer:
        return False
    return _is_full(one, following, width)


def _may_continue(one: Block, following: Block) -> bool:
    """Whether a line may go on with what the line before it says: neither begins anything, as far as marks tell."""
    if following.hint in _BEGINNING or is_list_item(following.text):
        return False
    return one.hint == following.hint or (one.hint == "list-item" and not following.hint and following.indent > 0)


def _is_full(one: Block, following: Block, width: int) -> bool:
    word = following.text.split(None, 1)[0]
    return _columns(one) + 1 + _wide(word[:40]) > width


def _columns(block: Block) -> int:
    mark = _MARK if block.hint == "list-item" else 0
    return min(block.indent, 40) + mark + _wide(block.text[:400])


def _wide(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(_DENSE.findall(text))


def _unit(run: list[Block]) -> Unit:
    text = run[0].text if len(run) == 1 else " ".join(block.text for block in run)
    unit = Unit(blocks=tuple(run), text=text)
    unit.weight = weight_of(text)
    unit.is_sentence = ends_as_sentence(text)
    unit.is_prose = is_prose(text, unit.weight)
    if is_list_item(text):
        unit.label(Kind.LIST_ITEM, "it begins as an item of a list")
    return unit
