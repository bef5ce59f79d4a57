"""What runs in a worker process: takes tasks from standard input, gives results on standard output.

A worker lives no longer than its parent: a thread reads the tasks, and when the pipe ends the process ends at once,
so that a parent that was killed leaves nobody behind. What a library prints goes to standard error.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import threading
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO, NoReturn

from archive.engine import partwise
from archive.engine.frames import AGAIN, PREPARE, SET_UP, ClosedError, receive, send
from archive.engine.interrupts import leave_to_the_parent
from archive.errors import ArchiveError, WorkerError

_Frame = tuple[int, bytearray]
_VALUES_BETWEEN = 20_000
"""New values from which the collector of cycles looks at them; as Python has it, it took 3 percent of the work."""


def serve(marks: int | None = None) -> NoReturn:
    """Works until the parent closes the pipe; never returns.

    Args:
        marks: the descriptor of the file in which the parts of items are marked, if the parent asks for that.
    """
    if marks is not None:
        partwise.serve_marks(marks)
    leave_to_the_parent()
    tasks, results = _pipes()
    waiting: queue.SimpleQueue[_Frame] = queue.SimpleQueue()
    threading.Thread(target=_take, args=(tasks, waiting), daemon=True).start()
    task: Callable[[Any, Any], Any] = _refuse
    shared: object = WorkerError("a worker process was given nothing to do")
    while True:
        number, data = waiting.get()
        if number == SET_UP:
            task, shared = _setup(data)
            _spare_the_collector()
        elif number == PREPARE:
            _answer(_prepare, None, data)  # what goes wrong here goes wrong again where it is needed, and is told then
        elif number == AGAIN:
            partwise.again(_loaded(data, "what was lost"))
        else:
            _give(results, number, _answer(task, shared, data))
            partwise.done()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, out of the way of all that reads standard input and prints."""
    try:
        os.fstat(2)
    except OSError:  # the parent has no standard error
        os.open(os.devnull, os.O_WRONLY)
    tasks = os.fdopen(os.dup(0), "rb")
    results = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return tasks, results


def _take(tasks: BinaryIO, waiting: queue.SimpleQueue[_Frame]) -> None:
    try:
        while True:
            waiting.put(receive(tasks))
    except (ClosedError, OSError):
        os._exit(0)  # other threads may be at work for ever; the streams hold nothing that anybody waits for


def _setup(data: bytes | bytearray) -> tuple[Callable[[Any, Any], Any], Any]:
    try:
        task, shared = _loaded(data, "the task")
    except WorkerError as error:
        return _refuse, error
    return task, shared


def _spare_the_collector() -> None:
    """What is there when the work begins stays, and what comes and goes makes few cycles: both are looked at less."""
    gc.freeze()
    gc.set_threshold(_VALUES_BETWEEN, 20)


def _prepare(_: None, work: tuple[Callable[[Any], None], Any]) -> None:
    prepare, value = work
    prepare(value)


def _refuse(error: WorkerError, _: object) -> NoReturn:
    raise error


def _loaded(data: bytes | bytearray, what: str) -> Any:
    try:
        return pickle.loads(data)  # noqa: S301 - from the parent, which is this package
    except Exception as error:
        raise WorkerError(f"{what} could not be read in a worker process ({_words(error)})") from error


def _answer(task: Callable[[Any, Any], Any], shared: object, item: bytes | bytearray) -> bytes:
    try:
        outcome = task(shared, _loaded(item, "an item"))
    except BaseException as error:  # noqa: BLE001 - the parent raises it in its turn
        _expect_memory(error)
        return _failure(error)
    try:
        return pickle.dumps((True, outcome), pickle.HIGHEST_PROTOCOL)
    except MemoryError as error:
        _expect_memory(error)
        return _failure(error)
    except Exception as error:  # noqa: BLE001 - told in words, in its turn
        return _failure(WorkerError(f"a {type(outcome).__name__} could not be sent back ({_words(error)})"))


def _expect_memory(error: BaseException) -> None:
    """Ends this process where a part of an item wanted more memory than it may have: nobody knows what it left."""
    if isinstance(error, MemoryError) and partwise.is_in_part():
        os._exit(partwise.OUT_OF_MEMORY)


def _failure(error: BaseException) -> bytes:
    if not isinstance(error, ArchiveError):
        error.add_note("In a worker process:\n" + "".join(traceback.format_exception(error)).rstrip("\n"))
    try:
        data = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(data)  # noqa: S301 - our own; many exceptions can be written this way and not read
    except Exception:  # noqa: BLE001 - told in words
        return pickle.dumps((False, WorkerError(f"a task failed ({_words(error)})")), pickle.HIGHEST_PROTOCOL)
    return data


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def _give(results: BinaryIO, number: int, outcome: bytes) -> None:
    try:
        send(results, number, outcome)
    except BrokenPipeError:
        os._exit(0)
