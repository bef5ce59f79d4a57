"""Containers in containers: a mailbox in a zip, a zip that is attached to a letter.

Their documents are those of the outermost file, under the names on the way to them with a `#` between.
The way down is bounded, and so is what comes out: what is compressed may not shrink much again in what it lies in, and
all containers in a file together are allowed as much as the file itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import IO

from archive.errors import LimitError, StorageError
from archive.model.codes import finding
from archive.model.containers import JSON_LINES, PDF, holds_many
from archive.model.findings import Where
from archive.model.tally import Tally
from archive.sources.containers.expanding import copied
from archive.sources.containers.inside import Inside, placed
from archive.sources.containers.naming import fit
from archive.sources.containers.protocol import Allowance, Container, Content, Given, Member, Opened
from archive.sources.formats import disagreement
from archive.sources.limits import Limits
from archive.storage.compression import Compression, compression_of
from archive.storage.kinds import kind_in

_LITTLE, _SHRINKS = 1 << 20, 10
"""How much of what is compressed twice may come out at whatever ratio, and how many times as much as is stored."""
_BEGINNING = 4096
"""Bytes by which it shows whether a file is meant to be JSON lines."""
_OPEN, _DAMAGED, _BOMB = "nested", "container.damaged", "container.bomb"
_DISAGREES = "container.type-disagrees"
ReaderOf = Callable[[str, Limits], Container]
"""Which reader opens a kind of container."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file in a container, which may be a container too.

    Attributes:
        path: its name, as it is written.
        row: its number from 1.
        begin: the first byte of its stretch in the container.
        end: the byte after the last.
        start: where its own bytes stand plainly in the container, or None.
        pieces: gives its bytes; may raise StorageError and LimitError.
        locator: its place, in words of the container.
    """

    path: str
    row: int
    begin: int
    end: int
    start: int | None
    pieces: Callable[[], Iterable[bytes]]
    locator: str = ""

    @property
    def name(self) -> str:
        """Its name, fit to be part of an identifier."""
        return fit(self.path) or str(self.row)

    def member(self, given: Given) -> Member:
        """It as one document."""
        return Member(given.path, self.name, self.begin, self.end, self.row)


class Nesting:
    """Opens what lies in a container, if it is one too.

    Args:
        reader_of: the readers of containers.
    """

    def __init__(self, reader_of: ReaderOf) -> None:
        self._reader_of = reader_of

    def members(
        self, given: Given, opened: Opened, piece: Piece, kind: str | None, found: Tally
    ) -> Iterator[Member] | None:
        """The documents in a file in a container.

        Args:
            given: the container.
            opened: the same, open.
            piece: the file.
            kind: of container that it begins as.
            found: gets what is to be said.

        Returns:
            They; None where the file is no container, or not the one that it seemed to be.
        """
        if kind is None:
            return None
        where = Where(file=given.path, row=piece.row)
        if given.depth >= given.limits.nesting and kind == PDF:
            return None  # its own reader names what is attached to it
        if given.depth >= given.limits.nesting:
            found.add(finding("container.nested", where=where, found=piece.name[:160]))
            return iter(())
        try:
            inner = self._open(given, opened, piece, _shared(given, opened))
        except (StorageError, LimitError) as error:
            code = _BOMB if isinstance(error, LimitError) else _DAMAGED
            found.add(finding(code, where=where, found=f"{piece.name}: {error.what}"[:160]))
            return iter(())
        return None if inner is None else inner.members(piece, found)

    def read(self, given: Given, opened: Opened, piece: Piece, member: Member) -> Content:
        """What a document in a file in a container holds.

        Args:
            given: the container.
            opened: the same, open.
            piece: the file.
            member: as `members` gave it; its detail begins with the path and the stretch of the file.
        """
        try:
            inner = self._open(given, opened, piece, given.allowance or _allowance(given, opened))
        except (StorageError, LimitError) as error:
            return _lost(member, opened, error.what)
        if inner is None:
            return _lost(member, opened, f"{piece.name} is no container any more")
        return inner.read(piece, member, opened)

    def _open(self, given: Given, opened: Opened, piece: Piece, allowance: Allowance) -> _Inner | None:
        """The file as a container, made ready once; the one that was read last is kept.

        Raises:
            StorageError: it is damaged.
            LimitError: far more comes out of it than is in it.
        """
        last: tuple[int, _Inner | None] | None = opened.held.get(_OPEN)
        if last is not None and last[0] == piece.begin:
            return last[1]
        opened.held.pop(_OPEN, None)
        path = f"{given.path}#{piece.name}"
        inner = None
        copy = copied(_counted(piece, allowance))
        kind = kind_in(piece.path, copy.stream, given.renames)
        if kind is not None:
            reader = self._reader_of(kind, given.limits)
            ready = reader.opened(copy.stream)
            if ready is not None and _is_meant(kind, copy.stream):
                if not ready.is_original:
                    allowance.take(ready.stream.seek(0, 2))
                within = replace(given, path=path, depth=given.depth + 1, allowance=allowance)
                inner = _Inner(reader, within, ready, copy, holds_many(kind))
        opened.held[_OPEN] = (piece.begin, inner)
        return inner


@dataclass(frozen=True, slots=True)
class _Inner:
    """A container in a container.

    Attributes:
        reader: of its kind.
        given: what is known of it.
        opened: the same, open.
        copy: holds its bytes as long as it is open.
        holds_many: whether it is no document itself.
    """

    reader: Container
    given: Given
    opened: Opened
    copy: Opened
    holds_many: bool

    def members(self, piece: Piece, found: Tally) -> Iterator[Member]:
        if self.holds_many:
            for said in disagreement(piece.path, self.opened.form):
                where = Where(file=self.given.path.rpartition("#")[0], row=piece.row)
                found.add(finding(_DISAGREES, where=where, found=said.found, expected=said.expected))
        for one in self.reader.members(self.given, self.opened, found):
            name = f"{piece.name}#{one.name}"
            parent = None if one.parent is None else f"{piece.name}#{one.parent}" if one.parent else piece.name
            shift = piece.start or 0
            yield replace(
                one,
                start=one.start + shift,
                end=one.end + shift,
                container=self.given.path.rpartition("#")[0],
                name=name if one.findings else fit(name),
                row=piece.row,
                detail=(piece.path, piece.begin, piece.end, one.row, one.name, *one.detail),
                parent=parent,
            )

    def read(self, piece: Piece, member: Member, outer: Opened) -> Content:
        _, _, _, row, name, *detail = member.detail
        start, end, path = member.start - (piece.start or 0), member.end - (piece.start or 0), self.given.path
        own = Member(path, str(name), start, end, int(row), detail=tuple(detail))
        content = self.reader.read(self.given, self.opened, own)
        place = piece.start if self.opened.is_original else None
        inside = Inside(self.given, member, outer.form, place, piece.locator or f"entry={piece.name}")
        found = content.reading.findings
        reading = placed(replace(content.reading, findings=()), inside, (), ())
        return Content(replace(reading, findings=found), content.data)


def _is_meant(kind: str, stream: IO[bytes]) -> bool:
    """Whether a file that is called JSON lines begins as an object does; every other kind shows itself."""
    if kind != JSON_LINES:
        return True
    stream.seek(0)
    return stream.read(_BEGINNING).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _shared(given: Given, opened: Opened) -> Allowance:
    """What may come out of all containers in the outermost file together, while its documents are found."""
    if given.allowance is not None:
        return given.allowance
    held: Allowance | None = opened.held.get("allowance")
    if held is None:
        held = opened.held["allowance"] = _allowance(given, opened)
    return held


def _allowance(given: Given, opened: Opened) -> Allowance:
    return Allowance(max(given.limits.unquestioned, given.limits.ratio * opened.stream.seek(0, 2)))


def _counted(piece: Piece, allowance: Allowance) -> Iterator[bytes]:
    most = None
    size = 0
    for one in piece.pieces():
        if most is None:
            most = _LITTLE + _SHRINKS * (piece.end - piece.begin) if _is_compressed(one) else 0
        size += len(one)
        allowance.take(len(one))
        if most and size > most:
            raise LimitError("what is compressed in it shrinks far more than such files do")
        yield one


def _is_compressed(head: bytes) -> bool:
    return head.startswith(b"PK") or compression_of(head) is not Compression.NONE


def _lost(member: Member, opened: Opened, what: str) -> Content:
    one = finding(_DAMAGED, where=member.where, found=what[:160])
    return Content(opened.form.unread(one), member.name.encode("utf-8"))
