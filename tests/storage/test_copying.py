"""Sources are read once: into their copy and into the digests."""

from __future__ import annotations

import errno
import hashlib
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import SourceChangedError, SourceUnreadableError, StorageError
from archive.model.digests import digests_of, hasher
from archive.storage import copying
from archive.storage.copying import CHUNK, Taken, copy, measure

NOBODY = 65534

Read = Callable[[Path], Taken]


def copied(source: Path) -> Taken:
    return copy(source, source.with_name("copy"), ["sha256"])


def measured(source: Path) -> Taken:
    return measure(source, ["sha256"])


both_ways = pytest.mark.parametrize("read", [copied, measured])


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_the_copy_is_exact_and_so_are_its_digests(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    (tmp_path / "a").write_bytes(data)
    taken = copy(tmp_path / "a", tmp_path / "b", ["sha256", "sha512", "md5"], whole=2 * CHUNK)
    assert (tmp_path / "b").read_bytes() == data
    at_hand = data if size <= 2 * CHUNK else b""
    assert taken == Taken(size, digests_of(data, ["sha256", "sha512", "md5"]), at_hand)
    assert measure(tmp_path / "a", ["sha256", "sha512", "md5"], whole=2 * CHUNK) == taken


@settings(max_examples=30)
@given(data=st.binary(max_size=200), chunk=st.integers(1, 50), whole=st.integers(0, 250))
def test_the_size_of_the_pieces_shows_nowhere(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, chunk: int, whole: int
) -> None:
    source = tmp_path_factory.mktemp("pieces") / "a"
    source.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copying, "CHUNK", chunk)
        taken = copy(source, source.with_name("b"), ["sha256"], whole=whole)
    assert taken == Taken(len(data), digests_of(data, ["sha256"]), data if len(data) <= whole else b"")
    assert source.with_name("b").read_bytes() == data


