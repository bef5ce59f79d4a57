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
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from archive.errors import StorageError
from archive.storage.stores import PIECE, Entry, Kind, order_of

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
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

    def _regular(self, key: str) -> tuple[int, int]:
        folder, _, name = key.rpartition("/")
        try:
            if folder != self._folder:
                self._enter(folder)
            handle = os.open(order_of(name), _FILE, dir_fd=self._handle)
        except (OSError, ValueError) as error:
            raise _failure(error, key) from error
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            os.close(handle)
            raise StorageError("This is not a regular file", where=key)
        return handle, status.st_size

    def _enter(self, folder: str) -> None:
        self._leave()
        self._handle = _open_folder(self._root, folder)
        self._folder = folder

    def _leave(self) -> None:
        if self._handle != self._root:
            os.close(self._handle)
        self._handle, self._folder = self._root, ""


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
            if part in {"", ".", ".."}:
                raise NotADirectoryError(errno.ENOTDIR, "No such folder")
            inner = os.open(order_of(part), _FOLDER, dir_fd=handle)
            os.close(handle)
            handle = inner
    except (OSError, ValueError):
        os.close(handle)
        raise
    return handle


def _walk(root: int) -> Iterator[Entry]:
    pending = [Entry("", Kind.FOLDER, 0)]
    while pending:
        entry = pending.pop()
        if entry.kind is not Kind.FOLDER:
            yield entry
            continue
        try:
            with _listing(root, entry.key) as listing:
                inside = _sorted_entries(listing, entry.key)
        except OSError:
            yield entry._replace(kind=Kind.UNREADABLE)
            continue
        if entry.key:
            yield entry
        pending.extend(reversed(inside))


@contextmanager
def _listing(root: int, folder: str) -> Iterator[Iterator[os.DirEntry[str]]]:
    handle = _open_folder(root, folder)
    try:
        with os.scandir(handle) as listing:
            yield listing
    finally:
        os.close(handle)


def _sorted_entries(listing: Iterator[os.DirEntry[str]], folder: str) -> list[Entry]:
    prefix = f"{folder}/" if folder else ""
    found = []
    for item in listing:
        kind = _kind(item)
        size = item.stat(follow_symlinks=False).st_size if kind is Kind.FILE else 0
        name = item.name if _NAMES_ARE_UTF8 else os.fsencode(item.name).decode("utf-8", "surrogateescape")
        found.append(Entry(prefix + name, kind, size))
    found.sort(key=_walking_order)
    return found


def _walking_order(entry: Entry) -> bytes:
    return order_of(entry.key + "/" if entry.kind is Kind.FOLDER else entry.key)


def _kind(item: os.DirEntry[str]) -> Kind:
    if item.is_file(follow_symlinks=False):
        return Kind.FILE
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
