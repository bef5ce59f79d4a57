from __future__ import annotations

import io
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import ArchiveError, LimitError, StorageError
from archive.model.columns import DOCUMENTS, PASSAGES, STATEMENTS, TABLE, TABLES
from archive.tables.batches import RowBatch, batch_of
from archive.tables.rows import rows_of
from archive.tables.schema import Stamp, arrow_schema
from archive.tables.writer import RowGroupLimits, TablesWriter, TableWriter, in_folder

STAMP = Stamp("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8")


def written(table, batches, limits=RowGroupLimits()) -> bytes:  # noqa: B008
    sink = io.BytesIO()
    with TableWriter(table, sink, STAMP, limits) as writer:
        for batch in batches:
            if isinstance(batch, RowBatch):
                writer.add_batch(batch)
            else:
                writer.add(batch)
    return sink.getvalue()


@given(data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_batches_of_any_size_give_the_same_bytes(any_record, data):
    records = data.draw(st.lists(any_record, max_size=4))
    limits = RowGroupLimits(data.draw(st.integers(1, 5)), data.draw(st.integers(1, 300)))
    for table in TABLES:
        rows = [row for record in records for row in rows_of(table.name, record)]
        step = data.draw(st.integers(1, 6))
        batches = [rows[at : at + step] for at in range(0, len(rows), step)]
        travelled = data.draw(st.lists(st.booleans(), min_size=len(batches), max_size=len(batches)))
        batches = [
            pickle.loads(pickle.dumps(batch_of(table.name, tuple(zip(*rows, strict=True))))) if is_sent else rows
            for rows, is_sent in zip(batches, travelled, strict=True)
        ]
        assert written(table, batches, limits) == written(table, [rows], limits)


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_rows_of_any_record_come_back_as_they_went_in(any_record, data):
    record = data.draw(any_record)
    for table in TABLES:
        rows = rows_of(table.name, record)
        found = pq.read_table(io.BytesIO(written(table, [rows])))
        assert found.schema.equals(arrow_schema(table))
        assert [tuple(row.values()) for row in found.to_pylist()] == [
            tuple(list(cell) if isinstance(cell, tuple) else cell for cell in row) for row in rows
        ]


def test_tables_without_rows_are_valid_files(write_tables):
    for name, path in write_tables([], {"events": []}).items():
        found = pq.read_table(path)
        assert len(found) == 0
        assert found.schema.equals(arrow_schema(TABLE[name]))


def test_a_row_group_ends_at_so_many_rows(make_record):
    rows = rows_of("documents", make_record("a", [])) * 25
    file = pq.ParquetFile(io.BytesIO(written(DOCUMENTS, [rows], RowGroupLimits(rows=10))))
    assert [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)] == [10, 10, 5]


def test_a_row_group_ends_at_so_many_bytes_but_has_a_row(make_record):
    rows = [row for text in ("a" * 3000, "b", "c") for row in rows_of("documents", make_record("a", [text]))]
    file = pq.ParquetFile(io.BytesIO(written(DOCUMENTS, [rows], RowGroupLimits(bytes=2500))))
    assert [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)] == [1, 2]


def test_every_column_has_its_description_and_the_file_its_urn(write_tables):
    for name, path in write_tables([]).items():
        schema = pq.read_schema(path)
        for column in TABLE[name].columns:
            assert schema.field(column.name).metadata == {b"description": column.description.encode()}
        assert schema.metadata[b"urn"] == pq.read_metadata(path).metadata[b"urn"] == b"urn:uuid:0"
        assert schema.metadata[b"layout"] == b"1"
        assert schema.metadata[b"table"] == name.encode()
        assert b"the key is" in schema.metadata[b"description"]
        described = json.loads(schema.metadata[b"columns"])
        assert described == {column.name: column.description for column in TABLE[name].columns}


