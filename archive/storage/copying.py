"""Reads a source once: bytes go to their copy and into the digests in one pass.

The digests are of the bytes that were written. A source that is not the same file before and after is refused, so
that no copy is a mixture of two versions.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.errors import SourceChangedError, SourceUnreadableError
from archive.model.digests import Hasher, hasher, quick_maker
from archive.storage.trouble import explained, told_in_words

CHUNK = 1024 * 1024
"""Bytes read at a time."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read of a source.

    Attributes:
        size: how many bytes.
        digests: lower-case hex by algorithm.
        head: the first bytes, up to what was asked for.
    """

    size: int
    digests: dict[str, str]
    head: bytes


def copy(source: Path | str, target: Path | str, algorithms: Sequence[str], *, head: int = 0) -> Taken:
    """Copies `source` to the new file `target`, whose folders are made if absent.

    Where that fails, nothing is left at `target`.

    Args:
        source: a regular file; a link is refused.
        target: must not exist.
        algorithms: normalised names.
        head: how many of the first bytes to give back.

    Raises:
        SourceChangedError: the source was written to meanwhile.
        SourceUnreadableError: the source cannot be read.
        StorageError: the target cannot be written.
    """
    reading = _opened(source)
    try:
        with told_in_words(target):
            writing = _made(target)
        try:
            try:
                return _pass(source, reading, algorithms, head, _Sink(target, writing))
            finally:
                with told_in_words(target):
                    os.close(writing)
        except BaseException:
            Path(target).unlink(missing_ok=True)
            raise
    finally:
        os.close(reading)


def measure(source: Path | str, algorithms: Sequence[str], *, head: int = 0) -> Taken:
    """Reads `source` without copying it; otherwise as `copy`."""
    reading = _opened(source)
    try:
        return _pass(source, reading, algorithms, head, None)
    finally:
        os.close(reading)


def _opened(source: Path | str) -> int:
    try:
        # O_NONBLOCK: a FIFO put in the place of a file must not make us wait for a writer.
        return os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _unreadable(error, source) from error


def _made(target: Path | str) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    try:
        return os.open(target, flags, 0o666)
    except FileNotFoundError:  # the first file of its folder
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        return os.open(target, flags, 0o666)


def _unreadable(error: OSError, source: Path | str) -> SourceUnreadableError:
    told = explained(error, source)
    return SourceUnreadableError(told.what, where=told.where, remedy=told.remedy)


def _pass(source: Path | str, reading: int, algorithms: Sequence[str], head: int, sink: _Sink | None) -> Taken:
    before = os.fstat(reading)
    if not stat.S_ISREG(before.st_mode):
        raise SourceUnreadableError("not a regular file", where=str(source))
    hashers: list[Hasher] = []
    first = b""
    count, size = 0, before.st_size
    while chunk := _read(source, reading, min(CHUNK, max(0, size - count) + 1)):
        if hashers:
            for one in hashers:
                one.update(chunk)
        else:
            hashers = [quick_maker(algorithm)(chunk) for algorithm in algorithms]
        if len(first) < head:
            first += chunk[: head - len(first)]
        count += len(chunk)
        if sink is not None:
            sink.take(chunk)
        if count == size and len(chunk) < CHUNK:
            break  # one byte more was asked for, and there was none
    if _version(os.fstat(reading)) != _version(before) or count != size:
        raise SourceChangedError(
            "the file changed while it was read",
            where=str(source),
            remedy="Wait until nobody writes to it, then pack again",
        )
    hashers = hashers or [hasher(algorithm) for algorithm in algorithms]
    return Taken(count, {name: one.hexdigest() for name, one in zip(algorithms, hashers, strict=True)}, first)


def _read(source: Path | str, reading: int, most: int) -> bytes:
    try:
        return os.read(reading, most)
    except OSError as error:
        raise _unreadable(error, source) from error


@dataclass(frozen=True, slots=True)
class _Sink:
    path: Path | str
    descriptor: int

    def take(self, chunk: bytes) -> None:
        try:
            written = os.write(self.descriptor, chunk)
            while written < len(chunk):
                written += os.write(self.descriptor, memoryview(chunk)[written:])
        except OSError as error:
            raise explained(error, self.path) from error


def _version(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns
