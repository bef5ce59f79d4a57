"""The store in memory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from archive.errors import StorageError
from archive.storage.memory import MemoryStore
from archive.storage.stores import Entry, Kind, Store
from tests.contracts.stores import StoreContract


class TestMemoryStore(StoreContract):
    def make(self, files: Mapping[str, bytes], place: Path) -> Store:
        return MemoryStore(files)


def test_other_kinds_are_listed_and_not_read() -> None:
    store = MemoryStore({"a": b"1"}, {"b/link": Kind.LINK})
    assert list(store.entries()) == [
        Entry("a", Kind.FILE, 1),
        Entry("b", Kind.FOLDER, 0),
        Entry("b/link", Kind.LINK, 0),
    ]
    with store.reader() as reader, pytest.raises(StorageError, match="not a regular file"):
        reader.open("b/link")
