"""JSON in its one canonical form (RFC 8785), without floats."""

from __future__ import annotations

import enum
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.canonical import LARGEST_EXACT_INTEGER, canonical_json

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
WHOLE = st.integers(-LARGEST_EXACT_INTEGER, LARGEST_EXACT_INTEGER)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)


@given(VALUES)
def test_it_is_json_and_says_the_same(value: Any) -> None:
    assert json.loads(canonical_json(value)) == value


@given(VALUES)
def test_it_is_canonical(value: Any) -> None:
    once = canonical_json(value)
    assert canonical_json(json.loads(once)) == once


@given(st.dictionaries(TEXT, WHOLE), st.randoms())
def test_the_order_of_making_does_not_show(value: dict[str, int], random: Any) -> None:
    items = list(value.items())
    random.shuffle(items)
    assert canonical_json(dict(items)) == canonical_json(value)


def test_the_example_of_the_standard_for_strings_and_literals() -> None:
    """RFC 8785, 3.2.2, but for its `numbers`, which are floats."""
    value = {"string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/", "literals": [None, True, False]}
    expected = '{"literals":[null,true,false],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical_json(value) == expected.encode("utf-8")


def test_the_example_of_the_standard_for_the_order_of_keys() -> None:
    """RFC 8785, 3.2.3: by UTF-16 code units, so an emoji comes before U+FB33."""
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    assert list(json.loads(canonical_json(value)).values()) == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


def test_keys_are_ordered_at_every_depth() -> None:
    assert canonical_json({"b": [{"z": 1, "y": {"d": 1, "c": 2}}], "a": 0}) == (
        b'{"a":0,"b":[{"y":{"c":2,"d":1},"z":1}]}'
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("\b\t\n\f\r", rb'"\b\t\n\f\r"'),
        ("\x00\x0b\x1f", rb'"\u0000\u000b\u001f"'),
        ('"\\', rb'"\"\\"'),
        ("/<>&'", b'"/<>&\'"'),
        ("\x7f\x80\u2028\u2029\ufeff", '"\x7f\x80\u2028\u2029\ufeff"'.encode()),
        ("e\u0301 \u00e9", '"e\u0301 \u00e9"'.encode()),
        ("\U0001f600", '"\U0001f600"'.encode()),
    ],
)
def test_only_what_must_be_is_escaped(text: str, written: bytes) -> None:
    """RFC 8785, 3.2.2.2; nothing is normalised (3.1)."""
    assert canonical_json(text) == written


@pytest.mark.parametrize("number", [0, -1, LARGEST_EXACT_INTEGER, -LARGEST_EXACT_INTEGER])
def test_whole_numbers_are_written_in_full(number: int) -> None:
    assert canonical_json(number) == str(number).encode()


@pytest.mark.parametrize("number", [2**53, -(2**53), 10**30])
def test_numbers_that_not_every_reader_holds_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="not exact"):
        canonical_json([number])


@pytest.mark.parametrize("value", [1.0, float("nan"), float("inf"), b"a", {1}, object(), 1j])
def test_what_has_no_place_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=re.escape(type(value).__name__)):
        canonical_json({"a": [value]})


@pytest.mark.parametrize("key", [1, None, True, ("a",)])
def test_a_key_is_a_string(key: object) -> None:
    with pytest.raises(ValueError, match="a key must be a string"):
        canonical_json({key: 1})


@pytest.mark.parametrize("value", ["\ud800", "a\udcffb", {"\udfff": 1}, ["\ud83d"]])
def test_half_of_a_surrogate_pair_is_refused(value: object) -> None:
    """RFC 8785, 3.2.2.2: it must end in an error."""
    with pytest.raises(ValueError, match="surrogates not allowed"):
        canonical_json(value)


class Colour(enum.StrEnum):
    RED = "red"


class Size(enum.IntEnum):
    LARGE = 7


def test_tuples_and_members_of_enumerations_are_what_they_hold() -> None:
    assert canonical_json({Colour.RED: (Colour.RED, Size.LARGE)}) == b'{"red":["red",7]}'
