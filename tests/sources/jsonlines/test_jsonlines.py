from __future__ import annotations

import io
import json
import pickle
from collections.abc import Mapping
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.blocks import Reading
from archive.model.findings import Severity
from archive.sources import Limits
from archive.sources.containers import Member
from archive.sources.jsonlines import blocks as blocks_of_members
from archive.sources.jsonlines.listing import members
from archive.sources.jsonlines.reading import read_member
from archive.sources.jsonlines.scanning import MalformedError, faults_in, members_of_object, usual_members, usual_values
from tests.contracts.sources import check_reading


def read_lines(data: bytes, renames: Mapping[str, str] | None = None) -> list[tuple[Member, Reading]]:
    found = []
    for member in members("c.jsonl", io.BytesIO(data), renames or {}):
        assert pickle.loads(pickle.dumps(member)) == member
        reading = read_member(data[member.start : member.end], member, renames or {})
        check_reading(reading)
        found.append((member, reading))
    return found


def codes(member: Member) -> list[str]:
    return [one.code for one in member.findings]


def test_members_have_names_rows_and_bytes() -> None:
    data = b'\xef\xbb\xbf{"id": "a", "text": "x"}\r\n\n{"text": "y"}\n {"id": 7, "text": "z"}'
    found = read_lines(data)
    assert [(member.name, member.row, data[member.start : member.end]) for member, _ in found] == [
        ("a", 1, b'{"id": "a", "text": "x"}'),
        ("3", 3, b'{"text": "y"}'),
        ("7", 4, b' {"id": 7, "text": "z"}'),
    ]
    assert not any(member.findings for member, _ in found)
    assert [reading.blocks[0].text for _, reading in found] == ["x", "y", "z"]
    assert found[0][0].where.as_json() == {
        "file": "c.jsonl", "row": 1, "column": None, "pointer": None, "bytes": "3-27",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "code", "found"),
    [
        (b"{", "jsonl.malformed-line", "name in quotes"),
        (b'{"a" 1}', "jsonl.malformed-line", "`:` is missing"),
        (b'{"a": 1 "b"}', "jsonl.malformed-line", "`,` is missing"),
        (b'{"a": 1} x', "jsonl.malformed-line", "something follows"),
        (b"{} {}", "jsonl.malformed-line", "something follows"),
        (b'{"a": tru}', "jsonl.malformed-line", "expecting value at character 7"),
        (b'{"a": "x', "jsonl.malformed-line", "unterminated"),
        (b'{"a": "tab\there"}', "jsonl.malformed-line", "control character"),
        (b"[1]", "jsonl.malformed-line", "no object"),
        (b"nonsense", "jsonl.malformed-line", "expecting value"),
        (b'{"a": ' + b"[" * 100_000, "jsonl.malformed-line", "nested more than 64 deep"),
        (b'{"a": ' + b"9" * 5000 + b"}", "jsonl.malformed-line", "too many digits"),
        (b'{"id": "a"}', "jsonl.duplicate-member", "a"),
        (b'{"id": ""}', "jsonl.id-not-usable", "''"),
        (b'{"id": true}', "jsonl.id-not-usable", "True"),
        (b'{"id": 1.5}', "jsonl.id-not-usable", "1.5"),
        (b'{"id": "\\ud800"}', "jsonl.id-not-usable", "ud800"),
        (b'{"id": "' + b"x" * 300 + b'"}', "jsonl.line-too-long", "311 bytes"),
    ],
)
def test_a_wrong_line_is_a_finding_and_the_others_are_read(line: bytes, code: str, found: str) -> None:
    data = b'{"id": "a", "text": "x"}\n' + line + b'\n{"id": "z", "text": "y"}'
    limits = Limits(largest_line=300) if code == "jsonl.line-too-long" else Limits()
    first, wrong, last = members("c.jsonl", io.BytesIO(data), {}, limits=limits)
    assert (codes(first), codes(wrong), codes(last)) == ([], [code], [])
    assert found in wrong.findings[0].found
    assert (wrong.name, wrong.row, wrong.findings[0].where.row) == ("2", 2, 2)
    assert data[last.start : last.end] == b'{"id": "z", "text": "y"}'
    json.dumps(wrong.findings[0].as_json()).encode("utf-8")


