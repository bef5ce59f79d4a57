"""Groups of documents that belong together, directly or in a chain, and the names of the groups."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

_DIGITS = 24


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

    def of(self, number: int) -> tuple[str, bool]:
        """The name of a document's group, and whether it is another than the document came with."""
        top, own = self._top(number), self._name(number)
        name = own if top == number else self._name(top)
        return f"g{name.hex()}", name != own

    def _name(self, number: int) -> bytes:
        width = _DIGITS // 2
        return bytes(self._names[number * width : (number + 1) * width])

    def _top(self, number: int) -> int:
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number
