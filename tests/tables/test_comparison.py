from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import ArchiveError
from archive.tables import comparison
from archive.tables.comparison import Comparison
from archive.tables.writer import RowGroupLimits


@pytest.fixture
def records(make_record):
    return [make_record(f"{at:02}", ["One.", "Two.", f"And {at}."], creators=["A", "B"]) for at in range(8)]


def rewritten(path, change):
    """The same table with a change, its metadata kept."""
    found = pq.read_table(path)
    pq.write_table(change(found), path)


def with_value(table, column, at, value):
    values = table[column].to_pylist()
    values[at] = value
    index = table.schema.get_field_index(column)
    return table.set_column(index, table.schema.field(index), pa.array(values, table.schema.field(index).type))


def compare(records, bag, sources):
    comparison = Comparison(sources)
    for record in records:
        comparison.add(record)
    comparison.add_bag(bag)
    return comparison.findings()


def summary(findings):
    return [(one.code, one.where.file, one.where.row, one.where.column, one.found, one.expected) for one in findings]


def test_tables_that_follow_from_the_records_have_no_findings(write_tables, records, make_bag):
    paths = write_tables(records, limits=RowGroupLimits(rows=5))
    assert compare(records, make_bag(), paths) == []


def test_how_much_is_compared_at_once_does_not_matter(write_tables, records, make_bag, monkeypatch):
    paths = write_tables(records)
    rewritten(paths["passages"], lambda table: with_value(table, "text", 13, "Zwei."))
    outcomes = set()
    for many, rows, size in ((1, 1, 10**9), (2, 7, 10**9), (3, 10**9, 1), (64, 10**9, 10**9)):
        monkeypatch.setattr(comparison, "AT_ONCE_RECORDS", many)
        monkeypatch.setattr(comparison, "AT_ONCE_ROWS", rows)
        monkeypatch.setattr(comparison, "AT_ONCE_BYTES", size)
        outcomes.add(tuple(summary(compare(records, make_bag(), paths))))
    assert outcomes == {
        (("table.differs", "data/tables/passages.parquet", 14, "text", "'Zwei.'", "'Two.'"),),
    }


def test_each_column_that_differs_is_named_once(write_tables, records, make_bag):
    paths = write_tables(records)
    rewritten(paths["documents"], lambda table: with_value(table, "creators", 2, ["A"]))
    rewritten(paths["documents"], lambda table: with_value(table, "creators", 5, []))
    rewritten(paths["documents"], lambda table: with_value(table, "title", 1, "x" * 100))
    assert [(row, column, found, expected) for _, _, row, column, found, expected in summary(
        compare(records, make_bag(), paths)
    )] == [
        (2, "title", "'" + "x" * 59 + "...", "None"),
        (3, "creators", "['A']", "['A', 'B']"),
    ]  # fmt: skip


def test_a_table_that_ends_early_differs(write_tables, records, make_bag):
    paths = write_tables(records)
    rewritten(paths["spans"], lambda table: table.slice(0, 20))
    assert summary(compare(records, make_bag(), paths)) == [
        ("table.differs", "data/tables/spans.parquet", 21, None, "the table ends here",
         "a further row, as the records have"),
    ]  # fmt: skip


def test_a_table_that_ends_late_differs(write_tables, records, make_bag):
    paths = write_tables(records)
    found = summary(compare(records[:-1], make_bag(), {**paths, "events": write_events(paths, records)}))
    assert ("table.differs", "data/tables/files.parquet", 8, None, "a further row", "the end of the table") in found


def write_events(paths, records):
    rewritten(
        paths["events"], lambda table: table.filter(pa.array([row != "07" for row in table["document_id"].to_pylist()]))
    )
    return paths["events"]


def test_events_of_the_bag_are_compared(write_tables, records, make_bag, make_event):
    paths = write_tables(records)
    (one,) = compare(records, make_bag(make_event("e-other", None)), paths)
    assert (one.code, one.where.file, one.where.row, one.where.column) == (
        "table.differs", "data/tables/events.parquet", 9, "event_id",
    )  # fmt: skip


