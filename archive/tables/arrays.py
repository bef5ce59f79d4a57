"""From rows to one Arrow table with one chunk a column, every value of the type that its column has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

import pyarrow as pa

from archive.errors import ArchiveError, LimitError
from archive.model.columns import Column, Table, Type
from archive.tables.cells import array_of
from archive.tables.rows import Columns, Row
from archive.tables.schema import arrow_schema

LONGEST_CELL = 2**31 - 1
"""Bytes of UTF-8 in one cell; the offsets of Arrow's `string` are 32 bits wide."""

_TEXTS = frozenset({Type.STRING, Type.STRINGS})
_REMEDY = "Check the records against the record schema; values that pass it have these types"


def arrow_table(table: Table, rows: Sequence[Row]) -> pa.Table:
    """The rows as an Arrow table of the table's schema.

    Args:
        table: whose columns the rows follow.
        rows: together less than 2 GiB in each column.

    Raises:
        ArchiveError: a value has not the type of its column, or is missing where none may be.
        LimitError: a value is longer than a cell can be.
    """
    columns = tuple(zip(*rows, strict=True)) or ((),) * len(table.columns)
    return pa.Table.from_batches([sized_batch(table, columns)[0]])


def sized_batch(table: Table, columns: Columns) -> tuple[pa.RecordBatch, int]:
    """The columns as an Arrow batch of the table's schema, and the bytes of text in it, in UTF-8.

    Args:
        table: whose columns they are.
        columns: each less than 2 GiB.

    Raises:
        ArchiveError, LimitError: as `arrow_table`.
    """
    beside = list(zip(table.columns, columns, strict=True))
    rows, size = sized(table, [column_array(table.name, column, cells) for column, cells in beside])
    if size > LONGEST_CELL:
        for column, cells in beside:
            _refuse_longest(column, cells)
    return rows, size


def sized(table: Table, arrays: Sequence[pa.Array[Any]]) -> tuple[pa.RecordBatch, int]:
    """The same of columns that are arrays already (`column_array`)."""
    rows = pa.RecordBatch.from_arrays(arrays, schema=arrow_schema(table))
    texts = [array.buffers()[-1] for column, array in zip(table.columns, arrays, strict=True) if column.type in _TEXTS]
    return rows, sum(text.size for text in texts if text is not None)


def weigher(table: Table) -> Callable[[Row], int]:
    """A function that gives the characters of text in a row of `table`, for rows that wait to be put into columns.

    What is no text counts nothing; `arrow_table` refuses it.
    """
    texts = tuple(at for at, column in enumerate(table.columns) if column.type is Type.STRING)
    lists = tuple(at for at, column in enumerate(table.columns) if column.type is Type.STRINGS)
    cells_of = itemgetter(*texts)

    def weigh(row: Row) -> int:
        try:
            return sum(map(len, filter(None, cells_of(row)))) + sum(len(text) for at in lists for text in row[at] or ())
        except TypeError:
            return 0

    return weigh


def column_array(table: str, column: Column, cells: Sequence[Any]) -> pa.Array[Any]:
    """The cells of one column as an array of its type.

    Args:
        table: the name of its table.
        column: it.
        cells: its values; together less than 2 GiB.

    Raises:
        ArchiveError, LimitError: as `arrow_table`.
    """
    try:
        array = array_of(column.type, cells)
    except (TypeError, ValueError, OverflowError) as error:
        _refuse_longest(column, cells)
        what = f"a value of the column '{column.name}' is no {column.type}: {error}"
        raise ArchiveError(what, where=f"table {table}", remedy=_REMEDY) from error
    if array.null_count and not column.nullable:
        what = f"a value of the column '{column.name}' is missing, where every row must have one"
        raise ArchiveError(what, where=f"table {table}", remedy=_REMEDY)
    if column.type is Type.STRINGS and any(cells) and any(None in cell for cell in cells if cell):
        what = f"a value of the column '{column.name}' is missing within a list"
        raise ArchiveError(what, where=f"table {table}", remedy=_REMEDY)
    return array


def _refuse_longest(column: Column, cells: Sequence[Any]) -> None:
    """Says so where a text is longer than a cell can be."""
    for cell in cells if column.type in _TEXTS else ():
        if cell and _exact_size(cell) > LONGEST_CELL:
            what = f"a value has more than {LONGEST_CELL:,} bytes, which no cell of a table can hold"
            raise LimitError(what, remedy="Divide the document into several, and pack those")


def _exact_size(cell: Any) -> int:
    texts = cell if isinstance(cell, list) else [cell]
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts if isinstance(text, str))
