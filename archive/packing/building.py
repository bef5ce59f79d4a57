"""The second way through, as worker processes do it: tasks for an engine, each of a batch of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from archive.engine import parts, parts_together
from archive.normalise.evidence import line_keys
from archive.packing.builder import Builder
from archive.packing.built import BuiltBatch
from archive.packing.filling import Made, batched, written_out
from archive.packing.taking import Counted
from archive.packing.tasks import DocumentTask

Building = Callable[[Builder, Iterable[DocumentTask]], BuiltBatch]


def build(shared: Builder, batch: Iterable[DocumentTask]) -> BuiltBatch:
    """The task for an engine."""
    shared.watch.start()
    made: list[Made] = []
    for part, tasks in parts_together(batch, shared.share):
        shared.begin(part, tasks[0])
        made.extend(shared.build_all(tasks, part.loss))
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
