"""The first step: lines that a program broke are put together again; all other blocks stay by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar

from archive.model.blocks import Block
from archive.model.passages import Kind
from archive.normalise.draft import Draft, Unit
from archive.normalise.shapes import (
    begins_item,
    ends_as_sentence,
    is_list_item,
    is_prose,
    weight_of,
)
from archive.normalise.wrapping import (
    Pair,
    Wrap,
    begins,
    columns,
    is_apart,
    is_divided,
    is_row,
    may_follow,
    pair_of,
    runs_on,
    share,
)

_MOST_SAMPLED = 400
_SURELY = 50
"""Columns of a line from which one or two that go on in lower case are enough to say that a short text is wrapped."""
_RAGGED = 80
"""Percent of the width that lines of a typist fill at least."""
_ALIKE = 70
"""Percent of the longest line from which a line is of the same text as that."""
_MOST_REMEMBERED = 80
"""Characters of a line whose shape is remembered for other documents."""
_EXACT = 90
"""Percent of full lines from which a program broke them."""
_UNBROKEN = Wrap()


@dataclass(frozen=True, slots=True)
class AssembleLines:
    """Join the hard-wrapped lines of a block.

    The whole document is asked first, then, where it does not say, each block by itself.

    Attributes:
        narrowest: the narrowest width, in columns, that anyone wraps at.
        widest: the widest.
        share_in_percent: the share of full lines, among those that may go on, from which the document is hard-wrapped.
        pauses_in_percent: the share of lines ending with punctuation up to which it is.
        fewest: full lines that are needed to say so.
    """

    name: ClassVar[str] = "assemble-lines"
    version: ClassVar[str] = "1.5"

    narrowest: int = 40
    widest: int = 120
    share_in_percent: int = 75
    pauses_in_percent: int = 60
    fewest: int = 3

    def apply(self, draft: Draft) -> None:
        """Make the units of the draft."""
        blocks = draft.reading.blocks
        runs = list(_runs(blocks))
        wrap = self._of_document(blocks) if len(runs) < len(blocks) else _UNBROKEN
        units = draft.units
        for run in runs:
            if len(run) == 1:
                units.append(_unit(run, is_tidy=draft.is_tidy))
            else:
                units.extend([_unit(lines, is_tidy=draft.is_tidy) for lines in self._joined(run, wrap)])

    def _of_document(self, blocks: Sequence[Block]) -> Wrap:
        """How the lines of the document were broken."""
        seen = blocks[: 4 * _MOST_SAMPLED]
        if max([len(block.text) for block in seen]) > self.widest + self.narrowest:
            return _UNBROKEN
        pairs = [pair_of(one, following) for one, following in pairwise(seen) if _may_go_on(one, following)]
        # A line of verse or of an address, shorter than anyone wraps at, says nothing of the prose beside it.
        pairs = [pair for pair in pairs if pair.width >= self.narrowest][:_MOST_SAMPLED]
        going_on = [pair for pair in pairs if pair.runs_on]
        if not going_on or max(map(columns, seen)) > self.widest + self.narrowest:
            return Wrap()
        return self._of_pairs(pairs, going_on)

    def _of_pairs(self, pairs: Sequence[Pair], going_on: Sequence[Pair]) -> Wrap:
        widths = sorted(pair.width for pair in going_on)
        width = widths[int(len(widths) * 0.95)]
        if not self.narrowest <= width <= self.widest or _pausing(pairs) > self.pauses_in_percent:
            return Wrap()
        full = share(going_on, width)
        if len(going_on) <= self.fewest:
            # Of a few lines those count that are about as long as the longest: others may be verse.
            long = [pair for pair in going_on if pair.width * 100 >= width * _ALIKE]
            is_sure = share(long, width) == 100 and all(pair.is_lower and pair.width >= _SURELY for pair in long)
            if is_sure or len(going_on) < self.fewest:
                return Wrap(width) if is_sure else Wrap()
        if full >= self.share_in_percent:
            return Wrap(width, is_ragged=full < _EXACT)
        is_ragged = len(going_on) > self.fewest + 1 and share(going_on, width, _RAGGED) >= _EXACT
        return Wrap(width, is_ragged=True) if is_ragged and _pausing(pairs) * 2 <= self.pauses_in_percent else Wrap()

    def _of_run(self, run: Sequence[Block]) -> Wrap:
        """How the lines of one block were broken, in a document that does not say."""
        if len(run) <= self.fewest or not self.narrowest <= max(map(columns, run[:-1])) <= self.widest:
            return _UNBROKEN
        pairs = [pair_of(one, following) for one, following in pairwise(run) if _may_go_on(one, following)]
        going_on = [pair for pair in pairs if pair.runs_on]
        if len(pairs) < self.fewest or 2 * len(going_on) < len(pairs):
            return Wrap()
        width = max(pair.width for pair in pairs)
        is_full = width >= self.narrowest and share(pairs, width) == 100
        return Wrap(width) if is_full and _pausing(pairs) * 2 <= self.pauses_in_percent else Wrap()

    def _joined(self, run: Sequence[Block], wrap: Wrap) -> Iterator[list[Block]]:
        """The paragraphs of lines that stand together."""
        if not wrap.width:
            wrap = self._of_run(run)
        if not wrap.width and not any(block.indent for block in run):
            for block in run:
                yield [block]
            return
        paragraph = [run[0]]
        for block in run[1:]:
            if _continues(paragraph, block, wrap):
                paragraph.append(block)
            else:
                yield paragraph
                paragraph = [block]
        yield paragraph


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Lines that stand together, without a blank line or anything else between them."""
    run = list(blocks[:1])
    for block in blocks[1:]:
        if not block.gap and may_follow(run[-1], block):
            run.append(block)
        else:
            yield run
            run = [block]
    if run:
        yield run


