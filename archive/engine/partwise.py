"""Items that are worked on part by part, so that a part that takes too much costs itself alone.

A task goes through its item with `parts` and says of each part what it may take. Where the worker process is lost over
a part (it took too long, wanted too much memory, or what it called crashed), whoever leads (`archive.engine.processes`)
reads which part it was from a mark in memory that both share, and has another worker do the item again: at first all
of it, since an earlier part may have left something behind; then without the part, of which the task is told how it
was lost. What took too long is not tried again.

In the process that leads nothing can be bounded so. There a task that meets something heavy stops (`weigh`), and its
item goes to a worker (`archive.engine.teams`).
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from archive.engine.bounds import Bounds, allow, allow_any_time, hold_to

Item = TypeVar("Item")

HEAVY = 256 * 1024
"""Bytes of one thing that are worked on in the process that leads; what is larger goes to a worker."""
MARK = 8
"""Bytes of a mark."""
NO_PART, BETWEEN, TOGETHER = 0, 1, 2
"""Marks: nothing that could be told apart is in work; the parts of an item are done, and its result is on its way; some
parts are in work together."""
_FIRST = 3
"""The mark of an item's first part; of the others it is one more each."""
OUT_OF_MEMORY = 86
"""The exit code of a worker that may have no more memory."""


class HeavyError(Exception):
    """A task met something that is too heavy for the process that leads."""


@dataclass(frozen=True, slots=True)
class Loss:
    """How a worker was lost over a part.

    Attributes:
        how: in a few words.
        is_late: whether it took more time than it may.
    """

    how: str
    is_late: bool = False


Lost = Mapping[int, Loss]
"""The parts of an item that workers were lost over, by their place in it."""


@dataclass(slots=True)
class _Desk:
    """What a worker process knows of the item in work.

    Attributes:
        descriptor: of the memory that holds the mark; None in a process that leads.
        is_again: whether some of the item was done before.
        lost: its parts that are to be given up.
        is_limited: whether the clock runs.
        memory: what this process is held to.
    """

    descriptor: int | None = None
    is_again: bool = False
    lost: Lost = field(default_factory=dict)
    is_limited: bool = False
    memory: int | None = None
    mark: int = NO_PART

    def set(self, mark: int) -> None:
        if self.is_limited:
            allow_any_time()
            self.is_limited = False
        if self.descriptor is not None and mark != self.mark:
            os.pwrite(self.descriptor, mark.to_bytes(MARK, "little"), 0)
            self.mark = mark


_desk = _Desk()


@dataclass(slots=True)
class _Place(threading.local):
    """Whether the thread works on items in the process that leads."""

    leads: bool = field(default=False)


_place = _Place()


class Part(NamedTuple):
    """One part of an item in work.

    Attributes:
        is_again: whether it may have been begun before, so that something of it may be there already.
        loss: how it was lost before, so that it is to be given up; or None.
    """

    is_again: bool
    loss: Loss | None

    def limit(self, bounds: Bounds) -> None:
        """Says what the part may take from here on; where this process leads it says nothing."""
        if _desk.descriptor is None:
            return
        if _desk.memory != bounds.memory:
            hold_to(bounds.memory)
            _desk.memory = bounds.memory
        allow(bounds.seconds)
        _desk.is_limited = True


_ORDINARY = Part(is_again=False, loss=None)


def parts(items: Iterable[Item]) -> Iterator[tuple[Part, Item]]:
    """Goes through the parts of an item, and notes which of them is in work."""
    for number, item in enumerate(items):
        _desk.set(_FIRST + number)
        yield (Part(_desk.is_again, _desk.lost.get(number)) if _desk.is_again else _ORDINARY), item
    _desk.set(BETWEEN)


def parts_together(items: Iterable[Item], share: Callable[[Item], float]) -> Iterator[tuple[Part, Sequence[Item]]]:
    """The same, several small parts at a time, since work of one kind takes less time when it is done in a row.

    They may take together what one of them may take. Where that is not enough, or something crashes, nobody knows over
    which of them; so the item is done again part by part, and what comes of it is the same.

    Args:
        items: the parts.
        share: how much a part takes up of what is worked on at a time; one that takes up all stands by itself.
    """
    if _desk.is_again:
        yield from ((part, [item]) for part, item in parts(items))
        return
    some: list[Item] = []
    number, taken = 0, 0.0
    for number, item in enumerate(items):
        own = share(item)
        if some and taken + own > 1:
            yield _together(some, number)
            some, taken = [], 0.0
        some.append(item)
        taken += own
    if some:
        yield _together(some, number + 1)
    _desk.set(BETWEEN)


def _together(some: Sequence[Item], end: int) -> tuple[Part, Sequence[Item]]:
    """Some parts; `end` is the place behind the last of them."""
    _desk.set(TOGETHER if len(some) > 1 else _FIRST + end - 1)
    return _ORDINARY, some


def part_of(mark: int) -> int | None:
    """The place of a part, by its mark; None where the mark is of no part."""
    return mark - _FIRST if mark >= _FIRST else None


def weigh(octets: int) -> None:
    """Is told of something that is now to be worked on.

    Args:
        octets: how large it is.

    Raises:
        HeavyError: that is too heavy for the process that leads, and it can go to a worker.
    """
    if octets > HEAVY and _place.leads:
        raise HeavyError


@contextlib.contextmanager
def leading() -> Iterator[None]:
    """Within, this process works on items itself and can have them done by a worker."""
    _place.leads = True
    try:
        yield
    finally:
        _place.leads = False


def serve_marks(descriptor: int) -> None:
    """Says where this worker process leaves its marks."""
    _desk.descriptor = descriptor


def is_in_part() -> bool:
    """Whether this process is a worker in the middle of an item that has parts."""
    return _desk.mark != NO_PART


def again(lost: Lost) -> None:
    """Says that the next item is done again."""
    _desk.is_again, _desk.lost = True, lost


def done() -> None:
    """Says that the result of an item is given."""
    _desk.set(NO_PART)
    _desk.is_again, _desk.lost = False, {}
