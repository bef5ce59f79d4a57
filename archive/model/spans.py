"""Layers of text and the ranges of bytes in them.

A *layer* is a run of bytes that stands in the bag under a checksum and that a charset turns into text: an original,
or a derived layer stored beside it. A *span* is a half-open range of bytes in a layer. Passages are made of spans
and of nothing else (see `archive.normalise.projection` for the rule).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Self


class _Bounds(NamedTuple):
    layer: int
    start: int
    end: int


class Span(_Bounds):
    """Bytes `[start, end)` of the layer with the given index in `Reading.layers`; a tuple, since there are many."""

    __slots__ = ()

    def __new__(cls, layer: int, start: int, end: int) -> Self:
        """A span.

        Raises:
            ValueError: the end stands before the start, or the start before the beginning.
        """
        if 0 <= start <= end:
            return _new(cls, (layer, start, end))
        msg = f"not a range of bytes: {start}-{end}"
        raise ValueError(msg)


_new = tuple.__new__


@dataclass(frozen=True, slots=True)
class Layer:
    """The bytes that spans point into.

    Attributes:
        name: None for the original itself, else the stem of the stored layer (`text`, `page-0003`), which becomes
            `data/derived/<portable path>/[<member>/]<name>.txt`.
        charset: the name of the character encoding as the WHATWG Encoding Standard has it, in lower case.
        data: the bytes at hand: the whole layer, or the stretch of a container that one member takes up.
        offset: where `data` begins in the stored layer; spans always count from the beginning of the stored layer.
    """

    name: str | None
    charset: str
    data: bytes
    offset: int = 0

    def slice(self, span: Span) -> bytes:
        """The bytes of a span of this layer."""
        return self.data[span.start - self.offset : span.end - self.offset]