def test_what_was_taken_travels(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    taken = measured(tmp_path / "a")
    assert pickle.loads(pickle.dumps(taken)) == taken


def test_the_source_is_left_as_it_was(tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_bytes(b"abc")
    before = source.stat()
    copied(source)
    after = source.stat()
    assert (after.st_mtime_ns, after.st_ctime_ns, after.st_mode) == (
        before.st_mtime_ns,
        before.st_ctime_ns,
        before.st_mode,
    )


class Meddling:
    """A hasher that does something to the world when the first bytes reach it."""

    def __init__(self, deed: Callable[[], object], data: bytes) -> None:
        self._deed: Callable[[], object] | None = deed
        self._true = hasher("sha256")
        self.update(data)

    def update(self, data: bytes | memoryview, /) -> None:
        self._true.update(data)
        if self._deed:
            self._deed()
            self._deed = None

    def hexdigest(self) -> str:
        return self._true.hexdigest()


def _append(source: Path) -> None:
    with source.open("ab") as file:
        file.write(b"more")


def _truncate(source: Path) -> None:
    os.truncate(source, 2)


def _write_over(source: Path) -> None:
    with source.open("r+b") as file:
        file.write(b"others")
    os.utime(source, ns=(1, 1))  # as it was; the time of the last change to the file's own entry still tells


def _replace(source: Path) -> None:
    other = source.with_name("other")
    other.write_bytes(b"0123456789")
    other.replace(source)


@both_ways
@pytest.mark.parametrize("deed", [_append, _truncate, _write_over, _replace])
def test_a_source_that_changes_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Read, deed: Callable[[Path], None]
) -> None:
    source = tmp_path / "a"
    source.write_bytes(b"0123456789")
    os.utime(source, ns=(1, 1))
    monkeypatch.setattr(copying, "CHUNK", 4)
    monkeypatch.setattr(copying, "quick_maker", lambda _: partial(Meddling, lambda: deed(source)))
    with pytest.raises(SourceChangedError) as caught:
        read(source)
    assert caught.value.where == str(source)
    assert not (tmp_path / "copy").exists()


@both_ways
def test_a_pipe_in_the_place_of_a_file_is_refused_at_once(tmp_path: Path, read: Read) -> None:
    os.mkfifo(tmp_path / "a")
    with pytest.raises(SourceUnreadableError, match="not a regular file"):
        read(tmp_path / "a")


@both_ways
def test_a_folder_is_refused(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(SourceUnreadableError, match="not a regular file"):
        read(tmp_path / "a")


@both_ways
@pytest.mark.parametrize("to", ["true", "nowhere"])
def test_a_link_is_refused(tmp_path: Path, read: Read, to: str) -> None:
    (tmp_path / "true").write_bytes(b"abc")
    (tmp_path / "a").symlink_to(to)
    with pytest.raises(SourceUnreadableError, match="it is a link"):
        read(tmp_path / "a")


@both_ways
def test_a_missing_source_is_unreadable(tmp_path: Path, read: Read) -> None:
    with pytest.raises(SourceUnreadableError) as caught:
        read(tmp_path / "a")
    assert caught.value.where == str(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the powers of root, whom permissions do not bind."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder in which anybody may write; the folders of pytest are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


@both_ways
def test_a_source_that_may_not_be_read_is_unreadable(open_place: Path, read: Read) -> None:
    source = open_place / "a"
    source.write_bytes(b"abc")
    source.chmod(0)
    with as_nobody(), pytest.raises(SourceUnreadableError, match="permission denied") as caught:
        read(source)
    assert caught.value.remedy
    assert not (open_place / "copy").exists()


def test_a_target_that_may_not_be_written_is_no_fault_of_the_source(open_place: Path) -> None:
    (open_place / "a").write_bytes(b"abc")
    (open_place / "closed").mkdir(mode=0o555)
    target = open_place / "closed/b"
    with as_nobody(), pytest.raises(StorageError, match="permission denied") as caught:
        copy(open_place / "a", target, ["sha256"])
    assert not isinstance(caught.value, SourceUnreadableError)
    assert caught.value.where == str(target)


@pytest.mark.parametrize("there", ["file", "link"])
def test_a_target_that_exists_is_left_alone(tmp_path: Path, there: str) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "other").write_bytes(b"before")
    target = tmp_path / "b"
    if there == "file":
        target.write_bytes(b"before")
    else:
        target.symlink_to("other")
    with pytest.raises(StorageError, match="exists"):
        copy(tmp_path / "a", target, ["sha256"])
    assert target.read_bytes() == b"before"


def test_a_source_that_breaks_off_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(descriptor: int, size: int) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    (tmp_path / "a").write_bytes(b"abc")
    monkeypatch.setattr(os, "read", broken)
    with pytest.raises(SourceUnreadableError, match="the disk reported an error"):
        copied(tmp_path / "a")
    assert not (tmp_path / "copy").exists()


FULL = """
import resource, signal, sys
from pathlib import Path
from archive.errors import SourceUnreadableError, StorageError
from archive.storage.copying import copy
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1500000, 1500000))
try:
    copy(Path(sys.argv[1]), Path(sys.argv[2]), ["sha256"])
except SourceUnreadableError:
    print("the wrong error")
except StorageError as error:
    print(error.where, error.what, sep="|", end="")
"""


def test_a_disk_without_room_is_told_and_nothing_is_left(tmp_path: Path, project: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(bytes(2_000_000))
    command = [sys.executable, "-c", FULL, str(source), str(target)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=project)
    assert done.stdout == f"{target}|the file would become larger than is allowed here"
    assert not target.exists()


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "a").write_bytes(b"abc")
    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StorageError, match="the disk is full") as caught:
        copied(tmp_path / "a")
    assert caught.value.where == str(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_bytes_that_were_written_in_part_are_written_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    (tmp_path / "a").write_bytes(b"0123456789")
    copied(tmp_path / "a")
    assert (tmp_path / "copy").read_bytes() == b"0123456789"


@both_ways
def test_a_source_that_is_read_in_part_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Read
) -> None:
    as_it_is = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, most: as_it_is(descriptor, min(most, 4)))
    (tmp_path / "a").write_bytes(b"0123456789")
    assert read(tmp_path / "a") == Taken(10, digests_of(b"0123456789", ["sha256"]), b"")


