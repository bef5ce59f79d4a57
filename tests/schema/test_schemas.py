"""The schemas say what the model says, and every property is explained."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from archive.model import records
from archive.model.columns import TABLE
from archive.model.corpora import ROLES
from archive.model.events import EVENT_TYPES, Event
from archive.model.fields import FIELDS, AccessLevel, Source
from archive.model.findings import Finding, Severity
from archive.model.passages import Kind
from archive.model.reports import BagSummary, Report, Verdict
from archive.model.statements import Statement
from archive.schema import shipped
from archive.schema.formats import FORMATS

SCHEMAS = {name: shipped.schema(name) for name in shipped.NAMES}
RECORD = SCHEMAS["record"]["$defs"]


def _schemas_in(schema: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every subschema with its place."""
    if not isinstance(schema, dict):
        return
    yield where, schema
    for keyword in ("properties", "$defs", "patternProperties"):
        for name, part in schema.get(keyword, {}).items():
            yield from _schemas_in(part, f"{where}/{keyword}/{name}")
    for keyword in ("items", "additionalProperties", "propertyNames", "not", "if", "then"):
        yield from _schemas_in(schema.get(keyword), f"{where}/{keyword}")


EVERY = [(f"{name}{where}", schema) for name, top in SCHEMAS.items() for where, schema in _schemas_in(top)]


