"""Growth that spills to disk: key and value pairs in sorted runs, merged again in one pass.

Keys and values are text; a run is a temporary file of lines, each the JSON of a pair, sorted by key. Nothing of it
is ever published.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import json
import tempfile
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import IO

from archive.errors import StorageError
from archive.storage.trouble import explained

Pair = tuple[str, str]
"""A key and a value."""

MOST_RUNS = 64
"""Runs that are open at a time; when there are more, they are merged into one."""


class SortedRuns:
    """Sorted runs of pairs on disk.

    Args:
        folder: where the temporary files are made, or None for the system's folder for them.
    """

    def __init__(self, folder: str | None = None) -> None:
        self._folder = folder
        self._runs: list[IO[str]] = []

    def add(self, pairs: Iterable[Pair]) -> None:
        """Write pairs, in any order, as one more run.

        Raises:
            StorageError: the disk is full or the folder cannot be written.
        """
        self._write(iter(sorted(pairs)))
        if len(self._runs) >= MOST_RUNS:
            older, self._runs = self._runs, []
            try:
                self._write(heapq.merge(*(_pairs_of(run) for run in older)))
            finally:
                _close(older)

    def merged(self, pairs: Iterable[Pair] = ()) -> Iterator[tuple[str, list[str]]]:
        """All keys in order, each with its values in order; `pairs` in memory are merged in.

        Raises:
            StorageError: a run could not be read back.
        """
        everything = heapq.merge(sorted(pairs), *(_pairs_of(run) for run in self._runs))
        for key, group in itertools.groupby(everything, key=itemgetter(0)):
            yield key, [value for _, value in group]

    def close(self) -> None:
        """Remove the runs."""
        runs, self._runs = self._runs, []
        _close(runs)

    def _write(self, pairs: Iterator[Pair]) -> None:
        try:
            run = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=self._folder)  # noqa: SIM115 - the run outlives this call
        except OSError as error:
            raise _failed(error) from error
        try:
            for pair in pairs:
                run.write(json.dumps(pair, ensure_ascii=True))
                run.write("\n")
            run.flush()
        except OSError as error:
            _close([run])
            raise _failed(error) from error
        self._runs.append(run)


def _pairs_of(run: IO[str]) -> Iterator[Pair]:
    try:
        run.seek(0)
        for line in run:
            key, value = json.loads(line)
            yield key, value
    except OSError as error:
        raise _failed(error) from error


def _close(runs: Iterable[IO[str]]) -> None:
    for run in runs:
        with contextlib.suppress(OSError):
            run.close()


def _failed(error: OSError) -> StorageError:
    return StorageError(
        f"a temporary file could not be written or read: {explained(error).what}",
        where=error.filename if isinstance(error.filename, str) else None,
        remedy="Free some space in the folder for temporary files, or set TMPDIR to one with more.",
    )
