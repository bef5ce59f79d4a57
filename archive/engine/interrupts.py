"""What whoever leads is asked to end by: Ctrl-C, and what `kill`, a shutdown or a closed terminal send."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator

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


@contextlib.contextmanager
def undisturbed() -> Iterator[list[int]]:
    """Has them do nothing to this process, for what is as good as done; other programs may still end it.

    Returns:
        The numbers of those that came, as they come.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():  # they reach no other
        yield came
        return
    heeded = {one: handler for one in INTERRUPTS if callable(handler := signal.getsignal(one))}
    try:
        for one in heeded:
            signal.signal(one, lambda number, _: came.append(number))
        yield came
    finally:
        for one, handler in heeded.items():
            signal.signal(one, handler)


@contextlib.contextmanager
def deferred() -> Iterator[None]:
    """Has them wait until the end, for what may not be left in the middle: some libraries of C end the process then."""
    with undisturbed() as came:
        yield
    if came:
        signal.raise_signal(came[0])
