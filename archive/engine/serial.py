"""The engine that works in this process, one item after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class SerialEngine:
    """Does each task when its result is asked for."""

    def map(self, task: Callable[[Shared, Item], Result], shared: Shared, items: Iterable[Item]) -> Iterator[Result]:
        """Yields the results in order; see `archive.engine.engines.Engine.map`."""
        for item in items:
            yield task(shared, item)
