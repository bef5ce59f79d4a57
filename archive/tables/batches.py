"""Rows of one table on their way from one process to another, as Arrow lays them out (Arrow IPC, 'RecordBatch').

What a worker has put into columns is neither parsed nor converted again: whoever writes the table slices and joins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from archive.model.columns import TABLE
from archive.model.crossing import Crossing
from archive.tables.arrays import sized_batch
from archive.tables.cells import array_of
from archive.tables.extent import text_extent
from archive.tables.rows import Columns, Record, columns_of
from archive.tables.schema import arrow_schema


@dataclass(frozen=True, slots=True)
class RowBatch(Crossing):
    """Some rows of a table.

    Attributes:
        table: its name.
        count: how many.
        size: the bytes of text in all rows, in UTF-8.
        data: the rows.
    """

    table: str
    count: int
    size: int
    data: bytes

    def rows(self) -> pa.RecordBatch:
        """The rows; they share the memory of `data`."""
        return pa.ipc.read_record_batch(pa.py_buffer(self.data), arrow_schema(TABLE[self.table]))

    def with_texts(self, columns: Mapping[str, Sequence[Any]]) -> RowBatch:
        """The same with other values in some columns.

        Args:
            columns: all values of each, by its name.
        """
        rows, of_column = self.rows(), {column.name: column for column in TABLE[self.table].columns}
        for name, cells in columns.items():
            place = rows.schema.get_field_index(name)
            rows = rows.set_column(place, rows.schema.field(place), array_of(of_column[name].type, cells))
        return travelling(self.table, rows, text_extent(rows)(rows.num_rows))


def batch_of(table: str, columns: Columns) -> RowBatch:
    """Rows as they travel.

    Args:
        table: the name of a table.
        columns: its columns, each less than 2 GiB.

    Raises:
        ArchiveError: a value has not the type of its column.
        LimitError: a value is longer than a cell can be.
    """
    return travelling(table, *sized_batch(TABLE[table], columns))


def travelling(table: str, rows: pa.RecordBatch, size: int) -> RowBatch:
    """Rows of a table, with so many bytes of text in them, as they travel."""
    return RowBatch(table, rows.num_rows, size, rows.serialize().to_pybytes())


def batches_of(tables: Sequence[str], records: Sequence[Record]) -> tuple[RowBatch, ...]:
    """The rows of some records in each of some tables; a table without rows has no batch.

    Raises:
        ArchiveError: a record has not the shape of a record.
        LimitError: a value is longer than a cell can be.
    """
    found = ((table, columns_of(table, records)) for table in (tables if records else ()))
    return tuple(batch_of(table, columns) for table, columns in found if columns[0])
