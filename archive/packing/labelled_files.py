"""The files of a document, each read and its passages labelled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.engine import Loss, weigh
from archive.model.assembling import ReadFile, StoredLayer
from archive.model.blocks import Observation, Reading
from archive.model.fields import Source
from archive.model.findings import Finding, Where
from archive.normalise.documents import Normalised, normalise_all
from archive.normalise.evidence import RepeatedLines
from archive.normalise.recipe import Recipe
from archive.packing.file_reading import FileReading
from archive.packing.layers import layers_of
from archive.packing.taking import shown
from archive.packing.tasks import DocumentTask, TaskFile


@dataclass(frozen=True, slots=True)
class Held:
    """What a file of a document holds.

    Attributes:
        file: it.
        reading: what a reader took out of it.
        layers: where the layers of the reading are stored.
        sha256: of the document's own bytes in it.
    """

    file: TaskFile
    reading: Reading
    layers: tuple[StoredLayer, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Labelling:
    """What is needed to read files and to label what is in them.

    Attributes:
        files: what files hold.
        recipe: what labels.
        evidence: what the whole corpus said about furniture.
        algorithms: normalised names of digests, sha256 among them.
        lap: hears the name of each step that was taken.
    """

    files: FileReading
    recipe: Recipe
    evidence: RepeatedLines
    algorithms: tuple[str, ...]
    lap: Callable[[str], None]

    def held(self, task: DocumentTask, file: TaskFile, head: bytes, loss: Loss | None) -> Held:
        """Reads a file.

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
        return Held(file, reading, layers_of(task, file, reading, self.algorithms), sha256)

    def labelled(self, every: Sequence[Held]) -> Iterator[tuple[ReadFile, tuple[Finding, ...]]]:
        """Each of some files with its passages labelled, and what is to be said of it."""
        labelled = normalise_all([one.reading for one in every], self.recipe, self.evidence, self.lap)
        return map(_labelled, every, labelled)


def _labelled(held: Held, labelled: Normalised) -> tuple[ReadFile, tuple[Finding, ...]]:
    file, reading = held.file, held.reading
    observations: tuple[tuple[Source, Observation], ...] = (
        *((Source.EMBEDDED, seen) for seen in (*reading.embedded, *reading.set_aside)),
        *((Source.EXTRACTED, seen) for seen in labelled.observations),
    )
    read = ReadFile(
        role=file.role,
        path=file.stored,
        size=file.size,
        sha256=file.sha256,
        reading=reading,
        layers=held.layers,
        passages=labelled.passages,
        observations=observations,
    )
    findings = (*reading.findings, *labelled.findings)
    return read, tuple(one if one.where.file else replace(one, where=_in_file(one, file)) for one in findings)


def _in_file(one: Finding, file: TaskFile) -> Where:
    return replace(one.where, file=shown(file.path))
