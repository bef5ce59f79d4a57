"""WARC files as containers: every captured page with a text is a document, named by its record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from archive.errors import LimitError, StorageError
from archive.model.blocks import Observation, Reading
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.model.statements import MALFORMED
from archive.model.tally import Tally
from archive.sources.containers.expanding import opened_copy
from archive.sources.containers.inside import Inside, placed
from archive.sources.containers.protocol import Content, Given, Member, Opened, as_it_stands
from archive.sources.limits import Limits
from archive.sources.reading import read as read_document
from archive.sources.signatures import Format
from archive.sources.webarchives import records
from archive.sources.webarchives.bodies import Body, body_of
from archive.sources.webarchives.fields import LONGEST_HEAD, Head, charset_of, warc_head
from archive.sources.webarchives.framing import Framed, first_bytes, is_gzip
from archive.sources.webarchives.framing import records as records_of
from archive.sources.webarchives.inflating import Inflated
from archive.sources.webarchives.listing import Listing
from archive.storage.compression import Compression

_PUIDS = {b"WARC/1.0": "fmt/1355", b"WARC/1.1": "fmt/1281"}
_PUID = "fmt/289"
"""What PRONOM's signatures say of these versions, and of others."""
COMPRESSED = Format("application/gzip", "x-fmt/266", "signature")
_IS_PLAIN = "plain"
"""Held of a web archive whose records are not compressed."""
_WRAPPED = 2
"""How much larger than its text a body may be before it is unwrapped."""
_SHRUNK = 4
"""How much smaller than it is a page of pictures may be that is compressed."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?Z")


class Warc:
    """See `archive.sources.containers.protocol.Container`.

    Args:
        limits: how much is read.
    """

    def __init__(self, limits: Limits) -> None:
        self._bounds = limits.expansion

    def opened(self, stream: IO[bytes]) -> Opened | None:
        """See `Container.opened`; what is compressed as a whole is expanded first."""
        if not is_gzip(stream):
            stream.seek(0)
            begun = stream.read(1 << 16)
            if warc_head(begun) is None:
                return None
            puid = _PUIDS.get(begun[:8], _PUID)
            opened = as_it_stands(stream, Format("application/warc", puid, "signature"))
            opened.held[_IS_PLAIN] = True
            return opened
        shape = _shape(stream) or _shape_of_damaged(stream)
        if shape == "by record":
            return as_it_stands(stream, COMPRESSED)
        return opened_copy(stream, Compression.GZIP, COMPRESSED, self._bounds) if shape else None

    def members(self, given: Given, opened: Opened, found: Tally) -> Iterator[Member]:
        """See `Container.members`."""
        return Listing(given, opened, found).members()

    def read(self, given: Given, opened: Opened, member: Member) -> Content:
        """See `Container.read`."""
        framed = next(records_of(opened.stream, member.start - opened.base), None)
        if framed is None or framed.head is None:
            return _lost(member, opened.form)
        begun = first_bytes(framed.pieces, LONGEST_HEAD)
        http = records.block_head(framed.head, begun)
        ending = records.ending_stated(framed.head, http)
        # Of what has no ending nobody stated what it is.
        is_text = ending != "" and ending in records.PLAIN_ENDINGS and not _may_hold_files(ending, framed, given.limits)
        most = given.limits.largest_text if is_text else given.limits.largest_file
        block = _block(framed, begun, _WRAPPED * most + (1 << 18))
        payload = block[http.size :] if http else block
        body = body_of(payload, http, most)
        return Content(_Page(given, opened, member, framed, http).reading(body), body.data)


def _may_hold_files(ending: str, framed: Framed, limits: Limits) -> bool:
    """Whether a record may be a page that is large for pictures in its addresses, which hardly shrink."""
    return ending in records.PAGE_ENDINGS and _SHRUNK * (framed.length or 0) > limits.largest_text


def _shape(stream: IO[bytes]) -> str:
    """How records lie in a compressed file: `by record`, `as a whole`, or an empty string where there are none."""
    first = next(records_of(stream), None)
    if first is None or first.head is None:
        return ""
    member = Inflated(stream, 0)
    try:
        left = first.head.size + (first.length or 0)
        while left > 0 and (piece := member.read(min(left, 1 << 20))):
            left -= len(piece)
        return "as a whole" if member.read(16).lstrip(b"\r\n").startswith(b"WARC/") else "by record"
    except (StorageError, LimitError):
        return "by record"


def _shape_of_damaged(stream: IO[bytes]) -> str:
    """The same of a file whose very first record is damaged or cut short, so that it does not show itself."""
    try:
        Inflated(stream, 0).head(LONGEST_HEAD)
    except (StorageError, LimitError):
        return "by record"
    return ""


def _block(framed: Framed, begun: bytes, most: int) -> bytes:
    found = bytearray(begun)
    for piece in framed.pieces:
        found += piece
        if len(found) > most:
            break
    return bytes(found)


def _lost(member: Member, form: Format) -> Content:
    """The answer where the record is not where it was; a file that changed meanwhile, or a forged record."""
    one = finding("container.damaged", where=member.where, found="no record begins here")
    return Content(form.unread(one), b"")


class _Page:
    """One captured page, on its way to a reading."""

    def __init__(self, given: Given, opened: Opened, member: Member, framed: Framed, http: Head | None) -> None:
        self.given = given
        self.opened = opened
        self.member = member
        self.framed = framed
        self.head = framed.head or Head((), 0)
        self.http = http

    def reading(self, body: Body) -> Reading:
        declared = charset_of((self.head if self.http is None else self.http).first("content-type"))
        name = f"record{records.ending_stated(self.head, self.http)}"
        reading = read_document(name, body.data, limits=self.given.limits, declared=declared)
        inside = Inside(
            given=self.given,
            member=self.member,
            form=self.opened.form,
            start=self._start(body),
            locator=f"record={self.member.name}",
        )
        return placed(reading, inside, tuple(self._stated()), tuple(self._findings(body)))

    def _start(self, body: Body) -> int | None:
        is_there = body.is_plain and self.opened.is_original and _IS_PLAIN in self.opened.held
        start = self.opened.base + self.framed.body + (self.http.size if self.http else 0)
        return start if is_there else None

    def _stated(self) -> Iterator[Observation]:
        place = self._place(self.member.start, self.member.end)
        address = records.target(self.head)
        if address:
            shown = address.encode("utf-8", "backslashreplace").decode("utf-8")
            yield Observation("source_url", shown, place, reason="" if address.isprintable() else MALFORMED)
        date = self.head.first("warc-date")
        if date:
            shown = date.encode("utf-8", "backslashreplace").decode("utf-8")
            yield Observation("captured_at", shown, place, reason="" if _DATE.fullmatch(date) else MALFORMED)
        if records.kind_of_record(self.head) == "conversion":
            yield Observation("capture_form", "extracted text", place)
        if self.member.detail:
            software, start, end = self.member.detail
            if str(software).strip():
                yield Observation("capture_tool", str(software), self._place(int(start), int(end)))

    def _place(self, start: int, end: int) -> str:
        return f"bytes={start}-{end}" if self.opened.is_original else f"record={self.member.name}"

    def _findings(self, body: Body) -> Iterator[Finding]:
        if body.fault:
            where = Where(file=self.given.path, row=self.member.row)
            yield finding("warc.body-damaged", where=where, found=body.fault[:200])
