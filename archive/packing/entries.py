"""Names with a few bytes each, sorted by name: what grows beyond a bound waits on disk in sorted runs.

A bag has a million files, or more; for each of them its name, its size and its digests are needed when all are there.
Most come in the order of their names already, many at a time; those are never looked at one by one.
"""

from __future__ import annotations

import contextlib
import heapq
import os
import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from operator import lt
from typing import IO, NamedTuple

from archive.errors import StorageError
from archive.storage.trouble import told_in_words

MOST_HELD = 20_000
"""Entries in memory, some seven megabytes of them."""
_LENGTH = 4
_TOGETHER = 256
"""Entries that stand together in a run."""


class Block(NamedTuple):
    """Entries that follow one another: their names, a NUL between them, and what stands beside them."""

    joined: bytes
    values: bytes

    @property
    def names(self) -> list[bytes]:
        """The names, of which there is one at least."""
        return self.joined.split(b"\0")


class _Run(NamedTuple):
    """Sorted entries on disk: where they stand, the first name and the last."""

    start: int
    end: int
    first: bytes
    last: bytes


class Entries:
    """Entries of one width, whose names are not empty and hold no NUL.

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
        # In order, to become a run: so many entries, and the last name of all that were so.
        self._blocks: list[Block] = []
        self._count, self._last = 0, b""
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

    def add_all(self, names: Sequence[bytes], block: Block) -> None:
        """Adds several; where they are sorted and come behind those that were added so before, they stay together.

        Args:
            names: of the block.
            block: they.

        Raises:
            StorageError: the disk refused.
        """
        if not (self._last < names[0] and all(map(lt, names, names[1:]))):
            for number, name in enumerate(names):
                self.add(name, block.values[number * self._width : (number + 1) * self._width])
            return
        self._blocks.append(block)
        self._count, self._last = self._count + len(names), names[-1]
        if self._count >= self._most_held:
            self._spill_blocks()

    def __iter__(self) -> Iterator[tuple[bytes, bytes]]:
        return chain.from_iterable(map(self._entries_of, self.blocks()))

    def blocks(self) -> Iterator[Block]:
        """All entries in the order of their names, many at a time."""
        if self._held and (self._runs or self._blocks):
            self._spill()
        if not self._runs:
            return iter(self._blocks) if self._blocks else self._together(sorted(self._held.items()))
        if self._blocks:
            self._spill_blocks()
        in_order = sorted(self._runs, key=lambda run: run.first)
        if all(one.last < other.first for one, other in pairwise(in_order)):
            return chain.from_iterable(map(self._blocks_of, in_order))
        each = (chain.from_iterable(map(self._entries_of, self._blocks_of(run))) for run in in_order)
        return (Block(name, value) for name, value in heapq.merge(*each))

    def get(self, name: bytes) -> bytes | None:
        """What stands beside a name; slow where entries wait on disk."""
        found = self._held.get(name)
        if found is None and (self._runs or self._blocks):
            found = next((value for one, value in self if one == name), None)
        return found

    def close(self) -> None:
        """Removes the file."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()

    def _entries_of(self, block: Block) -> Iterator[tuple[bytes, bytes]]:
        values, width = block.values, self._width
        return ((name, values[at * width : (at + 1) * width]) for at, name in enumerate(block.names))

    def _together(self, entries: Sequence[tuple[bytes, bytes]]) -> Iterator[Block]:
        for start in range(0, len(entries), _TOGETHER):
            names, values = zip(*entries[start : start + _TOGETHER], strict=True)
            yield Block(b"\0".join(names), b"".join(values))

    def _spill(self) -> None:
        entries = sorted(self._held.items())
        self._held = {}
        self._write(list(self._together(entries)), entries[0][0], entries[-1][0])

    def _spill_blocks(self) -> None:
        blocks, self._blocks, self._count = self._blocks, [], 0
        self._write(blocks, blocks[0].names[0], self._last)

    def _write(self, blocks: Sequence[Block], first: bytes, last: bytes) -> None:
        """Writes blocks, each behind the lengths of its names and of its values."""
        data = b"".join([part for joined, values in blocks for part in (_lengths(joined, values), joined, values)])
        start = self._runs[-1].end if self._runs else 0
        with told_in_words(self._folder):
            file, view = self._opened(), memoryview(data)
            while view:
                view = view[file.write(view) :]
        self._runs.append(_Run(start, start + len(data), first, last))

    def _blocks_of(self, run: _Run) -> Iterator[Block]:
        at = run.start
        while at < run.end:
            head = self._read(at, 2 * _LENGTH)
            names, values = int.from_bytes(head[:_LENGTH], "big"), int.from_bytes(head[_LENGTH:], "big")
            data = self._read(at + len(head), names + values)
            at += len(head) + len(data)
            yield Block(data[:names], data[names:])

    def _read(self, start: int, size: int) -> bytes:
        with told_in_words(self._folder):
            data = os.pread(self._opened().fileno(), size, start)
        if len(data) < size:
            raise StorageError("a temporary file was cut short", where=self._folder, remedy="Pack again")
        return data

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self._file = tempfile.TemporaryFile("w+b", buffering=0, dir=self._folder)  # noqa: SIM115 - it lives on
        return self._file


def _lengths(joined: bytes, values: bytes) -> bytes:
    return len(joined).to_bytes(_LENGTH, "big") + len(values).to_bytes(_LENGTH, "big")
