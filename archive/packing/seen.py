"""What a check has seen of the documents of one access level."""

from __future__ import annotations

from dataclasses import dataclass

from archive.model.findings import Finding


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in one level.

    Attributes:
        findings: all of them, about the whole sheet.
        fit: how many documents would be packed.
        rejected: how many inputs have errors.
        failed: how many sources could not be read.
        passages: how many the documents have.
    """

    findings: tuple[Finding, ...]
    fit: int
    rejected: int
    failed: int
    passages: int
