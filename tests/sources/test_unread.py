"""What is told at a glance is what reading tells."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.blocks import Reading
from archive.model.spans import Layer
from archive.sources import Limits, read
from archive.sources.unread import is_plain_utf8

LIMITS = Limits(text_is_wanted=False)
ODD = ["<", "~{VPND~}", "\x1b$)C", "%PDF-1.4", "\x85", "\x07", "\ufeff", "+/v8-", "BZh", "ftypheic", "\u3000", "ustar"]
texts = st.lists(st.sampled_from([*ODD, "a", "é", "한국", " ", "\n", "\0", "1234"]), max_size=8).map("".join)


@settings(max_examples=200, deadline=None)
@given(text=texts, encoding=st.sampled_from(["utf-8", "utf-8", "utf-16-le", "cp949", "latin-1"]))
def test_a_yes_is_sure(text: str, encoding: str) -> None:
    data = text.encode(encoding, "replace")
    if is_plain_utf8("a.txt", data):
        layers = (Layer(None, "utf-8", data),)
        plain = Reading("text/plain", "x-fmt/111", "extension", "utf-8", layers, text_was_read=False)
        assert read("a.txt", data, limits=LIMITS) == plain


@pytest.mark.parametrize(
    ("path", "data", "is_plain"),
    [
        ("a.txt", b"One line.\r\n\tAnother.\n", True),
        ("a.TEXT", "아이들".encode(), True),
        ("no-ending", b"", True),
        ("a.xyz", b"~ and {", True),
        ("a.md", b"One line.", False),
        ("a.html", b"One line.", False),
        ("a.pdf", b"One line.", False),
        ("a.txt", b"caf\xe9", False),
        ("a.txt", b"bell\x07", False),
        ("a.txt", "next\x85line".encode(), True),
        ("a.txt", "upper\x80control".encode(), False),
        ("a.txt", b" \n<html>", False),
        ("a.txt", b"GIF89a", False),
        ("a.txt", b"\xef\xbb\xbfmarked", False),
        ("a.txt", b"~{VPND~}", False),
    ],
)
def test_most_texts_are_told(path: str, data: bytes, is_plain: bool) -> None:
    assert is_plain_utf8(path, data) is is_plain
