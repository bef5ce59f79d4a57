"""What is judged once all documents are put together: identifiers, files without a row, levels that nobody states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice, pairwise

from archive.model.codes import finding
from archive.model.fields import FIELD
from archive.model.findings import Finding, Severity, Where
from archive.submission.bindings import Bindings
from archive.submission.configuration import Configuration
from archive.submission.draft_table import Draft
from archive.submission.drafts import Known
from archive.submission.drafts_in_order import Drafts
from archive.submission.identifiers import holds_controls, holds_undecodable, shown, unfit
from archive.submission.limits import LIMITS
from archive.submission.rows import SHEET
from archive.submission.sheet import Sheet
from archive.submission.sidecars import ENDING
from archive.submission.toml_values import CONFIGURATION

_AT_A_TIME = 4096
"""Names that are looked at together."""
_BYTES_OF_LETTER = 4
"""Of UTF-8, at most."""


def check_drafts(drafts: Drafts, known: Known, sheet: Sheet | None, configuration: Configuration) -> Iterator[Finding]:
    """Judges the documents of a corpus together.

    Args:
        drafts: the documents, sorted by identifier.
        known: what they were put together from.
        sheet: the sheet, or None where there is none.
        configuration: what corpus.toml says.
    """
    yield from _identifiers(drafts, known)
    yield from _names(drafts)
    if sheet is not None:
        yield from _without_row(drafts, known.bindings, sheet.name)
        yield from _disagreements(drafts, known.bindings, sheet)
    if configuration.is_readable:
        yield from _unstated(drafts)


def _identifiers(drafts: Drafts, known: Known) -> Iterator[Finding]:
    uses = _clashes(drafts)
    if not uses and _are_fit(chain(drafts.identifiers(), _of_members(drafts))):
        return
    for draft in drafts:
        for identifier in (draft.document_id, *(member.document_id for member in draft.members)):
            if identifier in uses:
                found = f"{uses[identifier]} documents are called {identifier}"
                yield finding(
                    "document.identifier-clash", document=draft.document_id, where=_place(draft, known), found=found
                )
            why = unfit(identifier)
            if why:
                yield finding(
                    "document.identifier-unfit", document=draft.document_id, where=_place(draft, known), found=why
                )


def _are_fit(identifiers: Iterator[str]) -> bool:
    """Whether all can be used; many are looked at together, of which nearly always all can."""
    while some := list(islice(identifiers, _AT_A_TIME)):
        are_ordinary = "".join(some).isprintable() and max(map(len, some)) * _BYTES_OF_LETTER <= LIMITS.identifier
        if not are_ordinary and any(map(unfit, some)):
            return False
    return True


def _clashes(drafts: Drafts) -> Counter[str]:
    """How often identifiers are used that are used more than once; drafts come in the order of theirs."""
    inside = Counter(_of_members(drafts))
    beside = () if drafts.are_distinct else pairwise(drafts.identifiers())
    uses = Counter(one for one, other in beside if one == other)
    uses.update(dict.fromkeys(uses, 1))
    if inside:
        once = (one for one in drafts.identifiers() if one in inside and one not in uses)
        uses.update(dict.fromkeys(once, 1))
        uses.update(inside)
    return Counter({identifier: count for identifier, count in uses.items() if count > 1})


def _of_members(drafts: Drafts) -> Iterator[str]:
    return (member.document_id for member in drafts.members())


def _names(drafts: Drafts) -> Iterator[Finding]:
    paths = drafts.paths()
    if all(map(str.isprintable, iter(lambda: "".join(islice(paths, _AT_A_TIME)), ""))):
        return
    for draft in drafts:
        for file in draft.files:
            if file.path.isprintable():
                continue
            where = Where(file=shown(file.path))
            if holds_undecodable(file.path):
                yield finding("path.not-utf8", document=draft.document_id, where=where)
            if holds_controls(file.path):
                yield finding("path.control-character", document=draft.document_id, where=where)


def _without_row(drafts: Drafts, bindings: Bindings, sheet: str) -> Iterator[Finding]:
    """A file that a misspelt row was perhaps about is refused, since that row may restrict it."""
    if all(path in bindings.files for path in drafts.paths()):
        return
    folder_rows = {row.number for row in bindings.folders.values()}
    for draft in drafts:
        if draft.members or (folder_rows and folder_rows.intersection(draft.rows)):
            continue
        for file in draft.files:
            if file.path not in bindings.files:
                is_meant = file.path in bindings.meant
                yield finding(
                    "sheet.file-without-row",
                    document=draft.document_id,
                    where=Where(file=shown(file.path)),
                    found="a row names a file like it that does not exist" if is_meant else "",
                    expected=f"a row in {sheet}",
                    severity=Severity.ERROR if is_meant else None,
                )


_OF_EACH_FILE = frozenset({"captured_at", "capture_form", "capture_tool", "source_url", "access_level"})
"""Fields in which the files of one document may differ, or for which a rule of its own holds."""


def _disagreements(drafts: Drafts, bindings: Bindings, sheet: Sheet) -> Iterator[Finding]:
    """Single values that the rows of one document's files state differently."""
    for draft in drafts.of_several_files():
        rows = [bindings.files[file.path].number for file in draft.files if file.path in bindings.files]
        first: dict[str, str] = {}
        for number in rows:
            for field, value, column in sheet.values(number):
                if FIELD[field].many or field in _OF_EACH_FILE or first.setdefault(field, value) == value:
                    continue
                where = Where(file=SHEET, row=number, column=sheet.layout.columns[column - 1].name)
                yield finding(
                    "sheet.rows-disagree",
                    document=draft.document_id,
                    where=where,
                    found=value,
                    expected=f"{first[field]}, as in the row of the document's first file",
                )


