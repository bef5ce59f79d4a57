"""One record by itself: what is wrong with its line, and what a file that fails says."""

from __future__ import annotations

import pytest

from archive.proving.records import MalformedRecordError, parse_record
from archive.proving.shards import Line


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"a":NaN}\n', "NaN, which JSON has not"),
        (b'{"a":-Infinity}\n', "-Infinity, which JSON has not"),
        (b"[" * 100_000 + b"\n", "values are nested too deeply"),
        (b'{"a":1\n', "no JSON from line 2, character 1 on"),
        (b"\xff\n", "no UTF-8 from byte 1 on"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_in_words(line: bytes, said: str) -> None:
    with pytest.raises(MalformedRecordError) as caught:
        parse_record(Line(1, line), 1 << 20)
    assert str(caught.value) == said
