"""Files that are attached to a PDF: each that is a document has a record of its own, under its number and its name.

PDFium takes all of them out at once, in a process apart; here they lie one behind the other in a file without a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO

from archive.engine import LostError
from archive.errors import LimitError
from archive.model.codes import finding
from archive.model.containers import PDF
from archive.model.findings import Where
from archive.model.tally import Tally
from archive.sources import formats
from archive.sources.apart import call
from archive.sources.containers.expanding import copied
from archive.sources.containers.inside import Inside, placed
from archive.sources.containers.nested import Nesting, Piece
from archive.sources.containers.protocol import Content, Given, Member, Opened, as_it_stands
from archive.sources.containers.telling import HEAD, what_it_is
from archive.sources.office.parts import UnreadableError
from archive.sources.pdf.attached import Attached, AttachedFile, may_hold_files, take_files
from archive.sources.pronom import Identified
from archive.sources.protocol import Opaque
from archive.sources.reading import read as read_document
from archive.sources.signatures import Format, by_signature
from archive.sources.unseen.searching import Collected

FORM = Format("application/pdf")
_TAKEN = "attached"
_BEGINNING = 2048
_SHOWN = 160


@dataclass(frozen=True, slots=True)
class _Taken:
    """What was taken out of a PDF.

    Attributes:
        files: without their bytes, which stand in `copy`.
        places: where those of each begin in `copy`, and where they end.
        copy: all of them; behind each stands one byte, so that no two begin at one place.
        more: how many more there are.
        fault: why nothing could be taken out.
    """

    files: tuple[AttachedFile, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    copy: Opened | None = None
    more: int = 0
    fault: str = ""

    def size_of(self, number: int) -> int:
        """How many bytes one file has, by its number from 1."""
        start, end = self.places[number - 1]
        return end - start

    def bytes_of(self, number: int) -> bytes:
        """Those of one file, by its number from 1."""
        start, end = self.places[number - 1]
        if self.copy is None or start == end:
            return b""
        self.copy.stream.seek(start)
        return self.copy.stream.read(end - start)


class Pdf:
    """See `archive.sources.containers.protocol.Container`.

    Args:
        nesting: opens attached containers.
    """

    def __init__(self, nesting: Nesting) -> None:
        self._nesting = nesting

    def opened(self, stream: IO[bytes]) -> Opened | None:
        """See `Container.opened`."""
        stream.seek(0)
        form = by_signature(stream.read(_BEGINNING))
        return as_it_stands(stream, FORM) if form is not None and form.media_type == FORM.media_type else None

    def members(self, given: Given, opened: Opened, found: Tally) -> Iterator[Member]:
        """See `Container.members`."""
        taken = _taken(given, opened)
        if taken.fault:
            found.add(finding("container.damaged", where=Where(file=given.path), found=taken.fault))
        unseen = Collected(Where(file=given.path), given.limits)
        for number, file in enumerate(taken.files, start=1):
            fault, is_too_much = _fault(given, file, taken.size_of(number))
            if not fault:
                yield from self._members(given, opened, _piece(taken, number), found, unseen)
                continue
            code = "container.bomb" if is_too_much else "container.damaged"
            said = f"{file.name or 'a file without a name'}: {fault}"
            found.add(finding(code, where=Where(file=given.path, row=number), found=said[:_SHOWN]))
        if taken.more:
            said = f"{taken.more:,} more files"
            found.add(finding("container.bomb", where=Where(file=given.path), found=said))
        found.extend(unseen.findings())

    def _members(self, given: Given, opened: Opened, piece: Piece, found: Tally, unseen: Collected) -> Iterator[Member]:
        head = _bytes(piece)[:HEAD]
        told = what_it_is(self._nesting, given, opened, piece, head, found)
        if told.is_document:
            yield piece.member(given).attached_to(PDF)
        elif told.is_neither:
            unseen.add(piece.path, piece.pieces(), head)
        for one in told.inner or ():
            yield one.attached_to(PDF)

    def read(self, given: Given, opened: Opened, member: Member) -> Content:
        """See `Container.read`."""
        taken = _taken(given, opened)
        if len(taken.files) < member.row or taken.files[member.row - 1].fault:
            one = finding("container.damaged", where=member.where, found=taken.fault or "no such file is attached")
            return Content(replace(member.unread(opened.form), findings=(one,)), b"")
        piece = _piece(taken, member.row)
        if member.detail:
            return self._nesting.read(given, opened, piece, member)
        data = _bytes(piece)
        inside = Inside(given, member, opened.form, None, piece.locator)
        return Content(placed(read_document(piece.path, data, limits=given.limits), inside, (), ()), data)


def _taken(given: Given, opened: Opened) -> _Taken:
    """What is attached to a PDF, taken out once."""
    taken: _Taken | None = opened.held.get(_TAKEN)
    if taken is None:
        opened.stream.seek(0)
        data = opened.stream.read(given.limits.largest_file + 1)
        is_one = len(data) <= given.limits.largest_file and may_hold_files(data)
        taken = opened.held[_TAKEN] = _take(given, opened, data) if is_one else _Taken()
    return taken


def _take(given: Given, opened: Opened, data: bytes) -> _Taken:
    try:
        found = call(_carry_out, Opaque(given.path, data, given.limits), given.limits)
    except LostError as error:
        return _Taken(fault=f"what is attached to it cannot be taken out: {error.how}")
    opened.form = formats.of_pronom(FORM, found.identified)
    places = []
    start = 0
    for one in found.files:
        places.append((start, start + len(one.data)))
        start += len(one.data) + 1
    copy = copied(piece for one in found.files for piece in (one.data, b"\n"))
    return _Taken(tuple(replace(one, data=b"") for one in found.files), tuple(places), copy, found.more)


def _carry_out(document: Opaque) -> Attached:
    try:
        return take_files(document)
    except UnreadableError:
        return Attached(Identified())  # the reader of its text says so


def _fault(given: Given, file: AttachedFile, size: int) -> tuple[str, bool]:
    """Why a file is left unread, and whether that is since it is too much; an empty string where it is not."""
    if not file.fault and given.allowance is not None:
        try:
            given.allowance.take(size)
        except LimitError as error:
            return error.what, True
    return file.fault, file.is_too_much


def _piece(taken: _Taken, number: int) -> Piece:
    name = taken.files[number - 1].name.replace("\\", "/").rpartition("/")[2]
    start, end = taken.places[number - 1]
    path = f"{number}/{name}" if name else str(number)
    return Piece(path, number, start, end, None, lambda: (taken.bytes_of(number),), f"attachment={number}")


def _bytes(piece: Piece) -> bytes:
    return b"".join(piece.pieces())
