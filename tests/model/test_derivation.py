"""The rule of derivation where its texts are hostile; what it says of good ones is tested with the steps."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.derivation import WHOLE, project

MARKS = "\u0301\u0323\u0344\u0f71\u0f72\u0f73\u0f75\u0f81\u05b0\u0307\u0300\U0001d165"
LETTERS = "aAs \u1100\u1161\u11a8\uac00\u1e69\u0f40\u09c7\u09be"


@given(st.lists(st.tuples(st.text(LETTERS, max_size=9), st.text(MARKS, max_size=90)), max_size=20), st.integers(1, 40))
@settings(deadline=None)
def test_long_runs_of_marks_are_normalised_as_unicode_says(parts: list[tuple[str, str]], times: int) -> None:
    text = "".join(letters + marks for letters, marks in parts) * times
    assert WHOLE["nfc"](text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0344\u0323", "\u0f71\u0f73"])
def test_a_page_of_marks_takes_no_minute(marks: str) -> None:
    began = time.monotonic()
    project([(("a" + marks * 300_000).encode(), "utf-8")], "1:nfc")
    assert time.monotonic() - began < 20
