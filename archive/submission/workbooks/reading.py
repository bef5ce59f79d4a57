"""From a workbook to the CSV file that it stands for, and what spreadsheet programs have done to its cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from itertools import chain

from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.model.tally import Tally
from archive.submission.limits import LIMITS
from archive.submission.rows import SHEET
from archive.submission.workbooks import ods, xlsx
from archive.submission.workbooks.cells import Aside, Cell, Doubt, Row
from archive.submission.workbooks.parts import Parts, UnreadableError

_READERS: dict[str, Callable[[Parts, Aside], Iterator[Row]]] = {"metadata.xlsx": xlsx.rows, "metadata.ods": ods.rows}
WORKBOOKS = tuple(_READERS)
"""The names that a sheet may have beside metadata.csv."""
_MOST_CELLS = 1 << 24
"""Cells of a sheet, from the first row that holds anything to the last; more is a mistake or malice."""


def read_workbook(name: str, data: bytes) -> tuple[bytes | None, list[Finding]]:
    """The sheet in a workbook as CSV: UTF-8, commas, CR LF; rows keep their numbers.

    Args:
        name: one of `WORKBOOKS`.
        data: the bytes of the workbook.

    Returns:
        the CSV file, or None where the workbook cannot be read, and what is to be said of its cells; places are those
        of `metadata.csv`, as for every sheet.
    """
    if len(data) > LIMITS.workbook:
        return None, [finding("sheet.too-large", where=Where(file=SHEET), found=f"{len(data)} bytes")]
    found = Tally()
    try:
        aside = Aside()
        written = _written(_READERS[name](Parts(data), aside), aside, found)
    except UnreadableError as error:
        return None, [finding("sheet.workbook-unreadable", where=Where(file=SHEET), found=str(error))]
    return written, list(found)


def _written(rows: Iterator[Row], aside: Aside, found: Tally) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    first = next(rows, None)
    if first is None:
        _say(aside, [], found)
        return b""
    header = [cell.text.strip() for cell in first.cells]
    is_header = first.number == 1
    reached = cells = 0
    for row in chain([first], rows):
        if row.number <= reached:
            raise UnreadableError(f"its row {row.number} stands twice")
        text.write("\r\n" * (row.number - reached - 1))
        reached = row.number
        missing = len(header) - len(row.cells) if is_header else 0
        writer.writerow([cell.text for cell in row.cells] + [""] * missing)
        cells += len(row.cells)
        if text.tell() > LIMITS.sheet or cells > _MOST_CELLS:
            raise UnreadableError("it holds more text than a sheet may")
        for at, cell in enumerate(row.cells):
            if cell.doubt:
                found.add(_doubtful(row, header[at] if at < len(header) else "", at, cell))
    _say(aside, header, found)
    return text.getvalue().encode("utf-8", "replace")


def _say(aside: Aside, header: list[str], found: Tally) -> None:
    for row, column in aside.merged:
        name = header[column - 1] if column <= len(header) else ""
        found.add(finding("sheet.cell-merged", where=Where(file=SHEET, row=row, column=name or f"number {column}")))
    if aside.others:
        seen = f"{aside.others} sheet{'s' if aside.others > 1 else ''} more"
        found.add(finding("sheet.other-sheets", where=Where(file=SHEET), found=seen))


def _doubtful(row: Row, header: str, at: int, cell: Cell) -> Finding:
    where = Where(file=SHEET, row=row.number, column=header or f"number {at + 1}")
    expected = "the date in the words of the source" if cell.doubt is Doubt.DATE else ""
    return finding(f"sheet.{cell.doubt}", where=where, found=cell.text[:80] or "no value", expected=expected)
