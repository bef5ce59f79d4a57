"""Batches of tasks: as many documents as a worker takes at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from archive.model.crossing import Crossing
from archive.packing.tasks import DocumentTask

MOST_IN_BATCH = 256
"""Documents in one task."""
_AT_FIRST = 64
"""Documents in the first tasks."""
_PART = 8
"""Later there are this part of all before in one, so that no worker goes on for long when the others are done."""
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


class Extent:
    """How far a batch goes; one after the other."""

    def __init__(self) -> None:
        self._before = 0
        self.count = self.octets = 0

    def is_enough(self, more: int) -> bool:
        """Whether the batch is not to have another document, of so many bytes."""
        most = min(MOST_IN_BATCH, max(_AT_FIRST, self._before // _PART))
        return self.count > 0 and (self.count >= most or self.octets + more > LARGEST_BATCH)

    def add(self, size: int) -> None:
        """A document of so many bytes is in the batch."""
        self.count += 1
        self.octets += size

    def end(self) -> None:
        """The batch ends; the next begins."""
        self._before += self.count
        self.count = self.octets = 0


def batches(tasks: Iterable[DocumentTask]) -> Iterator[tuple[DocumentTask, ...]]:
    """Tasks in batches of some dozen documents or a few megabytes, in their order."""
    extent, batch = Extent(), list[DocumentTask]()
    for task in tasks:
        if extent.is_enough(task.size):
            yield tuple(batch)
            extent.end()
            batch = []
        extent.add(task.size)
        batch.append(task)
    if batch:
        yield tuple(batch)
