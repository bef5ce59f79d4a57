"""JSON lines: one file for each table, one object a line, in UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from archive.exporting.bags import ExportedBag
from archive.exporting.cells import plain
from archive.exporting.rows import RowFormat, exported_tables
from archive.model.columns import Table
from archive.model.findings import Finding
from archive.storage.trouble import told_in_words
from archive.tables.rows import Row


class Lines:
    """One file for each table.

    Args:
        folder: where they go.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened = ExitStack()
        with told_in_words(folder):
            self._files = {
                table.name: self._opened.enter_context(
                    (folder / f"{table.name}.jsonl").open(
                        "w", encoding="utf-8", errors="backslashreplace", newline="\n"
                    )
                )
                for table in exported_tables()
            }

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        """See `archive.exporting.rows.RowSink`."""
        names = [column.name for column in table.columns]
        with told_in_words(self._folder / f"{table.name}.jsonl"):
            for row in rows:
                value = dict(zip(names, map(plain, row), strict=True))
                self._files[table.name].write(json.dumps(value, ensure_ascii=False) + "\n")

    def finish(self) -> list[Finding]:
        """See `archive.exporting.rows.RowSink`."""
        with told_in_words(self._folder):
            self._opened.close()
        return []

    def close(self) -> None:
        """See `archive.exporting.rows.RowSink`."""
        self._opened.close()


def lines_format(folder: Path, _: tuple[ExportedBag, ...]) -> RowFormat:
    """The format `jsonl`."""
    return RowFormat(Lines(folder))
