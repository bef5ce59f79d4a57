"""A finding: one thing that is wrong or worth knowing, as a value.

Findings name documents by identifier and places by file, row, column, JSON pointer or bytes. They are ordered, so
that a report never depends on the order of work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from archive.model.crossing import Crossing


class Severity(StrEnum):
    """How much a finding weighs: an error makes a verdict invalid, a warning does not, a notice only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Where(Crossing):
    """The place of a finding; what does not apply stays None.

    Attributes:
        file: a path relative to the corpus or the bag, with `/`.
        row: the row of a sheet or the line of a text file, from 1 (the header of a sheet is row 1).
        column: the name of a sheet's column.
        pointer: a JSON pointer (RFC 6901) into a record or a JSON or TOML file.
        bytes: a half-open range of bytes, as `start-end`.
    """

    file: str | None = None
    row: int | None = None
    column: str | None = None
    pointer: str | None = None
    bytes: str | None = None

    def as_json(self) -> dict[str, Any]:
        """All five members, in the order of the report schema."""
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "pointer": self.pointer,
            "bytes": self.bytes,
        }

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        if self.pointer:
            parts.append(self.pointer)
        if self.bytes:
            parts.append(f"bytes {self.bytes}")
        return ", ".join(parts)


NOWHERE = Where()


@dataclass(frozen=True, slots=True)
class Finding(Crossing):
    """One finding.

    Attributes:
        code: a name from `archive.model.codes`, such as `payload.missing`.
        severity: as in the table of codes, unless the place that raised it knows better.
        document: the identifier of the document, or None.
        where: the place.
        found: what stands there, in words.
        expected: what should stand there, in words.
        remedy: what a person can do; the table of codes has the usual one.
        count: how many it stands for; more than one where a report says how many more there were of its kind.
    """

    code: str
    severity: Severity
    document: str | None = None
    where: Where = field(default=NOWHERE)
    found: str = ""
    expected: str = ""
    remedy: str = ""
    count: int = 1

    def as_json(self) -> dict[str, Any]:
        """The finding as the report schema has it."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "document": self.document,
            "where": self.where.as_json(),
            "found": self.found,
            "expected": self.expected,
            "remedy": self.remedy,
        }

    @property
    def order(self) -> tuple[Any, ...]:
        """A key that sorts findings the same way whatever the order in which they were made."""
        where = self.where
        return (
            where.file or "",
            where.row or 0,
            where.column or "",
            self.document or "",
            where.pointer or "",
            where.bytes or "",
            self.code,
            self.found,
            self.expected,
            self.remedy,
            self.severity.value,
            self.count,
        )


def errors_in(findings: tuple[Finding, ...] | list[Finding]) -> list[Finding]:
    """The findings that are errors, in their order."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def error_codes(findings: Sequence[Finding]) -> tuple[str, ...]:
    """The codes of the errors among findings, each once, sorted."""
    return tuple(sorted({one.code for one in findings if one.severity is Severity.ERROR}))


def by_document(findings: Sequence[Finding]) -> dict[str, tuple[Finding, ...]]:
    """Findings that name a document, by its identifier."""
    found: dict[str, tuple[Finding, ...]] = {}
    for one in findings:
        if one.document is not None:
            found[one.document] = (*found.get(one.document, ()), one)
    return found
