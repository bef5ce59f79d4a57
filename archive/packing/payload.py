"""The bag in the making: what has been written into it, under which digests."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from archive.model.digests import Hasher, hasher, hex_length
from archive.packing.places import place_in
from archive.storage.copying import measure
from archive.storage.trouble import told_in_words

_SIZE = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the bag: its size and its digests, in the order of the bag's algorithms."""

    size: int
    digests: tuple[str, ...]


class Payload:
    """Files in a folder, each written once, with their digests.

    Args:
        folder: the bag in the making.
        algorithms: normalised names.
    """

    def __init__(self, folder: Path, algorithms: Sequence[str]) -> None:
        self.folder = folder
        self.algorithms = tuple(algorithms)
        self._sha256 = self.algorithms.index("sha256")
        self._lengths = [hex_length(algorithm) // 2 for algorithm in self.algorithms]
        # Millions of files: for each its size and its digests as bytes, one after the other.
        self._entries: dict[str, bytes] = {}
        self._order: list[str] | None = None

    def enter(self, path: str, size: int, digests: Sequence[tuple[str, str]]) -> None:
        """Notes a file that somebody else wrote."""
        by_name = dict(digests)
        digests_of_it = bytes.fromhex("".join([by_name[algorithm] for algorithm in self.algorithms]))
        self._entries[path] = size.to_bytes(_SIZE, "big") + digests_of_it
        self._order = None

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
        """The sha256 of a file of the bag."""
        return self._digest(self._entries[path], self._sha256)

    def files(self, prefix: str = "") -> Iterator[tuple[str, Entry]]:
        """The files whose path begins with `prefix`, in order of bytes."""
        for path in self._paths(prefix):
            entry = self._entries[path]
            digests = tuple(self._digest(entry, number) for number in range(len(self.algorithms)))
            yield path, Entry(int.from_bytes(entry[:_SIZE], "big"), digests)

    def listing(self, algorithm: str, prefix: str = "") -> Iterator[tuple[str, str]]:
        """Path and digest of the same files, in the same order."""
        number = self.algorithms.index(algorithm)
        return ((path, self._digest(self._entries[path], number)) for path in self._paths(prefix))

    def extent(self, prefix: str = "") -> tuple[int, int]:
        """How many of them there are, and how many bytes they have together."""
        sizes = [int.from_bytes(self._entries[path][:_SIZE], "big") for path in self._paths(prefix)]
        return len(sizes), sum(sizes)

    def _digest(self, entry: bytes, number: int) -> str:
        start = _SIZE + sum(self._lengths[:number])
        return entry[start : start + self._lengths[number]].hex()

    def _paths(self, prefix: str) -> Iterator[str]:
        if self._order is None:
            self._order = sorted(self._entries, key=None if all(map(str.isascii, self._entries)) else _path_bytes)
        return (path for path in self._order if path.startswith(prefix))


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
        with told_in_words(self._path):
            self._file.write(data)
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
