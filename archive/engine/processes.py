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

from archive.engine.frames import ClosedError, receive, send
from archive.engine.starting import started, without_interrupts
from archive.engine.stopping import Stop
from archive.errors import WorkerError

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 2
"""Tasks that lie at one worker: the one in work and the next."""
_WINDOW = 4
"""Tasks in flight for each worker, finished ones that wait for their turn included."""
_PATIENCE = 0.5
"""Seconds that the workers have to end once their pipes are closed; who has pressed Ctrl-C waits no longer."""


@dataclass(frozen=True, slots=True)
class ProcessEngine:
    """Spreads tasks over `workers` processes."""

    workers: int

    def map(
        self,
        task: Callable[[Shared, Item], Result],
        shared: Shared,
        items: Iterable[Item],
        stop: Stop | None = None,
    ) -> Iterator[Result]:
        """Yields the results in order; see `archive.engine.engines.Engine.map`."""
        with _Crew(self.workers, task, shared) as crew:
            if stop is not None:
                stop.on_given(crew.kill)
            yield from crew.work(iter(items))


class _Worker:
    """One process and the two pipes to it."""

    def __init__(self) -> None:
        self.process = started()
        # Unbuffered reading: what lies in a buffer wakes no selector. Writing is buffered, so that no frame is cut.
        self.tasks = io.BufferedWriter(cast("io.RawIOBase", self.process.stdin))
        self.results: BinaryIO = cast("BinaryIO", self.process.stdout)
        self.load = 0

    def give(self, number: int, data: bytes) -> None:
        try:
            send(self.tasks, number, data)
        except BrokenPipeError:
            raise self.died() from None

    def take(self) -> tuple[int, bytes]:
        try:
            return receive(self.results)
        except ClosedError:
            raise self.died() from None

    def died(self) -> WorkerError:
        code = self.process.wait()
        how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        return WorkerError(
            f"a worker process {how} in the middle of its work",
            remedy="The machine may be short of memory; try again with --jobs 1",
        )

    def hang_up(self) -> None:
        """Closes the pipes, at which the process ends."""
        os.set_blocking(self.tasks.fileno(), False)
        with contextlib.suppress(OSError):  # a frame that was cut short; nobody waits for it
            self.tasks.close()
        self.results.close()

    def see_off(self, until: float) -> None:
        """Waits until the process has ended, and ends it if that takes longer than until then (`time.monotonic`)."""
        try:
            self.process.wait(timeout=max(0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class _Crew:
    """The running workers of one call of `map`."""

    def __init__(self, workers: int, task: Callable[..., Any], shared: object) -> None:
        self._ready = selectors.DefaultSelector()
        self._workers: list[_Worker] = []
        self._count = workers
        self._setup = pickle.dumps((task, shared), pickle.HIGHEST_PROTOCOL)

    def __enter__(self) -> Self:
        try:
            with without_interrupts():
                for _ in range(self._count):
                    self._workers.append(_Worker())
            for worker in self._workers:
                self._ready.register(worker.results, selectors.EVENT_READ, worker)
                worker.give(0, self._setup)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def work(self, items: Iterator[Any]) -> Iterator[Any]:
        finished: dict[int, bytes] = {}
        numbered = enumerate(items)
        waiting: deque[int] = deque()
        more = True
        while more or waiting:
            while more and len(waiting) < self._count * _WINDOW and (worker := self._free()) is not None:
                numbered_item = next(numbered, None)
                more = numbered_item is not None
                if numbered_item is not None:
                    number, item = numbered_item
                    worker.give(number, pickle.dumps(item, pickle.HIGHEST_PROTOCOL))
                    worker.load += 1
                    waiting.append(number)
            if waiting and waiting[0] in finished:
                yield _outcome(finished.pop(waiting.popleft()))
            elif waiting:
                self._collect(finished)

    def _free(self) -> _Worker | None:
        worker = min(self._workers, key=_load)
        return worker if worker.load < _AHEAD else None

    def _collect(self, finished: dict[int, bytes]) -> None:
        for key, _ in self._ready.select():
            worker: _Worker = key.data
            number, outcome = worker.take()
            worker.load -= 1
            finished[number] = outcome

    def kill(self) -> None:
        """Ends all workers at once; for another thread than the one that waits for them, which then finds them gone."""
        for worker in self._workers:
            worker.process.kill()

    def _stop(self) -> None:
        self._ready.close()
        for worker in self._workers:
            worker.hang_up()
        until = time.monotonic() + _PATIENCE
        for worker in self._workers:
            worker.see_off(until)


def _load(worker: _Worker) -> int:
    return worker.load


def _outcome(data: bytes) -> Any:
    try:
        succeeded, outcome = pickle.loads(data)  # noqa: S301 - from a worker, which is this package
    except Exception as error:
        raise WorkerError(f"a result could not be read ({type(error).__name__}: {error})") from error
    if not succeeded:
        raise outcome
    return outcome
