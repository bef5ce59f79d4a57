"""Books whose chapters are XML in all that this brings, and what no reader of them is shown."""

from __future__ import annotations

import pytest

from archive.sources import read
from tests.contracts.sources import check_reading
from tests.sources.opaque import epub

pytestmark = pytest.mark.usefixtures("measured_readers")


def test_chapters_end_where_xml_says_so() -> None:
    chapters = {f"{name}.xhtml": f"<{name} src='a'/><p>After {name}.</p>" for name in ("script", "iframe", "textarea")}
    reading = read("a.epub", epub(chapters))
    check_reading(reading)
    assert [block.text for block in reading.blocks] == ["After script.", "After iframe.", "After textarea."]
    assert "document.part-empty" not in [one.code for one in reading.findings]


def test_chapters_without_text_are_told() -> None:
    chapters = {"cover.xhtml": "<img src='a.jpg' alt='A boat'/>", "one.xhtml": "<p>One.</p>", "two.xhtml": "<p> </p>"}
    reading = read("a.epub", epub(chapters))
    check_reading(reading)
    told = [one.found for one in reading.findings if one.code == "document.part-empty"]
    assert told == ["2 of 3: OEBPS/cover.xhtml, OEBPS/two.xhtml"]
    assert [(block.hint, block.text, block.locator) for block in reading.unshown] == [
        ("description", "A boat", "part=OEBPS/cover.xhtml")
    ]


def test_what_is_not_shown_stands_where_it_stood() -> None:
    body = "<p>One.</p><noscript>two</noscript><p>Three <img src='a' alt='four'/>five.</p>"
    reading = read("a.epub", epub({"a.xhtml": body}))
    check_reading(reading)
    (layer,) = reading.layers
    assert layer.data == b"One.\n\ntwo\n\nThree five.\n\nfour\n"
