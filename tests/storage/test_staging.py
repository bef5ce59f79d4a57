"""A folder appears whole or not at all, and never in the place of another."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.errors import LockedError, StorageError, TargetExistsError
from archive.storage import staging
from archive.storage.staging import Staging, partial_name, rename_without_replacing, sweep, sync_file_system


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out/bag-1.0"


def fill(folder: Path) -> None:
    (folder / "data/deep").mkdir(parents=True)
    (folder / "bagit.txt").write_text("a")
    (folder / "data/deep/b.txt").write_text("b")


def tree(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


FILLED = ["bagit.txt", "data", "data/deep", "data/deep/b.txt"]


def test_what_is_published_appears_whole(target: Path) -> None:
    with Staging(target) as making:
        fill(making.path)
        assert not target.exists()
        making.publish()
        assert tree(target) == FILLED
    assert tree(target) == FILLED
    assert names(target.parent) == [target.name]


def test_it_is_made_beside_its_place(target: Path) -> None:
    with Staging(target) as making:
        assert making.path == target.parent / ".bag-1.0.partial"
        assert making.path.is_dir()


def test_what_is_not_published_is_gone(target: Path) -> None:
    with Staging(target) as making:
        fill(making.path)
    assert names(target.parent) == []


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_an_error_leaves_nothing(target: Path, error: type[BaseException]) -> None:
    def make() -> None:
        with Staging(target) as making:
            fill(making.path)
            raise error

    with pytest.raises(error):
        make()
    assert names(target.parent) == []


def test_an_error_after_publishing_leaves_what_was_published(target: Path) -> None:
    def make() -> None:
        with Staging(target) as making:
            fill(making.path)
            making.publish()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        make()
    assert tree(target) == FILLED


def test_leaving_twice_does_no_harm(target: Path) -> None:
    making = Staging(target)
    making.__exit__(None, None, None)
    with making:
        fill(making.path)
        making.publish()
    making.__exit__(None, None, None)
    assert tree(target) == FILLED


def occupy(target: Path, with_what: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    match with_what:
        case "file":
            target.write_text("before")
        case "empty folder":
            target.mkdir()
        case "full folder":
            target.mkdir()
            (target / "before").write_text("before")
        case "link":
            (target.parent / "elsewhere").mkdir()
            target.symlink_to("elsewhere")
        case "dangling link":
            target.symlink_to("nowhere")


def state(path: Path) -> tuple[int, list[str], str]:
    link = str(path.readlink()) if path.is_symlink() else ""
    return path.lstat().st_ino, tree(path) if path.is_dir() else [], link


taken = pytest.mark.parametrize("with_what", ["file", "empty folder", "full folder", "link", "dangling link"])
offers = pytest.mark.parametrize("offered", [True, False], ids=["renameat2", "without renameat2"])


def without_exclusive_rename(source: Path, target: Path) -> bool:
    return False


@taken
@offers
def test_a_place_that_is_taken_is_left_alone(
    target: Path, monkeypatch: pytest.MonkeyPatch, with_what: str, offered: bool
) -> None:
    if not offered:
        monkeypatch.setattr(staging, "_exclusive_rename", without_exclusive_rename)
    occupy(target, with_what)
    before = state(target)
    with Staging(target) as making:
        fill(making.path)
        with pytest.raises(TargetExistsError) as caught:
            making.publish()
    assert caught.value.where == str(target)
    assert caught.value.remedy
    assert state(target) == before
    assert not making.path.exists()


def test_without_the_call_of_the_kernel_it_is_published_all_the_same(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_exclusive_rename", without_exclusive_rename)
    with Staging(target) as making:
        fill(making.path)
        making.publish()
    assert tree(target) == FILLED


def test_a_rename_that_fails_gives_the_claimed_name_back(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_exclusive_rename", without_exclusive_rename)
    target.parent.mkdir()
    with pytest.raises(FileNotFoundError):
        rename_without_replacing(target.parent / "none", target)
    assert names(target.parent) == []


def test_a_claimed_name_that_somebody_else_uses_is_left_to_them(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def claim(source: Path, target: Path) -> bool:
        real(target)
        (target / "theirs").write_text("theirs")
        return False

    real = Path.mkdir
    monkeypatch.setattr(staging, "_exclusive_rename", claim)
    monkeypatch.setattr(Path, "mkdir", lambda self, *args, **kwargs: None)
    (target.parent.parent / "source").touch()
    real(target.parent)
    with pytest.raises(OSError, match=r"."):
        rename_without_replacing(target.parent.parent / "source", target)
    assert tree(target) == ["theirs"]


class System:
    """A C library that offers what a test says."""

    def __init__(self, **calls: int) -> None:
        self.calls: list[tuple[Any, ...]] = []
        for name, number in calls.items():
            setattr(self, name, self._call(name, number))

    def _call(self, name: str, number: int) -> Any:
        def call(*args: object) -> int:
            self.calls.append((name, *args))
            ctypes.set_errno(number)
            return -1 if number else 0

        return call


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    def provide(platform: str, **calls: int) -> System:
        offered = System(**calls)
        monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: offered)
        monkeypatch.setattr(sys, "platform", platform)
        return offered

    yield provide
    monkeypatch.undo()


RENAMES = [("linux", "renameat2"), ("darwin", "renamex_np")]


@pytest.mark.parametrize(("platform", "call"), RENAMES)
def test_each_system_has_its_call(tmp_path: Path, system: Any, platform: str, call: str) -> None:
    offered = system(platform, **{call: 0})
    rename_without_replacing(tmp_path / "a", tmp_path / "b")
    ((name, *arguments),) = offered.calls
    assert name == call
    assert {os.fsencode(tmp_path / "a"), os.fsencode(tmp_path / "b")} < set(arguments)


@pytest.mark.parametrize(("platform", "call"), RENAMES)
@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL, errno.ENOTSUP])
def test_a_call_that_the_file_system_does_not_know_is_done_without(
    tmp_path: Path, system: Any, platform: str, call: str, number: int
) -> None:
    system(platform, **{call: number})
    (tmp_path / "a").mkdir()
    rename_without_replacing(tmp_path / "a", tmp_path / "b")
    assert names(tmp_path) == ["b"]


@pytest.mark.parametrize("platform", ["linux", "darwin", "freebsd14"])
def test_a_system_without_the_call_is_done_without(tmp_path: Path, system: Any, platform: str) -> None:
    system(platform)
    (tmp_path / "a").mkdir()
    rename_without_replacing(tmp_path / "a", tmp_path / "b")
    assert names(tmp_path) == ["b"]


def test_other_errors_of_the_call_are_errors(target: Path, system: Any) -> None:
    with Staging(target) as making:
        system("linux", renameat2=errno.EROFS, syncfs=0)
        with pytest.raises(StorageError, match="read-only"):
            making.publish()


def test_a_disk_that_refuses_to_sync_is_told(target: Path, system: Any) -> None:
    with Staging(target) as making:
        system("linux", syncfs=errno.EIO)
        with pytest.raises(StorageError, match="the disk reported an error"):
            making.publish()
    assert names(target.parent) == []


def test_a_system_that_syncs_all_disks_or_none(tmp_path: Path, system: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = []
    monkeypatch.setattr(os, "sync", lambda: synced.append(True))
    system("darwin")
    sync_file_system(tmp_path)
    assert synced == [True]


def fails_with(number: int) -> Any:
    def fsync(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    return fsync


def test_a_file_system_that_cannot_sync_a_folder_is_forgiven(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", fails_with(errno.EINVAL))
    with Staging(target) as making:
        making.publish()
    assert target.is_dir()


def test_a_name_that_did_not_reach_the_disk_is_told(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", fails_with(errno.EIO))
    with Staging(target) as making, pytest.raises(StorageError, match="the disk reported an error"):
        making.publish()


def test_what_a_killed_run_left_is_swept(target: Path) -> None:
    left = target.parent / partial_name(target.name)
    left.mkdir(parents=True)
    fill(left)
    with Staging(target) as making:
        assert names(making.path) == []
        (making.path / "new").touch()
        making.publish()
    assert tree(target) == ["new"]


def test_sweeping_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/a").touch()
    folder = tmp_path / "folder"
    (folder / "deep").mkdir(parents=True)
    (folder / "to-folder").symlink_to(tmp_path / "precious")
    (folder / "to-file").symlink_to(tmp_path / "precious/a")
    (folder / "deep/to-folder").symlink_to(tmp_path / "precious")
    os.mkfifo(folder / "pipe")
    sweep(folder)
    assert names(folder) == []
    assert names(tmp_path / "precious") == ["a"]


def test_sweeping_does_not_begin_with_a_link(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/a").touch()
    (tmp_path / "link").symlink_to("precious")
    with pytest.raises(OSError, match=r"."):
        sweep(tmp_path / "link")
    assert names(tmp_path / "precious") == ["a"]


@pytest.mark.parametrize("what", ["link", "dangling link", "file"])
def test_something_else_under_the_name_of_the_staging_is_left_alone(target: Path, what: str) -> None:
    precious = target.parent / "precious"
    precious.mkdir(parents=True)
    (precious / "a").touch()
    partial = target.parent / partial_name(target.name)
    match what:
        case "link":
            partial.symlink_to("precious")
        case "dangling link":
            partial.symlink_to("nowhere")
        case "file":
            partial.write_text("a")
    before = partial.lstat().st_ino
    with pytest.raises(StorageError, match="something that is no folder") as caught, Staging(target):
        raise AssertionError
    assert caught.value.where == str(partial)
    assert caught.value.remedy
    assert partial.lstat().st_ino == before
    assert names(precious) == ["a"]
    assert not (target.parent / "nowhere").exists()


def test_a_link_put_in_place_of_the_staging_meanwhile_is_not_followed(target: Path) -> None:
    precious = target.parent / "precious"
    with Staging(target) as making:
        precious.mkdir()
        (precious / "a").touch()
        making.path.rmdir()
        making.path.symlink_to("precious")
    assert names(precious) == ["a"]


def test_a_link_to_what_was_published_is_not_followed(target: Path) -> None:
    with Staging(target) as making:
        fill(making.path)
        making.publish()
        making.path.symlink_to(target.name)
    assert tree(target) == FILLED


def test_two_runs_do_not_write_the_same(target: Path) -> None:
    with Staging(target) as making:
        fill(making.path)
        with pytest.raises(LockedError) as caught, Staging(target):
            raise AssertionError
        assert caught.value.where == str(target)
        assert caught.value.remedy
        assert tree(making.path) == FILLED
        with Staging(target.with_name("another")):
            pass
    with Staging(target):
        pass


def test_a_run_that_was_killed_holds_no_lock(target: Path, project: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from archive.storage.staging import Staging\n"
        "with Staging(Path(sys.argv[1])) as making:\n"
        "    (making.path / 'a').touch(); print('ready', flush=True); time.sleep(600)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(target)], cwd=project, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        assert run.stdout.readline() == "ready\n"
        with pytest.raises(LockedError), Staging(target):
            raise AssertionError
        run.send_signal(signal.SIGKILL)
    assert names(target.parent) == [partial_name(target.name)]
    with Staging(target) as making:
        assert names(making.path) == []
    assert names(target.parent) == []


def test_a_run_that_published_between_our_steps_is_not_disturbed(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lock(descriptor: int, how: int) -> None:
        fill(making.path)
        making.path.rename(target)

    making = Staging(target)
    monkeypatch.setattr(fcntl, "flock", lock)
    with pytest.raises(LockedError), making:
        raise AssertionError
    assert tree(target) == FILLED


def test_a_run_that_published_before_we_opened_is_not_disturbed(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(folder: Path) -> int:
        folder.rmdir()
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(folder))

    monkeypatch.setattr(staging, "_opened", gone)
    with pytest.raises(LockedError), Staging(target):
        raise AssertionError


def test_a_file_system_without_locks_is_told(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lock(descriptor: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", lock)
    with pytest.raises(StorageError, match="No locks available"), Staging(target):
        raise AssertionError


def test_a_staging_that_cannot_be_swept_is_told_and_let_go(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", _refusing)
        with pytest.raises(StorageError, match="permission denied"), Staging(target):
            raise AssertionError
    with Staging(target):
        pass


def test_what_cannot_be_removed_in_the_end_is_left_to_the_next_run(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, Staging(target) as making:
        fill(making.path)
        patch.setattr(os, "scandir", _refusing)
    assert tree(making.path) == FILLED
    with Staging(target):
        pass
    assert names(target.parent) == []


def _refusing(_: object) -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError) as caught, Staging(tmp_path / "file/bag"):
        raise AssertionError
    assert caught.value.where == str(tmp_path / "file")


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="the name is too long"), Staging(tmp_path / ("b" * 250)):
        raise AssertionError