@both_ways
@pytest.mark.parametrize("deed", [_append, _truncate, _write_over])
def test_a_small_source_that_changes_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Read, deed: Callable[[Path], None]
) -> None:
    as_it_is = os.read

    def meddled(descriptor: int, most: int) -> bytes:
        data = as_it_is(descriptor, most)
        deed(tmp_path / "a")
        return data

    (tmp_path / "a").write_bytes(b"0123456789")
    os.utime(tmp_path / "a", ns=(1, 1))
    monkeypatch.setattr(os, "read", meddled)
    with pytest.raises(SourceChangedError):
        read(tmp_path / "a")
    assert not (tmp_path / "copy").exists()


class Cloning:
    """A file system whose files can share blocks."""

    def __init__(self, meanwhile: Callable[[], object] = bool) -> None:
        self._meanwhile = meanwhile
        self.clones = 0

    def ioctl(self, target: int, request: int, source: int) -> None:
        assert request == 0x40049409
        os.pwrite(target, os.pread(source, 100 * CHUNK, 0), 0)
        self.clones += 1
        self._meanwhile()


def test_where_blocks_can_be_shared_the_copy_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = os.urandom(2 * CHUNK + 1)
    (tmp_path / "a").write_bytes(data)
    (tmp_path / "small").write_bytes(b"abc")
    cloning = Cloning()
    monkeypatch.setattr(copying.fcntl, "ioctl", cloning.ioctl)
    monkeypatch.setattr(copying.sys, "platform", "linux")
    taken = copy(tmp_path / "a", tmp_path / "b", ["sha256", "sha512"], whole=len(data))
    assert taken == Taken(len(data), digests_of(data), data)
    assert (tmp_path / "b").read_bytes() == data
    copy(tmp_path / "small", tmp_path / "c", ["sha256"])
    assert cloning.clones == 1
    monkeypatch.setattr(copying.sys, "platform", "darwin")
    assert copy(tmp_path / "a", tmp_path / "d", ["sha256"]).size == len(data)
    assert cloning.clones == 1


def test_a_source_that_changes_while_its_clone_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a"
    source.write_bytes(bytes(CHUNK))
    monkeypatch.setattr(copying.fcntl, "ioctl", Cloning(lambda: _append(source)).ioctl)
    monkeypatch.setattr(copying.sys, "platform", "linux")
    with pytest.raises(SourceChangedError):
        copied(source)
    assert not (tmp_path / "copy").exists()


def test_a_clone_that_cannot_be_read_is_no_fault_of_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(descriptor: int, size: int) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    (tmp_path / "a").write_bytes(bytes(CHUNK))
    monkeypatch.setattr(copying.fcntl, "ioctl", Cloning(lambda: monkeypatch.setattr(os, "read", broken)).ioctl)
    monkeypatch.setattr(copying.sys, "platform", "linux")
    with pytest.raises(StorageError, match="the disk reported an error") as caught:
        copied(tmp_path / "a")
    assert not isinstance(caught.value, SourceUnreadableError)
    assert not (tmp_path / "copy").exists()


def test_a_large_source_takes_little_memory(tmp_path: Path) -> None:
    source = tmp_path / "a"
    with source.open("wb") as file:
        file.truncate(64 * CHUNK)
    tracemalloc.start()
    try:
        taken = measure(source, ["md5"], whole=100)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken.size == 64 * CHUNK
    assert taken.digests["md5"] == hashlib.md5(bytes(64 * CHUNK)).hexdigest()
    assert most < 4 * CHUNK


def test_no_descriptor_stays_open(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    os.mkfifo(tmp_path / "pipe")
    before = _open_descriptors()
    copied(tmp_path / "a")
    with pytest.raises(StorageError):
        copied(tmp_path / "a")
    with pytest.raises(SourceUnreadableError):
        measured(tmp_path / "pipe")
    assert _open_descriptors() == before


def _open_descriptors() -> int:
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sum(1 for one in range(min(most, 1024)) if _is_open(one))


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True
