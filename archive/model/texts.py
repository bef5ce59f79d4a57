"""Many short texts in one run of bytes: each takes up its bytes and eight more, where a string takes up fifty."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator


class Texts:
    """Texts by number, in the order in which they were added; lone surrogates are kept.

    >>> found = Texts(["one", "zwölf"])
    >>> found.add("three")
    >>> found[1], list(found), len(found)
    ('zwölf', ['one', 'zwölf', 'three'], 3)
    """

    __slots__ = ("_data", "_ends")

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._data = bytearray()
        self._ends = array("Q", [0])
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        """Adds the next text."""
        self._data += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._data))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        ends = self._ends
        return self._data[ends[number] : ends[number + 1]].decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))
