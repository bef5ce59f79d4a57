"""Batches of tasks: as many documents as a worker takes at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from archive.model.crossing import Crossing
from archive.packing.batching import divided
from archive.packing.tasks import DocumentTask

MOST_IN_BATCH = 64
"""Documents in one task."""
LARGEST_BATCH = 2 * 1024 * 1024
"""Bytes of originals in one task, unless one document alone has more."""


class AlikeTasks(Protocol):
    """Tasks that have something in common, which crosses once for all of them."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[DocumentTask]: ...


@dataclass(frozen=True, slots=True)
class TaskBatch(Crossing):
    """Tasks that are worked on together, in their order.

    Attributes:
        pieces: tasks, and such as are alike.
        size: bytes to be read for them.
    """

    pieces: tuple[DocumentTask | AlikeTasks, ...]
    size: int

    def __len__(self) -> int:
        return sum(1 if isinstance(piece, DocumentTask) else len(piece) for piece in self.pieces)

    def __iter__(self) -> Iterator[DocumentTask]:
        for piece in self.pieces:
            if isinstance(piece, DocumentTask):
                yield piece
            else:
                yield from piece


def batches(tasks: Iterable[DocumentTask]) -> Iterator[tuple[DocumentTask, ...]]:
    """Tasks in batches of some dozen documents or a few megabytes, in their order."""
    return divided(tasks, lambda batch, size, task: is_full(len(batch), size, task.size))


def is_full(count: int, octets: int, more: int) -> bool:
    """Whether a batch of so many documents and bytes is not to have another of so many bytes."""
    return count == MOST_IN_BATCH or octets + more > LARGEST_BATCH
