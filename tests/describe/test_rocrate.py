"""The crate names every file, and its own validator and loader take it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.describe.entities import local_id, path_id
from archive.describe.facts import BagFacts, DocumentFacts, FileFacts, FolderFacts, PackageFacts, TableFacts
from archive.describe.rocrate import CONTEXT, NAME, ro_crate
from tests.elsewhere import need_packages, node_modules, run_python

SHA = "ab" * 32
BARE = PackageFacts(
    bag=BagFacts("urn:uuid:0", "A corpus", "1", "restricted", 0, 0),
    slug="a-corpus",
    language="en",
    packed_at="2023-11-14T22:13:20Z",
    software=("corpus-archive", "0.1.0"),
    recipe=("none", SHA),
    languages=(),
    files=(FileFacts("bag.json", 2, SHA, "application/json"),),
    folders=(),
    tables=(),
)


def graph(facts: PackageFacts) -> dict[str, dict[str, Any]]:
    return entities(json.loads(ro_crate(facts)))


def entities(crate: Any) -> dict[str, dict[str, Any]]:
    assert crate["@context"] == CONTEXT
    found = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(found) == len(crate["@graph"])
    return found


def references(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for item in value for one in references(item)]
    return [value["@id"]] if isinstance(value, dict) else []


@pytest.fixture(scope="module")
def crate(described: Path) -> dict[str, dict[str, Any]]:
    return entities(json.loads((described / "data" / NAME).read_bytes()))


def test_every_file_of_the_payload_is_an_entity_with_its_size_and_digest(described: Path, crate: Any) -> None:
    lines = (described / "manifest-sha256.txt").read_text("utf-8").splitlines()
    manifest = {path.removeprefix("data/"): digest for digest, path in (line.split("  ", 1) for line in lines)}
    files = {unquote(name): one for name, one in crate.items() if one["@type"] == "File"}
    assert set(files) == set(manifest) - {NAME}
    for path, entity in files.items():
        assert entity["sha256"] == manifest[path]
        assert int(entity["contentSize"]) == (described / "data" / path).stat().st_size
        assert entity["description"]


def test_every_reference_is_an_entity(crate: Any) -> None:
    outside = {"https://w3id.org/ro/crate/1.2"}
    for entity in crate.values():
        assert set(references(list(entity.values()))) <= set(crate) | outside


def test_everything_hangs_on_the_root(crate: Any) -> None:
    seen, waiting = set(), ["./"]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += references(list(crate.get(name, {}).values()))
    assert set(crate) - seen == {NAME} | set(references(crate[NAME]["license"]))


def test_documents_people_subjects_places_and_licences_are_entities(crate: Any) -> None:
    document = crate["#document/doc-1"]
    assert document["@type"] == "CreativeWork"
    assert document["datePublished"] == "2017-09~"
    assert document["encoding"] == [{"@id": "originals/a%20%231%20%26%20more.txt"}, {"@id": "originals/scan%201.txt"}]
    assert crate["originals/a%20%231%20%26%20more.txt"]["dateCreated"] == "2024-05-03T10:00:00Z"
    assert crate[document["creator"]["@id"]]["@type"] == "Person"
    assert [crate[one["@id"]]["name"] for one in document["about"]] == ["children", "borders"]
    assert crate[document["spatialCoverage"]["@id"]] == {"@id": "#place/Yanbian", "@type": "Place", "name": "Yanbian"}
    assert crate[document["license"]["@id"]]["@id"] == "http://rightsstatements.org/vocab/InC/1.0/"
    assert crate[document["publisher"]["@id"]]["@type"] == "Organization"
    other = crate[local_id("document", "한국/보고.txt")]
    assert other["name"] == "보고, #2"
    assert other["creator"] == document["publisher"]


def test_documents_in_a_container_share_its_file(crate: Any) -> None:
    held = crate["originals/all.jsonl"]["encodesCreativeWork"]
    assert held == [{"@id": "#document/all.jsonl%23one"}, {"@id": "#document/all.jsonl%23two"}]
    assert "2 documents" in crate["originals/all.jsonl"]["description"]


def test_the_packing_is_an_action_and_the_date_is_its_own(crate: Any) -> None:
    root, action = crate["./"], crate["#packing"]
    assert root["datePublished"] == action["endTime"] == "2023-11-14T22:13:20Z"
    assert action["@type"] == "CreateAction"
    assert crate[action["instrument"]["@id"]]["name"] == "corpus-archive"
    assert root["license"] == {"@id": "https://spdx.org/licenses/CC-BY-4.0"}
    assert crate[NAME]["license"] == {"@id": "https://spdx.org/licenses/CC0-1.0"}
    assert crate[crate[root["creator"]["@id"]]["contactPoint"]["@id"]]["email"] == "archive@example.org"


def test_what_nobody_stated_is_not_said() -> None:
    found = graph(BARE)
    assert set(found) == {NAME, "./", "bag.json", "#packing", "#software", "#no-licence", "#identifier/urn%3Auuid%3A0"}
    assert found["./"]["license"] == {"@id": "#no-licence"}
    assert found["./"]["description"]
    assert "creator" not in found["./"]
    assert "agent" not in found["#packing"]


def test_a_licence_in_words_is_named_by_its_words() -> None:
    found = graph(replace(BARE, bag=replace(BARE.bag, licence="Ask the archive.", creator="A project")))
    assert found[found["./"]["license"]["@id"]]["name"] == "Ask the archive."
    assert "contactPoint" not in found[found["./"]["creator"]["@id"]]


def test_a_folder_of_very_many_files_is_named_as_a_folder() -> None:
    table = FileFacts("tables/documents.parquet", 9, SHA, "application/vnd.apache.parquet")
    folders = (FolderFacts("originals/", 1_001, 12_345, is_listed=False), FolderFacts("tables/", 1, 9, is_listed=True))
    tables = (TableFacts("documents", 1_001, table),)
    found = graph(replace(BARE, files=(*BARE.files, table), folders=folders, tables=tables))
    assert found["originals/"]["size"] == "1,001 files"
    assert found["originals/"]["contentSize"] == "12345"
    assert "hasPart" not in found["originals/"]
    assert found["tables/"]["hasPart"] == {"@id": "tables/documents.parquet"}
    assert "1,001 rows" in found["tables/documents.parquet"]["description"]
    assert [one["@id"] for one in found["./"]["hasPart"]] == ["bag.json", "originals/", "tables/"]


@given(st.text(min_size=1))
def test_names_survive_as_identifiers(name: str) -> None:
    clean = name.encode("utf-8", "ignore").decode("utf-8")
    for made in (path_id(clean), local_id("document", clean)[1:]):
        assert made.isprintable()
        assert not set(made) & set('# %"<>\\^`{|}') - {"%"}
    assert unquote(path_id(clean)) == clean


def test_the_order_of_documents_is_theirs() -> None:
    documents = tuple(DocumentFacts(name, {"title": name}, (), name) for name in ("b", "a"))
    names = [name for name in graph(replace(BARE, documents=documents)) if name.startswith("#document")]
    assert names == ["#document/b", "#document/a"]


SEED = """
import io, sys
import requests
from requests.adapters import BaseAdapter
from requests_cache import CachedSession
from urllib3 import HTTPResponse

