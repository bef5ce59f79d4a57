"""Rows of one table on their way from one process to another, as Arrow lays them out (Arrow IPC, 'RecordBatch').

What a worker has put into columns is neither parsed nor converted again: whoever writes the table slices and joins.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pyarrow as pa

from archive.model.columns import TABLE
from archive.model.crossing import Crossing
from archive.tables.arrays import arrow_table, sizer
from archive.tables.cells import array_of
from archive.tables.rows import Record, Row, rows_of
from archive.tables.schema import arrow_schema


@dataclass(frozen=True, slots=True)
class RowBatch(Crossing):
    """Some rows of a table.

    Attributes:
        table: its name.
        sizes: what each row takes up, as `archive.tables.arrays.sizer` counts; 8 bytes a row.
        data: the rows.
    """

    table: str
    sizes: bytes
    data: bytes

    def rows(self) -> pa.RecordBatch:
        """The rows; they share the memory of `data`."""
        return pa.ipc.read_record_batch(pa.py_buffer(self.data), arrow_schema(TABLE[self.table]))

    def with_texts(self, columns: Mapping[str, Sequence[Any]]) -> RowBatch:
        """The same with other values in some columns, none of them longer than what it replaces.

        Args:
            columns: all values of each, by its name.
        """
        rows, of_column = self.rows(), {column.name: column for column in TABLE[self.table].columns}
        for name, cells in columns.items():
            place = rows.schema.get_field_index(name)
            rows = rows.set_column(place, rows.schema.field(place), array_of(of_column[name].type, cells))
        return RowBatch(self.table, self.sizes, rows.serialize().to_pybytes())


def batch_of(table: str, rows: Sequence[Row]) -> RowBatch:
    """Rows as they travel.

    Args:
        table: the name of a table.
        rows: at least one; together less than 2 GiB in each column.

    Raises:
        ArchiveError: a value has not the type of its column.
        LimitError: a value is longer than a cell can be.
    """
    sizes = array("q", map(sizer(TABLE[table]), rows))
    (batch,) = arrow_table(TABLE[table], rows).to_batches()
    return RowBatch(table, sizes.tobytes(), batch.serialize().to_pybytes())


def batches_of(tables: Sequence[str], records: Sequence[Record]) -> tuple[RowBatch, ...]:
    """The rows of some records in each of some tables; a table without rows has no batch.

    Raises:
        ArchiveError: a record has not the shape of a record.
        LimitError: a value is longer than a cell can be.
    """
    found = ((table, list(chain.from_iterable(rows_of(table, record) for record in records))) for table in tables)
    return tuple(batch_of(table, rows) for table, rows in found if rows)


def sizes_of(batch: RowBatch) -> array[int]:
    """What each row of a batch takes up."""
    sizes = array("q")
    sizes.frombytes(batch.sizes)
    return sizes
