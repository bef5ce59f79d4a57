"""What the first way through the sources leaves for the second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from archive.model.findings import Finding
from archive.normalise.evidence import RepeatedLines
from archive.packing.built import Failed
from archive.packing.copies import Copies
from archive.packing.inside import Lost
from archive.packing.laid_by import LaidBy
from archive.packing.taken_sources import TakenSources
from archive.packing.tasks import Tasks


class Waiting(Protocol):
    """What waits on disk."""

    def close(self) -> None:
        """Removes it."""
        ...


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of the first way through; `failed` grows later where `is_taken` is false.

    Attributes:
        tasks: the documents to be built, sorted by identifier.
        evidence: what the whole corpus says about furniture.
        failed: the documents that cannot be built.
        findings: about names and containers; an error rejects the document that it names.
        lost: the lines of containers that are no document.
        containers: the identifiers of the containers, by path.
        octets: the bytes of all documents.
        is_taken: whether the sources were taken in; else they are when the documents are built.
        waiting: what waits on disk until `close`.
        laid_by: what was read on the way.
        sources: what came of each source; None where `is_taken` is false.
    """

    tasks: Tasks
    evidence: RepeatedLines
    failed: list[Failed]
    findings: tuple[Finding, ...]
    lost: tuple[Lost, ...] = ()
    containers: Mapping[str, str] = field(default_factory=dict)
    octets: int = 0
    is_taken: bool = True
    waiting: Sequence[Waiting] = ()
    laid_by: LaidBy = field(default_factory=lambda: LaidBy(None))
    sources: TakenSources | None = None

    @property
    def copies(self) -> Iterable[Copies]:
        """The copies of sources that were taken in, many together."""
        return () if self.sources is None else self.sources.copies()

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Those about names and containers, about lost lines, and about what failed."""
        gone: tuple[Lost | Failed, ...] = (*self.lost, *self.failed)
        return (*self.findings, *(one for each in gone for one in each.findings))

    def close(self) -> None:
        """Removes what waits on disk."""
        for one in (*self.waiting, self.laid_by):
            one.close()
