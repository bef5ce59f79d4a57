"""The engine that works in threads of this process."""

from __future__ import annotations

import os
import threading

from archive.engine import Engine, ThreadEngine
from tests.contracts import tasks
from tests.contracts.engines import EngineContract, close


class TestContract(EngineContract):
    workers = 2

    def make(self) -> Engine:
        return ThreadEngine(2)


def test_it_stays_in_this_process() -> None:
    assert set(ThreadEngine(2).map(tasks.process_id, 0.0, range(4))) == {os.getpid()}


def test_its_threads_end_with_the_work() -> None:
    before = set(threading.enumerate())
    list(ThreadEngine(3).map(tasks.add, 1, range(10)))
    results = ThreadEngine(3).map(tasks.add, 1, range(10))
    next(results)
    close(results)
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=10)
    assert set(threading.enumerate()) <= before
