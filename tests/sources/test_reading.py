from __future__ import annotations

import io
import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.blocks import Reading
from archive.sources import Limits, read, read_plainly
from archive.sources.jsonlines.listing import members
from archive.sources.jsonlines.reading import read_member
from tests.contracts.sources import check_reading
from tests.sources.sentences import SENTENCES

NAMES = ("a.txt", "a.md", "a.html", "a", "a.pdf", "a.json")

PIECES = [
    *(b"< > <p> </p> <br> <!-- --> <script> </script> <td> <table> <li> <pre> </pre> <title> </title> <svg>".split()),
    *(b'</svg> <a\thref=" " \' = <![CDATA[ ]]> &amp; &nbsp; &#0; # - 1. ``` === --- | |--| title:x plain'.split()),
    *(rb'\n \\ \t \u2028 \u00a0 \ud800 \" {"text":" "} ,"id":1 ,"title":"T"'.split()),
    *(
        b"\n|\r|\r\n| |\t|\v|\f|\0|> |# |- |\xef\xbb\xbf|\xff\xfe|\xc2\x85|\xe2\x80\xa8|\xc2\xa0|\xe3\x80\x80".split(
            b"|"
        )
    ),
    b"\x1b$)C",
    b"~{<:Ky~}",
    b"<meta charset=euc-kr>",
    b'<meta name=author content="A B">',
    b"<link rel=canonical href=http://example.org/>",
    b"<html lang=ko>",
    b'<script type="application/ld+json">{"@type":"Article","headline":"h"}</script>',
    "가나다".encode(),
    "가나다".encode("cp949"),
    "кий".encode("cp1251"),
    b"\x81",
    b"\xff",
    b"some words ",
]


def read_all(data: bytes) -> list[Reading]:
    readings = [read(name, data) for name in NAMES]
    container = b'{"text":"' + data.replace(b"\n", b"").replace(b'"', b"") + b'"}\n' + data
    for member in members("a.jsonl", io.BytesIO(container), {}):
        readings.append(read_member(container[member.start : member.end], member, {}))
    return readings


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join)))
def test_any_bytes_are_read_by_the_contract(data: bytes) -> None:
    for reading in read_all(data):
        check_reading(reading)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["utf-16", "utf-16-be", "utf-16-le", "utf-32"]))
def test_wide_encodings_are_read_by_the_contract(pieces: list[bytes], codec: str) -> None:
    data = b"".join(pieces).decode("utf-8", "ignore").encode(codec) + b"x" * (len(pieces) % 2)
    for reading in read_all(data):
        check_reading(reading)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map(b"".join), st.sampled_from(["", "utf-16"]))
def test_lines_are_counted_as_they_are_read(data: bytes, codec: str) -> None:
    data = data.decode("utf-8", "ignore").encode(codec) if codec else data
    for name in NAMES:
        plainly = read_plainly(name, data)
        whole = read(name, data)
        if isinstance(plainly, Reading):
            assert plainly == whole
        else:
            assert list(plainly) == [block.text for block in whole.blocks]


def tiled(piece: bytes) -> Callable[[int], bytes]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


