from __future__ import annotations

import pytest

from archive.sources import read
from archive.sources.limits import Limits
from tests.contracts.sources import check_reading

WORDS = "A boat &amp; a <b>river</b>"
TEXT = "A boat & a river"


def unshown(body: str) -> list[tuple[str, str]]:
    reading = read("a.html", f"<!doctype html><html><body>{body}</body></html>".encode())
    check_reading(reading)
    return [(block.hint, block.text) for block in reading.unshown]


@pytest.mark.parametrize(
    "name",
    ["noscript", "template", "textarea", "svg", "math", "object", "canvas", "iframe", "noembed", "noframes", "xmp"],
)
def test_words_of_elements_that_are_not_read_are_there(name: str) -> None:
    assert unshown(f"<p>one <{name} a='>'>{WORDS}</{name}> two</p>") == [(name, TEXT)]
    assert unshown(f"<{name}><p>one</p><div>two<br>three</div><script>no</script>\n</{name}>") == [
        (name, "one"), (name, "two"), (name, "three"),
    ]  # fmt: skip


def test_code_holds_no_words() -> None:
    assert (
        unshown("<script>a <b>c</b></script><style>p > a {}</style><svg><style>a{}</style><path d='M0'/></svg>") == []
    )


def test_drawings_are_divided_where_their_text_is() -> None:
    drawing = "<svg><title>Map</title><g><text>North</text><text>So<tspan>uth</tspan></text></g></svg>"
    assert unshown(drawing) == [("svg", "Map"), ("svg", "North"), ("svg", "South")]


def test_pictures_are_described() -> None:
    found = unshown(
        '<p>one <img src=x ALT="A boat &amp; a river"> two<img alt><img alt=""><img title="alt=no" alt=three>'
    )
    assert found == [("description", TEXT), ("description", "three")]
    assert unshown("<noscript>one <img alt='two'> three</noscript><area alt='four'><p alt='no'>") == [
        ("noscript", "one"), ("description", "two"), ("noscript", "three"), ("description", "four"),
    ]  # fmt: skip


def test_the_text_around_stays_in_one_piece() -> None:
    reading = read("a.html", b"<html><p>one <img alt='boat'>two<noscript>no</noscript><br>three</p>")
    check_reading(reading)
    assert [block.text for block in reading.blocks] == ["one two\nthree"]


def test_a_page_of_nothing_else_is_empty() -> None:
    reading = read("a.html", b"<html><body><noscript>Switch it on</noscript>")
    assert [one.code for one in reading.findings if one.code.startswith("text.")] == ["text.empty"]
    assert len(reading.unshown) == 1


def test_they_count_as_pieces_of_the_page() -> None:
    reading = read("a.html", b"<html>" + b"<img alt=a>" * 5, limits=Limits(most_blocks=4))
    assert [one.code for one in reading.findings] == ["text.too-many-blocks"]
