"""Checks that tables say what the records say: rebuilt from the records, row by row, and compared.

The tables are a projection of the records, so any difference means that one of the two was changed afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from archive.errors import ArchiveError, BagUnreadableError
from archive.model.codes import finding
from archive.model.columns import TABLE, TABLES, Table
from archive.model.findings import Finding, Where
from archive.tables.arrays import sized_batch
from archive.tables.reader import Source, batches
from archive.tables.rows import Columns, Record, columns_of
from archive.tables.schema import arrow_schema

AT_ONCE_RECORDS, AT_ONCE_CHARACTERS = 64, 1024 * 1024
"""How much is put into columns at once, and below, how much is compared at once; the outcome does not depend on it."""
AT_ONCE_ROWS, AT_ONCE_BYTES = 5_000, 16 * 1024 * 1024

_SHOWN = 60


class Comparison:
    """Compares the tables of one bag with its records, fed in the order of the records; then ask for `findings`.

    Args:
        sources: where each table stands, by its name; a table without a source is not compared.
        folder: the payload path of the tables, for the findings.
    """

    def __init__(self, sources: Mapping[str, Source], folder: str = "data/tables") -> None:
        self._tables = [
            _Compared(table, sources[table.name], f"{folder}/{table.name}.parquet")
            for table in TABLES
            if table.name in sources
        ]
        self._waiting: list[Record] = []
        self._characters = 0

    def add(self, record: Record) -> None:
        """Compares the rows of a record, sooner or later.

        Raises:
            ArchiveError: this record, or one before it, has not the shape of a record.
        """
        self._waiting.append(record)
        self._characters += _length(record)
        if len(self._waiting) >= AT_ONCE_RECORDS or self._characters >= AT_ONCE_CHARACTERS:
            self._put_into_columns()

    def _put_into_columns(self) -> None:
        records, self._waiting, self._characters = self._waiting, [], 0
        for compared in self._tables if records else ():
            compared.add(columns_of(compared.table.name, records))

    def add_bag(self, bag: Record) -> None:
        """Compares the events of the whole bag, from `bag.json`; called once, after the records.

        Raises:
            ArchiveError: `bag` has no events, or they have not the shape of events.
        """
        self._put_into_columns()
        columns = columns_of("events", [bag])
        for compared in self._tables:
            if compared.table is TABLE["events"]:
                compared.add(columns)

    def findings(self) -> list[Finding]:
        """What was found, when everything has been added: one finding at most for each column of each table.

        Raises:
            ArchiveError: as `add`.
        """
        self._put_into_columns()
        return [one for compared in self._tables for one in compared.finish()]


def _length(record: Record) -> int:
    """Characters of the text of a record; one that has not the shape of a record is told when its columns are made."""
    try:
        return sum(len(passage["text"]) for passage in record["passages"])
    except (KeyError, TypeError):
        return 0


class _Compared:
    """One table under comparison; after its first difference it looks no further."""

    def __init__(self, table: Table, source: Source, path: str) -> None:
        self.table = table
        self._path = path
        self._found = _Rows(arrow_schema(table), batches(table, source))
        self._expected: list[pa.RecordBatch] = []
        self._rows = self._bytes = 0
        self._compared = 0
        self._findings: list[Finding] = []

    def add(self, columns: Columns) -> None:
        if self._findings or not columns[0]:
            return
        rows, size = sized_batch(self.table, columns)
        self._expected.append(rows)
        self._rows += rows.num_rows
        self._bytes += size
        if self._rows >= AT_ONCE_ROWS or self._bytes >= AT_ONCE_BYTES:
            self._compare()

    def finish(self) -> list[Finding]:
        if not self._findings:
            self._compare()
        if not self._findings:
            self._expect_the_end()
        return self._findings

    def _compare(self) -> None:
        expected = pa.Table.from_batches(self._expected, arrow_schema(self.table))
        self._expected, self._rows, self._bytes = [], 0, 0
        try:
            found = self._found.take(len(expected))
        except BagUnreadableError as error:
            self._findings.append(self._unreadable(error))
            return
        self._findings.extend(self._differences(expected.slice(0, len(found)), found))
        if len(found) < len(expected) and not self._findings:
            at = self._compared + len(found)
            self._findings.append(self._differs(None, at, "the table ends here", "a further row, as the records have"))
        self._compared += len(expected)

    def _expect_the_end(self) -> None:
        try:
            further = self._found.take(1)
        except BagUnreadableError as error:
            self._findings.append(self._unreadable(error))
            return
        if len(further):
            self._findings.append(self._differs(None, self._compared, "a further row", "the end of the table"))

    def _differences(self, expected: pa.Table, found: pa.Table) -> Iterator[Finding]:
        for name in expected.column_names:
            should, does = expected.column(name), found.column(name)
            if not should.equals(does):
                at = _first_difference(should, does)
                yield self._differs(name, self._compared + at, _shown(does[at]), _shown(should[at]))

    def _differs(self, column: str | None, at: int, found: str, expected: str) -> Finding:
        where = Where(file=self._path, row=at + 1, column=column)
        return finding("table.differs", where=where, found=found, expected=expected)

    def _unreadable(self, error: ArchiveError) -> Finding:
        return finding("table.unreadable", where=Where(file=self._path), found=error.what)


class _Rows:
    """Rows of a table that are taken a few at a time from batches of any size."""

    def __init__(self, schema: pa.Schema, source: Iterator[pa.RecordBatch]) -> None:
        self._schema = schema
        self._source = source
        self._left: pa.RecordBatch | None = None

    def take(self, count: int) -> pa.Table:
        """The next `count` rows, or as many as there are; columns that nobody knows are left out."""
        taken: list[pa.RecordBatch] = []
        while count > 0:
            batch = self._left if self._left is not None else next(self._source, None)
            if batch is None:
                break
            part = batch.slice(0, count)
            self._left = batch.slice(count) if batch.num_rows > count else None
            count -= part.num_rows
            taken.append(part.select(self._schema.names))
        return pa.Table.from_batches(taken) if taken else self._schema.empty_table()


def _first_difference(one: pa.ChunkedArray[Any], other: pa.ChunkedArray[Any]) -> int:
    """The index of the first value that differs, of two columns of one length that do differ."""
    same, length = 0, 1
    while same + length < len(one) and one.slice(same, length).equals(other.slice(same, length)):
        same, length = same + length, length * 2
    while length > 1:
        half = length // 2
        if one.slice(same, half).equals(other.slice(same, half)):
            same, length = same + half, length - half
        else:
            length = half
    return same


def _shown(value: pa.Scalar[Any]) -> str:
    try:
        shown = repr(value.as_py())
    except (ValueError, OverflowError):  # a day or a moment that Python's calendar does not have
        shown = str(value.cast(pa.int64() if pa.types.is_timestamp(value.type) else pa.int32()))
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
