"""The second way through: each document is read, labelled, settled and checked, and becomes one line of JSON.

This is what worker processes do. It reads what was taken in, writes derived layers into the bag in the making, and
gives back the record as canonical bytes with all findings; it never decides whether a document is packed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from archive.engine import Loss, Part, parts, weigh
from archive.model.assembling import (
    ReadFile,
    file_entries,
    own_format_entry,
    passage_entries,
    statements_of,
    text_file,
)
from archive.model.blocks import Observation
from archive.model.containers import Renames
from archive.model.content import written
from archive.model.fields import AccessLevel, Source
from archive.model.findings import Finding, Where
from archive.model.records import RECORD_VERSION, RecordJson
from archive.model.spans import Layer
from archive.model.statements import Statement
from archive.model.stopwatch import Stopwatch
from archive.normalise.documents import normalise
from archive.normalise.evidence import RepeatedLines, line_keys
from archive.normalise.recipe import Recipe
from archive.packing.annotating import annotate
from archive.packing.built import Built, BuiltBatch, WrittenLayer, is_relating
from archive.packing.file_reading import FileReading
from archive.packing.filling import Document, Made, batched, written_out
from archive.packing.hiding import judged
from archive.packing.history import History
from archive.packing.holding import Holding
from archive.packing.layers import layers_of, remove_layers, write_layer
from archive.packing.likeness import Likeness, likeness_of
from archive.packing.settling import Settled, settle
from archive.packing.software import NAME
from archive.packing.taking import Counted, shown
from archive.packing.tasks import DocumentTask, TaskFile
from archive.packing.whole_stencils import WholeStencils
from archive.schema.quick_json import quick_json
from archive.schema.validation import Validator
from archive.sources.limits import Limits
from archive.storage.laying_by import LayingBy

_NOTHING: Mapping[str, bytes] = MappingProxyType({})


@dataclass(slots=True)
class _Last:
    """What people said of the last document of which nothing else was known, and what came of it."""

    told: tuple[tuple[Statement, ...], AccessLevel] | None = None
    settled: Settled = field(default_factory=lambda: Settled({}, (), ()))


@dataclass(frozen=True)
class Builder:
    """What all tasks of building share.

    Attributes:
        folder: where the sources' copies (or, for a check, the sources) are read.
        staging: where derived layers are written, or None.
        urn: of the bag.
        packed_at: the one instant, as RFC 3339 has it.
        agent: name and version of this software.
        recipe: what labels.
        evidence: what the whole corpus said about furniture.
        algorithms: normalised names.
        limits: how much of a document is read.
        renames: what a person calls things in containers.
        submitted: the names of sidecars that are stored under other names: as stored -> as the person knows them.
        validator: what holds records to the schemas.
        projects: whether the rows of the tables are wanted too.
        is_timed: whether it is measured how long each step takes.
        laying: where what was read before is kept; None where nothing is.
    """

    folder: Path
    staging: Path | None
    urn: str
    packed_at: str
    agent: str
    recipe: Recipe
    evidence: RepeatedLines
    algorithms: tuple[str, ...]
    limits: Limits
    renames: Renames
    submitted: tuple[tuple[str, str], ...]
    validator: Validator
    projects: bool = False
    is_timed: bool = False
    laying: LayingBy | None = None

    @cached_property
    def _recipe_digest(self) -> str:
        return self.recipe.digest()

    @cached_property
    def _last(self) -> _Last:
        return _Last()

    @cached_property
    def watch(self) -> Stopwatch:
        """Measures the steps, in this process."""
        return Stopwatch(is_running=self.is_timed)

    @cached_property
    def _history(self) -> History:
        return History(self.urn, self.packed_at, self.agent)

    @cached_property
    def _holding(self) -> Holding:
        return Holding(self.validator)

    @cached_property
    def _as_submitted(self) -> dict[str, str]:
        return dict(self.submitted)

    @cached_property
    def files(self) -> FileReading:
        """What files hold, in this process."""
        return FileReading(self.folder, self.limits, self.renames, self.recipe.repairs, self.laying)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name not in _OF_THIS_PROCESS}

    def begin(self, part: Part, task: DocumentTask) -> None:
        """Starts the clock of a document, once the container that it may lie in is open."""
        if task.member is not None and part.loss is None and not task.laid_by:
            self.files.container_of(task.files[0])
        part.limit(self.limits.of_document)

    @cached_property
    def _stencils(self) -> WholeStencils:
        return WholeStencils(
            self.recipe, self.files.container_of, self.watch.lap, is_of_use=self.validator.overlay is None
        )

    def build(self, task: DocumentTask, loss: Loss | None = None) -> Made:
        """One document, whose files were taken in before; the arguments are those of `at_length`."""
        if task.member is None or loss is not None:
            return self.at_length(task, loss=loss)
        fit = self._stencils.fit(task)
        if fit is not None:
            return fit
        document = self.at_length(task)
        self._stencils.note(task, document)
        return document

    def at_length(
        self, task: DocumentTask, heads: Mapping[str, bytes] = _NOTHING, loss: Loss | None = None
    ) -> Document:
        """One document, and its record, by itself.

        Args:
            task: the document.
            heads: the beginnings of its files by their paths, as far as they are at hand.
            loss: how a worker was lost over it, so that nothing is read of it.
        """
        if loss is not None:
            remove_layers(task, self.staging)
        read = [self._read(task, file, heads.get(file.path, b""), loss) for file in task.files]
        findings = [replace(one, document=task.document_id) for found in read for one in found[1]]
        files = [found[0] for found in read]
        lap = self.watch.lap
        settled = self._settled(task, tuple(one for file in files for one in statements_of(file, NAME)))
        lap("settle")
        record, text = self._record(task, files, settled.metadata)
        if task.annotations:
            annotated = annotate(task.annotations, record["passages"], _layers_of(files))
            record["annotations"] = list(annotated.entries)
            findings.extend(annotated.findings)
        lap("record")
        likeness = likeness_of(read[0][2], record["text"]["sha256"], text if self.recipe.compares else "")
        lap("sign")
        record["duplicate_group"] = likeness.group
        record["statements"] = [statement.as_json() for statement in settled.statements]
        findings = [*judged(findings, settled.metadata, task.access_level), *settled.findings]
        findings.extend(self._holding.check(record))
        lap("validate")
        built = self.built(
            task,
            record,
            layers=tuple(
                write_layer(layer, self.staging) for file in files for layer in file.layers if layer.data is not None
            ),
            findings=tuple(sorted(map(self._as_known, findings), key=_order)),
            likeness=likeness,
        )
        lap("encode")
        return built, record

    def _settled(self, task: DocumentTask, read: tuple[Statement, ...]) -> Settled:
        """What is known of a document; where the last one was told by the same words alone, it is the same."""
        if read:
            return settle(task.document_id, (*task.statements, *read), task.access_level, self.validator.origins)
        told = (task.statements, task.access_level)
        if self._last.told != told:
            found = settle(task.document_id, task.statements, task.access_level, self.validator.origins)
            if found.findings:
                return found
            self._last.told, self._last.settled = told, found
        return self._last.settled

    def built(
        self,
        task: DocumentTask,
        record: RecordJson,
        layers: tuple[WrittenLayer, ...],
        findings: tuple[Finding, ...],
        likeness: Likeness,
    ) -> Built:
        """What is said of a document whose record is made."""
        own = written(record, quick_json)
        return Built(
            document_id=task.document_id,
            source_path=task.source_path,
            line=own.line,
            content_sha256=own.content_sha256,
            layers=layers,
            findings=findings,
            passages=len(record["passages"]),
            likeness=likeness,
            is_relating=is_relating(record["metadata"]),
        )

    def _as_known(self, one: Finding) -> Finding:
        """A finding about a sidecar, under the name by which the person knows it."""
        known = self._as_submitted.get(one.where.file or "")
        return one if known is None else replace(one, where=replace(one.where, file=known))

    def _record(self, task: DocumentTask, files: list[ReadFile], metadata: dict[str, object]) -> tuple[RecordJson, str]:
        """The record so far, and the text."""
        passages, figures, text = passage_entries(files, text_file(files))
        record: RecordJson = {
            "record_version": RECORD_VERSION,
            "document_id": task.document_id,
            "source_path": task.source_path,
            "original": files[0].path,
            "metadata": metadata,
            "files": file_entries(files),
            "text": figures,
            "passages": passages,
            "statements": [],
            "events": [event.as_json() for event in self._history.of(task, files, metadata)],
            "relations": [],
            "annotations": [],
            "duplicate_group": "",
            "recipe": self._recipe_digest,
            "additional": dict(task.additional),
        }
        own = own_format_entry(files[0])
        if own is not None:
            record["own_format"] = own
        return record, text

    def _read(
        self, task: DocumentTask, file: TaskFile, head: bytes, loss: Loss | None
    ) -> tuple[ReadFile, tuple[Finding, ...], str]:
        """The file, what is to be said of it, and the sha256 of the document's own bytes in it."""
        reading, sha256 = self.files.given_up(task, file, loss) if loss else self.files.reading(task, file, head)
        weigh(sum(len(layer.data) for layer in reading.layers))
        layers = layers_of(task, file, reading, self.algorithms)
        self.watch.lap("read")
        labelled = normalise(reading, self.recipe, self.evidence, self.watch.lap)
        observations: tuple[tuple[Source, Observation], ...] = (
            *((Source.EMBEDDED, seen) for seen in (*reading.embedded, *reading.set_aside)),
            *((Source.EXTRACTED, seen) for seen in labelled.observations),
        )
        findings = (*reading.findings, *labelled.findings)
        return (
            ReadFile(
                role=file.role,
                path=file.stored,
                size=file.size,
                sha256=file.sha256,
                reading=reading,
                layers=layers,
                passages=labelled.passages,
                observations=observations,
            ),
            tuple(one if one.where.file else replace(one, where=_in_file(one, file)) for one in findings),
            sha256,
        )


