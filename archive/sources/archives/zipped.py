"""Zip files as containers: every entry with a text is a document, named by its path in the zip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO, BinaryIO, cast

from archive.errors import LimitError, StorageError
from archive.model.codes import finding
from archive.model.limits import Limits as Bounds
from archive.model.tally import Tally
from archive.sources.archives.entries import Entries
from archive.sources.containers.inside import Inside, placed
from archive.sources.containers.naming import Names
from archive.sources.containers.nested import Nesting, Piece
from archive.sources.containers.protocol import Content, Given, Member, Opened, as_it_stands
from archive.sources.containers.telling import HEAD
from archive.sources.files import bytes_to_read
from archive.sources.limits import Limits
from archive.sources.reading import read as read_document
from archive.sources.signatures import Format
from archive.storage.stores import PIECE, Kind
from archive.storage.zip_reading import pieces_of
from archive.storage.zips import LOCAL, ZipMember, check_sizes, read_directory

FORM = Format("application/zip", "x-fmt/263", "signature")
STORED = 0
_ENCRYPTED = 0x41


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a zip.

    Attributes:
        name: its path.
        zipped: where and how it is stored.
    """

    name: str
    zipped: ZipMember

    @property
    def is_encrypted(self) -> bool:
        """Whether its bytes cannot be read."""
        return bool(self.zipped.flags & _ENCRYPTED)


class Zip:
    """See `archive.sources.containers.protocol.Container`.

    Args:
        nesting: opens what lies in a zip and is a container too.
        limits: how much is read.
    """

    def __init__(self, nesting: Nesting, limits: Limits) -> None:
        self._nesting = nesting
        self._bounds = limits.expansion

    def opened(self, stream: IO[bytes]) -> Opened | None:
        """See `Container.opened`; a document in the form of a zip is none (`archive.storage.kinds`)."""
        return opened_zip(stream, self._bounds)

    def members(self, given: Given, opened: Opened, found: Tally) -> Iterator[Member]:
        """See `Container.members`."""
        entries = Entries(given, found)
        names = Names()
        if opened.held["fault"]:
            entries.say(opened.held["code"], 0, opened.held["fault"])
        for row, entry in enumerate(opened.held["entries"], start=1):
            head = self._head(entries, opened, entry, row)
            if head is not None:
                for one in entries.documents(self._nesting, opened, self._piece(opened, entry, row), head):
                    yield one if one.findings else names.told_apart(one, found)
        entries.sum_up()

    def _head(self, entries: Entries, opened: Opened, entry: Entry, row: int) -> bytes | None:
        """The first bytes of an entry, or None where it is no file that can be read."""
        if entry.zipped.kind is Kind.FOLDER:
            return None
        if entry.zipped.kind is not Kind.FILE:
            entries.count("links and devices")
            return None
        if entry.is_encrypted:
            entries.say("container.encrypted", row, entry.name)
            return None
        try:
            _allowed(entries.given, entry.zipped)
            pieces = pieces_of(_binary(opened), entry.zipped, self._bounds)
            head = next(pieces, b"")
            if entry.zipped.size <= PIECE:
                next(pieces, b"")  # nothing more comes, but its checks are made
        except (StorageError, LimitError) as error:
            code = "container.bomb" if isinstance(error, LimitError) else "container.damaged"
            entries.say(code, row, f"{entry.name}: {error.what}")
            return None
        return head[:HEAD]

    def read(self, given: Given, opened: Opened, member: Member) -> Content:
        """See `Container.read`."""
        entries: list[Entry] = opened.held["entries"]
        entry = entries[member.row - 1]
        if member.detail:
            return self._nesting.read(given, opened, self._piece(opened, entry, member.row), member)
        try:
            data = bytes_of(_binary(opened), entry, given.limits)
        except (StorageError, LimitError) as error:
            return unreadable(member, opened.form, error.what)
        start = data_start(opened.stream, entry.zipped) if entry.zipped.method == STORED else None
        inside = Inside(given, member, opened.form, start, f"entry={member.name}")
        return Content(placed(read_document(entry.name, data, limits=given.limits), inside, (), ()), data)

    def _piece(self, opened: Opened, entry: Entry, row: int) -> Piece:
        one = entry.zipped
        begin, end = one.place, one.place + LOCAL.size + len(one.raw) + one.stored
        is_plain = one.method == STORED and not entry.is_encrypted
        start = data_start(opened.stream, one) if is_plain else None
        return Piece(entry.name, row, begin, end, start, partial(pieces_of, _binary(opened), one, self._bounds))


def opened_zip(stream: IO[bytes], bounds: Bounds) -> Opened | None:
    """A zip with its directory read, or None where the file does not begin as one.

    Args:
        stream: the file.
        bounds: what it may make this program do.

    `held` has the `entries`, and where the directory is damaged or a bomb the `fault` in words and its `code`.
    """
    stream.seek(0)
    if stream.read(4) not in {b"PK\x03\x04", b"PK\x05\x06"}:
        return None
    opened = as_it_stands(stream, FORM)
    entries: list[Entry] = []
    opened.held.update(entries=entries, fault="", code="")
    try:
        directory = read_directory(_binary(opened), bounds)
        entries.extend(Entry(name, zipped) for name, zipped in directory)
        check_sizes([one.zipped for one in entries], stream.seek(0, 2), bounds)
    except (StorageError, LimitError) as error:
        is_bomb = isinstance(error, LimitError)
        opened.held.update(fault=error.what, code="container.bomb" if is_bomb else "container.damaged")
        entries.clear()
    return opened


def _binary(opened: Opened) -> BinaryIO:
    return cast("BinaryIO", opened.stream)


def _allowed(given: Given, zipped: ZipMember) -> None:
    """Counts what comes out of an entry of a zip in a container; a zip by itself is measured as a whole.

    Raises:
        LimitError: that is too much.
    """
    if given.allowance is not None:
        given.allowance.take(zipped.size)


def bytes_of(stream: BinaryIO, entry: Entry, limits: Limits) -> bytes:
    """The bytes of an entry, as many as are read of a document.

    Raises:
        StorageError: the entry is damaged.
        LimitError: its decompression asks for more than is allowed.
    """
    found = bytearray()
    most = 0
    for piece in pieces_of(stream, entry.zipped, limits.expansion):
        most = most or bytes_to_read(entry.name, piece, limits)
        found += piece[: most - len(found)]
        if len(found) >= most:
            break
    return bytes(found)


def data_start(stream: IO[bytes], zipped: ZipMember) -> int:
    """Where the bytes of an entry begin, behind its own header; that was read before, so it is there."""
    stream.seek(zipped.place)
    fields = LOCAL.unpack(stream.read(LOCAL.size))
    return int(zipped.place + LOCAL.size + fields[9] + fields[10])


def unreadable(member: Member, form: Format, what: str) -> Content:
    """The answer where the bytes of a member cannot be read."""
    one = finding("container.damaged", where=member.where, found=what)
    return Content(form.unread(one), member.name.encode("utf-8"))
