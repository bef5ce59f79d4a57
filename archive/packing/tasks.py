"""The documents to be built, one small value each, in the order of their identifiers."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from archive.model.annotations import Annotation
from archive.model.containers import PDF
from archive.model.corpora import PlannedDocument, PlannedFile
from archive.model.crossing import Crossing
from archive.model.fields import AccessLevel, Source
from archive.model.statements import OF_MANY, Statement
from archive.packing.software import NAME
from archive.packing.taking import Took, shown
from archive.sources.containers import Member

ORIGINALS = "data/originals/"
"""Where the bytes of documents stand in a bag."""
MOST_IN_BATCH = 64
"""Documents in one task."""
LARGEST_BATCH = 2 * 1024 * 1024
"""Bytes of originals in one task, unless one document alone has more."""


_OF_WHOLE_LETTER = frozenset(
    {
        "access_level",
        "access_reason",
        "capture_tool",
        "captured_at",
        "hidden_personal_data",
        "review_date",
        "rights",
        "rights_holder",
        "rights_uri",
    }
)
"""Fields whose values hold for what is attached to a letter as for the letter."""
_PART = re.compile(r"[0-9]+(?:\.[0-9]+)*|")


@dataclass(frozen=True, slots=True)
class TaskFile(Crossing):
    """One file of a document to be built.

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


@dataclass(frozen=True, slots=True)
class DocumentTask(Crossing):
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
    additional: Mapping[str, Any] = field(default_factory=dict)
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
    return DocumentTask(
        task.document_id,
        task.source_path,
        files,
        task.access_level,
        task.statements,
        task.additional,
        task.member,
        task.annotations,
        task.known,
    )


def _file(planned: PlannedFile, took: Took, location: str) -> TaskFile:
    return TaskFile(
        role=planned.role,
        path=planned.path,
        stored=took.wanted.stored,
        location=location,
        size=took.size,
        sha256=took.digest("sha256"),
    )


class MemberTasks:
    """The tasks of the documents in one container.

    Args:
        container: as planned.
        task: that `task_of` gives for the container as a whole.
        renamed: as for `task_of`.

    Attributes:
        common: what is told of each that no row speaks of, and that is attached to nothing; it has the identifier and
            the source path of the container.
    """

    def __init__(self, container: PlannedDocument, task: DocumentTask, renamed: Mapping[str, str]) -> None:
        self._container = container
        self._renamed = renamed
        # The letter alone, of a document of several files; what was laid by is about the letter itself.
        self._of_container = replace(task, files=task.files[:1], laid_by="")
        self.common = replace(
            self._of_container,
            document_id=container.document_id,
            access_level=container.access_level,
            statements=_of_many(task.statements),
            additional=container.additional,
        )

    @property
    def are_alike(self) -> bool:
        """Whether no row speaks of any of them."""
        return not self._container.members

    def of(self, member: Member) -> DocumentTask:
        """The task of one of them, as the container's reader found it."""
        if member.parent is not None:
            return _attached(self._container, self._of_container, member, self._renamed)
        own = self._container.members.get(member.name)
        return DocumentTask(
            f"{self._container.document_id}#{member.name}" if own is None else own.document_id,
            f"{self.common.source_path}#{member.name}",
            self.common.files,
            self.common.access_level if own is None else own.access_level,
            self.common.statements if own is None else as_stored(own.statements, self._renamed),
            self.common.additional if own is None else own.additional,
            member,
        )


def _attached(
    container: PlannedDocument, pattern: DocumentTask, member: Member, renamed: Mapping[str, str]
) -> DocumentTask:
    """The task of a document that is attached to a letter: what people say of the letter holds for it but in part."""
    own = container.members.get(member.name)
    said = pattern.statements if own is None else as_stored(own.statements, renamed)
    letter, file = _letter_of(container, member), pattern.files[0].stored
    part = Statement("is_part_of", letter, Source.EMBEDDED, NAME, file, _part_of(member))
    return replace(
        pattern,
        document_id=f"{container.document_id}#{member.name}" if own is None else own.document_id,
        source_path=f"{pattern.source_path}#{member.name}",
        statements=(*(one for one in said if _holds_for_attached(one, own is not None)), part),
        additional={} if own is None else own.additional,
        member=member,
    )


def _holds_for_attached(one: Statement, has_own_row: bool) -> bool:  # noqa: FBT001 - one property of the document
    """Whether what people say holds for what is attached to a letter, too: what it is, and not what it says."""
    is_own = has_own_row and one.source is Source.SHEET and not one.rank
    return is_own or one.source is Source.CORPUS or one.field in _OF_WHOLE_LETTER


