"""Values as text, for formats that have no types."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any


def plain(value: Any) -> Any:
    """A value of a row as JSON has it: days and instants as ISO 8601 writes them, instants in UTC with `Z`.

    >>> plain(datetime(2024, 5, 3, 10, tzinfo=UTC)), plain(date(2024, 5, 3)), plain(None)
    ('2024-05-03T10:00:00Z', '2024-05-03', None)
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value


def cell(value: Any) -> str:
    r"""A value of a row as the text of a cell; null is empty, each value of a list has a line.

    >>> cell(["a", "b"]), cell(True), cell(None), cell(3)
    ('a\nb', 'true', '', '3')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "\n".join(value)
    return str(plain(value))
