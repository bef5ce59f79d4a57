"""A run that is told to end by `kill`, a shutdown or a closed terminal ends as it does after Ctrl-C: cleaned up."""

from __future__ import annotations

import signal
from time import monotonic
from types import FrameType

from archive.engine.interrupts import end_with_the_run

_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
_ONCE = 2.0
"""Seconds in which signals are one: `timeout` sends two at once, and the second would stop the cleaning up."""


class ToldToEnd(KeyboardInterrupt):
    """What Ctrl-C raises, for another signal.

    Attributes:
        number: of the signal.
        exit_code: 128 and the number, as shells have it.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        self.exit_code = 128 + number


def heed_signals() -> None:
    """Has signals that would end this process at once raise `ToldToEnd` instead; those that are ignored stay so."""
    end_with_the_run()
    obey = _Obedience()
    for one in _SIGNALS:
        if signal.getsignal(one) is signal.SIG_DFL:  # `nohup` has a closed terminal ignored
            signal.signal(one, obey)


def heed_no_more() -> None:
    """Has this process come to its end undisturbed, once all is cleaned up and only words are left to say."""
    for one in _SIGNALS:
        signal.signal(one, signal.SIG_IGN)


class _Obedience:
    """Raises `ToldToEnd`, again only where the first one may have been lost on its way."""

    def __init__(self) -> None:
        self._last = -_ONCE

    def __call__(self, number: int, _: FrameType | None) -> None:
        now = monotonic()
        if now - self._last >= _ONCE:
            self._last = now
            raise ToldToEnd(number)