HOSTILE = {
    "nothing": lambda _: b"",
    "mark only": lambda _: b"\xef\xbb\xbf",
    "one line": tiled(b"word "),
    "line breaks": tiled(b"\r"),
    "blanks": tiled(b" "),
    "blanks and an end": lambda size: b" " * size + b"x",
    "angles": tiled(b"<"),
    "open tags": tiled(b"<a "),
    "open comments": tiled(b"<!--"),
    "open quotes": tiled(b'<a b="c'),
    "nested": tiled(b"<li><blockquote>"),
    "nested cells": tiled(b"<table><td>x"),
    "unclosed pictures": tiled(b"<svg>x"),
    "unclosed scripts": tiled(b"<script>"),
    "closing tags": tiled(b"</li></td>x"),
    "ampersands": tiled(b"&#"),
    "backslashes": tiled(b"\\"),
    "brackets": tiled(b"["),
    "quotes": tiled(b'"\\'),
    "marks": tiled(b"> # - "),
    "attributes": lambda size: b"<meta " + b"a " * (size // 2) + b">",
    "long attribute": lambda size: b"<meta " + b"a" * size + b">",
    "table rules": tiled(b"|-| "),
    "nuls": tiled(b"text\0text and more, and so on and on\n"),
    "front matter": lambda size: b"---\n" + b"a: b\n" * (size // 5),
}


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_read_in_time(name: str) -> None:
    data = HOSTILE[name](100_000)
    start = time.process_time()
    for path in ("a.txt", "a.md", "a.html"):
        check_reading(read(path, data))
    container = b'{"id":"x","text":"' + data.replace(b'"', b"").replace(b"\r", b"") + b'"}'
    for member in list(members("a.jsonl", io.BytesIO(container), {}))[:50]:
        check_reading(read_member(container[member.start : member.end], member, {}))
    assert time.process_time() - start < 20


def test_a_document_beyond_the_limits_is_not_read() -> None:
    reading = read("a.txt", b"x" * 101, limits=Limits(largest_text=100))
    assert [one.code for one in reading.findings] == ["text.too-large"]
    assert (reading.text_was_read, reading.media_type, reading.charset) == (False, "text/plain", "utf-8")
    check_reading(reading)


@pytest.mark.parametrize(("path", "data"), [("a.txt", b"x\n"), ("a.md", b"x\n"), ("a.html", b"<p>x")])
def test_a_document_in_too_many_pieces_is_not_read(path: str, data: bytes) -> None:
    for number in (9, 30):
        reading = read(path, data * number, limits=Limits(most_blocks=8))
        assert "text.too-many-blocks" in [one.code for one in reading.findings]
        check_reading(reading)
    assert len(read(path, data * 9, limits=Limits(most_blocks=9)).blocks) == 9


def test_an_empty_document_is_noticed() -> None:
    for data in (b"", b"\xef\xbb\xbf", b" \r\n\t", b"\xc2\xad \xef\xbb\xbf"):
        reading = read("a.txt", data)
        assert "text.empty" in [one.code for one in reading.findings]
        assert reading.text_was_read


def test_what_has_no_reader_is_packed_alone() -> None:
    reading = read("scan.gif", b"GIF89a ... ;")
    assert (reading.media_type, reading.puid, reading.puid_basis) == ("image/gif", "fmt/4", "signature")
    assert (reading.charset, reading.layers, reading.blocks, reading.text_was_read) == (None, (), (), False)
    assert [one.code for one in reading.findings] == ["text.not-read"]
    assert read("table.csv", b"a,b\n1,2\n").charset == "utf-8"


def test_stateful_encodings_are_read_through_a_layer() -> None:
    korean = SENTENCES["korean"][0]
    reading = read("a.txt", korean.encode("iso2022_kr"))
    assert reading.charset == "iso-2022-kr"
    assert (reading.layers[0].name, reading.layers[0].charset) == ("text", "utf-8")
    assert reading.layers[0].data == korean.encode()
    assert [block.text for block in reading.blocks] == [korean]
    damaged = read("a.txt", korean.encode("iso2022_kr") + b"\x0e\x21")
    assert "text.undecodable-bytes" in [one.code for one in damaged.findings]


def test_wide_pages_are_read_through_a_layer_and_wide_texts_are_not() -> None:
    page = "<!doctype html><p>Eins</p><p>zwei".encode("utf-16")
    reading = read("a.html", page)
    assert (reading.charset, reading.layers[0].name) == ("utf-16le", "text")
    assert [block.text for block in reading.blocks] == ["Eins", "zwei"]
    text = read("a.txt", "Eins\nzwei".encode("utf-16"))
    assert (text.charset, text.layers[0].name) == ("utf-16le", None)
    assert [(block.spans[0].start, block.spans[0].end) for block in text.blocks] == [(2, 10), (12, 20)]


def test_damage_is_counted_and_placed() -> None:
    data = "글 하나와 둘. ".encode() * 40
    reading = read("a.txt", data + b"\xff and \xfe\n")
    (one,) = [one for one in reading.findings if one.code == "text.undecodable-bytes"]
    assert one.where.bytes == f"{len(data)}-{len(data) + 1}"
    assert f"{len(data) + 6}-{len(data) + 7}" in one.found
    assert reading.charset == "utf-8"
    many = read("a.txt", data * 9 + b"\xff " * 50, limits=Limits(most_places=3))
    assert "and more" in next(one.found for one in many.findings if one.code == "text.undecodable-bytes")


def test_a_guess_and_a_false_declaration_are_said() -> None:
    korean = SENTENCES["korean"][1]
    assert "charset.guessed" in [one.code for one in read("a.txt", korean.encode("cp949")).findings]
    page = f"<!doctype html><meta charset=euc-kr><p>{korean}".encode()
    reading = read("a.html", page)
    assert [one.code for one in reading.findings] == ["charset.declaration-disagrees"]
    assert reading.charset == "utf-8"


def test_the_same_bytes_give_the_same_reading() -> None:
    chosen = random.Random(7)
    for _ in range(50):
        data = b"".join(chosen.choice(PIECES) for _ in range(30))
        assert read_all(data) == read_all(data)


def test_captures_are_read_whole(shared: object) -> None:
    from pathlib import Path

    assert isinstance(shared, Path)
    for path in sorted(shared.glob("captures/*.txt")):
        data = path.read_bytes()
        reading = read(path.name, data)
        check_reading(reading)
        assert (reading.charset, reading.findings) == ("utf-8", ())
        assert "".join("".join(block.text.split()) for block in reading.blocks) == "".join(data.decode().split())
