"""The records of a bag in files of bounded size: `data/records/00000.jsonl` and on."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Self

from archive.packing.payload import HashedFile, Payload

MOST_DOCUMENTS = 10_000
"""Records in one file."""
MOST_BYTES = 64 * 1024 * 1024
"""Bytes in one file, unless one record alone is longer."""


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
        self.shards: list[Shard] = []

    def add(self, line: bytes) -> None:
        """Writes one record; `line` has no line end."""
        if self._file is not None and self._is_full(len(line) + 1):
            self._finish(self._file)
        if self._file is None:
            self._file = self._open()
        self._file.write(line + b"\n")
        self._documents += 1

    def _is_full(self, more: int) -> bool:
        size = self._file.size if self._file is not None else 0
        return self._documents >= self._most_documents or size + more > self._most_bytes

    def _path(self) -> str:
        return f"data/records/{len(self.shards):05d}.jsonl"

    def _open(self) -> HashedFile:
        return HashedFile(self._payload.folder / self._path(), self._payload.algorithms)

    def _finish(self, file: HashedFile) -> None:
        file.close()
        self._payload.enter(self._path(), file.size, file.digests())
        self.shards.append(Shard(self._path(), self._documents))
        self._file, self._documents = None, 0

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
        if self._file is not None:
            self._finish(self._file)