def test_a_line_that_was_changed_since_is_malformed_too() -> None:
    member = Member("c.jsonl", "1", 0, 1, 1)
    reading = read_member(b"{", member, {})
    assert [one.code for one in reading.findings] == ["jsonl.malformed-line"]
    assert not reading.text_was_read


def test_the_end_of_a_long_last_line_is_found() -> None:
    data = b"x" * 3_000_000
    (member,) = members("c.jsonl", io.BytesIO(data), {}, limits=Limits(largest_line=10))
    assert (member.start, member.end, codes(member)) == (0, 3_000_000, ["jsonl.line-too-long"])


def test_lines_of_a_text_are_blocks_with_places_in_the_container() -> None:
    written = r'{"id": "é", "text": "  One \u00e9\n\n\t둘 \"x\"\\n \u00a0\r\nthree\u2028four \u0085\ufeff"}'
    data = b'{"id": 1, "text": ""}\n' + written.encode()
    (_, empty), (_, reading) = read_lines(data)
    assert [one.code for one in empty.findings] == ["text.empty"]
    assert [(block.text, block.operations, block.gap) for block in reading.blocks] == [
        ("One é", ("json",), 0), ('둘 "x"\\n', ("json",), 1), ("three", ("json",), 0), ("four", ("json",), 0),
    ]  # fmt: skip
    assert [data[block.spans[0].start : block.spans[0].end].decode() for block in reading.blocks] == [
        r"One \u00e9", r"둘 \"x\"\\n", "three", "four",
    ]  # fmt: skip


@settings(deadline=None)
@given(st.text(), st.booleans())
def test_any_text_comes_back(text: str, ascii_only: bool) -> None:
    data = json.dumps({"text": text}, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    ((_, reading),) = read_lines(data)
    clean = text.encode("utf-8", "replace").decode()
    whole = "".join("".join(block.text.split()) for block in reading.blocks)
    for gone in "\x00\x01\u00ad\ufeff":
        whole, clean = whole.replace(gone, ""), clean.replace(gone, "")
    assert sum(map(str.isalnum, whole)) == sum(map(str.isalnum, "".join(clean.split())))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"id": "a"}', "jsonl.text-missing"),
        ("{}", "jsonl.text-missing"),
        ('{"text": null}', "jsonl.text-missing"),
        ('{"text": ["x"]}', "jsonl.text-missing"),
        ('{"text": "x", "title": {"a": 1}}', "jsonl.field-not-usable"),
        ('{"text": "x", "title": ["a"]}', "jsonl.field-not-usable"),
        ('{"text": "x", "creators": ["a", 1.5]}', "jsonl.field-not-usable"),
        ('{"text": "x", "date": "last year"}', "jsonl.field-not-usable"),
    ],
)
def test_what_a_line_lacks_is_a_finding(line: str, code: str) -> None:
    ((member, reading),) = read_lines(line.encode())
    assert not member.findings
    assert [one.code for one in reading.findings] == [code]


def test_known_fields_are_embedded() -> None:
    line = """{"text": "x", "title": " T ", "creator": ["A", "B"], "date": 2017, "dc.subject": "s", "language": null,
        "unknown": "u", "publisher": "", "access_level": "restricted", "title_lone": "\\ud800"}""".replace("\n", "")
    ((_, reading),) = read_lines(line.encode())
    assert [(one.field, one.value) for one in reading.embedded] == [
        ("title", "T"), ("creators", "A"), ("creators", "B"), ("date_issued", "2017"), ("subjects", "s"),
        ("access_level", "restricted"),
    ]  # fmt: skip
    start, end = reading.embedded[0].locator.removeprefix("bytes=").split("-")
    assert line[int(start) : int(end)] == " T "


def test_of_a_name_that_stands_twice_the_last_counts() -> None:
    line = b'{"title": "old", "text": "old", "date": "2017", "text": "x", "title": "new"}'
    ((_, reading),) = read_lines(line)
    assert [block.text for block in reading.blocks] == ["x"]
    assert [(one.value, one.locator) for one in reading.embedded] == [("new", "bytes=71-74"), ("2017", "bytes=41-45")]


