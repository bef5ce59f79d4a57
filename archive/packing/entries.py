"""Names with a few bytes each, sorted by name: what grows beyond a bound waits on disk in sorted runs.

A bag has a million files, or more; for each of them its name, its size and its digests are needed when all are there.
"""

from __future__ import annotations

import contextlib
import heapq
import os
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from typing import IO, NamedTuple

from archive.errors import StorageError
from archive.storage.trouble import told_in_words

MOST_HELD = 20_000
"""Entries in memory, some seven megabytes of them."""
_LENGTH = 4
_AT_A_TIME = 256 * 1024
"""Bytes of a run that are read at a time."""


class _Run(NamedTuple):
    """Sorted entries on disk: where they stand, the first name and the last."""

    start: int
    end: int
    first: bytes
    last: bytes


class Entries:
    """Entries of one width.

    Args:
        folder: where the temporary file is made, if there has to be one; it has no name there.
        width: the bytes beside each name.
        most_held: entries in memory.
    """

    def __init__(self, folder: str, width: int, *, most_held: int = MOST_HELD) -> None:
        self._folder = folder
        self._width = width
        self._most_held = most_held
        self._held: dict[bytes, bytes] = {}
        self._runs: list[_Run] = []
        self._file: IO[bytes] | None = None

    def add(self, name: bytes, value: bytes) -> None:
        """Adds an entry; of two of one name the later one counts while both are in memory.

        Raises:
            StorageError: the disk refused.
        """
        self._held[name] = value
        if len(self._held) >= self._most_held:
            self._spill()

    def __iter__(self) -> Iterator[tuple[bytes, bytes]]:
        if not self._runs:
            return iter(sorted(self._held.items()))
        if self._held:
            self._spill()
        in_order = sorted(self._runs, key=lambda run: run.first)
        if all(one.last < other.first for one, other in pairwise(in_order)):
            return (entry for run in in_order for entry in self._entries_of(run))
        return heapq.merge(*map(self._entries_of, in_order))

    def get(self, name: bytes) -> bytes | None:
        """What stands beside a name; slow where entries wait on disk."""
        found = self._held.get(name)
        if found is None and self._runs:
            found = next((value for one, value in self if one == name), None)
        return found

    def close(self) -> None:
        """Removes the file."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()

    def _spill(self) -> None:
        entries = sorted(self._held.items())
        data = b"".join([len(name).to_bytes(_LENGTH, "big") + name + value for name, value in entries])
        start = self._runs[-1].end if self._runs else 0
        with told_in_words(self._folder):
            file, view = self._opened(), memoryview(data)
            while view:
                view = view[file.write(view) :]
        self._runs.append(_Run(start, start + len(data), entries[0][0], entries[-1][0]))
        self._held = {}

    def _entries_of(self, run: _Run) -> Iterator[tuple[bytes, bytes]]:
        at, rest = run.start, b""
        while at < run.end:
            more = self._read(at, min(_AT_A_TIME, run.end - at))
            at += len(more)
            data = rest + more
            place = 0
            while (name := place + _LENGTH) <= len(data):
                value = name + int.from_bytes(data[place:name], "big")
                end = value + self._width
                if end > len(data):
                    break
                yield data[name:value], data[value:end]
                place = end
            rest = data[place:]

    def _read(self, start: int, size: int) -> bytes:
        with told_in_words(self._folder):
            data = os.pread(self._opened().fileno(), size, start)
        if not data:
            raise StorageError("a temporary file was cut short", where=self._folder, remedy="Pack again")
        return data

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self._file = tempfile.TemporaryFile("w+b", buffering=0, dir=self._folder)  # noqa: SIM115 - it lives on
        return self._file
