"""The columns of the tables and the metadata fields agree with each other."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from archive.model.columns import TABLE, TABLES, Column, Table, Type
from archive.model.corpora import ORIGINAL_ROLES, ROLES, TEXT_ROLES
from archive.model.events import EVENT_TYPES, Event
from archive.model.fields import FIELD, FIELDS, STRENGTH, AccessLevel, Field, Source
from archive.model.passages import Kind
from archive.model.progress import Progress, unheard
from archive.model.records import AnnotationJson, FigureJson, FileJson, PassageJson, SpanJson, text_of
from archive.model.statements import Statement

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
COLUMNS = [(table, column) for table in TABLES for column in table.columns]

columns = pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{one.name}.{two.name}" for one, two in COLUMNS])
fields = pytest.mark.parametrize("field", FIELDS, ids=[field.name for field in FIELDS])


def names(table: str) -> list[str]:
    return [column.name for column in TABLE[table].columns]


@columns
def test_every_column_is_described(table: Table, column: Column) -> None:
    assert NAME.match(column.name)
    assert column.description.endswith(".")


@columns
def test_whole_numbers_and_booleans_are_never_null(table: Table, column: Column) -> None:
    """A null among them turns a column into floats or objects in pandas."""
    assert not (column.nullable and column.type in {Type.INTEGER, Type.BOOLEAN, Type.STRINGS})


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_name_stands_twice_and_keys_are_columns(table: Table) -> None:
    assert max(Counter(names(table.name)).values()) == 1
    by_name = {column.name: column for column in table.columns}
    assert all(not by_name[name].nullable for name in table.key)


def test_a_document_is_known_by_one_column_everywhere() -> None:
    for table in TABLES:
        (column,) = (column for column in table.columns if column.name == "document_id")
        assert column.type is Type.STRING
        assert column.nullable == (table.name == "events")


@fields
def test_every_field_is_a_column_of_the_documents(field: Field) -> None:
    (column,) = (column for column in TABLE["documents"].columns if column.name == field.name)
    expected = {"date": Type.DATE, "timestamp": Type.TIMESTAMP}.get(field.form, Type.STRING)
    assert column.type is (Type.STRINGS if field.many else expected)


@fields
def test_every_field_is_described(field: Field) -> None:
    assert NAME.match(field.name)
    assert field.description.endswith(".")
    assert field.example
    assert FIELD[field.name] is field
    assert field.form in {"text", "edtf", "language", "uri", "timestamp", "date", "access-level", "decision"}


def test_no_header_means_two_fields() -> None:
    headers = Counter(header for field in FIELDS for header in (field.name, *field.dublin_core))
    assert [header for header, count in headers.items() if count > 1] == []
    assert all(header == header.lower() for header in headers)


@pytest.mark.parametrize(
    ("header", "field"),
    [("dc.creator", "creators"), ("dc.date", "date_issued"), ("dc.coverage", "places"), ("dc.type", "document_type")],
)
def test_the_headers_that_archivists_use(header: str, field: str) -> None:
    assert header in FIELD[field].dublin_core


def test_the_sheet_is_the_strongest_source_and_the_text_the_weakest() -> None:
    assert sorted(Source, key=STRENGTH.__getitem__) == ["sheet", "sidecar", "corpus", "embedded", "extracted"]


def test_restricted_is_the_strictest_level() -> None:
    assert sorted(AccessLevel, key=lambda level: level.strictness) == ["open", "embargoed", "restricted"]


def test_roles_have_one_order_each() -> None:
    assert set(ROLES) == set(ORIGINAL_ROLES)
    assert set(TEXT_ROLES) < set(ROLES)


def test_statements_have_the_columns_of_their_table() -> None:
    statement = Statement("title", "A", Source.SHEET, "archivist", "data/submission/metadata.csv", "cell=4,2")
    written = statement.as_json()
    assert ["document_id", *written] == names("statements")
    assert (written["source"], written["used"]) == ("sheet", False)


def test_events_have_the_columns_of_their_table() -> None:
    event = Event("1", None, "validation", "2024-01-01T00:00:00Z", "a program 1.0", "success")
    assert list(event.as_json()) == names("events")
    assert event.as_json()["type_uri"] == "http://id.loc.gov/vocabulary/preservation/eventType/val"
    assert len(set(EVENT_TYPES.values())) == len(EVENT_TYPES)


def test_what_a_record_holds_of_passages_spans_and_files_are_columns() -> None:
    assert {*PassageJson.__annotations__, "document_id"} - {"spans"} == set(names("passages"))
    assert {*SpanJson.__annotations__, "document_id", "ordinal", "part"} == set(names("spans"))
    assert {*FileJson.__annotations__, "document_id"} == set(names("files"))
    of_parts = {"document_id", "passage_id", "passage_count"}
    said = {*AnnotationJson.__annotations__, *FigureJson.__annotations__, *of_parts} - {"parts", "figure"}
    assert said == set(names("annotations"))


def test_kinds_of_passages_are_said_where_they_are_described() -> None:
    (column,) = (column for column in TABLE["passages"].columns if column.name == "kind")
    assert re.findall(r"[a-z-]+", column.description.replace(" or ", " ")) == [kind.value for kind in Kind]


def test_the_text_is_the_kept_passages_with_a_blank_line_between() -> None:
    passages = [{"text": "One", "kept": True}, {"text": "Menu", "kept": False}, {"text": "Two", "kept": True}]
    assert text_of({"passages": passages}) == "One\n\nTwo"  # type: ignore[typeddict-item]
    assert text_of({"passages": []}) == ""  # type: ignore[typeddict-item]


def test_nobody_has_to_hear_of_progress() -> None:
    assert unheard(Progress("staging", 1, 2)) is None  # type: ignore[func-returns-value]
