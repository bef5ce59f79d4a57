"""What ends a run, held back for a while."""

from __future__ import annotations

import signal
import threading

import pytest

from archive.engine.interrupts import INTERRUPTS, deferred, undisturbed, without_interrupts


def test_they_are_blocked_for_a_while_and_no_longer() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with without_interrupts():
        assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) >= INTERRUPTS
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


def test_what_is_as_good_as_done_is_not_disturbed() -> None:
    before = signal.getsignal(signal.SIGINT)
    with undisturbed() as came:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        assert came == [signal.SIGINT] * 2
    assert signal.getsignal(signal.SIGINT) is before


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
