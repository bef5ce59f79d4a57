"""Dividing work into batches: as much as a worker takes at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar


class Sized(Protocol):
    """What has a size in bytes."""

    @property
    def size(self) -> int:
        """In bytes."""


Some = TypeVar("Some", bound=Sized)


def divided(some: Iterable[Some], is_enough: Callable[[Sequence[Some], int, Some], bool]) -> Iterator[tuple[Some, ...]]:
    """Batches of at least one, in the order of what is in them.

    Args:
        some: what is divided.
        is_enough: whether a batch, which has so many bytes, is to end before the next.
    """
    batch: list[Some] = []
    size = 0
    for one in some:
        if batch and is_enough(batch, size, one):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(one)
        size += one.size
    if batch:
        yield tuple(batch)
