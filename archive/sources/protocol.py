"""What every reader of text is: a function from a layer to what was taken from it.

A reader is a module-level function `read(text: TextInput, limits: Limits) -> Taken`. It holds to this, and
`tests/contracts/sources.py` tries every one of them:

- it never raises for any bytes, reads no other file and no network, and takes time in proportion to the bytes;
- the spans of a block lie within the layer, in order, none overlapping another of any block;
- the text of a block is what the rule of derivation makes of its spans by its operations, and is not blank;
- the same bytes give the same value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archive.model.blocks import Block, Observation
from archive.model.findings import Finding
from archive.model.spans import Layer
from archive.sources.limits import Limits


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


Extractor = Callable[[Opaque], TakenOut]
"""A reader of a format whose bytes do not hold the text plainly. It may raise: it runs in a process apart."""
