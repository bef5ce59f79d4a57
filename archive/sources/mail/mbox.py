"""Mailboxes in the form mbox (RFC 4155): messages one after the other, each behind a line that begins with `From `.

Lines of a text that begin so are quoted with `>` by most programs (`archive.sources.mail.added`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from archive.model.blocks import OwnFormat
from archive.model.codes import finding
from archive.model.findings import Where
from archive.model.tally import Tally
from archive.sources.containers.naming import Names, fit
from archive.sources.containers.nested import Nesting
from archive.sources.containers.protocol import Content, Given, Member, Opened, as_it_stands
from archive.sources.mail.attachments import Message, may_hold_files
from archive.sources.mail.heads import message_id
from archive.sources.mail.parts import message_of
from archive.sources.mail.reading import Letter, read_message, with_head
from archive.sources.signatures import Format

FORM = Format("application/mbox", "fmt/720", "extension")
_MESSAGE = OwnFormat("message/rfc822", "fmt/278", "container")
_LONGEST_LINE = 1 << 16
_HEAD = 1 << 18
_FIRST = "first"
"""Held of a mailbox: where the line before its first message begins."""
_FIELD_OR_FOLD = re.compile(rb"[!-9;-~]{1,100}[ \t]*:|[ \t]+\S")
_POSTMARK = re.compile(rb"From \S+ .*\b[0-9]{1,2}:[0-9]{2}\b.*\b[0-9]{4}\b.{0,20}")
"""The line before a message as RFC 4155 has it, with the time and the year."""
_TIME = re.compile(rb"\b[0-9]{1,2}:[0-9]{2}\b")
_FIELD = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")


class Mbox:
    """See `archive.sources.containers.protocol.Container`.

    Args:
        nesting: opens attached containers.
    """

    def __init__(self, nesting: Nesting) -> None:
        self._nesting = nesting

    def opened(self, stream: IO[bytes]) -> Opened | None:
        """See `Container.opened`."""
        first = _first(stream)
        if first is None:
            return None
        opened = as_it_stands(stream, FORM)
        opened.held[_FIRST] = first
        return opened

    def members(self, given: Given, opened: Opened, found: Tally) -> Iterator[Member]:
        """See `Container.members`."""
        names = Names()
        first: int = opened.held[_FIRST]
        if first:
            where = Where(file=given.path, bytes=f"0-{first}")
            found.add(finding("mail.before-first", where=where, found=f"{first:,} bytes"))
        for row, (start, end) in enumerate(_messages(opened.stream, first), start=1):
            place = opened.stream.tell()
            opened.stream.seek(start)
            begun = opened.stream.read(min(_HEAD, end - start))
            head = message_of(begun.partition(b"\n\n")[0] + b"\n\n")
            name = fit(message_id(head.value("message-id"))) if head else ""
            member = names.told_apart(Member(given.path, name or str(row), start, end, row), found)
            yield member
            if may_hold_files(begun) and end - start <= given.limits.largest_file:
                message = self._message(given, opened, member)
                for one in message.members(self._nesting, found):
                    attached = _attached(one, member)
                    yield attached if attached.findings else names.told_apart(attached, found)
            opened.stream.seek(place)

    def read(self, given: Given, opened: Opened, member: Member) -> Content:
        """See `Container.read`."""
        if member.detail:
            name, start, end, *detail = member.detail
            whole = replace(member, name=str(name), start=int(start), end=int(end))
            message = self._message(given, opened, whole)
            return message.read(self._nesting, replace(member, detail=tuple(detail)))
        size = member.end - member.start
        most = given.limits.largest_file
        opened.stream.seek(member.start)
        data = opened.stream.read(min(size, most))
        letter = Letter(given.path, data, opened.form, given.limits, offset=member.start, in_mailbox=True)
        reading = None if size > most else read_message(letter)
        if reading is None:
            code = "text.too-large" if size > most else "mail.no-message"
            one = finding(code, where=member.where, found=f"{size:,} bytes")
            reading = with_head(letter, FORM.unread(one))
        locator = f"message={member.name}"
        blocks, unshown = (
            tuple(one._replace(locator=f"{locator};{one.locator}" if one.locator else locator) for one in every)
            for every in (reading.blocks, reading.unshown)
        )
        return Content(replace(reading, blocks=blocks, unshown=unshown, own_format=_MESSAGE), data)

    def _message(self, given: Given, opened: Opened, member: Member) -> Message:
        opened.stream.seek(member.start)
        data = opened.stream.read(min(member.end - member.start, given.limits.largest_file))
        return Message(given, opened, data, member.start, member.row, opened.form, member.name)


def _attached(one: Member, letter: Member) -> Member:
    """What is attached to a message, as a document of the mailbox."""
    return replace(
        one,
        name=f"{letter.name}#{one.name}",
        row=letter.row,
        detail=(letter.name, letter.start, letter.end, *one.detail),
        parent=f"{letter.name}#{one.parent}" if one.parent else letter.name,
    )


def _first(stream: IO[bytes]) -> int | None:
    """Where the line before the first message begins, or None where there is none at the beginning of a file."""
    stream.seek(0)
    place = 0
    while place < _HEAD and (line := stream.readline(_LONGEST_LINE)):
        size, end = len(line), line
        while not end.endswith(b"\n") and (end := stream.readline(_LONGEST_LINE)):
            size += len(end)
        if line.startswith(b"From ") and (_POSTMARK.match(line) is not None or _head_follows(stream, line)):
            return place
        place += size
    return None


def _messages(stream: IO[bytes], first: int) -> Iterator[tuple[int, int]]:
    """Where each message begins, behind its first line, and ends, before the blank line that follows it."""
    stream.seek(first)
    place, start, blank, before = first, -1, 0, b"\n"
    while line := stream.readline(_LONGEST_LINE):
        begins_line = before.endswith(b"\n")
        if begins_line and line.startswith(b"From ") and (start < 0 or (blank and _head_follows(stream, line))):
            if start >= 0:
                yield start, max(start, place - blank)
            while not line.endswith(b"\n") and (more := stream.readline(_LONGEST_LINE)):
                place, line = place + len(line), more
            start = place + len(line)
        blank = len(line) if begins_line and not line.strip(b"\r\n") else 0
        place, before = place + len(line), line
    if start >= 0:
        yield start, max(start, place - blank)


def _head_follows(stream: IO[bytes], line: bytes) -> bool:
    """Whether a head follows a line that begins with 'From', so that it is no sentence.

    One field is enough behind a line with a time, as RFC 4155 has it; programs that write none write more fields.
    """
    place = stream.tell()
    found = _FIELD.match(stream.readline(_LONGEST_LINE)) is not None
    if found and _TIME.search(line) is None:
        found = _FIELD_OR_FOLD.match(stream.readline(200)) is not None
    stream.seek(place)
    return found
