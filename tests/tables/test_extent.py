from __future__ import annotations

from archive.model.columns import DOCUMENTS, TABLES
from archive.tables.arrays import sized_batch
from archive.tables.batches import batch_of
from archive.tables.extent import text_extent
from archive.tables.rows import columns_of, rows_of


def size(row) -> int:
    cells = [cell for value in row for cell in (value if isinstance(value, list) else [value])]
    return sum(len(cell.encode("utf-8")) for cell in cells if isinstance(cell, str))


def test_the_text_before_each_row_is_counted_in_bytes(make_record):
    texts = [["One."], [], ["Zwei für", "北京"]]
    records = [make_record(f"a{at}", some, creators=["Ö", "N"] * at) for at, some in enumerate(texts)]
    for table in TABLES:
        rows = [row for record in records for row in rows_of(table.name, record)]
        batch = batch_of(table.name, columns_of(table.name, records))
        until = text_extent(batch.rows())
        assert until(len(rows)) == batch.size
        assert [until(at) for at in range(len(rows) + 1)] == [sum(map(size, rows[:at])) for at in range(len(rows) + 1)]


def test_without_rows_there_is_no_text():
    rows, size = sized_batch(DOCUMENTS, columns_of("documents", []))
    assert text_extent(rows)(0) == size == 0
