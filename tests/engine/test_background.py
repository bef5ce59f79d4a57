"""Work that goes on while its items are still being found."""

from __future__ import annotations

import time

import pytest

from archive.engine import Background
from archive.errors import WorkerError
from tests.contracts import tasks


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    with Background(workers, tasks.add, 10) as work:
        early = []
        for item in range(300):
            work.put(item)
            early.extend(work.ready())
        assert [*early, *work.results()] == list(range(10, 310))


def test_work_begins_before_all_items_are_there() -> None:
    with Background(1, tasks.add, 1) as work:
        work.put(1)
        until = time.monotonic() + 30
        while not (found := list(work.ready())) and time.monotonic() < until:
            work.go_on()
        assert found == [2]


def test_who_brings_items_waits_for_those_who_work() -> None:
    with Background(1, tasks.wait, 0.001, ahead=1) as work:
        for item in [1] * 20:
            work.put(item)
            assert not work.is_full or len(list(work.ready())) < 20
        assert sum(work.results()) <= 20


def test_items_may_still_come_while_results_are_taken() -> None:
    with Background(1, tasks.add, 1) as work:
        work.put(0)
        found = []
        for one in work.results():
            found.append(one)
            if one < 5:
                work.put(one)
        assert found == [1, 2, 3, 4, 5]


def test_an_error_comes_behind_the_results_before_it() -> None:
    with Background(1, tasks.divide, 12) as work:
        work.put(3)
        work.put(0)
        results = work.results()
        assert next(results) == 4
        with pytest.raises(ZeroDivisionError):
            next(results)


def test_a_worker_that_is_no_more_is_told() -> None:
    with Background(1, tasks.end_at, 1) as work, pytest.raises(WorkerError, match="exit code 7"):
        _put_for_ever(work)


def _put_for_ever(work: Background[int, int]) -> None:
    while True:
        work.put(1)


@pytest.mark.parametrize("seconds", [0, 0.4])
def test_closing_waits_for_no_task(seconds: float) -> None:
    with Background(2, tasks.wait, 1) as work:
        for item in [600] * 9:
            work.put(item)
        time.sleep(seconds)  # the workers are being started, or are at work
        before = time.monotonic()
    assert time.monotonic() - before < 30


def test_no_items_give_no_results() -> None:
    with Background(2, tasks.add, 1) as work:
        assert list(work.results()) == []
