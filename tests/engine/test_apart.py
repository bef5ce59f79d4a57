"""A process apart: what it gives back, what befalls it, and that the next call is none the worse for it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from archive.engine.apart import Apart, Bounds, LostError
from archive.errors import WorkerError

pytestmark = pytest.mark.usefixtures("measured_processes")

MIB = 1 << 20


@pytest.fixture
def apart() -> Iterator[Apart]:
    one = Apart(Bounds(seconds=1, memory=512 * MIB, patience=60))
    yield one
    one.close()


def process_id(_: object) -> int:
    return os.getpid()


def double(item: int) -> int:
    return 2 * item


def fail(_: object) -> None:
    raise KeyError("a key")


def die(number: int) -> None:
    os.kill(os.getpid(), number)


def leave(code: int) -> None:
    os._exit(code)


def compute_for_ever(_: object) -> None:
    while True:
        pass


def hold(octets: int) -> int:
    return len(bytearray(octets))


def test_it_gives_results_and_is_used_again(apart: Apart) -> None:
    assert [apart.call(double, number) for number in range(3)] == [0, 2, 4]
    assert apart.call(process_id, None) == apart.call(process_id, None) != os.getpid()


def test_a_large_item_goes_there_and_back(apart: Apart) -> None:
    assert apart.call(hold, 5 * MIB) == 5 * MIB
    assert apart.call(len, b"x" * (5 * MIB)) == 5 * MIB


@pytest.mark.parametrize(
    ("task", "item", "how"),
    [
        (fail, None, "its reader came upon something that it does not expect"),
        (die, signal.SIGSEGV, "ended by signal 11"),
        (die, signal.SIGKILL, "ended by signal 9"),
        (leave, 3, "ended with exit code 3"),
        (hold, 2048 * MIB, "out of memory"),
    ],
)
def test_what_goes_wrong_costs_one_call(apart: Apart, task: object, item: object, how: str) -> None:
    with pytest.raises(LostError) as caught:
        apart.call(task, item)  # type: ignore[arg-type]
    assert str(caught.value) == how
    assert not caught.value.is_late
    assert apart.call(double, 4) == 8


def lack(_: object) -> None:
    raise ModuleNotFoundError("No module named 'what is needed'")


def test_what_no_call_can_have_is_no_fault_of_one(apart: Apart) -> None:
    with pytest.raises(WorkerError, match="what is needed"):
        apart.call(lack, None)


def test_what_computes_for_too_long_is_ended(apart: Apart) -> None:
    with pytest.raises(LostError, match="more than 1 s of processor time") as caught:
        apart.call(compute_for_ever, None)
    assert caught.value.is_late
    assert apart.call(double, 4) == 8


def test_what_waits_for_too_long_is_ended() -> None:
    apart = Apart(Bounds(seconds=60, memory=512 * MIB, patience=1))
    with pytest.raises(LostError, match="no answer within 1 s") as caught:
        apart.call(time.sleep, 60)
    assert caught.value.is_late
    apart.close()


def test_each_call_has_its_own_time(apart: Apart) -> None:
    for _ in range(4):
        assert apart.call(busy, 0.5) is None


def busy(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_a_process_that_died_between_two_calls_costs_nothing(apart: Apart) -> None:
    os.kill(apart.call(process_id, None), signal.SIGKILL)
    assert apart.call(double, 1) == 2


left: list[int] = []


def fail_where_used(_: object) -> int:
    left.append(1)
    if len(left) > 1:
        os._exit(1)
    return os.getpid()


def test_no_call_pays_for_what_an_earlier_one_left(apart: Apart) -> None:
    assert len({apart.call(fail_where_used, None) for _ in range(3)}) == 3


def test_closing_twice_does_no_harm(apart: Apart) -> None:
    apart.close()
    apart.call(double, 1)
    apart.close()
    apart.close()
