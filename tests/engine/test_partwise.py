"""Items that are worked on part by part: a part that takes too much costs itself alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.engine import Bounds, Engine, Team, parts, weigh
from archive.engine.partwise import HEAVY, HeavyError, leading
from archive.errors import WorkerError
from tests.contracts import tasks

pytestmark = pytest.mark.usefixtures("measured_processes")

BOUNDS = Bounds(seconds=1, memory=1 << 30, patience=60)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Team(2) as team:
        yield team.engine(8)


def test_a_part_that_takes_too_long_is_given_up_and_nothing_else(engine: Engine) -> None:
    items = [("one", "two"), ("three", "hang", "four"), ("five",)]
    lost = ("ended by signal 24", True)
    assert list(engine.map(tasks.work_in_parts, BOUNDS, items)) == [["one", "two"], ["three", lost, "four"], ["five"]]


def test_what_wants_too_much_memory_and_what_crashes_is_tried_twice_and_given_up(engine: Engine) -> None:
    items = [("swell", "one", "kill"), ("two",)]
    lost = [("out of memory", False), "one", ("ended by signal 9", False)]
    assert list(engine.map(tasks.work_in_parts, BOUNDS, items)) == [lost, ["two"]]


def test_small_parts_are_worked_on_together(engine: Engine) -> None:
    item = ("a", "b", "c", "d", "large", "e")
    (found,) = engine.map(tasks.work_together, BOUNDS, [item])
    assert found == [(3, "a"), (3, "b"), (3, "c"), (1, "d"), (1, "large"), (1, "e")]
    assert list(engine.map(tasks.work_together, BOUNDS, [()])) == [[]]


def test_of_parts_that_were_worked_on_together_only_the_one_is_given_up_that_takes_too_much(engine: Engine) -> None:
    items = [("a", "hang", "b"), ("c", "kill", "d")]
    late, killed = ("ended by signal 24", True), ("ended by signal 9", False)
    found = list(engine.map(tasks.work_together, BOUNDS, items))
    assert found == [[(1, "a"), (1, late), (1, "b")], [(1, "c"), (1, killed), (1, "d")]]


def test_what_crashes_once_is_done_again(engine: Engine, tmp_path: Path) -> None:
    item = ("one", tmp_path / "crashed", "two")
    assert list(engine.map(tasks.work_in_parts, BOUNDS, [item])) == [list(item)]


def test_a_worker_that_is_lost_behind_all_parts_is_told_the_second_time(engine: Engine) -> None:
    with pytest.raises(WorkerError, match="ended with exit code 9"):
        list(engine.map(tasks.work_in_parts, BOUNDS, [("one", "end behind the parts")]))


def test_what_is_heavy_is_done_by_a_worker_and_all_that_follows() -> None:
    with Team(1) as team:
        items = [(1, HEAVY), (2, HEAVY + 1), (3,)]
        (here, new), (there, again), (also, other) = team.engine(1).map(tasks.process_of_part, BOUNDS, items)
    assert (here, new) == (os.getpid(), False)
    assert there == also != os.getpid()
    assert (again, other) == (True, False)


def test_only_who_leads_refuses_what_is_heavy() -> None:
    weigh(HEAVY + 1)
    with leading(), pytest.raises(HeavyError):
        weigh(HEAVY + 1)
    weigh(HEAVY + 1)


def test_in_the_process_that_leads_no_bound_is_set() -> None:
    for part, item in parts(["one"]):
        part.limit(Bounds(0, 0, 0))
        assert (item, part.is_again, part.loss) == ("one", False, None)
