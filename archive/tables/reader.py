"""Reads tables of ours back, every page against its checksum; most readers give corrupt pages silently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from archive.errors import BagUnreadableError
from archive.model.columns import Table
from archive.tables.os_files import os_file, own_file
from archive.tables.schema import LAYOUT, arrow_schema

Source = Path | BinaryIO
"""A path, or a binary file open for reading that can seek."""

BATCH_ROWS = 10_000

_RESTORE = "Restore the file from another copy of the bag, or make the tables again from the records"


def open_table(table: Table, source: Source) -> pq.ParquetFile:
    """Opens a table for reading, every page checked against its checksum when it is read.

    Columns that this version does not know are left in; those that it knows must be there with their types.

    Args:
        table: which table it should be.
        source: where it stands.

    Raises:
        BagUnreadableError: it is missing or damaged, it is of a layout that this version does not know, or columns
            are missing or of another type.
    """
    where = name_of(table, source)
    try:
        opened = os_file(source, "rb") if isinstance(source, Path) else own_file(source)
        file = pq.ParquetFile(opened, page_checksum_verification=True)
        schema = file.schema_arrow
    except FileNotFoundError as error:
        raise BagUnreadableError("the table is missing", where=where, remedy=_RESTORE) from error
    except (OSError, ValueError, pa.ArrowException) as error:
        raise damaged(table, source, error) from error
    _check_layout(file.metadata.metadata or {}, where)
    _check_columns(table, schema, where)
    return file


def batches(table: Table, source: Source, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
    """The rows of a table in order, in batches of at most `rows` that never cross a row group.

    Raises:
        BagUnreadableError: as `open_table`, or a page does not have its checksum.
    """
    file = open_table(table, source)
    try:
        for group in range(file.num_row_groups):
            missing = file.metadata.row_group(group).num_rows
            for batch in file.iter_batches(batch_size=rows, row_groups=[group]):
                missing -= batch.num_rows
                yield batch
            _check_row_group(group, missing)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise damaged(table, source, error) from error


def _check_row_group(group: int, missing: int) -> None:
    """The head of a page has no checksum of its own, and one that lies can make rows vanish without an error."""
    if missing:
        msg = f"row group {group} has {abs(missing)} rows {'fewer' if missing > 0 else 'more'} than its footer says"
        raise pa.ArrowInvalid(msg)


def name_of(table: Table, source: Source) -> str:
    """How messages call the file."""
    return str(source) if isinstance(source, Path) else f"{table.name}.parquet"


def damaged(table: Table, source: Source, error: Exception) -> BagUnreadableError:
    """The error for a file that is no Parquet file, or one that does not hold what was written to it."""
    reason = str(error).strip().rstrip(".").replace("\n", " ")
    return BagUnreadableError(
        f"the table is damaged or is no Parquet file ({reason})", where=name_of(table, source), remedy=_RESTORE
    )


def _check_layout(metadata: Mapping[bytes, bytes], where: str) -> None:
    stated = metadata.get(b"layout")
    if stated is None:
        remedy = "Read it with a program for Parquet files in general"
        raise BagUnreadableError("the file does not say that it is a table of this layout", where=where, remedy=remedy)
    layout = stated.decode("utf-8", "replace")
    if layout.split(".", 1)[0] != LAYOUT:
        what = f"the table has layout {layout}, and this version knows layout {LAYOUT}"
        raise BagUnreadableError(what, where=where, remedy="Read it with a newer version of corpus-archive")


def _check_columns(table: Table, schema: pa.Schema, where: str) -> None:
    for expected in arrow_schema(table):
        at = schema.get_field_index(expected.name)
        if at < 0:
            what = f"the column '{expected.name}' is missing, or there twice"
            raise BagUnreadableError(what, where=where, remedy=_RESTORE)
        found = schema.field(at)
        if found.type != expected.type:
            what = f"the column '{expected.name}' has the type {found.type}, not {expected.type}"
            raise BagUnreadableError(what, where=where, remedy=_RESTORE)
