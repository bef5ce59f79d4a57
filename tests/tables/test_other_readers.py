"""The tables in the programs that people use: the same values, and types without a surprise."""

from __future__ import annotations

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from archive.model.columns import TABLES, Type

POLARS = {
    Type.STRING: pl.String,
    Type.INTEGER: pl.Int64,
    Type.DOUBLE: pl.Float64,
    Type.BOOLEAN: pl.Boolean,
    Type.DATE: pl.Date,
    Type.TIMESTAMP: pl.Datetime("us", "UTC"),
    Type.STRINGS: pl.List(pl.String),
}
DUCKDB = {
    Type.STRING: "VARCHAR",
    Type.INTEGER: "BIGINT",
    Type.DOUBLE: "DOUBLE",
    Type.BOOLEAN: "BOOLEAN",
    Type.DATE: "DATE",
    Type.TIMESTAMP: "TIMESTAMP WITH TIME ZONE",
    Type.STRINGS: "VARCHAR[]",
}
PANDAS = {
    Type.INTEGER: "int64",
    Type.DOUBLE: "float64",
    Type.BOOLEAN: "bool",
    Type.TIMESTAMP: "datetime64[us, UTC]",
}
SAFE = {pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.date32(), pa.timestamp("us", "UTC")}


@pytest.fixture
def wanted(paths):
    return {name: pq.read_table(path).to_pylist() for name, path in paths.items()}


def test_arrow_sees_plain_types_alone(paths):
    for path in paths.values():
        for field in pq.read_schema(path):
            assert field.type in SAFE or field.type == pa.list_(pa.field("element", pa.string(), nullable=False))


def test_the_file_has_encodings_that_every_reader_knows(paths):
    for path in paths.values():
        metadata = pq.read_metadata(path)
        for at in range(metadata.num_columns):
            assert set(metadata.row_group(0).column(at).encodings) <= {"PLAIN", "RLE", "RLE_DICTIONARY"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_polars(table, paths, wanted):
    frame = pl.read_parquet(paths[table.name])
    assert frame.schema == {column.name: POLARS[column.type] for column in table.columns}
    assert frame.to_dicts() == wanted[table.name]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_duckdb(table, paths, wanted):
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        relation = connection.read_parquet(str(paths[table.name]))
        assert dict(zip(relation.columns, map(str, relation.types), strict=True)) == {
            column.name: DUCKDB[column.type] for column in table.columns
        }
        found = relation.arrow()
    found = found.read_all() if isinstance(found, pa.RecordBatchReader) else found
    assert found.to_pylist() == wanted[table.name]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_pandas(table, paths, wanted):
    frame = pd.read_parquet(paths[table.name])
    types = {column.name: PANDAS[column.type] for column in table.columns if column.type in PANDAS}
    assert {name: str(frame[name].dtype) for name in types} == types
    found = [{name: _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]
    assert found == wanted[table.name]


def _plain(value):
    if hasattr(value, "tolist"):
        return value.tolist()
    if value is pd.NaT or (isinstance(value, float) and value != value):  # noqa: PLR0124 - nothing else is a NaN
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def test_the_keys_join(paths):
    with duckdb.connect() as connection:
        for name, path in paths.items():
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM '{path}'")
        joined = connection.execute(
            "SELECT count(*) FROM documents JOIN passages USING (document_id)"
            " JOIN spans USING (document_id, ordinal) JOIN files ON spans.layer IS NOT NULL"
            " AND files.document_id = documents.document_id AND files.path = documents.original_path"
        ).fetchone()
    assert joined == (302,)
