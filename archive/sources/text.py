"""Plain text: one block for each line that is not blank, or one for all of it."""

from __future__ import annotations

from itertools import islice

from archive.model.blocks import Block
from archive.model.charsets import decode
from archive.model.codes import finding
from archive.model.findings import Where
from archive.model.spans import Span
from archive.sources.limits import Limits
from archive.sources.lines import lines
from archive.sources.protocol import Taken, TextInput
from archive.sources.visible import is_visible


def read(text: TextInput, limits: Limits) -> Taken:
    """The lines of a plain text as blocks: their spans hold no white space at the ends, `gap` counts blank lines."""
    if not limits.text_is_wanted:
        return Taken(text_was_read=False)
    if not limits.lines_are_wanted:
        return _whole(text)
    offset = text.layer.offset
    blocks = [
        Block((Span(0, start + offset, end + offset),), said, (), "", gap, indent)
        for start, end, said, gap, indent in islice(
            lines(text.layer.data, text.start, text.layer.charset), limits.most_blocks + 1
        )
    ]
    return too_many_blocks(text, limits) if len(blocks) > limits.most_blocks else Taken(tuple(blocks))


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
