"""One DuckDB file with every table; the package `duckdb` is asked for only here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from archive.errors import StorageError, UsageError
from archive.exporting.bags import ExportedBag
from archive.exporting.rows import RowFormat, exported_tables
from archive.model.columns import Column, Table, Type
from archive.model.findings import Finding
from archive.tables.arrays import arrow_table, sizer
from archive.tables.rows import Row

FILE = "corpus.duckdb"
AT_ONCE_ROWS = 10_000
AT_ONCE_BYTES = 64 * 1024 * 1024
"""How much is held before it is handed over."""

KEYED = frozenset({"bags", "documents"})
"""Tables with a primary key; on larger ones DuckDB would hold the whole index in memory."""

_TYPES = {
    Type.STRING: "VARCHAR",
    Type.INTEGER: "BIGINT",
    Type.DOUBLE: "DOUBLE",
    Type.BOOLEAN: "BOOLEAN",
    Type.DATE: "DATE",
    Type.TIMESTAMP: "TIMESTAMPTZ",
    Type.STRINGS: "VARCHAR[]",
}


class DuckDatabase:
    """The file.

    Args:
        folder: where it goes.

    Raises:
        UsageError: the package `duckdb` is not installed.
    """

    def __init__(self, folder: Path) -> None:
        try:
            import duckdb
        except ImportError as error:
            what = "the format duckdb needs the package duckdb, which is not installed"
            remedy = "Install it with `pip install duckdb`, or use the format sqlite, which needs nothing"
            raise UsageError(what, remedy=remedy) from error
        self._path = folder / FILE
        self._errors = duckdb.Error
        self._connection: Any = None
        self._sizers = {table.name: sizer(table) for table in exported_tables()}
        self._held: dict[str, list[Row]] = {table.name: [] for table in exported_tables()}
        self._bytes = 0
        try:
            self._connection = duckdb.connect(str(self._path))
            for table in exported_tables():
                self._connection.execute(_definition(table))
                self._describe(table)
        except duckdb.Error as error:
            raise self._unwritable(error) from error

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        """See `archive.exporting.rows.RowSink`."""
        held = self._held[table.name]
        for row in rows:
            held.append(row)
            self._bytes += self._sizers[table.name](row)
        if len(held) >= AT_ONCE_ROWS or self._bytes >= AT_ONCE_BYTES:
            self._hand_over()

    def finish(self) -> list[Finding]:
        """See `archive.exporting.rows.RowSink`."""
        self._hand_over()
        try:
            self._connection.close()
        except self._errors as error:
            raise self._unwritable(error) from error
        return []

    def close(self) -> None:
        """See `archive.exporting.rows.RowSink`."""
        self._connection.close()

    def _hand_over(self) -> None:
        try:
            for table in exported_tables():  # those that others refer to come first
                rows, self._held[table.name] = self._held[table.name], []
                if rows:
                    self._connection.register("rows_at_hand", arrow_table(table, rows))
                    self._connection.execute(f"INSERT INTO {table.name} SELECT * FROM rows_at_hand")  # noqa: S608 - our name
                    self._connection.unregister("rows_at_hand")
        except self._errors as error:
            raise self._unwritable(error) from error
        self._bytes = 0

    def _describe(self, table: Table) -> None:
        for column in table.columns:
            said = column.description.replace("'", "''")
            self._connection.execute(f"COMMENT ON COLUMN {table.name}.{column.name} IS '{said}'")

    def _unwritable(self, error: Exception) -> StorageError:
        reason = str(error).split("\n", 1)[0]
        what = f"the database cannot be written ({reason})"
        return StorageError(what, where=str(self._path), remedy="Make room, or choose another --to")


def _definition(table: Table) -> str:
    lines = [_column(column) for column in table.columns]
    if table.name in KEYED:
        lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    return f"CREATE TABLE {table.name} ({', '.join(lines)})"


def _column(column: Column) -> str:
    return f"{column.name} {_TYPES[column.type]}{'' if column.nullable else ' NOT NULL'}"


def duckdb_format(folder: Path, _: tuple[ExportedBag, ...]) -> RowFormat:
    """The format `duckdb`."""
    return RowFormat(DuckDatabase(folder))
