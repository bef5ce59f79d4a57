"""Divides a corpus by access level: for each level its documents and the part of the submission that is theirs.

The promise: the part for a level equals the whole plan of the same corpus with all other documents, rows and sidecars
removed; same documents, same statements, same locators, same bytes under `submission/`. So a locator counts the rows
of the sheet as it stands in that bag, and a row is copied with its own bytes. Of what is ignored a bag knows a number
alone: of the hidden files, links and the like that lie in one folder with documents of its own.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, overload

from archive.model.annotations import FILE as ANNOTATIONS
from archive.model.corpora import AlikeDocuments, Ignored, LevelPlan, PlannedDocument, PlannedDocuments, SubmittedFile
from archive.model.fields import AccessLevel, Source
from archive.model.findings import Where
from archive.model.statements import Statement
from archive.submission.annotations import Annotations
from archive.submission.draft_table import Draft, Member
from archive.submission.drafts_in_order import Drafts
from archive.submission.identifiers import shown
from archive.submission.redactions import Redactions
from archive.submission.rows import SHEET
from archive.submission.sheet import Sheet
from archive.submission.sidecars import ENDING, Sidecar, sidecar_values
from archive.submission.toml_values import CONFIGURATION

SUBMISSION = "data/submission/"
"""Where the submission is kept in a bag."""
_SHEET_IN_BAG = SUBMISSION + SHEET
ARCHIVIST = "archivist"
"""Who speaks in the sheet and in sidecars."""


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a corpus folder holds, read.

    Attributes:
        configuration: the bytes of corpus.toml.
        sheet: the sheet, or None.
        sidecars: path of the file that is described -> its sidecar.
        schema: the path of the person's own schema, or None.
        tag_files: the paths of the files that become tag files of the bag.
        drafts: the documents, sorted by identifier.
        statements: what corpus.toml says of every document.
        own_columns: names that corpus.toml declares as the person's own.
        annotations: what annotations.jsonl says of words in the documents.
        redactions: the list of passages that are withheld, or None.
        ignored: what in the folder is no document.
    """

    configuration: bytes
    sheet: Sheet | None
    sidecars: Mapping[str, Sidecar]
    schema: str | None
    drafts: Drafts
    statements: tuple[Statement, ...]
    own_columns: tuple[str, ...]
    annotations: Annotations
    redactions: Redactions | None = None
    ignored: tuple[Ignored, ...] = ()
    tag_files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planner:
    """Makes the plan of a document from its draft.

    Attributes:
        contents: the corpus.
        rows: the numbers of the sheet's rows that belong to the level, in order: the first is the header.
    """

    contents: Contents
    rows: Sequence[int]

    def plan(self, draft: Draft) -> PlannedDocument:
        """The plan of a document, its statements in it, the strongest first."""
        members = {member.name: self._member(draft, member) for member in draft.members}
        return self._plan(draft, draft.document_id, draft.rows, members)

    def _member(self, draft: Draft, member: Member) -> PlannedDocument:
        planned = self._plan(draft, member.document_id, (member.row, *draft.rows), {})
        if draft.is_container:
            return planned
        # What an archive needs of a letter is not about what is attached to it.
        return replace(planned, additional=self._sheet_additional(member.row))

    def _plan(
        self, draft: Draft, document_id: str, rows: Sequence[int], members: dict[str, PlannedDocument]
    ) -> PlannedDocument:
        statements: list[Statement] = []
        additional: dict[str, Any] = {}
        for rank, number in enumerate(rows):
            statements.extend(self._of_row(rank, number))
            additional = self._sheet_additional(number) | additional
        for rank, path in enumerate(draft.sidecars):
            said = sidecar_values(self.contents.sidecars[path], self.contents.own_columns)
            file = SUBMISSION + path + ENDING
            statements.extend(
                Statement(field, value, Source.SIDECAR, ARCHIVIST, file, pointer, rank=rank)
                for field, value, pointer in said.values
            )
            additional = {**said.additional, **additional}
        return PlannedDocument(
            document_id=document_id,
            files=draft.files,
            access_level=draft.level,
            statements=(*statements, *self.contents.statements),
            additional=additional,
            is_container=draft.is_container,
            members=members,
        )

    def _of_row(self, rank: int, number: int) -> Iterator[Statement]:
        if self.contents.sheet is None:
            return
        place = bisect_left(self.rows, number) + 1  # in the sheet of the level
        cell, source = f"cell={place},", Source.SHEET
        for field, value, column in self.contents.sheet.values(number):
            yield Statement(field, value, source, ARCHIVIST, _SHEET_IN_BAG, cell + str(column), rank=rank)

    def _sheet_additional(self, number: int) -> dict[str, Any]:
        return {} if self.contents.sheet is None else dict(self.contents.sheet.additional(number))


