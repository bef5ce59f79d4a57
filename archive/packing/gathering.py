"""All documents of one access level, from the sources to built records, as a stream; nothing of a bag is written here.

The order: sources are taken in (in parallel), containers are opened, the evidence is counted, and documents are built
(in parallel) in the order of their identifiers. A check stops here; a pack writes what comes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from archive.engine import engine_for, workers_for
from archive.model.containers import Renames, is_document_too, kind_of
from archive.model.corpora import Corpus, LevelPlan
from archive.model.findings import Finding
from archive.model.paths import portable_paths, renamed_paths
from archive.model.progress import Listener, Progress
from archive.model.stopwatch import Timing
from archive.normalise.evidence import NO_EVIDENCE, LineCounter, RepeatedLines
from archive.normalise.recipe import Recipe
from archive.packing import at_once, building, taking, tasks
from archive.packing.at_once import of_document
from archive.packing.building import Builder
from archive.packing.built import BuiltBatch, Failed
from archive.packing.inside import Inside, Lost
from archive.packing.naming import clashes, escapes, strays, without_document
from archive.packing.opening import Opening
from archive.packing.places import place_in
from archive.packing.software import agent
from archive.packing.taken_in import TakenIn
from archive.packing.taken_sources import TakenSources
from archive.packing.taking import Take, Took, Wanted, shown
from archive.packing.tasks import ORIGINALS, DocumentTask
from archive.packing.untaken import UntakenTasks
from archive.packing.waiting_tasks import WaitingTasks
from archive.packing.withheld_words import WithheldWords
from archive.schema.validation import Validator
from archive.sources.limits import Limits
from archive.submission.partition import SUBMISSION

_SERIAL_BELOW = 24
"""Documents from which starting processes pays."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """How one level is gathered.

    Attributes:
        corpus: what corpus.toml says.
        folder: the corpus folder.
        plan: the documents of the level.
        staging: the bag in the making, or None for a check.
        urn: of the bag.
        packed_at: the one instant.
        recipe: what labels.
        algorithms: normalised names, sha256 among them.
        validator: what holds records to the schemas.
        jobs: how many processes, None for all processors.
        listener: who hears of progress.
        without: identifiers of documents that are left out, where the plan cannot: those in containers.
        limits: how much of a document is read.
        profiles: BagIt profiles of others that the bag meets: the names of their files, and their bytes.
        withheld: what must not be said in the bags of documents that more people may read than others.
        timing: measures how long the steps take.
    """

    corpus: Corpus
    folder: Path
    plan: LevelPlan
    staging: Path | None
    urn: str
    packed_at: str
    recipe: Recipe
    algorithms: tuple[str, ...]
    validator: Validator
    jobs: int | None
    listener: Listener
    without: frozenset[str] = frozenset()
    limits: Limits = field(default=Limits())
    profiles: tuple[tuple[str, bytes], ...] = ()
    withheld: WithheldWords = field(default=WithheldWords())
    timing: Timing = field(default_factory=Timing)

    def take(self, *, ahead: bool = False) -> TakenIn:
        """The first way through the sources, and the evidence of all of them.

        Where no document's text depends on another's, nothing is taken here: it is while documents are built.

        Args:
            ahead: whether sources are taken in any case.
        """
        if not ahead and not self.recipe.asks_evidence and not self.plan.documents.hold_several():
            return self._untaken()
        stored = renamed_paths(self.plan.documents.paths)
        folder = None if self.staging is None else str(self.staging)
        with ExitStack() as on_failure:
            sources = TakenSources(lambda: self._wanted(stored), self.algorithms, folder)
            on_failure.callback(sources.close)
            waiting = WaitingTasks(folder)
            on_failure.callback(waiting.close)
            with LineCounter() as counter:
                with closing(self._taken(stored)) as taking_in:
                    for one in taking_in:
                        sources.add(one)
                        if one.lines:
                            counter.add(one.lines)
                taken = self._tasks(sources, waiting)
                if taken.containers and self.recipe.asks_evidence:
                    self._count_members(taken.tasks, counter)
                evidence = counter.result() if self.recipe.asks_evidence else NO_EVIDENCE
            on_failure.pop_all()  # it is closed by whoever builds them
        return replace(taken, evidence=evidence)

    def _wanted(self, stored: Mapping[str, str]) -> Iterator[Wanted]:
        for document in self.plan.documents:
            is_counted = self.recipe.asks_evidence and not document.is_container
            for file in document.files:
                yield Wanted(file.path, ORIGINALS + stored.get(file.path, file.path), file.size, is_counted)

    def _untaken(self) -> TakenIn:
        """Documents whose sources are taken in when they are built: their tasks are made when they are asked for."""
        stored = renamed_paths(self.plan.documents.paths)
        renamed = {SUBMISSION + path: SUBMISSION + name for path, name in self.submitted()}
        found = UntakenTasks(self.plan.documents, stored, renamed, is_copied=self.staging is not None)
        tasks_left, _ = tasks.with_annotations(found, self.plan.annotations)
        return TakenIn(
            tasks=tasks_left,
            evidence=NO_EVIDENCE,
            took=(),
            failed=[],
            findings=tuple(one for task in found for one in escapes(task)) if stored else (),
            octets=self.plan.documents.octets(),
            is_taken=False,
        )

    def _taken(self, stored: Mapping[str, str]) -> Generator[Took]:
        total, count = self.plan.documents.octets(), sum(1 for _ in self.plan.documents.paths())
        batches = taking.batches(self._wanted(stored))
        first = list(islice(batches, workers_for(self.jobs)))
        engine = engine_for(self.jobs if count >= _SERIAL_BELOW else 1, len(first))
        done = octets = 0
        stage = "reading" if self.staging is None else "copying"
        for batch in engine.map(taking.take, self._take, chain(first, batches)):
            yield from batch
            done += len(batch)
            octets += sum(one.size for one in batch)
            self.listener(Progress(stage, done, count, octets, total))

    def _tasks(self, sources: TakenSources, waiting: WaitingTasks) -> TakenIn:
        failed: list[Failed] = []
        lost: list[Lost] = []
        containers: dict[str, str] = {}
        findings: list[Finding] = []
        renamed = {SUBMISSION + path: SUBMISSION + stored for path, stored in self.submitted()}
        opening = Opening(self.renames, self.limits)
        every = iter(sources)
        for document in self.plan.documents:
            took = {file.path: next(every) for file in document.files}
            failures = [one.failure for one in took.values() if one.failure is not None]
            if failures:
                why = of_document(document.document_id, failures)
                failed.append(Failed(document.document_id, shown(document.files[0].path), why))
                continue
            task = tasks.task_of(document, took, {path: self._location(one) for path, one in took.items()}, renamed)
            findings.extend(escapes(task))
            is_letter = is_document_too(kind_of(document.files[0].path))
            if not document.is_container:
                self._keep(task, waiting)
                if not is_letter:
                    continue
            location = place_in(self.staging or self.folder, task.files[0].location)
            inside = Inside(document, task, location, opening)
            for one in tasks.member_tasks(document, task, inside.members(), renamed):
                self._keep(one, waiting)
            findings.extend(inside.findings)
            findings.extend(strays(document, inside.strays, self.validator.origins.columns))
            if inside.is_empty:
                if not is_letter:
                    self._keep(task, waiting)
                continue
            containers[document.files[0].path] = document.document_id
            path = shown(document.files[0].path)
            findings.extend(self.withheld.in_container(document.document_id, path, location, self.plan.level))
            lost.extend(inside.lost)
        waiting.sort()
        findings.extend(clashes(waiting.of_one_name()))
        tasks_left, annotations_left = tasks.with_annotations(waiting, self.plan.annotations)
        gone = {one.document_id for one in failed}
        findings.extend(without_document(one) for one in annotations_left if one.document_id not in gone)
        return TakenIn(
            tasks=tasks_left,
            evidence=NO_EVIDENCE,
            took=sources,
            failed=failed,
            findings=tuple(one for one in findings if one.document not in self.without),
            lost=tuple(lost),
            containers=containers,
            octets=waiting.octets,
            waiting=(sources, waiting),
        )

    def _keep(self, task: DocumentTask, waiting: WaitingTasks) -> None:
        if task.document_id not in self.without:
            waiting.add(task)

    def _location(self, took: Took) -> str:
        return took.wanted.path if self.staging is None else took.wanted.stored

    def _count_members(self, found: Iterable[DocumentTask], counter: LineCounter) -> None:
        batches = tasks.batches(task for task in found if task.member is not None)
        first = list(islice(batches, workers_for(self.jobs)))
        engine = engine_for(self.jobs if sum(map(len, first)) >= _SERIAL_BELOW else 1, len(first))
        for batch in engine.map(building.text_keys, self.builder(NO_EVIDENCE), chain(first, batches)):
            for lines in batch:
                counter.add(lines)

    @property
    def renames(self) -> Renames:
        """What the person calls things in containers."""
        return Renames(dict(self.corpus.json_lines), dict(self.corpus.csv), dict(self.corpus.lists))

    def submitted(self) -> list[tuple[str, str]]:
        """The files of the submission that are stored under another name, with that name."""
        stored = portable_paths(file.path for file in self.plan.submission)
        return [(path, name) for path, name in stored.items() if path != name]

    def builder(self, evidence: RepeatedLines) -> Builder:
        """What all tasks of building share."""
        return Builder(
            folder=self.staging or self.folder,
            staging=self.staging,
            urn=self.urn,
            packed_at=self.packed_at,
            agent=agent(),
            recipe=self.recipe,
            evidence=evidence,
            algorithms=self.algorithms,
            limits=self.limits if self.recipe.steps else replace(self.limits, text_is_wanted=False),
            renames=self.renames,
            submitted=tuple((stored, shown(path)) for path, stored in self.submitted()),
            validator=self.validator,
            is_timed=self.timing.is_running,
        )

    def build(
        self, taken: TakenIn, work: building.Building = building.build, *, projects: bool = False
    ) -> Generator[tuple[tuple[DocumentTask, ...], BuiltBatch]]:
        """The second way through: the records, in the order of their identifiers, beside their tasks.

        Whoever does not read it to its end closes it, so that no worker goes on writing into a folder that is swept.

        Args:
            taken: what came of the first way through.
            work: the task for an engine.
            projects: whether the rows of the tables are wanted too.
        """
        done = octets = 0
        batches = tasks.batches(taken.tasks)
        first = list(islice(batches, workers_for(self.jobs)))
        engine = engine_for(self.jobs if len(taken.tasks) >= _SERIAL_BELOW else 1, len(first))
        given: deque[tuple[DocumentTask, ...]] = deque()
        builder = replace(self.builder(taken.evidence), projects=projects)
        if taken.is_taken:
            every = engine.map(work, builder, _noted(chain(first, batches), given))
        else:
            both = at_once.Both(self._take, builder)
            every = engine.map(at_once.take_and_build, both, _noted(chain(first, batches), given))
        for built in every:
            batch = given.popleft()
            taken.failed.extend(built.failed)
            self.timing.workers.add(built.seconds)
            yield batch, self._heard(batch, built)
            done += len(batch)
            octets += sum(task.size for task in batch)
            self.listener(Progress("building records", done, len(taken.tasks), octets, taken.octets))

    @property
    def _take(self) -> Take:
        return Take(self.folder, self.staging, self.algorithms, self.limits)

    def _heard(self, tasks: Sequence[DocumentTask], batch: BuiltBatch) -> BuiltBatch:
        """Documents with what is said where they say what is withheld from another."""
        if not self.withheld.words:
            return batch
        files = {task.document_id: self._files_of(task) for task in tasks}
        said = (self.withheld.in_record(one.line, self.plan.level, files[one.document_id]) for one in batch.documents)
        told = (replace(one, findings=(*one.findings, *more)) for one, more in zip(batch.documents, said, strict=True))
        return replace(batch, documents=tuple(told))

    def _files_of(self, task: DocumentTask) -> dict[str, Path]:
        """Where the files of a document can be read that has them to itself, by payload path."""
        if task.member is not None:
            return {}
        return {one.stored: place_in(self.staging or self.folder, one.location) for one in task.files}


def _noted(
    batches: Iterable[tuple[DocumentTask, ...]], given: deque[tuple[DocumentTask, ...]]
) -> Iterator[tuple[DocumentTask, ...]]:
    """Batches as they are taken; `given` gets them too, for whoever waits for what comes of them."""
    for batch in batches:
        given.append(batch)
        yield batch
