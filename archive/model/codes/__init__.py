"""The codes of all findings: one line of meaning and one remedy each.

Each part of the house keeps its codes in one module here; `CODES` is all of them. `finding` makes a finding of a
code with the severity and the remedy that the table gives.
"""

from __future__ import annotations

from archive.model.codes import (
    annotating,
    bags,
    containers,
    documents,
    exporting,
    normalising,
    packing,
    profiles,
    proving,
    records,
    starting,
    submission,
    tracing,
)
from archive.model.codes.table import Code
from archive.model.findings import NOWHERE, Finding, Severity, Where

_PARTS = (
    annotating,
    bags,
    containers,
    documents,
    exporting,
    normalising,
    packing,
    profiles,
    proving,
    records,
    starting,
    submission,
    tracing,
)

CODES: dict[str, Code] = {code.name: code for part in _PARTS for code in part.CODES}


def finding(
    code: str,
    *,
    document: str | None = None,
    where: Where = NOWHERE,
    found: str = "",
    expected: str = "",
    remedy: str | None = None,
    severity: Severity | None = None,
) -> Finding:
    """A finding of `code`, with the table's severity and remedy unless others are given.

    Raises:
        KeyError: the code is not in the table; a code that nobody documented is a fault of ours.

    >>> finding("payload.missing", where=Where(file="data/a.txt")).severity.value
    'error'
    """
    known = CODES[code]
    return Finding(
        code=known.name,
        severity=known.severity if severity is None else severity,
        document=document,
        where=where,
        found=found,
        expected=expected,
        remedy=known.remedy if remedy is None else remedy,
    )


__all__ = ["CODES", "Code", "finding"]
