"""The files of a corpus folder with their sizes, of which there may be millions."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, ItemsView, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import lt

from archive.model.containers import KINDS
from archive.model.texts import Texts

_KINDS = (None, *KINDS)
_LEAST_SLOTS = 8
_FEW = 64
"""Paths that are looked up by halving before a table is made, which takes as long as thousands of them."""


class _Table:
    """All paths and sizes, by number, and what finds the number of a path."""

    __slots__ = ("_few", "_is_in_order", "_slots", "paths", "sizes")

    def __init__(self) -> None:
        self.paths = Texts()
        self.sizes = array("q")
        self._is_in_order: bool | None = None
        self._few = _FEW
        self._slots = array("i")

    @property
    def is_in_order(self) -> bool:
        """Whether all paths are plain ASCII, each greater than the one before; asked when all are there."""
        if self._is_in_order is None:
            self._is_in_order = self.paths.are_plain and all(map(lt, self.paths, islice(self.paths, 1, None)))
        return self._is_in_order

    def number(self, path: str) -> int | None:
        """The number of a file, or None where there is no such file."""
        if self._few and not self._slots and self.is_in_order:
            self._few -= 1
            number = bisect_left(range(len(self.sizes)), path, key=self.paths.__getitem__)
            return number if number < len(self.sizes) and self.paths[number] == path else None
        slots = self._places()
        most = len(slots) - 1
        slot = hash(path) & most
        while (number := slots[slot]) >= 0:
            if self.paths[number] == path:
                return number
            slot = (slot + 1) & most
        return None

    def _places(self) -> array[int]:
        """A hash table with open addressing: numbers where the hashes of their paths say, and -1 between them."""
        if not self._slots:
            slots = array("i", [-1]) * (1 << max(_LEAST_SLOTS, (2 * len(self.paths)).bit_length()))
            most = len(slots) - 1
            for number, path in enumerate(self.paths):
                slot = hash(path) & most
                while slots[slot] >= 0:
                    slot = (slot + 1) & most
                slots[slot] = number
            self._slots = slots
        return self._slots

    def __reduce__(self) -> tuple[Callable[..., _Table], tuple[Texts, array[int]]]:
        """What pickling keeps: hashes are others in another process."""
        return _table_of, (self.paths, self.sizes)


def _table_of(paths: Texts, sizes: array[int]) -> _Table:
    table = _Table()
    table.paths, table.sizes = paths, sizes
    return table


class Files(Mapping[str, int]):
    """Path -> size in bytes. Each file has a number, too, in the order in which they were given.

    A dictionary takes up some two hundred bytes for each, this here its path and thirty more, and one for its kind.

    Args:
        files: paths, each once, and sizes.

    >>> files = Files([("a.txt", 3), ("b.txt", 5)])
    >>> files["b.txt"], files.number("b.txt"), files.path(0), list(files.without({"a.txt"}))
    (5, 1, 'a.txt', ['b.txt'])
    """

    __slots__ = ("_hidden", "_kinds", "_table")

    def __init__(self, files: Iterable[tuple[str, int]] = ()) -> None:
        self._table = _Table()
        for path, size in files:
            self._table.paths.add(path)
            self._table.sizes.append(size)
        self._hidden: frozenset[int] = frozenset()
        self._kinds = b""  # a byte for each file, its place in `_KINDS`; empty where none is any

    def extend(self, paths: Iterable[str], sizes: Iterable[int]) -> None:
        """Adds files, each once, before any is asked for."""
        self._table.paths.extend(paths)
        self._table.sizes.extend(sizes)

    def without(self, paths: Collection[str]) -> Files:
        """The same without some of them; the others keep their numbers, and nothing is held twice."""
        if not paths:
            return self
        hidden = self._hidden | {number for path in paths if (number := self.number(path)) is not None}
        return _files_of(self._table, hidden, self._kinds)

    def of_kinds(self, kinds: Mapping[str, str]) -> Files:
        """The same, of which it is known which are containers.

        Args:
            kinds: path -> one of the kinds of `archive.model.containers`.
        """
        found = bytearray(self.most if kinds else 0)
        for path, kind in kinds.items():
            number = self.number(path)
            if number is not None:
                found[number] = _KINDS.index(kind)
        return _files_of(self._table, self._hidden, bytes(found) if any(found) else b"")

    @property
    def are_of_kinds(self) -> bool:
        """Whether any is known to be a container."""
        return bool(self._kinds)

    @property
    def are_plain(self) -> bool:
        """Whether all paths are written in printable ASCII."""
        return self._table.paths.are_plain

    @property
    def are_in_order(self) -> bool:
        """Whether all paths are written in printable ASCII, each greater than the one before."""
        return self._table.is_in_order

    def ending(self, *endings: str) -> list[str]:
        """The paths that end in one of some ASCII texts, in any case of its letters, in order."""
        numbers = self._table.paths.ending(endings)
        return self._table.paths.some([number for number in numbers if number not in self._hidden])

    def kind(self, path: str) -> str | None:
        """Which kind of container a file is, or None."""
        number = self.number(path)
        return None if number is None else self.kind_of(number)

    def kind_of(self, number: int) -> str | None:
        """The same of the file of that number."""
        return _KINDS[self._kinds[number]] if self._kinds else None

    def number(self, path: str) -> int | None:
        """The number of a file, or None where there is no such file."""
        number = self._table.number(path)
        return None if number in self._hidden else number

    def path(self, number: int) -> str:
        """The path of the file of that number."""
        return self._table.paths[number]

    def size(self, number: int) -> int:
        """Its size in bytes."""
        return self._table.sizes[number]

    def paths(self, numbers: Sequence[int]) -> list[str]:
        """The paths of the files of some numbers."""
        return self._table.paths.some(numbers)

    def sizes(self, numbers: Sequence[int]) -> list[int]:
        """The sizes of the files of some numbers."""
        sizes = self._table.sizes
        return [sizes[number] for number in numbers]

    @property
    def most(self) -> int:
        """One more than the largest number."""
        return len(self._table.sizes)

    def numbered(self) -> Iterator[tuple[int, str]]:
        """Numbers and paths, in order."""
        if not self._hidden:
            return enumerate(self._table.paths)
        return ((number, path) for number, path in enumerate(self._table.paths) if number not in self._hidden)

    def some(self, most: int) -> Iterator[Sequence[int]]:
        """All numbers in order, up to so many at a time."""
        for start in range(0, self.most, most):
            numbers = range(start, min(start + most, self.most))
            if self._hidden.isdisjoint(numbers):
                yield numbers
            elif kept := [number for number in numbers if number not in self._hidden]:
                yield kept

    def __reduce__(self) -> tuple[Callable[..., Files], tuple[_Table, frozenset[int], bytes]]:
        """What pickling keeps."""
        return _files_of, (self._table, self._hidden, self._kinds)

    def __getitem__(self, path: str) -> int:
        number = self.number(path)
        if number is None:
            raise KeyError(path)
        return self._table.sizes[number]

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self.number(path) is not None

    def __iter__(self) -> Iterator[str]:
        return (path for _, path in self.numbered())

    def __len__(self) -> int:
        return self.most - len(self._hidden)

    def items(self) -> ItemsView[str, int]:
        """Paths and sizes, in order, without looking each up."""
        return _Items(self)


def _files_of(table: _Table, hidden: frozenset[int], kinds: bytes) -> Files:
    files = Files()
    files._table, files._hidden, files._kinds = table, hidden, kinds
    return files


class _Items(ItemsView[str, int]):
    _mapping: Files

    def __iter__(self) -> Iterator[tuple[str, int]]:
        files = self._mapping
        return ((path, files.size(number)) for number, path in files.numbered())
