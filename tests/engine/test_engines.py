"""How an engine is chosen."""

from __future__ import annotations

import os
import pickle

import pytest

from archive.engine import ProcessEngine, SerialEngine, cores, engine_for
from archive.errors import UsageError


@pytest.mark.parametrize(("jobs", "tasks"), [(1, 100), (8, 1), (8, 0), (None, 1)])
def test_one_worker_or_one_task_is_done_here(jobs: int | None, tasks: int) -> None:
    assert engine_for(jobs, tasks) == SerialEngine()


def test_no_more_workers_than_tasks() -> None:
    assert engine_for(8, 3) == ProcessEngine(3)
    assert engine_for(2, 3) == ProcessEngine(2)


def test_all_processors_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.engine.engines.cores", lambda: 5)
    assert engine_for(None, 100) == ProcessEngine(5)


@pytest.mark.parametrize("jobs", [0, -1])
def test_no_worker_does_nothing(jobs: int) -> None:
    with pytest.raises(UsageError, match=f"{jobs} workers"):
        engine_for(jobs, 100)


def test_processors_are_those_that_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cores() >= 1
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {4, 7}, raising=False)
    assert cores() == 2


def test_processors_where_the_system_knows_no_affinity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr("os.cpu_count", lambda: None)
    assert cores() == 1


def test_engines_are_values() -> None:
    for engine in (SerialEngine(), ProcessEngine(3)):
        assert pickle.loads(pickle.dumps(engine)) == engine
