"""What every engine offers, and how one is chosen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from archive.engine.serial import SerialEngine
from archive.errors import UsageError

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")
Task = Callable[[Shared, Item], Result]
"""A module-level function of a value shared by all calls and one item."""


class Engine(Protocol):
    """Maps a task over items."""

    def map(self, task: Callable[[Shared, Item], Result], shared: Shared, items: Iterable[Item]) -> Iterator[Result]:
        """Yields `task(shared, item)` for each item, in the order of the items.

        Items are taken as they are needed, never more than a few ahead of what was yielded. Closing the iterator
        stops all work.

        Args:
            task: a function of a module.
            shared: what all calls share.
            items: small values.

        Raises:
            Exception: what a task raised, when its turn comes.
            WorkerError: a worker process died, or a task raised what could not be sent back.
        """
        ...


def cores() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def engine_for(jobs: int | None, tasks: int) -> Engine:
    """The engine for this many tasks.

    Args:
        jobs: how many processes may work; None for all processors.
        tasks: how many tasks there are, at most; a single one is not worth a process.

    Raises:
        UsageError: `jobs` is less than one.
    """
    workers = min(workers_for(jobs), tasks)
    if workers <= 1:
        return SerialEngine()
    from archive.engine.processes import ProcessEngine  # what starts processes is not needed for few items

    return ProcessEngine(workers)


def workers_for(jobs: int | None) -> int:
    """How many may work at a time.

    Args:
        jobs: what was asked for; None for all processors.

    Raises:
        UsageError: `jobs` is less than one.
    """
    wanted = cores() if jobs is None else jobs
    if wanted < 1:
        raise UsageError(f"{wanted} workers cannot do anything", remedy="Give --jobs a number from 1 on")
    return wanted