def test_the_file_says_by_itself_what_never_is_null(write_tables, make_record):
    for name, path in write_tables([make_record("a", ["One."])]).items():
        parquet = pq.ParquetFile(path).schema
        by_name = {parquet.column(at).path: parquet.column(at) for at in range(len(parquet.names))}
        for column in TABLE[name].columns:
            one = by_name.get(column.name) or by_name[f"{column.name}.list.element"]
            assert one.max_definition_level == (1 if column.nullable or one.path.endswith("element") else 0)


def test_pages_are_zstd_with_checksums(write_tables, make_record):
    paths = write_tables([make_record("a", ["One."])])
    column = pq.ParquetFile(paths["documents"]).metadata.row_group(0).column(0)
    assert column.compression == "ZSTD"
    assert column.statistics.min == "a"


def test_paths_and_open_files_get_the_same_bytes(tmp_path, make_record):
    rows = rows_of("passages", make_record("a", ["One."]))
    with TableWriter(PASSAGES, tmp_path / "p.parquet", STAMP) as writer:
        writer.add(rows)
    assert (tmp_path / "p.parquet").read_bytes() == written(PASSAGES, [rows])
    assert writer.rows == 1


def test_some_columns_of_rows_that_travelled_can_be_other_values(make_record):
    rows = rows_of("documents", make_record("a", ["One."])) + rows_of("documents", make_record("b", ["One."]))
    place = [column.name for column in DOCUMENTS.columns].index("duplicate_group")
    other = [(*row[:place], "g" * 25, *row[place + 1 :]) for row in rows]
    changed = batch_of("documents", tuple(zip(*rows, strict=True))).with_texts({"duplicate_group": ["g" * 25] * 2})
    assert written(DOCUMENTS, [changed]) == written(DOCUMENTS, [other])


def test_an_open_file_stays_open(make_record):
    sink = io.BytesIO()
    with TableWriter(PASSAGES, sink, STAMP):
        pass
    assert not sink.closed


def test_the_writer_of_all_tables_counts_their_rows(tmp_path, make_record, make_bag):
    with TablesWriter(in_folder(tmp_path), STAMP) as writer:
        writer.add(make_record("a", ["One.", "Two."]))
        writer.add_bag(make_bag())
        assert writer.rows == {
            "documents": 1, "passages": 2, "spans": 2, "statements": 1, "files": 1, "events": 2, "relations": 1,
        "annotations": 1, "annotation_spans": 1,
        }  # fmt: skip
    assert pq.read_table(tmp_path / "events.parquet")["document_id"].to_pylist() == ["a", None]


def test_the_writer_of_all_tables_can_be_closed_by_hand(tmp_path):
    writer = TablesWriter(in_folder(tmp_path), STAMP)
    writer.close()
    assert len(pq.read_table(tmp_path / "files.parquet")) == 0


@pytest.mark.parametrize(
    ("at", "value", "words"),
    [
        (2, "0", "'ordinal' is no int64"),
        (2, 1.0, "'ordinal' is no int64"),
        (2, True, "'ordinal' is no int64"),
        (2, 2**64, "'ordinal' is no int64"),
        (2, None, "'ordinal' is missing"),
        (4, 1, "'kept' is no bool"),
        (12, 5, "'text' is no string"),
        (12, "\ud800", "'text' is no string"),
    ],
)
def test_a_value_of_another_type_is_an_error(make_record, at, value, words):
    (row,) = rows_of("passages", make_record("a", ["One."]))
    spoilt = (*row[:at], value, *row[at + 1 :])
    with pytest.raises(ArchiveError, match=f"table passages: a value of the column {words}"):
        written(PASSAGES, [[spoilt]])


@pytest.mark.parametrize(("value", "words"), [("ab", "is no list"), (["a", None], "is missing"), ([1], "is no list")])
def test_a_list_is_a_list_of_texts(make_record, value, words):
    record = make_record("a", [], creators=value)
    with pytest.raises(ArchiveError, match=f"'creators' {words}"):
        written(DOCUMENTS, [rows_of("documents", record)])


