from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.schema.words import LONGEST_ECHO, kind_of, listed, nearest, pointer, shown


def test_long_and_odd_values() -> None:
    assert shown("x" * 1000) == "'" + "x" * (LONGEST_ECHO - 1) + "…'"
    assert shown("\x1b[2J\u202e") == "'\\x1b[2J\\u202e'"
    assert shown(dict.fromkeys(range(500))) == "a group of named values with 500 members"
    assert shown(b"x") == "a bytes"
    assert kind_of(2.5) == "a number"


def test_lists_of_words() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "'a'"
    assert listed(range(30)).endswith("19 or one of 10 others")
    assert nearest("Date issued", ["date_issued", "title"]) == "date_issued"
    assert nearest("zzz", ["title"]) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_value_is_echoed_at_length_or_with_control_characters(value: object) -> None:
    text = shown(value)
    assert text.isprintable()
    assert len(text) <= 12 * LONGEST_ECHO


def test_a_pointer_escapes() -> None:
    assert pointer(["~", "/", 0]) == "/~0/~1/0"
