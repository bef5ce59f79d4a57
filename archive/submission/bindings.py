"""Binds the rows of the sheet to what they name, and finds the rows that name nothing or the same thing twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.submission.file_rows import FileRows
from archive.submission.filenames import Missing, Names
from archive.submission.files import Files
from archive.submission.identifiers import shown
from archive.submission.row_table import Row
from archive.submission.rows import SHEET
from archive.submission.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Bindings:
    """Who the rows speak of.

    Attributes:
        files: path -> its row.
        folders: folder -> its row; the empty path is the whole corpus.
        members: container -> member -> its row.
        claims: the number of a second row -> the path of the file that it names again.
        meant: files that a row without a file was perhaps about.
    """

    files: Mapping[str, Row] = field(default_factory=dict)
    folders: dict[str, Row] = field(default_factory=dict)
    members: dict[str, dict[str, Row]] = field(default_factory=dict)
    claims: dict[int, str] = field(default_factory=dict)
    meant: set[str] = field(default_factory=set)


def bind(sheet: Sheet, files: Files, names: Names) -> tuple[Bindings, list[Finding]]:
    """Binds every row to its file, folder or member.

    Args:
        sheet: the sheet.
        files: what the rows may name.
        names: finds it by its name.

    Returns:
        the bindings, and a finding for each row that could not be bound; its `document` is the identifier that the
        row gives, else the name that it gives.
    """
    of_files, findings = FileRows(files, sheet.rows), list[Finding]()
    bindings = Bindings(of_files)
    column = sheet.layout.columns[sheet.layout.filename].name
    for place, row in enumerate(sheet.rows):
        target = names.find(row.filename)
        if isinstance(target, Missing):
            where = Where(file=SHEET, row=row.number, column=column)
            document = row.identifier or shown(row.filename.strip())
            findings.append(finding(target.code, document=document, where=where, found=shown(target.found)))
            if target.meant is not None:
                bindings.meant.add(target.meant)
            continue
        if target.is_folder:
            first = bindings.folders.setdefault(target.path, row)
        elif target.member is None:
            first = of_files.claim(target.path, place)
        else:
            first = bindings.members.setdefault(target.path, {}).setdefault(target.member, row)
        if first.number != row.number:
            bindings.claims[row.number] = target.path
            where = Where(file=SHEET, row=row.number, column=column)
            found = f"{shown(row.filename.strip())}, which row {first.number} names as well"
            findings.append(finding("sheet.duplicate-row", where=where, found=found))
    return bindings, findings
