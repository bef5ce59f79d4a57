"""README.md opens an open bag in Hugging Face `datasets`, and no other bag."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from archive.describe.facts import BagFacts, FileFacts, PackageFacts, TableFacts
from archive.describe.front_matter import front_matter
from archive.model.columns import TABLES, Type
from tests.elsewhere import need_packages, run, run_python

FACTS = PackageFacts(
    bag=BagFacts("urn:uuid:0", 'A "corpus": #1\n\x7f\u2028', "1", "open", 0, 0, licence="CC-BY-SA-4.0"),
    slug="a",
    language="en",
    packed_at="2023-11-14T22:13:20Z",
    software=("corpus-archive", "0.1.0"),
    recipe=("none", "ab" * 32),
    languages=("en", "en-GB", "ko", "und", "zh-Hans"),
    files=(),
    folders=(),
    tables=tuple(TableFacts(one, 1, FileFacts(f"tables/{one}.parquet", 1, "", "")) for one in ("documents", "spans")),
)


def test_it_says_licence_languages_and_tables():
    assert front_matter(FACTS).decode() == (
        '---\npretty_name: "A \\"corpus\\": #1 \\u007f"\nlicense: cc-by-sa-4.0\n'
        'language:\n- "en"\n- "ko"\n- "zh"\nviewer: false\nconfigs:\n'
        '- config_name: documents\n  data_files: "data/tables/documents.parquet"\n  default: true\n'
        '- config_name: spans\n  data_files: "data/tables/spans.parquet"\n---\n\n'
    )


@pytest.mark.parametrize("level", ["embargoed", "restricted"])
def test_a_bag_that_is_not_open_has_none(level):
    assert front_matter(replace(FACTS, bag=replace(FACTS.bag, access_level=level))) == b""


def test_a_table_without_rows_is_left_out():
    empty = TableFacts("files", 0, FileFacts("tables/files.parquet", 1, "", ""))
    assert front_matter(replace(FACTS, tables=(*FACTS.tables, empty))) == front_matter(FACTS)


def test_the_viewer_is_shown_when_a_person_asks():
    assert b"viewer" not in front_matter(replace(FACTS, shows_viewer=True))


@pytest.mark.parametrize(
    ("licence", "lines"),
    [
        ("", []),
        ("MIT", ["license: mit"]),
        ("https://creativecommons.org/licenses/by/4.0/", ["license: cc-by-4.0"]),
        ("http://creativecommons.org/publicdomain/zero/1.0/deed.en", ["license: cc0-1.0"]),
        ("EUPL-1.2", ["license: other", 'license_name: "EUPL-1.2"', 'license_link: "https://spdx.org/licenses/EUPL-1.2"']),
        ("https://example.org/l", ["license: other", 'license_name: "licence of the texts"',
                                   'license_link: "https://example.org/l"']),
        ("Ask: us", ["license: other", 'license_name: "Ask: us"']),
    ],
)  # fmt: skip
def test_a_licence_that_the_hub_does_not_know_is_another(licence, lines):
    said = front_matter(replace(FACTS, bag=replace(FACTS.bag, licence=licence), languages=())).decode()
    assert [line for line in said.splitlines() if line.startswith("license")] == lines
    assert "language:" not in said


READ = """
import json, sys, yaml
print(json.dumps([yaml.safe_load(page.split("---\\n")[1]) for page in json.load(sys.stdin)]))
"""
TITLES = (
    *("Plain", "# no comment", "a: b", "'", '"', "\\n", "{[&*!|>%@`", "- one", "yes", "1.0", "---", "~"),
    *("\x00\x1f\x7f\x85\u00a0", "\ufeff\ufffe", "\U0001f4f0 제목", "\u2028\u2029", ""),
)


def test_any_title_is_read_back_as_it_was(tmp_path: Path):
    need_packages("yaml")
    pages = [front_matter(replace(FACTS, bag=replace(FACTS.bag, title=title))).decode() for title in TITLES]
    read = json.loads(run([sys.executable, "-c", READ], tmp_path, json.dumps(pages)))
    assert [one["pretty_name"] for one in read] == [" ".join(title.split()) for title in TITLES]
    assert {one["license"] for one in read} == {"cc-by-sa-4.0"}


LOAD = """
import json, sys
import datasets, pyarrow.parquet as pq
bag, types = sys.argv[1], {}
names = datasets.get_dataset_config_names(bag)
for name in names:
    data = datasets.load_dataset(bag, name)["train"]
    assert data.to_list() == pq.read_table(f"{bag}/data/tables/{name}.parquet").to_pylist(), name
    types[name] = {column: repr(feature) for column, feature in data.features.items()}
print(json.dumps({"types": types, "first": datasets.load_dataset(bag)["train"].column_names}))
"""
EXPECTED = {
    Type.STRING: "Value('string')",
    Type.INTEGER: "Value('int64')",
    Type.DOUBLE: "Value('float64')",
    Type.BOOLEAN: "Value('bool')",
    Type.DATE: "Value('date32')",
    Type.TIMESTAMP: "Value('timestamp[us, tz=UTC]')",
    Type.STRINGS: "List(Value('string'))",
}


def test_every_table_loads_offline_with_its_types(described: Path, tmp_path: Path):
    need_packages("datasets")
    offline = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(tmp_path / "cache")}
    said = json.loads(run_python(LOAD, tmp_path, described, **offline).splitlines()[-1])
    assert said["types"] == {
        table.name: {column.name: EXPECTED[column.type] for column in table.columns}
        for table in TABLES
        if pq.read_metadata(described / f"data/tables/{table.name}.parquet").num_rows
    }
    assert said["first"] == pq.read_schema(described / "data/tables/documents.parquet").names
