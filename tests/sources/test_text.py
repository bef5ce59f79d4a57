from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.spans import Layer
from archive.sources import read
from archive.sources import text as text_reader
from archive.sources.characters.charsets import is_plain
from archive.sources.limits import Limits
from archive.sources.lines import lines
from archive.sources.protocol import TextInput
from tests.contracts.sources import check_reading


def test_lines_are_blocks_with_tight_spans() -> None:
    data = "  One \t\r\n\r\n\r\u3000둘\n\tthree\u00a0".encode()
    reading = read("a.txt", data)
    check_reading(reading)
    assert [(block.text, block.gap, block.indent) for block in reading.blocks] == [
        ("One", 0, 2), ("둘", 2, 2), ("three", 0, 8),
    ]  # fmt: skip
    assert [data[block.spans[0].start : block.spans[0].end].decode() for block in reading.blocks] == [
        "One", "둘", "three",
    ]  # fmt: skip


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le"])
def test_every_break_of_the_rule_ends_a_line(codec: str) -> None:
    text = "a\nb\rc\r\nd\ve\ff\x85g\u2028h\u2029i"
    charset = codec.replace("16-", "16")
    assert [line.text for line in lines(text.encode(codec), 0, charset)] == list("abcdefghi")


def test_what_is_a_break_elsewhere_is_none_in_windows_1252() -> None:
    assert [line.text for line in lines("a…b\fc".encode("cp1252"), 0, "windows-1252")] == ["a…b", "c"]


@pytest.mark.parametrize("text", ["Lone \ud800 half", "pair \ud83d\ude00 of halves", "odd"])
def test_broken_utf16(text: str) -> None:
    data = b"\xff\xfe" + f"x\n{text}\n y".encode("utf-16-le", "surrogatepass") + b"z" * (len(text) % 2)
    reading = read("a.txt", data)
    check_reading(reading)
    assert len(reading.blocks) == 3
    assert reading.blocks[1].spans[0].start == 6


def test_lines_of_nothing_but_controls_count_as_blank() -> None:
    found = list(lines(b"a\n\x00\xc2\xad\n\xef\xbb\xbf\nb", 0, "utf-8"))
    assert [(line.text, line.gap) for line in found] == [("a", 0), ("b", 2)]


def test_columns() -> None:
    assert [line.indent for line in lines("x\n\u3000x\n \tx\n\u00a0x".encode(), 0, "utf-8")] == [0, 2, 8, 1]


@given(st.text("ab \n\n\t\r\x1b\x7f", max_size=40))
@settings(max_examples=200, deadline=None)
def test_plain_ascii_is_divided_as_any_text_is(text: str) -> None:
    data = text.encode("ascii")
    expected = list(lines(data, 0, "windows-1252"))
    assert list(lines(data, 0, "utf-8")) == expected
    plain = TextInput(Layer(None, "utf-8", data), is_plain=is_plain(data))
    blocks = text_reader.read(plain, Limits()).blocks
    assert [(*block.spans[0][1:], block.text, block.gap, block.indent) for block in blocks] == expected
    assert blocks == text_reader.read(replace(plain, is_plain=False), Limits()).blocks
