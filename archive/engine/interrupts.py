"""What whoever leads is asked to end by: Ctrl-C, and what `kill`, a shutdown or a closed terminal send."""

from __future__ import annotations

import contextlib
import signal
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
