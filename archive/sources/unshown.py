"""Words of a page that no browser shows among its text: they are no blocks, and yet nothing of a page is passed over.

They stand in elements that are shown instead of something else or not at all (`noscript`, `template`, `object`), in
fields of forms, in drawings and formulas, and in the descriptions of pictures (`alt`). Each piece has its place, as
every block has; why it is not shown is its hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.model.blocks import Block
from archive.model.charsets import decode
from archive.model.derivation import carry_out
from archive.model.spans import Span
from archive.sources.attributes import place_of
from archive.sources.elements import BLOCKS, UNREAD
from archive.sources.protocol import TextInput
from archive.sources.tokens import CDATA, Dialect, tokens
from archive.sources.visible import is_visible

OPERATIONS = ("tags", "entities")
"""Of all blocks of a page alike, so that blocks can be put together."""
OF_SECTIONS = ("cdata", *OPERATIONS)
"""The same of XML that has sections with what would be markup elsewhere; where there are none, both say the same."""
DESCRIPTION = "description"
"""The hint of what describes a picture; other words have the name of their element."""

_SECTION = "<![CDATA["
_CODE = frozenset((b"script", b"style"))
_HOLDING_WORDS = UNREAD - _CODE
DESCRIBED = frozenset((b"img", b"area", b"input"))
"""Elements whose `alt` is looked at."""
_BREAKING = BLOCKS | frozenset(b"button text desc foreignobject noscript template textarea svg".split())
_WORDS = re.compile(rb">[ \t\r\n\f]*[^<> \t\r\n\f]|\balt\b", re.IGNORECASE)
"""What an element that holds any words has in it."""
_WHITE = b" \t\r\n\f"


def words_in(text: TextInput, name: bytes, start: int, end: int, dialect: Dialect) -> Iterator[Block]:
    """The words of an element that is not read, piece by piece.

    Args:
        text: the page.
        name: of the element.
        start: where its start tag begins in the layer's data.
        end: where its end tag begins.
        dialect: of the page.
    """
    data = text.layer.data
    if name not in _HOLDING_WORDS or _WORDS.search(data, start, end) is None:
        return
    hint = name.decode("ascii")
    run: tuple[int, int] | None = None
    for first, last, inner, closes, is_unread in tokens(data, start, end, dialect, _CODE):
        if not inner or inner == CDATA:
            run = (run[0] if run else first, last)
            continue
        described = None if closes or inner not in DESCRIBED else described_by(text, inner, first, last, dialect)
        if described is None and not is_unread and inner not in _BREAKING and inner != b"br":
            continue
        if run is not None:
            yield from _block(text, *run, hint, dialect)
            run = None
        if described is not None:
            yield described
    if run is not None:
        yield from _block(text, *run, hint, dialect)


def described_by(text: TextInput, name: bytes, start: int, end: int, dialect: Dialect) -> Block | None:
    """How a tag describes the picture that it shows; None where it does not.

    Args:
        text: the page.
        name: of the element.
        start: where the tag begins in the layer's data.
        end: where it ends.
        dialect: of the page.
    """
    if name not in DESCRIBED:
        return None
    place = place_of(b"alt", text.layer.data[start:end], start)
    return None if place is None else next(_block(text, *place, DESCRIPTION, dialect), None)


def _block(text: TextInput, start: int, end: int, hint: str, dialect: Dialect) -> Iterator[Block]:
    layer = text.layer
    inner = layer.data[start:end]
    start, end = end - len(inner.lstrip(_WHITE)), start + len(inner.rstrip(_WHITE))
    if start >= end:
        return
    part = decode(layer.data[start:end], layer.charset)
    decoded = carry_out([part], OF_SECTIONS if dialect.is_xml else OPERATIONS)
    if is_visible(decoded):
        operations = OF_SECTIONS if dialect.is_xml and _SECTION in part else OPERATIONS
        yield Block((Span(0, start + layer.offset, end + layer.offset),), decoded, operations, hint)
