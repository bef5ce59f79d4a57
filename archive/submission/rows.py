"""Reads the rows of a sheet: what planning needs to know of each, and what is wrong with it.

Rows are numbered as a spreadsheet shows them: the header is row 1, a blank line counts, a cell with line breaks is
still one row.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from archive.model.codes import finding
from archive.model.corpora import ROLES
from archive.model.fields import AccessLevel
from archive.model.findings import Finding, Where
from archive.submission.columns import Layout, access_level_of, first_filled, strictest_of, values_of
from archive.submission.headers import Kind, nearest_of
from archive.submission.limits import LIMITS
from archive.submission.records import Record
from archive.submission.row_table import Row, RowTable

SHEET = "metadata.csv"
"""The name of the sheet, at the top of the corpus folder."""


class Rows:
    """Gathers the rows of a sheet while its records go by.

    Attributes:
        layout: the columns.
        findings: what is wrong, in the order of the rows.
        starts: the offset of each record, and the end of the last.
        rows: the rows that name something.
        blank: the numbers of the rows without any text.
    """

    def __init__(self, layout: Layout, findings: list[Finding]) -> None:
        self.layout = layout
        self.findings = findings
        self.starts = array("q", [0])
        self.rows = RowTable()
        self.blank: list[int] = []
        self._unnamed_seen: set[int] = set()

    def take(self, number: int, record: Record) -> None:
        """Takes the next record, whose number it is."""
        self.starts.append(record.end)
        if record.fault:
            code = "sheet.quotes" if record.fault == "quotes" else "sheet.cell-too-long"
            self._note(code, number)
        elif not any(map(str.strip, record.cells)):
            self.blank.append(number)
        elif number > 1:
            self._check_shape(number, record)
            self._read(number, record.cells)

    def _note(self, code: str, number: int, index: int | None = None, found: str = "", expected: str = "") -> None:
        column = None if index is None else self.layout.columns[index].name or f"number {index + 1}"
        where = Where(file=SHEET, row=number, column=column)
        self.findings.append(finding(code, where=where, found=found, expected=expected))

    def _check_shape(self, number: int, record: Record) -> None:
        cells, width = record.cells, len(self.layout.columns)
        if len(cells) < width or (len(cells) > width and any(map(str.strip, cells[width:]))):
            expected = f"{width} cells, as in the header"
            self._note("sheet.ragged-row", number, found=f"{len(cells)} cells", expected=expected)
        if record.end - record.start > LIMITS.cell:
            for index, cell in enumerate(cells[:width]):
                if len(cell) > LIMITS.cell:
                    self._note("sheet.cell-too-long", number, index, f"{len(cell)} characters")
        for index in self.layout.of_kind[Kind.UNNAMED]:
            if index not in self._unnamed_seen and (text := first_filled((index,), cells)):
                self._unnamed_seen.add(index)
                self._note("sheet.unnamed-column", number, index, text)

    def _read(self, number: int, cells: Sequence[str]) -> None:
        layout = self.layout
        filename = cells[layout.filename] if layout.filename < len(cells) else ""
        if not filename.strip():
            self._note("sheet.empty-filename", number, layout.filename)
            return
        if layout.crowded:
            self._check_crowded(number, cells)
        self.rows.add(
            Row(
                number=number,
                filename=filename,
                identifier=first_filled(layout.of_kind[Kind.IDENTIFIER], cells),
                role=self._role(number, cells),
                level=self._level(number, cells),
                is_reviewed=bool(first_filled(layout.review_date, cells)),
            )
        )

    def _check_crowded(self, number: int, cells: Sequence[str]) -> None:
        said: dict[str, int] = {}
        for field, _, column in values_of(self.layout, cells):
            if field in self.layout.crowded and said.setdefault(field, column) != column:
                text = cells[column - 1].strip()
                self._note("sheet.value-twice", number, column - 1, text, f"one value for {field}")
        roles = [index for index in self.layout.of_kind[Kind.ROLE] if first_filled((index,), cells)]
        if len(roles) > 1:
            self._note("sheet.value-twice", number, roles[1], cells[roles[1]].strip(), "one role")

    def _role(self, number: int, cells: Sequence[str]) -> str:
        text = first_filled(self.layout.of_kind[Kind.ROLE], cells)
        role = text.lower()
        if text and role not in ROLES:
            meant = nearest_of(role, ROLES)
            expected = f"perhaps {meant}" if meant else " or ".join(ROLES)
            self._note("sheet.unknown-role", number, self.layout.of_kind[Kind.ROLE][0], text, expected)
        return role if role in ROLES else ""

    def _level(self, number: int, cells: Sequence[str]) -> AccessLevel | None:
        """The level that a row states; one that nobody can read is taken for the strictest."""
        strictest = None
        for index in self.layout.access_level:
            text = cells[index].strip() if index < len(cells) else ""
            level = access_level_of(text)
            if text and level is None:
                self._note("access.unknown-level", number, index, text, " or ".join(AccessLevel))
                level = AccessLevel.RESTRICTED
            if level is not None:
                strictest = level if strictest is None else strictest_of((level, strictest))
        return strictest
