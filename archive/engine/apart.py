"""Work that may crash its interpreter, hang, or want too much memory: done in a process apart, one call at a time.

The process is started when it is first needed and used again; when it is lost, the call that was in it fails and the
next one gets a new process. It ends when this process does, however that ends.
"""

from __future__ import annotations

import contextlib
import io
import pickle
import selectors
import signal
import subprocess
from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar, cast

from archive.engine.bounds import Bounds, allow, hold_to
from archive.engine.frames import SET_UP, ClosedError, receive, send
from archive.engine.interrupts import without_interrupts
from archive.engine.starting import started
from archive.errors import WorkerError
from archive.model.fault_words import fault_words

Item = TypeVar("Item")
Result = TypeVar("Result")

_PATIENCE = 5
"""Seconds that the process has to end once its pipes are closed."""


class LostError(Exception):
    """A call came to no result.

    Attributes:
        is_late: whether it took more time than it may.
        how: what happened, in a few words.
    """

    def __init__(self, how: str, *, is_late: bool = False) -> None:
        super().__init__(how, is_late)
        self.how = how
        self.is_late = is_late

    def __str__(self) -> str:
        return self.how


class _Process:
    """The process and the two pipes to it."""

    def __init__(self, bounds: Bounds) -> None:
        with without_interrupts():
            self._process = started(is_quiet=True)
        self.tasks = io.BufferedWriter(cast("io.RawIOBase", self._process.stdin))
        self.results: BinaryIO = cast("BinaryIO", self._process.stdout)  # unbuffered, as selectors need it
        send(self.tasks, SET_UP, pickle.dumps((_bounded, bounds), pickle.HIGHEST_PROTOCOL))

    def await_answer(self, seconds: int) -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(self.results, selectors.EVENT_READ)
            if not ready.select(seconds):
                raise LostError(f"no answer within {seconds} s", is_late=True)

    def end(self, patience: int = _PATIENCE) -> int:
        """Waits for its end, and ends it if that takes long; returns the exit code, negative for a signal."""
        with contextlib.suppress(OSError):  # a frame that was cut short; nobody waits for it
            self.tasks.close()
        self.results.close()
        try:
            return self._process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def kill(self) -> None:
        self._process.kill()
        self.end()


class Apart:
    """A process apart; for one thread, to be closed after use.

    Args:
        bounds: of each call.
    """

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._process: _Process | None = None

    def call(self, task: Callable[[Item], Result], item: Item) -> Result:
        """Returns `task(item)`, for a function at the top of a module and an item that pickles.

        What fails in a process that was used before is tried once more in a fresh one, so that no call pays for what
        an earlier one left behind.

        Raises:
            LostError: the process ended, took too long, or the task raised anything.
            WorkerError: no process could be started, or it lacks what the task needs: no call can succeed.
        """
        data = pickle.dumps((task, item), pickle.HIGHEST_PROTOCOL)
        was_used = self._process is not None
        try:
            return cast("Result", self._once(data))
        except LostError as error:
            if error.is_late or not was_used:
                raise
        return cast("Result", self._once(data))

    def _once(self, data: bytes) -> Any:
        process = self._process = self._process or _Process(self._bounds)
        try:
            send(process.tasks, 1, data)
            process.await_answer(self._bounds.patience)
            outcome = receive(process.results)[1]
        except (BrokenPipeError, ClosedError):
            self._process = None
            raise self._how_it_ended(process.end()) from None
        except BaseException:
            self._process = None
            process.kill()
            raise
        succeeded, result = pickle.loads(outcome)  # noqa: S301 - from the process, which is this package
        if succeeded:
            return result
        self.close()  # what a task left behind when it failed is not known
        if isinstance(result, (WorkerError, ImportError)):
            raise WorkerError(f"a process apart cannot work here ({result})") from result
        raise LostError(fault_words(result))

    def close(self) -> None:
        """Ends the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.end()

    def _how_it_ended(self, code: int) -> LostError:
        if code == -signal.SIGXCPU:
            return LostError(f"more than {self._bounds.seconds} s of processor time", is_late=True)
        return LostError(f"ended by signal {-code}" if code < 0 else f"ended with exit code {code}")


def _bounded(bounds: Bounds, work: tuple[Callable[[Any], Any], Any]) -> Any:
    """What the process does with each call: it sets its own bounds, then works. Later calls raise them again."""
    allow(bounds.seconds)
    hold_to(bounds.memory)
    task, item = work
    return task(item)
