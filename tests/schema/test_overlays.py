from __future__ import annotations

import json
import time
from typing import Any

import pytest

from archive.model.findings import Finding
from archive.schema.overlays import DIALECTS, LARGEST_OVERLAY, Overlay, read_overlay
from archive.schema.validation import Validator


def overlay(schema: Any) -> Overlay:
    read, findings = read_overlay(json.dumps(schema).encode(), "mine.schema.json")
    assert findings == ()
    assert read is not None
    return read


def refused(data: bytes) -> list[tuple[str, str | None, str]]:
    read, findings = read_overlay(data, "mine.schema.json")
    assert read is None
    assert all(one.where.file == "mine.schema.json" for one in findings)
    return [(one.code, one.where.pointer, one.found) for one in findings]


def check(schema: Any, record: dict[str, Any]) -> tuple[Finding, ...]:
    return Validator(overlay=overlay(schema)).check(record, "a.txt")


def test_it_narrows(record: dict[str, Any]) -> None:
    schema = {
        "properties": {
            "metadata": {
                "required": ["publisher"],
                "properties": {
                    "title": {"pattern": "^[0-9]+$"},
                    "language": {"enum": ["en", "de"]},
                    "creators": {"maxItems": 1, "contains": {"const": "X"}},
                    "captured_at": {"description": "A moment of 2023."} | {"pattern": "^2023"},
                },
            },
            "additional": {"properties": {"accession_number": {"type": "integer"}}, "additionalProperties": False},
            "text": {"properties": {"words": {"minimum": 10, "exclusiveMinimum": 5, "multipleOf": 3}}},
            "passages": {"minItems": 2},
            "relations": False,
        }
    }
    findings = check(schema, record)
    assert {one.code for one in findings} == {"record.own-schema"}
    assert [(one.where.pointer, one.expected.removesuffix(" (mine.schema.json)")) for one in findings] == [
        ("", "nothing here"),  # the engine tells no place for a schema that is `false`
        ("/additional/accession_number", "a whole number"),
        ("/metadata", "the field 'publisher'"),
        ("/metadata/captured_at", "A moment of 2023"),
        ("/metadata/creators", "a list in which one value is as asked (what the schema asks for with 'contains')"),
        ("/metadata/creators", "at most 1 values"),
        ("/metadata/language", "'en' or 'de'"),
        ("/metadata/title", "text that fits the pattern '^[0-9]+$'"),
        ("/passages", "at least 2 values"),
        ("/text/words", "10 or more"),
        ("/text/words", "a multiple of 3"),
        ("/text/words", "more than 5"),
    ]


def test_it_cannot_widen(record: dict[str, Any]) -> None:
    record["metadata"]["access_level"] = "secret"
    assert [one.code for one in check({"additionalProperties": True}, record)] == ["value.not-in-list"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_older_dialects_are_read(dialect: str, record: dict[str, Any]) -> None:
    schema = {"$schema": dialect + "#", "properties": {"metadata": {"required": ["publisher"]}}}
    assert [one.code for one in check(schema, record)] == ["record.own-schema"]


def test_it_may_refer_to_itself_and_to_the_shipped_schemas(record: dict[str, Any]) -> None:
    schema = {
        "$id": "https://example.org/mine",
        "$ref": "https://w3id.org/corpus-archive/schema/record/1",
        "$defs": {"name": {"$id": "part", "maxLength": 3}},
        "properties": {"document_id": {"$ref": "part"}, "recipe": {"$ref": "#/$defs/name"}},
    }
    assert [one.where.pointer for one in check(schema, record)] == ["/document_id", "/recipe"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            b"{",
            [("own-schema.malformed", None, "Expecting property name enclosed in double quotes in line 1, column 2")],
        ),
        (b"\xff", [("own-schema.malformed", None, "a byte at 0 that is not UTF-8")]),
        (b"[]", [("own-schema.malformed", None, "[]")]),
        (b"[" * 100_000, [("own-schema.malformed", None, "values nested too deep")]),
        (b" " * (LARGEST_OVERLAY + 1), [("own-schema.malformed", None, "1048577 bytes")]),
        (b'{"type": "strin"}', [("own-schema.malformed", "/type", "'strin'")]),
        (b'{"properties": {"a": {"$ref": 5}}}', [("own-schema.malformed", "/properties/a/$ref", "5")]),
        (
            b'{"$schema": "https://example.org/mine"}',
            [("own-schema.malformed", "/$schema", "the dialect 'https://example.org/mine'")],
        ),
        (
            b'{"$ref": "https://example.org/x"}',
            [("own-schema.outside-reference", None, "$ref: 'https://example.org/x'")],
        ),
        (
            b'{"items": {"$ref": "../../etc/passwd"}}',
            [("own-schema.outside-reference", None, "$ref: '../../etc/passwd'")],
        ),
        (b'{"$dynamicRef": "#nothing"}', [("own-schema.outside-reference", None, "$dynamicRef: '#nothing'")]),
        (b'{"pattern": "["}', [("own-schema.pattern", None, "'['")]),
        (b'{"patternProperties": {"^(a+)+$": {}}}', [("own-schema.pattern", None, "patternProperties: '^(a+)+$'")]),
        (b'{"$ref": "#"}', [("own-schema.endless", None, "")]),
    ],
)
def test_an_unusable_schema_is_a_finding(data: bytes, expected: list[tuple[str, str | None, str]]) -> None:
    assert refused(data) == expected


def test_a_schema_that_is_endless_for_some_records_alone_is_a_finding(record: dict[str, Any]) -> None:
    schema = {"$defs": {"a": {"$ref": "#/$defs/a"}}, "properties": {"title": {}, "recipe": {"$ref": "#/$defs/a"}}}
    assert [one.code for one in check(schema, record)] == ["own-schema.endless"]


def test_a_schema_nested_without_measure_is_a_finding() -> None:
    deep: dict[str, Any] = {}
    for _ in range(300):
        deep = {"not": deep}
    read, findings = read_overlay(json.dumps(deep).encode(), "mine.schema.json")
    assert (read is None) == bool(findings)


def test_no_pattern_hangs(record: dict[str, Any]) -> None:
    record["metadata"]["title"] = "a" * 60 + "!"
    started = time.monotonic()
    schema = {
        "properties": {
            "metadata": {"properties": {"title": {"allOf": [{"pattern": "^(a+)+$"}, {"pattern": "^(?=(a|a)*$)"}]}}}
        }
    }
    assert {one.code for one in check(schema, record)} == {"record.own-schema"}
    assert time.monotonic() - started < 20


def test_unknown_names_under_patterns_are_told_by_place(record: dict[str, Any]) -> None:
    schema = {"properties": {"additional": {"patternProperties": {"^x-": {}}, "additionalProperties": False}}}
    assert [one.where.pointer for one in check(schema, record)] == ["/additional"]
    schema = {"properties": {"additional": {"unevaluatedProperties": False}}}
    assert [one.where.pointer for one in check(schema, record)] == ["/additional"]
    schema = {"properties": {"additional": {"dependentRequired": {"accession_number": ["a", "b"], "z": ["c"]}}}}
    assert [one.found for one in check(schema, record)] == ["no field 'a'", "no field 'b'"]


def test_formats_that_are_not_ours_are_notes_for_people(record: dict[str, Any]) -> None:
    assert check({"properties": {"document_id": {"format": "email"}}}, record) == ()
    assert len(check({"properties": {"document_id": {"format": "edtf"}}}, record)) == 1
