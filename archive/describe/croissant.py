"""`data/croissant.json`: Croissant 1.1 with every table as a record set, and the datasheet as responsible-AI terms."""

from __future__ import annotations

from typing import Any

from archive.describe.facts import PackageFacts, TableFacts
from archive.describe.joins import joins
from archive.describe.json_text import json_bytes, without_nothing
from archive.describe.licences import licence_uri
from archive.model.columns import TABLE, Column, Table, Type
from archive.model.versions import Holds

NAME = "croissant.json"
PROFILES = ("http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0")
PARQUET = "application/x-parquet"
"""What the specification's own examples say; IANA has registered application/vnd.apache.parquet since."""

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context of the specification (Croissant 1.1, appendix 1), word for word."""

TYPES = {
    Type.STRING: "sc:Text",
    Type.INTEGER: "cr:Int64",
    Type.DOUBLE: "cr:Float64",
    Type.BOOLEAN: "sc:Boolean",
    Type.DATE: "sc:Date",
    Type.TIMESTAMP: "sc:DateTime",
    Type.STRINGS: "sc:Text",
}

RESPONSIBLE = {
    "purpose": "dataUseCases",
    "uses": "dataUseCases",
    "selection": "dataCollection",
    "collection": "dataCollection",
    "gaps": "dataLimitations",
    "limitations": "dataLimitations",
    "biases": "dataBiases",
    "bias": "dataBiases",
    "consent": "personalSensitiveInformation",
    "sensitivity": "personalSensitiveInformation",
    "impact": "dataSocialImpact",
    "social_impact": "dataSocialImpact",
    "annotation": "dataAnnotationProtocol",
    "preprocessing": "dataPreprocessingProtocol",
    "maintenance": "dataReleaseMaintenancePlan",
    "takedown_contact": "dataReleaseMaintenancePlan",
}
"""A heading of the datasheet in corpus.toml -> a term of Croissant RAI 1.0; the README has the other headings too."""


def croissant(facts: PackageFacts) -> bytes:
    """The description.

    Args:
        facts: of this bag.

    Returns:
        JSON-LD in UTF-8.
    """
    bag = facts.bag
    joinable = frozenset(table.name for table in facts.tables if table.rows)
    maker = {"@type": "sc:Organization", "name": bag.creator} if bag.creator else None
    title, description = (_in(facts.language, text) for text in (bag.title, bag.description))
    return json_bytes(
        without_nothing(
            {
                "@context": CONTEXT,
                "@type": "sc:Dataset",
                "name": title,
                "description": description,
                "conformsTo": list(PROFILES),
                "citeAs": _citation(facts),
                "creator": maker,
                "datePublished": facts.packed_at,
                "identifier": bag.urn,
                "inLanguage": list(facts.languages),
                "license": _licence(bag.licence),
                "sdLicense": _licence(bag.metadata_licence),
                "publisher": maker,
                "version": bag.version,
                **_responsible(facts),
                "distribution": [_file(table) for table in facts.tables],
                "recordSet": [_record_set(TABLE[table.name], joinable) for table in facts.tables],
            }
        )
    )


def _in(language: str, text: str) -> Any:
    """A text that is not in the language of the context says in which it is."""
    return text if not text or language == CONTEXT["@language"] else {language: text}


def _licence(stated: str) -> str:
    return licence_uri(stated) or stated.strip()


def _citation(facts: PackageFacts) -> str:
    bag = facts.bag
    maker = f"{bag.creator} " if bag.creator else ""
    return f"{maker}({facts.packed_at[:4]}): {bag.title}, version {bag.version}. {bag.urn}"


def _responsible(facts: PackageFacts) -> dict[str, list[str] | str]:
    found: dict[str, list[str]] = {}
    for heading, text in facts.bag.datasheet:
        term = RESPONSIBLE.get(heading.lower().replace("-", "_"))
        if term is not None:
            found.setdefault(f"rai:{term}", []).append(text.strip())
    name, version = facts.software
    recipe, digest = facts.recipe
    found.setdefault("rai:dataPreprocessingProtocol", []).append(
        f"Every passage of text follows from bytes of its original by a published rule (data/README.md); {name} "
        f"{version} labelled the passages by the recipe {recipe} (sha256 {digest})."
        if facts.bag.holds is Holds.DOCUMENTS
        else f"Metadata alone: {name} {version} read the documents by the recipe {recipe} (sha256 {digest}) and kept "
        "neither them nor their text."
    )
    return {term: "\n\n".join(texts) if term in _ONE_TEXT else texts for term, texts in sorted(found.items())}


_ONE_TEXT = frozenset({"rai:dataCollection", "rai:dataSocialImpact", "rai:dataReleaseMaintenancePlan"})
"""Terms that hold one text (Croissant RAI 1.0, table of properties); the others may hold several."""


def _file(facts: TableFacts) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": _file_id(facts.name),
        "name": _file_id(facts.name),
        "description": f"The table {facts.name}, {facts.rows:,} rows.",
        "contentUrl": facts.file.path,
        "contentSize": f"{facts.file.bytes} B",
        "encodingFormat": PARQUET,
        "sha256": facts.file.sha256,
    }


def _file_id(table: str) -> str:
    return f"{table}.parquet"


def _record_set(table: Table, joinable: frozenset[str]) -> dict[str, Any]:
    key = [{"@id": _field_id(table.name, name)} for name in table.key]
    # The loader fails where one record set joins two others, or one without rows, so each is joined to one at most.
    first = joins(table)[:1]
    references = {columns[0]: other for columns, other in first if len(columns) == 1 and other in joinable}
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"One row is {table.row}.",
        "key": key[0] if len(key) == 1 else key,
        "field": [_field(table.name, column, references.get(column.name)) for column in table.columns],
    }


def _field_id(table: str, column: str) -> str:
    return f"{table}/{column}"


def _field(table: str, column: Column, joined: str | None) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": _field_id(table, column.name),
        "name": column.name,
        "description": column.description,
        "dataType": TYPES[column.type],
        "source": {"fileObject": {"@id": _file_id(table)}, "extract": {"column": column.name}},
    }
    if column.type is Type.STRINGS:
        field |= {"isArray": True, "arrayShape": "-1"}
    if joined is not None and not column.nullable:  # the loader joins, and a row without a partner has no place there
        field["references"] = {"field": {"@id": _field_id(joined, column.name)}}
    return field
