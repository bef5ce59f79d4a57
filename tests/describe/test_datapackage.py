"""The data package describes every table and column, and its own validator and reader take it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from archive.describe.datapackage import NAME, data_package
from archive.describe.facts import BagFacts, PackageFacts
from archive.model.columns import TABLES
from tests.elsewhere import need_packages, run_python

BARE = PackageFacts(
    bag=BagFacts("urn:uuid:0", "A corpus", "1", "restricted", 0, 0),
    slug="한국",
    language="ko",
    packed_at="2023-11-14T22:13:20Z",
    software=("corpus-archive", "0.1.0"),
    recipe=("none", "ab" * 32),
    languages=(),
    files=(),
    folders=(),
    tables=(),
)


@pytest.fixture(scope="module")
def package(described: Path):
    return json.loads((described / "data" / NAME).read_bytes())


def test_every_column_is_described_in_the_words_of_the_code(package):
    assert [one["name"] for one in package["resources"]] == [table.name for table in TABLES]
    for resource, table in zip(package["resources"], TABLES, strict=True):
        schema = resource["schema"]
        assert schema["primaryKey"] == list(table.key)
        assert schema["missingValues"] == []
        said = [
            (one["name"], one["description"], one["arrowType"], "constraints" not in one) for one in schema["fields"]
        ]
        assert said == [(one.name, one.description, one.type.value, one.nullable) for one in table.columns]


def test_every_table_is_named_with_its_digest(described, package):
    manifest = (described / "manifest-sha256.txt").read_text("utf-8")
    for resource in package["resources"]:
        assert f"{resource['hash'].removeprefix('sha256:')}  data/{resource['path']}\n" in manifest
        rows = pq.read_metadata(described / "data" / resource["path"]).num_rows
        assert f" {rows:,} rows." in resource["description"]


def test_keys_that_join_are_said(package):
    keys = {one["name"]: one["schema"].get("foreignKeys", []) for one in package["resources"]}
    assert keys["documents"] == []
    assert [one["reference"]["resource"] for one in keys["spans"]] == ["documents", "passages"]
    assert keys["files"] == [
        {"fields": ["document_id"], "reference": {"resource": "documents", "fields": ["document_id"]}}
    ]


def test_who_made_it_and_under_which_licences(package):
    assert package["name"] == "border-reports"
    assert package["created"] == "2023-11-14T22:13:20Z"
    assert package["licenses"] == [
        {"name": "CC-BY-4.0", "path": "https://spdx.org/licenses/CC-BY-4.0", "title": "Licence of the texts"},
        {"name": "CC0-1.0", "path": "https://spdx.org/licenses/CC0-1.0", "title": "Licence of the metadata"},
    ]
    assert package["contributors"] == [
        {"title": "Example Archive", "roles": ["creator"]},
        {"title": "Collections archivist", "email": "archive@example.org", "roles": ["contact"]},
    ]


def test_what_nobody_stated_is_not_said():
    found = json.loads(data_package(BARE))
    assert set(found) == {"$schema", "name", "id", "title", "version", "created"}
    assert found["name"] == "corpus"
    worded = replace(BARE, bag=replace(BARE.bag, licence="Ask us.", metadata_licence="https://example.org/licence"))
    assert json.loads(data_package(worded))["licenses"] == [
        {"path": "https://example.org/licence", "title": "Licence of the metadata"}
    ]


VALIDATE = """
import json, sys
from frictionless import Package, validate
report = validate(sys.argv[1])
tables = {one.name: [row.to_dict() for row in one.read_rows()] for one in Package(sys.argv[1]).resources}
rows = {name: [len(rows), *(row["document_id"] for row in rows[:1])] for name, rows in tables.items()}
print(json.dumps({"valid": report.valid, "found": report.flatten(["type", "note"]), "rows": rows}))
"""


def test_its_own_validator_accepts_it_and_its_reader_reads_the_rows(described, tmp_path):
    need_packages("frictionless", "pandas")
    said = json.loads(run_python(VALIDATE, tmp_path, described / "data" / NAME))
    assert said["found"] == []
    assert said["valid"]
    for table in TABLES:
        wanted = pq.read_table(described / f"data/tables/{table.name}.parquet").column("document_id").to_pylist()
        assert said["rows"][table.name] == [len(wanted), *wanted[:1]]


def test_its_own_validator_notices_a_broken_key(described, tmp_path):
    need_packages("frictionless", "pandas")
    (tmp_path / "tables").mkdir()
    for table in TABLES:
        whole = pq.read_table(described / f"data/tables/{table.name}.parquet")
        pq.write_table(
            whole.slice(1) if table.name == "documents" else whole, tmp_path / f"tables/{table.name}.parquet"
        )
    (tmp_path / NAME).write_bytes((described / "data" / NAME).read_bytes())
    said = json.loads(run_python(VALIDATE, tmp_path, tmp_path / NAME))
    assert {kind for kind, _ in said["found"]} == {"foreign-key"}