@pytest.mark.parametrize("text", ["북한" * 600, "a" * 1200])
def test_a_value_longer_than_a_cell_is_refused(make_record, monkeypatch, text):
    monkeypatch.setattr("archive.tables.arrays.LONGEST_CELL", 1100)
    with pytest.raises(LimitError, match="no cell of a table can hold"):
        written(STATEMENTS, [[("a", "title", text, "sheet", "", "", "", True, "")]])


def test_a_value_is_measured_exactly_before_it_is_refused(make_record, monkeypatch):
    monkeypatch.setattr("archive.tables.arrays.LONGEST_CELL", 3600)
    written(STATEMENTS, [[("a", "title", "북한" * 600, "sheet", "", "", "", True, "")]])
    monkeypatch.setattr("archive.tables.arrays.LONGEST_CELL", 3599)
    with pytest.raises(LimitError):
        written(STATEMENTS, [[("a", "title", "북한" * 600, "sheet", "", "", "", True, "")]])


def test_an_error_leaves_no_whole_table_behind(tmp_path, make_record):
    path = tmp_path / "passages.parquet"
    rows = rows_of("passages", make_record("a", ["One."]))
    with pytest.raises(ZeroDivisionError), TableWriter(PASSAGES, path, STAMP) as writer:
        writer.add(row for row in [*rows, 1 / 0])
    with pytest.raises(pa.ArrowInvalid):
        pq.read_table(path)


def test_a_folder_that_is_not_there_is_a_storage_error(tmp_path):
    with pytest.raises(StorageError, match=r"nowhere.*documents.parquet: No such file or directory"):
        TablesWriter(in_folder(tmp_path / "nowhere"), STAMP)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_a_storage_error(make_record):
    limits = RowGroupLimits(rows=1)
    rows = rows_of("passages", make_record("a", ["One.", "Two.", "Three."]))
    with (
        pytest.raises(StorageError, match="the disk is full"),
        TableWriter(PASSAGES, Path("/dev/full"), STAMP, limits) as writer,
    ):
        writer.add(rows)


class _Full(io.BytesIO):
    def write(self, _):
        raise OSError(28, "No space left on device")


def test_a_file_that_cannot_be_written_is_a_storage_error(make_record):
    with pytest.raises(StorageError, match="the disk is full"):
        TableWriter(PASSAGES, _Full(), STAMP).close()


class _FullLater(io.BytesIO):
    room = 100

    def write(self, data):
        if self.tell() >= self.room:
            raise OSError(28, "No space left on device")
        return super().write(data)


def test_a_file_that_fills_up_is_a_storage_error(make_record):
    with pytest.raises(StorageError, match="the disk is full"), TableWriter(PASSAGES, _FullLater(), STAMP) as writer:
        writer.add(rows_of("passages", make_record("a", ["One."])))


def test_a_file_that_has_no_room_for_the_footer_is_a_storage_error():
    sink = _FullLater()
    sink.room = 4
    with pytest.raises(StorageError, match="the disk is full"), TableWriter(PASSAGES, sink, STAMP):
        pass


PROGRAM = """
import io, sys, hashlib
from archive.model.columns import STATEMENTS
from archive.tables.schema import Stamp
from archive.tables.writer import TableWriter
sink = io.BytesIO()
with TableWriter(STATEMENTS, sink, Stamp("urn:uuid:0")) as writer:
    writer.add([("a", "title", str(i), "sheet", "", "", "", True, "") for i in range(100)])
print(hashlib.sha256(sink.getvalue()).hexdigest())
"""


def test_hash_seed_locale_and_time_zone_do_not_show(project):
    def digest(seed, zone, locale):
        environment = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(project)}
        command = [sys.executable, "-c", PROGRAM]
        return subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout

    assert digest("0", "UTC", "C") == digest("42", "Asia/Seoul", "C.UTF-8")
