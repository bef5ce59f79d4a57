"""Days and instants of a record, as the tables hold them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

_ISO_DATE = re.compile(r"(-?[0-9]{4,})-[0-9]{2}-[0-9]{2}")
_AT_HAND = 256
"""Instants that are remembered: what one run did to its documents it did at one instant."""


def day_of(value: str | None) -> date | None:
    """A day; null for one outside the years 1 to 9999, which readers turn into other days or refuse.

    Raises:
        ValueError, TypeError: it is no day as ISO 8601 writes it.
    """
    if value is None:
        return None
    match = _ISO_DATE.fullmatch(value)
    if match and not 1 <= int(match[1]) <= 9999:
        return None
    return date.fromisoformat(value)


def timestamp_of(value: str | None) -> datetime | None:
    """As `instant_of`, null for null."""
    return None if value is None else instant_of(value)


@lru_cache(maxsize=_AT_HAND)
def instant_of(value: str) -> datetime:
    """An instant, in UTC.

    Raises:
        ValueError, TypeError: it is no instant as RFC 3339 writes it, or says no offset from UTC.
        OverflowError: in UTC it has no year that can be written.
    """
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        msg = f"a timestamp without an offset from UTC: {value}"
        raise ValueError(msg)
    return found.astimezone(UTC)
