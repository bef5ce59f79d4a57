"""Many short texts in one run: each takes up its characters and eight bytes, where a string takes up fifty more."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise


class Texts:
    """Texts by number, in the order in which they were added; lone surrogates are kept.

    They are to be added before any is asked for: the first question puts them together, another one after more were
    added does so again.

    >>> found = Texts(["one", "zwölf"])
    >>> found.add("three")
    >>> found[1], list(found), len(found)
    ('zwölf', ['one', 'zwölf', 'three'], 3)
    """

    __slots__ = ("_ends", "_is_plain", "_new", "_run")

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._new = bytearray()
        self._run: str | bytes = ""
        self._is_plain: bool | None = None
        self._ends = array("q", [0])
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        """Adds the next text."""
        if text:
            self._new += (data := text.encode("utf-8", "surrogatepass"))
            self._ends.append(self._ends[-1] + len(data))
        else:
            self._ends.append(self._ends[-1])

    def extend(self, texts: Iterable[str]) -> None:
        """Adds the next ones, in less time than one by one."""
        every = list(texts)
        together = "".join(every)
        self._new += together.encode("utf-8", "surrogatepass")
        sized = every if together.isascii() else [text.encode("utf-8", "surrogatepass") for text in every]
        self._ends.extend(accumulate(map(len, sized), initial=self._ends.pop()))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        if self._new:
            self._put_together()
        found = self._run[self._ends[number] : self._ends[number + 1]]
        return found if isinstance(found, str) else found.decode("utf-8", "surrogatepass")

    def some(self, numbers: Iterable[int]) -> list[str]:
        """Those of some numbers, in less time than one by one."""
        if self._new:
            self._put_together()
        run, ends = self._run, self._ends
        if isinstance(run, str):
            return [run[ends[number] : ends[number + 1]] for number in numbers]
        return [run[ends[number] : ends[number + 1]].decode("utf-8", "surrogatepass") for number in numbers]

    def __iter__(self) -> Iterator[str]:
        if self._new:
            self._put_together()
        run = self._run
        if isinstance(run, str):
            return (run[start:end] for start, end in pairwise(self._ends))
        return (run[start:end].decode("utf-8", "surrogatepass") for start, end in pairwise(self._ends))

    @property
    def are_empty(self) -> bool:
        """Whether none of them has a character."""
        return not self._ends[-1]

    @property
    def are_plain(self) -> bool:
        """Whether all of them are written in printable ASCII."""
        if self._new:
            self._put_together()
        if self._is_plain is None:
            self._is_plain = isinstance(self._run, str) and self._run.isprintable()
        return self._is_plain

    def ending(self, endings: Iterable[str]) -> list[int]:
        """The numbers of those that end in one of some ASCII texts, in any case of its letters, in order.

        >>> Texts(["a.json", "b.txt", "C.JSON", ".jsonl"]).ending([".json"])
        [0, 2]
        """
        if self._new:
            self._put_together()
        run = (self._run.encode("ascii") if isinstance(self._run, str) else self._run).lower()
        found = set()
        for ending in endings:
            at = run.find(sought := ending.encode("ascii"))
            while at >= 0:
                end = at + len(sought)
                number = bisect_left(self._ends, end)
                if self._ends[number] == end and self._ends[number - 1] <= at:
                    found.add(number - 1)
                at = run.find(sought, at + 1)
        return sorted(found)

    def _put_together(self) -> None:
        """One string where all of it is ASCII, which is cut three times as quickly, else bytes."""
        run, self._run, self._is_plain = self._run, "", None
        old = run.encode("ascii") if isinstance(run, str) else run
        data, self._new = self._new, bytearray()
        data[:0] = old
        self._run = data.decode("ascii") if data.isascii() else bytes(data)
