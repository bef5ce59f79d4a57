"""The files that a sheet may stand in: metadata.csv, or a workbook that is read as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.model.codes import finding
from archive.model.corpora import Corpus
from archive.model.findings import Finding, Where
from archive.submission.listing import Listing
from archive.submission.rows import SHEET
from archive.submission.sheet import Sheet, read_sheet
from archive.submission.workbooks import WORKBOOKS, read_workbook

SHEETS = (SHEET, *WORKBOOKS)
"""The names that a sheet may have, at the top of the folder; one of them may be there."""
_MISNAMED = frozenset(
    {*SHEETS, "metadata.tsv", "metadata.txt", "metadata.xls", *(f"metadata/{name}" for name in SHEETS)}
)


def read_sheet_file(name: str, data: bytes, corpus: Corpus) -> tuple[Sheet | None, list[Finding]]:
    """Reads a sheet in whatever file it stands.

    Args:
        name: of the file, one of `SHEETS`.
        data: its bytes.
        corpus: for its lists and the person's own columns.

    Returns:
        as `read_sheet`; all findings name `metadata.csv`, until `in_sheet_of` gives them the name of the file.
    """
    doubts: list[Finding] = []
    written: bytes | None = data
    if name != SHEET:
        written, doubts = read_workbook(name, data)
    if written is None:
        return None, doubts
    sheet, findings = read_sheet(written, corpus)
    return sheet and replace(sheet, name=name), [*doubts, *findings]


def in_sheet_of(name: str, one: Finding) -> Finding:
    """A finding about the sheet, under the name of the file that the person knows: every sheet is read as CSV."""
    return one if one.where.file != SHEET or name == SHEET else replace(one, where=replace(one.where, file=name))


def not_one_sheet(listing: Listing, there: Sequence[str]) -> Iterator[Finding]:
    """What is to be said where there is no sheet, or more than one.

    A sheet that is overlooked could open what should stay closed.

    Args:
        listing: the folder.
        there: the sheets that are in it.
    """
    if there:
        yield finding("sheet.several", where=Where(file=SHEET), found=" and ".join(there))
        return
    ignored = {one.path for one in listing.ignored}
    for name in SHEETS:
        if name in listing.folders or name in ignored:
            yield finding(
                "corpus.reserved-name", where=Where(file=name), found="no plain file", expected="a plain file"
            )
    for path in listing.files.ending(*_MISNAMED):
        if path.lower() in _MISNAMED:
            yield finding("sheet.misnamed", where=Where(file=path), found=path, expected=" or ".join(SHEETS))
