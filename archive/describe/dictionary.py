"""The data dictionary: every column of every table, from the one place where columns are defined."""

from __future__ import annotations

from archive.describe.markdown import table
from archive.model.columns import TABLES, Column, Table


def data_dictionary(level: int = 2) -> str:
    """All tables with their keys and columns, as Markdown.

    Args:
        level: of the headings, from 1.
    """
    return "\n\n".join(_described(one, "#" * level) for one in TABLES)


def _described(one: Table, marks: str) -> str:
    key = ", ".join(f"`{name}`" for name in one.key)
    columns = table(("Column", "Type", "May be null", "What it is"), (_row(column) for column in one.columns))
    return f"{marks} {one.name}\n\nOne row is {one.row}. The key is {key}.\n\n{columns}"


def _row(column: Column) -> tuple[str, str, str, str]:
    nullable = "yes" if column.nullable else "no"
    return f"`{column.name}`", f"`{column.type.value}`", nullable, column.description.replace("|", "\\|")
