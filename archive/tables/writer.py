"""The streaming writer of the tables: records in, Parquet out, in bounded memory.

Where a row group ends depends on the rows alone, and each is written as one chunk a column, so that the same rows
give the same bytes however they arrived (with one version of pyarrow). `store_schema` is on, because it is the only
place where Parquet keeps a description of a field; the schema that it keeps has plain types alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import pyarrow as pa
import pyarrow.parquet as pq

from archive.errors import ArchiveError
from archive.model.columns import TABLE, TABLES, Table
from archive.storage.trouble import explained
from archive.tables.arrays import sized_batch, weigher
from archive.tables.batches import RowBatch
from archive.tables.behind import Behind
from archive.tables.extent import text_extent
from archive.tables.os_files import os_file
from archive.tables.rows import Record, Row, rows_of
from archive.tables.schema import Stamp, arrow_schema, key_value_metadata, repeating


@dataclass(frozen=True, slots=True)
class RowGroupLimits:
    """Where a row group ends, whichever comes first; it always has a row.

    Attributes:
        rows: at most so many rows.
        bytes: at most so many bytes of text in UTF-8, all columns together.
    """

    rows: int = 10_000
    bytes: int = 64 * 1024 * 1024


DEFAULT_LIMITS = RowGroupLimits()

_MOST_WAITING, _HEAVIEST_WAITING = 1000, 1024 * 1024
"""Rows that wait to be put into columns, and characters of text in them."""

_PARQUET: dict[str, Any] = {
    "version": "2.6",
    "data_page_version": "1.0",
    "compression": "zstd",
    "compression_level": 3,
    "write_page_checksum": True,
    "write_statistics": True,
    "write_batch_size": 1024,
    "data_page_size": 1024 * 1024,
    "dictionary_pagesize_limit": 1024 * 1024,
    "use_compliant_nested_type": True,
    "store_schema": True,
}
"""Everything that decides about bytes, spelled out, so that another default of pyarrow's changes nothing."""


class TableWriter:
    """Writes one table to one file; in a `with` statement it is closed, or abandoned after an error.

    Args:
        table: which table.
        sink: a path, whose file is made or emptied, or a binary file open for writing, which stays open.
        stamp: what the file says of its bag.
        limits: where a row group ends.

    Raises:
        StorageError: the file cannot be written.
    """

    def __init__(
        self, table: Table, sink: Path | BinaryIO, stamp: Stamp, limits: RowGroupLimits = DEFAULT_LIMITS
    ) -> None:
        self._table = table
        self._limits = limits
        self._weigh = weigher(table)
        self._pieces: list[pa.RecordBatch] = []
        self._waiting: list[Row] = []
        self._weight = 0
        self._held = 0
        self._bytes = 0
        self._name = str(sink) if isinstance(sink, Path) else f"{table.name}.parquet"
        self._own_file: pa.NativeFile | None = None
        self._behind = Behind()
        self.rows = 0
        """The rows taken so far."""
        try:
            if isinstance(sink, Path):
                self._own_file = os_file(sink, "wb")
            schema = arrow_schema(table).with_metadata(key_value_metadata(table, stamp))
            options = _PARQUET | {"use_dictionary": repeating(table)}
            self._parquet = pq.ParquetWriter(self._own_file or sink, schema, **options)
        except OSError as error:
            raise explained(error, self._name) from error

    def add(self, rows: Iterable[Row]) -> None:
        """Takes rows in, and writes a row group whenever one is full.

        Raises:
            ArchiveError: a value has not the type of its column.
            LimitError: a value is longer than a cell can be.
            StorageError: the file cannot be written.
        """
        for row in rows:
            self._waiting.append(row)
            self._weight += self._weigh(row)
            self.rows += 1
            if len(self._waiting) >= _MOST_WAITING or self._weight >= _HEAVIEST_WAITING:
                self._put_into_columns()

    def add_batch(self, batch: RowBatch) -> None:
        """Takes in rows that were put into columns elsewhere; where a row group ends is as if they came one by one.

        Raises:
            ArchiveError, LimitError, StorageError: as `add`.
        """
        self._put_into_columns()
        rows = batch.rows()
        self.rows += rows.num_rows
        self._take(rows, batch.size)

    def close(self) -> None:
        """Writes what is left and the footer, without which the file is no Parquet file.

        Raises:
            ArchiveError, LimitError, StorageError: as `add`.
        """
        self._put_into_columns()
        if self._held:
            self._write_row_group()
        try:
            self._behind.wait()
            self._parquet.close()
            if self._own_file is not None:
                self._own_file.close()
        except OSError as error:
            raise explained(error, self._name) from error

    def abandon(self) -> None:
        """Gives the file up as it stands: without a footer, so that nobody takes it for a whole table."""
        self._waiting, self._pieces, self._held = [], [], 0
        with suppress(Exception):  # of which one has been told, or nobody is to hear any more
            self._behind.wait()
        self._parquet.is_open = False  # else it writes a footer when it is collected
        if self._own_file is not None:
            with suppress(OSError):
                self._own_file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is not None:
            self.abandon()
            return
        try:
            self.close()
        except ArchiveError:
            self.abandon()
            raise

    def _put_into_columns(self) -> None:
        if self._waiting:
            rows, self._waiting, self._weight = self._waiting, [], 0
            self._take(*sized_batch(self._table, tuple(zip(*rows, strict=True))))

    def _take(self, rows: pa.RecordBatch, size: int) -> None:
        """Divides rows with so many bytes of text among the row group that waits and further ones."""
        if self._held + rows.num_rows <= self._limits.rows and self._bytes + size <= self._limits.bytes:
            self._pieces.append(rows)
            self._held += rows.num_rows
            self._bytes += size
            return
        until = text_extent(rows)
        start = 0
        while start < rows.num_rows:
            stop = self._end_of_group(until, start, rows.num_rows)
            if stop > start:
                self._pieces.append(rows.slice(start, stop - start))
                self._held += stop - start
                self._bytes += until(stop) - until(start)
            if stop < rows.num_rows:
                self._write_row_group()
            start = stop

    def _end_of_group(self, until: Callable[[int], int], start: int, stop: int) -> int:
        """The row of a batch, from `start` on, before which the row group that waits ends; `stop` where it goes on."""
        last = min(stop, start + self._limits.rows - self._held)
        most = self._limits.bytes - self._bytes + until(start)
        if until(last) > most:
            last = start + bisect_right(range(start + 1, last + 1), most, key=until)
        return max(last, start if self._held else start + 1)

    def _write_row_group(self) -> None:
        """Begins to write what waits, once the row group before is written."""
        pieces, self._pieces, self._held, self._bytes = self._pieces, [], 0, 0
        try:
            self._behind.do(lambda: self._written(pieces))
        except OSError as error:
            raise explained(error, self._name) from error

    def _written(self, pieces: list[pa.RecordBatch]) -> None:
        table = pa.Table.from_batches(pieces, arrow_schema(self._table)).combine_chunks()
        pieces.clear()  # whose memory others can use while the row group is written
        self._parquet.write_table(table, row_group_size=table.num_rows)


