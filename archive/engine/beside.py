"""Results beside the items that they came of."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from archive.engine.engines import Engine, Item, Result, Shared, Task


def beside(
    engine: Engine, task: Task[Shared, Item, Result], shared: Shared, items: Iterable[Item]
) -> Iterator[tuple[Item, Result]]:
    """Yields each item with its result, as `Engine.map` yields the results.

    Args:
        engine: maps.
        task: as for `Engine.map`.
        shared: as there.
        items: as there; those are held whose results are still to come.

    Raises:
        Exception: as `Engine.map` does.

    >>> from archive.engine import SerialEngine
    >>> list(beside(SerialEngine(), pow, 2, [3, 4]))
    [(3, 8), (4, 16)]
    """
    given: deque[Item] = deque()

    def noted() -> Iterator[Item]:
        for one in items:
            given.append(one)
            yield one

    for result in engine.map(task, shared, noted()):
        yield given.popleft(), result
