"""Documents are read, labelled, settled and checked, and each becomes one line of JSON; small ones go in a row.

Its files were taken in before. Derived layers are written into the bag in the making; what is given back is the record
as canonical bytes with all findings. Whether a document is packed is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from archive.engine import Loss, Part
from archive.model.assembling import ReadFile, statements_of
from archive.model.containers import Renames
from archive.model.content import written
from archive.model.findings import Finding
from archive.model.records import RecordJson
from archive.model.spans import Layer
from archive.model.stopwatch import Stopwatch
from archive.normalise.evidence import RepeatedLines
from archive.normalise.recipe import Recipe
from archive.packing.annotating import annotate
from archive.packing.built import Built, WrittenLayer, is_relating
from archive.packing.file_reading import FileReading
from archive.packing.filling import Document, Made
from archive.packing.hiding import judged
from archive.packing.history import History
from archive.packing.holding import Holding
from archive.packing.labelled_files import Labelling
from archive.packing.layers import remove_layers, write_layer
from archive.packing.likeness import Likeness, likeness_of
from archive.packing.recording import Recording
from archive.packing.settling import Settling
from archive.packing.software import NAME
from archive.packing.tasks import DocumentTask
from archive.packing.whole_stencils import WholeStencils
from archive.schema.quick_json import quick_json
from archive.schema.validation import Validator
from archive.sources.limits import Limits
from archive.storage.laying_by import LayingBy

_NOTHING: Mapping[str, bytes] = MappingProxyType({})
_MOST_IN_ROW = 16
"""Documents for which each step is taken in a row: more of them are no longer at hand from one step to the next."""
_LARGEST_ROW = 256 * 1024
"""Bytes of all of them, unless one alone has more."""


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A document that was read and labelled, what is to be said of it, and the sha256 of its own bytes."""

    task: DocumentTask
    files: list[ReadFile]
    findings: list[Finding]
    sha256: str


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
    def watch(self) -> Stopwatch:
        """Measures the steps, in this process."""
        return Stopwatch(is_running=self.is_timed)

    @cached_property
    def _labelling(self) -> Labelling:
        return Labelling(self.files, self.recipe, self.evidence, self.algorithms, self.watch.lap)

    @cached_property
    def _settling(self) -> Settling:
        return Settling(self.validator.origins)

    @cached_property
    def _recording(self) -> Recording:
        return Recording(History(self.urn, self.packed_at, self.agent), self.recipe.digest())

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

    def share(self, task: DocumentTask) -> float:
        """How much a document takes up of what is built in a row; one that may follow from another stands by itself."""
        if task.known is not None or (task.member is not None and not self.recipe.divides):
            return 1
        return max(1 / _MOST_IN_ROW, task.size / _LARGEST_ROW)

    def build_all(self, tasks: Sequence[DocumentTask], loss: Loss | None = None) -> Sequence[Made]:
        """Documents of which none may follow from another, or one; `loss` is how a worker was lost over that."""
        return self.all_at_length(tasks) if len(tasks) > 1 else (self.build(tasks[0], loss),)

    def build(self, task: DocumentTask, loss: Loss | None = None) -> Made:
        """One document, whose files were taken in before; `loss` is how a worker was lost over it."""
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
        (document,) = self.all_at_length((task,), heads, loss)
        return document

    def all_at_length(
        self, tasks: Sequence[DocumentTask], heads: Mapping[str, bytes] = _NOTHING, loss: Loss | None = None
    ) -> list[Document]:
        """Several documents: each step is taken for all of them in a row, which takes less time.

        Args:
            tasks: the documents.
            heads: the beginnings of their files by their paths, as far as they are at hand.
            loss: how a worker was lost over them, so that nothing is read of them.
        """
        lap = self.watch.lap
        every = self._labelled(tasks, heads, loss)
        settled = [
            self._settling.of(one.task, tuple(said for file in one.files for said in statements_of(file, NAME)))
            for one in every
        ]
        lap("settle")
        recorded = [self._recorded(one, known.metadata) for one, known in zip(every, settled, strict=True)]
        lap("record")
        likenesses = [
            likeness_of(one.sha256, record["text"]["sha256"], text if self.recipe.compares else "")
            for one, (record, text) in zip(every, recorded, strict=True)
        ]
        lap("sign")
        for one, known, (record, _), likeness in zip(every, settled, recorded, likenesses, strict=True):
            record["duplicate_group"] = likeness.group
            record["statements"] = [statement.as_json() for statement in known.statements]
            one.findings[:] = [*judged(one.findings, known.metadata, one.task.access_level), *known.findings]
            one.findings.extend(self._holding.check(record))
        lap("validate")
        made = [
            (self._built(one, record, likeness), record)
            for one, (record, _), likeness in zip(every, recorded, likenesses, strict=True)
        ]
        lap("encode")
        return made

    def _labelled(
        self, tasks: Sequence[DocumentTask], heads: Mapping[str, bytes], loss: Loss | None
    ) -> list[_Labelled]:
        for task in tasks if loss is not None else ():
            remove_layers(task, self.staging)
        held = [
            [self._labelling.held(task, file, heads.get(file.path, b""), loss) for file in task.files] for task in tasks
        ]
        self.watch.lap("read")
        labelled = self._labelling.labelled([one for files in held for one in files])
        found = []
        for task, files in zip(tasks, held, strict=True):
            read = [next(labelled) for _ in files]
            findings = [replace(one, document=task.document_id) for _, said in read for one in said]
            found.append(_Labelled(task, [file for file, _ in read], findings, files[0].sha256))
        return found

    def _recorded(self, one: _Labelled, metadata: dict[str, Any]) -> tuple[RecordJson, str]:
        """The record so far, and the text."""
        record, text = self._recording.record(one.task, one.files, metadata)
        if one.task.annotations:
            annotated = annotate(one.task.annotations, record["passages"], _layers_of(one.files))
            record["annotations"] = list(annotated.entries)
            one.findings.extend(annotated.findings)
        return record, text

    def _built(self, one: _Labelled, record: RecordJson, likeness: Likeness) -> Built:
        stored = [layer for file in one.files for layer in file.layers if layer.data is not None]
        return self.built(
            one.task,
            record,
            layers=tuple(write_layer(layer, self.staging) for layer in stored),
            findings=tuple(sorted(map(self._as_known, one.findings), key=_order)),
            likeness=likeness,
        )

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


_OF_THIS_PROCESS = frozenset(
    {"_as_submitted", "_holding", "_labelling", "_recording", "_settling", "_stencils", "files", "watch"}
)
"""What a builder makes anew in each process."""


def _layers_of(files: list[ReadFile]) -> dict[str, Layer]:
    """The layers of a document by their payload paths."""
    return {
        stored.path: layer for file in files for stored, layer in zip(file.layers, file.reading.layers, strict=True)
    }


def _order(one: Finding) -> tuple[object, ...]:
    return one.order
