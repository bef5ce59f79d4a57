"""The rule of derivation where its texts are hostile; what it says of good ones is tested with the steps."""

from __future__ import annotations

import json
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.assembling import word_count
from archive.model.derivation import PARTS_AS_LINES, PIECEWISE, WHOLE, _by_escapes, carry_out, project
from archive.model.finishing import FINISHES, are_tidy, is_tidy

MARKS = "\u0301\u0323\u0344\u0f71\u0f72\u0f73\u0f75\u0f81\u05b0\u0307\u0300\U0001d165"
LETTERS = "aAs \u1100\u1161\u11a8\uac00\u1e69\u0f40\u09c7\u09be"


@given(st.lists(st.tuples(st.text(LETTERS, max_size=9), st.text(MARKS, max_size=90)), max_size=20), st.integers(1, 40))
@settings(deadline=None)
def test_long_runs_of_marks_are_normalised_as_unicode_says(parts: list[tuple[str, str]], times: int) -> None:
    text = "".join(letters + marks for letters, marks in parts) * times
    assert WHOLE["nfc"](text) == unicodedata.normalize("NFC", text)


@pytest.mark.unmeasured
@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0344\u0323", "\u0f71\u0f73"])
def test_a_page_of_marks_takes_no_minute(marks: str) -> None:
    began = time.monotonic()
    project([(("a" + marks * 300_000).encode(), "utf-8")], "1:nfc")
    assert time.monotonic() - began < 20


ODD = "\t\n\v\f\r\0\x1b\x1c\x1d\x1e\x1f\x7f\x85\xa0\xad\u1680\u2003\u200b\u200d\u2028\u2029\u3000\ufeff\U0001f469"
LINES = st.text("ab \u00e9e\u0301\ud55c\u3042" + ODD, max_size=24) | st.sampled_from(
    ["one  two\r\n three", " a\n\n\tb ", "a\r\u2028b", "\r\x85", "a\x1cb", "a\r\rb", "\u3042\n\u3044 \u3046"]
)


@given(
    st.lists(
        st.sampled_from(["", "a", " a", "a ", "a  b", "a b", "a\nb", "\t", "é", "é ", "\u00a0", "가", "a\r", "\x1c"])
    )
)
def test_lines_are_tidy_together_where_each_is(lines: list[str]) -> None:
    assert are_tidy(lines) == all(map(is_tidy, lines))


@pytest.mark.parametrize("finish", FINISHES)
@given(st.lists(LINES, max_size=3))
@settings(deadline=None)
def test_all_at_once_is_one_after_the_other(finish: tuple[str, ...], parts: list[str]) -> None:
    text = "\n".join(parts)
    for name in finish:
        text = WHOLE[name](text)
    assert carry_out(parts, (PARTS_AS_LINES, *finish)) == text
    assert word_count(text) == len(text.split())


@given(st.text(r"\\\\unt/\"d83DC00e9 x" + "\n", max_size=24) | st.text().map(json.dumps).map(lambda one: one[1:-1]))
@settings(deadline=None)
def test_escapes_at_once_are_escapes_one_by_one(text: str) -> None:
    assert PIECEWISE["json"](text) == _by_escapes(text)


def test_escapes_of_usual_and_unusual_strings() -> None:
    assert PIECEWISE["json"](r"a\u0041\ud83d\ude00\/") == "aA\U0001f600/"
    assert PIECEWISE["json"](r"\ud83d \x \q") == "\ufffd \\x \\q"
    assert PIECEWISE["json"](r"\ud83d \n") == "\ufffd \n"