_OF_THIS_PROCESS = frozenset(
    {"_as_submitted", "_holding", "_recipe_digest", "_history", "_last", "_stencils", "files", "watch"}
)
"""What a builder makes anew in each process."""
Building = Callable[[Builder, Iterable[DocumentTask]], BuiltBatch]


def build(shared: Builder, batch: Iterable[DocumentTask]) -> BuiltBatch:
    """The task for an engine."""
    shared.watch.start()
    made = []
    for part, task in parts(batch):
        shared.begin(part, task)
        made.append(shared.build(task, part.loss))
    return batch_of(shared, made)


def batch_of(shared: Builder, made: Sequence[Made]) -> BuiltBatch:
    """Documents as they travel, with their rows where these are wanted and none of them is rejected."""
    documents = written_out(made)
    shared.watch.lap("fill stencils")
    found = batched(made, documents) if shared.projects else BuiltBatch(tuple(documents))
    shared.watch.lap("rows")
    return replace(found, seconds=shared.watch.taken()) if shared.is_timed else found


def count_lines(shared: Builder, batch: tuple[DocumentTask, ...]) -> tuple[Counted, tuple[str, ...]]:
    """The lines of documents in containers, for the evidence, and where what was read lies; also for an engine."""
    lines, places = [], []
    for part, task in parts(batch):
        shared.begin(part, task)
        reading, place = shared.files.read_ahead(task, part.loss)
        lines.append(line_keys(reading))
        places.append(place)
    return Counted.of(lines), tuple(places)


def _layers_of(files: list[ReadFile]) -> dict[str, Layer]:
    """The layers of a document by their payload paths."""
    return {
        stored.path: layer for file in files for stored, layer in zip(file.layers, file.reading.layers, strict=True)
    }


def _in_file(one: Finding, file: TaskFile) -> Where:
    return replace(one.where, file=shown(file.path))


def _order(one: Finding) -> tuple[object, ...]:
    return one.order
