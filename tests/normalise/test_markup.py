"""Web pages: what the markup around a passage says, and what another extractor makes of the page."""

from __future__ import annotations

import pytest

from archive.model.passages import Kind, Passage
from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named
from archive.sources import read

PROSE = "Here is a sentence of running text about boats, and it goes on for quite a while before it ends. " * 2
LONG = f"<p>{PROSE}</p>" * 4
OTHER = "Another tale altogether, told here in a line or two so that somebody may follow it and read on."


def passages(body: str, head: str = "<title>Boats of the north</title>") -> list[Passage]:
    reading = read("page.html", f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode())
    return list(normalise(reading, recipe_named("default")).passages)


def kept(body: str) -> list[str]:
    return [passage.text for passage in passages(body) if passage.kept]


@pytest.mark.parametrize(
    "beside",
    [
        f"<nav><p>{OTHER}</nav>",
        f"<footer><p>{OTHER}</footer>",
        f"<aside><p>{OTHER}</aside>",
        f"<form><p>{OTHER}</form>",
        f"<div class=related-posts><p>{OTHER}</div>",
        f"<div id=comments><p>{OTHER}</div>",
        f"<div class='newsletter box'><p>{OTHER}</div>",
        f"<p class=share>{OTHER}",
        f"<ul class=tags><li>{OTHER}</ul>",
        f"<p><a href=x>{OTHER}</a>",
        f"<div class=author-box><p>{OTHER}</div>",
    ],
)
def test_what_the_markup_calls_furniture_is_furniture(beside: str) -> None:
    found = kept(f"<article><h1>Boats of the north</h1>{LONG}{beside}</article>")
    assert found == ["Boats of the north", *[PROSE.strip()] * 4]
    reasons = [passage.reason for passage in passages(f"<article><h1>x</h1>{LONG}{beside}</article>")]
    assert any("markup" in reason or "link" in reason for reason in reasons)


def test_a_table_in_the_article_is_kept_with_its_caption_and_headers() -> None:
    table = "<table><caption>Boats</caption><tr><th>Year<th>Lost</tr><tr><td>2011<td>9</tr></table>"
    found = [
        (passage.kind, passage.text)
        for passage in passages(f"<main><article><h1>Boats of the north</h1>{LONG}{table}</article></main>")
        if passage.kept and passage.text != PROSE.strip()
    ]
    assert found == [
        (Kind.TITLE, "Boats of the north"), (Kind.CAPTION, "Boats"), (Kind.TABLE, "Year"), (Kind.TABLE, "Lost"),
        (Kind.TABLE, "2011"), (Kind.TABLE, "9"),
    ]  # fmt: skip


def test_the_heading_is_the_title_and_the_title_element_says_it_again() -> None:
    head = "<title>Boats of the north | Example Daily</title>"
    body = f"<header><h1>Example Daily</h1></header><article><h2>Boats of the north</h2>{LONG}</article>"
    found = {passage.text: passage for passage in passages(body, head)}
    assert (found["Boats of the north"].kind, found["Boats of the north"].kept) == (Kind.TITLE, True)
    named = found["Boats of the north | Example Daily"]
    assert (named.kind, named.kept, named.reason) == (Kind.TITLE, False, "the title, said again")


def test_without_a_fitting_heading_the_only_one_or_the_title_element_is_the_title() -> None:
    titles = [passage.text for passage in passages(f"<h1>The winter harbour</h1>{LONG}") if passage.kind is Kind.TITLE]
    assert titles == ["Boats of the north", "The winter harbour"]
    (title,) = [passage for passage in passages(LONG) if passage.kind is Kind.TITLE]
    assert (title.text, title.kept) == ("Boats of the north", True)


def test_a_header_within_the_article_holds_its_title_byline_and_date() -> None:
    header = "<header><h1>Boats of the north</h1><p>By Ada Quill</p><p>3 May 2011</p></header>"
    found = {one.text: one.kind for one in passages(f"<article>{header}{LONG}</article>") if one.kept}
    assert (found["By Ada Quill"], found["3 May 2011"]) == (Kind.BYLINE, Kind.DATELINE)
    assert "Menu of the day" not in kept(f"<header><p>Menu of the day</header><article><h1>Boats</h1>{LONG}</article>")


def test_furniture_that_holds_most_of_the_text_is_none() -> None:
    assert kept(f"<form><div class=sidebar>{LONG}</div></form>").count(PROSE.strip()) == 4


def test_a_date_by_itself_near_the_title_is_that_of_the_page() -> None:
    page = f"<div><p>3 May 2011</p><p>Harbour news</p><h1>Boats of the north</h1></div><div>{LONG}</div>"
    reading = read("page.html", f"<title>Boats of the north</title>{page}".encode())
    stated = normalise(reading, recipe_named("default")).observations
    assert [one.value for one in stated if one.field == "date_issued"] == ["2011-05-03"]
    reading = read(
        "page.html", f"<title>Boats of the north</title>{page.replace('Harbour news', '4 May 2011')}".encode()
    )
    stated = normalise(reading, recipe_named("default")).observations
    assert len([one.value for one in stated if one.field == "date_issued"]) <= 1


def test_a_page_that_is_nested_beyond_reason_gets_no_second_opinion() -> None:
    deep = "<div>" * 3_000 + "</div>" * 3_000
    assert kept(f"{deep}<h1>Boats of the north</h1>{LONG}").count(PROSE.strip()) == 4


def test_an_opinion_that_leaves_nothing_does_not_count() -> None:
    assert kept(f"<div class=comments id=comments>{LONG}</div>").count(PROSE.strip()) == 4


def test_lists_of_short_pages_stay() -> None:
    page = "<nav><a href=/>Home</a></nav><h1>The bridge</h1><p>It fell.<ul><li>One<li>Two<ul><li>Three</ul></ul><p>Why?"
    found = [one.text for one in normalise(read("a.html", page.encode()), recipe_named("default")).passages if one.kept]
    assert found == ["The bridge", "It fell.", "One", "Two", "Three", "Why?"]


def test_subtitles_right_below_the_title_stay_wherever_the_text_stands() -> None:
    lines = ["Nobody knew why the boats had not come home", "The harbour had frozen in one night, some of them said"]
    items = "".join(f"<h2>{line}</h2>" for line in lines)
    head = f"<div><h1>Boats of the north</h1>{items}<p>Ada Quill<ul><li><a href=x>Smaller letters</a></ul></div>"
    found = kept(f"{head}<div class=text>{LONG}</div>")
    assert found[:3] == ["Boats of the north", *lines]
    assert "Smaller letters" not in found
    linked = head.replace("<h2>Nobody", "<h2><a href=y>Nobody")
    assert kept(f"{linked}<div class=text>{LONG}</div>")[1] not in lines


def test_a_box_between_the_paragraphs_of_a_text_is_text_whatever_it_is_called() -> None:
    aside = (
        "What is told in a box of its own beside the text, without a link, and at some length, is text as well. " * 2
    )
    box = f"<div class='overlay big'><h3>A box</h3><p>{aside}</p><p>{aside}</p></div>"
    texts = kept(f"<div class=text><h1>Boats of the north</h1>{LONG}{box}{LONG}</div>")
    assert texts.count(aside.strip()) == 2
    assert aside.strip() not in kept(f"<div class=text><h1>Boats of the north</h1>{LONG}</div>{box}")
    linked = box.replace("<h3>A box", "<h3><a href=x>A box</a>")
    assert aside.strip() not in kept(f"<div class=text><h1>Boats of the north</h1>{LONG}{linked}{LONG}</div>")
