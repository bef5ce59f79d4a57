"""`data/datapackage.json`: Frictionless Data Package v2 with every table and every column."""

from __future__ import annotations

import re
from typing import Any

from archive.describe.facts import BagFacts, PackageFacts, TableFacts
from archive.describe.joins import joins
from archive.describe.json_text import json_bytes, without_nothing
from archive.describe.licences import is_identifier, licence_uri
from archive.model.columns import TABLE, Column, Table, Type

NAME = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"

TYPES = {
    Type.STRING: "string",
    Type.INTEGER: "integer",
    Type.DOUBLE: "number",
    Type.BOOLEAN: "boolean",
    Type.DATE: "date",
    Type.TIMESTAMP: "datetime",
    # The one reader that there is takes a Parquet list for no list, so `array` would make whole tables look damaged.
    # `any` promises less and nothing false; `arrowType` says it exactly.
    Type.STRINGS: "any",
}


def data_package(facts: PackageFacts) -> bytes:
    """The package.

    Args:
        facts: of this bag.

    Returns:
        JSON in UTF-8.
    """
    bag = facts.bag
    return json_bytes(
        without_nothing(
            {
                "$schema": PROFILE,
                "name": re.sub(r"[^a-z0-9._-]+", "-", facts.slug.lower()).strip("-") or "corpus",
                "id": bag.urn,
                "title": bag.title,
                "description": bag.description,
                "version": bag.version,
                "created": facts.packed_at,
                "contributors": _contributors(bag),
                "licenses": _licences(bag),
                "resources": [_resource(table) for table in facts.tables],
            }
        )
    )


def _contributors(bag: BagFacts) -> list[dict[str, Any]]:
    contact = dict(bag.contact)
    made = [{"title": bag.creator, "roles": ["creator"]}] if bag.creator else []
    if not contact.get("role"):
        return made
    asked = {
        "title": contact["role"],
        "email": contact.get("email"),
        "organization": contact.get("organization"),
        "roles": ["contact"],
    }
    return [*made, without_nothing(asked)]


def _licences(bag: BagFacts) -> list[dict[str, str]]:
    return [
        one
        for stated, of in ((bag.licence, "the texts"), (bag.metadata_licence, "the metadata"))
        if stated.strip() and (one := _licence(stated.strip(), f"Licence of {of}"))
    ]


def _licence(stated: str, title: str) -> dict[str, str] | None:
    """A licence needs a name or an address; one described in words alone has neither (see `data/README.md`)."""
    uri = licence_uri(stated)
    if uri is None:
        return None
    name = {"name": stated} if is_identifier(stated) else {}
    return {**name, "path": uri, "title": title}


def _resource(facts: TableFacts) -> dict[str, Any]:
    table = TABLE[facts.name]
    # No `bytes`: the one validator that there is takes those of a Parquet file for none, and calls any number wrong.
    return {
        "$schema": RESOURCE_PROFILE,
        "name": table.name,
        "type": "table",
        "path": facts.file.path,
        "title": table.name,
        "description": f"One row is {table.row}. {facts.rows:,} rows.",
        "format": "parquet",
        "mediatype": facts.file.media_type,
        "hash": f"sha256:{facts.file.sha256}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    keys = [
        {"fields": list(columns), "reference": {"resource": other, "fields": list(columns)}}
        for columns, other in joins(table)
    ]
    return {
        "$schema": SCHEMA_PROFILE,
        "fields": [_field(column) for column in table.columns],
        "missingValues": [],  # an empty text is a text here; what is missing is null
        "primaryKey": list(table.key),
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": TYPES[column.type],
        "description": column.description,
        "arrowType": column.type.value,
    }
    if not column.nullable:
        field["constraints"] = {"required": True}
    return field
