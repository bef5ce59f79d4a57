"""Both ways through the sources in one, where no document has to wait for what the others say.

Each source is read once and no more: what was copied is at hand when the document is built. One whose sources cannot
be taken in is told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from archive.engine import Part, parts, weigh
from archive.model.codes import finding
from archive.model.crossing import Crossing
from archive.model.findings import Finding
from archive.packing.builder import Builder
from archive.packing.building import batch_of
from archive.packing.built import BuiltBatch, Failed
from archive.packing.copies import Copies, Copy
from archive.packing.filling import Made
from archive.packing.stencils import Stencils
from archive.packing.taking import Take, Took, Wanted
from archive.packing.tasks import DocumentTask, TaskFile, as_taken

_AT_HAND = 1024 * 1024
"""Bytes of a source that is kept between taking it in and reading it; of a larger one no more is read again than tells
what it is, or its text."""
_DEAR = 64 * 1024 * 1024
"""Bytes that take as long to copy as a worker to start: so many are not copied where a worker might do it again."""


@dataclass(frozen=True)
class Both(Crossing):
    """What all tasks share that take sources in and build at once."""

    take: Take
    builder: Builder

    @cached_property
    def stencils(self) -> Stencils:
        """What makes usual records quickly, in this process."""
        return Stencils(self.builder)


def take_and_build(shared: Both, batch: Iterable[DocumentTask]) -> BuiltBatch:
    """The task for an engine where no document has to wait for another: each source is read once and no more."""
    made: list[Made] = []
    copies: list[Copy] = []
    failed: list[Failed] = []
    shared.builder.watch.start()
    for part, task in parts(batch):
        if task.size >= _DEAR:
            weigh(task.size)
        taken = [shared.take.one(wanted_of(file), _AT_HAND, is_again=part.is_again) for file in task.files]
        failures = [one.failure for one, _ in taken if one.failure is not None]
        if failures:
            failed.append(Failed(task.document_id, task.source_path, of_document(task.document_id, failures)))
            continue
        copies.extend(one.copy for one, _ in taken)
        shared.builder.watch.lap("take")
        made.append(_made(shared, part, task, taken))
    return replace(batch_of(shared.builder, made), copies=Copies.of(copies), failed=tuple(failed))


def _made(shared: Both, part: Part, task: DocumentTask, taken: Sequence[tuple[Took, bytes]]) -> Made:
    """A document, of whose files this was taken."""
    usual = shared.stencils.fit(task, *taken[0])
    if usual is not None:
        shared.builder.watch.lap("fill stencils")
        return usual
    at_hand = {file.path: data for file, (_, data) in zip(task.files, taken, strict=True)}
    shared.builder.begin(part, task)
    document = shared.builder.at_length(as_taken(task, [one for one, _ in taken]), at_hand, part.loss)
    if part.loss is None:
        shared.stencils.note(task, *taken[0], document)
    return document


def wanted_of(file: TaskFile) -> Wanted:
    """The source of a file that is still to be taken in."""
    return Wanted(file.path, file.stored, file.size, is_counted=False)


def of_document(document_id: str, failures: Iterable[Finding]) -> tuple[Finding, ...]:
    """What is wrong with the sources of a document."""
    return tuple(finding(one.code, document=document_id, where=one.where, found=one.found) for one in failures)
