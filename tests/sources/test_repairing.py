"""Text that was decoded with the wrong encoding, repaired on request."""

from __future__ import annotations

import io
import zipfile

import pytest

from archive.model.containers import Renames
from archive.sources import Limits, read, repaired
from tests.contracts.containers import codes, read_all
from tests.contracts.sources import check_blocks

SAID = "Die Flüsse froren früh – und niemand überquerte sie bei Tag."
BROKEN = SAID.encode().decode("windows-1252")
CLEAN = "Über dem Fluss war es still."


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("a.txt", f"{CLEAN}\n\n{BROKEN}\n"),
        ("a.md", f"# {CLEAN}\n\n{BROKEN}\n"),
        (
            "a.html",
            f"<html><body><h1>{CLEAN}</h1><p>{BROKEN} &amp; so</p></body></html>",
        ),
        ("a.eml", f"Subject: x\nContent-Type: text/plain; charset=utf-8\n\n{CLEAN}\n\n{BROKEN}\n"),
    ],
)
def test_what_is_broken_stands_in_a_layer_of_its_own(path: str, written: str) -> None:
    found = read(path, written.encode())
    assert "text.mojibake" in codes(found.findings)
    reading = repaired(found, path, Limits())
    check_blocks(reading)
    assert [block.text.removesuffix(" & so") for block in reading.blocks] == [CLEAN, SAID]
    assert reading.layers[reading.blocks[-1].spans[0].layer].name == "repaired"
    assert "text.mojibake-repaired" in codes(reading.findings)
    assert "text.mojibake" not in codes(reading.findings)
    assert "ftfy" in reading.tool


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("a.jsonl", '{{"text": "He said \\"{}\\"\\n\\u00fcber"}}\n'),
        ("a.csv", 'text\n"He said ""{}""\nüber"\n'),
        ("a.zip#a.html", '<p>He said "{}"</p><p>über</p>'),
    ],
)
def test_in_containers(path: str, written: str) -> None:
    data = written.format(BROKEN).encode()
    outer, _, inner = path.partition("#")
    if inner:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            made.writestr(inner, data)
        data = out.getvalue()
    ((_, content),), _ = read_all(data, outer, renames=Renames(csv={"text": "text"}))
    reading = repaired(content.reading, outer, Limits())
    check_blocks(reading)
    assert [block.text for block in reading.blocks] == [f'He said "{SAID}"', "über"]
    assert {block.locator for block in reading.blocks} == {content.reading.blocks[0].locator}


HTML = "Content-Type: text/html; charset=utf-8\n\n"
PAGE = f"<title>{BROKEN}</title><h1>{CLEAN}</h1><p>{BROKEN} &lt;3</p>"


@pytest.mark.parametrize(
    ("written", "times"),
    [
        (f"Subject: Tom\n{HTML}{PAGE}", 1),
        (f"Content-Type: multipart/mixed; boundary=b\n\n--b\n{HTML}{PAGE}\n--b\n{HTML}{PAGE}\n--b--\n", 2),
    ],
)
def test_letters_in_html(written: str, times: int) -> None:
    found = read("a.eml", written.encode())
    reading = repaired(found, "a.eml", Limits())
    check_blocks(reading)
    assert [block.text for block in reading.blocks] == [SAID, CLEAN, f"{SAID} <3"] * times
    assert [block.hint for block in reading.blocks] == [block.hint for block in found.blocks]


def test_what_a_file_states_is_repaired_where_it_stands() -> None:
    data = f'{{"title": "{BROKEN}", "text": "{CLEAN}", "subjects": ["{CLEAN}"]}}\n'.encode()
    ((_, content),), _ = read_all(data, "a.jsonl")
    reading = repaired(content.reading, "a.jsonl", Limits())
    assert (reading.blocks, reading.layers, reading.tool) == (content.reading.blocks, content.reading.layers, "")
    title, subject = reading.embedded
    assert (title.value, title.locator) == (SAID, content.reading.embedded[0].locator)
    assert title.agent.startswith("ftfy ")
    assert (subject.value, subject.agent) == (CLEAN, "")
    one = reading.findings[-1]
    assert (one.code, one.expected, f"bytes={one.where.bytes}") == (
        "text.mojibake-repaired", f"title: {SAID}", title.locator,
    )  # fmt: skip


def test_what_is_clean_stays_the_same() -> None:
    found = read("a.txt", CLEAN.encode())
    assert repaired(found, "a.txt", Limits()) is found
