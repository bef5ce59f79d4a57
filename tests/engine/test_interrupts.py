"""What ends a run, held back for a while."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest

from archive.engine import interrupts
from archive.engine.interrupts import INTERRUPTS, deferred, end_with_the_run, undisturbed, without_interrupts


@pytest.fixture(autouse=True)
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """What whoever calls us hears of what it heeds itself; Ctrl-C is as Python has it, however tests are started."""
    heard: list[int] = []
    monkeypatch.setattr(interrupts._process, "ends_with_the_run", False)  # which tests of the command have said
    before = {one: signal.getsignal(one) for one in INTERRUPTS}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for one in INTERRUPTS - {signal.SIGINT}:
        signal.signal(one, lambda number, _: heard.append(number))
    yield heard
    for one, handler in before.items():
        signal.signal(one, handler)


def test_they_are_blocked_for_a_while_and_no_longer() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with without_interrupts():
        assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) >= INTERRUPTS
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


def test_what_is_as_good_as_done_is_not_disturbed_and_whoever_calls_hears_behind_it(heard: list[int]) -> None:
    before = {one: signal.getsignal(one) for one in INTERRUPTS}

    @undisturbed()
    def work() -> None:
        for one in (signal.SIGHUP, signal.SIGTERM, signal.SIGTERM, signal.SIGINT):
            signal.raise_signal(one)
        assert heard == []

    with pytest.raises(KeyboardInterrupt):
        work()
    assert heard == [signal.SIGHUP, signal.SIGTERM]
    assert {one: signal.getsignal(one) for one in INTERRUPTS} == before


def test_what_goes_wrong_there_hides_nothing_that_came(heard: list[int]) -> None:
    @undisturbed()
    def work() -> None:
        signal.raise_signal(signal.SIGTERM)
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        work()
    assert heard == [signal.SIGTERM]


def test_a_process_that_ends_with_the_run_hears_nothing_behind_it(heard: list[int]) -> None:
    end_with_the_run()
    with undisturbed():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)
    assert heard == []
    with pytest.raises(KeyboardInterrupt), deferred():
        signal.raise_signal(signal.SIGINT)


def test_what_may_not_be_left_in_the_middle_is_left_behind_it() -> None:
    done = []

    @deferred()
    def work(number: int) -> None:
        if number:
            signal.raise_signal(number)
        done.append(number)

    with pytest.raises(KeyboardInterrupt):
        work(signal.SIGINT)
    work(0)
    assert done == [signal.SIGINT, 0]


def test_in_other_threads_there_is_nothing_to_hold_back() -> None:
    found: list[object] = []

    def look() -> None:
        with undisturbed():
            found.append(signal.getsignal(signal.SIGINT))

    one = threading.Thread(target=look)
    one.start()
    one.join()
    assert found == [signal.getsignal(signal.SIGINT)]
