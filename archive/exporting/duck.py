"""One DuckDB file: every table with its key, the joins between them, and a search in the passages.

The file is of the oldest format that DuckDB still writes, so that versions from 1.1 on open it. The package `duckdb` is
asked for only here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from importlib.resources import files
from pathlib import Path

from archive.engine.interrupts import deferred
from archive.errors import UsageError
from archive.exporting.bags import ExportedBag
from archive.exporting.databases import told_of
from archive.exporting.keys import constraints
from archive.exporting.rows import RowFormat, exported_tables
from archive.model.columns import Column, Table, Type
from archive.model.findings import Finding
from archive.tables.arrays import arrow_table, weigher
from archive.tables.rows import Row

FILE = "corpus.duckdb"
AT_ONCE_ROWS = 10_000
AT_ONCE_BYTES = 64 * 1024 * 1024
"""How much is held before it is handed over."""

SEARCH = "duck_search.sql"
FORMAT = "v1.0.0"
"""The version of DuckDB whose format of files is written."""
MEMORY = "512MB"
"""What DuckDB holds at most before it spills."""

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
        UsageError: the package `duckdb` is not installed, or cannot write to this path.
        StorageError: the file cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        try:
            with deferred():
                import duckdb
        except ImportError as error:
            what = "the format duckdb needs the package duckdb, which is not installed"
            remedy = "Install it with `pip install duckdb`, or use the format sqlite, which needs nothing"
            raise UsageError(what, remedy=remedy) from error
        self._path = folder / FILE
        try:
            str(self._path).encode("utf-8")
        except UnicodeEncodeError as error:
            what = "DuckDB cannot write a file whose path is not UTF-8"
            raise UsageError(what, where=str(self._path), remedy="Give another folder with --to") from error
        self._told = partial(told_of, self._path, duckdb.ConstraintException, duckdb.Error)
        self._weighers = {table.name: weigher(table) for table in exported_tables()}
        self._held: dict[str, list[Row]] = {table.name: [] for table in exported_tables()}
        self._bytes = 0
        self._connection = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": f"{self._path}.tmp"})
        with self._told():
            self._connection.execute(f"ATTACH {_quoted(str(self._path))} AS corpus (STORAGE_VERSION '{FORMAT}')")
            self._connection.execute("USE corpus")
            for table in exported_tables():
                self._connection.execute(_definition(table))
                self._describe(table)

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        """See `archive.exporting.rows.RowSink`."""
        held = self._held[table.name]
        for row in rows:
            held.append(row)
            self._bytes += self._weighers[table.name](row)
        if len(held) >= AT_ONCE_ROWS or self._bytes >= AT_ONCE_BYTES:
            self._hand_over()

    def finish(self) -> list[Finding]:
        """See `archive.exporting.rows.RowSink`."""
        self._hand_over()
        with self._told():
            for statement in (*search_statements(), "USE memory", "DETACH corpus"):
                self._connection.execute(statement)
            self._connection.close()
        return []

    def close(self) -> None:
        """See `archive.exporting.rows.RowSink`."""
        self._connection.close()

    def _hand_over(self) -> None:
        with self._told():
            for table in exported_tables():  # those that others refer to come first
                rows, self._held[table.name] = self._held[table.name], []
                if rows:
                    self._connection.register("rows_at_hand", arrow_table(table, rows))
                    self._connection.execute(f"INSERT INTO {table.name} SELECT * FROM rows_at_hand")  # noqa: S608 - our name
                    self._connection.unregister("rows_at_hand")
        self._bytes = 0

    def _describe(self, table: Table) -> None:
        for column in table.columns:
            said = _quoted(column.description)
            self._connection.execute(f"COMMENT ON COLUMN {table.name}.{column.name} IS {said}")


def search_statements() -> list[str]:
    """The statements that make an index of the passages, and a macro that searches it."""
    return files("archive.exporting").joinpath(SEARCH).read_text("utf-8").split(";\n")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _definition(table: Table) -> str:
    return f"CREATE TABLE {table.name} ({', '.join([*map(_column, table.columns), *constraints(table)])})"


def _column(column: Column) -> str:
    return f"{column.name} {_TYPES[column.type]}{'' if column.nullable else ' NOT NULL'}"


def duckdb_format(folder: Path, _: tuple[ExportedBag, ...]) -> RowFormat:
    """The format `duckdb`."""
    return RowFormat(DuckDatabase(folder))
