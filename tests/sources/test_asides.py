"""What pages and letters state and nobody takes: it is told with its place and the reason."""

from __future__ import annotations

import pytest

from archive.model.blocks import Reading
from archive.model.statements import MALFORMED, OVERRULED, PLACEHOLDER
from archive.sources import read
from archive.sources.asides import NO_ADDRESS, NO_PERSON, NOT_SHOWN, OF_PROGRAM

TEXT = "<p>The boats came home before the storm, and nobody was lost at the pier that night.</p>" * 8


def page(head: str, body: str = TEXT) -> Reading:
    data = f"<!DOCTYPE html><html><head>{head}</head><body><h1>Boats of the north</h1>{body}</body></html>".encode()
    reading = read("page.html", data)
    for one in reading.set_aside:
        start, end = map(int, one.locator.removeprefix("bytes=").split("-"))
        assert one.reason
        assert 0 <= start < end <= len(data)
    return reading


def aside(head: str, body: str = TEXT) -> list[tuple[str, str, str]]:
    return [(one.field, one.value, one.reason) for one in page(head, body).set_aside]


def linked(inner: str) -> str:
    return f'<script type="application/ld+json">{{"@type": {inner}}}</script>'


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (linked('"Article", "author": "Ada Quill"'), [("creators", "Ada Quill", NOT_SHOWN)]),
        (
            linked('"Article", "author": [{"name": "Ada Quill"}, {"name": "Jon Reed"}]'),
            [("creators", "Ada Quill", NOT_SHOWN), ("creators", "Jon Reed", NOT_SHOWN)],
        ),
        ('<meta name="author" content="admin">', [("creators", "admin", NO_PERSON)]),
        ('<meta name="author" content="https://a.org/ada">', [("creators", "https://a.org/ada", NO_PERSON)]),
        ('<link rel="canonical" href="/boats">', [("source_url", "/boats", NO_ADDRESS)]),
        ('<meta name="date" content="some day">', [("date_issued", "some day", MALFORMED)]),
        ('<meta name="date" content="1970-01-01T00:00:00Z">', [("date_issued", "1970-01-01T00:00:00Z", PLACEHOLDER)]),
        (linked('"WebPage", "datePublished": "2011-05-03"'), [("date_issued", "2011-05-03", OF_PROGRAM)]),
        ('<meta name="date" content=" ">', []),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_why(head: str, expected: list[tuple[str, str, str]]) -> None:
    assert aside(head) == expected
    assert not {one.field for one in page(head).embedded} & {field for field, *_ in expected}


def test_what_another_value_goes_before_says_so() -> None:
    head = '<meta property="article:tag" content="Boats"><meta name="keywords" content="ferry, Boats">'
    assert aside(head) == [("subjects", "ferry", OVERRULED)]
    named = '<p class="byline">By Jon Reed</p>' + TEXT
    assert aside('<meta name="author" content="Jon Reed and Ada Quill">', named) == [
        ("creators", "Ada Quill", NOT_SHOWN)
    ]


def test_what_is_taken_is_not_set_aside() -> None:
    head = '<meta property="og:title" content="Boats of the north | Daily"><meta name="author" content="By Ada Quill">'
    assert aside(head, f'<p class="byline">Ada Quill</p>{TEXT}') == []


def test_a_page_sets_only_so_much_aside() -> None:
    assert len(aside("".join(f'<link rel="canonical" href="/{number}">' for number in range(900)))) == 200


def test_a_date_of_a_letter_that_is_none_is_told() -> None:
    reading = read("a.eml", b"From: Kim Example <kim@example.org>\r\nSubject: Boats\r\nDate: one day\r\n\r\nText.\r\n")
    assert [(one.field, one.value, one.reason) for one in reading.set_aside] == [("date_issued", "one day", MALFORMED)]
    assert "date_issued" not in {one.field for one in reading.embedded}
