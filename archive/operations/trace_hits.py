"""What is traced: a place in a bag, as the passages of a record in which it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.operations.one_record import Located

Span = tuple[str, int, int]
"""A payload path and a half-open range of its bytes."""


@dataclass(frozen=True, slots=True)
class Part:
    """A passage as its record has it, and the characters of it that are meant; None for all of them."""

    passage: Mapping[str, Any]
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One place to trace: the parts of passages, or none for the whole document; what was forgiven; its annotation.

    Raises:
        KeyError, TypeError: a passage has not the shape of a passage.
    """

    located: Located
    parts: tuple[Part, ...] = ()
    forgiven: tuple[str, ...] = ()
    annotation: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        for passage in self.passages:
            for layer, start, end in spans_of(passage):
                if not isinstance(layer, str) or not 0 <= start <= end:
                    msg = f"no range of bytes: {layer} {start}-{end}"
                    raise TypeError(msg)

    @property
    def passages(self) -> list[Mapping[str, Any]]:
        """The passages that are to be projected again."""
        return [part.passage for part in self.parts] or list(self.located.record["passages"])


def spans_of(passage: Mapping[str, Any]) -> list[Span]:
    """The ranges of bytes that a passage follows from.

    Raises:
        KeyError, TypeError: it has not the shape of a passage.
    """
    return [(one["layer"], one["byte_start"], one["byte_end"]) for one in passage["spans"]]
