"""Tasks of the documents in one container: what holds for each of them of what is said of the container."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.model.containers import PDF
from archive.model.corpora import PlannedDocument
from archive.model.crossing import Crossing
from archive.model.fields import Source
from archive.model.statements import OF_MANY, Statement
from archive.packing.software import NAME
from archive.packing.tasks import DocumentTask, as_stored
from archive.sources.containers import Member

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
        self._of_container = task._replace(files=task.files[:1], laid_by="")
        self.common = self._of_container._replace(
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
            self.common.statements if own is None else _of_one(as_stored(own.statements, self._renamed)),
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
    return pattern._replace(
        document_id=f"{container.document_id}#{member.name}" if own is None else own.document_id,
        source_path=f"{pattern.source_path}#{member.name}",
        statements=(*(one for one in said if _holds_for_attached(one, own is not None)), part),
        additional={} if own is None else own.additional,
        member=member,
    )


def _holds_for_attached(one: Statement, has_own_row: bool) -> bool:  # noqa: FBT001 - one property of the document
    """Whether what people say holds for what is attached to a letter, too: what it is, and not what it says."""
    return (has_own_row and _is_of_row(one)) or one.source is Source.CORPUS or one.field in _OF_WHOLE_LETTER


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


def _is_of_row(one: Statement) -> bool:
    """Whether the row of a document in a container says it, and not that of the container or of a folder."""
    return one.source is Source.SHEET and not one.rank


def _of_one(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """What people say of a document in a container, of which a row speaks, and of the container as a whole."""
    return tuple(one if _is_of_row(one) else one._replace(rank=one.rank + OF_MANY) for one in statements)


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
