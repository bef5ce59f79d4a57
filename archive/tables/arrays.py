"""From rows to one Arrow table with one chunk a column, every value of the type that its column has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

import pyarrow as pa

from archive.errors import ArchiveError, LimitError
from archive.model.columns import Column, Table, Type
from archive.tables.cells import array_of
from archive.tables.rows import Row
from archive.tables.schema import arrow_schema

LONGEST_CELL = 2**31 - 1
"""Bytes of UTF-8 in one cell; the offsets of Arrow's `string` are 32 bits wide."""

_BYTES_OF_A_CHARACTER = 4
_SHORT = 1000
_REMEDY = "Check the records against the record schema; values that pass it have these types"


def arrow_table(table: Table, rows: Sequence[Row]) -> pa.Table:
    """The rows as an Arrow table of the table's schema.

    Args:
        table: whose columns the rows follow.
        rows: together less than 2 GiB in each column.

    Raises:
        ArchiveError: a value has not the type of its column, or is missing where none may be.
    """
    values = zip(*rows, strict=True) if rows else (() for _ in table.columns)
    arrays = [_array(table.name, column, cells) for column, cells in zip(table.columns, values, strict=True)]
    return pa.Table.from_arrays(arrays, schema=arrow_schema(table))


def sizer(table: Table) -> Callable[[Row], int]:
    """A function that gives the bytes of text that a row of `table` takes up at most, from the row alone.

    It is called for every row, so it is quick where it can be: a short row counts four bytes for each character, in a
    longer one a text that is all ASCII counts one. What is no text counts nothing; `arrow_table` refuses it.

    Raises:
        LimitError: (the function) a value is longer than a cell can be.
    """
    texts = tuple(at for at, column in enumerate(table.columns) if column.type is Type.STRING)
    lists = tuple(at for at, column in enumerate(table.columns) if column.type is Type.STRINGS)
    cells_of = itemgetter(*texts)

    def size(row: Row) -> int:
        try:
            cells = [*filter(None, cells_of(row)), *(text for at in lists for text in row[at] or ())]
            characters = sum(map(len, cells))
        except TypeError:
            return 0
        if characters <= _SHORT:
            return _BYTES_OF_A_CHARACTER * characters
        total = sum(len(text) if text.isascii() else _BYTES_OF_A_CHARACTER * len(text) for text in cells)
        if total > LONGEST_CELL:
            _refuse_longest(row, texts, lists)
        return total

    return size


def _refuse_longest(row: Row, texts: Sequence[int], lists: Sequence[int]) -> None:
    for cell in (row[at] for at in (*texts, *lists)):
        if cell and _exact_size(cell) > LONGEST_CELL:
            what = f"a value has more than {LONGEST_CELL:,} bytes, which no cell of a table can hold"
            raise LimitError(what, remedy="Divide the document into several, and pack those")


def _exact_size(cell: str | Sequence[str]) -> int:
    texts = [cell] if isinstance(cell, str) else cell
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts if isinstance(text, str))


def _array(table: str, column: Column, cells: Sequence[Any]) -> pa.Array[Any]:
    try:
        array = array_of(column.type, cells)
    except (TypeError, ValueError, OverflowError) as error:
        what = f"a value of the column '{column.name}' is no {column.type}: {error}"
        raise ArchiveError(what, where=f"table {table}", remedy=_REMEDY) from error
    if array.null_count and not column.nullable:
        what = f"a value of the column '{column.name}' is missing, where every row must have one"
        raise ArchiveError(what, where=f"table {table}", remedy=_REMEDY)
    if column.type is Type.STRINGS and any(None in cell for cell in cells if cell):
        what = f"a value of the column '{column.name}' is missing within a list"
        raise ArchiveError(what, where=f"table {table}", remedy=_REMEDY)
    return array
