from __future__ import annotations

from archive.describe.dictionary import crosswalk, data_dictionary
from archive.model.columns import DOCUMENTS, TABLES
from archive.model.crosswalk import CROSSING, CROSSWALK
from archive.model.fields import FIELDS


def test_every_column_stands_in_the_dictionary_once():
    sections = data_dictionary(3).split("### ")[1:]
    assert [section.split("\n", 1)[0] for section in sections] == [table.name for table in TABLES]
    for section, table in zip(sections, TABLES, strict=True):
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        assert rows == [
            f"| `{column.name}` | `{column.type.value}` | {'yes' if column.nullable else 'no'} | {column.description} |"
            for column in table.columns
        ]
        assert f"One row is {table.row}." in section


def test_every_field_has_its_row_in_the_crosswalk():
    columns = {column.name for column in DOCUMENTS.columns}
    assert len(CROSSING) == len(CROSSWALK)
    assert {field.name for field in FIELDS} <= set(CROSSING) <= columns
    lines = crosswalk().splitlines()
    assert len(lines) == len(CROSSWALK) + 2
    assert "| `title` | dcterms:title | name | Title |  |" in lines
    assert "| `original_sha256` |  | sha256 (of the file) |  | messageDigest |" in lines


def test_the_crosswalk_agrees_with_what_a_sheet_may_say():
    for field in FIELDS:
        term = CROSSING[field.name].dublin_core.lower().replace("dcterms:", "dcterms.")
        if term and field.dublin_core:
            assert term in field.dublin_core, field.name
