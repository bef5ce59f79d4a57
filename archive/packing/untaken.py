"""The tasks of documents whose sources are taken in only when they are built; each is made when it is asked for.

What is told of many documents together travels together to whoever builds them, and becomes tasks there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from archive.model.corpora import AlikeDocuments, PlannedDocument, PlannedDocuments
from archive.model.crossing import Crossing
from archive.model.fields import AccessLevel
from archive.model.statements import Statement
from archive.packing import tasks
from archive.packing.taking import Took, Wanted, shown
from archive.packing.task_batches import Extent, TaskBatch
from archive.packing.tasks import ORIGINALS, DocumentTask, TaskFile, task_of
from archive.submission.identifiers import identifier_of_path

_MOST_ALIKE = 1024
"""Documents that are asked for together."""
_NOTHING_YET = (("sha256", ""),)


@dataclass(frozen=True, slots=True)
class _Alike(Crossing):
    """Tasks that differ in nothing but their files.

    Attributes:
        paths: of the files.
        sizes: of the files.
        level: of each document.
        statements: of each document, under the names by which the bag has files.
        stored: the payload paths of originals, below `ORIGINALS`, where they differ from the paths of their sources.
        is_copied: as for `UntakenTasks`.
    """

    paths: tuple[str, ...]
    sizes: tuple[int, ...]
    level: AccessLevel
    statements: tuple[Statement, ...]
    stored: Mapping[str, str]
    is_copied: bool

    def __len__(self) -> int:
        return len(self.paths)

    def __iter__(self) -> Iterator[DocumentTask]:
        for path, size in zip(self.paths, self.sizes, strict=True):
            stored = ORIGINALS + self.stored.get(path, path)
            file = TaskFile("page", path, stored, stored if self.is_copied else path, size, "")
            yield DocumentTask(identifier_of_path(path), shown(path), (file,), self.level, self.statements)


@dataclass(frozen=True, slots=True)
class UntakenTasks:
    """Tasks in the order of the documents, so that memory holds but few of them at a time.

    Attributes:
        documents: none of them a container.
        stored: the payload paths of originals, below `ORIGINALS`, where they differ from the paths of their sources.
        renamed: as for `archive.packing.tasks.task_of`.
        is_copied: whether sources are copied, so that the copy is what is read.
    """

    documents: PlannedDocuments
    stored: Mapping[str, str]
    renamed: Mapping[str, str]
    is_copied: bool

    def __len__(self) -> int:
        return len(self.documents)

    def __iter__(self) -> Iterator[DocumentTask]:
        return (task for batch in self.batches() for task in batch)

    def batches(self) -> Iterator[TaskBatch]:
        """All of them, as `archive.packing.task_batches.batches` divides them."""
        pieces: list[DocumentTask | _Alike] = []
        extent = Extent()
        for piece in self._pieces():
            start, sizes = 0, (piece.size,) if isinstance(piece, DocumentTask) else piece.sizes
            for at, size in enumerate(sizes):
                if extent.is_enough(size):
                    pieces.extend(_part(piece, start, at))
                    yield TaskBatch(tuple(pieces), extent.octets)
                    pieces, start = [], at
                    extent.end()
                extent.add(size)
            pieces.extend(_part(piece, start, len(sizes)))
        if extent.count:
            yield TaskBatch(tuple(pieces), extent.octets)

    def _pieces(self) -> Iterator[DocumentTask | _Alike]:
        for one in self.documents.pieces(_MOST_ALIKE):
            yield self._task(one) if isinstance(one, PlannedDocument) else self._alike(one)

    def _alike(self, one: AlikeDocuments) -> _Alike:
        stored = {path: self.stored[path] for path in one.paths if path in self.stored} if self.stored else {}
        said = tasks.as_stored(one.statements, self.renamed)
        return _Alike(tuple(one.paths), tuple(one.sizes), one.access_level, said, stored, self.is_copied)

    def _task(self, document: PlannedDocument) -> DocumentTask:
        took = {file.path: self._untaken(file.path, file.size) for file in document.files}
        places = {path: one.wanted.stored if self.is_copied else path for path, one in took.items()}
        return task_of(document, took, places, self.renamed)

    def _untaken(self, path: str, size: int) -> Took:
        return Took(Wanted(path, ORIGINALS + self.stored.get(path, path), size, is_counted=False), size, _NOTHING_YET)


def _part(piece: DocumentTask | _Alike, start: int, end: int) -> tuple[DocumentTask | _Alike, ...]:
    """Those of a piece from one place to another."""
    if start == end:
        return ()
    if isinstance(piece, DocumentTask):
        return (piece,)
    return (replace(piece, paths=piece.paths[start:end], sizes=piece.sizes[start:end]),)
