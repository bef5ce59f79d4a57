"""Values of bytes in the order in which they come, on disk, each to be read again by its number."""

from __future__ import annotations

import contextlib
import tempfile
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import IO

from archive.errors import StorageError
from archive.storage.trouble import explained

_AT_A_TIME = 1024 * 1024
"""Bytes that are read at a time, unless one value alone has more."""


class Spool:
    """Values written one after the other to a temporary file without a name; to be closed.

    Args:
        folder: where the file is made, or None for the system's folder for temporary files. It never shows there,
            and is gone when the process is.

    Raises:
        StorageError: the folder cannot be written.
    """

    def __init__(self, folder: str | None = None) -> None:
        self._ends = array("q", [0])
        try:
            self._file: IO[bytes] = tempfile.TemporaryFile("w+b", dir=folder)  # noqa: SIM115 - it lives as long as this
        except OSError as error:
            raise _failed(error) from error

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, value: bytes) -> None:
        """Writes one more value; to be called before any is read.

        Raises:
            StorageError: the disk is full.
        """
        self.add_all([value])

    def add_all(self, values: Sequence[bytes]) -> None:
        """Writes some more values; to be called before any is read.

        Raises:
            StorageError: the disk is full.
        """
        try:
            self._file.write(b"".join(values))
        except OSError as error:
            raise _failed(error) from error
        self._ends.extend(list(accumulate(map(len, values), initial=self._ends[-1]))[1:])

    def at(self, number: int) -> bytes:
        """The value that was added as the `number`th, from 0.

        Raises:
            StorageError: it cannot be read back.
        """
        return self.some(number, number + 1)[0]

    def some(self, first: int, stop: int) -> tuple[bytes, list[int]]:
        """The values from the `first`th up to the `stop`th side by side, and where among them each begins and ends.

        Raises:
            StorageError: they cannot be read back.
        """
        start = self._ends[first]
        try:
            self._file.seek(start)
            data = self._file.read(self._ends[stop] - start)
        except OSError as error:
            raise _failed(error) from error
        return data, [end - start for end in self._ends[first : stop + 1]]

    def __iter__(self) -> Iterator[bytes]:
        place = 0
        while place < len(self):  # many at a time, so that few calls of the system read all of them
            stop = max(place + 1, bisect_right(self._ends, self._ends[place] + _AT_A_TIME) - 1)
            data, bounds = self.some(place, stop)
            yield from [data[start:end] for start, end in pairwise(bounds)]
            place = stop

    def close(self) -> None:
        """Removes the file."""
        with contextlib.suppress(OSError):
            self._file.close()


def _failed(error: OSError) -> StorageError:
    return StorageError(
        f"a temporary file could not be written or read: {explained(error).what}",
        where=error.filename if isinstance(error.filename, str) else None,
        remedy="Free some space where the bag is made, or set TMPDIR to a folder with more",
    )
