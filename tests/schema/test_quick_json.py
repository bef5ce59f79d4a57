"""Records are written by a quicker way, to the same bytes."""

from __future__ import annotations

import enum
import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.canonical import LARGEST_EXACT_INTEGER, canonical_json
from archive.model.content import Written, content_of, written
from archive.model.fields import Source
from archive.model.records import RecordJson
from archive.schema.quick_json import quick_json, quick_strings

TEXT = st.text(st.characters() | st.sampled_from('"\\/\b\x00\x1f\x7f\u2028\ufb33\U0001f600\ud800'), max_size=6)
WHOLE = st.integers() | st.sampled_from([LARGEST_EXACT_INTEGER, LARGEST_EXACT_INTEGER + 1, -LARGEST_EXACT_INTEGER - 1])
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXT | st.sampled_from(Source),
    lambda inner: (
        st.lists(inner, max_size=4) | st.tuples(inner) | st.dictionaries(TEXT | st.just(1), inner, max_size=4)
    ),
    max_leaves=12,
)


class Size(enum.IntEnum):
    LARGE = 7


def outcome(function: Any, value: Any) -> Any:
    try:
        return function(value)
    except ValueError as error:
        return str(error)


@given(VALUES)
def test_both_ways_give_the_same_bytes_or_the_same_error(value: Any) -> None:
    assert outcome(quick_json, value) == outcome(canonical_json, value)


@pytest.mark.parametrize(
    "value",
    [
        {"\U0001f600": 1, "\ufb33": 2, "\ue000": {"\U0010ffff": 1, "\uffff": 2}},
        {"text": "\U0001f600", "\ufb33": [1]},
        {Source.SHEET: Size.LARGE},
        ["\ud800"],
        [2**53],
        {1: 1},
        b"a",
        {1},
        "\x7f\x80\u2028\u2029\ufeff/<>&'\b\t\n\f\r\x0b\x1b",
    ],
)
def test_where_the_two_might_differ(value: Any) -> None:
    assert outcome(quick_json, value) == outcome(canonical_json, value)


def test_what_is_nested_deeply_is_written_too() -> None:
    value: Any = "a"
    for _ in range(300):
        value = [value]
    assert quick_json(value) == b"[" * 300 + b'"a"' + b"]" * 300


@given(
    st.fixed_dictionaries(dict.fromkeys(RecordJson.__annotations__, VALUES) | {"additional": st.just({})})
    | st.dictionaries(st.sampled_from([*RecordJson.__annotations__, "later", "\ufb33"]), VALUES),
    st.lists(st.fixed_dictionaries({"agent": st.sampled_from(["corpus-archive 1", "a"]), "type": TEXT}), max_size=2),
)
def test_a_record_is_written_as_a_whole_or_in_pieces(record: dict[str, Any], events: list[dict[str, str]]) -> None:
    record |= {"events": events}
    whole = outcome(canonical_json, record)
    line = outcome(lambda one: written(one, quick_json).line, record)
    assert isinstance(line, bytes) == isinstance(whole, bytes)
    if isinstance(line, bytes):
        assert line == whole
        covered = {key: value for key, value in record.items() if key != "recipe"}
        covered["events"] = [one for one in events if one["agent"] == "a"]
        assert content_of(record, quick_json) == content_of(record) == canonical_json(covered)


def test_a_second_member_of_the_name_is_left_alone() -> None:
    """Minor versions to come may have more members in passages."""
    record = dict.fromkeys(RecordJson.__annotations__, "") | {"events": [], "additional": {}, "recipe": "ab"}
    for passage in ({"text": ',"recipe":"ab"'}, {"kept": True, "recipe": "ab"}):
        record["passages"] = [passage]
        own = written(record, quick_json)
        covered = canonical_json({key: value for key, value in record.items() if key != "recipe"})
        assert own == Written(canonical_json(record), hashlib.sha256(covered).hexdigest())
        assert content_of(record) == covered


@pytest.mark.parametrize("value", [1.5, [0.0], {"a": {"b": 1e300}}])
def test_what_people_add_may_hold_no_float(value: Any) -> None:
    with pytest.raises(ValueError, match="float has no place"):
        written({"additional": {"own": value}, "events": []}, quick_json)


@given(st.lists(TEXT | st.sampled_from(['x",', '","', "a\\", ","]), max_size=5))
def test_strings_together_are_written_as_each_by_itself(values: list[str]) -> None:
    assert outcome(quick_strings, values) == outcome(
        lambda all_of_them: [canonical_json(one)[1:-1] for one in all_of_them], values
    )
