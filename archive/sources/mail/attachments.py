"""Files that are attached to a message: each that is a document has a record of its own, under its part and its name.

What the head of the message hides of people stands in the same file, so it is said of each of them too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import IO

from archive.model.codes import finding
from archive.model.containers import MAIL
from archive.model.findings import Finding, Where
from archive.model.tally import Tally
from archive.sources.containers.inside import Inside, placed
from archive.sources.containers.nested import Nesting, Piece
from archive.sources.containers.protocol import Content, Given, Member, Opened, as_it_stands
from archive.sources.containers.telling import HEAD, Told, what_it_is
from archive.sources.limits import Limits
from archive.sources.mail.added import ARMOUR, unstuffed
from archive.sources.mail.choosing import chosen_of, name_of
from archive.sources.mail.encodings import UNENCODED, decoded
from archive.sources.mail.heads import hidden
from archive.sources.mail.parts import Part, message_of
from archive.sources.reading import read as read_document
from archive.sources.signatures import Format
from archive.sources.unseen.searching import Collected

FORM = Format("message/rfc822", "fmt/278", "extension")
_HEAD = 1 << 18
_TEXTS = frozenset({"text/plain", "text/html"})
_ABOUT_MAIL = frozenset(
    {
        "application/ms-tnef",
        "application/pgp-encrypted",
        "application/pgp-keys",
        "message/delivery-status",
        "message/disposition-notification",
        "text/calendar",
        "text/rfc822-headers",
        "text/vcard",
        "text/x-vcard",
    }
)
"""What programs for mail send one another: nobody wrote it as a document."""
_ABOUT = Told(None, may_be_document=True, other="about mail")
_ENDINGS = {
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
_PARSED = "message"
_MOST_NAMED = 12
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Message:
    """A message whose attachments are looked at.

    Attributes:
        given: the file that it stands in.
        opened: the same, open.
        data: the bytes of the message.
        offset: where they begin in the file.
        row: its number from 1.
        form: the format of the file.
        name: what it is called in a file of many, or an empty string.
    """

    given: Given
    opened: Opened
    data: bytes
    offset: int
    row: int
    form: Format
    name: str = ""

    def members(self, nesting: Nesting, found: Tally) -> Iterator[Member]:
        """The documents that are attached, under their names in the message.

        Args:
            nesting: opens attached containers.
            found: gets what is to be said.
        """
        message = self._parsed()
        chosen = chosen_of(message) if message is not None else None
        others = [_in_words(part) for part in chosen.sealed] if chosen is not None else []
        where = Where(file=self.given.path, bytes=f"{self.offset}-{self.offset + len(self.data)}")
        unseen = Collected(where, self.given.limits)
        for part in chosen.attached if chosen is not None else ():
            piece = self._piece(part)
            head = self._bytes(part)[0][:HEAD]
            is_about_mail = part.media_type in _ABOUT_MAIL or head.lstrip().startswith(ARMOUR)
            told = _ABOUT if is_about_mail else what_it_is(nesting, self.given, self.opened, piece, head, found)
            if told.is_document:
                yield replace(piece.member(self.given).attached_to(MAIL), detail=(part.number,))
            for one in told.inner or ():
                yield replace(one.attached_to(MAIL), detail=(part.number, *one.detail))
            if told.is_neither:
                others.append(_in_words(part))
                unseen.add(name_of(part) or f"part {part.number}", piece.pieces(), head)
        if others:
            more = f", and {len(others) - _MOST_NAMED:,} more" if len(others) > _MOST_NAMED else ""
            found.add(finding("mail.attachments", where=where, found=", ".join(others[:_MOST_NAMED]) + more))
        found.extend(unseen.findings())

    def read(self, nesting: Nesting, member: Member) -> Content:
        """What one of them holds.

        Args:
            nesting: opens attached containers.
            member: as `members` gave it, under its name in the file.
        """
        number, *detail = member.detail
        message = self._parsed()
        part = None if message is None else next((one for one in message.leaves() if one.number == number), None)
        if message is None or part is None:
            one = finding("container.damaged", where=member.where, found="no such part of the message")
            return Content(self.form.unread(one), b"")
        piece = self._piece(part)
        if detail:
            content = nesting.read(self.given, self.opened, piece, replace(member, detail=tuple(detail)))
        else:
            content = self._document(part, piece, member)
        people = tuple(hidden(message, self.given.path, self.offset))
        return replace(content, reading=replace(content.reading, findings=(*content.reading.findings, *people)))

    def _parsed(self) -> Part | None:
        """The message with its parts, taken apart once for all that is attached to it."""
        last: tuple[int, Part | None] | None = self.opened.held.get(_PARSED)
        if last is None or last[0] != self.offset:
            last = self.opened.held[_PARSED] = (self.offset, message_of(self.data))
        return last[1]

    def _document(self, part: Part, piece: Piece, member: Member) -> Content:
        data, findings = self._bytes(part)
        declared = part.parameters("content-type").get("charset", "")
        reading = read_document(piece.path, data, limits=self.given.limits, declared=declared)
        inside = Inside(self.given, member, self.form, piece.start, piece.locator)
        return Content(placed(reading, inside, (), findings), data)

    def _piece(self, part: Part) -> Piece:
        name = name_of(part).replace("\\", "/").rpartition("/")[2]
        number = part.number or "0"
        path = f"{number}/{name}" if name else number + _ENDINGS.get(part.media_type, "")
        begin, end = part.start + self.offset, part.end + self.offset
        start = begin if part.encoding in UNENCODED and self._raw(part)[1] else None
        within = f"message={self.name};" if self.name else ""
        locator = f"{within}part={part.number or '0'}"
        return Piece(path, self.row, begin, end, start, partial(self._pieces, part), locator)

    def _pieces(self, part: Part) -> Iterator[bytes]:
        """The bytes of a part, which are decoded only where they are asked for."""
        yield self._bytes(part)[0]

    def _raw(self, part: Part) -> tuple[bytes, bool]:
        """The bytes of a part, still encoded, and whether they stand so in the file."""
        raw = self.data[part.start : part.end]
        bare = unstuffed(raw) if self.name and part.encoding != "base64" else raw
        return bare, bare is raw

    def _bytes(self, part: Part) -> tuple[bytes, tuple[Finding, ...]]:
        data, is_whole = decoded(self._raw(part)[0], part.encoding)
        if is_whole:
            return data, ()
        where = Where(file=self.given.path, bytes=f"{part.start + self.offset}-{part.end + self.offset}")
        said = f"a part that is said to be {part.encoding[:40]} and is not, or is cut short"
        return data, (finding("mail.part-damaged", where=where, found=said),)


class Letter:
    """A message by itself; see `archive.sources.containers.protocol.Container`.

    Args:
        nesting: opens attached containers.
        limits: how much is read.
    """

    def __init__(self, nesting: Nesting, limits: Limits) -> None:
        self._nesting = nesting
        self._largest = limits.largest_file

    def opened(self, stream: IO[bytes]) -> Opened | None:
        """See `Container.opened`; a message to which nothing can be attached is none."""
        stream.seek(0)
        head = stream.read(_HEAD)
        if not may_hold_files(head):
            return None
        opened = as_it_stands(stream, FORM)
        opened.held["data"] = head + stream.read(self._largest - len(head))
        return opened

    def members(self, given: Given, opened: Opened, found: Tally) -> Iterator[Member]:
        """See `Container.members`."""
        return self._message(given, opened).members(self._nesting, found)

    def read(self, given: Given, opened: Opened, member: Member) -> Content:
        """See `Container.read`."""
        return self._message(given, opened).read(self._nesting, member)

    def _message(self, given: Given, opened: Opened) -> Message:
        return Message(given, opened, opened.held["data"], 0, 1, opened.form)


def _in_words(part: Part) -> str:
    return f"{name_of(part) or 'without a name'} ({part.media_type})"[:_SHOWN]


def may_hold_files(head: bytes) -> bool:
    """Whether a message is more than one text, by the fields at its beginning.

    Args:
        head: the beginning of the message, at least its fields.
    """
    end = min((place for mark in (b"\n\n", b"\n\r\n") if (place := head.find(mark)) >= 0), default=len(head))
    message = message_of(head[:end] + b"\n\n")
    if message is None:
        return False
    return message.media_type not in _TEXTS or "attachment" in message.value("content-disposition").lower()