class Shelf(BaseAdapter):
    def send(self, request, **_):
        response = requests.Response()
        response.status_code, response.url, response.request = 200, request.url, request
        response.headers["Content-Type"] = "application/ld+json"
        body = io.BytesIO(open(sys.argv[2], "rb").read())
        response.raw = HTTPResponse(body=body, status=200, headers=response.headers, preload_content=False)
        return response
    def close(self):
        pass

session = CachedSession(cache_name=sys.argv[1], backend="sqlite", allowable_methods=("GET",))
session.mount("https://", Shelf())
assert session.get(sys.argv[3]).status_code == 200
"""
ASK = """
from rocrate_validator.cli import cli
try:
    cli()
except SystemExit as end:
    if end.code not in {None, 0, 1}:  # 1 is said of what is recommended too; the report says which it is
        raise
"""
NOT_KNOWN = (
    "The organization SHOULD have a URL",
    "SHOULD have a ROR identifier",
    "SHOULD reference an Organization for",
    "SHOULD have an ORCID identifier",
    "contactPoint SHOULD reference",
    "Places SHOULD reference a Geometry",
    "SHOULD have a `description`",
)
"""What RO-Crate recommends and no corpus states: addresses and numbers of people and places."""


def test_its_own_validator_accepts_it_offline(described: Path, tmp_path: Path) -> None:
    need_packages("rocrate_validator")
    context = node_modules("ro-crate") / "ro-crate/lib/context.json"
    run_python(SEED, tmp_path, tmp_path / "cache", context, CONTEXT)
    report = tmp_path / "report.json"
    cache = ["--offline", "--cache-path", tmp_path / "cache"]
    profile = ["--no-auto-profile", "-p", "ro-crate-1.2", "-l", "recommended"]
    out = ["--no-paging", "-f", "json", "-o", report]
    run_python(ASK, tmp_path, "-y", "--disable-color", "validate", *cache, *profile, *out, described / "data")
    said = json.loads(report.read_bytes())
    required = [one["message"] for one in said["issues"] if one["severity"] == "REQUIRED"]
    others = [one["message"] for one in said["issues"] if not any(part in one["message"] for part in NOT_KNOWN)]
    assert required == []
    assert others == []


LOAD = """
import json, sys
from rocrate.rocrate import ROCrate
crate = ROCrate(sys.argv[1])
files = {one.id: one.properties()["sha256"] for one in crate.data_entities if one.type == "File"}
print(json.dumps({"files": files, "action": crate.dereference("#packing").get("instrument").get("version")}))
"""


def test_its_own_loader_reads_it(described: Path, crate: Any, tmp_path: Path) -> None:
    need_packages("rocrate")
    said = json.loads(run_python(LOAD, tmp_path, described / "data"))
    assert said["files"] == {name: one["sha256"] for name, one in crate.items() if one["@type"] == "File"}
    assert said["action"] == crate["#software"]["version"]
