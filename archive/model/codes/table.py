"""The shape of one row in the table of codes."""

from __future__ import annotations

from dataclasses import dataclass

from archive.model.findings import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding.

    Attributes:
        name: words with dots and hyphens, stable for ever: `area.what`.
        severity: the usual one.
        meaning: one line for the documentation.
        remedy: what a person can do about it.
        source: the section of the specification that the rule follows, or an empty string.
    """

    name: str
    severity: Severity
    meaning: str
    remedy: str
    source: str = ""


def error(name: str, meaning: str, remedy: str, source: str = "") -> Code:
    """A code whose findings are errors."""
    return Code(name, Severity.ERROR, meaning, remedy, source)


def warning(name: str, meaning: str, remedy: str, source: str = "") -> Code:
    """A code whose findings are warnings."""
    return Code(name, Severity.WARNING, meaning, remedy, source)


def notice(name: str, meaning: str, remedy: str, source: str = "") -> Code:
    """A code whose findings only inform."""
    return Code(name, Severity.NOTICE, meaning, remedy, source)
