"""One SQLite file: every table with its key, the joins between them, and a full-text index of the passages."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from archive.exporting.bags import ExportedBag
from archive.exporting.cells import plain
from archive.exporting.databases import told_of
from archive.exporting.keys import NOT_UNIQUE, constraints
from archive.exporting.rows import BAG_URN, RowFormat, exported_tables
from archive.model.columns import Column, Table, Type
from archive.model.findings import Finding
from archive.tables.rows import Row

FILE = "corpus.sqlite"
_TYPES = {Type.INTEGER: "INTEGER", Type.BOOLEAN: "INTEGER", Type.DOUBLE: "REAL"}
_TOKENS = "unicode61 remove_diacritics 2"
_FULL_TEXT = (
    f"CREATE VIRTUAL TABLE passages_search USING fts5(text, content='passages', tokenize='{_TOKENS}')",
    "INSERT INTO passages_search(passages_search) VALUES('rebuild')",
    "ANALYZE",
)


class Database:
    """The file.

    Args:
        folder: where it goes.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / FILE
        self._told = partial(told_of, path, sqlite3.IntegrityError, sqlite3.Error)
        with self._told():
            self._connection = sqlite3.connect(path, isolation_level=None)
            # Nobody sees the file before it is whole, and what is not whole is thrown away.
            for statement in (
                "PRAGMA journal_mode=OFF",
                "PRAGMA synchronous=OFF",
                *map(_definition, exported_tables()),
            ):
                self._connection.execute(statement)
            self._connection.execute("BEGIN")
        self._inserts = {
            table.name: f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608 - our names
            for table in exported_tables()
        }

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        """See `archive.exporting.rows.RowSink`."""
        with self._told():
            self._connection.executemany(self._inserts[table.name], (tuple(map(_stored, row)) for row in rows))

    def finish(self) -> list[Finding]:
        """See `archive.exporting.rows.RowSink`."""
        with self._told():
            self._connection.execute("COMMIT")
            for statement in (*_indexes(), *_FULL_TEXT):
                self._connection.execute(statement)
            self._connection.close()
        return []

    def close(self) -> None:
        """See `archive.exporting.rows.RowSink`."""
        self._connection.close()


def _definition(table: Table) -> str:
    lines = [*map(_column, table.columns), *constraints(table)]
    inner = ",\n  ".join(lines)
    return f"CREATE TABLE {table.name} (\n  {inner}\n)"


def _column(column: Column) -> str:
    return f"{column.name} {_TYPES.get(column.type, 'TEXT')}{'' if column.nullable else ' NOT NULL'}"


def _indexes() -> Iterator[str]:
    for table in exported_tables():
        names = [column.name for column in table.columns]
        if "document_id" in names and table.key[1:2] != ("document_id",):
            yield f"CREATE INDEX {table.name}_of_document ON {table.name} ({BAG_URN.name}, document_id)"
        elif table.name in NOT_UNIQUE:
            yield f"CREATE INDEX {table.name}_of_document ON {table.name} ({', '.join(table.key)})"


def _stored(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode("utf-8")
    return plain(value)


def sqlite_format(folder: Path, _: tuple[ExportedBag, ...]) -> RowFormat:
    """The format `sqlite`."""
    return RowFormat(Database(folder))
