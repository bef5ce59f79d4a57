"""Which documents are exported: by values of the documents table, and by date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.errors import UsageError
from archive.model.columns import DOCUMENTS, Type
from archive.schema.dates import bounds, is_edtf
from archive.tables.rows import Record, rows_of

_TYPES = {column.name: column.type for column in DOCUMENTS.columns}
_FORM = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_BEFORE = re.compile(r"(-[0-9]{4}|0000)(-[0-9]{2}(-[0-9]{2})?)?")
_UNSELECTABLE = frozenset({"text"})


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection; one without conditions takes every document.

    Attributes:
        where: column of the documents table and value, all of which must hold; of a list one value must be equal.
        since: the first day, or None.
        until: the last day, or None.
    """

    where: tuple[tuple[str, str], ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def is_everything(self) -> bool:
        """Whether every document is taken."""
        return not self.where and not self.by_date

    @property
    def by_date(self) -> bool:
        """Whether the date of a document counts."""
        return self.since is not None or self.until is not None

    def takes(self, record: Record) -> bool:
        """Whether a document is taken. By date, one is that may have been issued in the range; an undated one is not.

        Raises:
            ArchiveError: the record has not the shape of a record.
        """
        if self.is_everything:
            return True
        row = dict(zip(_TYPES, rows_of("documents", record)[0], strict=True))
        return all(_fits(row[name], value) for name, value in self.where) and self._in_range(row)

    def _in_range(self, row: dict[str, Any]) -> bool:
        if not self.by_date:
            return True
        if is_undated(row):
            return False
        earliest, latest = row["date_issued_earliest"], row["date_issued_latest"]
        begins_in_time = self.until is None or earliest is None or earliest <= self.until
        return begins_in_time and (self.since is None or latest is None or latest >= self.since)

    def as_json(self) -> dict[str, Any]:
        """The conditions."""
        return {
            "where": [list(one) for one in self.where],
            "from": None if self.since is None else self.since.isoformat(),
            "until": None if self.until is None else self.until.isoformat(),
        }


def selection(where: Iterable[tuple[str, str]], since: str | None, until: str | None) -> Selection:
    """A selection as a person gave it.

    Args:
        where: columns of the documents table and values.
        since: a year, a month or a day, whose first day counts: `2011`, `2011-05`, `2011-05-03`.
        until: the same; its last day counts.

    Raises:
        UsageError: there is no such column, a value cannot be one of its type, a date is none of the three, or the
            range ends before it begins.

    >>> selection([("language", "ko")], "2011", "2012-02").until
    datetime.date(2012, 2, 29)
    """
    conditions = tuple(where)
    for name, value in conditions:
        _check(name, value)
    first, last = _day(since, 0), _day(until, 1)
    if first is not None and last is not None and last < first:
        what = f"the range ends before it begins: it is from {since} until {until}"
        raise UsageError(what, remedy="Give the earlier date first")
    return Selection(conditions, first, last)


def is_undated(values: Any) -> bool:
    """Whether a row or the metadata of a document has no bounds of a date at all."""
    return values.get("date_issued_earliest") is None and values.get("date_issued_latest") is None


def _check(name: str, value: str) -> None:
    if name not in _TYPES or name in _UNSELECTABLE:
        known = ", ".join(one for one in _TYPES if one not in _UNSELECTABLE)
        raise UsageError(f"there is no field {name!r} to select by", remedy=f"Give one of {known}")
    if _TYPES[name] is Type.INTEGER and not value.isdecimal():
        raise UsageError(f"{name} is a number, and {value!r} is none", remedy=f"Give {name}=NUMBER")


def _day(text: str | None, side: int) -> date | None:
    if text is None:
        return None
    if _BEFORE.fullmatch(text):
        what = f"{text!r} is before the year 1, and the bounds of dates in a bag begin there"
        raise UsageError(what, remedy="Choose by the date as it is written: --where date_issued=-0100")
    found = bounds(text)[side] if _FORM.fullmatch(text) and is_edtf(text) else None
    if found is None:
        remedy = "Give a year, a month or a day: 2011, 2011-05 or 2011-05-03"
        raise UsageError(f"{text!r} is no date that bounds a range", remedy=remedy)
    return found


def _fits(found: Any, value: str) -> bool:
    if found is None:
        return False
    if isinstance(found, list):
        return value in found
    if isinstance(found, date):
        return found.isoformat().startswith(value)
    return str(found) == value
