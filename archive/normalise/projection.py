"""The projection of passages: the published rule, applied to the layers of a reading.

The rule itself stands in `archive.model.derivation`, below the readers, which make the text of their blocks by it,
and below the bag's README, which prints it. `project`, `projection` and `operations_of` are offered here too, since
here is where steps look for them.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.model.derivation import BLANKS, operations_of, project, projection
from archive.model.spans import Layer, Span

PLAIN = ("controls", "soft-hyphens")
"""What every passage begins with, after the operations of its format."""

FINISH = ("spaces", "nfc")
"""What every passage ends with."""


def prose(format_operations: Sequence[str] = ()) -> str:
    """The projection of a passage whose lines are joined with a space.

    Args:
        format_operations: what the block's format needs (`Block.operations`).

    >>> prose(("json",))
    '1:json,controls,soft-hyphens,join-lines,spaces,nfc'
    """
    return projection((*format_operations, *PLAIN, "join-lines", *FINISH))


def prose_cjk(format_operations: Sequence[str] = ()) -> str:
    """The same for scripts that put no space between words: lines are joined with nothing."""
    return projection((*format_operations, *PLAIN, "join-lines-cjk", *FINISH))


def lines_kept(format_operations: Sequence[str] = ()) -> str:
    """The projection of a passage whose lines stay: verse, lists, addresses."""
    return projection((*format_operations, *PLAIN, "keep-lines", *FINISH))


def project_spans(layers: Sequence[Layer], spans: Sequence[Span], written: str) -> str:
    """The text of spans of the layers at hand.

    Args:
        layers: `Reading.layers`.
        spans: in reading order.
        written: the projection.

    Raises:
        ValueError: the projection or a charset is unknown.

    >>> project_spans([Layer(None, "utf-8", b"one two")], [Span(0, 4, 7)], prose())
    'two'
    """
    return project([(layers[span.layer].slice(span), layers[span.layer].charset) for span in spans], written)


__all__ = [
    "BLANKS",
    "FINISH",
    "PLAIN",
    "lines_kept",
    "operations_of",
    "project",
    "project_spans",
    "projection",
    "prose",
    "prose_cjk",
]
