"""What is known of a bag in the making while its documents come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.model.tally import Tally
from archive.packing.built import BuiltBatch
from archive.packing.describing import Gathered
from archive.packing.rejecting import Earlier, Judged, Known
from archive.packing.taken_in import TakenIn
from archive.packing.tasks import DocumentTask
from archive.packing.tried import Tried


@dataclass(slots=True)
class SoFar:
    """What is counted and gathered of them.

    Attributes:
        judged: which documents are rejected.
        findings: all of them.
        has_text: whether the bag is to hold the documents themselves.
        documents: how many came.
        passages: how many they have.
        reused: how many of them were taken from the version before.
        described: what descriptions say of them.
    """

    judged: Judged
    findings: Tally
    has_text: bool
    documents: int = 0
    passages: int = 0
    reused: int = 0
    described: Gathered = field(default_factory=Gathered)

    @classmethod
    def of(cls, taken: TakenIn, known: Known, *, has_text: bool) -> SoFar:
        """What is known before the first of them comes.

        Args:
            taken: what came of the first way through the sources.
            known: findings about the submission that name a document, by its identifier.
            has_text: whether the bag is to hold the documents themselves.
        """
        return cls(Judged.of(taken, known), Tally.of_documents(taken.all_findings), has_text)

    def take(self, tasks: Iterable[DocumentTask], batch: BuiltBatch) -> None:
        """Takes in the next documents, beside their tasks."""
        for one in batch.failed:
            self.findings.extend(one.findings)
            self.judged.fail(one)
        self.documents += len(batch.documents)
        self.reused += sum([built.is_reused for built in batch.documents])
        self.passages += sum([built.passages for built in batch.documents]) if self.has_text else 0
        for task, built in batch.beside(tasks) if any(built.findings for built in batch.documents) else ():
            self.findings.extend(built.findings)
            self.judged.reject(task, built.findings)

    def left_off(self, earlier: Earlier) -> Tried:
        """What came of a try that makes no bag, since something must be left out first.

        Args:
            earlier: what earlier tries left out.
        """
        return Tried(
            findings=tuple(self.findings),
            rejected=self.judged.rejected,
            failed=self.judged.failed,
            documents=self.documents - len(self.judged.documents),
            passages=self.passages,
            next=self.judged.after(earlier),
        )
