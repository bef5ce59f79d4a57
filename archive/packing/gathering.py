"""All documents of one access level, from the sources to built records, as a stream; nothing of a bag is written here.

The order: sources are taken in (in parallel), containers are opened, the evidence is counted, and documents are built
(in parallel) in the order of their identifiers. A check stops here; a pack writes what comes.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from archive.engine import Engine, Team
from archive.engine.beside import beside
from archive.model.containers import Renames
from archive.model.corpora import Corpus, LevelPlan
from archive.model.paths import portable_paths
from archive.model.progress import Listener, Progress
from archive.model.stopwatch import Timing
from archive.normalise.evidence import RepeatedLines
from archive.normalise.recipe import Recipe
from archive.packing import at_once, building, task_batches
from archive.packing.builder import Builder
from archive.packing.built import BuiltBatch
from archive.packing.places import place_in
from archive.packing.software import agent
from archive.packing.taken_in import TakenIn
from archive.packing.taking import Take, shown
from archive.packing.task_batches import TaskBatch
from archive.packing.tasks import DocumentTask
from archive.packing.untaken import UntakenTasks
from archive.packing.waiting_tasks import WaitingTasks
from archive.packing.withheld_words import WithheldWords
from archive.schema.validation import Validator
from archive.sources.limits import Limits

Some = TypeVar("Some")
Batch = TaskBatch | tuple[DocumentTask, ...]

_SERIAL_BELOW = 24
"""Documents from which starting processes pays."""
_WORTH_A_DOCUMENT = 256 * 1024
"""Bytes that are as much work as a document where documents are read; they may be of pictures, which are not."""
_WORTH_A_COPY = 1024 * 1024
"""The same where they are only copied."""


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
        team: what works.
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
    team: Team
    listener: Listener
    without: frozenset[str] = frozenset()
    limits: Limits = field(default=Limits())
    profiles: tuple[tuple[str, bytes], ...] = ()
    withheld: WithheldWords = field(default=WithheldWords())
    timing: Timing = field(default_factory=Timing)

    @property
    def renames(self) -> Renames:
        """What the person calls things in containers."""
        return self.corpus.renames

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
            limits=replace(self.limits, text_is_wanted=bool(self.recipe.steps), lines_are_wanted=self.recipe.divides),
            renames=self.renames,
            submitted=tuple((stored, shown(path)) for path, stored in self.submitted()),
            validator=self.validator,
            is_timed=self.timing.is_running,
        )

    def build(
        self, taken: TakenIn, work: building.Building = building.build, *, projects: bool = False
    ) -> Generator[tuple[Batch, BuiltBatch]]:
        """The second way through: the records, in the order of their identifiers, beside their tasks.

        Whoever does not read it to its end closes it, so that no worker goes on writing into a folder that is swept.

        Args:
            taken: what came of the first way through.
            work: the task for an engine.
            projects: whether the rows of the tables are wanted too.
        """
        done = octets = 0
        worth = _WORTH_A_DOCUMENT if self.recipe.steps else _WORTH_A_COPY
        engine, batches = self.engine(max(len(taken.tasks), taken.octets // worth), _batches(taken))
        builder = replace(self.builder(taken.evidence), projects=projects, laying=taken.laid_by.laying)
        if taken.is_taken:
            every = beside(engine, work, builder, batches)
        else:
            both = at_once.Both(self.taking, builder)
            every = beside(engine, at_once.take_and_build, both, batches)
        for batch, built in every:
            taken.failed.extend(built.failed)
            self.timing.workers.add(built.seconds)
            yield batch, self._heard(batch, built)
            done += len(batch)
            octets += batch.size if isinstance(batch, TaskBatch) else sum(task.size for task in batch)
            self.listener(Progress("building records", done, len(taken.tasks), octets, taken.octets))
        taken.laid_by.close()

    def engine(self, count: int, batches: Iterator[Some]) -> tuple[Engine, Iterator[Some]]:
        """What maps batches, and the batches.

        Args:
            count: how many documents or sources are in them, or as how many their bytes count; for a few no process is
                worth it.
            batches: of which no more are made than there are workers.
        """
        first = list(islice(batches, self.team.most))
        return self.team.engine(len(first) if count >= _SERIAL_BELOW else 1), chain(first, batches)

    @property
    def taking(self) -> Take:
        """What all tasks of taking share."""
        return Take(self.folder, self.staging, self.algorithms, self.limits)

    def _heard(self, tasks: Iterable[DocumentTask], batch: BuiltBatch) -> BuiltBatch:
        """Documents with what is said where they say what is withheld from another."""
        if not self.withheld.words:
            return batch
        files = {task.document_id: self._files_of(task) for task in tasks}
        said = (self.withheld.in_record(one.line, self.plan.level, files[one.document_id]) for one in batch.documents)
        told = (one._replace(findings=(*one.findings, *more)) for one, more in zip(batch.documents, said, strict=True))
        return replace(batch, documents=tuple(told))

    def _files_of(self, task: DocumentTask) -> dict[str, Path]:
        """Where the files of a document can be read that has them to itself, by payload path."""
        if task.member is not None:
            return {}
        return {one.stored: place_in(self.staging or self.folder, one.location) for one in task.files}


def _batches(taken: TakenIn) -> Iterator[Batch]:
    if isinstance(taken.tasks, UntakenTasks):  # nothing was laid by of what was not taken
        return taken.tasks.batches()
    if isinstance(taken.tasks, WaitingTasks) and not taken.laid_by.knows_members:
        return taken.tasks.batches()
    return task_batches.batches(taken.laid_by.beside(taken.tasks))
