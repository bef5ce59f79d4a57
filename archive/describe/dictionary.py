"""The data dictionary: every column of every table, from the one place where columns are defined."""

from __future__ import annotations

from archive.describe.markdown import table
from archive.model.columns import TABLES, Column, Table
from archive.model.crosswalk import CROSSWALK, Crossing


def data_dictionary(level: int = 2) -> str:
    """All tables with their keys and columns, as Markdown.

    Args:
        level: of the headings, from 1.
    """
    return "\n\n".join(_described(one, "#" * level) for one in TABLES)


def crosswalk() -> str:
    """Our fields and what other vocabularies call them, as a table in Markdown; an empty cell is no counterpart."""
    head = ("Column", "Dublin Core", "schema.org", "DataCite", "PREMIS")
    return table(head, (_crossing(one) for one in CROSSWALK))


def _crossing(one: Crossing) -> tuple[str, ...]:
    of_file = f"{one.schema_org} (of the file)" if one.schema_org and one.of_file else one.schema_org
    return f"`{one.field}`", one.dublin_core, of_file, one.datacite, one.premis


def _described(one: Table, marks: str) -> str:
    key = ", ".join(f"`{name}`" for name in one.key)
    columns = table(("Column", "Type", "May be null", "What it is"), (_row(column) for column in one.columns))
    return f"{marks} {one.name}\n\nOne row is {one.row}. The key is {key}.\n\n{columns}"


def _row(column: Column) -> tuple[str, str, str, str]:
    nullable = "yes" if column.nullable else "no"
    return f"`{column.name}`", f"`{column.type.value}`", nullable, column.description.replace("|", "\\|")
