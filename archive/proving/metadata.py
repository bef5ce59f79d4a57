"""Whether the values of a record follow from the statements that it marks as used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from archive.model.codes import finding
from archive.model.fields import FIELD, FIELDS
from archive.model.findings import Finding, Where
from archive.schema import dates

_LONGEST_SHOWN = 160
_OF_THE_PLAN = "access_level"
"""May stand without a statement: what nobody states is restricted."""


def metadata_findings(record: Mapping[str, Any]) -> Iterator[Finding]:
    """A finding for each field whose value is not what its used statements say.

    Args:
        record: it meets the record schema.
    """
    metadata = record["metadata"]
    said: dict[str, list[str]] = {}
    for statement in record["statements"]:
        if statement["used"]:
            said.setdefault(statement["field"], []).append(statement["value"])
    for field in FIELDS:
        found, values = metadata.get(field.name), said.get(field.name, [])
        if field.name == _OF_THE_PLAN and not values:
            continue
        yield from _difference(field.name, found, _settled(field.name, values))
    for name, day in _bounds(metadata.get("date_issued")).items():
        yield from _difference(name, metadata.get(name), day)


def _settled(name: str, values: list[str]) -> object:
    if not values:
        return None
    return list(dict.fromkeys(values)) if FIELD[name].many else values[0]


def _bounds(date_issued: str | None) -> dict[str, str | None]:
    earliest, latest = dates.bounds(date_issued) if date_issued is not None else (None, None)
    return {
        "date_issued_earliest": earliest.isoformat() if earliest else None,
        "date_issued_latest": latest.isoformat() if latest else None,
    }


def _difference(name: str, found: object, expected: object) -> Iterator[Finding]:
    if found != expected:
        yield finding(
            "record.metadata-differs",
            where=Where(pointer=f"/metadata/{name}"),
            found="nothing" if found is None else repr(found)[:_LONGEST_SHOWN],
            expected="nothing" if expected is None else repr(expected)[:_LONGEST_SHOWN],
        )
