"""A place beside the target in which a folder is made, and from which it appears whole or not at all.

The order of what happens, and what it means if the machine stops in between:

1. `.<name>.partial` is made and locked; a stale one, whose lock nobody holds, is emptied first.
2. Everything is written into it. A stop here leaves the `.partial` folder, which the next run sweeps.
3. The file system is synced once, so that all of it is on the disk before it gets its name.
4. The folder is renamed to its name; an existing name is never replaced, not even an empty folder.
5. The parent folder is synced, so that the name is on the disk too.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import shutil
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from archive.errors import LockedError, StorageError, TargetExistsError
from archive.storage.trouble import explained, told_in_words

PARTIAL_PREFIX = "."
PARTIAL_SUFFIX = ".partial"

_RENAME_NOREPLACE = 1  # linux/fs.h
_RENAME_EXCL = 4  # macOS, sys/stdio.h


def partial_name(name: str) -> str:
    """The name under which a folder is made before it gets its own.

    >>> partial_name("corpus-1.0")
    '.corpus-1.0.partial'
    """
    return f"{PARTIAL_PREFIX}{name}{PARTIAL_SUFFIX}"


class Staging:
    """A folder in the making; use it as a context manager.

    Leaving the context without `publish` removes everything that was staged.

    Args:
        target: the place where the folder will appear; its parent is made if absent.

    Raises:
        LockedError: another run is making the same folder.
        StorageError: the place cannot be written to.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = target.parent / partial_name(target.name)
        self._lock: int | None = None

    def __enter__(self) -> Self:
        with told_in_words(self.target.parent):
            self.target.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock = self._partial()
            self._claim(self._lock)
            with told_in_words(self.path):
                _sweep(self._lock)
        except BaseException:
            self._let_go()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._lock is not None and self._is_at_its_place(self._lock):
                _sweep(self._lock)
                self.path.rmdir()
        except OSError:
            pass  # what is left is a `.partial`, which the next run sweeps
        finally:
            self._let_go()

    def _partial(self) -> int:
        try:
            self.path.mkdir(exist_ok=True)
            return _opened(self.path)
        except FileNotFoundError:  # another run has published between the two calls
            raise self._locked_by_another() from None
        except (FileExistsError, NotADirectoryError):
            raise StorageError(
                "something that is no folder has the name under which the bag is to be made",
                where=str(self.path),
                remedy="Move it away, or give --name or another --to",
            ) from None
        except OSError as error:
            raise explained(error, self.path) from error

    def _claim(self, lock: int) -> None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise self._locked_by_another() from None
        except OSError as error:
            raise explained(error, self.path) from error
        # Another run may have published between our opening and our lock: then the lock is on its bag.
        if not self._is_at_its_place(lock):
            raise self._locked_by_another()

    def _is_at_its_place(self, lock: int) -> bool:
        try:
            return os.path.samestat(self.path.lstat(), os.fstat(lock))
        except FileNotFoundError:
            return False

    def _let_go(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _locked_by_another(self) -> LockedError:
        return LockedError(
            "another run is writing to this place",
            where=str(self.target),
            remedy="Wait for it, or give --name or another --to",
        )

    def publish(self) -> None:
        """Makes all of it durable and gives it its name.

        Raises:
            TargetExistsError: something has the name already; nothing was changed.
            StorageError: the disk refused.
        """
        with told_in_words(self.path):
            sync_file_system(self.path)
            rename_without_replacing(self.path, self.target)
        with told_in_words(self.target.parent):
            _sync_folder(self.target.parent)


def sweep(folder: Path) -> None:
    """Removes everything in `folder`, following no link.

    Raises:
        OSError: `folder` is a link or no folder, or something in it cannot be removed.
    """
    descriptor = _opened(folder)
    try:
        _sweep(descriptor)
    finally:
        os.close(descriptor)


def _opened(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)


def _sweep(descriptor: int) -> None:
    # By descriptor, so that nobody can put a link to another folder under the name meanwhile.
    with os.scandir(descriptor) as listing:
        entries = list(listing)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.name, dir_fd=descriptor)
        else:
            os.unlink(entry.name, dir_fd=descriptor)


def rename_without_replacing(source: Path, target: Path) -> None:
    """Renames a folder, unless the target exists in any form.

    Where the kernel has no such call, the name is claimed first by making an empty folder, which fails if anything is
    there, and then replaced in one step by the rename.

    Raises:
        TargetExistsError: the target exists.
        OSError: the rename failed.
    """
    try:
        if not _exclusive_rename(source, target):
            target.mkdir()
            _rename_onto_claim(source, target)
    except FileExistsError:
        raise TargetExistsError(
            "something with this name is there already, and a bag is never replaced",
            where=str(target),
            remedy="Raise `version` in corpus.toml, or give --name",
        ) from None


def _rename_onto_claim(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError:
        with contextlib.suppress(OSError):  # somebody has put something into it: then it is theirs
            target.rmdir()
        raise


def _exclusive_rename(source: Path, target: Path) -> bool:
    """False where the system offers no such call."""
    libc = ctypes.CDLL(None, use_errno=True)
    at_cwd, before, after = -100, os.fsencode(source), os.fsencode(target)
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        result = libc.renameat2(at_cwd, before, at_cwd, after, _RENAME_NOREPLACE)
    elif sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        result = libc.renamex_np(before, after, _RENAME_EXCL)
    else:
        return False
    if result == 0:
        return True
    number = ctypes.get_errno()
    if number in {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}:
        return False
    raise OSError(number, os.strerror(number), str(target))


def sync_file_system(folder: Path) -> None:
    """Puts all of the file system that holds `folder` on the disk, with one call."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if not hasattr(libc, "syncfs"):
            os.sync()
        elif libc.syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # fsync(2): a file system that has no such thing for folders
            raise
    finally:
        os.close(descriptor)
