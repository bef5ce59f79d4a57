from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model.fields import AccessLevel
from archive.submission.sidecars import read_sidecar, sidecar_values


def codes(data: str | bytes) -> list[tuple[str, str | None]]:
    return [(one.code, one.where.pointer) for one in _read(data)[1]]


def _read(data: str | bytes) -> Any:
    return read_sidecar("a.html.json", data.encode() if isinstance(data, str) else data, ("box",))


def test_a_full_sidecar_is_read_whole():
    sidecar, found = _read(
        """{"identifier": ["id-1", "isbn:2"], "role": "Scan", "access_level": "Embargoed", "review_date": "2030-01-01",
            "dc.title": " T ", "dc.subject": ["a", "b", ""], "creators": "One", "publisher": null, "date_issued": 2017,
            "rights": "http://example.org/", "box": 7, "suggested.title": "S",
            "additional": {"depth": {"x": [true]}}}"""
    )
    assert found == []
    assert (sidecar.identifier, sidecar.role, sidecar.is_reviewed) == ("id-1", "scan", True)
    assert sidecar.level is AccessLevel.EMBARGOED
    said = sidecar_values(sidecar, ("box",))
    assert [tuple(one) for one in said.values] == [
        ("identifiers", "isbn:2", "/identifier/1"),
        ("access_level", "embargoed", "/access_level"),
        ("review_date", "2030-01-01", "/review_date"),
        ("title", "T", "/dc.title"),
        ("subjects", "a", "/dc.subject/0"),
        ("subjects", "b", "/dc.subject/1"),
        ("creators", "One", "/creators"),
        ("date_issued", "2017", "/date_issued"),
        ("rights_uri", "http://example.org/", "/rights"),
    ]
    assert said.additional == {"box": "7", "depth": {"x": [True]}}


def test_a_byte_order_mark_is_read_over():
    assert codes(b'\xef\xbb\xbf{"title": "T"}') == []


@pytest.mark.parametrize(
    ("data", "code", "pointer"),
    [
        ('{"title": ', "sidecar.malformed", None),
        (b'{"title": "\xff"}', "sidecar.malformed", None),
        ('{"title": NaN}', "sidecar.malformed", "/title"),
        ('{"additional": {"a": [-Infinity]}}', "sidecar.malformed", "/additional/a/0"),
        ('{"title": "\\ud800"}', "sidecar.malformed", "/title"),
        ('{"\\udc00": ""}', "sidecar.malformed", "/\\udc00"),
        ('{"additional": {"a": {"b": 1, "b": 2}}}', "sidecar.repeated-key", "/additional/a/b"),
        ('{"title": "a", "title": "b"', "sidecar.malformed", None),
        ("[" * 200_000, "sidecar.malformed", None),
        ('{"a":' * 200_000, "sidecar.malformed", None),
        ("[]", "sidecar.not-an-object", None),
        ('"x"', "sidecar.not-an-object", None),
        ('{"title": "a", "title": "b"}', "sidecar.repeated-key", "/title"),
        ('{"a/b": 1, "a/b": 2}', "sidecar.repeated-key", "/a~1b"),
        ('{"colour": "a"}', "sidecar.unknown-key", "/colour"),
        ('{"titel": "a"}', "sidecar.unknown-key", "/titel"),
        ('{"filename": "a"}', "sidecar.unknown-key", "/filename"),
        ('{"": "a"}', "sidecar.unknown-key", "/"),
        ('{"title": 5}', "sidecar.wrong-type", "/title"),
        ('{"title": 5.5e3}', "sidecar.wrong-type", "/title"),
        ('{"title": ["a"]}', "sidecar.wrong-type", "/title"),
        ('{"access_level": ["open"]}', "sidecar.wrong-type", "/access_level"),
        ('{"access_level": null}', "sidecar.wrong-type", "/access_level"),
        ('{"access_level": 1}', "sidecar.wrong-type", "/access_level"),
        ('{"access_level": {}}', "sidecar.wrong-type", "/access_level"),
        ('{"review_date": null}', "sidecar.wrong-type", "/review_date"),
        ('{"role": null}', "sidecar.wrong-type", "/role"),
        ('{"identifier": 7}', "sidecar.wrong-type", "/identifier"),
        ('{"subjects": ["a", null]}', "sidecar.wrong-type", "/subjects/1"),
        ('{"rights": false}', "sidecar.wrong-type", "/rights"),
        ('{"additional": null}', "sidecar.wrong-type", "/additional"),
        ('{"title": true}', "sidecar.wrong-type", "/title"),
        ('{"title": {"en": "a"}}', "sidecar.wrong-type", "/title"),
        ('{"title": ["a", "b"]}', "sidecar.wrong-type", "/title"),
        ('{"subjects": ["a", ["b"]]}', "sidecar.wrong-type", "/subjects/1"),
        ('{"role": ["page", "scan"]}', "sidecar.wrong-type", "/role"),
        ('{"role": "pages"}', "sheet.unknown-role", "/role"),
        ('{"role": "x"}', "sheet.unknown-role", "/role"),
        ('{"access_level": "publc"}', "access.unknown-level", "/access_level"),
        ('{"additional": []}', "sidecar.wrong-type", "/additional"),
        (b" " * (1 << 20) + b"{}", "sidecar.too-large", None),
    ],
)
def test_each_fault_is_one_finding_at_its_place(data: str | bytes, code: str, pointer: str | None):
    assert codes(data) == [(code, pointer)]