class Documents(PlannedDocuments):
    """Plans of documents, made when they are asked for.

    Args:
        drafts: the documents, in order.
        planners: what makes the plans, for each level.
    """

    __slots__ = ("_drafts", "_planners")

    def __init__(self, drafts: Drafts, planners: Mapping[AccessLevel, Planner]) -> None:
        self._drafts = drafts
        self._planners = planners

    def __len__(self) -> int:
        return len(self._drafts)

    @overload
    def __getitem__(self, index: int) -> PlannedDocument: ...
    @overload
    def __getitem__(self, index: slice) -> Documents: ...
    def __getitem__(self, index: int | slice) -> PlannedDocument | Documents:
        if isinstance(index, slice):
            return Documents(self._drafts[index], self._planners)
        draft = self._drafts[index]
        return self._planners[draft.level].plan(draft)

    def paths(self) -> Iterator[str]:
        """See `PlannedDocuments`."""
        return self._drafts.paths()

    def pieces(self, most: int) -> Iterator[PlannedDocument | AlikeDocuments]:
        """See `PlannedDocuments`."""
        planners = self._planners
        for one in self._drafts.pieces(most):
            planner = planners[one.level]
            if isinstance(one, Draft):
                yield planner.plan(one)
            else:
                yield AlikeDocuments(one.paths, one.sizes, one.level, planner.contents.statements)

    def octets(self) -> int:
        """See `PlannedDocuments`."""
        return self._drafts.octets()

    def hold_several(self) -> bool:
        """See `PlannedDocuments`."""
        return self._drafts.hold_several()

    def __iter__(self) -> Iterator[PlannedDocument]:
        planners = self._planners
        return (planners[draft.level].plan(draft) for draft in self._drafts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Documents):
            return NotImplemented
        return len(self) == len(other) and all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # a sequence that is compared by its members


@dataclass(frozen=True, slots=True)
class Partition:
    """A corpus divided by access level.

    Attributes:
        levels: a plan for each level that has a document, the most open first.
        documents: the documents of all levels, sorted by identifier.
        planners: level -> what makes the plans of its documents.
    """

    levels: tuple[LevelPlan, ...]
    documents: Documents
    planners: Mapping[AccessLevel, Planner]

    def where(self, document: PlannedDocument, statement: Statement) -> Where:
        """The place of a statement in the corpus folder, as a person finds it: row and column of the whole sheet."""
        planner = self.planners[document.access_level]
        sheet = planner.contents.sheet
        if statement.source is Source.SHEET and sheet is not None:
            row, _, column = statement.locator.removeprefix("cell=").partition(",")
            name = sheet.layout.columns[int(column) - 1].name
            return Where(file=sheet.name, row=planner.rows[int(row) - 1], column=name)
        return Where(file=shown(statement.file.removeprefix(SUBMISSION)), pointer=statement.locator)


def divide(contents: Contents, without: Collection[str] = (), also: Collection[AccessLevel] = ()) -> Partition:
    """Divides a corpus.

    Args:
        contents: the corpus.
        without: identifiers of documents to leave out, with their rows and sidecars.
        also: levels that have a plan even where no document is of them.
    """
    drafts = contents.drafts.without(without)
    levels, planners = [], {}
    for level in AccessLevel:
        own = drafts.of(level)
        if own or level in also:
            planners[level] = Planner(contents, _rows_of(contents.sheet, own) if contents.sheet else ())
            annotations = _annotations(contents, own, without)
            submission = _submission(contents, own, planners[level].rows, annotations)
            documents = Documents(own, {level: planners[level]})
            ignored = _ignored_beside(own, contents.ignored)
            levels.append(LevelPlan(level, documents, submission, annotations.annotations, ignored))
    return Partition(tuple(levels), Documents(drafts, planners), planners)


def _annotations(contents: Contents, drafts: Drafts, without: Collection[str]) -> Annotations:
    if not contents.annotations.lines:
        return contents.annotations
    return contents.annotations.of(frozenset(drafts.identifiers()), without)


_LIES_BESIDE = frozenset({"hidden", "system", "link", "special"})
"""What is ignored for its own sake. A folder is empty, or a sidecar describes nothing, because of other documents."""


def _ignored_beside(drafts: Drafts, ignored: Iterable[Ignored]) -> int:
    beside = [one.path.rpartition("/")[0] for one in ignored if one.kind in _LIES_BESIDE]
    if not beside:
        return 0
    folders = {path.rpartition("/")[0] for path in drafts.paths()}
    return sum(folder in folders for folder in beside)


def _rows_of(sheet: Sheet, drafts: Drafts) -> array[int]:
    """The header, the blank rows, and the rows that speak of the drafts."""
    is_own = bytearray(len(sheet.starts))
    for number in chain((1,), sheet.blank, drafts.rows()):
        is_own[number] = 1
    return array("i", (number for number, own in enumerate(is_own) if own))


def _submission(
    contents: Contents, drafts: Drafts, rows: Sequence[int], annotations: Annotations
) -> tuple[SubmittedFile, ...]:
    kept = [SubmittedFile(CONFIGURATION, data=contents.configuration)]
    if annotations.lines:
        kept.append(SubmittedFile(ANNOTATIONS, data=annotations.data))
    if contents.sheet is not None:
        is_whole = len(rows) == len(contents.sheet.starts) - 1
        data = contents.sheet.data if is_whole else b"".join(map(contents.sheet.bytes_of, rows))
        kept.append(SubmittedFile(SHEET, data=data))
    if contents.schema is not None:
        kept.append(SubmittedFile(contents.schema, copy_of=contents.schema))
    kept.extend(SubmittedFile(path, copy_of=path) for path in contents.tag_files if path != contents.schema)
    if contents.redactions is not None:
        withheld = contents.redactions.of(frozenset(drafts.identifiers()))
        if withheld:  # in the bag of the documents that they quote, and in no other
            kept.append(SubmittedFile(contents.redactions.path, data=withheld))
    for draft in drafts.with_sidecars():
        kept.extend(SubmittedFile(path + ENDING, data=contents.sidecars[path].data) for path in draft.sidecars)
    return tuple(sorted(kept, key=lambda file: file.path.encode("utf-8", "surrogateescape")))