def test_keys_may_be_renamed() -> None:
    renames = {"uid": "id", "body": "text", "head": "title", "text": "description"}
    ((member, reading),) = read_lines(b'{"uid": "u", "id": "i", "text": "d", "body": "b", "head": "\\ud800"}', renames)
    assert member.name == "u"
    assert [block.text for block in reading.blocks] == ["b"]
    assert [(one.field, one.value) for one in reading.embedded] == [("description", "d"), ("title", "\ufffd")]


def test_bytes_that_are_no_utf8_are_said() -> None:
    ((member, reading),) = read_lines(b'{"title": "\xfft", "text": "a\xffb"}')
    assert not member.findings
    assert [block.text for block in reading.blocks] == ["a\ufffdb"]
    assert [one.where.bytes for one in reading.findings] == ["11-12"]


def test_limits_hold_for_members_too() -> None:
    data = rb'{"text": "a\nb\nc"}'
    (member,) = members("c.jsonl", io.BytesIO(data), {})
    for limits, code in ((Limits(largest_text=3), "text.too-large"), (Limits(most_blocks=2), "text.too-many-blocks")):
        reading = read_member(data, member, {}, limits=limits)
        assert [one.code for one in reading.findings] == [code]
        assert not reading.text_was_read


@pytest.mark.parametrize(
    ("line", "pointer", "found", "is_error"),
    [
        ('{"text": "é", "title": 5}', "/title", "the number 5", False),
        ('{"text": "é", "title": true}', "/title", "true", False),
        ('{"text": "é", "title": ["a"]}', "/title", "a list", False),
        ('{"text": "é", "creators": ["a", {"name": "b"}]}', "/creators/1", "an object", False),
        ('{"text": "é", "creators": ["a", null]}', "/creators/1", "null", False),
        ('{"text": "é", "creators": []}', "/creators", "an empty list", False),
        ('{"text": "é", "date_issued": "soon"}', "/date_issued", "'soon'", False),
        ('{"text": "é", "date_issued": 2017.5}', "/date_issued", "the number 2017.5", False),
        ('{"text": "é", "access_level": ["restricted"]}', "/access_level", "a list", True),
    ],
)
def test_a_field_of_the_wrong_kind_has_its_place(line: str, pointer: str, found: str, *, is_error: bool) -> None:
    ((_, reading),) = read_lines(b"\xef\xbb\xbf" + line.encode())
    (one,) = reading.findings
    assert (one.code, one.where.pointer, one.found) == ("jsonl.field-not-usable", pointer, found)
    assert one.where.row == 1
    assert (one.severity is Severity.ERROR) == is_error
    assert one.expected


def test_a_year_may_be_a_number_and_null_states_nothing() -> None:
    ((_, reading),) = read_lines(b'{"text": "x", "date_issued": 2017, "title": null, "creators": [""]}')
    assert [(one.field, one.value) for one in reading.embedded] == [("date_issued", "2017")]
    assert reading.findings == ()


LONG = "a word and another " * 9


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"text": "é", "text": "b"}', [("jsonl.repeated-key", "error", "/text", '"text"')]),
        (
            '{"text": "é", "dc.title": "b", "dc.title": "c"}',
            [("jsonl.repeated-key", "error", "/dc.title", '"dc.title"')],
        ),
        ('{"text": "é", "of": {"k/": 1, "k/": 2}}', [("jsonl.repeated-key", "warning", "/of/k~1", '"k/"')]),
        ('{"text": "é", "own": 1, "own": 1}', [("jsonl.repeated-key", "warning", "/own", '"own"')]),
        ('{"text": "é \\ud83d"}', [("jsonl.lone-surrogate", "warning", "/text", '"é \\ud83d"')]),
        ('{"text": "é", "o": ["\\uDE00"]}', [("jsonl.lone-surrogate", "warning", "/o/0", '"\\uDE00"')]),
        ('{"text": "é \\ud83d\\uDE00"}', []),
        (f'{{"text": "{LONG} \\ud800"}}', [("jsonl.lone-surrogate", "warning", "/text", f'"{LONG} \\ud800"')]),
    ],
)
def test_what_readers_take_for_different_things_has_its_place(line: str, expected: list[tuple[str, ...]]) -> None:
    data = line.encode()
    ((member, reading),) = read_lines(data)
    assert member.findings == ()
    places = [tuple(map(int, str(one.where.bytes).split("-"))) for one in reading.findings]
    assert [
        (one.code, one.severity.value, one.where.pointer, data[start:end].decode())
        for one, (start, end) in zip(reading.findings, places, strict=True)
    ] == expected


