"""Digests: one read for all algorithms, the same in one process and in several."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pytest

from archive.bags import amounts, batches, fixity, single_files, small_files
from archive.bags.reader import read_bag
from archive.engine import ThreadEngine, processes
from archive.errors import BagUnreadableError, StorageError
from archive.model.digests import digests_of
from archive.model.findings import Finding
from archive.model.progress import Progress
from archive.storage import walking
from archive.storage.local import LocalStore
from archive.storage.memory import MemoryStore
from archive.storage.stores import PIECE, UNKNOWN, Entry, Reader, Store
from tests.bags.making import PAYLOAD, bag, on_disk, verify

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
    return verify(store, read_bag(store), jobs)


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
    monkeypatch.setattr(amounts, "FEW_FILES", 10)
    assert verified(store, 2) == alone
    assert [one.where.file for one in alone] == ["data/0007.txt", "data/1100.txt"]


def test_files_of_several_pieces() -> None:
    large = {"data/large": b"0123456789" * (PIECE // 4)}
    assert verified(MemoryStore(bag(large))) == []
    assert [
        one.where.file for one in verified(MemoryStore({**bag(large), "data/large": large["data/large"] + b"x"}))
    ] == ["data/large"]


def test_batches_are_bounded_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MOST_BYTES", 1000)
    heard: list[Progress] = []
    store = MemoryStore(bag(MANY))
    assert verify(store, read_bag(store), 1, heard.append) == []
    assert len(heard) > 100
    assert heard[-1] == Progress("checking", 1204, 1204, heard[-1].bytes_total or 0, heard[-1].bytes_total)


def test_a_bag_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BagUnreadableError, match="no such file or folder"):
        read_bag(LocalStore(str(tmp_path / "none")))


@pytest.mark.parametrize("order", ["sorted", "reversed"])
@pytest.mark.parametrize("workers", [1, 2])
def test_the_payload_is_checked_while_it_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int, order: str
) -> None:
    files = {**bag(MANY), "data/0007.txt": b"", "data/1100.txt": b"x", "data/more.txt": b"not listed"}
    if order == "reversed":
        lines = files["manifest-sha256.txt"].splitlines(keepends=True)
        files["manifest-sha256.txt"] = b"".join(reversed(lines))
    store = LocalStore(str(on_disk(files, tmp_path / "bag")))
    monkeypatch.setattr(amounts, "FEW_FILES", 10)
    monkeypatch.setattr(small_files, "MOST", 100)
    heard: list[Progress] = []
    with fixity.Checking(store, workers, heard.append) as checking:
        contents = read_bag(store, watch=checking)
        found = list(checking.rest(contents))
    expected = ["data/0007.txt", "data/1100.txt"]
    assert [one.where.file for one in found if (one.where.file or "").startswith("data/")] == expected
    assert len(found) == 2 + (order == "reversed")
    assert (heard[-1].done, heard[-1].total) == (1204, 1204)
    assert [one.done for one in heard] == sorted(one.done for one in heard)


def test_large_files_are_checked_in_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    payload = {f"data/{number}": bytes([number]) * 300_000 for number in range(5)}
    place = on_disk({**bag(payload), "data/3": b"\0" * 300_001}, tmp_path / "bag")
    monkeypatch.setattr(amounts, "FEW_BYTES", 1)
    monkeypatch.setattr(single_files, "LARGE", 299_999)
    store = LocalStore(str(place))
    assert [one.where.file for one in verified(store, 2)] == ["data/3"]
    assert isinstance(fixity.Checking(store, 2)._engine(amounts.Amount(5, 2)), ThreadEngine)


def test_files_that_are_changed_or_gone_since_the_walk_are_said(tmp_path: Path) -> None:
    place = on_disk(bag(MANY), tmp_path / "bag")
    store = LocalStore(str(place))
    with fixity.Checking(store, 1) as checking:
        contents = read_bag(store, watch=checking)
        (place / "data/1199.txt").write_bytes(b"")
        (place / "data/1198.txt").unlink()
        found = {(one.code, one.where.file) for one in checking.rest(contents)}
    assert found == {("digest.mismatch", "data/1199.txt"), ("file.unreadable", "data/1198.txt")}


def test_a_folder_that_is_gone_since_the_walk_is_said(tmp_path: Path) -> None:
    place = on_disk(bag(), tmp_path / "bag")
    store = LocalStore(str(place))
    with fixity.Checking(store, 1) as checking:
        contents = read_bag(store, watch=checking)
        (place / "data/sub").rename(place / "data/other")
        found = {(one.code, one.where.file) for one in checking.rest(contents)}
    assert found == {("file.unreadable", "data/sub/b c.txt"), ("file.unreadable", "data/sub/ü.bin")}


def test_what_is_left_half_way_stops_its_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = LocalStore(str(on_disk(bag(MANY), tmp_path / "bag")))
    monkeypatch.setattr(amounts, "FEW_FILES", 10)
    monkeypatch.setattr(small_files, "MOST", 100)
    begun: list[subprocess.Popen[bytes]] = []
    real = processes.started
    monkeypatch.setattr(processes, "started", lambda *marks: begun.append(real(*marks)) or begun[-1])
    with fixity.Checking(store, 2) as checking:
        read_bag(store, watch=checking)
        assert len(begun) == 2
    assert all(one.returncode is not None for one in begun)


@pytest.mark.parametrize("algorithms", [["sha512"], ["md5"], ["blake3"], ["sha256", "sha3_256", "blake2b"]])
def test_small_files_under_any_algorithms(tmp_path: Path, algorithms: list[str]) -> None:
    named = [one.replace("_", "") for one in algorithms if one != "blake3"]
    files = bag(algorithms=["sha256"])
    for algorithm in named or ["blake3"]:
        lines = "".join(f"{digests_of(data, [algorithm])[algorithm]}  {key}\n" for key, data in PAYLOAD.items())
        files[f"manifest-{algorithm}.txt"] = lines.encode()
    if "sha256" not in named:
        del files["manifest-sha256.txt"]
    store = LocalStore(str(on_disk({**files, "data/a.txt": b"First"}, tmp_path / "bag")))
    assert [one.where.file for one in verified(store) if (one.where.file or "").startswith("data/")] == ["data/a.txt"]


@pytest.mark.parametrize("workers", [1, 2])
def test_sizes_that_the_walk_left_open_are_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    payload = {f"data/{folder}/{number}": b"%d" % number * number for folder in "abc" for number in range(40)}
    large = {"data/c/large": b"l" * (small_files.LARGEST + 1), "data/c/eight": b"8" * 8192, "data/c/more": b"9" * 9000}
    files = {**bag({**payload, **large}), "data/c/7": b"7", "data/c/more": b"more"}
    place = on_disk({**files, "data/c/unlisted": b"not listed"}, tmp_path / "bag")
    (place / "data/b/3").unlink()
    store = LocalStore(str(place))
    sized = read_bag(store)
    plain = verify(store, sized)
    monkeypatch.setattr(walking, "_LOOKED_AT", 10)
    monkeypatch.setattr(amounts, "FEW_FILES", 10)
    monkeypatch.setattr(small_files, "MOST", 30)
    heard: list[Progress] = []
    with fixity.Checking(store, workers, heard.append) as checking:
        contents = read_bag(store, watch=checking)
        assert UNKNOWN in contents.payload.values()
        found = list(checking.rest(contents))
    assert found == plain
    assert [one.where.file for one in found] == ["data/c/7", "data/c/more"]
    assert dict(contents.payload) == dict(sized.payload)
    assert heard[-1].done == heard[-1].total
    assert heard[-1].bytes_done == heard[-1].bytes_total


def test_a_file_that_goes_while_its_size_is_unknown_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = LocalStore(str(on_disk(bag({"data/a/1": b"1", "data/b/2": b"22"}), tmp_path / "bag")))
    monkeypatch.setattr(walking, "_LOOKED_AT", 0)
    with fixity.Checking(store, 1) as checking:
        contents = read_bag(store, watch=checking)
        (tmp_path / "bag/data/a/1").unlink()
        (tmp_path / "bag/data/b").rename(tmp_path / "bag/data/c")
        found = {(one.code, one.where.file) for one in checking.rest(contents)}
    assert found == {("file.unreadable", "data/a/1"), ("file.unreadable", "data/b/2")}
    assert dict(contents.payload) == {"data/a/1": 0, "data/b/2": 0}
