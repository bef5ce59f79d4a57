from __future__ import annotations

import base64

import pytest

from archive.model.blocks import Reading
from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named
from archive.sources import Limits, read
from archive.sources.files import bytes_to_read
from tests.contracts.sources import check_reading

TEXT = (
    b"<p>The boats of the north came back in the spring of that year, with fish enough for all who had waited.</p>" * 6
)
PICTURE = b'<img alt="A boat" src="data:image/png;base64,' + base64.b64encode(bytes(3_000)) + b'">'
SMALL = Limits(largest_text=2_000, largest_file=20_000)


def page(body: bytes, limits: Limits = SMALL) -> Reading:
    reading = read("a.html", b"<!doctype html><html><head></head><body>" + body, limits=limits)
    check_reading(reading)
    return reading


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(one.code, one.found) for one in reading.findings if one.code in {"markup.overloaded", "text.too-large"}]


@pytest.mark.parametrize(
    "form", [b"<p %b>over</p>", b"<svg><text %b>over</text></svg>", b"<textarea %b>over</textarea>"]
)
def test_a_tag_of_a_thousand_attributes_is_told_and_its_page_is_read(form: bytes) -> None:
    few, many = (b" ".join(b"a%d=b" % number for number in range(most)) for most in (1_000, 1_001))
    assert told(page(TEXT + form % few, Limits())) == []
    reading = page(TEXT + form % many + form % many, Limits())
    assert told(reading) == [("markup.overloaded", "more than 1,000 attributes")]
    assert len(reading.blocks) >= 6
    assert [block.text for block in (*reading.blocks, *reading.unshown)].count("over") == 2
    assert all(passage.kept for passage in normalise(reading, recipe_named("default")).passages[:6])


def test_what_a_script_holds_is_no_tag() -> None:
    assert told(page(b"<script>" + b"<p " + b"a " * 4_000 + b"></script>", Limits())) == []


def test_a_page_states_no_more_than_is_looked_at() -> None:
    authors = b"".join(b'<meta name="citation_author" content="Ada Quill %d">' % number for number in range(5_001))
    assert told(page(authors + TEXT, Limits())) == [("markup.overloaded", "more than 5,000 statements")]
    assert told(page(authors[:-60] + TEXT, Limits())) == []


def test_pictures_in_addresses_do_not_make_a_page_too_large() -> None:
    reading = page(TEXT + PICTURE + TEXT + PICTURE)
    assert told(reading) == []
    assert (len(reading.blocks), len(reading.unshown)) == (12, 2)
    assert told(page(TEXT * 4)) == [("text.too-large", "2,632 bytes")]
    assert told(page(PICTURE * 5)) == [("text.too-large", "20,275 bytes")]
    assert bytes_to_read("a.html", b"<!doctype html>", SMALL) == 20_001
    assert bytes_to_read("a.txt", b"words", SMALL) == 2_001
