"""The documents to be built, one small value each, in the order of their identifiers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from archive.model.annotations import Annotation
from archive.model.corpora import PlannedDocument, PlannedFile
from archive.model.fields import AccessLevel
from archive.model.statements import Statement
from archive.packing.taking import Took, shown
from archive.sources.containers import Member

ORIGINALS = "data/originals/"
"""Where the bytes of documents stand in a bag."""


_NOTHING_MORE: Mapping[str, Any] = {}


class TaskFile(NamedTuple):
    """One file of a document to be built; a tuple, as the task, since every document has them.

    Attributes:
        role: its role.
        path: the source path, relative to the corpus.
        stored: its payload path.
        location: where it can be read now, relative to the folder that the builder reads from.
        size: in bytes, as taken.
        sha256: as taken.
    """

    role: str
    path: str
    stored: str
    location: str
    size: int
    sha256: str


class Tasks(Protocol):
    """Tasks in the order of their identifiers, as often as they are asked for."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[DocumentTask]: ...


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """Where the record of a document stands in the bag of the version before.

    Attributes:
        folder: of that bag.
        urn: of that bag.
        packed_at: its instant.
        key: the payload path of the file of records.
        start: the first byte of the record's line.
        size: the bytes of the line, with its end.
        sha256: of the line.
        turned: lines that were repeated over the corpus and are so no longer, or the other way round, without spaces.
    """

    folder: Path
    urn: str
    packed_at: str
    key: str
    start: int
    size: int
    sha256: str
    turned: tuple[str, ...] = ()


class DocumentTask(NamedTuple):
    """One document to be built.

    Attributes:
        document_id: its identifier.
        source_path: the true name; a container's member follows `#`.
        files: in the order of their roles; the first one is the original.
        access_level: as planned.
        statements: from sheet, sidecar and corpus.
        additional: what an archive needs of its own.
        member: the place of the document in its container, or None.
        annotations: what people say of words in it.
        known: its record in the version before, or None.
        laid_by: where what was read of its first file lies, or an empty string.
    """

    document_id: str
    source_path: str
    files: tuple[TaskFile, ...]
    access_level: AccessLevel
    statements: tuple[Statement, ...] = ()
    additional: Mapping[str, Any] = _NOTHING_MORE
    member: Member | None = None
    annotations: tuple[Annotation, ...] = ()
    known: KnownRecord | None = None
    laid_by: str = ""

    @property
    def size(self) -> int:
        """Bytes to be read for it."""
        if self.member is not None:
            return self.member.end - self.member.start
        return sum(file.size for file in self.files)


def task_of(
    document: PlannedDocument, took: Mapping[str, Took], locations: Mapping[str, str], renamed: Mapping[str, str]
) -> DocumentTask:
    """The task of a document of its own.

    Args:
        document: as planned; it is no container.
        took: what came of each source, by its path.
        locations: where each source can be read now, by its path.
        renamed: the payload paths of sidecars that are stored under another name, by the path that statements give.
    """
    files = tuple(_file(file, took[file.path], locations[file.path]) for file in document.files)
    return DocumentTask(
        document_id=document.document_id,
        source_path=shown(files[0].path),
        files=files,
        access_level=document.access_level,
        statements=as_stored(document.statements, renamed),
        additional=document.additional,
        laid_by=took[files[0].path].laid_by,
    )


def as_stored(statements: tuple[Statement, ...], renamed: Mapping[str, str]) -> tuple[Statement, ...]:
    """Statements with the files that they name as they are called in the bag; `renamed` is as for `task_of`."""
    if not renamed:
        return statements
    return tuple(one._replace(file=renamed.get(one.file, one.file)) for one in statements)


def as_taken(task: DocumentTask, took: Sequence[Took]) -> DocumentTask:
    """A document whose sources were taken in after its task was made; by position, since every document is one.

    Args:
        task: the document.
        took: what came of each of its files, in their order.
    """
    files = tuple(
        TaskFile(file.role, file.path, file.stored, file.location, one.size, one.digest("sha256"))
        for file, one in zip(task.files, took, strict=True)
    )
    return task._replace(files=files, laid_by="")


def _file(planned: PlannedFile, took: Took, location: str) -> TaskFile:
    return TaskFile(
        role=planned.role,
        path=planned.path,
        stored=took.wanted.stored,
        location=location,
        size=took.size,
        sha256=took.digest("sha256"),
    )
