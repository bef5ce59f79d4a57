"""What one piece of work may take of the machine, and how a process is held to it (`setrlimit`, POSIX)."""

from __future__ import annotations

import resource
import time
from functools import cache
from typing import NamedTuple


class Bounds(NamedTuple):
    """What one call, or one part of an item, may take; a tuple, since each document has one.

    Attributes:
        seconds: of processor time, so that a busy or a slow machine changes little.
        memory: bytes of data that the process may hold.
        patience: seconds by the clock, for what waits and computes nothing.
    """

    seconds: int
    memory: int
    patience: int


def allow(seconds: int) -> None:
    """Has this process end by SIGXCPU once it has taken so many seconds of processor time more."""
    # Rounded up, since the kernel counts whole seconds.
    lower(resource.RLIMIT_CPU, int(time.process_time()) + seconds + 1)


def allow_any_time() -> None:
    """Lifts what `allow` said."""
    hardest = _hardest(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (hardest, hardest))


def hold_to(memory: int) -> None:
    """Has this process hold no more bytes of data; should it die, it leaves no image of its memory behind."""
    lower(resource.RLIMIT_DATA, memory)
    lower(resource.RLIMIT_CORE, 0)


def lower(what: int, bound: int) -> None:
    """Sets a bound of this process that it can raise again, as far as whoever started it lets it."""
    hardest = _hardest(what)
    resource.setrlimit(what, (bound if hardest == resource.RLIM_INFINITY else min(bound, hardest), hardest))


@cache
def _hardest(what: int) -> int:
    """The bound that this process cannot raise; asked once, since it is asked for each document and stays as it is."""
    return resource.getrlimit(what)[1]