def test_a_missing_or_damaged_table_is_one_finding(write_tables, records, make_bag):
    paths = write_tables(records)
    paths["files"].unlink()
    paths["events"].write_bytes(b"PAR1 and no more")
    data = bytearray(paths["passages"].read_bytes())
    data[data.index(b"\x28\xb5\x2f\xfd") + 8] ^= 1  # in the first page, behind the magic number of zstd
    paths["passages"].write_bytes(data)
    found = summary(compare(records, make_bag(), paths))
    assert [(code, file) for code, file, *_ in found] == [
        ("table.unreadable", "data/tables/passages.parquet"),
        ("table.unreadable", "data/tables/files.parquet"),
        ("table.unreadable", "data/tables/events.parquet"),
    ]
    assert found[1][4] == "the table is missing"


def test_damage_after_the_last_expected_row_is_seen(write_tables, records, make_bag):
    paths = write_tables(records, limits=RowGroupLimits(rows=3))
    data = bytearray(paths["files"].read_bytes())
    column = pq.ParquetFile(paths["files"]).metadata.row_group(2).column(0)
    at = data.index(b"\x28\xb5\x2f\xfd", column.dictionary_page_offset)
    data[at + 8] ^= 1
    paths["files"].write_bytes(data)
    codes = [(one.code, one.where.file) for one in compare(records[:6], make_bag(), paths)]
    assert ("table.unreadable", "data/tables/files.parquet") in codes


def test_moments_that_python_does_not_have_are_shown_as_numbers(write_tables, records, make_bag):
    paths = write_tables(records)
    for name, column, kind in (("events", "occurred_at", pa.int64()), ("documents", "review_date", pa.int32())):

        def change(table, column=column, kind=kind):
            index = table.schema.get_field_index(column)
            field = table.schema.field(index)
            value = 2**62 if kind == pa.int64() else 2**30
            return table.set_column(index, field, pa.array([value] * len(table), kind).cast(field.type))

        rewritten(paths[name], change)
    found = {one.where.column: one.found for one in compare(records, make_bag(), paths)}
    assert found == {"occurred_at": str(2**62), "review_date": str(2**30)}


def test_columns_of_tomorrow_are_left_alone(write_tables, records, make_bag):
    paths = write_tables(records)
    rewritten(paths["passages"], lambda table: table.append_column("mood", pa.array(["calm"] * len(table))))
    assert compare(records, make_bag(), paths) == []


def test_a_record_without_its_shape_is_an_error(write_tables, make_record, make_bag):
    paths = write_tables([])
    with pytest.raises(ArchiveError, match="has not the shape"):
        compare([{"document_id": "a"}], make_bag(), paths)


def test_a_bag_without_events_is_an_error(write_tables):
    with pytest.raises(ArchiveError, match="has not the shape"):
        Comparison(write_tables([])).add_bag({})


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40), st.data())
def test_the_first_difference_is_found_anywhere(values, data):
    at = data.draw(st.integers(0, len(values) - 1))
    others = [value + 10 if place >= at else value for place, value in enumerate(values)]
    if data.draw(st.booleans()):
        others[at + 1 :] = values[at + 1 :]
    first = comparison._first_difference(pa.chunked_array([values]), pa.chunked_array([others]))
    assert first == at


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_records_are_found_to_be_what_was_written(any_record, tmp_path_factory, data, make_bag):
    from archive.tables.schema import Stamp
    from archive.tables.writer import TablesWriter, in_folder

    drawn = data.draw(st.lists(any_record, max_size=3))
    sinks = in_folder(tmp_path_factory.mktemp("tables"))
    with TablesWriter(sinks, Stamp("urn:uuid:0")) as writer:
        for record in drawn:
            writer.add(record)
        writer.add_bag(make_bag())
    assert compare(drawn, make_bag(), sinks) == []
