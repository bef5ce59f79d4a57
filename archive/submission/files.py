"""The files of a corpus folder with their sizes, of which there may be millions."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, ItemsView, Iterable, Iterator, Mapping, Sequence

from archive.model.texts import Texts

_LEAST_SLOTS = 8


class Files(Mapping[str, int]):
    """Path -> size in bytes. Each file has a number, too, in the order in which they were given.

    A dictionary takes up some two hundred bytes for each, this here its path and thirty more.

    Args:
        files: paths, each once, and sizes.

    >>> files = Files([("a.txt", 3), ("b.txt", 5)])
    >>> files["b.txt"], files.number("b.txt"), files.path(0), list(files.without({"a.txt"}))
    (5, 1, 'a.txt', ['b.txt'])
    """

    __slots__ = ("_hidden", "_kinds", "_paths", "_sizes", "_slots")

    def __init__(self, files: Iterable[tuple[str, int]] = ()) -> None:
        self._paths = Texts()
        self._sizes = array("q")
        for path, size in files:
            self._paths.add(path)
            self._sizes.append(size)
        self._hidden: frozenset[int] = frozenset()
        self._kinds: Mapping[int, str] = {}
        self._slots = array("i")

    def without(self, paths: Collection[str]) -> Files:
        """The same without some of them; the others keep their numbers, and nothing is held twice."""
        if not paths:
            return self
        hidden = self._hidden | {number for path in paths if (number := self.number(path)) is not None}
        fewer = _files_of(self._paths, self._sizes, hidden, self._kinds)
        fewer._slots = self._places()
        return fewer

    def of_kinds(self, kinds: Mapping[str, str]) -> Files:
        """The same, of which it is known which are containers.

        Args:
            kinds: path -> one of the kinds of `archive.model.containers`.
        """
        numbers = {number: kind for path, kind in kinds.items() if (number := self.number(path)) is not None}
        told = _files_of(self._paths, self._sizes, self._hidden, numbers)
        told._slots = self._places()
        return told

    def kind(self, path: str) -> str | None:
        """Which kind of container a file is, or None."""
        number = self.number(path)
        return None if number is None else self._kinds.get(number)

    def kind_of(self, number: int) -> str | None:
        """The same of the file of that number."""
        return self._kinds.get(number)

    def number(self, path: str) -> int | None:
        """The number of a file, or None where there is no such file."""
        slots = self._places()
        most = len(slots) - 1
        slot = hash(path) & most
        while (number := slots[slot]) >= 0:
            if self._paths[number] == path:
                return None if number in self._hidden else number
            slot = (slot + 1) & most
        return None

    def path(self, number: int) -> str:
        """The path of the file of that number."""
        return self._paths[number]

    def size(self, number: int) -> int:
        """Its size in bytes."""
        return self._sizes[number]

    def some(self, numbers: Sequence[int]) -> tuple[list[str], list[int]]:
        """The paths and the sizes of the files of some numbers."""
        sizes = self._sizes
        return self._paths.some(numbers), [sizes[number] for number in numbers]

    @property
    def most(self) -> int:
        """One more than the largest number."""
        return len(self._sizes)

    def numbered(self) -> Iterator[tuple[int, str]]:
        """Numbers and paths, in order."""
        if not self._hidden:
            return enumerate(self._paths)
        return ((number, path) for number, path in enumerate(self._paths) if number not in self._hidden)

    def _places(self) -> array[int]:
        """A hash table with open addressing: numbers where the hashes of their paths say, and -1 between them."""
        if not self._slots:
            slots = array("i", [-1]) * (1 << max(_LEAST_SLOTS, (2 * len(self._paths)).bit_length()))
            most = len(slots) - 1
            for number, path in enumerate(self._paths):
                slot = hash(path) & most
                while slots[slot] >= 0:
                    slot = (slot + 1) & most
                slots[slot] = number
            self._slots = slots
        return self._slots

    def __reduce__(self) -> tuple[Callable[..., Files], tuple[Texts, array[int], frozenset[int], Mapping[int, str]]]:
        """What pickling keeps: hashes are others in another process."""
        return _files_of, (self._paths, self._sizes, self._hidden, self._kinds)

    def __getitem__(self, path: str) -> int:
        number = self.number(path)
        if number is None:
            raise KeyError(path)
        return self._sizes[number]

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self.number(path) is not None

    def __iter__(self) -> Iterator[str]:
        return (path for _, path in self.numbered())

    def __len__(self) -> int:
        return len(self._sizes) - len(self._hidden)

    def items(self) -> ItemsView[str, int]:
        """Paths and sizes, in order, without looking each up."""
        return _Items(self)


def _files_of(paths: Texts, sizes: array[int], hidden: frozenset[int], kinds: Mapping[int, str]) -> Files:
    files = Files()
    files._paths, files._sizes, files._hidden, files._kinds = paths, sizes, hidden, kinds
    return files


class _Items(ItemsView[str, int]):
    _mapping: Files

    def __iter__(self) -> Iterator[tuple[str, int]]:
        files = self._mapping
        return ((path, files.size(number)) for number, path in files.numbered())
