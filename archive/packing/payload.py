"""The bag in the making: what has been written into it, under which digests."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple, Self

from archive.model.digests import Hasher, hasher, hex_length
from archive.packing.copies import SIZE, Copies
from archive.packing.entries import Block, Entries
from archive.packing.places import place_in
from archive.storage.copying import measure
from archive.storage.trouble import explained, told_in_words

_DATA = b"data/"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the bag: its size and its digests, in the order of the bag's algorithms."""

    size: int
    digests: tuple[str, ...]


class Listed(NamedTuple):
    """Files that follow one another: their names, and a digest of each in lower-case hex."""

    names: list[bytes]
    digests: list[str]


@dataclass(slots=True)
class _Section:
    """The files of one folder of the bag: their entries, how many there are and how many bytes they have."""

    entries: Entries
    files: int = 0
    octets: int = 0


class Payload:
    """Files in a folder, each written once, with their digests; what is known of millions of them waits on disk.

    Args:
        folder: the bag in the making.
        algorithms: normalised names.
    """

    def __init__(self, folder: Path, algorithms: Sequence[str]) -> None:
        self.folder = folder
        self.algorithms = tuple(algorithms)
        self._sha256 = self.algorithms.index("sha256")
        self._lengths = [hex_length(algorithm) // 2 for algorithm in self.algorithms]
        self._starts = [SIZE + sum(self._lengths[:number]) for number in range(len(self._lengths))]
        # By folder (`data/originals/`), each a contiguous part of the order of all; what lies in none by its own name.
        self._sections: dict[bytes, _Section] = {}

    def close(self) -> None:
        """Removes what waits on disk."""
        for section in self._sections.values():
            section.entries.close()

    def enter(self, path: str, size: int, digests: Sequence[tuple[str, str]]) -> None:
        """Notes a file that somebody else wrote.

        Raises:
            StorageError: the disk refused.
        """
        by_name, name = dict(digests), _path_bytes(path)
        section = self._section(_folder_of(name))
        value = bytes.fromhex("".join([by_name[algorithm] for algorithm in self.algorithms]))
        section.entries.add(name, size.to_bytes(SIZE, "big") + value)
        section.files += 1
        section.octets += size

    def enter_copies(self, copies: Copies) -> None:
        """Notes several such files in one folder.

        Raises:
            StorageError: the disk refused.
        """
        names = copies.names
        if names:
            section = self._section(_folder_of(names[0]))
            section.entries.add_all(names, Block(copies.joined, copies.values))
            section.files += len(names)
            section.octets += copies.octets

    def _section(self, key: bytes) -> _Section:
        found = self._sections.get(key)
        if found is None:
            found = self._sections[key] = _Section(Entries(str(self.folder), SIZE + sum(self._lengths)))
        return found

    def enter_written(self, path: str) -> None:
        """Notes a file that a library wrote, reading it once for its digests."""
        taken = measure(place_in(self.folder, path), self.algorithms)
        self.enter(path, taken.size, tuple(taken.digests.items()))

    def write(self, path: str, data: bytes) -> None:
        """Writes a small file.

        Raises:
            StorageError: the disk refused.
        """
        with self.writing(path) as file:
            file.write(data)

    @contextlib.contextmanager
    def writing(self, path: str) -> Iterator[HashedFile]:
        """A new file that is written piece by piece."""
        with HashedFile(place_in(self.folder, path), self.algorithms) as file:
            yield file
        self.enter(path, file.size, file.digests())

    def sha256(self, path: str) -> str:
        """The sha256 of a file of the bag; meant for its few own files.

        Raises:
            KeyError: there is no such file.
        """
        name = _path_bytes(path)
        section = self._sections.get(_folder_of(name))
        found = section.entries.get(name) if section is not None else None
        if found is None:
            raise KeyError(path)
        return self._digest(found, self._sha256)

    def files(self, prefix: str = "", *, leaving_out: Collection[str] = ()) -> Iterator[tuple[str, Entry]]:
        """The files whose path begins with `prefix`, in order of bytes.

        Args:
            prefix: with which paths begin.
            leaving_out: folders (`data/originals/`) whose files are not wanted.
        """
        beginning, width = _path_bytes(prefix), SIZE + sum(self._lengths)
        for block in self._in_order(frozenset(map(_path_bytes, leaving_out))):
            for number, name in enumerate(block.names):
                if name.startswith(beginning):
                    entry = block.values[number * width : (number + 1) * width]
                    digests = tuple([self._digest(entry, number) for number in range(len(self.algorithms))])
                    size = int.from_bytes(entry[:SIZE], "big")
                    yield name.decode("utf-8", "surrogateescape"), Entry(size, digests)

    def listing(self, algorithm: str, folders: Sequence[str] = ()) -> Iterator[Listed]:
        """The payload's files in order of bytes, many at a time.

        Args:
            algorithm: whose digests are wanted.
            folders: below `data/`, of which the files are wanted alone (`data/originals/`).
        """
        number = self.algorithms.index(algorithm)
        start, width = self._starts[number], SIZE + sum(self._lengths)
        end = start + self._lengths[number]
        others = self._sections.keys() - set(map(_path_bytes, folders)) if folders else _outside(self._sections)
        for block in self._in_order(others):
            names, values = block.names, block.values.hex()
            places = range(0, 2 * width * len(names), 2 * width)
            yield Listed(names, [values[at + 2 * start : at + 2 * end] for at in places])

    def folders(self) -> list[tuple[str, int, int]]:
        """The folders of the payload, below `data/`, how many files are in each, and how many bytes they have."""
        inside = ((key, one) for key, one in sorted(self._sections.items()) if key.startswith(_DATA) and key != _DATA)
        return [(key.decode("utf-8", "surrogateescape"), one.files, one.octets) for key, one in inside]

    def extent(self, prefix: Literal["", "data/"] = "") -> tuple[int, int]:
        """How many files there are, and how many bytes they have together."""
        own = [one for key, one in self._sections.items() if key.startswith(_path_bytes(prefix))]
        return sum(one.files for one in own), sum(one.octets for one in own)

    def _digest(self, entry: bytes, number: int) -> str:
        return entry[self._starts[number] : self._starts[number] + self._lengths[number]].hex()

    def _in_order(self, without: Collection[bytes]) -> Iterator[Block]:
        """All entries: what lies in no folder of its own stands between the folders."""
        without_folder = self._sections.keys() & {b"", _DATA} - {*without}
        alone = {name: value for key in without_folder for name, value in self._sections[key].entries}
        folders = self._sections.keys() - {b"", _DATA, *without}
        for name in sorted({*alone, *folders}):
            if name in folders:
                yield from self._sections[name].entries.blocks()
            else:
                yield Block(name, alone[name])


def _outside(sections: Iterable[bytes]) -> set[bytes]:
    """The folders that do not belong to the payload."""
    return {key for key in sections if not key.startswith(_DATA)}


def _folder_of(path: bytes) -> bytes:
    """The folder of which a file is counted as a part: the first of its folders, below `data/` the first two.

    >>> _folder_of(b"data/originals/a/b.txt"), _folder_of(b"data/bag.json"), _folder_of(b"bagit.txt")
    (b'data/originals/', b'data/', b'')
    """
    first = path.find(b"/") + 1
    if path[:first] != _DATA:
        return path[:first]
    return path[: path.find(b"/", first) + 1] or _DATA


class HashedFile:
    """A file open for writing that takes its own digests."""

    def __init__(self, path: Path, algorithms: Sequence[str]) -> None:
        self._path = path
        self._hashers: dict[str, Hasher] = {algorithm: hasher(algorithm) for algorithm in algorithms}
        self.size = 0
        with told_in_words(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("xb")

    def write(self, data: bytes) -> None:
        """Writes bytes.

        Raises:
            StorageError: the disk refused.
        """
        try:
            self._file.write(data)
        except OSError as error:
            raise explained(error, self._path) from error
        for one in self._hashers.values():
            one.update(data)
        self.size += len(data)

    def digests(self) -> tuple[tuple[str, str], ...]:
        """The digests of what was written, by algorithm."""
        return tuple((name, one.hexdigest()) for name, one in self._hashers.items())

    def close(self) -> None:
        """Flushes and closes.

        Raises:
            StorageError: the disk refused.
        """
        with told_in_words(self._path):
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
            return
        with contextlib.suppress(OSError):
            self._file.close()


def _path_bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
