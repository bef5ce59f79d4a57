"""Text in the form `format=flowed` (RFC 3676): a line that ends with a space goes on in the next one.

The space belongs to the paragraph, unless `delsp=yes` says that it was added; so a paragraph is what its spans say, put
together with nothing between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.model.blocks import Block
from archive.model.charsets import decode
from archive.model.spans import Layer, Span
from archive.sources.mail.parts import Part

_QUOTED = re.compile(r">+ ?")
_SIGNATURE = "--"
"""What stands alone in a line before a signature, with a space behind it that means nothing (RFC 3676, 4.3)."""


def is_flowed(part: Part) -> bool:
    """Whether a part is text in this form."""
    return part.media_type == "text/plain" and part.parameters("content-type").get("format", "").lower() == "flowed"


def paragraphs(blocks: Iterable[Block], layer: Layer, part: Part) -> Iterator[Block]:
    """The paragraphs of a text; each that has several lines stands by itself.

    Args:
        blocks: its lines, in the first layer, in order.
        layer: that layer, in an encoding that writes a space as ASCII does.
        part: says how the lines were broken.
    """
    is_added = part.parameters("content-type").get("delsp", "").lower() == "yes"
    waiting: list[Block] = []
    for block in blocks:
        if waiting and not _goes_on(waiting[-1], block, layer):
            yield _joined(waiting, layer, is_added=is_added)
            waiting = [block._replace(gap=max(block.gap, int(len(waiting) > 1)))]
        else:
            waiting.append(block)
    if waiting:
        yield _joined(waiting, layer, is_added=is_added)


def _goes_on(block: Block, following: Block, layer: Layer) -> bool:
    if following.gap or block.text == _SIGNATURE or _depth(block) != _depth(following):
        return False
    if not block.text.strip("> "):
        return False  # the space is stuffing
    end = block.spans[-1].end - layer.offset
    return layer.data[end : end + 1] == b" "


def _depth(block: Block) -> int:
    """How often a line is quoted."""
    return len(block.text) - len(block.text.lstrip(">"))


def _joined(lines: list[Block], layer: Layer, *, is_added: bool) -> Block:
    first = lines[0]
    indent = max(first.indent - 1, 0)  # one space is stuffing (RFC 3676, 4.4)
    if len(lines) == 1:
        return first._replace(indent=indent)
    spans: list[Span] = []
    for number, line in enumerate(lines):
        is_last = number == len(lines) - 1
        *before, last = line.spans
        own = [*before, last if is_last or is_added else Span(last.layer, last.start, last.end + 1)]
        quoted = _QUOTED.match(line.text) if number else None
        if quoted is not None:
            own[0] = Span(own[0].layer, min(own[0].start + quoted.end(), own[0].end), own[0].end)
        spans.extend(span for span in own if span.start < span.end)
    text = "".join(decode(layer.slice(span), layer.charset) for span in spans)
    return first._replace(spans=tuple(spans), text=text, indent=indent, gap=max(first.gap, 1))
