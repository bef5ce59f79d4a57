"""The engine that works in several processes.

The processes are started afresh and given this process's module path; they do not run the caller's main script again,
so a script that calls `archive.pack` at its top level works. (`multiprocessing` with spawn or forkserver would run it
again; with fork it can hang once Arrow has started threads.)
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import selectors
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Self, TypeVar, cast

from archive.engine.frames import AGAIN, PREPARE, SET_UP, ClosedError, receive, send
from archive.engine.interrupts import without_interrupts
from archive.engine.partwise import Lost
from archive.engine.starting import started
from archive.engine.troubles import End, Marks, Troubles
from archive.errors import WorkerError

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 2
"""Tasks that lie at one worker: the one in work and the next."""
_WINDOW = 4
"""Tasks in flight for each worker, finished ones that wait for their turn included."""
_END = object()
_PATIENCE = 0.5
"""Seconds that the workers have to end once their pipes are closed; who has pressed Ctrl-C waits no longer."""


@dataclass(frozen=True, slots=True)
class ProcessEngine:
    """Spreads tasks over `workers` processes."""

    workers: int

    def map(self, task: Callable[[Shared, Item], Result], shared: Shared, items: Iterable[Item]) -> Iterator[Result]:
        """Yields the results in order; see `archive.engine.engines.Engine.map`."""
        with Crew() as crew:
            crew.hire(self.workers)
            crew.set_to(task, shared)
            yield from crew.work(iter(items))


class _Worker:
    """One process, the two pipes to it, and what was given to it."""

    def __init__(self) -> None:
        self._marks = Marks()
        try:
            self.process = started(self._marks.descriptor)
        except BaseException:
            self._marks.close()
            raise
        # Unbuffered reading: what lies in a buffer wakes no selector. Writing is buffered, so that no frame is cut.
        self.tasks = io.BufferedWriter(cast("io.RawIOBase", self.process.stdin))
        self.results: BinaryIO = cast("BinaryIO", self.process.stdout)
        self.given: deque[tuple[int, bytes]] = deque()

    def tell(self, number: int, data: bytes) -> None:
        """Says what it is to do with items; that it is no more shows where results are taken."""
        with contextlib.suppress(BrokenPipeError):
            send(self.tasks, number, data)

    def give(self, number: int, data: bytes, lost: Lost | None = None) -> None:
        """Gives it an item, perhaps again; that it is no more shows where results are taken."""
        self.given.append((number, data))
        with contextlib.suppress(BrokenPipeError):
            if lost is not None:
                send(self.tasks, AGAIN, pickle.dumps(dict(lost), pickle.HIGHEST_PROTOCOL))
            send(self.tasks, number, data)

    def take(self) -> tuple[int, bytearray]:
        """A result.

        Raises:
            ClosedError: it is no more.
        """
        answer = receive(self.results)
        self.given.popleft()
        return answer

    def ended(self) -> End:
        """How it ended, which it has."""
        return End(self.process.wait(), self._marks.last())

    def hang_up(self) -> None:
        """Closes the pipes, at which the process ends."""
        os.set_blocking(self.tasks.fileno(), False)
        with contextlib.suppress(OSError):  # a frame that was cut short; nobody waits for it
            self.tasks.close()
        self.results.close()
        self._marks.close()

    def see_off(self, until: float) -> None:
        """Waits until the process has ended, and ends it if that takes longer than until then (`time.monotonic`)."""
        try:
            self.process.wait(timeout=max(0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Crew:
    """Running workers that all do one task. For one thread, which gives items and takes results in the same order."""

    def __init__(self) -> None:
        self._ready = selectors.DefaultSelector()
        self._workers: list[_Worker] = []
        self._told: dict[int, bytes] = {}
        self._troubles = Troubles()
        self._finished: dict[int, bytearray] = {}
        self._given = self._taken = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def hire(self, workers: int) -> None:
        """Starts workers until there are so many.

        Raises:
            WorkerError: one of them could not be started; then all are gone.
        """
        try:
            with without_interrupts():
                while len(self._workers) < workers:
                    self._hire()
        except BaseException:
            self.close()
            raise

    def _hire(self) -> _Worker:
        worker = _Worker()
        self._workers.append(worker)
        self._ready.register(worker.results, selectors.EVENT_READ, worker)
        return worker

    def prepare(self, function: Callable[[Any], None], value: object) -> None:
        """Has each worker call a module-level function as soon as it can; what comes of that nobody hears."""
        self._tell(PREPARE, (function, value))

    def set_to(self, task: Callable[..., Any], shared: object) -> None:
        """Says what is to be done with items from now on; to be called while none is in work.

        Args:
            task: a module-level function of `shared` and an item.
            shared: what all calls share.
        """
        self._tell(SET_UP, (task, shared))

    def _tell(self, number: int, what: object) -> None:
        data = self._told[number] = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
        try:
            for worker in self._workers:
                worker.tell(number, data)
        except BaseException:
            self.close()
            raise

    def work(self, items: Iterator[Any], *, is_again: bool = False) -> Iterator[Any]:
        """The results of all items in their order, of which no more than a few are in work at a time.

        Args:
            items: they.
            is_again: whether the first of them was begun elsewhere.

        Raises:
            Exception: what the task raised.
            WorkerError: workers were lost over an item, and there is nothing to be given up.
        """
        more = True
        if is_again:
            self.give(next(items), {})
        while more or self.waits:
            while more and self.waits < len(self._workers) * _WINDOW and self.has_room:
                item = next(items, _END)
                more = item is not _END
                if more:
                    self.give(item)
            if self.has_next:
                yield self.next()
            elif self.waits:
                self.collect()

    @property
    def waits(self) -> int:
        """How many items were given whose results were not taken."""
        return self._given - self._taken

    @property
    def has_room(self) -> bool:
        """Whether a worker has less to do than it may have."""
        return min(map(_load, self._workers)) < _AHEAD

    @property
    def has_next(self) -> bool:
        """Whether the next result is there."""
        return self._taken in self._finished

    def give(self, item: object, lost: Lost | None = None) -> None:
        """Gives an item to the worker that has least to do.

        Args:
            item: it.
            lost: its parts that are to be given up, where it is done again.
        """
        worker = min(self._workers, key=_load)
        worker.give(self._given, pickle.dumps(item, pickle.HIGHEST_PROTOCOL), lost)
        self._given += 1

    def collect(self, seconds: float | None = None) -> None:
        """Waits for workers to finish something, at most so long; None for as long as it takes.

        Raises:
            WorkerError: workers were lost over an item, and there is nothing to be given up.
        """
        for key, _ in self._ready.select(seconds):
            worker: _Worker = key.data
            try:
                number, outcome = worker.take()
            except ClosedError:
                self._replace(worker)
                continue
            if self._troubles.lost:
                self._troubles.forget(number)
            self._finished[number] = outcome

    def _replace(self, worker: _Worker) -> None:
        """Has another worker do what lies at one that is no more."""
        end = worker.ended()
        lost: Lost | None = None
        if worker.given:
            lost = self._troubles.take(worker.given[0][0], end)
        else:
            self._troubles.take_idle(end)
        self._ready.unregister(worker.results)
        self._workers.remove(worker)
        worker.hang_up()
        with without_interrupts():
            other = self._hire()
        for what in (PREPARE, SET_UP):
            if what in self._told:
                other.tell(what, self._told[what])
        for number, data in worker.given:
            other.give(number, data, lost)
            lost = None

    def next(self) -> Any:
        """The next result, which is there.

        Raises:
            Exception: what the task raised.
        """
        data = self._finished.pop(self._taken)
        self._taken += 1
        return _outcome(data)

    def close(self, *, kill: bool = False) -> None:
        """Ends the workers.

        Args:
            kill: whether they have no time to come to the end of anything.
        """
        self._ready.close()
        workers, self._workers = self._workers, []
        for worker in workers if kill else ():
            worker.process.kill()
        for worker in workers:
            worker.hang_up()
        until = time.monotonic() + _PATIENCE
        for worker in workers:
            worker.see_off(until)


def _load(worker: _Worker) -> int:
    return len(worker.given)


def _outcome(data: bytearray) -> Any:
    try:
        succeeded, outcome = pickle.loads(data)  # noqa: S301 - from a worker, which is this package
    except Exception as error:
        raise WorkerError(f"a result could not be read ({type(error).__name__}: {error})") from error
    if not succeeded:
        raise outcome
    return outcome
