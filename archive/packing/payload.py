"""The bag in the making: what has been written into it, under which digests."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from archive.model.digests import Hasher, hasher, hex_length
from archive.packing.entries import Entries
from archive.packing.places import place_in
from archive.storage.copying import measure
from archive.storage.trouble import explained, told_in_words

_SIZE = 8
Copy = tuple[str, int, bytes]
"""The payload path of a copy, its size, and its digests in binary, in the order of the bag's algorithms."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the bag: its size and its digests, in the order of the bag's algorithms."""

    size: int
    digests: tuple[str, ...]


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
        self._starts = [_SIZE + sum(self._lengths[:number]) for number in range(len(self._lengths))]
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
        by_name = dict(digests)
        self.enter_copies([(path, size, bytes.fromhex("".join([by_name[algorithm] for algorithm in self.algorithms])))])

    def enter_copies(self, copies: Iterable[Copy]) -> None:
        """Notes several such files; of many, most lie in one folder.

        Raises:
            StorageError: the disk refused.
        """
        key, section = b"", None
        for path, size, digests in copies:
            name = _path_bytes(path)
            folder = _folder_of(name)
            if section is None or folder != key:
                key, section = folder, self._section(folder)
            section.entries.add(name, size.to_bytes(_SIZE, "big") + digests)
            section.files += 1
            section.octets += size

    def _section(self, key: bytes) -> _Section:
        found = self._sections.get(key)
        if found is None:
            found = self._sections[key] = _Section(Entries(str(self.folder), _SIZE + sum(self._lengths)))
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
        for path, entry in self._entries(prefix, frozenset(map(_path_bytes, leaving_out))):
            digests = tuple([self._digest(entry, number) for number in range(len(self.algorithms))])
            yield path, Entry(int.from_bytes(entry[:_SIZE], "big"), digests)

    def listing(self, algorithm: str, prefix: str = "") -> Iterator[tuple[str, str]]:
        """Path and digest of the same files, in the same order."""
        number = self.algorithms.index(algorithm)
        start = self._starts[number]
        end = start + self._lengths[number]
        return ((path, entry[start:end].hex()) for path, entry in self._entries(prefix))

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

    def _entries(self, prefix: str, without: Collection[bytes] = ()) -> Iterator[tuple[str, bytes]]:
        beginning = _path_bytes(prefix)
        for name, value in self._in_order(without):
            if name.startswith(beginning):
                yield name.decode("utf-8", "surrogateescape"), value

    def _in_order(self, without: Collection[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """All entries: what lies in no folder of its own stands between the folders."""
        alone = {
            name: value for key in (b"", _DATA) if key in self._sections for name, value in self._sections[key].entries
        }
        folders = self._sections.keys() - {b"", _DATA, *without}
        for name in sorted({*alone, *folders}):
            if name in folders:
                yield from self._sections[name].entries
            else:
                yield name, alone[name]


_DATA = b"data/"


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
