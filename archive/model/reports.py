"""A report: the verdict, the counts and all findings of one call, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from archive.model.findings import Finding, Severity


class Verdict(StrEnum):
    """What a report says of what it looked at; `valid`, `complete` and `sizes-match` are relative to the depth."""

    VALID = "valid"
    COMPLETE = "complete"
    SIZES_MATCH = "sizes-match"
    INVALID = "invalid"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class BagSummary:
    """What names a bag.

    Attributes:
        path: the folder or file.
        urn: the identifier in bag-info.txt, or None for a bag that is not ours.
        root_digest: sha256 of tagmanifest-sha256.txt in lower-case hex, or None where there is none.
        content_digest: the digest over originals, derived layers, submission and records, or None.
        verdict: what is said of this bag alone, or None where bags are not checked one by one.
    """

    path: str
    urn: str | None = None
    root_digest: str | None = None
    content_digest: str | None = None
    verdict: Verdict | None = None

    def as_json(self) -> dict[str, Any]:
        """The summary as the report schema has it."""
        return {
            "path": self.path,
            "urn": self.urn,
            "root_digest": self.root_digest,
            "content_digest": self.content_digest,
            "verdict": None if self.verdict is None else self.verdict.value,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one verb.

    Attributes:
        command: the verb.
        verdict: see `Verdict`.
        findings: sorted by `Finding.order`.
        counts: whole numbers by name (`documents`, `packed`, `rejected`, `ignored`, `files`, `bytes`...).
        bags: the bags that were written or looked at.
        result: what the verb shows beside all that, as JSON has it, or None.
    """

    command: str
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    bags: tuple[BagSummary, ...] = ()
    result: Mapping[str, Any] | None = None

    def __bool__(self) -> bool:
        """True where there is no error and the verdict is no worse than asked for."""
        return self.exit_code == 0

    @property
    def exit_code(self) -> int:
        """0 without errors, 1 with errors, 3 where the check could not be made (3 beats 1)."""
        if self.verdict is Verdict.UNDETERMINED:
            return 3
        failed = self.verdict is Verdict.INVALID or self.count(Severity.ERROR) > 0
        return 1 if failed else 0

    def count(self, severity: Severity) -> int:
        """The number of findings of that severity, those that are counted and not listed among them."""
        return sum(one.count for one in self.findings if one.severity is severity)
