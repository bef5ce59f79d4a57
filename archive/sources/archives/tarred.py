"""Tar files, plain and compressed, as containers: every entry with a text is a document, named by its path."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import IO

from archive.errors import LimitError, StorageError
from archive.model.tally import Tally
from archive.sources.archives.entries import Entries
from archive.sources.containers.expanding import opened_copy
from archive.sources.containers.inside import Inside, placed
from archive.sources.containers.naming import Names
from archive.sources.containers.nested import Nesting, Piece
from archive.sources.containers.protocol import Content, Given, Member, Opened, as_it_stands
from archive.sources.containers.telling import HEAD
from archive.sources.files import bytes_to_read
from archive.sources.limits import Limits
from archive.sources.reading import read as read_document
from archive.sources.signatures import Format
from archive.sources.unseen.nobody import OF_SYSTEMS
from archive.storage.compression import Compression, compression_of
from archive.storage.stores import PIECE, Kind
from archive.storage.tars import BLOCK, TarMember, TarStream, looks_like_tar

PLAIN = Format("application/x-tar", "x-fmt/265", "signature")
_COMPRESSED = {
    Compression.GZIP: Format("application/gzip", "x-fmt/266", "signature"),
    Compression.BZIP2: Format("application/x-bzip2", "x-fmt/268", "signature"),
    Compression.XZ: Format("application/x-xz"),
    Compression.ZSTD: Format("application/zstd"),
}


class Tar:
    """See `archive.sources.containers.protocol.Container`.

    Args:
        nesting: opens what lies in a tar and is a container too.
        limits: how much is read.
    """

    def __init__(self, nesting: Nesting, limits: Limits) -> None:
        self._nesting = nesting
        self._bounds = limits.expansion

    def opened(self, stream: IO[bytes]) -> Opened | None:
        """See `Container.opened`; what is compressed is expanded first."""
        stream.seek(0)
        head = stream.read(BLOCK)
        compression = compression_of(head)
        if compression is Compression.NONE:
            return as_it_stands(stream, PLAIN) if looks_like_tar(head) else None
        opened = opened_copy(stream, compression, _COMPRESSED[compression], self._bounds)
        opened.stream.seek(0)
        is_tar = looks_like_tar(opened.stream.read(BLOCK))
        return opened if is_tar or opened.held["code"] == "container.bomb" else None

    def members(self, given: Given, opened: Opened, found: Tally) -> Iterator[Member]:
        """See `Container.members`."""
        entries = Entries(given, found)
        names = Names()
        if opened.held.get("fault"):
            entries.say(opened.held["code"], 0, opened.held["fault"])
        length = opened.stream.seek(0, 2)
        opened.stream.seek(0)
        tar = TarStream(opened.stream, self._bounds, length)
        try:
            for row, member in enumerate(tar.members(), start=1):
                if not OF_SYSTEMS.issuperset(one.casefold() for one in member.owners):
                    entries.unseen.note("the owner of a file", member.name)
                head = self._head(entries, opened, member, row)
                if head is not None:
                    piece = _piece(opened, member.name, member.place, member.place + member.size, row)
                    for one in entries.documents(self._nesting, opened, piece, head):
                        yield one if one.findings else names.told_apart(one, found)
        except StorageError as error:
            entries.say("container.damaged", 0, error.what)
        except LimitError as error:
            entries.say("container.bomb", 0, error.what)
        else:
            if not tar.ended:
                entries.say("container.damaged", 0, "the mark at the end of the tar is missing: it may be cut short")
        entries.sum_up()

    def _head(self, entries: Entries, opened: Opened, member: TarMember, row: int) -> bytes | None:
        """The first bytes of an entry, or None where it is no file that can be read."""
        if member.kind is Kind.FOLDER:
            return None
        if member.kind is not Kind.FILE or member.target:
            entries.count("links and devices")
            return None
        if member.fault:
            entries.say("container.damaged", row, f"{member.name}: {member.fault}")
            return None
        opened.stream.seek(member.place)
        return opened.stream.read(min(HEAD, member.size))

    def read(self, given: Given, opened: Opened, member: Member) -> Content:
        """See `Container.read`."""
        if member.detail:
            path, begin, end = member.detail[:3]
            piece = _piece(opened, str(path), int(begin), int(end), member.row)
            return self._nesting.read(given, opened, piece, member)
        size = member.end - member.start
        opened.stream.seek(member.start)
        head = opened.stream.read(min(HEAD, size))
        data = head + opened.stream.read(max(0, min(size, bytes_to_read(member.name, head, given.limits)) - len(head)))
        start = member.start if opened.is_original else None
        inside = Inside(given, member, opened.form, start, f"entry={member.name}")
        return Content(placed(read_document(member.name, data, limits=given.limits), inside, (), ()), data)


def _piece(opened: Opened, path: str, begin: int, end: int, row: int) -> Piece:
    start = begin if opened.is_original else None
    return Piece(path.removeprefix("./"), row, begin, end, start, partial(_pieces, opened.stream, begin, end))


def _pieces(stream: IO[bytes], begin: int, end: int) -> Iterator[bytes]:
    stream.seek(begin)
    while begin < end and (piece := stream.read(min(PIECE, end - begin))):
        begin += len(piece)
        yield piece
