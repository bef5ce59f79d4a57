"""The engine that works in several threads.

It is for tasks that spend their time where Python lets others run, such as hashing large files, and needs no more
memory than one process.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, TypeVar

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")

_WINDOW = 4
"""Tasks in flight for each thread, finished ones that wait for their turn included."""
_Work = tuple[int, Any] | None
_Outcome = tuple[int, Any, BaseException | None]


@dataclass(frozen=True, slots=True)
class ThreadEngine:
    """Spreads tasks over `workers` threads. Where the results are not taken to the end, running tasks end unheard."""

    workers: int

    def map(self, task: Callable[[Shared, Item], Result], shared: Shared, items: Iterable[Item]) -> Iterator[Result]:
        """Yields the results in order; see `archive.engine.engines.Engine.map`."""
        tasks: SimpleQueue[_Work] = SimpleQueue()
        outcomes: SimpleQueue[_Outcome] = SimpleQueue()
        for _ in range(self.workers):
            threading.Thread(target=_serve, args=(task, shared, tasks, outcomes), daemon=True).start()
        try:
            yield from self._in_order(enumerate(items), tasks, outcomes)
        finally:
            while not tasks.empty():
                tasks.get()
            for _ in range(self.workers):
                tasks.put(None)

    def _in_order(
        self, numbered: Iterator[tuple[int, Any]], tasks: SimpleQueue[_Work], outcomes: SimpleQueue[_Outcome]
    ) -> Iterator[Any]:
        waiting: deque[int] = deque()
        finished: dict[int, tuple[Any, BaseException | None]] = {}
        more = True
        while more or waiting:
            while more and len(waiting) < self.workers * _WINDOW:
                numbered_item = next(numbered, None)
                more = numbered_item is not None
                if numbered_item is not None:
                    tasks.put(numbered_item)
                    waiting.append(numbered_item[0])
            while waiting and waiting[0] not in finished:
                number, result, error = outcomes.get()
                finished[number] = result, error
            if waiting:
                result, error = finished.pop(waiting.popleft())
                if error is not None:
                    raise error
                yield result


def _serve(
    task: Callable[[Any, Any], Any], shared: object, tasks: SimpleQueue[_Work], outcomes: SimpleQueue[_Outcome]
) -> None:
    while work := tasks.get():
        number, item = work
        try:
            outcomes.put((number, task(shared, item), None))
        except BaseException as error:  # noqa: BLE001 - raised in its turn by the one who asked
            outcomes.put((number, None, error))