def _part_of(member: Member) -> str:
    within = member.name[len(member.parent) + 1 if member.parent else 0 :]
    word = "attachment" if member.holder == PDF else "part"
    return f"{word}={_PART.match(within)[0]}"  # type: ignore[index]  # a pattern that matches anything


def _letter_of(container: PlannedDocument, member: Member) -> str:
    """The identifier of the letter that a document is attached to."""
    if not member.parent:
        return container.document_id
    own = container.members.get(member.parent)
    return f"{container.document_id}#{member.parent}" if own is None else own.document_id


@dataclass(frozen=True, slots=True)
class Annotated:
    """Tasks with what people say of words in their documents, put together when they are asked for.

    Attributes:
        tasks: the documents.
        said: by identifier.
    """

    tasks: Tasks
    said: Mapping[str, tuple[Annotation, ...]]

    def __len__(self) -> int:
        return len(self.tasks)

    def __iter__(self) -> Iterator[DocumentTask]:
        before = None
        for task in self.tasks:
            own = self.said.get(task.document_id)
            # Of two documents of one identifier, which stand side by side, the first has them.
            is_theirs = own is not None and task.document_id != before
            yield replace(task, annotations=own) if own is not None and is_theirs else task
            before = task.document_id


def with_annotations(tasks: Tasks, annotations: Iterable[Annotation]) -> tuple[Tasks, list[Annotation]]:
    """Gives each document its annotations.

    Args:
        tasks: the documents.
        annotations: of all of them.

    Returns:
        The documents, and the annotations that none of them has.
    """
    said: dict[str, list[Annotation]] = {}
    for one in annotations:
        said.setdefault(one.document_id, []).append(one)
    if not said:
        return tasks, []
    nobodys = said.keys() - {task.document_id for task in tasks if task.document_id in said}
    given = Annotated(tasks, {name: tuple(own) for name, own in said.items()})
    return given, [one for name, own in said.items() if name in nobodys for one in own]


def _of_many(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """What people say of a container as a whole, which is no word on any document in it."""
    return tuple(one._replace(rank=one.rank + OF_MANY) for one in statements)


@dataclass(frozen=True, slots=True)
class AlikeMembers(Crossing):
    """Tasks of documents in one container that differ in nothing but their names and their places.

    Attributes:
        common: as `MemberTasks` has it.
        names: theirs.
        starts: the first byte of each.
        sizes: the bytes of each.
        rows: the number of each.
    """

    common: DocumentTask
    names: tuple[str, ...]
    starts: array[int]
    sizes: array[int]
    rows: array[int]

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[DocumentTask]:
        one = self.common
        name, path, files, level = one.document_id, one.source_path, one.files, one.access_level
        for own, start, size, row in zip(self.names, self.starts, self.sizes, self.rows, strict=True):
            member = Member(path, own, start, start + size, row)
            yield DocumentTask(f"{name}#{own}", f"{path}#{own}", files, level, one.statements, one.additional, member)


class AlikeTasks(Protocol):
    """Tasks that have something in common, which crosses once for all of them."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[DocumentTask]: ...


@dataclass(frozen=True, slots=True)
class TaskBatch(Crossing):
    """Tasks that are worked on together, in their order.

    Attributes:
        pieces: tasks, and such as are alike.
        size: bytes to be read for them.
    """

    pieces: tuple[DocumentTask | AlikeTasks, ...]
    size: int

    def __len__(self) -> int:
        return sum(1 if isinstance(piece, DocumentTask) else len(piece) for piece in self.pieces)

    def __iter__(self) -> Iterator[DocumentTask]:
        for piece in self.pieces:
            if isinstance(piece, DocumentTask):
                yield piece
            else:
                yield from piece


def batches(tasks: Iterable[DocumentTask]) -> Iterator[tuple[DocumentTask, ...]]:
    """Tasks in batches of some dozen documents or a few megabytes, in their order."""
    batch: list[DocumentTask] = []
    size = 0
    for task in tasks:
        if batch and is_full(len(batch), size, task.size):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(task)
        size += task.size
    if batch:
        yield tuple(batch)


def is_full(count: int, octets: int, more: int) -> bool:
    """Whether a batch of so many documents and bytes is not to have another of so many bytes."""
    return count == MOST_IN_BATCH or octets + more > LARGEST_BATCH
