"""Work that goes on in other processes while its items are still being found."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic, Self, TypeVar

from archive.engine.processes import Crew

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 128
"""Items that wait for a worker before the one who brings more has to wait."""


class Background(Generic[Item, Result]):
    """Runs a task in processes; what is put in comes out again as results, in the same order.

    There is no thread in between, which would have to ask for the interpreter for every step while the one who brings
    items is busy. So workers get new items, and have their results taken, whenever a method is called here.

    Args:
        workers: how many processes work.
        task: a module-level function of `shared` and an item.
        shared: what all calls share.
        ahead: items that may wait.

    Raises:
        WorkerError: by every method, where a process could not be started or is no more.
    """

    def __init__(
        self, workers: int, task: Callable[[Shared, Item], Result], shared: Shared, ahead: int = _AHEAD
    ) -> None:
        self._ahead = ahead
        self._items: deque[Item] = deque()
        self._crew = Crew()
        self._crew.hire(workers)
        self._crew.set_to(task, shared)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def put(self, item: Item) -> None:
        """Takes one more item; waits where too many are waiting."""
        self._items.append(item)
        self.go_on()
        while len(self._items) > self._ahead:
            self._crew.collect()
            self._hand_out()

    @property
    def is_full(self) -> bool:
        """Whether who puts one more has to wait, or nearly."""
        return len(self._items) >= self._ahead

    def go_on(self) -> None:
        """Gives the workers what they have room for; to be called now and then by who has nothing to put."""
        self._crew.collect(0)
        self._hand_out()

    def ready(self) -> Iterator[Result]:
        """The next results, as far as they are there already.

        Raises:
            Exception: what the task raised, behind the results that came before.
        """
        while self._crew.has_next:
            yield self._crew.next()

    def results(self) -> Iterator[Result]:
        """All results that are left, in order.

        Raises:
            Exception: what the task raised, behind the results that came before.
        """
        while self._items or self._crew.waits:
            self._hand_out()
            if self._crew.has_next:
                yield self._crew.next()
            else:
                self._crew.collect()

    def close(self) -> None:
        """Stops all work at once, without waiting for what is in work."""
        self._crew.close(kill=bool(self._items or self._crew.waits))

    def _hand_out(self) -> None:
        while self._items and self._crew.has_room:
            self._crew.give(self._items.popleft())
