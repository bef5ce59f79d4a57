"""What the head of a message states: of the known fields alone, and what it hides of people and machines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from email.utils import getaddresses, parsedate_to_datetime

from archive.model.blocks import Observation
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.model.statements import MALFORMED
from archive.sources.dates import edtf_of
from archive.sources.mail.parts import Field, Part, text_of_field

_HIDDEN = (
    "bcc",
    "received",
    "x-originating-ip",
    "x-sender-ip",
    "x-client-ip",
    "x-forwarded-for",
    "x-sender",
    "x-authenticated-sender",
    "x-get-message-sender-via",
    "delivered-to",
    "return-path",
)
"""Fields that programs that show mail keep to themselves: ways, machines, addresses, blind copies."""
_MOST_PEOPLE = 50
_SAVED_BY = "saved by "


def embedded(message: Part, offset: int, *, saved_page: bool = False) -> Iterator[Observation]:
    """What a message states of itself, each value with the bytes of its field in the file.

    Args:
        message: the message.
        offset: where it begins in the file.
        saved_page: whether it is a web page that a browser saved, whose head is about the saving.
    """
    pairs = _of_saved_page(message) if saved_page else _of_letter(message)
    for field, value, stood in pairs:
        stated = value.strip() or text_of_field(stood.value).strip()
        if stated:
            place = f"bytes={stood.start + offset}-{stood.end + offset}"
            reason = "" if value.strip() else MALFORMED
            yield Observation(field, value if value.strip() else stated, place, layer=None, reason=reason)


def _of_letter(message: Part) -> Iterator[tuple[str, str, Field]]:
    subject, author, date, name = (message.first(one) for one in ("subject", "from", "date", "message-id"))
    if subject is not None:
        yield "title", text_of_field(subject.value), subject
    if author is not None:
        for person in _people(author.value):
            yield "creators", person, author
    if date is not None:
        yield "date_issued", edtf_of(text_of_field(date.value)) or "", date
    if name is not None:
        yield "identifiers", message_id(name.value), name


def _of_saved_page(message: Part) -> Iterator[tuple[str, str, Field]]:
    address, author, date = (message.first(one) for one in ("snapshot-content-location", "from", "date"))
    if address is not None:
        yield "source_url", text_of_field(address.value), address
    if author is not None and _SAVED_BY in author.value.lower():
        yield "capture_tool", text_of_field(author.value).strip("<> "), author
    if date is not None:
        yield "captured_at", _instant(date.value), date


def _people(value: str) -> list[str]:
    """The names in front of addresses; an address alone names nobody."""
    try:
        pairs = getaddresses([value])
    except (ValueError, IndexError, RecursionError):
        return []  # brackets within brackets, which it follows one by one
    names = [text_of_field(name).strip("\"' ") for name, _ in pairs[:_MOST_PEOPLE]]
    return list(dict.fromkeys(name for name in names if name and "@" not in name))


def message_id(value: str) -> str:
    """The identifier of a message, without the brackets around it (RFC 5322, 3.6.4)."""
    return text_of_field(value).strip().removeprefix("<").partition(">")[0].strip()


def _instant(value: str) -> str:
    try:
        found = parsedate_to_datetime(value)
        aware = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return aware.strftime("%Y-%m-%dT%H:%M:%SZ")


def hidden(message: Part, path: str, offset: int) -> Iterator[Finding]:
    """A finding where the head says of people and machines what no reader of the message sees.

    Args:
        message: the message.
        path: of the file.
        offset: where the message begins in it.
    """
    found = [one for one in message.fields if one.name in _HIDDEN and one.value]
    if found:
        names = ", ".join(sorted({one.name for one in found}))
        where = Where(file=path, bytes=f"{found[0].start + offset}-{found[0].end + offset}")
        said = f"what the head of a message says of people and machines: {names}"
        yield finding("original.hidden-personal-data", where=where, found=said)
