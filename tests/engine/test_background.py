"""Work that goes on while its items are still being found."""

from __future__ import annotations

import time

import pytest

from archive.engine import Background, ProcessEngine, SerialEngine, ThreadEngine
from tests.contracts import tasks


@pytest.mark.parametrize("engine", [SerialEngine(), ThreadEngine(2), ProcessEngine(2)])
def test_results_come_in_the_order_of_the_items(engine: SerialEngine) -> None:
    with Background(engine, tasks.add, 10) as work:
        early = []
        for item in range(300):
            work.put(item)
            early.extend(work.ready())
        assert [*early, *work.results()] == list(range(10, 310))


def test_work_begins_before_all_items_are_there() -> None:
    with Background(SerialEngine(), tasks.add, 1) as work:
        work.put(1)
        until = time.monotonic() + 10
        while not (found := list(work.ready())) and time.monotonic() < until:
            time.sleep(0.001)
        assert found == [2]


def test_who_brings_items_waits_for_those_who_work() -> None:
    with Background(SerialEngine(), tasks.wait, 0.001, ahead=1) as work:
        for item in [1] * 20:
            work.put(item)
        assert list(work.results()) == [1] * 20


def test_an_error_comes_behind_the_results_before_it() -> None:
    with Background(SerialEngine(), tasks.divide, 12) as work:
        work.put(3)
        work.put(0)
        results = work.results()
        assert next(results) == 4
        with pytest.raises(ZeroDivisionError):
            next(results)


def test_nothing_more_is_taken_after_an_error() -> None:
    with Background(SerialEngine(), tasks.divide, 12, ahead=1) as work, pytest.raises(ZeroDivisionError):
        _put_for_ever(work)


def _put_for_ever(work: Background[int, int]) -> None:
    while True:
        work.put(0)


def test_closing_stops_the_work() -> None:
    with Background(SerialEngine(), tasks.wait, 0.001) as work:
        for item in [1] * 100:
            work.put(item)
    assert list(work.ready())[:1] in ([], [1])  # it ended long before all were done, and without an error


@pytest.mark.parametrize("seconds", [0, 0.4])
def test_closing_waits_for_no_task_in_a_process(seconds: float) -> None:
    with Background(ProcessEngine(2), tasks.wait, 1) as work:
        for item in [600] * 9:
            work.put(item)
        time.sleep(seconds)  # the workers are being started, or are at work
        before = time.monotonic()
    assert time.monotonic() - before < 30


def test_closing_waits_for_no_task_in_a_thread() -> None:
    with Background(ThreadEngine(2), tasks.wait, 1) as work:
        work.put(600)
        before = time.monotonic()
    assert time.monotonic() - before < 30


def test_no_items_give_no_results() -> None:
    with Background(ProcessEngine(2), tasks.add, 1) as work:
        assert list(work.results()) == []
