"""What every reader of text is: a function from a layer to what was taken from it.

A reader is a module-level function `read(text: TextInput, limits: Limits) -> Taken`. It holds to this, and
`tests/contracts/sources.py` tries every one of them:

- it never raises for any bytes, reads no other file and no network, and takes time in proportion to the bytes;
- the spans of a block lie within the layer, in order, none overlapping another of any block;
- the text of a block is what the rule of derivation makes of its spans by its operations, and is not blank;
- the same bytes give the same value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.model.blocks import Block, Observation
from archive.model.findings import Finding
from archive.model.spans import Layer
from archive.sources.limits import Limits

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class TextInput:
    """A layer of text to be read.

    Attributes:
        layer: the bytes and their charset.
        start: where the text begins in `layer.data`, after a byte-order mark.
        path: the name that findings give.
        is_plain: whether it is known that the bytes are ASCII without control characters but LF.
    """

    layer: Layer
    start: int = 0
    path: str = ""
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What a reader took from a layer; the members are those of `archive.model.blocks.Reading`."""

    blocks: tuple[Block, ...] = ()
    embedded: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()
    text_was_read: bool = True
    unshown: tuple[Block, ...] = ()
    set_aside: tuple[Observation, ...] = ()


Reader = Callable[[TextInput, Limits], Taken]
"""A reader of one format."""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What was taken out of a document whose bytes do not hold the text plainly.

    Attributes:
        layer: the text in UTF-8, into which the spans of all blocks point; empty where there is none.
        taken: the blocks, and the rest.
        tool: name and version of what took it out.
        is_own: as `archive.model.blocks.Reading.is_own`.
    """

    layer: bytes = b""
    taken: Taken = Taken()
    tool: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Opaque:
    """A document as a reader of such a format gets it.

    Attributes:
        path: the name that findings give.
        data: all of its bytes.
        limits: how much is read.
    """

    path: str
    data: bytes
    limits: Limits

    @property
    def head(self) -> bytes:
        """Its first bytes, as many as are at hand."""
        return self.data

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, one piece after the other."""
        yield self.data

    def whole(self) -> Opaque:
        """The document with its bytes."""
        return self


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first bytes of a longer document that stands in a file: a process apart reads them there.

    Attributes:
        path: the name that findings give.
        place: the file.
        size: how many of its bytes count.
        head: the first of them.
        limits: how much is read.
    """

    path: str
    place: Path
    size: int
    head: bytes
    limits: Limits

    def pieces(self) -> Iterator[bytes]:
        """The bytes that count, one piece after the other.

        Raises:
            OSError: the file cannot be read.
        """
        left = self.size
        with self.place.open("rb", buffering=0) as stream:
            while left and (piece := stream.read(min(_PIECE, left))):
                left -= len(piece)
                yield piece

    def whole(self) -> Opaque:
        """The bytes that count, as a document.

        Raises:
            OSError: the file cannot be read.
        """
        return Opaque(self.path, b"".join(self.pieces()), self.limits)


Extractor = Callable[[Opaque], TakenOut]
"""A reader of a format whose bytes do not hold the text plainly. It may raise: it runs in a process apart."""
