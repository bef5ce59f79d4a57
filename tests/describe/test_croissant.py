"""The Croissant description names every table and column; its own validator and loader take it."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from archive.describe.croissant import CONTEXT, NAME, RESPONSIBLE, croissant
from archive.describe.facts import BagFacts, FileFacts, PackageFacts, TableFacts
from archive.model.columns import TABLES, Type
from tests.elsewhere import need_packages, run, run_python

BARE = PackageFacts(
    bag=BagFacts("urn:uuid:0", "말뭉치", "1", "restricted", 0, 0, description="설명", licence="Ask us."),
    slug="a",
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
def said(described: Path):
    return json.loads((described / "data" / NAME).read_bytes())


def test_every_column_is_a_field_described_in_the_words_of_the_code(said):
    assert said["@context"] == CONTEXT
    assert [one["@id"] for one in said["recordSet"]] == [table.name for table in TABLES]
    for records, table in zip(said["recordSet"], TABLES, strict=True):
        found = [(one["name"], one["description"], one.get("isArray", False)) for one in records["field"]]
        assert found == [(one.name, one.description, one.type is Type.STRINGS) for one in table.columns]


def test_no_record_set_is_joined_to_two_others(said):
    """The loader fails on such a one where it has no rows, or where another record set was read before."""
    for records in said["recordSet"]:
        joined = [one["references"]["field"]["@id"] for one in records["field"] if "references" in one]
        assert joined in ([], ["documents/document_id"])


@pytest.mark.parametrize("rows", [0, 1])
def test_nothing_is_joined_to_a_table_without_rows(rows):
    file = FileFacts("tables/x.parquet", 1, "00", "application/x-parquet")
    tables = tuple(TableFacts(table.name, rows, file) for table in TABLES)
    assert (b'"references": {' in croissant(replace(BARE, tables=tables))) == bool(rows)


def test_every_table_is_a_file_with_its_digest(said, described):
    manifest = (described / "manifest-sha256.txt").read_text("utf-8")
    for file in said["distribution"]:
        assert f"{file['sha256']}  data/{file['contentUrl']}\n" in manifest
        assert file["contentSize"] == f"{(described / 'data' / file['contentUrl']).stat().st_size} B"


def test_the_datasheet_is_in_the_terms_of_responsible_ai(said):
    assert said["rai:dataUseCases"] == ["For the study of what was published."]
    assert said["rai:dataCollection"] == "All reports of three newspapers."
    assert said["rai:dataLimitations"] == ["What stands behind a paywall."]
    assert said["rai:personalSensitiveInformation"] == ["Nobody was asked.", "No victim is named."]
    assert said["rai:dataReleaseMaintenancePlan"] == "The archivist."
    assert "default" in said["rai:dataPreprocessingProtocol"][0]
    assert "Fair." not in json.dumps(said)


def test_dates_licences_and_makers(said):
    assert said["datePublished"] == "2023-11-14T22:13:20Z"
    assert said["license"] == "https://spdx.org/licenses/CC-BY-4.0"
    assert said["sdLicense"] == "https://spdx.org/licenses/CC0-1.0"
    assert said["creator"] == {"@type": "sc:Organization", "name": "Example Archive"}
    assert said["citeAs"].startswith("Example Archive (2023): Reports from the border, version 1.0. urn:uuid:")


def test_a_title_in_another_language_says_so():
    found = json.loads(croissant(BARE))
    assert found["name"] == {"ko": "말뭉치"}
    assert found["description"] == {"ko": "설명"}
    assert found["license"] == "Ask us."
    assert "creator" not in found
    assert json.loads(croissant(replace(BARE, bag=replace(BARE.bag, description="")))).get("description") is None


def test_headings_of_one_meaning_are_joined():
    sheet = (("selection", "One."), ("collection", "Two."), ("bias", "Three."))
    found = json.loads(croissant(replace(BARE, bag=replace(BARE.bag, datasheet=sheet))))
    assert found["rai:dataCollection"] == "One.\n\nTwo."
    assert found["rai:dataBiases"] == ["Three."]


LOAD = """
import json, logging, os, sys
import mlcroissant
logging.disable(logging.CRITICAL)
data = mlcroissant.Dataset(jsonld=sys.argv[1])
assert not data.metadata.ctx.issues.errors and not data.metadata.ctx.issues.warnings, data.metadata.ctx.issues.report()

def plain(value):
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, list):
        return [plain(one) for one in value]
    if hasattr(value, "isoformat"):
        return None if value != value else value.isoformat()
    return value.item() if hasattr(value, "item") else value

def named(row):
    return {name.partition("/")[2]: plain(value) for name, value in row.items()}

rows = {records.id: [named(row) for row in data.records(records.id)] for records in data.metadata.record_sets}
said = {"rows": rows, "terms": sorted(name for name in sys.argv[2:] if getattr(data.metadata, name, None))}
print(json.dumps(said), flush=True)
os._exit(0)  # threads of its own now and then abort an interpreter that ends in the usual way
"""
TERMS = {
    "dataUseCases": "data_use_cases",
    "dataCollection": "data_collection",
    "dataLimitations": "data_limitations",
    "personalSensitiveInformation": "personal_sensitive_information",
    "dataReleaseMaintenancePlan": "data_release_maintenance_plan",
}
"""Terms of the sample's datasheet, and what its own library calls them."""


def plain(value):
    if isinstance(value, list):
        return [plain(one) for one in value]
    if hasattr(value, "hour"):
        return value.isoformat()
    return f"{value.isoformat()}T00:00:00" if hasattr(value, "isoformat") else value


def test_its_own_validator_accepts_it_and_its_loader_reads_the_rows(described, tmp_path):
    need_packages("mlcroissant", "pandas")
    file = described / "data" / NAME
    cache = {"CROISSANT_CACHE": str(tmp_path / "cache")}
    run([Path(sys.executable).with_name("mlcroissant"), "validate", "--jsonld", file], tmp_path, **cache)
    said = json.loads(run_python(LOAD, tmp_path, file, *TERMS.values(), **cache))
    assert said["terms"] == sorted(TERMS.values())
    assert set(TERMS) <= set(RESPONSIBLE.values())
    for table in TABLES:
        rows = pq.read_table(described / f"data/tables/{table.name}.parquet").to_pylist()
        wanted = [{name: plain(value) for name, value in row.items()} for row in rows]
        assert said["rows"][table.name] == wanted, table.name


def test_its_own_loader_refuses_a_table_with_another_digest(described, tmp_path):
    need_packages("mlcroissant", "pandas")
    (tmp_path / "tables").mkdir()
    for table in TABLES:
        name = f"tables/{table.name}.parquet"
        (tmp_path / name).write_bytes((described / "data" / name).read_bytes() + b"\0")
    (tmp_path / NAME).write_bytes((described / "data" / NAME).read_bytes())
    with pytest.raises(AssertionError, match=r"sha256|hash|checksum"):
        run_python(LOAD, tmp_path, tmp_path / NAME, CROISSANT_CACHE=str(tmp_path / "cache"))
