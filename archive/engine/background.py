"""Work that goes on while its items are still being found."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Generic, Self, TypeVar, cast

from archive.engine.stopping import Stop

if TYPE_CHECKING:
    from archive.engine.engines import Engine

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 128
"""Items that wait for a worker before the one who brings more has to wait."""


class Background(Generic[Item, Result]):
    """Runs an engine's `map` in a thread; what is put in comes out again as results, in the same order.

    Args:
        engine: what works.
        task: a module-level function of `shared` and an item.
        shared: what all calls share.
        ahead: items that may wait.
    """

    def __init__(
        self, engine: Engine, task: Callable[[Shared, Item], Result], shared: Shared, ahead: int = _AHEAD
    ) -> None:
        self._changed = threading.Condition()
        self._ahead = ahead
        self._items: deque[Item] = deque()
        self._results: deque[Result] = deque()
        self._no_more = self._stopped = self._over = False
        self._error: BaseException | None = None
        self._stop = Stop()
        self._thread = threading.Thread(target=self._run, args=(engine, task, shared), daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def put(self, item: Item) -> None:
        """Takes one more item; waits where too many are waiting.

        Raises:
            Exception: what the engine raised.
        """
        with self._changed:
            self._changed.wait_for(lambda: len(self._items) < self._ahead or self._over)
            if self._error is not None:
                raise self._error
            self._items.append(item)
            self._changed.notify_all()

    def ready(self) -> Iterator[Result]:
        """The next results, as far as they are there already."""
        while self._results:
            yield self._results.popleft()

    def results(self) -> Iterator[Result]:
        """All results that are left, in order; there are no more items then.

        Raises:
            Exception: what the engine raised, behind the results that came before.
        """
        with self._changed:
            self._no_more = True
            self._changed.notify_all()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._results or self._over)
                if not self._results:
                    break
                one = self._results.popleft()
            yield one
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        """Stops all work and waits until it has stopped."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        if not self._over:  # it may be waiting for a result that takes hours
            self._stop.give()
        self._thread.join()

    def _given(self) -> Iterator[Item]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._items or self._no_more or self._stopped)
                if self._stopped or not self._items:
                    return
                item = self._items.popleft()
                self._changed.notify_all()
            yield item

    def _run(self, engine: Engine, task: Callable[[Shared, Item], Result], shared: Shared) -> None:
        try:
            # Engines are generators, all of them: closing one stops its work at once.
            work = engine.map(task, shared, self._given(), self._stop)
            with closing(cast("Generator[Result, None, None]", work)) as results:
                for one in results:
                    with self._changed:
                        self._results.append(one)
                        self._changed.notify_all()
                        if self._stopped:
                            break
        except BaseException as error:  # noqa: BLE001 - raised again where the results are asked for
            self._error = error
        finally:
            with self._changed:
                self._over = True
                self._changed.notify_all()
