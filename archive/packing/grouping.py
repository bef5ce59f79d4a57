"""Groups of documents that belong together, directly or in a chain, and the names of the groups."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

_WIDTH = 12
"""Bytes of a name."""


class Groups:
    """Documents by number, each at first in a group of its own; the least name among its members names a group.

    A name follows from a text, so a group keeps its name when documents are renamed or come in another order.
    """

    def __init__(self) -> None:
        self._above = array("I")
        self._names = bytearray()

    def add(self, names: Sequence[str]) -> None:
        """Adds the next documents; each name is `g` and 24 hexadecimal digits."""
        self._above.extend(range(len(self._above), len(self._above) + len(names)))
        self._names += bytes.fromhex("".join([name[1:] for name in names]))

    def join(self, one: int, other: int) -> None:
        """Makes one group of the groups of two documents."""
        first, second = self._top(one), self._top(other)
        if first == second:
            return
        if self._name(second) < self._name(first):
            first, second = second, first
        self._above[second] = first

    def of(self, first: int, stop: int) -> list[str] | None:
        """The names of the groups of some documents in a row; None where each came with the name that it has."""
        numbers = range(first, stop)
        if self._above[first:stop] == array("I", numbers):  # a name that is not the least stands below another
            return None
        names = [self._name(self._top(number)) for number in numbers]
        is_as_it_came = b"".join(names) == self._names[first * _WIDTH : stop * _WIDTH]
        return None if is_as_it_came else [f"g{name.hex()}" for name in names]

    def _name(self, number: int) -> bytes:
        return bytes(self._names[number * _WIDTH : (number + 1) * _WIDTH])

    def _top(self, number: int) -> int:
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number
