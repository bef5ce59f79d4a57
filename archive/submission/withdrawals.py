"""Reads the list of what was withdrawn from a corpus: a sheet with the columns identifier, reason and date.

It names what nobody is to find again, so it is read where bags are made and never goes into one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.model.versions import REASONS

COLUMNS = ("identifier", "reason", "date")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A document that was withdrawn.

    Attributes:
        document_id: the identifier that it had.
        reason: one of `archive.model.versions.REASONS`.
        date: the day of the decision, ISO 8601.
        row: its row in the list, from 1.
    """

    document_id: str
    reason: str
    date: str
    row: int


def read_withdrawals(data: bytes, name: str) -> tuple[tuple[Withdrawal, ...], tuple[Finding, ...]]:
    """The withdrawn documents, and what is wrong with the list.

    Args:
        data: the bytes of the list.
        name: the file, for findings.
    """
    try:
        text = data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as problem:
        return (), (_wrong(name, 1, str(problem), "a sheet in UTF-8"),)
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    if sorted(header) != sorted(COLUMNS):
        return (), (_wrong(name, 1, ", ".join(header) or "nothing", f"the columns {', '.join(COLUMNS)}"),)
    found: dict[str, Withdrawal] = {}
    findings: list[Finding] = []
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        said = {column: cell.strip() for column, cell in zip(header, cells, strict=False)}
        wrong = list(_faults(said, found) if len(cells) == len(header) else _RAGGED)
        findings.extend(_wrong(name, number, what, expected) for what, expected in wrong)
        if not wrong:
            found[said["identifier"]] = Withdrawal(said["identifier"], said["reason"], said["date"], number)
    return tuple(found.values()), tuple(findings)


_RAGGED = (("more or fewer cells than the header", "one cell for each column"),)


def looks_like_withdrawals(line: bytes) -> bool:
    """Whether a line is the header of such a list.

    >>> looks_like_withdrawals(b"identifier,reason,date"), looks_like_withdrawals(b"identifier,title")
    (True, False)
    """
    names = line.decode("utf-8-sig", "replace").replace('"', "").lower().split(",")
    return sorted(name.strip() for name in names) == sorted(COLUMNS)


def _faults(said: Mapping[str, str], found: Mapping[str, Withdrawal]) -> Iterator[tuple[str, str]]:
    if not said["identifier"] or said["identifier"] in found:
        yield said["identifier"] or "no identifier", "each document once, by its identifier"
    if said["reason"] not in REASONS:
        yield said["reason"] or "no reason", f"one of {', '.join(REASONS)}"
    if not _is_day(said["date"]):
        yield said["date"] or "no date", "a day such as 2024-05-03"


def _is_day(text: str) -> bool:
    try:
        return _DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _wrong(name: str, row: int, found: str, expected: str) -> Finding:
    return finding("withdrawn.malformed", where=Where(file=name, row=row), found=found[:160], expected=expected)
