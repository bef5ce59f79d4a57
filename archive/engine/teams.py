"""Workers that stay for all that a run maps, one map after the other, so that each is started once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Self, TypeVar

from archive.engine.engines import Engine, workers_for
from archive.engine.partwise import HeavyError, leading
from archive.engine.processes import Crew

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")


class Team:
    """The worker processes of one run, of which there are none until they are needed; use it as a context manager.

    Args:
        jobs: how many processes may work; None for all processors.

    Raises:
        UsageError: `jobs` is less than one.
    """

    def __init__(self, jobs: int | None = None) -> None:
        self.most = workers_for(jobs)
        self._crew: Crew | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close(kill=kind is not None)

    def call(self, tasks: int, prepare: Callable[[Any], None], value: object) -> None:
        """Starts the workers for so many tasks before there are any, and has each prepare itself meanwhile.

        Args:
            tasks: how many there are likely to be; a single one is not worth a process.
            prepare: a module-level function of `value`; what it raises is not heard.
            value: for `prepare`.

        Raises:
            WorkerError: a worker could not be started.
        """
        workers = min(self.most, tasks)
        if workers > 1:
            self._hired(workers).prepare(prepare, value)

    def engine(self, tasks: int) -> Engine:
        """What maps so many tasks at most: this process where it is one, else the workers.

        From the first item on that is too heavy for this process (`archive.engine.partwise`) a worker maps them.
        """
        workers = min(self.most, tasks)
        return _AloneEngine(self) if workers <= 1 else _TeamEngine(self, workers)

    def map(
        self,
        workers: int,
        task: Callable[[Shared, Item], Result],
        shared: Shared,
        items: Iterable[Item],
        *,
        is_again: bool = False,
    ) -> Iterator[Result]:
        """As `Engine.map`, by at least so many workers; one map has to end before the next begins.

        Args:
            workers: how many.
            task: as there.
            shared: as there.
            items: as there.
            is_again: whether the first of the items was begun in this process.
        """
        try:
            crew = self._hired(workers)
            crew.set_to(task, shared)
            yield from crew.work(iter(items), is_again=is_again)
        except BaseException:
            self.close(kill=True)  # whoever works on does so in vain
            raise

    def close(self, *, kill: bool = False) -> None:
        """Ends the workers; should there be more to do, others are started.

        Args:
            kill: whether they have no time to come to the end of anything.
        """
        crew, self._crew = self._crew, None
        if crew is not None:
            crew.close(kill=kill)

    def _hired(self, workers: int) -> Crew:
        self._crew = self._crew or Crew()
        self._crew.hire(workers)
        return self._crew


@dataclass(frozen=True, slots=True)
class _TeamEngine:
    """See `archive.engine.engines.Engine`."""

    team: Team
    workers: int

    def map(self, task: Callable[[Shared, Item], Result], shared: Shared, items: Iterable[Item]) -> Iterator[Result]:
        """See `Engine.map`."""
        return self.team.map(self.workers, task, shared, items)


@dataclass(frozen=True, slots=True)
class _AloneEngine:
    """Works in this process as long as nothing heavy comes."""

    team: Team

    def map(self, task: Callable[[Shared, Item], Result], shared: Shared, items: Iterable[Item]) -> Iterator[Result]:
        """See `Engine.map`."""
        waiting = iter(items)
        for item in waiting:
            try:
                with leading():
                    result = task(shared, item)
            except HeavyError:
                yield from self.team.map(1, task, shared, chain((item,), waiting), is_again=True)
                return
            yield result
