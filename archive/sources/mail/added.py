"""What stands in the plain text of a letter and was not written as part of it: stuffing of mailboxes, ciphertext.

In a mailbox a `>` stands before lines that begin with `From `. As the variant *mboxrd* has it, of each line of `>`, one
or more, and `From ` the first `>` was added. Mailboxes of the older variant *mboxo* are read rightly so, too, but for
such lines that somebody quoted without a space. Nothing in a mailbox says which one it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from archive.model.blocks import Block
from archive.model.charsets import decode
from archive.model.spans import Layer, Span
from archive.sources.visible import is_visible

ARMOUR = b"-----BEGIN PGP MESSAGE-----"
_STUFFED = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_ARMOUR = re.compile(
    rb"^" + ARMOUR + rb"[ \t]*\r?$.*?(?:^-----END PGP MESSAGE-----[ \t]*\r?$|\Z)", re.MULTILINE | re.DOTALL
)
"""An encrypted message in letters (RFC 9580, 6.2), to its end or that of the text."""
_Range = tuple[int, int]


def unstuffed(raw: bytes) -> bytes:
    r"""The bytes of a part without what a mailbox added; the very same where it added nothing.

    >>> unstuffed(b">From here\n>>From there\n> From him\n")
    b'From here\n>From there\n> From him\n'
    """
    return _STUFFED.sub(b"", raw) if b">From " in raw else raw


def stuffing(layer: Layer) -> list[_Range]:
    """The bytes that a mailbox added to a part that stands plainly in it."""
    return _ranges(layer, _STUFFED) if b">From " in layer.data else []


def ciphertext(layer: Layer) -> list[_Range]:
    """The bytes of encrypted messages among plain text."""
    return _ranges(layer, _ARMOUR) if ARMOUR in layer.data else []


def together(ranges: Iterable[_Range]) -> list[_Range]:
    """Ranges in order, without those that lie in others."""
    found: list[_Range] = []
    for one in sorted(ranges):
        if not found or one[1] > found[-1][1]:
            found.append(one)
    return found


def _ranges(layer: Layer, pattern: re.Pattern[bytes]) -> list[_Range]:
    offset = layer.offset
    return [(found.start() + offset, found.end() + offset) for found in pattern.finditer(layer.data)]


def without(blocks: Iterable[Block], layer: Layer, added: Sequence[_Range]) -> Iterator[Block]:
    """The blocks of a plain text without some of its bytes; one of which nothing visible is left is gone.

    Args:
        blocks: of one span each, in the first layer, in order.
        layer: that layer.
        added: the bytes, in order, each range in one block or over whole ones.
    """
    ends = [end for _, end in added]
    for block in blocks:
        (span,) = block.spans
        first = bisect_left(ends, span.start + 1)
        if first == len(added) or added[first][0] >= span.end:
            yield block
            continue
        spans = tuple(_left(span, added[first:]))
        text = "".join(decode(layer.slice(one), layer.charset) for one in spans)
        if is_visible(text):
            yield block._replace(spans=spans, text=text)


def _left(span: Span, added: Sequence[_Range]) -> Iterator[Span]:
    place = span.start
    for start, end in added:
        if start >= span.end:
            break
        if place < start:
            yield Span(span.layer, place, start)
        place = max(place, end)
    if place < span.end:
        yield Span(span.layer, place, span.end)
