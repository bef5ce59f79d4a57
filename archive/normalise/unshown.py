"""Passages of words that a page holds and no browser shows among its text; no step weighs them, and none is kept."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from archive.model.blocks import Block
from archive.model.derivation import carry_out, operations_of
from archive.model.passages import Kind, Passage
from archive.normalise.projection import prose

_NOT_OF_THE_TEXT = (Kind.FURNITURE, "no browser shows it")
_WHY: MappingProxyType[str, tuple[Kind, str]] = MappingProxyType(
    {
        "description": (Kind.CAPTION, "it describes a picture to those who do not see it"),
        "svg": (Kind.CAPTION, "it stands in a drawing"),
        "math": (Kind.BODY, "it is a formula, which is more than its signs in a row"),
        "textarea": (Kind.FURNITURE, "it stands in a field of a form"),
        "template": (Kind.FURNITURE, "it is a template, which no browser shows"),
        **dict.fromkeys(
            ("noscript", "iframe", "object", "canvas", "noembed", "noframes"),
            (Kind.FURNITURE, "the markup shows it only to those for whom something else does not work"),
        ),
        "hidden": (Kind.FURNITURE, "the file formats it as hidden"),
        "xmp": (Kind.BODY, "it is markup that is shown as it is written"),
    }
)
"""What such words are and why they are not kept, by the hint of their block."""


def unshown_passages(blocks: Iterable[Block]) -> tuple[Passage, ...]:
    """The passages of `Reading.unshown`, one for each block."""
    return tuple(map(_passage, blocks))


def _passage(block: Block) -> Passage:
    kind, reason = _WHY.get(block.hint, _NOT_OF_THE_TEXT)
    text = carry_out((block.text,), operations_of(prose()))
    return Passage(block.spans, text, prose(block.operations), kind, kept=False, reason=reason, locator=block.locator)
