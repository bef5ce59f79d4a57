"""The engine that works in several processes.

The processes are started afresh and given this process's module path; they do not run the caller's main script again,
so a script that calls `archive.pack` at its top level works. (`multiprocessing` with spawn or forkserver would run it
again; with fork it can hang once Arrow has started threads.)
"""

from __future__ import annotations

import contextlib
import io
import os
import selectors
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Self, TypeVar, cast

from archive.engine.frames import ClosedError, receive, send
from archive.errors import WorkerError

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 2
"""Tasks that lie at one worker: the one in work and the next."""
_WINDOW = 4
"""Tasks in flight for each worker, finished ones that wait for their turn included."""
_START = "import sys; sys.path[:] = {path!r}; from archive.engine.worker import serve; serve()"


@dataclass(frozen=True, slots=True)
class ProcessEngine:
    """Spreads tasks over `workers` processes."""

    workers: int

    def map(self, task: Callable[[Shared, Item], Result], shared: Shared, items: Iterable[Item]) -> Iterator[Result]:
        """Yields the results in order; see `archive.engine.engines.Engine.map`."""
        with _Crew(self.workers, task, shared) as crew:
            yield from crew.work(iter(items))


class _Worker:
    """One process and the two pipes to it."""

    def __init__(self) -> None:
        path = [entry or os.getcwd() for entry in sys.path]  # noqa: PTH109 - sys.path holds strings
        # Unbuffered reading: what lies in a buffer wakes no selector. Writing is buffered, so that no frame is cut.
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START.format(path=path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        if self.process.stdin is None or self.process.stdout is None:
            msg = "a worker has both its pipes"
            raise AssertionError(msg)
        self.tasks = io.BufferedWriter(cast("io.RawIOBase", self.process.stdin))
        self.results: BinaryIO = cast("BinaryIO", self.process.stdout)
        self.load = 0

    def give(self, value: object) -> None:
        try:
            send(self.tasks, value)
        except BrokenPipeError:
            raise self.died() from None

    def take(self) -> tuple[int, bool, Any]:
        try:
            number, succeeded, outcome = receive(self.results)
        except ClosedError:
            raise self.died() from None
        return number, succeeded, outcome

    def died(self) -> WorkerError:
        code = self.process.wait()
        how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        return WorkerError(
            f"a worker process {how} in the middle of its work",
            remedy="The machine may be short of memory; try again with --jobs 1",
        )

    def stop(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self.tasks.close()
        self.results.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class _Crew:
    """The running workers of one call of `map`."""

    def __init__(self, workers: int, task: Callable[..., Any], shared: object) -> None:
        self._ready = selectors.DefaultSelector()
        self._workers: list[_Worker] = []
        self._count = workers
        self._setup = (task, shared)

    def __enter__(self) -> Self:
        try:
            for _ in range(self._count):
                worker = _Worker()
                self._workers.append(worker)
                self._ready.register(worker.results, selectors.EVENT_READ, worker)
                worker.give(self._setup)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def work(self, items: Iterator[Any]) -> Iterator[Any]:
        finished: dict[int, tuple[bool, Any]] = {}
        numbered = enumerate(items)
        waiting: deque[int] = deque()
        more = True
        while more or waiting:
            while more and len(waiting) < self._count * _WINDOW and (worker := self._free()) is not None:
                numbered_item = next(numbered, None)
                more = numbered_item is not None
                if numbered_item is not None:
                    worker.give(numbered_item)
                    worker.load += 1
                    waiting.append(numbered_item[0])
            if waiting and waiting[0] in finished:
                yield _outcome(*finished.pop(waiting.popleft()))
            elif waiting:
                self._collect(finished)

    def _free(self) -> _Worker | None:
        worker = min(self._workers, key=_load)
        return worker if worker.load < _AHEAD else None

    def _collect(self, finished: dict[int, tuple[bool, Any]]) -> None:
        for key, _ in self._ready.select():
            worker: _Worker = key.data
            number, succeeded, outcome = worker.take()
            worker.load -= 1
            finished[number] = (succeeded, outcome)

    def _stop(self) -> None:
        self._ready.close()
        for worker in self._workers:
            worker.stop()


def _load(worker: _Worker) -> int:
    return worker.load


def _outcome(succeeded: bool, outcome: Any) -> Any:  # noqa: FBT001 - two members of one frame
    if not succeeded:
        raise outcome
    return outcome
