"""What whoever leads is asked to end by: Ctrl-C, and what `kill`, a shutdown or a closed terminal send."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType

INTERRUPTS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})


@contextlib.contextmanager
def without_interrupts() -> Iterator[None]:
    """Holds them back; what is started within inherits that, until it has decided what they mean to it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_to_the_parent() -> None:
    """Has this process pay no heed to them: whoever leads decides, and ends it."""
    for one in INTERRUPTS:
        signal.signal(one, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, INTERRUPTS)


def end_with_the_run() -> None:
    """Says that this process does nothing but one run: what comes when that is as good as done is heard no more."""
    _process.ends_with_the_run = True


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Has them do nothing to what is as good as done; other programs may still end it.

    Behind it they mean what they mean to whoever calls us, unless this process ends with the run (`end_with_the_run`).
    """
    with _kept() as came:
        try:
            yield
        finally:
            if _process.ends_with_the_run:
                came.clear()


@contextlib.contextmanager
def deferred() -> Iterator[None]:
    """Has them wait until the end, for what may not be left in the middle: some libraries of C end the process then."""
    with _kept():
        yield


@dataclass(slots=True)
class _Process:
    """What the one who started this process has said of it."""

    ends_with_the_run: bool = False


_process = _Process()


@contextlib.contextmanager
def _kept() -> Iterator[dict[int, FrameType | None]]:
    """Has them wait, each of them once, however often it comes; what is left of them in the end is heeded then."""
    came: dict[int, FrameType | None] = {}
    if threading.current_thread() is not threading.main_thread():  # they reach no other
        yield came
        return
    heeded = {one: handler for one in INTERRUPTS if callable(handler := signal.getsignal(one))}
    try:
        for one in heeded:
            signal.signal(one, came.setdefault)
        yield came
    finally:
        for one, handler in heeded.items():
            signal.signal(one, handler)
        for number, frame in came.items():
            heeded[signal.Signals(number)](number, frame)  # not sent again, which would wake an event loop twice
