"""Workers that stay for several maps."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from archive.engine import Engine, Team
from archive.engine.processes import Crew
from archive.errors import UsageError
from tests.contracts import tasks
from tests.contracts.engines import EngineContract, close


class TestTeam(EngineContract):
    workers = 3

    @pytest.fixture
    def engine(self) -> Iterator[Engine]:
        with Team(3) as team:
            yield team.engine(100)


@pytest.fixture
def team() -> Iterator[Team]:
    with Team(2) as team:
        yield team


def processes(team: Team, tasks_left: int = 8) -> set[int]:
    return set(team.engine(tasks_left).map(tasks.process_id, 0.05, range(8)))


def test_one_map_after_the_other_is_done_by_the_same_workers(team: Team) -> None:
    first = processes(team)
    assert list(team.engine(8).map(tasks.add, 5, range(9))) == list(range(5, 14))
    assert processes(team) == first
    assert len(first) == 2
    team.close()
    assert not first & processes(team)


def test_there_are_no_more_workers_than_tasks() -> None:
    with Team(8) as team:
        assert processes(team, 1) == {os.getpid()}
        two = processes(team, 2)
        assert len(two) == 2
        assert two < processes(team, 3)


def test_workers_are_called_before_there_is_anything_to_do(team: Team) -> None:
    team.call(1, tasks.remember, "nobody comes for a single task")
    team.call(9, tasks.remember, "told before")
    assert list(team.engine(9).map(tasks.remembered, None, range(2))) == ["told before"] * 2
    assert list(team.engine(1).map(tasks.remembered, None, range(1))) == [""]


def test_what_goes_wrong_in_preparing_disturbs_nothing(team: Team) -> None:
    team.call(9, tasks.leave_at_once, 3)
    assert list(team.engine(9).map(tasks.add, 1, [1, 2])) == [2, 3]


def test_a_map_that_is_given_up_leaves_nobody_at_work(team: Team) -> None:
    first = processes(team)
    results = team.engine(8).map(tasks.wait, 1, [0, 600, 600, 600])
    assert next(results) == 0
    close(results)
    assert not first & processes(team)


def test_what_goes_wrong_here_waits_for_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[bool] = []
    real = Crew.close

    def noted(crew: Crew, *, kill: bool = False) -> None:
        killed.append(kill)
        real(crew, kill=kill)

    monkeypatch.setattr(Crew, "close", noted)

    def work(error: Exception | None) -> None:
        with Team(2) as team:
            team.call(9, tasks.remember, "they are there")
            if error is not None:
                raise error

    with pytest.raises(UsageError):
        work(UsageError("the call is wrong"))
    work(None)
    assert killed == [True, False]


def test_workers_that_died_between_two_maps_are_replaced(team: Team) -> None:
    before = processes(team)
    for process in before:
        os.kill(process, signal.SIGKILL)
    large = b"more than a pipe holds" * 100_000
    assert list(team.engine(8).map(tasks.see, None, [large] * 4)) == ["bytes"] * 4
    assert not before & processes(team)


def test_no_worker_does_nothing() -> None:
    with pytest.raises(UsageError, match="0 workers"):
        Team(0)
