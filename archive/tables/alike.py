"""Rows of records that differ in little: those of one are repeated, and what differs is put in column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import pyarrow as pa

from archive.model.columns import TABLE, Column, Table, Type
from archive.tables.arrays import column_array, sized
from archive.tables.batches import RowBatch, travelling
from archive.tables.rows import Columns, Record, columns_of

Values = Mapping[str, Sequence[Any]]
"""What stands where records differ: a value for each record, by its name."""
Arrays = dict[tuple[str, Type, bool], "pa.Array[Any]"]
"""The same as columns of a type, which may have holes or not."""


class AlikeRows:
    """What the rows of some records share; for one process.

    Args:
        tables: the names of the tables.
        record: one of the records, with a mark in the place of each value that differs.
        marks: what then stands in a cell, and nowhere else, by which value it is; of a list, as a tuple.

    Raises:
        ArchiveError: the record has not the shape of a record.
    """

    def __init__(self, tables: Sequence[str], record: Record, marks: Mapping[Any, str]) -> None:
        found = [(TABLE[name], columns_of(name, [record])) for name in tables]
        self._tables = [_AlikeTable(table, columns, marks) for table, columns in found if columns[0]]

    def batches(self, values: Values, count: int) -> tuple[RowBatch, ...]:
        """What `archive.tables.batches.batches_of` makes of the records; a table without rows has no batch.

        Args:
            values: what stands in them, under all names that the marks have.
            count: how many records there are, one or more; together less than 2 GiB in each column.

        Raises:
            ArchiveError: a value has not the type of its column.
        """
        shared: Arrays = {}
        return tuple(one.batch(values, count, shared) for one in self._tables)


class _AlikeTable:
    """The rows of one table; the columns in which records do not differ are kept as long as as many are asked for."""

    def __init__(self, table: Table, columns: Columns, marks: Mapping[Any, str]) -> None:
        self._table = table
        self._columns = [
            (column, cells, [_name_in(cell, marks) for cell in cells])
            for column, cells in zip(table.columns, columns, strict=True)
        ]
        self._count = 0
        self._alike: dict[str, pa.Array[Any]] = {}

    def batch(self, values: Values, count: int, shared: Arrays) -> RowBatch:
        """The rows; `shared` are values that stand in several columns, also of other tables."""
        if count != self._count:
            self._count = count
            self._alike = {
                column.name: self._array(column, list(cells) * count)
                for column, cells, names in self._columns
                if not any(names)
            }
        arrays = [
            self._alike[column.name]
            if column.name in self._alike
            else self._differing(column, cells, names, values, shared)
            for column, cells, names in self._columns
        ]
        return travelling(self._table.name, *sized(self._table, arrays))

    def _differing(
        self, column: Column, cells: Sequence[Any], names: Sequence[str | None], values: Values, shared: Arrays
    ) -> pa.Array[Any]:
        """A column in which records differ."""
        if len(names) > 1 or names[0] is None:
            return self._array(column, self._cells(cells, names, values))
        key = names[0], column.type, column.nullable
        if key not in shared:
            shared[key] = self._array(column, values[names[0]])
        return shared[key]

    def _array(self, column: Column, cells: Sequence[Any]) -> pa.Array[Any]:
        return column_array(self._table.name, column, cells)

    def _cells(self, cells: Sequence[Any], names: Sequence[str | None], values: Values) -> Sequence[Any]:
        """The cells of a column in which records differ."""
        own = [[cell] * self._count if name is None else values[name] for cell, name in zip(cells, names, strict=True)]
        return own[0] if len(own) == 1 else list(chain.from_iterable(zip(*own, strict=True)))


def _name_in(cell: Any, marks: Mapping[Any, str]) -> str | None:
    return marks.get(tuple(cell) if isinstance(cell, list) else cell)
