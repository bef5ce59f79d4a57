"""What is to be done with an item that a worker was lost over."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.engine.partwise import MARK, NO_PART, OUT_OF_MEMORY, Loss, part_of
from archive.errors import WorkerError

MOST_IDLE = 16
"""Workers that may be lost while they have nothing to do; beyond that something ends them at once."""


@dataclass(frozen=True, slots=True)
class End:
    """How a worker ended.

    Attributes:
        code: its exit code, negative for a signal.
        mark: which part of an item was in work (`archive.engine.partwise`).
    """

    code: int
    mark: int

    @property
    def error(self) -> WorkerError:
        """For whoever waits for results, where nothing can be done about it."""
        return WorkerError(
            f"a worker process {'was ' if self.code < 0 else ''}{self._how} in the middle of its work",
            remedy="The machine may be short of memory; try again with --jobs 1",
        )

    @property
    def loss(self) -> Loss:
        """Of the part that was in work."""
        if self.code == OUT_OF_MEMORY:
            return Loss("out of memory")
        return Loss(self._how, is_late=self.code == -signal.SIGXCPU)

    @property
    def _how(self) -> str:
        return f"ended by signal {-self.code}" if self.code < 0 else f"ended with exit code {self.code}"


@dataclass(slots=True)
class Troubles:
    """The items that workers were lost over.

    Each end costs an item a part, or is the first at its mark; so there is an end to it.
    """

    lost: dict[int, dict[int, Loss]] = field(default_factory=dict)
    suspects: dict[int, set[int]] = field(default_factory=dict)
    idle: int = 0

    def take(self, item: int, end: End) -> Mapping[int, Loss]:
        """Notes that a worker ended over an item.

        Args:
            item: its number.
            end: of the worker.

        Returns:
            The parts to be given up when the item is done again.

        Raises:
            WorkerError: it left of its own will and nobody knows what over, or it ended once more where there is
                nothing to be given up.
        """
        lost = self.lost.setdefault(item, {})
        marks = self.suspects.setdefault(item, set())
        part = part_of(end.mark)
        is_again = end.mark in marks
        marks.add(end.mark)
        if part is None:
            # A signal may have come from outside; an exit code tells of something that will be so again.
            if is_again or (end.mark == NO_PART and end.code >= 0):
                raise end.error
        elif part in lost:
            raise end.error
        elif is_again or end.loss.is_late:
            lost[part] = end.loss
        return lost

    def take_idle(self, end: End) -> None:
        """Notes that a worker ended that had nothing to do.

        Raises:
            WorkerError: it left of its own will, or too many did so.
        """
        self.idle += 1
        if end.code >= 0 or self.idle > MOST_IDLE:
            raise end.error

    def forget(self, item: int) -> None:
        """Notes that an item is done."""
        self.lost.pop(item, None)
        self.suspects.pop(item, None)


class Marks:
    """Memory in which a worker leaves its marks, and which stays when it is lost."""

    def __init__(self) -> None:
        self._file = None if hasattr(os, "memfd_create") else tempfile.TemporaryFile()  # noqa: SIM115 - see `close`
        self.descriptor = os.memfd_create("marks") if self._file is None else self._file.fileno()

    def last(self) -> int:
        """The mark that was left last."""
        return int.from_bytes(os.pread(self.descriptor, MARK, 0), "little")

    def close(self) -> None:
        """Gives the memory back."""
        if self._file is None:
            os.close(self.descriptor)
        else:
            self._file.close()
