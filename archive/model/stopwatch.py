"""How long the steps of a piece of work take, for whoever asks; it is told, and never kept in a bag."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter
from typing import Any


class Stopwatch:
    """Seconds by step, in the order in which the steps were first taken.

    Args:
        is_running: whether anything is measured; asked of one that is not, nothing is.
    """

    def __init__(self, *, is_running: bool = False) -> None:
        self.is_running = is_running
        self._seconds: dict[str, float] = {}
        self._last = perf_counter()

    def start(self) -> None:
        """What went before belongs to no step."""
        if self.is_running:
            self._last = perf_counter()

    def lap(self, step: str) -> None:
        """What went on since the last call was this step."""
        if self.is_running:
            now = perf_counter()
            self._seconds[step] = self._seconds.get(step, 0.0) + now - self._last
            self._last = now

    def add(self, laps: Iterable[tuple[str, float]]) -> None:
        """Takes in what another measured."""
        for step, seconds in laps:
            self._seconds[step] = self._seconds.get(step, 0.0) + seconds

    def taken(self) -> tuple[tuple[str, float], ...]:
        """The steps with their seconds, which are then measured anew."""
        found, self._seconds = tuple(self._seconds.items()), {}
        return found

    def as_json(self) -> list[dict[str, Any]]:
        """The steps with their seconds, to the thousandth."""
        return [{"step": step, "seconds": round(seconds, 3)} for step, seconds in self._seconds.items()]


class Timing:
    """What a run took: by the clock in the process that leads it, and added up over the processes that work.

    Args:
        is_running: whether anything is measured.
    """

    def __init__(self, *, is_running: bool = False) -> None:
        self.is_running = is_running
        self.lead = Stopwatch(is_running=is_running)
        self.workers = Stopwatch(is_running=is_running)

    def as_json(self) -> dict[str, Any]:
        """Both, for a report."""
        return {"lead": self.lead.as_json(), "workers": self.workers.as_json()}
