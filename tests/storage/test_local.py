"""The store in a folder."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from archive.errors import StorageError
from archive.model.limits import DEFAULT_LIMITS
from archive.storage.local import LocalStore
from archive.storage.stores import PIECE, Kind, Store
from tests.contracts.stores import StoreContract


def write(files: Mapping[str, bytes], place: Path) -> None:
    for key, data in files.items():
        path = place / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


class TestLocalStore(StoreContract):
    def make(self, files: Mapping[str, bytes], place: Path) -> Store:
        write(files, place)
        return LocalStore(str(place))


def kinds(place: Path) -> dict[str, Kind]:
    return {entry.key: entry.kind for entry in LocalStore(str(place)).entries()}


def test_links_are_listed_as_links_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    write({"secret.txt": b"secret"}, outside)
    write({"data/a": b"a"}, inside)
    (inside / "data/file").symlink_to(outside / "secret.txt")
    (inside / "data/folder").symlink_to(outside)
    (inside / "data/loop").symlink_to(inside)
    (inside / "data/nowhere").symlink_to("none")
    assert {key for key, kind in kinds(inside).items() if kind is Kind.LINK} == {
        "data/file",
        "data/folder",
        "data/loop",
        "data/nowhere",
    }
    with LocalStore(str(inside)).reader() as reader:
        for key in ("data/file", "data/folder/secret.txt", "data/loop/data/a", "data/nowhere"):
            with pytest.raises(StorageError):
                reader.open(key)


def test_a_fifo_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(tmp_path / "socket")[:100])
        assert kinds(tmp_path) == {"fifo": Kind.SPECIAL, "socket": Kind.SPECIAL}
    with LocalStore(str(tmp_path)).reader() as reader:
        for key in ("fifo", "socket"):
            with pytest.raises(StorageError):
                list(reader.pieces(key))


def test_a_link_to_the_folder_itself_may_be_given(tmp_path: Path) -> None:
    write({"a": b"1"}, tmp_path / "real")
    (tmp_path / "link").symlink_to("real")
    assert kinds(tmp_path / "link") == {"a": Kind.FILE}


@pytest.mark.parametrize("name", ["none", "a file", "with\0nul"])
def test_what_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "a file").write_bytes(b"")
    store = LocalStore(f"{tmp_path}/{name}")
    with pytest.raises(StorageError):
        list(store.entries())
    with pytest.raises(StorageError):
        store.reader()


def deep(count: int, place: Path) -> str:
    """Makes so many folders in one another with a file in the last, by handles, since a path has a longest length."""
    here = os.open(place, os.O_RDONLY)
    for _ in range(count):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("leaf", os.O_WRONLY | os.O_CREAT, dir_fd=here))
    os.close(here)
    return "d/" * count + "leaf"


def test_deep_folders_need_no_many_handles(tmp_path: Path) -> None:
    leaf = deep(DEFAULT_LIMITS.depth - 2, tmp_path)
    before = len(list(Path("/proc/self/fd").iterdir()))
    assert kinds(tmp_path)[leaf] is Kind.FILE
    with LocalStore(str(tmp_path)).reader() as reader:
        assert list(reader.pieces(leaf)) == []
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_what_is_too_deep_is_not_listed(tmp_path: Path) -> None:
    leaf = deep(DEFAULT_LIMITS.depth + 300, tmp_path)
    found = kinds(tmp_path)
    deepest = "/".join("d" * (DEFAULT_LIMITS.depth - 1))
    assert len(deepest) < len(leaf)
    assert {key: kind for key, kind in found.items() if kind is not Kind.FOLDER} == {deepest: Kind.UNREADABLE}


def test_an_empty_folder_at_the_bound_is_one_like_any_other(tmp_path: Path) -> None:
    leaf = deep(DEFAULT_LIMITS.depth - 1, tmp_path)
    (tmp_path / leaf).unlink()
    assert set(kinds(tmp_path).values()) == {Kind.FOLDER}


@pytest.mark.parametrize("size", [10, PIECE - 1, PIECE, PIECE + 7])
def test_a_file_that_grows_is_not_read_for_ever(tmp_path: Path, size: int) -> None:
    write({"a": bytes(size)}, tmp_path)

    def grow(piece: memoryview) -> None:
        taken.append(len(piece))
        with (tmp_path / "a").open("ab") as file:
            file.write(bytes(10))

    taken: list[int] = []
    with LocalStore(str(tmp_path)).reader() as reader:
        assert sum(map(len, reader.pieces("a"))) == size
        if size > PIECE // 2:  # a shorter one is seen whole before it can grow
            with pytest.raises(StorageError, match=f"had {size} bytes and now has more"):
                reader.feed("a", [grow])
            assert sum(taken) == size + 1


def test_a_file_that_shrinks_while_it_is_read_is_said(tmp_path: Path) -> None:
    write({"a": bytes(PIECE + 7)}, tmp_path)
    with LocalStore(str(tmp_path)).reader() as reader:
        pieces = reader.pieces("a")
        next(pieces)
        os.truncate(tmp_path / "a", PIECE)
        with pytest.raises(StorageError, match="now has fewer"):
            next(pieces)


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs a file that says it is empty and is not")
def test_a_file_that_does_not_say_its_size_is_refused() -> None:
    with LocalStore("/proc/self").reader() as reader:
        with pytest.raises(StorageError, match="had 0 bytes and now has more"):
            list(reader.pieces("cmdline"))
        with pytest.raises(StorageError, match="had 0 bytes and now has more"):
            reader.feed("cmdline", [])


def test_after_a_folder_that_is_not_there_the_right_file_is_opened(tmp_path: Path) -> None:
    write({"data/x": b"right", "data/a/b/x": b"wrong"}, tmp_path)
    with LocalStore(str(tmp_path)).reader() as reader:
        assert b"".join(reader.pieces("data/x")) == b"right"
        for gone in ("data/a/b/c/y", "data/a/b/x/y", "data/a/b//y", "data/a/b/\0/y"):
            with pytest.raises(StorageError):
                reader.open(gone)
            assert b"".join(reader.pieces("data/x")) == b"right"
        assert b"".join(reader.pieces("data/a/b/x")) == b"wrong"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_a_file_that_fails_while_it_is_read() -> None:
    with LocalStore("/proc/self").reader() as reader, pytest.raises(StorageError, match="cannot be read"):
        list(reader.pieces("mem"))


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        yield Path(place)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_what_may_not_be_read_is_said(open_to_all: Path) -> None:
    write({"closed/a": b"1", "file": b"2", "ok": b"3"}, open_to_all)
    (open_to_all / "closed").chmod(0o700)
    (open_to_all / "file").chmod(0o600)
    os.seteuid(65534)
    try:
        assert kinds(open_to_all) == {"closed": Kind.UNREADABLE, "file": Kind.FILE, "ok": Kind.FILE}
        with LocalStore(str(open_to_all)).reader() as reader:
            for key in ("file", "closed/a"):
                with pytest.raises(StorageError, match="may not be read"):
                    list(reader.pieces(key))
            assert b"".join(reader.pieces("ok")) == b"3"
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("mode", [0o444, 0o111])
def test_a_base_that_cannot_be_listed_is_refused(open_to_all: Path, mode: int) -> None:
    write({"a": b"1"}, open_to_all / "base")
    (open_to_all / "base").chmod(mode)
    os.seteuid(65534)
    try:
        with pytest.raises(StorageError, match="may not be read"):
            LocalStore(str(open_to_all / "base")).base()
    finally:
        os.seteuid(0)
