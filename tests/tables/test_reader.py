from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import BagUnreadableError
from archive.model.columns import PASSAGES, SPANS, TABLE
from archive.tables import reader
from archive.tables.rows import rows_of
from archive.tables.schema import Stamp, arrow_schema
from archive.tables.writer import RowGroupLimits, TableWriter

LAYOUT = {"layout": "1"}


def whole_table(table, source):
    """All batches of a table together."""
    schema = reader.open_table(table, source).schema_arrow
    return pa.Table.from_batches(list(reader.batches(table, source)), schema=schema)


def test_a_table_comes_back(write_tables, make_record):
    record = make_record("a", ["One.", "Two."])
    paths = write_tables([record])
    for name, path in paths.items():
        found = whole_table(TABLE[name], path)
        assert found.schema.equals(arrow_schema(TABLE[name]))
    assert whole_table(PASSAGES, paths["passages"])["text"].to_pylist() == ["One.", "Two."]


def test_batches_never_cross_a_row_group(write_tables, make_record):
    paths = write_tables([make_record(f"{at:02}", ["One.", "Two."]) for at in range(10)], limits=RowGroupLimits(rows=7))
    sizes = [batch.num_rows for batch in reader.batches(PASSAGES, paths["passages"], rows=4)]
    assert sizes == [4, 3, 4, 3, 4, 2]


def test_an_open_file_is_read_too(write_tables, make_record):
    data = write_tables([make_record("a", ["One."])])["spans"].read_bytes()
    assert len(whole_table(SPANS, io.BytesIO(data))) == 1
    with pytest.raises(BagUnreadableError, match=r"spans\.parquet: the table is damaged"):
        reader.open_table(SPANS, io.BytesIO(data[:-1]))


def test_a_name_that_is_not_utf_8_is_a_name(tmp_path, make_record):
    path = tmp_path / "documents\udcff.parquet"
    with TableWriter(TABLE["documents"], path, Stamp("urn:uuid:1")) as writer:
        writer.add(rows_of("documents", make_record("a", ["One."])))
    assert whole_table(TABLE["documents"], path).num_rows == 1


def test_a_missing_table_is_said_to_be_missing(tmp_path):
    with pytest.raises(BagUnreadableError, match="the table is missing"):
        reader.open_table(PASSAGES, tmp_path / "passages.parquet")


def rewritten(path, schema, metadata):
    table = pa.Table.from_pylist([], schema=schema.with_metadata(metadata))
    pq.write_table(table, path)
    return path


def test_a_layout_of_another_major_version_is_refused(tmp_path):
    path = rewritten(tmp_path / "p.parquet", arrow_schema(PASSAGES), {"layout": "2.0"})
    with pytest.raises(
        BagUnreadableError, match=r"layout 2\.0, and this version knows layout 1\. Read it with a newer"
    ):
        reader.open_table(PASSAGES, path)


def test_a_later_minor_version_is_read(tmp_path):
    path = rewritten(tmp_path / "p.parquet", arrow_schema(PASSAGES), {"layout": "1.4"})
    assert reader.open_table(PASSAGES, path).metadata.num_rows == 0


@pytest.mark.parametrize("metadata", [None, {"urn": "x"}])
def test_a_table_of_somebody_else_is_refused(tmp_path, metadata):
    path = rewritten(tmp_path / "p.parquet", arrow_schema(PASSAGES), metadata)
    with pytest.raises(BagUnreadableError, match="does not say that it is a table of this layout"):
        reader.open_table(PASSAGES, path)


def test_columns_that_nobody_knows_yet_are_kept(tmp_path):
    schema = arrow_schema(PASSAGES).append(pa.field("mood", pa.string()))
    path = rewritten(tmp_path / "p.parquet", schema, LAYOUT)
    assert whole_table(PASSAGES, path).column_names[-1] == "mood"


def test_a_missing_column_is_named(tmp_path):
    path = rewritten(tmp_path / "p.parquet", arrow_schema(PASSAGES).remove(3), LAYOUT)
    with pytest.raises(BagUnreadableError, match="the column 'kind' is missing"):
        reader.open_table(PASSAGES, path)


def test_a_column_of_another_type_is_named(tmp_path):
    schema = arrow_schema(PASSAGES).set(2, pa.field("ordinal", pa.float64()))
    path = rewritten(tmp_path / "p.parquet", schema, LAYOUT)
    with pytest.raises(BagUnreadableError, match="the column 'ordinal' has the type double, not int64"):
        reader.open_table(PASSAGES, path)


@pytest.fixture(scope="module")
def whole(make_record):
    sink = io.BytesIO()
    with TableWriter(PASSAGES, sink, Stamp("urn:uuid:0")) as writer:
        writer.add(rows_of("passages", make_record("a", ["One.", "Two.", "A third, of more words."])))
    return sink.getvalue()


@given(data=st.data())
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_a_flipped_bit_in_a_page_is_refused_and_elsewhere_never_a_crash(whole, data):
    at, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    spoilt = bytearray(whole)
    spoilt[at] ^= 1 << bit
    try:
        found = whole_table(PASSAGES, io.BytesIO(bytes(spoilt)))
        values = found.to_pylist()
    except BagUnreadableError:
        return
    # What no page checksum covers is the footer; the manifests of the bag do.
    footer = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    if at < footer:
        assert values == whole_table(PASSAGES, io.BytesIO(whole)).to_pylist()
