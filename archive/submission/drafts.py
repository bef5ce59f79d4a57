"""Puts files together into documents: which belong together, what they are called, and who may read them.

What is put together is kept in columns (`archive.submission.draft_table`), so that a large corpus fits into memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from archive.model.codes import finding
from archive.model.containers import holds_many
from archive.model.corpora import ORIGINAL_ROLES, Corpus, PlannedFile
from archive.model.fields import AccessLevel
from archive.model.findings import Finding, Where
from archive.model.texts import Texts
from archive.submission.bindings import Bindings
from archive.submission.draft_table import Draft, DraftTable, Member
from archive.submission.drafts_in_order import Drafts
from archive.submission.files import Files
from archive.submission.identifiers import identifier_of_path, shown
from archive.submission.row_table import Row
from archive.submission.rows import SHEET
from archive.submission.sidecars import Sidecar

_AT_A_TIME = 4096
"""Files that are looked at together."""


class _Part(NamedTuple):
    """A file with its number and what speaks of it alone."""

    number: int
    file: PlannedFile
    row: Row | None
    sidecar: Sidecar | None


@dataclass(frozen=True, slots=True)
class Known:
    """What drafting needs to know.

    Attributes:
        corpus: for what it says of all documents.
        bindings: the rows.
        sidecars: path of the file that is described -> its sidecar.
        columns: what a column is about (`identifier`, `role`, `access_level`, `review_date`) -> its name as written.
    """

    corpus: Corpus
    bindings: Bindings
    sidecars: Mapping[str, Sidecar]
    columns: Mapping[str, str]

    @property
    def silent_level(self) -> AccessLevel | None:
        """The level of every document where neither a row nor a sidecar says anything and nothing is wrong, or None."""
        rows, level = self.bindings, self.corpus.access_level or AccessLevel.RESTRICTED
        is_unsaid = level is AccessLevel.EMBARGOED and self.corpus.review_date is None
        return None if is_unsaid or rows.files or rows.folders or rows.members or self.sidecars else level

    def where(self, path: str, about: Sequence[str]) -> Where:
        """The row of a file and the first of its columns that is about something; the file itself without a row."""
        row = self.bindings.files.get(path)
        return Where(file=shown(path)) if row is None else self.cell(row, about)

    def cell(self, row: Row, about: Sequence[str]) -> Where:
        """A row and the first of its columns that is about something."""
        column = next((self.columns[name] for name in about if name in self.columns), None)
        return Where(file=SHEET, row=row.number, column=column)


_ABOUT = {
    "document.identifier-role-twice": ("identifier", "role"),
    "sheet.container-row": ("role",),
    "access.conflict": ("access_level",),
    "access.embargo-without-date": ("review_date", "access_level"),
    "access.mixed-container": ("access_level",),
}
"""The columns that a finding is about, the likeliest first."""


def draft_documents(files: Files, known: Known) -> tuple[Drafts, list[Finding]]:
    """The documents of a corpus.

    Args:
        files: the files that are documents' own, sorted.
        known: what the sheet, the sidecars and corpus.toml say.

    Returns:
        the drafts sorted by identifier, and what is wrong with them.
    """
    drafting = _Drafting(known, files)
    drafting.run()
    return Drafts.sorted(drafting.table), drafting.findings


class _Drafting:
    def __init__(self, known: Known, files: Files) -> None:
        self.known = known
        self.files = files
        self.table = DraftTable(files)
        self.findings: list[Finding] = []
        self._folder_rows: dict[str, tuple[Row, ...]] = {}

    def run(self) -> None:
        """Files to which nobody gives an identifier first, then the others, by theirs."""
        named, identifiers = array("i"), Texts()
        default = self.known.silent_level
        is_stated = self.known.corpus.access_level is not None
        for some in self.files.some(_AT_A_TIME):
            for is_one, numbers in groupby(some, key=lambda number: self.files.kind_of(number) is None):
                if is_one and default is not None:
                    self.table.add_unspoken(list(numbers), default, is_stated=is_stated)
                    continue
                for part in map(self._part, numbers):
                    if holds_many(part.file.kind):
                        self._container(part)
                    elif identifier := self._identifier(part):
                        named.append(part.number)
                        identifiers.add(identifier)
                    else:
                        self._document(identifier_of_path(part.file.path), [part])
        order = sorted(range(len(named)), key=identifiers.__getitem__)
        for identifier, same in groupby(order, key=identifiers.__getitem__):
            self._together(identifier, [self._part(named[at]) for at in same])

    def _part(self, number: int) -> _Part:
        path = self.files.path(number)
        row, sidecar = self.known.bindings.files.get(path), self.known.sidecars.get(path)
        role = (row and row.role) or (sidecar and sidecar.role) or "page"
        return _Part(number, PlannedFile(path, role, self.files.size(number), self.files.kind_of(number)), row, sidecar)

    def _together(self, identifier: str, parts: list[_Part]) -> None:
        if len(parts) > 1:
            parts.sort(key=lambda part: ORIGINAL_ROLES.index(part.file.role))
            self._check_roles(identifier, parts)
        self._document(identifier, parts)

    def _identifier(self, part: _Part) -> str:
        in_row = part.row.identifier if part.row else ""
        in_sidecar = part.sidecar.identifier if part.sidecar else ""
        if in_row and in_sidecar and in_row != in_sidecar and part.sidecar:
            where = Where(file=shown(part.sidecar.path))
            self.findings.append(
                finding("sidecar.identifier-differs", document=in_row, where=where, found=in_sidecar, expected=in_row)
            )
        return in_row or in_sidecar

    def _check_roles(self, identifier: str, parts: list[_Part]) -> None:
        seen: dict[str, str] = {}
        for part in parts:
            path, role = part.file.path, part.file.role
            first = seen.setdefault(role, path)
            if first != path:
                found = f"{shown(path)} and {shown(first)} are both its {role}"
                self._note("document.identifier-role-twice", identifier, part, found)

    def _note(self, code: str, document: str, part: _Part, found: str = "", expected: str = "") -> None:
        where = self.known.where(part.file.path, _ABOUT[code])
        self.findings.append(finding(code, document=document, where=where, found=found, expected=expected))

    def _draft(self, document_id: str, parts: list[_Part], members: tuple[Member, ...] = ()) -> Draft:
        rows = [part.row for part in parts if part.row is not None]
        of_folders: dict[int, tuple[Row, AccessLevel | None]] = {}
        stated: list[AccessLevel] = []
        for part in parts:
            folders = self._rows_of_folders(part.file.path)
            of_folders |= {row.number: (row, _level_of_folder(folders[at:])) for at, row in enumerate(folders)}
            stated += _stated_levels(part, folders)
        if stated:
            level = stated[0] if len(stated) == 1 else self._strictest(document_id, parts[0], stated)
        else:
            level = self.known.corpus.access_level or AccessLevel.RESTRICTED
        rows += self._no_stricter(level, of_folders.values(), document_id)
        if level is AccessLevel.EMBARGOED and not self._is_reviewed(rows, parts):
            self._note("access.embargo-without-date", document_id, parts[0])
        return Draft(
            document_id,
            tuple([part.file for part in parts]),
            tuple(dict.fromkeys([row.number for row in rows])),
            tuple([part.file.path for part in parts if part.sidecar is not None]),
            level,
            is_stated=bool(stated) or self.known.corpus.access_level is not None,
            members=members,
        )

    def _strictest(self, document_id: str, part: _Part, stated: list[AccessLevel]) -> AccessLevel:
        distinct = sorted(set(stated), key=lambda level: level.strictness)
        if len(distinct) > 1:
            self._note("access.conflict", document_id, part, " and ".join(distinct), "one access level")
        return distinct[-1]

    def _no_stricter(
        self, level: AccessLevel, rows: Iterable[tuple[Row, AccessLevel | None]], document_id: str
    ) -> Iterator[Row]:
        """The rows of folders that may stand in a bag of a level: not those about what fewer people may read."""
        for row, stated in rows:
            if stated is None or stated.strictness <= level.strictness:
                yield row
                continue
            where = self.known.cell(row, ("access_level",))
            found, expected = f"{stated} for the folder, {level} for the document", "what may be read in its own row"
            self.findings.append(
                finding("access.stricter-folder", document=document_id, where=where, found=found, expected=expected)
            )

    def _is_reviewed(self, rows: list[Row], parts: list[_Part]) -> bool:
        return (
            self.known.corpus.review_date is not None
            or any(row.is_reviewed for row in rows)
            or any(part.sidecar.is_reviewed for part in parts if part.sidecar)
        )

    def _rows_of_folders(self, path: str) -> tuple[Row, ...]:
        """The rows of the folders that a file lies in, the innermost first."""
        if not self.known.bindings.folders:
            return ()
        folder = path.rpartition("/")[0]
        if folder not in self._folder_rows:
            rows, above = [], folder
            while above:
                rows.append(self.known.bindings.folders.get(above))
                above = above.rpartition("/")[0]
            rows.append(self.known.bindings.folders.get(""))
            self._folder_rows[folder] = tuple(row for row in rows if row is not None)
        return self._folder_rows[folder]

    def _document(self, document_id: str, parts: list[_Part]) -> None:
        """A document of its own; rows may speak of what is attached to it."""
        rows = {name: row for part in parts for name, row in self._rows_of_members(part).items()}
        draft = self._draft(document_id, parts, _members(document_id, rows))
        self._check_members(draft, rows)
        self.table.add(draft, (part.number for part in parts))

    def _rows_of_members(self, part: _Part) -> Mapping[str, Row]:
        return self.known.bindings.members.get(part.file.path, {})

    def _container(self, part: _Part) -> None:
        path = part.file.path
        document_id = self._identifier(part) or identifier_of_path(path)
        for speaker in (part.row, part.sidecar):
            if speaker is not None and speaker.role not in {"", "page"}:
                where = self.known.where(path, _ABOUT["sheet.container-row"])
                if isinstance(speaker, Sidecar):
                    where = Where(file=shown(speaker.path))
                one = finding("sheet.container-row", document=document_id, where=where, found=speaker.role)
                self.findings.append(one)
        rows = self._rows_of_members(part)
        of_container = part._replace(file=replace(part.file, role="page"))
        draft = self._draft(document_id, [of_container], _members(document_id, rows))._replace(is_container=True)
        self._check_members(draft, rows)
        self.table.add(draft, (part.number,))

    def _check_members(self, draft: Draft, rows: Mapping[str, Row]) -> None:
        for row in rows.values():
            if row.level is not None and row.level is not draft.level:
                where = self.known.cell(row, _ABOUT["access.mixed-container"])
                found, expected = f"{row.level} for a member", f"{draft.level}, as for the whole file"
                one = finding(
                    "access.mixed-container", document=draft.document_id, where=where, found=found, expected=expected
                )
                self.findings.append(one)


def _members(document_id: str, rows: Mapping[str, Row]) -> tuple[Member, ...]:
    return tuple(Member(name, row.identifier or f"{document_id}#{name}", row.number) for name, row in rows.items())


def _stated_levels(part: _Part, folders: tuple[Row, ...]) -> list[AccessLevel]:
    """What a file's own row, else the nearest folder's row states, and what its sidecar states."""
    in_sheet = part.row.level if part.row is not None else None
    if in_sheet is None and folders:
        in_sheet = _level_of_folder(folders)
    in_sidecar = part.sidecar.level if part.sidecar is not None else None
    return [level for level in (in_sheet, in_sidecar) if level is not None]


def _level_of_folder(rows: Sequence[Row]) -> AccessLevel | None:
    """The level that the nearest of the rows of a folder and of those around it states."""
    return next((row.level for row in rows if row.level is not None), None)
