"""Where the records of a WARC file begin and end (ISO 28500:2017, 4 and annex D), whatever their lengths claim.

A plain file is gone through by the lengths that records state; where a length does not lead to the next record, the
next one is looked for. In a compressed file each record is a gzip member of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from archive.errors import LimitError, StorageError
from archive.sources.webarchives.fields import LONGEST_HEAD, Head, warc_head
from archive.sources.webarchives.inflating import GZIP_MAGIC, Inflated

PIECE = 1 << 18
_FIRST_PIECE = 1 << 10
"""What is looked through first for the next record, which is mostly near."""
_NEXT = re.compile(rb"WARC/[01]\.[0-9]{1,2}[ \t]*\r?\n")
_LONGEST_MARK = 16
_LENGTH = re.compile(r"[0-9]{1,15}")
_BETWEEN = b"\r\n\0 \t"
_MOST_TRIES = 20_000
"""Places at which the next record of a damaged file is tried; then the rest of the file is given up."""


@dataclass(slots=True)
class Framed:
    """A record, or bytes that are none.

    Attributes:
        start: its first byte in the file.
        head: what it says of itself, or None where this is no record.
        end: the byte after its last; right once all of `pieces` were taken.
        body: where its block begins: in a plain file the byte, in a compressed one the byte in what comes out.
        size: bytes of the block that are there; right once all of `pieces` were taken.
        fault: what is wrong, in words; right once all of `pieces` were taken.
        is_cut: whether the fault is that bytes are missing.
        is_bomb: whether the fault is that too much comes out of it.
    """

    start: int
    head: Head | None
    end: int = 0
    body: int = 0
    size: int = 0
    fault: str = ""
    is_cut: bool = False
    is_bomb: bool = False
    pieces: Iterator[bytes] = field(default=iter(()))

    @property
    def length(self) -> int | None:
        """The length of the block as the record states it, or None."""
        stated = self.head.first("content-length") if self.head else ""
        return int(stated) if _LENGTH.fullmatch(stated) else None


def first_bytes(pieces: Iterator[bytes], least: int) -> bytes:
    """The first pieces put together: `least` bytes or more, fewer only where there are no more."""
    found = bytearray()
    while len(found) < least and (piece := next(pieces, b"")):
        found += piece
    return bytes(found)


def is_gzip(stream: IO[bytes]) -> bool:
    """Whether a file is compressed by gzip, by its first bytes."""
    stream.seek(0)
    return stream.read(len(GZIP_MAGIC)) == GZIP_MAGIC


def records(stream: IO[bytes], start: int = 0) -> Iterator[Framed]:
    """The records of a file from `start` on; each one's pieces are taken before the next is asked for.

    Args:
        stream: the file, plain or of gzip members.
        start: where a record begins.
    """
    walk = _Compressed(stream) if is_gzip(stream) else _Plain(stream)
    return walk.records(start)


def _no_record(head: Head | None) -> str:
    """Why a record is none."""
    if head is None:
        return "no head of a record"
    stated = head.first("content-length")
    return f"a record of a length that cannot be: {stated[:40]}" if stated else "a record that states no length"


class _Plain:
    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._length = stream.seek(0, 2)

    def records(self, place: int) -> Iterator[Framed]:
        while (place := self._past_blanks(place)) < self._length:
            framed = self._framed(place)
            yield framed
            for _ in framed.pieces:
                pass
            place = framed.end

    def _past_blanks(self, place: int) -> int:
        while place < self._length:
            found = self._at(place, 64)
            rest = found.lstrip(_BETWEEN)
            place += len(found) - len(rest)
            if rest:
                return place
        return place

    def _at(self, place: int, size: int) -> bytes:
        self._stream.seek(place)
        return self._stream.read(size)

    def _framed(self, place: int) -> Framed:
        head = warc_head(self._at(place, 4096)) or warc_head(self._at(place, LONGEST_HEAD))
        framed = Framed(place, head)
        if head is None or framed.length is None:
            framed.end = self._next(place + 1) or self._length
            framed.fault = _no_record(head)
            framed.head = None
            return framed
        framed.body = place + head.size
        self._settle_end(framed, framed.body + framed.length)
        framed.pieces = self._pieces(framed.body, framed.size)
        return framed

    def _settle_end(self, framed: Framed, stated: int) -> None:
        """Believes the length where the next record, or the end of the file, follows it."""
        if stated <= self._length and self._is_end(stated):
            framed.size, framed.end = stated - framed.body, stated
            return
        following = self._next(framed.body)
        if following is None and stated >= self._length:
            framed.size, framed.end = self._length - framed.body, self._length
            framed.is_cut = stated > self._length
            framed.fault = f"{framed.size:,} bytes, where the record says {framed.length:,}" if framed.is_cut else ""
            return
        framed.end = self._length if following is None else following
        last = min(stated, framed.end)
        if last == framed.end:
            tail = self._at(max(framed.body, last - 4), 4)[-(last - framed.body) :] if last > framed.body else b""
            last -= len(tail) - len(tail.rstrip(b"\r\n"))
        framed.size = last - framed.body
        framed.fault = f"the length {framed.length:,} does not lead to the next record"

    def _is_end(self, place: int) -> bool:
        after = self._at(place, 20)
        rest = after.lstrip(b"\r\n")
        return not rest or (len(rest) < len(after) and rest.startswith(b"WARC/"))

    def _next(self, place: int) -> int | None:
        """Where the next record begins at the beginning of a line, from `place` on."""
        carried = self._at(place - 1, 1) if place else b"\n"
        size = _FIRST_PIECE
        while piece := self._at(place, size):
            size = min(PIECE, 4 * size)
            window = carried + piece
            for found in _NEXT.finditer(window):
                if found.start() and window[found.start() - 1 : found.start()] == b"\n":
                    return place - len(carried) + found.start()
            place += len(piece)
            carried = window[-_LONGEST_MARK - 2 :]
        return None

    def _pieces(self, place: int, size: int) -> Iterator[bytes]:
        while size > 0:
            piece = self._at(place, min(PIECE, size))
            if not piece:
                return
            yield piece
            place, size = place + len(piece), size - len(piece)


class _Compressed:
    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._length = stream.seek(0, 2)
        self._tries = _MOST_TRIES

    def records(self, place: int) -> Iterator[Framed]:
        while place < self._length:
            framed = self._framed(place)
            yield framed
            for _ in framed.pieces:
                pass
            place = framed.end

    def _framed(self, place: int) -> Framed:
        member = Inflated(self._stream, place)
        framed = Framed(place, None)
        try:
            start = member.head(LONGEST_HEAD)
        except (StorageError, LimitError) as error:
            framed.is_bomb = isinstance(error, LimitError)
            return self._gap(framed, member, error.what)
        head = warc_head(start)
        framed.head = head
        if head is None or framed.length is None:
            framed.head = None
            return self._gap(framed, member, _no_record(head))
        framed.body = head.size
        framed.pieces = self._pieces(framed, member, start[head.size :])
        return framed

    def _pieces(self, framed: Framed, member: Inflated, begun: bytes) -> Iterator[bytes]:
        """The block, then what is left of the gzip member, which should be two line breaks."""
        left = framed.length or 0
        try:
            while left > 0:
                piece = (begun or member.read(min(PIECE, left)))[:left]
                begun = begun[len(piece) :]
                if not piece:
                    break
                framed.size += len(piece)
                left -= len(piece)
                yield piece
            rest = (begun + member.read(_LONGEST_MARK)).lstrip(b"\r\n")
            self._judge(framed, member, left, rest)
        except StorageError as error:
            framed.is_cut = member.is_cut
            framed.fault = error.what
            framed.end = self._next(member.resume)
        except LimitError as error:
            framed.is_bomb = True
            framed.fault = error.what
            framed.end = self._next(member.resume)

    def _judge(self, framed: Framed, member: Inflated, left: int, rest: bytes) -> None:
        framed.end = member.end
        if left:
            framed.is_cut = True
            framed.fault = f"{framed.size:,} bytes, where the record says {framed.length:,}"
        elif rest:
            framed.fault = "more than one record, or a wrong length, in one compressed piece; only the first was read"

    def _gap(self, framed: Framed, member: Inflated, fault: str) -> Framed:
        framed.fault = fault
        framed.end = self._next(member.resume)
        return framed

    def _next(self, place: int) -> int:
        """Where the next gzip member that begins with a record begins, from `place` on, or the end of the file."""
        size = _FIRST_PIECE
        while place < self._length and self._tries:
            self._stream.seek(place)
            piece = self._stream.read(size)
            size = min(PIECE, 4 * size)
            at = piece.find(GZIP_MAGIC)
            while at >= 0 and self._tries:
                self._tries -= 1
                if self._begins_record(place + at):
                    return place + at
                at = piece.find(GZIP_MAGIC, at + 1)
            place += max(1, len(piece) - len(GZIP_MAGIC) + 1)
        return self._length

    def _begins_record(self, place: int) -> bool:
        try:
            return Inflated(self._stream, place).read(5) == b"WARC/"
        except (StorageError, LimitError):
            return False
