from __future__ import annotations

import bz2

import pytest

from archive.sources.signatures import by_signature


@pytest.mark.parametrize(
    "text",
    [
        "ID3 is an algorithm",
        "WARC/1.0 is a format",
        "BZhang wrote",
        "OggS begins",
        "fLaC begins",
        "WARC/1.0",
        "BZh9 and so on",
    ],
)
def test_a_text_that_begins_with_the_letters_of_a_format_is_none(text: str) -> None:
    assert by_signature(text.encode()) is None


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (bz2.compress(b"a"), "application/x-bzip2"),
        (bz2.compress(b""), "application/x-bzip2"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo", "application/warc"),
        (b"ID3\x03\x00", "audio/mpeg"),
        (b"OggS\x00\x02", "application/ogg"),
        (b"fLaC\x00\x00\x00\x22", "audio/flac"),
        (b"\xff\xfb\x90", "audio/mpeg"),
    ],
)
def test_formats_whose_beginnings_are_letters(data: bytes, media_type: str) -> None:
    found = by_signature(data)
    assert found is not None
    assert found.media_type == media_type
