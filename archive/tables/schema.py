"""From the columns, defined once in `archive.model.columns`, to Arrow schemas with a description on every column.

The types are those that every reader opens. Elements of lists are named `element` and are never null, as the
Parquet format wants (Logical Types, 'Lists'); nothing is a dictionary, nothing is large.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa

from archive.model.columns import Column, Table, Type

LAYOUT = "1"
"""The major version of the bag's layout, as `Corpus-Archive-Layout` in bag-info.txt has it."""

_ARROW: dict[Type, pa.DataType] = {
    Type.STRING: pa.string(),
    Type.INTEGER: pa.int64(),
    Type.DOUBLE: pa.float64(),
    Type.BOOLEAN: pa.bool_(),
    Type.DATE: pa.date32(),
    Type.TIMESTAMP: pa.timestamp("us", "UTC"),
    Type.STRINGS: pa.list_(pa.field("element", pa.string(), nullable=False)),
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every table of a bag says of the bag in its key-value metadata.

    Attributes:
        urn: the identifier of the bag.
        layout: the major version of the layout.
    """

    urn: str
    layout: str = LAYOUT


def arrow_type(kind: Type) -> pa.DataType:
    """The Arrow type of a column's type."""
    return _ARROW[kind]


@cache
def arrow_schema(table: Table) -> pa.Schema:
    """The schema of a table: names, types, nullability, and the description of each column in its field metadata."""
    return pa.schema([_field(column) for column in table.columns])


def repeating(table: Table) -> list[str]:
    """The columns, by their paths in Parquet, of which a dictionary of the values is worth its room.

    Numbers, digests, names and texts are hardly ever the same in two rows.
    """
    paths = {Type.STRING: "", Type.STRINGS: ".list.element"}
    return [
        column.name + paths[column.type]
        for column in table.columns
        if column.type in paths and column.name not in _DISTINCT and table.key != (column.name,)
    ]


_DISTINCT = frozenset(
    {
        "annotation_id",
        "body",
        "comment",
        "derived_from",
        "description",
        "duplicate_group",
        "identifiers",
        "original_path",
        "original_sha256",
        "passage_id",
        "path",
        "quotation",
        "sha256",
        "source_path",
        "source_url",
        "text",
        "text_sha256",
        "title",
    }
)


def key_value_metadata(table: Table, stamp: Stamp) -> dict[str, str]:
    """What stands in the file's key-value metadata, for readers that do not know Arrow's field metadata as well.

    `columns` is a JSON object of column name to description.
    """
    return {
        "urn": stamp.urn,
        "layout": stamp.layout,
        "table": table.name,
        "description": f"One row is {table.row}; the key is {', '.join(table.key)}.",
        "columns": json.dumps(
            {column.name: column.description for column in table.columns}, ensure_ascii=False, separators=(",", ":")
        ),
    }


def _field(column: Column) -> pa.Field[Any]:
    metadata = {"description": column.description}
    return pa.field(column.name, _ARROW[column.type], nullable=column.nullable, metadata=metadata)