def test_a_value_of_the_wrong_kind_is_named_with_what_is_expected():
    (one,) = _read('{"title": 5}')[1]
    assert (one.where.file, one.found, one.expected) == (
        "a.html.json", "the number 5", "one text between quotation marks",
    )  # fmt: skip
    (one,) = _read('{"creators": [{"name": "x"}]}')[1]
    assert (one.where.pointer, one.found, one.expected) == (
        "/creators/0", "an object", "text between quotation marks, or a list of texts",
    )  # fmt: skip


def test_faults_have_their_places_after_a_byte_order_mark_and_other_letters():
    data = '\ufeff{\n"title": "é",\n"title": NaN, "x": "\\uD83D\\ude00 \\ud83d"}'.encode()
    found = _read(data)[1]
    assert [(one.code, one.where.row, data[slice(*map(int, one.where.bytes.split("-")))]) for one in found] == [
        ("sidecar.repeated-key", 3, b'"title"'),
        ("sidecar.malformed", 3, b"NaN"),
        ("sidecar.malformed", 3, b'"\\uD83D\\ude00 \\ud83d"'),
    ]


def test_many_faults_are_not_told_for_ever():
    assert len(_read("[" + ",".join(["NaN"] * 500) + "]")[1]) == 20


def test_malformed_json_has_its_line():
    (one,) = _read('{\n  "a": "b",\n  "c" "d"\n}')[1]
    assert one.where.row == 3
    assert "character 7" in one.found


def test_what_nobody_can_read_is_restricted():
    assert _read("{")[0].level is AccessLevel.RESTRICTED
    for level in ('"opne"', "null", "5", '["open"]', "{}", "true"):
        assert _read(f'{{"access_level": {level}}}')[0].level is AccessLevel.RESTRICTED


def test_a_name_that_is_not_utf8_is_shown_in_findings():
    (one,) = read_sidecar("caf\udce9.json", b"{")[1]
    assert one.where.file == "caf\\xe9.json"


@given(st.binary(max_size=80))
def test_no_bytes_crash_it(data: bytes):
    _read(data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["title", "subjects", "role", "identifier", "additional", "x"]), _JSON))
def test_no_json_crashes_it(value: Any):
    sidecar, _ = _read(json.dumps(value))
    for _, text, _ in sidecar_values(sidecar).values:
        text.encode()