class TablesWriter:
    """Writes all tables of a bag; in a `with` statement they are closed, or abandoned after an error.

    The order of calls is the order of rows: records by `document_id`, then `bag.json` for the events of the bag.

    Args:
        sinks: a path or an open binary file for each table, by its name; see `in_folder`.
        stamp: what every file says of its bag.
        limits: where a row group ends.

    Raises:
        StorageError: a file cannot be written.
    """

    def __init__(
        self, sinks: Mapping[str, Path | BinaryIO], stamp: Stamp, limits: RowGroupLimits = DEFAULT_LIMITS
    ) -> None:
        with ExitStack() as opened:
            self._writers = {
                table.name: opened.enter_context(TableWriter(table, sinks[table.name], stamp, limits))
                for table in TABLES
            }
            self._opened = opened.pop_all()

    def add(self, record: Record, names: Collection[str] = TABLE) -> None:
        """Adds a record's rows to every table, or to some.

        Args:
            record: as it is published, as far as the tables named need it.
            names: the tables; all records go to each table in the same order.

        Raises:
            ArchiveError: the record has not the shape of a record.
            LimitError, StorageError: as `TableWriter.add`.
        """
        for name in names:
            self._writers[name].add(rows_of(name, record))

    def add_batch(self, batch: RowBatch) -> None:
        """Adds rows that were put into columns elsewhere, to the table that they are of.

        Raises:
            ArchiveError, LimitError, StorageError: as `TableWriter.add_batch`.
        """
        self._writers[batch.table].add_batch(batch)

    def add_bag(self, bag: Record) -> None:
        """Adds the events of the whole bag, from what becomes `bag.json`; called once, after the records.

        Raises:
            ArchiveError, LimitError, StorageError: as `add`.
        """
        self._writers["events"].add(rows_of("events", bag))

    @property
    def rows(self) -> dict[str, int]:
        """The rows taken so far, by table."""
        return {name: writer.rows for name, writer in self._writers.items()}

    def close(self) -> None:
        """Finishes every file.

        Raises:
            ArchiveError, LimitError, StorageError: as `add`.
        """
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._opened.__exit__(kind, error, traceback)


def in_folder(folder: Path) -> dict[str, Path]:
    """The path of each table's file in `folder` (`data/tables` of a bag), by the table's name."""
    return {table.name: folder / f"{table.name}.parquet" for table in TABLES}
