"""Results stand beside the items that they came of, whatever works on them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive.engine import ProcessEngine, SerialEngine, ThreadEngine
from archive.engine.beside import beside
from archive.engine.engines import Engine
from tests.contracts import tasks


@pytest.mark.parametrize("engine", [SerialEngine(), ProcessEngine(2), ThreadEngine(2)])
def test_each_item_stands_beside_its_result(engine: Engine) -> None:
    assert list(beside(engine, tasks.add, 5, range(30))) == [(number, number + 5) for number in range(30)]


def test_no_more_items_are_taken_than_the_engine_takes() -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    found = beside(SerialEngine(), tasks.add, 0, numbers())
    assert next(found) == (0, 0)
    assert len(taken) < 5
