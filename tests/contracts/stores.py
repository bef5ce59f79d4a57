"""What every store must do, whatever lies behind it. A test class inherits this and says how its store is made."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import pytest

from archive.errors import LimitError, StorageError
from archive.storage.stores import PIECE, Kind, Store, read_whole

FILES = {
    "bagit.txt": b"a",
    "data/b/c.txt": b"",
    "data/b.txt": b"0123456789",
    "data/b/ d": b"x" * (PIECE + 7),
    "data/né.txt": b"exactly",
    "data/\udcff.bin": b"a name that is no UTF-8",
    "data/Z": b"z",
}


class StoreContract:
    """The tests; `make` builds a store that holds the files."""

    files: ClassVar[Mapping[str, bytes]] = FILES

    def make(self, files: Mapping[str, bytes], place: Path) -> Store:
        raise NotImplementedError

    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        return self.make(self.files, tmp_path)

    def test_lists_files_with_their_sizes(self, store: Store) -> None:
        found = {entry.key: entry.size for entry in store.entries() if entry.kind is Kind.FILE}
        assert found == {key: len(data) for key, data in self.files.items()}

    def test_lists_folders_apart(self, store: Store) -> None:
        assert [entry.key for entry in store.entries() if entry.kind is Kind.FOLDER] == ["data", "data/b"]

    def test_lists_in_the_order_of_bytes(self, store: Store) -> None:
        files = [entry.key for entry in store.entries() if entry.kind is Kind.FILE]
        assert files == sorted(self.files, key=lambda key: key.encode("utf-8", "surrogateescape"))

    def test_lists_the_same_twice(self, store: Store) -> None:
        assert list(store.entries()) == list(store.entries())

    def test_gives_whole_files(self, store: Store) -> None:
        with store.reader() as reader:
            assert {key: b"".join(reader.pieces(key)) for key in reversed(list(self.files))} == self.files

    def test_gives_pieces_of_bounded_size(self, store: Store) -> None:
        with store.reader() as reader:
            assert [len(piece) for piece in reader.pieces("data/b/ d")] == [PIECE, 7]
            assert list(reader.pieces("data/b/c.txt")) == []

    def test_opens_streams(self, store: Store) -> None:
        with store.reader() as reader, reader.open("data/b.txt") as stream:
            assert stream.read(3) == b"012"
            assert stream.read() == b"3456789"

    @pytest.mark.parametrize(
        "key", ["none", "data", "data/b", "data/none/x", "bagit.txt/x", "", "data/../bagit.txt", "/etc/passwd", "a\0b"]
    )
    def test_gives_nothing_but_its_files(self, store: Store, key: str) -> None:
        with store.reader() as reader:
            with pytest.raises(StorageError):
                list(reader.pieces(key))
            with pytest.raises(StorageError):
                reader.open(key)
            assert b"".join(reader.pieces("data/Z")) == b"z"

    def test_reads_small_files_within_a_bound(self, store: Store) -> None:
        with store.reader() as reader:
            assert read_whole(reader, "data/b.txt", 10) == b"0123456789"
            with pytest.raises(LimitError, match="more than 9 bytes"):
                read_whole(reader, "data/b.txt", 9)

    def test_goes_to_another_process(self, store: Store) -> None:
        again = pickle.loads(pickle.dumps(store))
        assert again.name == store.name
        assert list(again.entries()) == list(store.entries())
