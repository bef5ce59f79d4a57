"""How one thread ends what another waits for."""

from __future__ import annotations

from archive.engine import Stop


def test_all_that_was_said_beforehand_happens() -> None:
    stop, happened = Stop(), list[int]()
    stop.on_given(lambda: happened.append(1))
    stop.on_given(lambda: happened.append(2))
    assert happened == []
    stop.give()
    assert happened == [1, 2]


def test_what_is_said_afterwards_happens_at_once() -> None:
    stop, happened = Stop(), list[int]()
    stop.give()
    stop.on_given(lambda: happened.append(1))
    assert happened == [1]
