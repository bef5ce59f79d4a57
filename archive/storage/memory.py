"""A store in memory: for tests, and for what was never on a disk."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import BinaryIO

from archive.errors import StorageError
from archive.storage.stores import PIECE, Entry, Kind, order_of


@dataclass(frozen=True, slots=True)
class MemoryStore:
    """Files by key.

    Attributes:
        files: the bytes under each key.
        others: keys that are no files, with what they are; the folders that lead to a key need not be named.
        name: what a person calls it.
    """

    files: Mapping[str, bytes]
    others: Mapping[str, Kind] = field(default_factory=dict)
    name: str = "memory"

    def entries(self) -> Iterator[Entry]:
        """See `archive.storage.stores.Store.entries`."""
        kinds = dict.fromkeys(self.files, Kind.FILE) | dict(self.others)
        for key in tuple(kinds):
            for folder in _folders_above(key):
                kinds.setdefault(folder, Kind.FOLDER)
        for key in sorted(kinds, key=lambda one: order_of(one + "/" if kinds[one] is Kind.FOLDER else one)):
            yield Entry(key, kinds[key], len(self.files.get(key, b"")))

    def reader(self) -> AbstractContextManager[MemoryReader]:
        """See `archive.storage.stores.Store.reader`."""
        return nullcontext(MemoryReader(self))


@dataclass(frozen=True, slots=True)
class MemoryReader:
    """Gives what a `MemoryStore` holds."""

    store: MemoryStore

    def open(self, key: str) -> BinaryIO:
        """See `archive.storage.stores.Reader.open`."""
        return io.BytesIO(self._data(key))

    def pieces(self, key: str) -> Iterator[bytes]:
        """See `archive.storage.stores.Reader.pieces`."""
        data = self._data(key)
        for start in range(0, len(data), PIECE):
            yield data[start : start + PIECE]

    def _data(self, key: str) -> bytes:
        if key not in self.store.files:
            what = "This is not a regular file" if key in self.store.others else "There is no such file"
            raise StorageError(what, where=key)
        return self.store.files[key]


def _folders_above(key: str) -> Iterator[str]:
    parts = key.split("/")[:-1]
    for count in range(1, len(parts) + 1):
        yield "/".join(parts[:count])
