from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import ArchiveError
from archive.model.columns import DOCUMENTS, TABLE, TABLES
from archive.model.fields import FIELDS
from archive.tables import document_columns, rows


def document(record):
    (row,) = rows.rows_of("documents", record)
    return dict(zip([column.name for column in DOCUMENTS.columns], row, strict=True))


def named(table, record):
    names = [column.name for column in TABLE[table].columns]
    return [dict(zip(names, row, strict=True)) for row in rows.rows_of(table, record)]


def test_every_table_has_its_projection():
    assert set(rows.PROJECTIONS) == {table.name for table in TABLES}


def test_every_metadata_field_reaches_the_documents_table(make_record):
    of_form = {"timestamp": "2024-05-03T10:00:00Z", "date": "2030-01-01"}
    stated = {
        field.name: [f"a {field.name}"] if field.many else of_form.get(field.form, f"a {field.name}")
        for field in FIELDS
    }
    row = document(make_record("a", ["One."], **stated))
    for field in FIELDS:
        if field.form not in of_form:
            assert row[field.name] == stated[field.name]
    assert row["captured_at"] == datetime(2024, 5, 3, 10, tzinfo=UTC)
    assert row["review_date"] == date(2030, 1, 1)


def test_what_nobody_states_is_null_or_an_empty_list(make_record):
    row = document(make_record("a", []))
    assert row["title"] is None
    assert row["captured_at"] is None
    assert row["date_issued_earliest"] is None
    assert row["creators"] == row["languages"] == []


def test_the_text_is_the_kept_passages_with_a_blank_line_between(make_record, make_passage):
    record = make_record("a", ["One.", "Two."])
    record["passages"].append(make_passage(2, "Menu", kept=False))
    row = document(record)
    assert row["text"] == "One.\n\nTwo."
    assert (row["passage_count"], row["kept_passage_count"]) == (3, 2)


def test_without_kept_passages_the_text_is_null(make_record, make_passage):
    record = make_record("a", [])
    record["passages"] = [make_passage(0, "Menu", kept=False)]
    assert document(record)["text"] is None


@pytest.mark.parametrize(("character", "room"), [("a", 1), ("é", 2), ("북", 3), ("\U0001f600", 4)])
def test_a_text_of_more_than_the_limit_is_null(make_record, monkeypatch, character, room):
    monkeypatch.setattr(document_columns, "LONGEST_TEXT", 24)
    fits = make_record("a", [character * (24 // room)])
    assert document(fits)["text"] == character * (24 // room)
    assert document(make_record("a", [character * (24 // room + 1)]))["text"] is None


def test_languages_are_those_of_kept_passages_most_characters_first(make_record, make_passage):
    record = make_record("a", [])
    record["passages"] = [
        make_passage(0, "short", language="en"),
        make_passage(1, "the longest of all of them", language="ko"),
        make_passage(2, "even", language="de"),
        make_passage(3, "more", language="zh"),
        make_passage(4, "1984", language="und"),
        make_passage(5, "a menu with a good many words in it", language="fr", kept=False),
    ]
    assert document(record)["languages"] == ["ko", "en", "de", "zh"]


def test_documents_of_one_group_have_one_sample_key(make_record):
    one, two, other = (document(make_record(name, [f"{name}."])) for name in "abc")
    assert one["duplicate_group"] == "g" + hashlib.sha256(b"a.").hexdigest()[:24]
    assert len({found["sample_key"] for found in (one, two, other)}) == 3
    same = document({**make_record("d", ["d."]), "duplicate_group": one["duplicate_group"]})
    assert same["sample_key"] == one["sample_key"]


def test_a_relation_is_a_row_and_its_score_a_number(make_record):
    stated = {"relation": "translation-of", "target": "b", "target_type": "document", "score": None, "basis": "b"}
    found = {**stated, "relation": "near-duplicate", "score": "0.9312"}
    record = {**make_record("a", ["a."]), "relations": [found, stated]}
    assert rows.rows_of("relations", record) == [
        ("a", "near-duplicate", "b", "document", 0.9312, "b"),
        ("a", "translation-of", "b", "document", None, "b"),
    ]


@given(st.text())
def test_a_sample_key_is_in_the_unit_interval_and_stable(group):
    key = document_columns.sample_key(group) if group.isascii() else 0.0
    assert 0 <= key < 1
    assert not group.isascii() or key == document_columns.sample_key(group)


def test_a_sample_key_does_not_change_between_versions():
    assert document_columns.sample_key("g000000000000000000000000") == 0.21850200730694647


def test_the_original_is_found_among_the_files_by_its_path(make_record):
    record = make_record("a", ["One."])
    record["files"].insert(0, {**record["files"][0], "path": "data/originals/a.png", "bytes": 7})
    assert document(record)["original_bytes"] == 4


@pytest.mark.parametrize("day", ["-0044-03-15", "0000-01-01", "10000-01-01"])
def test_days_that_readers_bend_are_null(make_record, day):
    assert document(make_record("a", [], date_issued_earliest=day))["date_issued_earliest"] is None


def test_passages_and_spans_join_by_document_and_ordinal(make_record):
    record = make_record("a", ["One.", "Two."])
    record["passages"][1]["spans"].append({"layer": "data/derived/a.txt/text.txt", "byte_start": 7, "byte_end": 9})
    assert [row["ordinal"] for row in named("passages", record)] == [0, 1]
    assert [(row["ordinal"], row["part"], row["layer"]) for row in named("spans", record)] == [
        (0, 0, "data/originals/a.txt"),
        (1, 0, "data/originals/a.txt"),
        (1, 1, "data/derived/a.txt/text.txt"),
    ]


def test_rows_hold_what_the_record_holds(make_record):
    record = make_record("a", ["One."])
    passage = {key: value for key, value in record["passages"][0].items() if key != "spans"}
    assert named("passages", record) == [{**passage, "document_id": "a"}]
    assert named("statements", record) == [{**record["statements"][0], "document_id": "a"}]
    assert named("files", record) == [{**record["files"][0], "document_id": "a"}]
    occurred = datetime(2024, 5, 3, 10, tzinfo=UTC)
    assert named("events", record) == [{**record["events"][0], "occurred_at": occurred}]


def test_events_of_the_bag_have_no_document(make_bag):
    (row,) = named("events", make_bag())
    assert row["document_id"] is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda record: record.pop("text"),
        lambda record: record.update(passages=5),
        lambda record: record.update(files=[]),
        lambda record: record.update(metadata=[]),
        lambda record: record["metadata"].update(review_date="soon"),
        lambda record: record["metadata"].update(captured_at="2024-05-03T10:00:00"),
        lambda record: record["metadata"].update(captured_at="0001-01-01T00:00:00+05:00"),
    ],
)
def test_a_record_of_another_shape_is_an_error_that_names_the_document(make_record, spoil):
    record = make_record("a", ["One."])
    spoil(record)
    with pytest.raises(ArchiveError, match=r"document a: the record has not the shape .* Check the record"):
        rows.rows_of("documents", record)


def test_a_record_that_is_no_object_is_an_error():
    with pytest.raises(ArchiveError, match="has not the shape"):
        rows.rows_of("files", ["no", "record"])  # type: ignore[arg-type]


@given(data=st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_columns_of_many_records_are_those_of_each(any_record, data):
    records = data.draw(st.lists(any_record, max_size=4))
    for table in TABLES:
        columns = rows.columns_of(table.name, records)
        assert len(columns) == len(table.columns)
        assert list(zip(*columns, strict=True)) == [
            row for record in records for row in rows.rows_of(table.name, record)
        ]


def test_of_many_records_the_one_without_the_shape_of_a_record_is_named(make_record):
    spoilt = make_record("b", ["Two."])
    del spoilt["passages"][0]["kind"]
    with pytest.raises(ArchiveError, match=r"document b: .*'passages'.*'kind' is missing"):
        rows.columns_of("passages", [make_record("a", ["One."]), spoilt])
