"""The engine that works in this process, one item after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from threading import Event
from typing import TypeVar

from archive.engine.stopping import Stop

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class SerialEngine:
    """Does each task when its result is asked for."""

    def map(
        self,
        task: Callable[[Shared, Item], Result],
        shared: Shared,
        items: Iterable[Item],
        stop: Stop | None = None,
    ) -> Iterator[Result]:
        """Yields the results in order; see `archive.engine.engines.Engine.map`. Stopped, it ends after a task."""
        is_over = Event()
        if stop is not None:
            stop.on_given(is_over.set)
        for item in items:
            if is_over.is_set():
                return
            yield task(shared, item)
