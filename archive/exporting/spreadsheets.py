"""CSV files that a spreadsheet opens rightly: a byte-order mark, CR LF, no formula, no cell that it would cut.

A spreadsheet carries out what begins like a formula, shows UTF-8 wrongly without a byte-order mark, and cuts a cell
after 32,767 characters without a word.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from archive.exporting.bags import ExportedBag
from archive.exporting.cells import cell
from archive.exporting.protocol import Noted
from archive.exporting.rows import RowFormat, exported_tables
from archive.model.columns import Table
from archive.model.findings import Finding
from archive.storage.trouble import told_in_words
from archive.tables.rows import Row

LONGEST_CELL = 32_767
"""Characters (UTF-16 code units) of a cell of Excel."""
MOST_ROWS = 1_048_576
"""Rows of a sheet of Excel, the header among them."""
LONG_CELLS = "long-cells"

_FORMULA = tuple("=+-@\t\r\n＝＋－＠'")


class Spreadsheets:
    """One file for each table.

    Args:
        folder: where they go.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._noted = Noted()
        self._rows: Counter[str] = Counter()
        self._opened = ExitStack()
        self._writers = {table.name: self._writer(table) for table in exported_tables()}

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        """See `archive.exporting.rows.RowSink`."""
        names = [column.name for column in table.columns]
        with told_in_words(self._folder / f"{table.name}.csv"):
            for row in rows:
                self._rows[table.name] += 1
                cells = [self._cell(table.name, name, value) for name, value in zip(names, row, strict=True)]
                self._writers[table.name].writerow(cells)

    def finish(self) -> list[Finding]:
        """See `archive.exporting.rows.RowSink`."""
        with told_in_words(self._folder):
            self._opened.close()
        for name, number in self._rows.items():
            if number >= MOST_ROWS:
                self._noted.add("export.too-many-rows", f"{name}.csv", found=f"{number:,} rows")
        return self._noted.findings()

    def close(self) -> None:
        """See `archive.exporting.rows.RowSink`."""
        self._opened.close()

    def _writer(self, table: Table) -> Any:
        path = self._folder / f"{table.name}.csv"
        with told_in_words(path):
            file = path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="")
            self._opened.enter_context(file)
            writer = csv.writer(file)
            writer.writerow([column.name for column in table.columns])
        return writer

    def _cell(self, table: str, column: str, value: Any) -> str:
        text = value if isinstance(value, str) else cell(value)
        if not isinstance(value, str | list):
            return text
        if text.startswith(_FORMULA):
            self._noted.add("export.neutralised", f"{table}.csv", column)
            text = f"'{text}"
        units = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
        return text if units <= LONGEST_CELL else self._aside(table, column, cell(value), units)

    def _aside(self, table: str, column: str, text: str, units: int) -> str:
        name = f"{LONG_CELLS}/{table}-{self._rows[table] + 1:07}-{column}.txt"
        path = self._folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", "backslashreplace", newline="")
        self._noted.add("export.long-cell", f"{table}.csv", column, found=name)
        return f"[{units:,} characters, in {name}]"


def spreadsheet_format(folder: Path, _: tuple[ExportedBag, ...]) -> RowFormat:
    """The format `csv`."""
    return RowFormat(Spreadsheets(folder))