def _unstated(drafts: Drafts) -> Iterator[Finding]:
    unstated = drafts.unstated()
    if unstated:
        found = f"{len(unstated)} of {len(drafts)} documents, the first of them {unstated[0].document_id}"
        yield finding("access.unstated", where=Where(file=CONFIGURATION), found=found)


def _place(draft: Draft, known: Known) -> Where:
    return known.where(draft.files[0].path, ("identifier",))


def name_documents(findings: Iterable[Finding], drafts: Drafts, bindings: Bindings) -> Iterator[Finding]:
    """The findings, those about a row or a sidecar of one document with its identifier."""
    findings = list(findings)
    unnamed = [one.where for one in findings if one.document is None]
    rows = {where.row for where in unnamed if where.file == SHEET and where.row}
    files = {where.file.removesuffix(ENDING) for where in unnamed if where.file and where.file.endswith(ENDING)}
    if not (rows or files):
        return iter(findings)
    return _named(findings, _Owners(drafts, bindings, rows, files))


class _Owners:
    """Whom rows and sidecars speak of.

    Args:
        drafts: the documents.
        bindings: the rows.
        rows: numbers of the rows that are asked for.
        files: the files whose sidecars are asked for, as findings show them.
    """

    def __init__(self, drafts: Drafts, bindings: Bindings, rows: Collection[int], files: Collection[str]) -> None:
        of_row = {row.number: shown(path) for path, row in bindings.files.items() if row.number in rows} if rows else {}
        of_row |= {number: shown(path) for number, path in bindings.claims.items() if number in rows}
        of_row |= {
            row.number: shown(path)
            for path, members in bindings.members.items()
            for row in members.values()
            if row.number in rows
        }
        wanted = {*of_row.values(), *files}
        self._of_file = {
            path: draft.document_id for draft in drafts for file in draft.files if (path := shown(file.path)) in wanted
        }
        self._of_row = of_row

    def of(self, where: Where) -> str | None:
        """The identifier of the document that a place is about, or None."""
        if where.file == SHEET:
            return self._of_file.get(self._of_row.get(where.row or 0, ""))
        is_sidecar = where.file is not None and where.file.endswith(ENDING)
        return self._of_file.get(where.file.removesuffix(ENDING)) if where.file and is_sidecar else None


def _named(findings: Iterable[Finding], owners: _Owners) -> Iterator[Finding]:
    for one in findings:
        document = owners.of(one.where) if one.document is None else None
        yield replace(one, document=document) if document else one
