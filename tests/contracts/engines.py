"""What every engine must do, wherever it works. A test class inherits this and says how its engine is made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.engine import Engine
from archive.errors import ArchiveError, SourceChangedError
from tests.contracts import tasks

MOST_AHEAD = 4
"""Items for each worker that may have been taken and not yielded."""


class EngineContract:
    """The tests; `make` gives the engine, `workers` how many work in it."""

    workers = 1

    def make(self) -> Engine:
        raise NotImplementedError

    @pytest.fixture
    def engine(self) -> Engine:
        return self.make()

    def test_gives_the_results_in_the_order_of_the_items(self, engine: Engine) -> None:
        items = [3, 0, 2, 0, 1, 0, 0, 2]
        assert list(engine.map(tasks.wait, 0.01, items)) == items

    def test_gives_nothing_for_nothing(self, engine: Engine) -> None:
        assert list(engine.map(tasks.add, 1, [])) == []

    def test_hands_the_shared_value_to_every_call(self, engine: Engine) -> None:
        assert list(engine.map(tasks.add, 10, range(50))) == list(range(10, 60))

    def test_may_be_used_again(self, engine: Engine) -> None:
        assert list(engine.map(tasks.add, 1, [1])) == [2]
        assert list(engine.map(tasks.add, 2, [1])) == [3]

    def test_takes_items_as_they_are_needed(self, engine: Engine) -> None:
        taken: list[int] = []
        results = engine.map(tasks.add, 0, _noted(range(100), taken))
        assert taken == []
        for count, _ in enumerate(results, start=1):
            assert len(taken) <= count + MOST_AHEAD * self.workers
        assert len(taken) == 100

    def test_takes_nothing_more_once_closed(self, engine: Engine) -> None:
        taken: list[int] = []
        results = engine.map(tasks.add, 0, _noted(range(100), taken))
        next(results)
        close(results)
        before = len(taken)
        assert before <= 1 + MOST_AHEAD * self.workers
        assert list(results) == []
        assert len(taken) == before

    def test_raises_in_its_turn_what_a_task_raised(self, engine: Engine) -> None:
        results = engine.map(tasks.divide, 12, [1, 2, 3, 0, 4])
        assert [next(results) for _ in range(3)] == [12, 6, 4]
        with pytest.raises(ZeroDivisionError, match="division"):
            next(results)
        assert list(results) == []

    def test_errors_of_ours_come_unchanged(self, engine: Engine) -> None:
        with pytest.raises(SourceChangedError) as caught:
            list(engine.map(tasks.refuse, "b.txt", [1]))
        assert (caught.value.what, caught.value.where, caught.value.remedy) == ("1 changed", "b.txt", "Wait")

    def test_errors_with_names_of_their_own_come_unchanged(self, engine: Engine) -> None:
        with pytest.raises(UnicodeDecodeError) as caught:
            list(engine.map(tasks.decode, "utf-8", [b"a\xff"]))
        assert caught.value.start == 1

    def test_a_task_may_ask_to_exit(self, engine: Engine) -> None:
        with pytest.raises(SystemExit, match="4"):
            list(engine.map(tasks.leave, None, [4]))

    def test_errors_of_the_items_come_through(self, engine: Engine) -> None:
        with pytest.raises(ArchiveError, match="no more"):
            list(engine.map(tasks.add, 1, _broken()))

    def test_values_may_be_larger_than_a_pipe_holds(self, engine: Engine) -> None:
        size = 3_000_000
        shared, items = b"s" * size, [bytes([number]) * size for number in range(6)]
        assert list(engine.map(tasks.join, shared, items)) == [shared + item for item in items]

    def test_what_a_task_prints_disturbs_nothing(self, engine: Engine) -> None:
        assert list(engine.map(tasks.print_it, "x" * 10_000, range(20))) == list(range(20))

    def test_a_task_that_reads_standard_input_waits_for_nobody(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Path(os.devnull).open() as nothing:
            monkeypatch.setattr("sys.stdin", nothing)
            assert list(engine.map(tasks.read_input, None, [1, 2])) == ["", ""]


def close(results: Iterator[object]) -> None:
    """Closes what an engine gave: a generator, though the interface promises an iterator only."""
    results.close()  # type: ignore[attr-defined]


def _noted(items: range, taken: list[int]) -> Iterator[int]:
    for item in items:
        taken.append(item)
        yield item


def _broken() -> Iterator[int]:
    yield 1
    raise ArchiveError("no more")
