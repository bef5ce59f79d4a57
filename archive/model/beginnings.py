"""What the beginning of a file shows where no magic number does: a letter, a mailbox, a saved page, JSON lines.

A text that happens to begin with `From ` or `Subject:` is none of them: asked for is what the head of a message has
(RFC 5322, 3.6), several known fields, one of those that say where it came from, and a date or an identifier as only
programs write them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

HEAD = 8192
"""Bytes that are looked at; a head of a message that is longer is told by these."""
LONGEST_LINE = 1 << 20
"""Bytes within which a second line has to end in a file of JSON lines that is not called one."""
FIELD_OF_HEAD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:((?:[^\r\n]++|\r?\n[ \t])*+)(?:\r?\n|\Z)")
"""A field of a head: its name, and its value with the folds in it (RFC 5322, 2.2)."""
PDF_MARK, PDF_WITHIN = b"%PDF-", 1024
"""How a PDF begins, and the bytes within which it does, since something may stand before it."""
WARC_VERSION = re.compile(rb"WARC/[0-9]\.[0-9]{1,2}[ \t]*\r?\n")
"""The line that each record of a web archive begins with."""
_PDF = re.compile(re.escape(PDF_MARK) + rb"[0-9]\.[0-9]")
_BLANK = re.compile(rb"\r?\n")
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b"
_POSTMARK = re.compile(
    rb"From (?=[^\r\n]{1,400}?\b" + _MONTH + rb")[^\r\n]{1,400}?\b[0-9]{1,2}:[0-9]{2}\b[^\r\n]*\r?\n"
)
_DATE = re.compile(
    rb"\b[0-9]{1,2} " + _MONTH + rb" [0-9]{2,4} +[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})? +"
    rb"(?:[+-][0-9]{4}|[A-Z]{1,5}\b)"
)
"""A day with the time and its zone (RFC 5322, 3.3 and 4.3), which people who write a head leave out."""
_IDENTIFIER = re.compile(rb"<[^<>@\s]+@[^<>\s]+>")
_TELLING = frozenset({b"date", b"from", b"message-id", b"received", b"return-path"})
_KNOWN = _TELLING | {
    b"authentication-results",
    b"bcc",
    b"cc",
    b"content-disposition",
    b"content-transfer-encoding",
    b"content-type",
    b"delivered-to",
    b"dkim-signature",
    b"envelope-to",
    b"in-reply-to",
    b"list-id",
    b"list-unsubscribe",
    b"mime-version",
    b"newsgroups",
    b"organization",
    b"received-spf",
    b"references",
    b"reply-to",
    b"sender",
    b"status",
    b"subject",
    b"to",
    b"user-agent",
    b"x-mailer",
    b"x-mozilla-status",
    b"x-originating-ip",
}
_LEAST_KNOWN, _LEAST_IN_MAILBOX = 3, 2
_SENT = frozenset({b"delivered-to", b"message-id", b"received", b"return-path", b"to"})
"""Fields of what was sent to somebody, which a page that a browser saved was not."""
_PAGES = b"multipart/related"
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Head:
    """The fields at a place: the first value of each, by its name in lower case."""

    fields: dict[bytes, bytes]

    @property
    def known(self) -> int:
        return len(self.fields.keys() & _KNOWN)

    @property
    def is_telling(self) -> bool:
        return not self.fields.keys().isdisjoint(_TELLING)

    @property
    def is_of_a_program(self) -> bool:
        """Whether something stands in it that no person writes by hand."""
        fields = self.fields
        if b"mime-version" in fields or _IDENTIFIER.search(fields.get(b"message-id", b"")):
            return True
        return any(_DATE.search(fields.get(name, b"")) for name in (b"date", b"received"))

    @property
    def is_of_saved_page(self) -> bool:
        fields = self.fields
        if not fields.get(b"content-type", b"").strip().lower().startswith(_PAGES):
            return False
        if b"snapshot-content-location" in fields or b"saved by " in fields.get(b"from", b"").lower():
            return True
        return b"mime-version" in fields and fields.keys().isdisjoint(_SENT)


def begins_pdf(data: bytes) -> bool:
    """Whether a file is a PDF, by its beginning.

    >>> begins_pdf(b"%PDF-1.7 ..."), begins_pdf(b"%PDF-files are many")
    (True, False)
    """
    return PDF_MARK in data[:PDF_WITHIN] and _PDF.search(data, 0, PDF_WITHIN) is not None


def _head(data: bytes, start: int = 0) -> _Head | None:
    """The head of a message, or None where something else than fields stands before the blank line at its end."""
    fields: dict[bytes, bytes] = {}
    place, end = start, min(len(data), HEAD)
    end -= data.endswith(b"\r", 0, end)
    while (one := FIELD_OF_HEAD.match(data, place, end)) is not None:
        fields.setdefault(one[1].lower(), one[2])
        place = one.end()
    is_cut = len(data) >= HEAD and b"\n" not in data[place:end]
    return _Head(fields) if fields and (is_cut or _BLANK.match(data, place) is not None) else None


class Beginning(StrEnum):
    """What fields at the beginning of a file show it to be."""

    LETTER = "letter"
    """A message (RFC 5322)."""
    MAILBOX = "mailbox"
    """A line of its own, then the head of a letter (mbox, RFC 4155)."""
    SAVED_PAGE = "saved page"
    """A page that a browser saved in the form of a letter (RFC 2557)."""


def beginning_of(data: bytes) -> Beginning | None:
    r"""What fields at the beginning of a file show it to be; None where they show nothing.

    Args:
        data: its beginning, `HEAD` bytes or all there are.

    >>> beginning_of(b"From: a@b.org\nSubject: x\nDate: Tue, 5 Apr 2011 10:00:00 +0900\n\nText")
    <Beginning.LETTER: 'letter'>
    >>> beginning_of(b"From: Kim\nTo: the commission\nSubject: the winter\n\nText")
    >>> beginning_of(b"From a@b.org Tue Apr  5 10:00:00 2011\nFrom: a@b.org\nSubject: x\n\nText")
    <Beginning.MAILBOX: 'mailbox'>
    >>> beginning_of(b"From the beginning it was hard.\n\nText")
    """
    head = _head(data)  # first, since a field may have white space before its colon (RFC 5322, 4.5): `From : a@b.org`
    if head is None:
        return Beginning.MAILBOX if _is_mailbox(data) else None
    if head.is_of_saved_page:
        return Beginning.SAVED_PAGE
    is_letter = head.known >= _LEAST_KNOWN and head.is_telling and head.is_of_a_program
    return Beginning.LETTER if is_letter else None


def _is_mailbox(data: bytes) -> bool:
    if not data.startswith(b"From "):
        return False
    line = _POSTMARK.match(data)
    start = line.end() if line is not None else data.find(b"\n") + 1
    head = _head(data, start) if start else None
    if head is None or not head.is_telling:
        return False
    return head.known >= (_LEAST_IN_MAILBOX if line is not None else _LEAST_KNOWN)


def may_be_json_lines(data: bytes) -> bool:
    """Whether a file begins as a JSON object does, so that it is worth while to look at more of it."""
    return data.removeprefix(_MARK).lstrip()[:1] == b"{"


def are_json_lines(data: bytes, texts: Collection[str], *, is_whole: bool) -> bool:
    r"""Whether a file that nobody calls JSON lines consists of them: two lines or more are objects with a text.

    The first is one, and most are: a line that is broken, or cut off at the end, makes no running text of the others,
    in which a level of access may stand.

    Args:
        data: its beginning, `LONGEST_LINE` bytes or all there are.
        texts: the keys under which the text of a document may stand.
        is_whole: whether `data` is all of the file.

    >>> are_json_lines(b'{"text": "a"}\n{"text": "b"}\n', ["text"], is_whole=True)
    True
    >>> are_json_lines(b'{"text": "a"}\n', ["text"], is_whole=True)
    False
    """
    lines = _lines(data, is_whole=is_whole)
    if not lines or not _has_text(lines[0], texts):
        return False
    good = 1
    for count, line in enumerate(lines[1:], start=2):
        good += _has_text(line, texts)
        if 2 * (count - good) >= len(lines):
            return False
    return good > 1


def may_become_json_lines(data: bytes, texts: Collection[str]) -> bool:
    r"""Whether more of a file has to be looked at to tell, since nothing in its beginning is against it.

    Args:
        data: its beginning, behind which it goes on.
        texts: as for `are_json_lines`.

    >>> may_become_json_lines(b'{"text": "a very long', ["text"]), may_become_json_lines(b'{\n "text": "a', ["text"])
    (True, False)
    """
    lines = _lines(data, is_whole=False)
    return may_be_json_lines(data) and (not lines or _has_text(lines[0], texts))


def _lines(data: bytes, *, is_whole: bool) -> list[bytes]:
    lines = data.removeprefix(_MARK).split(b"\n")
    if not is_whole:
        lines.pop()
    return [line for line in lines if line.strip()]


def _has_text(line: bytes, texts: Collection[str]) -> bool:
    if not line.lstrip().startswith(b"{"):
        return False
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and any(isinstance(said.get(name), str) for name in texts)
