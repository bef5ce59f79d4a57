"""How many bytes of text the rows of a batch take up, read off their offsets (Arrow Columnar Format 1.4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa


def text_extent(rows: pa.RecordBatch) -> Callable[[int], int]:
    """A function that gives the bytes of text in all rows of a batch before a row, in UTF-8.

    Args:
        rows: a batch as it was made or read, no slice of one.
    """
    texts, lists = [], []
    for column in rows.columns:
        if pa.types.is_string(column.type):
            texts.append(_offsets(column.buffers()[1], rows.num_rows))
        elif pa.types.is_list(column.type):
            outer = _offsets(column.buffers()[1], rows.num_rows)
            lists.append((outer, _offsets(column.buffers()[3], outer[-1])))

    def until(row: int) -> int:
        return sum([ends[row] for ends in texts]) + sum([ends[outer[row]] for outer, ends in lists])

    return until


def _offsets(buffer: Any, length: int) -> memoryview:
    """The offsets of so many values; where there is no text there need be none."""
    found = memoryview(buffer if buffer is not None and buffer.size else bytes(4 * (length + 1)))
    return found.cast("i")
