"""What is judged once all documents are put together: identifiers, files without a row, levels that nobody states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from archive.model.codes import finding
from archive.model.fields import FIELD
from archive.model.findings import Finding, Severity, Where
from archive.submission.bindings import Bindings
from archive.submission.configuration import Configuration
from archive.submission.drafts import Draft, Known
from archive.submission.identifiers import holds_controls, holds_undecodable, shown, unfit
from archive.submission.rows import SHEET
from archive.submission.sheet import Sheet
from archive.submission.sidecars import ENDING
from archive.submission.toml_values import CONFIGURATION


def check_drafts(
    drafts: Sequence[Draft], known: Known, sheet: Sheet | None, configuration: Configuration
) -> Iterator[Finding]:
    """Judges the documents of a corpus together.

    Args:
        drafts: the documents.
        known: what they were put together from.
        sheet: the sheet, or None where there is none.
        configuration: what corpus.toml says.
    """
    yield from _identifiers(drafts, known)
    yield from _names(drafts)
    if sheet is not None:
        yield from _without_row(drafts, known.bindings)
        yield from _disagreements(drafts, known.bindings, sheet)
    if configuration.is_readable:
        yield from _unstated(drafts)


def _identifiers(drafts: Sequence[Draft], known: Known) -> Iterator[Finding]:
    uses = Counter(draft.document_id for draft in drafts)
    uses.update(member.document_id for draft in drafts for member in draft.members)
    for draft in drafts:
        for identifier in (draft.document_id, *(member.document_id for member in draft.members)):
            if uses[identifier] > 1:
                found = f"{uses[identifier]} documents are called {identifier}"
                yield finding(
                    "document.identifier-clash", document=draft.document_id, where=_place(draft, known), found=found
                )
            why = unfit(identifier)
            if why:
                yield finding(
                    "document.identifier-unfit", document=draft.document_id, where=_place(draft, known), found=why
                )


def _names(drafts: Sequence[Draft]) -> Iterator[Finding]:
    for draft in drafts:
        for file in draft.files:
            if file.path.isprintable():
                continue
            where = Where(file=shown(file.path))
            if holds_undecodable(file.path):
                yield finding("path.not-utf8", document=draft.document_id, where=where)
            if holds_controls(file.path):
                yield finding("path.control-character", document=draft.document_id, where=where)


def _without_row(drafts: Sequence[Draft], bindings: Bindings) -> Iterator[Finding]:
    """A file that a misspelt row was perhaps about is refused, since that row may restrict it."""
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
                    expected=f"a row in {SHEET}",
                    severity=Severity.ERROR if is_meant else None,
                )


_OF_EACH_FILE = frozenset({"captured_at", "capture_form", "capture_tool", "source_url", "access_level"})
"""Fields in which the files of one document may differ, or for which a rule of its own holds."""


def _disagreements(drafts: Sequence[Draft], bindings: Bindings, sheet: Sheet) -> Iterator[Finding]:
    """Single values that the rows of one document's files state differently."""
    for draft in drafts:
        if len(draft.files) == 1:
            continue
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


def _unstated(drafts: Sequence[Draft]) -> Iterator[Finding]:
    unstated = [draft for draft in drafts if not draft.is_stated]
    if unstated:
        found = f"{len(unstated)} of {len(drafts)} documents, the first of them {unstated[0].document_id}"
        yield finding("access.unstated", where=Where(file=CONFIGURATION), found=found)


def _place(draft: Draft, known: Known) -> Where:
    return known.where(draft.files[0].path, ("identifier",))


def name_documents(findings: Iterable[Finding], drafts: Sequence[Draft], bindings: Bindings) -> Iterator[Finding]:
    """The findings, those about a row or a sidecar of one document with its identifier."""
    findings = list(findings)
    if all(one.document is not None for one in findings):
        return iter(findings)
    return _named(findings, drafts, bindings)


def _named(findings: Iterable[Finding], drafts: Sequence[Draft], bindings: Bindings) -> Iterator[Finding]:
    of_file = {shown(file.path): draft.document_id for draft in drafts for file in draft.files}
    of_sidecar = {path + ENDING: identifier for path, identifier in of_file.items()}
    of_row: dict[int, str] = {}
    for path, row in bindings.files.items():
        of_row[row.number] = of_file.get(shown(path), "")
    for number, path in bindings.claims.items():
        of_row[number] = of_file.get(shown(path), "")
    for path, rows in bindings.members.items():
        of_row.update((row.number, of_file[shown(path)]) for row in rows.values())
    for one in findings:
        where = one.where
        document = of_row.get(where.row or 0) if where.file == SHEET else of_sidecar.get(where.file or "")
        yield replace(one, document=document) if document and one.document is None else one
