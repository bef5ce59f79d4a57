from __future__ import annotations

import json
import subprocess

from hypothesis import given
from hypothesis import strategies as st

from archive.cli.envelope import written
from archive.cli.escapes import command_line, shown, storable

NAMES = (
    st.binary(min_size=1, max_size=40)
    .filter(lambda raw: b"\0" not in raw)
    .map(lambda raw: raw.decode("utf-8", "surrogateescape"))
)


@given(st.text(st.characters(codec=None)))
def test_shown_text_has_nothing_that_a_terminal_obeys(text: str) -> None:
    after = shown(text)
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in after)
    assert not set(after) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u2028\u2029\ufeff")
    after.encode("utf-8")


def test_readable_text_of_any_script_stays() -> None:
    assert shown("북한 여성 a'b\\c é.txt") == "북한 여성 a'b\\c é.txt"


def test_each_kind_of_unsafe_character_has_its_escape() -> None:
    assert shown("\t\r\n\x1b\x9b\udcff\ud800\u202e\U000e0041") == r"\t\r\n\x1b\x9b\xff\ud800\u202e\U000e0041"


@given(NAMES)
def test_a_command_line_gives_the_shell_the_very_words(name: str) -> None:
    line = command_line(["printf", "%s", name])
    assert "\n" not in line
    assert shown(line) == line
    ran = subprocess.run(["bash", "-c", line], capture_output=True, check=True)
    assert ran.stdout == name.encode("utf-8", "surrogateescape")


@given(st.text(st.characters(codec=None)))
def test_the_envelope_is_ascii_and_any_reader_takes_it(text: str) -> None:
    line = written({"found": text, "list": [text, 1, None], text: True})
    assert line.isascii()
    assert json.loads(line)["found"] == storable(text)
    json.loads(line)["found"].encode("utf-8")
