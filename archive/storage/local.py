"""A store in a folder of the local file system.

Every name is opened relative to the open folder that holds it and without following links (`O_NOFOLLOW`), so that a
link that is put in place while the store is read leads nowhere; `O_NONBLOCK` keeps a FIFO from hanging the reader,
and what is no regular file is refused after it was opened.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from archive.errors import StorageError
from archive.model.limits import DEFAULT_LIMITS
from archive.storage.stores import PIECE, Entry, Kind, order_of

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_BUFFER = 1 << 18
"""Bytes that are read at a time into a buffer: what a processor keeps at hand between two algorithms."""
_entry: Callable[[tuple[str, Kind, int]], Entry] = partial(tuple.__new__, Entry)
"""Makes an entry without the detour that a call of the class takes; there may be millions."""
_SECTOR = 512
"""What `st_blocks` counts in, whatever the file system (POSIX)."""
_NAMES_ARE_UTF8 = sys.getfilesystemencoding() == "utf-8"


@dataclass(frozen=True, slots=True)
class LocalStore:
    """The files under a folder.

    Attributes:
        root: the folder; a link here is followed, since a person named it.
    """

    root: str

    @property
    def name(self) -> str:
        """The path of the folder, as it was given."""
        return self.root

    def entries(self) -> Iterator[Entry]:
        """See `archive.storage.stores.Store.entries`."""
        root = _open_root(self.root)
        try:
            yield from _walk(root)
        finally:
            os.close(root)

    def reader(self) -> AbstractContextManager[LocalReader]:
        """See `archive.storage.stores.Store.reader`."""
        return closing(LocalReader(self.root))


class LocalReader:
    """Opens files below one folder; keeps the folder that was used last open, since keys come sorted."""

    def __init__(self, root: str) -> None:
        self._root = _open_root(root)
        self._folder = ""
        self._handle = self._root
        self._way: list[tuple[str, int]] = []
        self._buffer: memoryview | None = None

    def close(self) -> None:
        """Lets go of the folders."""
        self._leave()
        os.close(self._root)

    def open(self, key: str) -> BinaryIO:
        """See `archive.storage.stores.Reader.open`."""
        handle, _ = self._regular(key)
        os.set_blocking(handle, True)
        return os.fdopen(handle, "rb")

    def pieces(self, key: str) -> Iterator[bytes]:
        """See `archive.storage.stores.Reader.pieces`."""
        handle, size = self._regular(key)
        try:
            # One byte more than the size that is known: a short answer then shows the end without asking again.
            wanted = min(size + 1, PIECE)
            while piece := os.read(handle, wanted):
                yield piece
                if len(piece) < wanted < PIECE:
                    break
                wanted = PIECE
        except OSError as error:
            raise _failure(error, key) from error
        finally:
            os.close(handle)

    def feed(self, key: str, takers: Sequence[Callable[[memoryview], object]]) -> None:
        """Gives a whole file to each of `takers`, piece by piece, out of one buffer that is used again and again.

        Raises:
            StorageError: as for `pieces`.
        """
        handle, size = self._regular(key)
        if self._buffer is None or len(self._buffer) < min(size + 1, _BUFFER):
            self._buffer = memoryview(bytearray(min(size + 1, _BUFFER)))
        buffer = self._buffer
        try:
            while count := os.readv(handle, [buffer]):
                piece = buffer[:count]
                for take in takers:
                    take(piece)
        except OSError as error:
            raise _failure(error, key) from error
        finally:
            os.close(handle)

    def folder(self, folder: str) -> int:
        """A handle of a folder, which stays good until another key is opened.

        Raises:
            StorageError: there is no such folder (a link is none), or it cannot be opened.
        """
        try:
            if folder != self._folder:
                self._enter(folder)
        except (OSError, ValueError) as error:
            raise _failure(error, folder) from error
        return self._handle

    def _regular(self, key: str) -> tuple[int, int]:
        folder, _, name = key.rpartition("/")
        try:
            if folder != self._folder:
                self._enter(folder)
            handle = open_name(self._handle, name)
        except (OSError, ValueError) as error:
            raise _failure(error, key) from error
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            os.close(handle)
            raise StorageError("This is not a regular file", where=key)
        if _is_hollow(status):
            os.close(handle)
            raise StorageError(f"It says {status.st_size} bytes, nearly all of them holes, and is not read", where=key)
        return handle, status.st_size

    def _enter(self, folder: str) -> None:
        """Opens a folder part by part, so that no link is followed on the way; what leads there already stays open."""
        parts = folder.split("/") if folder else []
        same = 0
        for (open_part, _), part in zip(self._way, parts, strict=False):
            if open_part != part:
                break
            same += 1
        self._leave(same)
        for part in parts[same:]:
            self._way.append((part, _open_part(self._handle, part)))
            self._handle = self._way[-1][1]
        self._folder = folder

    def _leave(self, keep: int = 0) -> None:
        while len(self._way) > keep:
            os.close(self._way.pop()[1])
        self._handle = self._way[-1][1] if self._way else self._root
        self._folder = "/".join(part for part, _ in self._way)


def open_name(folder: int, name: str) -> int:
    """Opens a file of an open folder for reading, without following a link or waiting.

    Raises:
        OSError: it cannot be opened.
        ValueError: the name holds a NUL.
    """
    return os.open(name if _NAMES_ARE_UTF8 else order_of(name), _FILE, dir_fd=folder)


def _is_hollow(status: os.stat_result) -> bool:
    """Whether a file is far larger than what the disk holds of it: a sparse file can say exabytes."""
    limits = DEFAULT_LIMITS
    return status.st_size > limits.unquestioned and status.st_size > status.st_blocks * _SECTOR * limits.ratio


def _open_root(root: str) -> int:
    try:
        return os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise _failure(error, root) from error


def _open_folder(root: int, folder: str) -> int:
    """A handle of a folder below `root`, taken part by part so that no link is followed on the way."""
    handle = os.open(b".", _FOLDER, dir_fd=root)
    try:
        for part in folder.split("/") if folder else ():
            inner = _open_part(handle, part)
            os.close(handle)
            handle = inner
    except (OSError, ValueError):
        os.close(handle)
        raise
    return handle


def _open_part(folder: int, part: str) -> int:
    if part in {"", ".", ".."}:
        raise NotADirectoryError(errno.ENOTDIR, "No such folder")
    return os.open(order_of(part), _FOLDER, dir_fd=folder)


def _walk(root: int) -> Iterator[Entry]:
    pending = [Entry("", Kind.FOLDER, 0)]
    while pending:
        entry = pending.pop()
        if entry.kind is not Kind.FOLDER:
            yield entry
            continue
        try:
            with _listing(root, entry.key) as listing:
                inside, has_folders = _sorted_entries(listing, entry.key)
        except OSError:
            yield entry._replace(kind=Kind.UNREADABLE)
            continue
        if entry.key:
            yield entry
        if has_folders:
            pending.extend(reversed(inside))
        else:
            yield from inside


@contextmanager
def _listing(root: int, folder: str) -> Iterator[Iterator[os.DirEntry[str]]]:
    handle = _open_folder(root, folder)
    try:
        with os.scandir(handle) as listing:
            yield listing
    finally:
        os.close(handle)


def _sorted_entries(listing: Iterator[os.DirEntry[str]], folder: str) -> tuple[list[Entry], bool]:
    """What stands in a folder, and whether there are folders in it."""
    prefix = f"{folder}/" if folder else ""
    found = []
    is_plain, has_folders = True, False
    for item in listing:
        name = item.name
        if not name.isascii():
            is_plain = False
            name = name if _NAMES_ARE_UTF8 else os.fsencode(name).decode("utf-8", "surrogateescape")
        if item.is_file(follow_symlinks=False):
            found.append(_entry((prefix + name, Kind.FILE, item.stat(follow_symlinks=False).st_size)))
            continue
        kind = _kind(item)
        has_folders = has_folders or kind is Kind.FOLDER
        found.append(Entry(prefix + name, kind, 0))
    found.sort(key=None if is_plain and not has_folders else _walking_order)  # ASCII sorts as its bytes do
    return found, has_folders


def _walking_order(entry: Entry) -> bytes:
    return order_of(entry.key + "/" if entry.kind is Kind.FOLDER else entry.key)


def _kind(item: os.DirEntry[str]) -> Kind:
    """The kind of what is no file."""
    if item.is_dir(follow_symlinks=False):
        return Kind.FOLDER
    return Kind.LINK if item.is_symlink() else Kind.SPECIAL


def _failure(error: OSError | ValueError, where: str) -> StorageError:
    # The system's own words depend on the locale of some platforms; the name of the error does not.
    match error:
        case FileNotFoundError():
            what = "There is no such file or folder"
        case PermissionError():
            what = "It may not be read"
        case NotADirectoryError():
            what = "It is not a folder"
        case OSError(errno=errno.ELOOP):
            what = "It is a link, and links are not followed"
        case _:
            what = f"It cannot be read ({type(error).__name__})"
    return StorageError(what, where=where)
