"""Plain text: one block for each line that is not blank, or one for all of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import Any

from archive.model.blocks import Block
from archive.model.charsets import decode
from archive.model.codes import finding
from archive.model.findings import Where
from archive.model.spans import Span
from archive.sources.limits import Limits
from archive.sources.lines import lines
from archive.sources.protocol import Taken, TextInput
from archive.sources.visible import is_visible

# Blocks and spans of lines are sound and many: they are made at once, without the checks of their own constructors.
_block: Callable[[tuple[Any, ...]], Block] = partial(tuple.__new__, Block)
_span: Callable[[tuple[int, int, int]], Span] = partial(tuple.__new__, Span)


def read(text: TextInput, limits: Limits) -> Taken:
    """The lines of a plain text as blocks: their spans hold no white space at the ends, `gap` counts blank lines."""
    if not limits.text_is_wanted:
        return Taken(text_was_read=False)
    if not limits.lines_are_wanted:
        return _whole(text)
    blocks = _of_plain(text, limits.most_blocks + 1) if text.is_plain else _of_any(text, limits.most_blocks + 1)
    return too_many_blocks(text, limits) if len(blocks) > limits.most_blocks else Taken(tuple(blocks))


def _of_any(text: TextInput, most: int) -> list[Block]:
    offset = text.layer.offset
    return [
        _block(((_span((0, start + offset, end + offset)),), said, (), "", gap, indent, "", (), 0))
        for start, end, said, gap, indent in islice(lines(text.layer.data, text.start, text.layer.charset), most)
    ]


def _of_plain(text: TextInput, most: int) -> list[Block]:
    """The same of plain bytes, which most texts are, in two thirds of the time."""
    blocks: list[Block] = []
    add = blocks.append
    start = text.layer.offset
    blank = 0
    for line in text.layer.data.decode("ascii").split("\n"):
        end = start + len(line)
        if line and line[0] != " " and line[-1] != " ":
            add(_block(((_span((0, start, end)),), line, (), "", blank, 0, "", (), 0)))
            blank = 0
        elif bare := line.strip(" "):
            first = end - len(line.lstrip(" "))
            span = _span((0, first, first + len(bare)))
            add(_block(((span,), bare, (), "", blank, first - start, "", (), 0)))
            blank = 0
        else:
            blank += 1
        if len(blocks) == most:
            break
        start = end + 1
    return blocks


def _whole(text: TextInput) -> Taken:
    layer = text.layer
    said = decode(layer.data[text.start :], layer.charset)
    span = Span(0, text.start + layer.offset, len(layer.data) + layer.offset)
    return Taken((Block((span,), said),) if is_visible(said) else ())


def too_many_blocks(text: TextInput, limits: Limits) -> Taken:
    """The answer of every reader to a document in more pieces than `limits.most_blocks`."""
    one = finding(
        "text.too-many-blocks",
        where=Where(file=text.path),
        found=f"more than {limits.most_blocks:,} lines or elements",
        expected=f"at most {limits.most_blocks:,}",
    )
    return Taken(findings=(one,), text_was_read=False)