def _may_go_on(one: Block, following: Block) -> bool:
    return may_follow(one, following) and not begins(following.text) and not is_apart(one.text)


def _continues(paragraph: Sequence[Block], following: Block, wrap: Wrap) -> bool:
    """Whether a line is the rest of the paragraph before it."""
    one, first = paragraph[-1], paragraph[0]
    if is_apart(one.text) or is_apart(following.text):
        return False
    goes_on = runs_on(one.text, following.text)
    is_item = first.hint == "list-item" or begins(first.text)
    if begins(following.text):
        pair = pair_of(one, following)
        return bool(wrap.width) and not pair.pauses and pair.runs_on and pair.fills(wrap.width)
    if is_item and following.indent > first.indent and goes_on and begins_item(first.text):
        return True
    if not wrap.width or not _fits_in(paragraph, following, is_item=is_item):
        return False
    pair = pair_of(one, following)
    if pair.fills(wrap.width) or is_divided(one.text, following.text):
        return True
    return wrap.is_ragged and goes_on and pair.fills(wrap.width, _RAGGED)


def _fits_in(paragraph: Sequence[Block], following: Block, *, is_item: bool) -> bool:
    """Whether white space before a line lets it belong to the paragraph: a deeper one begins another, but for items."""
    one = paragraph[-1]
    if following.indent == one.indent:
        return True
    goes_on = runs_on(one.text, following.text)
    if following.indent > one.indent:
        return (is_item and len(paragraph) == 1) or goes_on
    return len(paragraph) == 1 or goes_on


def _pausing(pairs: Sequence[Pair]) -> int:
    return 100 * sum(pair.pauses for pair in pairs) // max(len(pairs), 1)


_BODY = Kind.BODY
_Shape = tuple[Kind, str, int, bool, bool]
"""What the shape of a line says: its kind and why, its weight, whether it is running text, and a sentence."""


def _unit(run: Sequence[Block], *, is_tidy: bool) -> Unit:
    """The passage that some lines make; where all lines of the document are tidy, none is a row of a table."""
    first = run[0]
    text = first.text if len(run) == 1 else " ".join([block.text for block in run])
    if first.within and not text.isprintable():
        # In markup, white space of the source is seen by no reader of the page.
        shape = _shape(text, weight_of(" ".join(text.split())))
    else:
        is_short = len(text) <= _MOST_REMEMBERED
        shape = _remembered(text) if is_short else _shape(text, weight_of(text), may_be_row=not is_tidy)
    kind, reason, weight, reads_as_prose, is_sentence = shape
    # By position, since there are many of them.
    return Unit(tuple(run), text, kind, True, reason, "und", False, weight, reads_as_prose, is_sentence)  # noqa: FBT003


@lru_cache(maxsize=4_096)
def _remembered(text: str) -> _Shape:
    """The same of short lines, which the pages of a site share."""
    return _shape(text, weight_of(text))


def _shape(text: str, weight: int, *, may_be_row: bool = True) -> _Shape:
    is_sentence = ends_as_sentence(text)
    reads_as_prose = is_prose(text, weight, is_sentence=is_sentence)
    if is_list_item(text):
        return Kind.LIST_ITEM, "it begins as an item of a list", weight, reads_as_prose, is_sentence
    if may_be_row and is_row(text):
        return Kind.TABLE, "it is a row of columns with wide spaces between them", weight, reads_as_prose, is_sentence
    return _BODY, "", weight, reads_as_prose, is_sentence
