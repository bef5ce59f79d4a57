"""Signals that end a run in an orderly way."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from archive.cli import endings
from archive.cli.endings import ToldToEnd, heed_no_more, heed_signals
from archive.engine import interrupts
from archive.engine.interrupts import undisturbed


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(interrupts._process, "ends_with_the_run", False)
    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGHUP)}
    for one in before:
        signal.signal(one, signal.SIG_DFL)
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


def test_a_signal_is_an_interrupt_with_its_own_exit_code() -> None:
    heed_signals()
    with pytest.raises(KeyboardInterrupt) as told:
        signal.raise_signal(signal.SIGTERM)
    assert isinstance(told.value, ToldToEnd)
    assert told.value.exit_code == 143


def test_one_that_comes_while_bags_are_published_is_heard_no_more() -> None:
    heed_signals()
    with undisturbed():
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGINT)


def test_two_at_once_are_one_and_a_later_one_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    heed_signals()
    with pytest.raises(ToldToEnd):
        signal.raise_signal(signal.SIGHUP)
    signal.raise_signal(signal.SIGTERM)
    later = endings.monotonic() + 3
    monkeypatch.setattr(endings, "monotonic", lambda: later)
    with pytest.raises(ToldToEnd):
        signal.raise_signal(signal.SIGTERM)


def test_in_the_end_nothing_disturbs() -> None:
    heed_signals()
    heed_no_more()
    signal.raise_signal(signal.SIGTERM)
    signal.raise_signal(signal.SIGHUP)


def test_what_is_ignored_stays_so() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    heed_signals()
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
