"""A store in a folder of the local file system.

Every name is opened relative to the open folder that holds it and without following links (`O_NOFOLLOW`), so that a
link that is put in place while the store is read leads nowhere; `O_NONBLOCK` keeps a FIFO from hanging the reader,
and what is no regular file is refused after it was opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from typing import BinaryIO

from archive.errors import StorageError
from archive.model.limits import DEFAULT_LIMITS
from archive.storage.handles import failure, open_name, open_part, open_root, size_of_name
from archive.storage.stores import PIECE, Entry, Run
from archive.storage.walking import at_base, entries_of, walk

_BUFFER = 1 << 19
"""Bytes that are read at a time into a buffer: what a processor keeps at hand between two algorithms."""
_SECTOR = 512
"""What `st_blocks` counts in, whatever the file system (POSIX)."""


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
        for one in self.runs():
            if isinstance(one, Run):
                yield from entries_of(one)
            else:
                yield one

    def runs(self, sparing: str | None = None) -> Iterator[Run | Entry]:
        """The same, files of one folder that follow one another together; for bags of millions.

        Args:
            sparing: a folder in which sizes may be left unknown; see `archive.storage.walking.walk`.
        """
        root = open_root(self.root)
        try:
            yield from walk(root, sparing)
        finally:
            os.close(root)

    def base(self) -> list[Entry]:
        """What stands in the folder itself, not what is further down.

        Raises:
            StorageError: the folder cannot be opened or listed.
        """
        root = open_root(self.root)
        try:
            return list(at_base(root))
        except OSError as error:
            raise failure(error, self.root) from error
        finally:
            os.close(root)

    def reader(self) -> AbstractContextManager[LocalReader]:
        """See `archive.storage.stores.Store.reader`."""
        return closing(LocalReader(self.root))


class LocalReader:
    """Opens files below one folder; keeps the folder that was used last open, since keys come sorted."""

    def __init__(self, root: str) -> None:
        self._root = open_root(root)
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
        # One byte more than the size that is known: a short answer then shows the end without asking again.
        left = size + 1
        try:
            while left and (piece := os.read(handle, wanted := min(left, PIECE))):
                left -= len(piece)
                if left:
                    yield piece
                if left == 1 and len(piece) < wanted:
                    break
        except OSError as error:
            raise failure(error, key) from error
        finally:
            os.close(handle)
        _check_all(key, size, left)

    def feed(self, key: str, takers: Sequence[Callable[[memoryview], object]]) -> None:
        """Gives a whole file to each of `takers`, piece by piece, out of one buffer that is used again and again.

        Raises:
            StorageError: as for `pieces`.
        """
        handle, size = self._regular(key)
        left = size + 1
        if self._buffer is None or len(self._buffer) < min(left, _BUFFER):
            self._buffer = memoryview(bytearray(min(left, _BUFFER)))
        buffer = self._buffer
        try:
            while left and (count := os.readv(handle, [buffer[:left]])):
                left -= count
                piece = buffer[:count]
                for take in takers:
                    take(piece)
        except OSError as error:
            raise failure(error, key) from error
        finally:
            os.close(handle)
        _check_all(key, size, left)

    def stretch(self, name: str, start: int, length: int) -> bytes:
        """So many bytes of a file of the folder itself, from a place on; fewer where they are not to be had."""
        try:
            handle = open_name(self._root, name)
        except (OSError, ValueError):
            return b""
        try:
            return os.pread(handle, length, start)
        except OSError:
            return b""
        finally:
            os.close(handle)

    def size(self, key: str) -> int:
        """The bytes of a file; 0 of what cannot be looked at."""
        folder, _, name = key.rpartition("/")
        try:
            return size_of_name(self.folder(folder), name)
        except StorageError:
            return 0

    def folder(self, folder: str) -> int:
        """A handle of a folder, which stays good until another key is opened.

        Raises:
            StorageError: there is no such folder (a link is none), or it cannot be opened.
        """
        try:
            if folder != self._folder:
                self._enter(folder)
        except (OSError, ValueError) as error:
            raise failure(error, folder) from error
        return self._handle

    def _regular(self, key: str) -> tuple[int, int]:
        folder, _, name = key.rpartition("/")
        try:
            if folder != self._folder:
                self._enter(folder)
            handle = open_name(self._handle, name)
        except (OSError, ValueError) as error:
            raise failure(error, key) from error
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
        for (is_open, _), part in zip(self._way, parts, strict=False):
            if is_open != part:
                break
            same += 1
        self._leave(same)
        try:
            for part in parts[same:]:
                self._way.append((part, open_part(self._handle, part)))
                self._handle = self._way[-1][1]
        except (OSError, ValueError):
            self._leave(same)  # else what is asked for next would be looked for half-way down
            raise
        self._folder = folder

    def _leave(self, keep: int = 0) -> None:
        while len(self._way) > keep:
            os.close(self._way.pop()[1])
        self._handle = self._way[-1][1] if self._way else self._root
        self._folder = "/".join(part for part, _ in self._way)


def _check_all(key: str, size: int, left: int) -> None:
    """A file is as long as it was when it was opened; who reads one that grows would never come to an end."""
    if left != 1:
        how = "more" if left < 1 else "fewer"
        raise StorageError(f"It changed while it was read: it had {size} bytes and now has {how}", where=key)


def _is_hollow(status: os.stat_result) -> bool:
    """Whether a file is far larger than what the disk holds of it: a sparse file can say exabytes."""
    limits = DEFAULT_LIMITS
    return status.st_size > limits.unquestioned and status.st_size > status.st_blocks * _SECTOR * limits.ratio
