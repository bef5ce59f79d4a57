"""Stores over a zip, and over a tar that is not compressed: any file in it can be gone to at once."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from archive.errors import StorageError
from archive.model.limits import Limits
from archive.storage.listings import Folder
from archive.storage.origins import Origin
from archive.storage.stores import PIECE, Entry, PieceStream
from archive.storage.tars import TarMember
from archive.storage.zip_reading import pieces_of
from archive.storage.zips import ZipMember

Member = TypeVar("Member", ZipMember, TarMember)


@dataclass(frozen=True, slots=True)
class ZipStore:
    """The base folder of a bag in a zip.

    Attributes:
        origin: the zip.
        folder: what is in it.
        limits: the bounds.
    """

    origin: Origin
    folder: Folder[ZipMember]
    limits: Limits

    @property
    def name(self) -> str:
        """The path of the zip."""
        return self.origin.name

    def entries(self) -> Iterator[Entry]:
        """See `archive.storage.stores.Store.entries`."""
        return iter(self.folder.entries)

    def reader(self) -> AbstractContextManager[ZipReader]:
        """See `archive.storage.stores.Store.reader`."""
        return closing(ZipReader(self.origin.open(), self.folder.members, self.limits))


class ZipReader:
    """Gives the files of a `ZipStore`."""

    def __init__(self, file: BinaryIO, members: Mapping[str, ZipMember], limits: Limits) -> None:
        self._file = file
        self._members = members
        self._limits = limits

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def open(self, key: str) -> BinaryIO:
        """See `archive.storage.stores.Reader.open`."""
        return io.BufferedReader(PieceStream(self.pieces(key)))

    def pieces(self, key: str) -> Iterator[bytes]:
        """See `archive.storage.stores.Reader.pieces`."""
        return pieces_of(self._file, _member(self._members, key), self._limits)


@dataclass(frozen=True, slots=True)
class TarStore:
    """The base folder of a bag in a tar.

    Attributes:
        origin: the tar.
        folder: what is in it; a hard link has the place of its target.
    """

    origin: Origin
    folder: Folder[TarMember]

    @property
    def name(self) -> str:
        """The path of the tar."""
        return self.origin.name

    def entries(self) -> Iterator[Entry]:
        """See `archive.storage.stores.Store.entries`."""
        return iter(self.folder.entries)

    def reader(self) -> AbstractContextManager[TarReader]:
        """See `archive.storage.stores.Store.reader`."""
        return closing(TarReader(self.origin.open(), self.folder.members))


class TarReader:
    """Gives the files of a `TarStore`."""

    def __init__(self, file: BinaryIO, members: Mapping[str, TarMember]) -> None:
        self._file = file
        self._members = members

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def open(self, key: str) -> BinaryIO:
        """See `archive.storage.stores.Reader.open`."""
        return io.BufferedReader(PieceStream(self.pieces(key)))

    def pieces(self, key: str) -> Iterator[bytes]:
        """See `archive.storage.stores.Reader.pieces`."""
        return self._pieces(key, _member(self._members, key))

    def _pieces(self, key: str, member: TarMember) -> Iterator[bytes]:
        if member.fault:
            raise StorageError(f"It cannot be read from the tar: {member.fault}", where=key)
        place, left = member.place, member.size
        while left:
            self._file.seek(place)
            piece = self._file.read(min(PIECE, left))
            if not piece:
                raise StorageError("The tar is cut short in the middle of this file", where=key)
            yield piece
            place, left = place + len(piece), left - len(piece)


def _member(members: Mapping[str, Member], key: str) -> Member:
    try:
        return members[key]
    except KeyError:
        raise StorageError("There is no such file", where=key) from None