@pytest.mark.parametrize("name", shipped.NAMES)
def test_each_is_a_schema_with_its_identifier(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"https://w3id.org/corpus-archive/schema/{name}/1"
    data = shipped.schema_files()[f"{name}.schema.json"]
    assert data == (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()


@pytest.mark.parametrize(("where", "schema"), EVERY, ids=[where for where, _ in EVERY])
def test_every_property_and_definition_is_explained_by_title_description_and_examples(
    where: str, schema: dict[str, Any]
) -> None:
    parts = where.split("/")
    if len(parts) < 2 or parts[-2] not in {"properties", "$defs"} or "if" in parts or "then" in parts:
        return
    assert schema["title"]
    assert schema["description"].endswith(".")
    if parts[-2] == "properties":
        assert schema["examples"]


@pytest.mark.parametrize("name", shipped.NAMES)
def test_every_example_is_good(name: str) -> None:
    formats: Any = FORMATS
    for where, schema in _schemas_in(SCHEMAS[name]):
        whole = {**schema, "$defs": SCHEMAS[name]["$defs"]}
        engine = jsonschema_rs.validator_for(whole, formats=formats, validate_formats=True)
        for example in schema.get("examples", []):
            assert engine.is_valid(example), (where, example)


OPEN = {"Additional", "Settings", "Datasheet", "Result"}


@pytest.mark.parametrize(("where", "schema"), EVERY, ids=[where for where, _ in EVERY])
def test_every_object_is_closed_but_those_that_are_open_on_purpose(where: str, schema: dict[str, Any]) -> None:
    if schema.get("type") == "object" and schema.get("title") not in OPEN:
        assert "additionalProperties" in schema
        assert schema["additionalProperties"] is not True


@pytest.mark.parametrize(("where", "schema"), EVERY, ids=[where for where, _ in EVERY])
def test_patterns_and_formats_mean_the_same_to_every_engine(where: str, schema: dict[str, Any]) -> None:
    pattern = schema.get("pattern", "")
    for ambiguous in ("\\d", "\\w", "\\s", "\\b", "\\D", "\\W", "\\S"):
        assert ambiguous not in pattern
    if pattern.endswith("$"):
        assert "maxLength" in schema  # so that a line break at the end is one character too many
    assert schema.get("format") in {None, *FORMATS}
    references = [schema["$ref"]] if "$ref" in schema else []
    assert all(reference.startswith("#/$defs/") for reference in references)


def test_the_same_definition_is_the_same_everywhere() -> None:
    seen: dict[str, Any] = {}
    for schema in SCHEMAS.values():
        for name, definition in schema["$defs"].items():
            if name != "recipe":
                assert seen.setdefault(name, definition) == definition


def test_metadata_has_every_field_of_the_model_and_no_other() -> None:
    metadata = RECORD["metadata"]["properties"]
    assert set(metadata) == {field.name for field in FIELDS} | {"date_issued_earliest", "date_issued_latest"}
    for field in FIELDS:
        property_ = metadata[field.name]
        assert property_["description"] == field.description
        assert property_["examples"] == [[field.example] if field.many else field.example]
        referred = property_["items"]["$ref"] if field.many else property_["$ref"]
        assert referred == f"#/$defs/{field.form}"
        assert (property_.get("type") == "array") is field.many


def test_the_record_has_the_members_of_the_model() -> None:
    for definition, shape in (
        (SCHEMAS["record"], records.RecordJson),
        (RECORD["passage"], records.PassageJson),
        (RECORD["span"], records.SpanJson),
        (RECORD["file"], records.FileJson),
        (RECORD["text-figures"], records.TextJson),
        (RECORD["annotation"], records.AnnotationJson),
        (RECORD["annotation-part"], records.AnnotationPartJson),
        (RECORD["figure"], records.FigureJson),
        (SCHEMAS["record"]["properties"]["own_format"], records.OwnFormatJson),
    ):
        assert list(definition["properties"]) == list(shape.__annotations__)
        assert definition["required"] == [one for one in shape.__annotations__ if one in shape.__required_keys__]
    statement = Statement("title", "A", Source.SHEET, "archivist", "", "")
    assert list(RECORD["statement"]["properties"]) == list(statement.as_json())
    event = Event("e", None, "ingestion", "2024-05-03T10:00:00Z", "a", "success")
    assert list(RECORD["event"]["properties"]) == list(event.as_json())


def test_tables_and_schema_describe_their_columns_alike() -> None:
    for table, definition in (("passages", "passage"), ("files", "file"), ("statements", "statement")):
        for column in TABLE[table].columns:
            property_ = RECORD[definition]["properties"].get(column.name)
            if property_ is not None and column.name not in {"kind", "source"}:
                assert property_["description"] == column.description
    for column in TABLE["spans"].columns[3:]:
        assert RECORD["span"]["properties"][column.name]["description"] == column.description


def test_every_closed_list_is_that_of_the_model() -> None:
    assert RECORD["access-level"]["enum"] == list(AccessLevel)
    assert RECORD["passage"]["properties"]["kind"]["enum"] == list(Kind)
    assert RECORD["file"]["properties"]["role"]["enum"] == [*ROLES, "layer"]
    assert RECORD["statement"]["properties"]["source"]["enum"] == list(Source)
    assert RECORD["event"]["properties"]["type"]["enum"] == list(EVENT_TYPES)
    assert RECORD["event"]["properties"]["type_uri"]["enum"] == list(EVENT_TYPES.values())
    report = SCHEMAS["report"]
    assert report["properties"]["verdict"]["enum"] == list(Verdict)
    assert report["$defs"]["finding"]["properties"]["severity"]["enum"] == list(Severity)


def test_the_report_has_the_members_of_the_model() -> None:
    report = SCHEMAS["report"]
    found = Finding("payload.missing", Severity.ERROR).as_json()
    assert list(report["$defs"]["finding"]["properties"]) == list(found)
    assert list(report["$defs"]["where"]["properties"]) == list(found["where"])
    assert list(report["$defs"]["bag-summary"]["properties"]) == list(BagSummary("a").as_json())
    assert set(report["required"]) >= {name for name in Report.__dataclass_fields__ if name not in {"bags", "result"}}


def test_the_corpus_has_the_keys_that_the_reader_of_corpus_toml_knows() -> None:
    from archive.submission.configuration import CONTACT_KEYS, KEYS

    corpus = SCHEMAS["corpus"]
    assert set(corpus["properties"]) == set(KEYS)
    assert set(corpus["$defs"]["contact"]["properties"]) == set(CONTACT_KEYS)
    assert {field.name for field in FIELDS} <= set(corpus["$defs"]["defaults"]["properties"])
