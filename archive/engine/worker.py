"""What runs in a worker process: takes tasks from standard input, gives results on standard output.

A worker lives no longer than its parent: a thread reads the tasks, and when the pipe ends the process ends at once,
so that a parent that was killed leaves nobody behind. What a library prints goes to standard error.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from typing import Any, BinaryIO

from archive.engine.frames import ClosedError, receive, send
from archive.errors import WorkerError


def serve() -> None:
    """Works until the parent closes the pipe; never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    tasks = os.fdopen(os.dup(0), "rb")
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_take, args=(tasks, waiting), daemon=True).start()
    task, shared = waiting.get()
    while True:
        number, item = waiting.get()
        _answer(results, number, task, shared, item)


def _take(tasks: BinaryIO, waiting: queue.SimpleQueue[Any]) -> None:
    try:
        while True:
            waiting.put(receive(tasks))
    except (ClosedError, OSError):
        os._exit(0)  # other threads may be at work for ever; the streams hold nothing that anybody waits for
    except BaseException as error:  # noqa: BLE001 - a task that cannot be unpickled here must not hang the parent
        print(f"worker: {type(error).__name__}: {error}", file=sys.stderr, flush=True)  # noqa: T201
        os._exit(3)


def _answer(results: BinaryIO, number: int, task: Any, shared: Any, item: Any) -> None:
    try:
        outcome = (number, True, task(shared, item))
    except BaseException as error:  # noqa: BLE001 - the parent raises it in its turn
        outcome = (number, False, error)
    try:
        send(results, outcome)
    except BrokenPipeError:
        os._exit(0)
    except Exception as error:  # noqa: BLE001 - what does not pickle is told in words
        what = f"{type(outcome[2]).__name__} could not be sent back ({error})"
        send(results, (number, False, WorkerError(what)))
