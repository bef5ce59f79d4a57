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
from typing import BinaryIO

from archive.errors import SourceChangedError, SourceUnreadableError
from archive.model.digests import hasher
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


def copy(source: Path, target: Path, algorithms: Sequence[str], *, head: int = 0) -> Taken:
    """Copies `source` to the new file `target`.

    Where that fails, nothing is left at `target`.

    Args:
        source: a regular file; a link is refused.
        target: must not exist; its folder must.
        algorithms: normalised names.
        head: how many of the first bytes to give back.

    Raises:
        SourceChangedError: the source was written to meanwhile.
        SourceUnreadableError: the source cannot be read.
        StorageError: the target cannot be written.
    """
    with _opened(source) as reading:
        with told_in_words(target):
            writing = target.open("xb", buffering=0)
        try:
            with told_in_words(target), writing:
                return _pass(source, reading, algorithms, head, _Sink(target, writing))
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def measure(source: Path, algorithms: Sequence[str], *, head: int = 0) -> Taken:
    """Reads `source` without copying it; otherwise as `copy`."""
    with _opened(source) as reading:
        return _pass(source, reading, algorithms, head, None)


def _opened(source: Path) -> BinaryIO:
    try:
        # O_NONBLOCK: a FIFO put in the place of a file must not make us wait for a writer.
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _unreadable(error, source) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise SourceUnreadableError("not a regular file", where=str(source))
    return open(descriptor, "rb", buffering=0)  # noqa: PTH123 - a descriptor has no path


def _unreadable(error: OSError, source: Path) -> SourceUnreadableError:
    told = explained(error, source)
    return SourceUnreadableError(told.what, where=told.where, remedy=told.remedy)


def _pass(source: Path, reading: BinaryIO, algorithms: Sequence[str], head: int, sink: _Sink | None) -> Taken:
    before = _version(reading)
    hashers = {algorithm: hasher(algorithm) for algorithm in algorithms}
    first = bytearray()
    count = 0
    try:
        while chunk := reading.read(CHUNK):
            for one in hashers.values():
                one.update(chunk)
            if len(first) < head:
                first += chunk[: head - len(first)]
            count += len(chunk)
            if sink is not None:
                sink.take(chunk)
    except OSError as error:
        raise _unreadable(error, source) from error
    if _version(reading) != before or count != before[0]:
        raise SourceChangedError(
            "the file changed while it was read",
            where=str(source),
            remedy="Wait until nobody writes to it, then pack again",
        )
    return Taken(count, {name: one.hexdigest() for name, one in hashers.items()}, bytes(first))


@dataclass(frozen=True, slots=True)
class _Sink:
    path: Path
    file: BinaryIO

    def take(self, chunk: bytes) -> None:
        with told_in_words(self.path):
            rest = memoryview(chunk)
            while rest:
                rest = rest[self.file.write(rest) :]


def _version(reading: BinaryIO) -> tuple[int, int, int]:
    status = os.fstat(reading.fileno())
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns
