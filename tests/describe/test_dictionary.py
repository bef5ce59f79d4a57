from __future__ import annotations

from archive.describe.dictionary import data_dictionary
from archive.model.columns import TABLES


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
