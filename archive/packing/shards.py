"""The records of a bag in files of bounded size: `data/records/00000.jsonl` and on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from types import TracebackType
from typing import Self

from archive.packing.payload import HashedFile, Payload

MOST_DOCUMENTS = 10_000
"""Records in one file."""
MOST_BYTES = 64 * 1024 * 1024
"""Bytes in one file, unless one record alone is longer."""
_TOGETHER = 64 * 1024
"""Bytes of records that are written together."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A finished file of records."""

    path: str
    documents: int


class RecordShards:
    """Writes records, in the order in which they come, into as many files as it takes; use it as a context manager.

    A bag without documents has one empty file.
    """

    def __init__(self, payload: Payload, *, most_documents: int = MOST_DOCUMENTS, most_bytes: int = MOST_BYTES) -> None:
        self._payload = payload
        self._most_documents = most_documents
        self._most_bytes = most_bytes
        self._documents = 0
        self._file: HashedFile | None = None
        self._waiting: list[bytes] = []
        self._size = 0
        self.shards: list[Shard] = []

    def add(self, data: bytes, sizes: Sequence[int]) -> None:
        """Writes records.

        Args:
            data: they, each with its line end.
            sizes: the bytes of each.

        Raises:
            StorageError: the disk refused.
        """
        if self._has_room(len(sizes), len(data)):
            self._take(data, len(sizes))
            return
        for start, end in pairwise(accumulate(sizes, initial=0)):
            if not self._has_room(1, end - start):
                self._finish()  # what fits into no file stands in one alone
            self._take(data[start:end], 1)

    def _take(self, data: bytes, documents: int) -> None:
        if self._file is None:
            self._file = self._open()
        self._waiting.append(data)
        self._size += len(data)
        self._documents += documents
        if self._size - self._file.size >= _TOGETHER:
            self._write(self._file)

    def _write(self, file: HashedFile) -> None:
        waiting, self._waiting = self._waiting, []
        file.write(b"".join(waiting))

    def _has_room(self, documents: int, octets: int) -> bool:
        """Whether so many records more fit into the file; into one that has none not always."""
        return self._documents + documents <= self._most_documents and self._size + octets <= self._most_bytes

    def _path(self) -> str:
        return f"data/records/{len(self.shards):05d}.jsonl"

    def _open(self) -> HashedFile:
        return HashedFile(self._payload.folder / self._path(), self._payload.algorithms)

    def _finish(self) -> None:
        if self._file is None:
            return
        self._write(self._file)
        self._file.close()
        self._payload.enter(self._path(), self._file.size, self._file.digests())
        self.shards.append(Shard(self._path(), self._documents))
        self._file, self._documents, self._size = None, 0, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            if self._file is not None:
                self._file.__exit__(kind, error, trace)
            return
        if self._file is None and not self.shards:
            self._file = self._open()
        self._finish()
