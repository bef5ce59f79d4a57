"""What the files of documents hold: read from where they were taken to, from their container, or as laid by before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from archive import sources
from archive.engine import Loss, weigh
from archive.model.blocks import Reading
from archive.model.containers import Renames
from archive.model.findings import Where
from archive.packing.kept_readings import fetched, lay
from archive.packing.opening import OpenContainer, Opening
from archive.packing.places import place_in
from archive.packing.taking import shown
from archive.packing.tasks import DocumentTask, TaskFile
from archive.sources.limits import Limits
from archive.storage.laying_by import LayingBy
from archive.storage.trouble import told_in_words


@dataclass(frozen=True)
class FileReading:
    """Reads them, in one process.

    Attributes:
        folder: where the files are.
        limits: how much of a document is read.
        renames: what a person calls things in containers.
        repairs: whether the recipe asks for encodings to be repaired.
        laying: where what was read before is kept; None where nothing is.
    """

    folder: Path
    limits: Limits
    renames: Renames
    repairs: bool
    laying: LayingBy | None

    @cached_property
    def _opening(self) -> Opening:
        return Opening(self.renames, self.limits)

    @cached_property
    def _open(self) -> dict[str, OpenContainer]:
        """The container that is open, by its place."""
        return {}

    def container_of(self, file: TaskFile) -> OpenContainer:
        """The container that a file is, open.

        Raises:
            StorageError: it cannot be opened.
        """
        found = self._open.get(file.location)
        if found is None:
            self._open.clear()
            found = self._opening.at(place_in(self.folder, file.location), shown(file.path))
            self._open[file.location] = found
        return found

    def reading(self, task: DocumentTask, file: TaskFile, head: bytes = b"") -> tuple[Reading, str]:
        """What a file holds, and the sha256 of the document's own bytes in it.

        Args:
            task: the document.
            file: one of its files.
            head: all of its bytes, where they are at hand.

        Raises:
            StorageError: it cannot be read.
            HeavyError: it is too large for the process that leads.
        """
        reading, sha256 = self._as_it_stands(task, file, head)
        return self._repaired(reading, file), sha256

    def read_ahead(self, task: DocumentTask, loss: Loss | None) -> tuple[Reading, str]:
        """What the first file of a document holds, and the place where that lies until the document is built.

        Args:
            task: the document.
            loss: how a worker was lost over it, so that nothing is read of it.
        """
        file = task.files[0]
        if loss is not None:
            reading, sha256 = self.given_up(task, file, loss)
            return reading, lay(self.laying, reading, sha256)
        reading, sha256 = self._as_it_stands(task, file, b"")
        return self._repaired(reading, file), lay(self.laying, reading, sha256)

    def given_up(self, task: DocumentTask, file: TaskFile, loss: Loss) -> tuple[Reading, str]:
        """What is said of a file where a worker was lost over the document; its name stands for its own bytes."""
        where = Where(file=shown(file.path))
        if task.member is not None:
            where = replace(where, row=task.member.row)
            form = self.container_of(file).form
            return sources.given_up_inside(form, loss, where, self.limits), _sha256_of_name(task)
        location = place_in(self.folder, file.location)
        with told_in_words(location), location.open("rb") as stream:
            return sources.given_up(stream.read(self.limits.sample), loss, where, self.limits), file.sha256

    def _repaired(self, reading: Reading, file: TaskFile) -> Reading:
        return sources.repaired(reading, shown(file.path), self.limits) if self.repairs else reading

    def _as_it_stands(self, task: DocumentTask, file: TaskFile, head: bytes) -> tuple[Reading, str]:
        if file is task.files[0] and (found := fetched(self.laying, task.laid_by)) is not None:
            return found
        if len(head) == file.size and task.member is None:
            return sources.read(shown(file.path), head, limits=self.limits), file.sha256
        if task.member is not None:
            if task.member.findings:
                return task.member.unread(self.container_of(file).form), _sha256_of_name(task)
            weigh(task.size)
            content = self.container_of(file).content(task.member)
            return content.reading, hashlib.sha256(content.data).hexdigest()
        location = place_in(self.folder, file.location)
        with told_in_words(location):
            return sources.read_file(shown(file.path), location, limits=self.limits), file.sha256


def _sha256_of_name(task: DocumentTask) -> str:
    """What stands for the bytes of a document of which none were read; no other document is like it."""
    return hashlib.sha256(task.document_id.encode("utf-8", "surrogatepass")).hexdigest()
