"""The bytes of spans: layers read through the store, the last one kept at hand."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from archive.storage.handles import failure
from archive.storage.stores import Reader

_HELD = 4 << 20
"""Bytes of a layer that is read as a whole; of a longer one only what is asked for."""


_IN_MEMORY = 8 << 20
"""Bytes of a file that cannot be sought in, such as a member of a zip, before its copy goes to disk."""


def seekable(reader: Reader, key: str) -> BinaryIO:
    """A stream over a file that can be sought in: the reader's own, or a copy that goes when it is closed.

    Raises:
        StorageError: the file cannot be opened or read.
    """
    stream = reader.open(key)
    if stream.seekable():
        return stream
    stream.close()
    copy = cast("BinaryIO", tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - whoever asked closes it
    try:
        for piece in reader.pieces(key):
            copy.write(piece)
        copy.seek(0)
    except BaseException:
        copy.close()
        raise
    return copy


class Layers:
    """Gives ranges of bytes of payload files; for one thread, to be closed after use."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._key = ""
        self._data = b""
        self._stream: BinaryIO | None = None
        self._size = 0

    def size(self, key: str) -> int:
        """The number of bytes of a layer.

        Raises:
            StorageError: it cannot be opened or read.
        """
        if key != self._key:
            self._open(key)
        return self._size

    def read(self, key: str, start: int, end: int) -> bytes:
        """The bytes `[start, end)`, which must lie within the layer.

        Raises:
            StorageError: it cannot be opened or read.
        """
        if key != self._key:
            self._open(key)
        if self._stream is None:
            return self._data[start:end]
        try:
            self._stream.seek(start)
            return self._stream.read(end - start)
        except OSError as error:
            raise failure(error, key) from error

    def close(self) -> None:
        """Lets go of the layer that is open."""
        if self._stream is not None:
            self._stream.close()
        self._key, self._data, self._stream = "", b"", None

    def _open(self, key: str) -> None:
        self.close()
        stream = seekable(self._reader, key)
        try:
            self._data = stream.read(_HELD + 1)
            self._size = len(self._data)
            if self._size > _HELD:
                stream.seek(0, 2)
                self._size = stream.tell()
        except OSError as error:
            stream.close()
            raise failure(error, key) from error
        if self._size > _HELD:
            self._data, self._stream = b"", stream
        else:
            stream.close()
        self._key = key


@contextmanager
def layers_of(reader: Reader) -> Iterator[Layers]:
    """Layers that are let go of at the end."""
    found = Layers(reader)
    try:
        yield found
    finally:
        found.close()
