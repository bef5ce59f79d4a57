"""The tasks of documents whose sources are taken in only when they are built; each is made when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.model.corpora import PlannedDocument
from archive.packing.taking import Took, Wanted
from archive.packing.tasks import ORIGINALS, DocumentTask, task_of

_NOTHING_YET = (("sha256", ""),)


@dataclass(frozen=True, slots=True)
class UntakenTasks:
    """Tasks in the order of the documents, so that memory holds but few of them at a time.

    Attributes:
        documents: none of them a container.
        stored: the payload paths of originals, below `ORIGINALS`, where they differ from the paths of their sources.
        renamed: as for `archive.packing.tasks.task_of`.
        is_copied: whether sources are copied, so that the copy is what is read.
    """

    documents: Sequence[PlannedDocument]
    stored: Mapping[str, str]
    renamed: Mapping[str, str]
    is_copied: bool

    def __len__(self) -> int:
        return len(self.documents)

    def __iter__(self) -> Iterator[DocumentTask]:
        for document in self.documents:
            took = {file.path: self._untaken(file.path, file.size) for file in document.files}
            places = {path: one.wanted.stored if self.is_copied else path for path, one in took.items()}
            yield task_of(document, took, places, self.renamed)

    def _untaken(self, path: str, size: int) -> Took:
        return Took(Wanted(path, ORIGINALS + self.stored.get(path, path), size, is_counted=False), size, _NOTHING_YET)
