"""Reads a source once: bytes go to their copy and into the digests in one pass.

The digests are of the bytes that were written. A source that is not the same file before and after is refused, so
that no copy is a mixture of two versions. A small source is read and written by one call of the system each. Of a
large one the file system is asked first for a copy that shares its blocks (`ioctl_ficlone(2)`): then the copy is read.
"""

from __future__ import annotations

import fcntl
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from archive.errors import SourceChangedError, SourceUnreadableError
from archive.model.digests import Hasher, hasher, quick_maker
from archive.storage.trouble import explained

CHUNK = 1024 * 1024
"""Bytes read at a time."""
# O_NONBLOCK: a FIFO put in the place of a file must not make us wait for a writer.
_TO_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_TO_MAKE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
_FICLONE = 0x40049409  # linux/fs.h


class Taken(NamedTuple):
    """What was read of a source.

    Attributes:
        size: how many bytes.
        digests: lower-case hex by algorithm.
        data: all of its bytes where there are no more than were asked for, else none.
    """

    size: int
    digests: dict[str, str]
    data: bytes


def copy(source: Path | str, target: Path | str, algorithms: Sequence[str], *, whole: int = 0) -> Taken:
    """Copies `source` to the new file `target`, whose folders are made if absent.

    Where that fails, nothing is left at `target`.

    Args:
        source: a regular file; a link is refused.
        target: must not exist.
        algorithms: normalised names.
        whole: up to how many bytes a source may have that are given back.

    Raises:
        SourceChangedError: the source was written to meanwhile.
        SourceUnreadableError: the source cannot be read.
        StorageError: the target cannot be written.
    """
    data = _whole(source)
    if data is not None:
        with _Target(target) as made:
            made.write(data)
        return _taken_whole(data, algorithms, whole)
    with _Source(source) as given, _Target(target) as made:
        pieces = made.pieces() if made.shares_blocks_of(given) else map(made.write, given.pieces())
        taken = _taken(pieces, algorithms, keeps=given.size <= whole)
        given.expect_unchanged(taken.size)
        return taken


def measure(source: Path | str, algorithms: Sequence[str], *, whole: int = 0) -> Taken:
    """Reads `source` without copying it; otherwise as `copy`."""
    data = _whole(source)
    if data is not None:
        return _taken_whole(data, algorithms, whole)
    with _Source(source) as given:
        taken = _taken(given.pieces(), algorithms, keeps=given.size <= whole)
        given.expect_unchanged(taken.size)
        return taken


def _taken_whole(data: bytes, algorithms: Sequence[str], whole: int) -> Taken:
    digests = {algorithm: quick_maker(algorithm)(data).hexdigest() for algorithm in algorithms}
    return Taken(len(data), digests, data if len(data) <= whole else b"")


def _taken(pieces: Iterable[bytes], algorithms: Sequence[str], *, keeps: bool) -> Taken:
    hashers: list[Hasher] = []
    kept: list[bytes] = []
    count = 0
    for piece in pieces:
        if hashers:
            for one in hashers:
                one.update(piece)
        else:
            hashers = [quick_maker(algorithm)(piece) for algorithm in algorithms]
        if keeps:
            kept.append(piece)
        count += len(piece)
    hashers = hashers or [hasher(algorithm) for algorithm in algorithms]
    return Taken(count, {name: one.hexdigest() for name, one in zip(algorithms, hashers, strict=True)}, b"".join(kept))


def _whole(path: Path | str) -> bytes | None:
    """All of a small source; None where it has to be read as a large one, which also says what is wrong with it.

    Raises:
        SourceChangedError: it was written to meanwhile.
    """
    try:
        descriptor = os.open(path, _TO_READ)
    except OSError:
        return None
    try:
        before = os.fstat(descriptor)
        if before.st_size >= CHUNK or not stat.S_ISREG(before.st_mode):
            return None
        data = os.read(descriptor, before.st_size + 1)
        after = os.fstat(descriptor)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    if _version(before) != _version(after):
        raise _changed(path)
    return data if len(data) == before.st_size else None  # else the system gave a part of it


class _Source:
    """A regular file that is open to be read."""

    __slots__ = ("_before", "_path", "descriptor")

    def __init__(self, path: Path | str) -> None:
        self._path = path
        try:
            self.descriptor = os.open(path, _TO_READ)
        except OSError as error:
            raise self._unreadable(error) from error

    def __enter__(self) -> Self:
        self._before = os.fstat(self.descriptor)
        if not stat.S_ISREG(self._before.st_mode):
            os.close(self.descriptor)
            raise SourceUnreadableError("not a regular file", where=str(self._path))
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)

    @property
    def size(self) -> int:
        """Its bytes when it was opened."""
        return self._before.st_size

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, a `CHUNK` at a time."""
        size, count = self._before.st_size, 0
        while piece := self._read(min(CHUNK, max(0, size - count) + 1)):
            count += len(piece)
            yield piece
            if count == size and len(piece) < CHUNK:
                break  # one byte more was asked for, and there was none

    def expect_unchanged(self, count: int) -> None:
        """Refuses a source that is not what it was before it was read, or that had another number of bytes."""
        before, after = self._before, os.fstat(self.descriptor)
        if count != before.st_size or _version(before) != _version(after):
            raise _changed(self._path)

    def _read(self, most: int) -> bytes:
        try:
            return os.read(self.descriptor, most)
        except OSError as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: OSError) -> SourceUnreadableError:
        told = explained(error, self._path)
        return SourceUnreadableError(told.what, where=told.where, remedy=told.remedy)


class _Target:
    """A new file, of which nothing is left where it could not be written to its end."""

    __slots__ = ("_descriptor", "_path")

    def __init__(self, path: Path | str) -> None:
        self._path = path
        try:
            self._descriptor = self._made()
        except OSError as error:
            raise explained(error, path) from error

    def _made(self) -> int:
        try:
            return os.open(self._path, _TO_MAKE, 0o666)
        except FileNotFoundError:  # the first file of its folder
            Path(self._path).parent.mkdir(parents=True, exist_ok=True)
            return os.open(self._path, _TO_MAKE, 0o666)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            os.close(self._descriptor)
        except OSError as problem:
            self._remove()
            raise explained(problem, self._path) from problem
        if kind is not None:
            self._remove()

    def _remove(self) -> None:
        Path(self._path).unlink(missing_ok=True)

    def write(self, piece: bytes) -> bytes:
        """Writes bytes, and gives them back."""
        try:
            written = os.write(self._descriptor, piece)
            while written < len(piece):
                written += os.write(self._descriptor, memoryview(piece)[written:])
        except OSError as error:
            raise explained(error, self._path) from error
        return piece

    def shares_blocks_of(self, source: _Source) -> bool:
        """Whether the file system has made it a copy of a source, which it does at one moment or not at all."""
        if sys.platform != "linux":
            return False
        try:
            fcntl.ioctl(self._descriptor, _FICLONE, source.descriptor)
        except OSError:  # most file systems cannot, and none across file systems
            return False
        return True

    def pieces(self) -> Iterator[bytes]:
        """What it holds, a `CHUNK` at a time."""
        try:
            while piece := os.read(self._descriptor, CHUNK):
                yield piece
        except OSError as error:
            raise explained(error, self._path) from error


def _changed(path: Path | str) -> SourceChangedError:
    remedy = "Wait until nobody writes to it, then pack again"
    return SourceChangedError("the file changed while it was read", where=str(path), remedy=remedy)


def _version(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns
