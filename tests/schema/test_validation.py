from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import ArchiveError
from archive.model.findings import Finding, Severity, Where
from archive.schema import validation
from archive.schema.checker import careful
from archive.schema.overlays import read_overlay
from archive.schema.places import Origins
from archive.schema.validation import MOST_FAULTS, Validator


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, str, str]]:
    return [(one.code, one.where.pointer, one.found, one.expected) for one in findings]


def test_a_good_record_has_no_findings(record: dict[str, Any]) -> None:
    assert Validator().check(record, "a.txt") == ()


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("date_issued", "3 May 2011", ("date.not-edtf", "'3 May 2011', which is not an EDTF date", "2011-05-03")),
        ("date_issued", "", ("value.empty", "'', which says nothing", "a value, or no such field at all")),
        ("language", "English", ("language.not-bcp47", "'English', which is not a BCP 47 language tag", "en")),
        (
            "language",
            "qqqq",
            (
                "language.not-bcp47",
                "'qqqq', which is not a BCP 47 language tag",
                "a language tag such as en, ko or zh-Hant; und where nobody knows",
            ),
        ),
        ("language", "EN-gb", ("language.not-canonical", "'EN-gb'", "en-GB")),
        (
            "source_url",
            "www.x.org",
            ("uri.malformed", "'www.x.org', which is not a URI", "https://www.x.org if that is the address"),
        ),
        (
            "captured_at",
            "2024-05-03",
            (
                "timestamp.malformed",
                "'2024-05-03', which is not an RFC 3339 timestamp",
                "the time as well, such as 2024-05-03T00:00:00Z",
            ),
        ),
        ("review_date", "3 May 2030", ("date.not-a-day", "'3 May 2030', which is not one day", "2030-05-03")),
        (
            "review_date",
            "2030",
            ("date.not-a-day", "'2030', which is not one day", "one day as year, month and day, such as 2030-01-01"),
        ),
        ("title", " \u3000", ("value.empty", "' \\u3000', which says nothing", "a value, or no such field at all")),
        ("title", "a\x00b", ("value.control-character", "'a\\x00b'", "text without control characters")),
        (
            "title",
            "a" * 500 + "\x9f",
            ("value.control-character", "'" + "a" * 40 + "\\x9f'", "text without control characters"),
        ),
        ("title", 5, ("record.wrong-type", "5, which is a number", "text")),
        ("title", "a\ud800", ("value.not-unicode", "'a\\ud800'", "text in UTF-8")),
        ("access_level", "opne", ("value.not-in-list", "'opne'", "'open', 'embargoed' or 'restricted'")),
        ("genre", ["x"] * 200, ("record.wrong-type", "a list with 200 members, which is a list", "text")),
    ],
)
def test_a_bad_value_is_told_in_words(
    record: dict[str, Any], field: str, value: Any, expected: tuple[str, str, str]
) -> None:
    record["metadata"][field] = value
    code, found, wanted = expected
    findings = Validator().check(record, "a.txt")
    assert told(findings) == [(code, f"/metadata/{field}", found, wanted)]
    assert findings[0].document == "a.txt"
    assert findings[0].severity is (Severity.WARNING if code == "language.not-canonical" else Severity.ERROR)


def test_all_errors_of_a_record_are_gathered(record: dict[str, Any]) -> None:
    del record["text"], record["recipe"]
    record["metadata"]["titel"] = "x"
    record["record_version"] = "2.0"
    record["files"] = []
    record["passages"][0]["ordinal"] = -1
    record["passages"][0]["language"] = "kor"
    record["passages"][0]["spans"][0]["layer"] = "data/../../etc/passwd"
    record["extra"] = 1
    codes = [(one.code, one.where.pointer) for one in Validator().check(record, "a.txt")]
    assert codes == [
        ("record.missing-field", ""),
        ("record.missing-field", ""),
        ("record.unknown-field", "/extra"),
        ("record.schema", "/files"),
        ("record.unknown-field", "/metadata/titel"),
        ("language.not-bcp47", "/passages/0/language"),
        ("record.schema", "/passages/0/ordinal"),
        ("record.schema", "/passages/0/spans/0/layer"),
        ("record.version", "/record_version"),
    ]


def test_an_embargo_needs_its_date_and_bounds_their_date(record: dict[str, Any]) -> None:
    del record["metadata"]["review_date"], record["metadata"]["date_issued"]
    findings = Validator().check(record)
    assert told(findings) == [
        ("record.missing-field", "/metadata", "no field 'date_issued'", "the field 'date_issued'"),
        ("record.missing-field", "/metadata", "no field 'review_date'", "the field 'review_date'"),
    ]


def test_an_open_end_may_be_null(record: dict[str, Any]) -> None:
    record["metadata"] |= {"date_issued": "2011/..", "date_issued_earliest": "2011-01-01", "date_issued_latest": None}
    assert Validator().check(record) == ()


def test_a_finding_names_the_cell_that_the_value_stood_in(record: dict[str, Any]) -> None:
    record["metadata"]["date_issued"] = record["statements"][0]["value"] = "03/05/2011"
    validator = Validator(origins=Origins(("filename", "dc.date"), "data/submission/"))
    (finding,) = validator.check(record, "a.txt")
    assert finding.where == Where("metadata.csv", row=4, column="dc.date", pointer="/metadata/date_issued")
    assert finding.expected == "2011-05-03 if the day stands first, or 2011-03-05 if the month does"


def test_a_value_without_a_statement_has_the_place_of_the_record(record: dict[str, Any]) -> None:
    record["original"] = "x"
    within = Where("data/records/00000.jsonl", row=7)
    (finding,) = Validator().check(record, "a.txt", within)
    assert finding.where == Where("data/records/00000.jsonl", row=7, pointer="/original")


def test_a_record_of_countless_errors_does_not_tell_them_all(record: dict[str, Any]) -> None:
    record["statements"] = [{}] * 10_000
    findings = Validator().check(record)
    assert len(findings) == MOST_FAULTS + 1
    assert [one.code for one in findings].count("record.more-errors") == 1


@pytest.mark.parametrize("value", [None, 5, "x", [], {}, {"metadata": []}, {"metadata": {"language": 5}}, {"a": b"x"}])
def test_what_is_no_record_at_all_is_told_too(value: Any) -> None:
    assert Validator().check(value)


def test_a_validator_pickles_and_still_checks(record: dict[str, Any]) -> None:
    overlay, _ = read_overlay(b'{"required": ["x"]}', "mine.schema.json")
    validator = pickle.loads(pickle.dumps(Validator(overlay=overlay, origins=Origins(("a",)))))
    assert [one.code for one in validator.check(record)] == ["record.own-schema"]


def test_should_the_engines_ever_disagree_the_record_is_not_called_good(
    record: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Strict:
        def is_valid(self, _: object) -> bool:
            return False

    monkeypatch.setattr(validation, "_quick", lambda _: Strict())
    assert [one.code for one in Validator().check(record)] == ["record.schema"]


def test_nothing_is_fetched() -> None:
    with pytest.raises(ArchiveError, match="outside"):
        validation._nothing_from_outside("https://example.org/x")


def test_the_careful_engine_is_not_imported_for_good_records(record: dict[str, Any]) -> None:
    program = (
        "import json, sys; from archive.schema.validation import Validator;"
        "assert Validator().check(json.load(sys.stdin)) == ();"
        "print([name for name in ('jsonschema', 'edtf', 'pyarrow') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(record), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


# The two engines, over records spoilt in many ways.

_TEXTS = st.sampled_from(
    [
        "",
        " ",
        "\n",
        "x\n",
        "2011-02-30",
        "2011-05-03",
        "2011-05-03\n",
        "2017-09~",
        "3 May",
        "en",
        "kor",
        "٣",
        "０",
        "data/a",
        "data/a\n",
        "data/../a",
        "a\x85",
        "\u2028",
        "0" * 64,
        "0" * 64 + "\n",
        "1.0",
        "1.0\n",
        "1.٣",
        "fmt/1",
        "fmt/1\n",
        "text/plain",
        "text/plain\n",
        "https://example.org/é",
        "https://example.org/",
        "2024-05-03T10:00:00Z",
        "2024-05-03T10:00:60Z",
        "p" + "a" * 24,
        "utf-8\n",
        "open",
        "0.5",
        "0.5\n",
        "0." + "1" * 30,
        "\ufeff",
        "𝟘",
        "K",
    ]
)
_VALUES = st.one_of(
    _TEXTS,
    st.text(max_size=8),
    st.sampled_from(
        [None, True, False, 0, -1, 1, 1.0, 0.5, -0.0, 2**53, 2**53 - 1, 2**64, 2**70, 1e300, [], {}, [{}], [""]]
    ),
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _places(member, (*path, key))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _places(member, (*path, index))


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.data())
def test_the_two_engines_never_disagree(record: dict[str, Any], data: st.DataObject) -> None:
    spoilt = copy.deepcopy(record)
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from([place for place in _places(spoilt) if place]))
        holder = spoilt
        for part in path[:-1]:
            holder = holder[part]
        match data.draw(st.sampled_from(["replace", "remove", "add"])):
            case "replace":
                holder[path[-1]] = data.draw(_VALUES)
            case "remove":
                del holder[path[-1]]
            case _ if isinstance(holder, dict):
                holder[data.draw(st.sampled_from(["title", "genre", "x", "$ref", "places"]))] = data.draw(_VALUES)
            case _:
                holder.append(data.draw(_VALUES))
    quick, slow = validation._quick("record").is_valid(spoilt), careful("record").is_valid(spoilt)
    assert quick == slow
    errors = [one for one in Validator().check(spoilt) if one.severity is Severity.ERROR]
    assert bool(errors) is not quick
    for one in errors:
        assert one.found or one.code == "record.more-errors"
        assert len(one.found) < 400


# corpus.toml: its schema is published, and travels in every bag

CORPUS = {"identifier": "https://example.org/c", "version": "1.0", "title": "Reports"}


def test_a_good_corpus_meets_its_schema() -> None:
    more = {
        "slug": "reports",
        "language": "en",
        "access_level": "embargoed",
        "review_date": "2030-01-01",
        "defaults": {"creators": ["A", "B"], "date_issued": "2011", "dc.rights": "In copyright", "creator": "C"},
        "lists": {"creators": ";"},
        "json_lines": {"headline": "title"},
        "bag-info": {"Source-Organization": "A", "Contact-Name": ["B", "C"]},
        "datasheet": {"selection": "All.", "gaps": ["One."], "founded": "2011-05-03", "own": {"x": [1]}},
        "additional": {"anything": True},
    }
    assert careful("corpus").is_valid(CORPUS | more)


def test_a_bad_corpus_does_not() -> None:
    spoilt = {
        "identifer": "x",
        "version": 1.0,
        "title": "",
        "slug": "a b",
        "language": "English",
        "access_level": "embargoed",
        "contact": {"name": "X"},
        "bag-info": {"A:": "b", "B": "c\nd"},
        "defaults": {"date_issued": "May 2011"},
    }
    assert sorted((*error.path, error.validator) for error in careful("corpus").iter_errors(spoilt)) == [
        ("additionalProperties",),
        ("bag-info", "B", "not"),
        ("bag-info", "pattern"),
        ("contact", "additionalProperties"),
        ("defaults", "date_issued", "format"),
        ("language", "format"),
        ("required",),
        ("required",),
        ("slug", "pattern"),
        ("title", "pattern"),
        ("version", "type"),
    ]


def test_a_bag_has_codes_of_its_own() -> None:
    assert {one.code for one in Validator("bag").check({"bag_version": "2.0"})} == {"bag-json.schema", "record.version"}
