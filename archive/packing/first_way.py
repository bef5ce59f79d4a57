"""The first way through the sources: they are taken in, containers are opened, and lines are counted as evidence.

What is read on the way and is dear to read is laid by for the second way, on which documents are built.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace

from archive.model.paths import renamed_paths
from archive.model.progress import Progress
from archive.model.tally import Tally
from archive.normalise.evidence import NO_EVIDENCE, LineCounter
from archive.packing import annotated_tasks, building, taking, task_batches
from archive.packing.gathering import Gathering
from archive.packing.laid_by import LaidBy
from archive.packing.naming import clashes, escapes, without_document
from archive.packing.taken_in import TakenIn
from archive.packing.taken_sources import TakenSources
from archive.packing.taking import TookSeveral, Wanted
from archive.packing.tasks import Tasks
from archive.packing.unpacking import Unpacking
from archive.packing.untaken import UntakenTasks
from archive.packing.waiting_tasks import WaitingTasks
from archive.submission.partition import SUBMISSION

_WORTH_A_SOURCE = 1024 * 1024
"""Bytes that are as much work to copy and to digest as another source."""


@dataclass(frozen=True, slots=True)
class FirstWay:
    """Goes it.

    Attributes:
        gathering: what is gathered, and how.
    """

    gathering: Gathering

    def take(self, *, ahead: bool) -> TakenIn:
        """What the first way leaves for the second.

        Where no document's text depends on another's, nothing is taken here: it is while documents are built.

        Args:
            ahead: whether sources are taken in any case.
        """
        gathering = self.gathering
        documents, asks_evidence = gathering.plan.documents, gathering.recipe.asks_evidence
        if not ahead and not asks_evidence and not documents.hold_several():
            return self._untaken()
        stored = renamed_paths(documents.paths)
        folder = None if gathering.staging is None else str(gathering.staging)
        with ExitStack() as on_failure:
            sources = TakenSources(documents, stored, gathering.algorithms, folder)
            on_failure.callback(sources.close)
            waiting = WaitingTasks(folder)
            on_failure.callback(waiting.close)
            laid_by = LaidBy(gathering.staging if asks_evidence else None)
            on_failure.callback(laid_by.close)
            with LineCounter() as counter:
                with closing(self._taken(sources, laid_by)) as taking_in:
                    for batch in taking_in:
                        for one in batch.sources:
                            sources.add(one)
                        counter.add_together(batch.counted.documents, batch.counted.lines)
                taken = self._tasks(sources, waiting)
                if taken.containers and asks_evidence:
                    self._count_members(taken.tasks, counter, laid_by)
                evidence = counter.result() if asks_evidence else NO_EVIDENCE
            on_failure.pop_all()  # it is closed by whoever builds them
        return replace(taken, evidence=evidence, laid_by=laid_by)

    def _wanted(self, sources: TakenSources) -> Iterator[Wanted]:
        asks_evidence = self.gathering.recipe.asks_evidence
        for document in self.gathering.plan.documents:
            yield from sources.wanted(document, is_counted=asks_evidence and not document.is_container)

    def _renamed(self) -> dict[str, str]:
        return {SUBMISSION + path: SUBMISSION + name for path, name in self.gathering.submitted()}

    def _untaken(self) -> TakenIn:
        """Documents whose sources are taken in when they are built: their tasks are made when they are asked for."""
        plan = self.gathering.plan
        stored = renamed_paths(plan.documents.paths)
        is_copied = self.gathering.staging is not None
        found = UntakenTasks(plan.documents, stored, self._renamed(), is_copied=is_copied)
        tasks_left, _ = annotated_tasks.with_annotations(found, plan.annotations)
        return TakenIn(
            tasks=tasks_left,
            evidence=NO_EVIDENCE,
            failed=[],
            findings=tuple(Tally.of_documents(one for task in found for one in escapes(task))) if stored else (),
            octets=plan.documents.octets(),
            is_taken=False,
        )

    def _taken(self, sources: TakenSources, laid_by: LaidBy) -> Generator[TookSeveral]:
        gathering = self.gathering
        documents = gathering.plan.documents
        total, count = documents.octets(), sum(1 for _ in documents.paths())
        work = max(count, total // _WORTH_A_SOURCE)
        engine, batches = gathering.engine(work, taking.batches(self._wanted(sources)))
        done = octets = 0
        stage = "reading" if gathering.staging is None else "copying"
        for batch in engine.map(taking.take, replace(gathering.taking, laying=laid_by.laying), batches):
            yield batch
            done += len(batch.sources)
            octets += sum(one.size for one in batch.sources)
            gathering.listener(Progress(stage, done, count, octets, total))

    def _tasks(self, sources: TakenSources, waiting: WaitingTasks) -> TakenIn:
        gathering = self.gathering
        gathering.timing.lead.lap("take")
        found = Unpacking(gathering, waiting, self._renamed())
        found.unpack(sources)
        waiting.sort()
        findings = Tally.of_documents(found.findings)
        findings.extend(clashes(waiting.of_one_name()))
        tasks_left, annotations_left = annotated_tasks.with_annotations(waiting, gathering.plan.annotations)
        gone = {one.document_id for one in found.failed}
        findings.extend(without_document(one) for one in annotations_left if one.document_id not in gone)
        gathering.timing.lead.lap("open containers")
        return TakenIn(
            tasks=tasks_left,
            evidence=NO_EVIDENCE,
            sources=sources,
            failed=found.failed,
            findings=tuple(one for one in findings if one.document not in gathering.without),
            lost=tuple(found.lost),
            containers=found.containers,
            octets=waiting.octets,
            waiting=(sources, waiting),
        )

    def _count_members(self, found: Tasks, counter: LineCounter, laid_by: LaidBy) -> None:
        """Counts the lines of documents in containers; what was read of them is laid by."""
        inside = (task for task in found if task.member is not None)
        engine, batches = self.gathering.engine(len(found), task_batches.batches(inside))
        shared = replace(self.gathering.builder(NO_EVIDENCE), laying=laid_by.laying)
        for counted, places in engine.map(building.count_lines, shared, batches):
            counter.add_together(counted.documents, counted.lines)
            laid_by.note(places)
