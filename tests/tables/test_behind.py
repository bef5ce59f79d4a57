"""Work that goes on behind the back of who gives it: in its order, and its errors are heard."""

from __future__ import annotations

import threading

import pytest

from archive.tables.behind import Behind


def test_pieces_of_work_are_done_in_their_order_and_not_here() -> None:
    behind, done = Behind(), list[tuple[int, bool]]()
    for number in range(5):
        behind.do(lambda number=number: done.append((number, threading.current_thread() is threading.main_thread())))
    behind.wait()
    behind.wait()
    assert done == [(number, False) for number in range(5)]


def test_what_it_raises_is_raised_once_and_nothing_is_begun_after_it() -> None:
    behind, done = Behind(), list[int]()
    behind.do(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        behind.do(lambda: done.append(1))
    behind.wait()
    assert done == []