def test_of_many_alike_the_first_are_named_and_the_others_counted() -> None:
    keys = ", ".join(['"own": 1'] * 30 + ['"text": "b"'])
    ((_, reading),) = read_lines(f'{{"text": "é", {keys}}}'.encode())
    assert len(reading.findings) == Limits().most_places + 2
    assert [(one.severity, one.found) for one in reading.findings[-2:]] == [
        (Severity.ERROR, '"text" a second time'),
        (Severity.WARNING, "9 more of this kind, the last of them here"),
    ]


@pytest.mark.parametrize("value", ["NaN", "[Infinity]", '{"b": -Infinity}'])
def test_what_is_no_number_is_no_json(value: str) -> None:
    data = f'{{"text": "x", "a": {value}}}'.encode()
    (member,) = members("c.jsonl", io.BytesIO(data), {})
    (one,) = member.findings
    assert one.code == "jsonl.malformed-line"
    assert "is no JSON value" in one.found
    assert "(/a" in one.found


@given(st.text('ab \\\n\n\t\x7fé\u00a0\u0301가😀"/', max_size=40), st.booleans())
@settings(max_examples=200, deadline=None)
def test_a_plain_string_is_divided_as_any_string_is(text: str, ascii_alone: bool) -> None:
    data = json.dumps({"id": "a", "text": text}, ensure_ascii=ascii_alone).encode()
    found = read_lines(data)
    with patch.object(blocks_of_members, "_is_plain", lambda _: False):
        assert read_lines(data) == found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text('a"\\\n\u00e9{[', max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=1), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200)
@given(st.dictionaries(st.text("abc", max_size=2), JSON, max_size=4), st.sampled_from((", ", ",", " , ")), st.data())
def test_a_usual_line_is_read_as_any_line_is(value: object, comma: str, data: st.DataObject) -> None:
    line = json.dumps(value, separators=(comma, data.draw(st.sampled_from((": ", ":", " :")))))
    at = data.draw(st.integers(0, len(line)))
    line = line[:at] + data.draw(st.sampled_from(("", "", " ", "x", '"', ',"a":1,"a":2'))) + line[at:]
    usual = usual_members(line, 4)
    if usual is not None:
        assert usual == members_of_object(line, 4)
        assert faults_in(line) == ()
    values = usual_values(line.encode(), 4)
    if values is not None:
        known = members_of_object(line, 4)
        assert values.keys() == known.keys()
        assert all(type(values[one]) is float or values[one] == known[one].value for one in values)


@pytest.mark.parametrize(
    "line", ["[1]", '{"a": NaN}', '{"a": 1' + "0" * 5000 + "}", '{"a": "\\ud800"}', '{"a":[[[[1]]]]}']
)
def test_what_two_parsers_may_see_otherwise_is_left_to_one(line: str) -> None:
    assert usual_values(line.encode(), 4) is None


def test_a_number_of_many_digits_is_a_name() -> None:
    (member,) = members("c.jsonl", io.BytesIO(b'{"id": 123456789012345678901234567890}'), {})
    assert member.name == "123456789012345678901234567890"


def test_most_lines_are_usual() -> None:
    for line in ('{"id":"a","text":"b","tags":["c"]}', '{"id": 1, "text": "b", "tags": null}'):
        assert usual_members(line, 4) == members_of_object(line, 4)


@pytest.mark.parametrize(
    "line",
    [
        '{"access_level": "restricted'.encode("utf-16-le"),
        '{"access_level": "restricted'.encode("utf-16-be"),
        b'{"acc\\u0065ss\\u005Flevel": "restricted',
    ],
)
def test_a_broken_line_may_ask_for_a_level_of_access_in_other_characters(line: bytes) -> None:
    (one,) = members("c.jsonl", io.BytesIO(line), {})
    assert [(found.code, found.severity) for found in one.findings] == [("jsonl.malformed-line", Severity.ERROR)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "a', "unterminated string starting at character 8"),
        ('{"id": "a\tb"}', "invalid control character at character 10"),
    ],
)
def test_what_json_says_of_a_line_is_one_sentence(line: str, said: str) -> None:
    with pytest.raises(MalformedError, match=f"^{said}$"):
        members_of_object(line, 64)
