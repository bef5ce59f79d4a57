"""Digests: one read for all algorithms, the same in one process and in several."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pytest

from archive.bags import fixity
from archive.bags.reader import read_bag
from archive.errors import BagUnreadableError, StorageError
from archive.model.findings import Finding
from archive.model.progress import Progress
from archive.storage.local import LocalStore
from archive.storage.memory import MemoryStore
from archive.storage.stores import PIECE, Entry, Reader, Store
from tests.bags.making import PAYLOAD, bag, on_disk

MANY = {f"data/{number:04}.txt": str(number).encode() * number for number in range(1200)}


@dataclass(frozen=True)
class Counted:
    """A store that counts how often each file is read, and cannot read some."""

    inner: MemoryStore
    closed: tuple[str, ...] = ()
    reads: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return "counted"

    def entries(self) -> Iterator[Entry]:
        return self.inner.entries()

    def reader(self) -> AbstractContextManager[Reader]:
        return nullcontext(self)

    def open(self, key: str) -> BinaryIO:
        raise NotImplementedError

    def pieces(self, key: str) -> Iterator[bytes]:
        self.reads.append(key)
        if key in self.closed:
            raise StorageError("It may not be read", where=key)
        with self.inner.reader() as reader:
            yield from reader.pieces(key)


def verified(store: Store, jobs: int | None = 1) -> list[Finding]:
    return list(fixity.verify(store, read_bag(store), jobs))


def test_each_payload_file_is_read_once_for_all_algorithms() -> None:
    store = Counted(MemoryStore(bag(algorithms=["md5", "sha1", "sha256", "blake2b"])))
    assert verified(store) == []
    assert sorted(key for key in store.reads if key in PAYLOAD) == sorted(PAYLOAD)


def test_an_unreadable_file_is_no_mismatch() -> None:
    store = Counted(MemoryStore(bag()), ("data/a.txt",))
    assert [(one.code, one.where.file, one.found) for one in verified(store)] == [
        ("file.unreadable", "data/a.txt", "It may not be read")
    ]


def test_an_unreadable_tag_file_is_said() -> None:
    store = Counted(MemoryStore(bag()), ("bag-info.txt", "manifest-sha256.txt", "bagit.txt"))
    contents = read_bag(store)
    assert {(one.code, one.where.file) for one in contents.findings} == {
        ("file.unreadable", "bag-info.txt"),
        ("file.unreadable", "bagit.txt"),
        ("file.unreadable", "manifest-sha256.txt"),
    }


def test_a_mismatch_names_digests_and_manifests() -> None:
    (one,) = verified(MemoryStore({**bag(algorithms=["md5", "sha1"]), "data/e": b"x"}))
    assert one.where.file == "data/e"
    assert one.found == "9dd4e461268c8034f5c8564e155c67a6, 11f6ad8ec52a2984abaafd7c3b516503785c2072"
    assert one.expected == (
        "d41d8cd98f00b204e9800998ecf8427e in manifest-md5.txt, "
        "da39a3ee5e6b4b0d3255bfef95601890afd80709 in manifest-sha1.txt"
    )


def test_processes_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = on_disk({**bag(MANY), "data/0007.txt": b"", "data/1100.txt": b"x"}, tmp_path / "bag")
    store = LocalStore(str(place))
    alone = verified(store, 1)
    monkeypatch.setattr(fixity, "_FEW_FILES", 10)
    assert verified(store, 2) == alone
    assert [one.where.file for one in alone] == ["data/0007.txt", "data/1100.txt"]


def test_files_of_several_pieces() -> None:
    large = {"data/large": b"0123456789" * (PIECE // 4)}
    assert verified(MemoryStore(bag(large))) == []
    assert [
        one.where.file for one in verified(MemoryStore({**bag(large), "data/large": large["data/large"] + b"x"}))
    ] == ["data/large"]


def test_batches_are_bounded_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixity, "_BATCH_BYTES", 1000)
    heard: list[Progress] = []
    store = MemoryStore(bag(MANY))
    assert list(fixity.verify(store, read_bag(store), 1, heard.append)) == []
    assert len(heard) > 100
    assert heard[-1] == Progress("checking", 1204, 1204, heard[-1].bytes_total or 0, heard[-1].bytes_total)


def test_a_bag_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BagUnreadableError, match="no such file or folder"):
        read_bag(LocalStore(str(tmp_path / "none")))
