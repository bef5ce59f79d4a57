"""All documents of one access level, from the sources to built records, as a stream; nothing of a bag is written here.

The order: sources are taken in (in parallel), containers are opened, the evidence is counted, and documents are built
(in parallel) in the order of their identifiers. A check stops here; a pack writes what comes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from archive.engine import engine_for, workers_for
from archive.model.containers import Renames, is_document_too, kind_of
from archive.model.corpora import Corpus, LevelPlan, PlannedDocument
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
from archive.packing.inside import Lost, look_inside
from archive.packing.naming import clashes, escapes, strays, without_document
from archive.packing.opening import Opening
from archive.packing.places import place_in
from archive.packing.software import agent
from archive.packing.taken_in import TakenIn
from archive.packing.taking import Take, Took, Wanted, shown
from archive.packing.tasks import ORIGINALS, DocumentTask
from archive.packing.untaken import UntakenTasks
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
        documents = tuple(self.plan.documents)
        stored = portable_paths(file.path for document in documents for file in document.files)
        wanted = [
            Wanted(file.path, ORIGINALS + stored[file.path], file.size, is_counted=self._is_counted(document))
            for document in documents
            for file in document.files
        ]
        took: dict[str, Took] = {}
        with LineCounter() as counter:
            with closing(self._taken(wanted)) as taking_in:
                for one in taking_in:
                    took[one.wanted.path] = replace(one, lines=frozenset())
                    if one.lines:
                        counter.add(one.lines)
            taken = self._tasks(documents, took)
            self._count_members(taken.tasks, counter)
            evidence = counter.result() if self.recipe.asks_evidence else NO_EVIDENCE
        return replace(taken, evidence=evidence)

    def _untaken(self) -> TakenIn:
        """Documents whose sources are taken in when they are built: their tasks are made when they are asked for."""
        stored = renamed_paths(self.plan.documents.paths)
        renamed = {SUBMISSION + path: SUBMISSION + name for path, name in self.submitted()}
        found = UntakenTasks(self.plan.documents, stored, renamed, is_copied=self.staging is not None)
        tasks_left: list[DocumentTask] | UntakenTasks = found
        if self.plan.annotations:
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

    def _is_counted(self, document: PlannedDocument) -> bool:
        return self.recipe.asks_evidence and not document.is_container

    def _taken(self, wanted: Sequence[Wanted]) -> Generator[Took]:
        total = sum(one.size for one in wanted)
        batches = list(taking.batches(wanted))
        engine = engine_for(self.jobs if len(wanted) >= _SERIAL_BELOW else 1, len(batches))
        done = octets = 0
        stage = "reading" if self.staging is None else "copying"
        for batch in engine.map(taking.take, self._take, batches):
            yield from batch
            done += len(batch)
            octets += sum(one.size for one in batch)
            self.listener(Progress(stage, done, len(wanted), octets, total))

    def _tasks(self, documents: Sequence[PlannedDocument], took: dict[str, Took]) -> TakenIn:
        found: list[DocumentTask] = []
        failed: list[Failed] = []
        lost: list[Lost] = []
        containers: dict[str, str] = {}
        findings: list[Finding] = []
        locations = {path: self._location(one) for path, one in took.items()}
        renamed = {SUBMISSION + path: SUBMISSION + stored for path, stored in self.submitted()}
        opening = Opening(self.renames, self.limits)
        for document in documents:
            failures = [said for file in document.files if (said := took[file.path].failure) is not None]
            if failures:
                why = of_document(document.document_id, failures)
                failed.append(Failed(document.document_id, shown(document.files[0].path), why))
                continue
            task = tasks.task_of(document, took, locations, renamed)
            findings.extend(escapes(task))
            is_letter = is_document_too(kind_of(document.files[0].path))
            if not document.is_container:
                found.append(task)
                if not is_letter:
                    continue
            location = place_in(self.staging or self.folder, task.files[0].location)
            inside = look_inside(document, task, location, opening)
            findings.extend(inside.findings)
            names = {member.name for member in inside.members}
            findings.extend(strays(document, names, self.validator.origins.columns))
            if inside.is_empty:
                found.extend(() if is_letter else (task,))
                continue
            containers[document.files[0].path] = document.document_id
            path = shown(document.files[0].path)
            findings.extend(self.withheld.in_container(document.document_id, path, location, self.plan.level))
            lost.extend(inside.lost)
            found.extend(tasks.member_tasks(document, task, inside.members, renamed))
        wanted = sorted((task for task in found if task.document_id not in self.without), key=_identifier)
        findings.extend(clashes(wanted))
        tasks_left, annotations_left = tasks.with_annotations(wanted, self.plan.annotations)
        gone = {one.document_id for one in failed}
        findings.extend(without_document(one) for one in annotations_left if one.document_id not in gone)
        return TakenIn(
            tasks=tuple(tasks_left),
            evidence=NO_EVIDENCE,
            took=tuple(took.values()),
            failed=failed,
            findings=tuple(one for one in findings if one.document not in self.without),
            lost=tuple(lost),
            containers=containers,
            octets=sum(task.size for task in tasks_left),
        )

    def _location(self, took: Took) -> str:
        return took.wanted.path if self.staging is None else took.wanted.stored

    def _count_members(self, found: Iterable[DocumentTask], counter: LineCounter) -> None:
        inside = [task for task in found if task.member is not None]
        if not inside or not self.recipe.asks_evidence:
            return
        for batch in self._spread(building.text_keys, inside, self.builder(NO_EVIDENCE)):
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

    def _spread(
        self, task: building.Counting, found: Sequence[DocumentTask], shared: Builder
    ) -> Iterator[tuple[frozenset[str], ...]]:
        batches = list(tasks.batches(found))
        engine = engine_for(self.jobs if len(found) >= _SERIAL_BELOW else 1, len(batches))
        return engine.map(task, shared, batches)


def _noted(
    batches: Iterable[tuple[DocumentTask, ...]], given: deque[tuple[DocumentTask, ...]]
) -> Iterator[tuple[DocumentTask, ...]]:
    """Batches as they are taken; `given` gets them too, for whoever waits for what comes of them."""
    for batch in batches:
        given.append(batch)
        yield batch


def _identifier(task: DocumentTask) -> tuple[bytes, str]:
    return task.document_id.encode("utf-8", "surrogatepass"), task.source_path
