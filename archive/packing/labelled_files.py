"""The files of a document, each read and its passages labelled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archive.engine import Loss, weigh
from archive.model.assembling import ReadFile
from archive.model.blocks import Observation
from archive.model.fields import Source
from archive.model.findings import Finding, Where
from archive.model.stopwatch import Stopwatch
from archive.normalise.documents import normalise
from archive.normalise.evidence import RepeatedLines
from archive.normalise.recipe import Recipe
from archive.packing.file_reading import FileReading
from archive.packing.layers import layers_of
from archive.packing.taking import shown
from archive.packing.tasks import DocumentTask, TaskFile


@dataclass(frozen=True, slots=True)
class Labelling:
    """What is needed for that.

    Attributes:
        files: what files hold.
        recipe: what labels.
        evidence: what the whole corpus said about furniture.
        algorithms: normalised names of digests, sha256 among them.
        watch: measures the steps.
    """

    files: FileReading
    recipe: Recipe
    evidence: RepeatedLines
    algorithms: tuple[str, ...]
    watch: Stopwatch

    def of(
        self, task: DocumentTask, file: TaskFile, head: bytes, loss: Loss | None
    ) -> tuple[ReadFile, tuple[Finding, ...], str]:
        """The file, what is to be said of it, and the sha256 of the document's own bytes in it.

        Args:
            task: the document.
            file: one of its files.
            head: all of its bytes, where they are at hand.
            loss: how a worker was lost over the document, so that nothing is read of it.

        Raises:
            HeavyError: it is too large for the process that leads.
            StorageError: it cannot be read.
        """
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


def _in_file(one: Finding, file: TaskFile) -> Where:
    return replace(one.where, file=shown(file.path))
