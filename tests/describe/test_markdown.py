from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.describe import markdown


@given(st.text())
def test_a_line_is_one_line_without_bare_markup(text):
    found = markdown.line(text)
    assert len(found.splitlines()) <= 1
    bare = found.replace("\\\\", "")
    for mark in "`*_[]<>#|":
        assert bare.count(mark) == bare.count("\\" + mark)


@pytest.mark.parametrize(
    ("given_text", "written"),
    [("- a list", "\\- a list"), ("12. May", "12\\. May"), ("1) one", "1\\) one"), ("+1", "\\+1"), ("a\x00b", "a b")],
)
def test_what_begins_a_block_is_escaped(given_text, written):
    assert markdown.line(given_text) == written


@given(st.text())
def test_code_cannot_be_left(text):
    found = markdown.code(text)
    fence = found[: len(found) - len(found.lstrip("`"))]
    assert found.endswith(fence)
    assert fence not in found[len(fence) : -len(fence)] or not text.strip()


def test_a_page_ends_with_one_line_end_and_leaves_empty_blocks_out():
    assert markdown.page("# A", "", " \n", "b\n") == b"# A\n\nb\n"


def test_paragraphs_are_kept_whatever_the_line_ends():
    assert markdown.paragraphs("a\r\nb\r\n\r\nc\r\rd") == "a b\n\nc\n\nd"
