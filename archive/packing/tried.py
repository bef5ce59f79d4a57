"""What came of one try to make a bag."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from archive.model.findings import Finding
from archive.model.reports import BagSummary
from archive.packing.bag_record import Rejection
from archive.packing.rejecting import Earlier


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one try to make a bag.

    Attributes:
        findings: all of them.
        rejected: the inputs with errors.
        failed: the documents whose sources could not be taken in.
        documents: how many are in the bag, or would be if it had been finished.
        passages: how many they have.
        content: the content digest; empty where no bag was finished.
        root: the root digest; empty where no bag was finished.
        files: how many files there are in the bag.
        octets: how many bytes.
        reused: how many documents were taken from the version before.
        next: what another try would leave out, with what was left out before.
    """

    findings: tuple[Finding, ...]
    rejected: tuple[Rejection, ...] = ()
    failed: tuple[Rejection, ...] = ()
    documents: int = 0
    passages: int = 0
    content: str = ""
    root: str = ""
    files: int = 0
    octets: int = 0
    reused: int = 0
    next: Earlier = field(default=Earlier())

    @property
    def is_finished(self) -> bool:
        """Whether there is a bag."""
        return bool(self.root)

    def summary(self, path: Path, urn: str) -> BagSummary:
        """What names the bag."""
        return BagSummary(str(path), urn, self.root, f"sha256:{self.content}")
