"""The reading side of storage: what a store of files offers, whatever lies behind it.

A *store* is a small value that pickles, so that it can be sent to a worker: it says where the files are and lists
them. A *reader* is what a store opens to give bytes; it may hold handles (folders, later an archive), belongs to one
thread, and is closed after use.

Keys are paths relative to the store, with `/`, in UTF-8 whatever the locale; bytes that are no UTF-8 stand as
surrogates (PEP 383). No implementation follows a link, waits on a FIFO, or reads outside its root.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

from archive.errors import LimitError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PIECE = 1 << 20
"""The most bytes that a reader gives in one piece."""
UNKNOWN = -1
"""The size of a file that nobody has looked at yet."""


class Kind(StrEnum):
    """What stands under a key."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    SPECIAL = "special"
    """A FIFO, a socket or a device."""
    UNREADABLE = "unreadable"
    """A folder that could not be listed."""


class Entry(NamedTuple):
    """One key of a listing: a plain tuple, since a listing may hold millions.

    Attributes:
        key: the path.
        kind: what stands there.
        size: bytes of a file; 0 for all else.
    """

    key: str
    kind: Kind
    size: int


class Run(NamedTuple):
    """Files of one folder that follow one another in the order of their bytes: a shorter way to say many entries.

    Attributes:
        folder: the key of the folder; empty for the base.
        names: the names in it.
        sizes: the bytes of each file; `UNKNOWN` for all of them where the walk was asked to spare the look.
    """

    folder: str
    names: list[str]
    sizes: list[int]

    @property
    def prefix(self) -> str:
        """What stands before each name in its key."""
        return f"{self.folder}/" if self.folder else ""


class Reader(Protocol):
    """Gives the bytes behind keys. For one thread."""

    def open(self, key: str) -> BinaryIO:
        """A stream over a file, from its beginning, for reading only.

        Raises:
            StorageError: there is no regular file under that key (a link is none), or it cannot be opened.
        """
        ...

    def pieces(self, key: str) -> Iterator[bytes]:
        """The whole file in order, in pieces of at most `PIECE` bytes; nothing for an empty file.

        Raises:
            StorageError: as for `open`, or reading failed half-way.
        """
        ...


class Store(Protocol):
    """A set of files under keys."""

    @property
    def name(self) -> str:
        """What a person calls it: the path."""
        ...

    def entries(self) -> Iterator[Entry]:
        """Everything there is, in one walk, in the order of the bytes of the keys (a folder's key taken with `/`).

        Raises:
            StorageError: the store itself cannot be listed.
        """
        ...

    def reader(self) -> AbstractContextManager[Reader]:
        """A reader for one thread.

        Raises:
            StorageError: the store itself cannot be opened.
        """
        ...


class PieceStream(io.RawIOBase):
    """A stream over a file that can be read only piece by piece, forward.

    Args:
        pieces: the pieces.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fills as much of the buffer as is at hand; 0 at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        target = memoryview(buffer).cast("B")
        count = min(len(target), len(self._rest))
        target[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def read_whole(reader: Reader, key: str, limit: int) -> bytes:
    """A whole file that ought to be small.

    Args:
        reader: where it is read.
        key: which file.
        limit: the most bytes that it may have.

    Raises:
        StorageError: it cannot be read.
        LimitError: it is longer than `limit`.
    """
    found = bytearray()
    for piece in reader.pieces(key):
        found += piece
        if len(found) > limit:
            raise LimitError(f"The file has more than {limit} bytes", where=key)
    return bytes(found)


def order_of(key: str) -> bytes:
    """What keys are sorted by: their bytes.

    >>> sorted(["b", "é", "a/b", "a.b"], key=order_of)
    ['a.b', 'a/b', 'b', 'é']
    """
    return key.encode("utf-8", "surrogateescape")
