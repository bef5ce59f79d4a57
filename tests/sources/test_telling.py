"""Who wrote a page and when, as its elements state it: names within bylines, dates that are written out, links."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.sources import read
from archive.sources.dates import edtf_of, written_edtf
from archive.sources.people import authors_of
from archive.sources.telling import TELLING, TellingPlaces

TEXT = "<p>Here is a sentence about boats, and another one about the harbour.</p>"
HEADING = "<h1>What the winter did to the harbour</h1>"


def stated(field: str, body: str, head: str = "") -> list[str]:
    page = (
        f"<!DOCTYPE html><html><head><title>What the winter did to the harbour</title>{head}</head><body>{body}</body>"
    )
    return [one.value for one in read("page.html", page.encode()).embedded if one.field == field]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("By Ada Quill and Jon Reed", ["Ada Quill", "Jon Reed"]),
        ("ADA QUILL & JON REED - Example Writers", ["ADA QUILL", "JON REED"]),
        ("Ada Quill, Jon Reed and May Hill", ["Ada Quill", "Jon Reed", "May Hill"]),
        ("Par ADA QUILL, JON REED Envoyés spéciaux à Dandong", ["ADA QUILL", "JON REED"]),
        ("Ada Quill, EXAMPLE TODAY", ["Ada Quill"]),
        ("Ada Quill\n  Senior Harbour Correspondent", ["Ada Quill"]),
        ("Ada Quill Senior Harbour Correspondent", ["Ada Quill"]),
        ("By ADA QUILL, Executive Editor", ["ADA QUILL"]),
        ("By Ada Quill posted Aug 18th 2010 7:30PM", ["Ada Quill"]),
        ("Ada Quill Tuesday, Aug. 17, 2010", ["Ada Quill"]),
        ("By Ada Quill for the harbour", ["Ada Quill"]),
        ("Ada Quill, Example Daily", ["Ada Quill"]),
        ("Editions Example Daily", []),
        ("Quill, Ada", ["Quill, Ada"]),
        ("A. Q.", ["A. Q."]),
        ("van der Quill, Ada", ["van der Quill, Ada"]),
        ("More from this author", []),
        ("→ Learn more", []),
        ("her RSS feed", []),
        ("9:39AM BST 05 Oct 2011", []),
        ("김하늘 기자", ["김하늘"]),
        ("[도문=예시뉴스] 김하늘 특파원 sky@example.org", ["김하늘"]),
        ("김하늘·이바다 기자", ["김하늘", "이바다"]),
        ("이바다 예시1 기자", ["이바다"]),
        ("예시일보 편집국", []),
        ("관리자", []),
        ("记者 李明 王芳", ["李明", "王芳"]),
        ("本报记者 李明 通讯员 王芳", ["李明", "王芳"]),
        ("作者：李明", ["李明"]),
        ("责任编辑：李明", []),
        ("【図們＝山田太郎】", ["山田太郎"]),
    ],
)
def test_names_among_what_pages_write_beside_them(said: str, names: list[str]) -> None:
    assert list(authors_of(said, ["Example Daily"])) == names


def test_a_name_within_a_byline_says_better_who_wrote() -> None:
    byline = """<p class="byline vcard">By <a class="author fn" href="/u/1">Ada Quill</a> and
        <a class="author fn" href="/u/2">Jon Reed</a>, who has been at the harbour since it was built</p>"""
    assert stated("creators", HEADING + byline + TEXT) == ["Ada Quill", "Jon Reed"]
    card = '<p class="author vcard"><b class="fn">Ada Quill</b> <span>Keeper of the Lights</span></p>'
    assert stated("creators", HEADING + card + TEXT) == ["Ada Quill"]


def test_of_several_writers_the_nearest_after_the_title_is_that_of_the_page() -> None:
    other = '<p class="byline">By {}</p>' + "<div>a teaser of another page</div>" * 40
    body = other.format("May Hill") + HEADING + other.format("Ada Quill") + TEXT + other.format("Jon Reed")
    assert stated("creators", body) == ["Ada Quill"]


def test_a_writer_in_the_line_of_comments_right_below_the_title_counts() -> None:
    line = '<div class="byline-comments"><a rel="author" href="/a">Ada Quill</a> 3 comments</div>'
    assert stated("creators", HEADING + line + TEXT) == ["Ada Quill"]
    assert stated("creators", HEADING + TEXT * 80 + line) == []


def test_a_link_to_other_pages_of_a_writer_is_no_name() -> None:
    link = '<p><a href="/author/quill">More from this writer</a></p>'
    assert stated("creators", HEADING + link + TEXT, '<meta name="author" content="Ada Quill">') == ["Ada Quill"]


@pytest.mark.parametrize(
    "element",
    [
        '<span class="published_date">September 20, 2011, 6:37 PM EDT</span>',
        '<p class="publishedDate">9:39AM BST 20 Sep 2011</p>',
        '<div class="date">2011년 9월 20일 14:03</div>',
        '<span class="pub-date">20.09.2011</span>',
        '<span class="post-date">Posted 9/20/2011</span>',
        '<span property="dc:date dc:created" content="2011-09-20T00:00:00-05:00">09/20/11</span>',
        '<abbr class="published" title="2011-09-20T01:40:40Z">a day ago</abbr>',
        '<p class="byline">By Ada Quill <time pubdate datetime="2011-09-20">yesterday</time></p>',
    ],
)
def test_elements_that_state_a_date(element: str) -> None:
    assert stated("date_issued", HEADING + element + TEXT) == ["2011-09-20"]


@pytest.mark.parametrize(
    "element",
    [
        '<span class="date-updated">September 20, 2011</span>',
        '<span class="date">Updated September 20, 2011</span>',
        '<span class="date">9/10/2011</span>',
        '<span class="event-date">September 20, 2011</span>',
        '<aside><span class="published">September 20, 2011</span></aside>',
    ],
)
def test_elements_that_state_no_date_of_issue(element: str) -> None:
    assert stated("date_issued", HEADING + element + TEXT) == []


def test_a_date_that_nothing_calls_that_of_issue_counts_only_near_the_title() -> None:
    today = '<div class="date">September 20, 2011</div>'
    assert stated("date_issued", today + TEXT * 40 + HEADING + TEXT) == []
    assert stated("date_issued", HEADING + TEXT * 80 + today) == []


def test_meta_elements_may_write_a_date_out() -> None:
    assert edtf_of("September 20, 2011") == edtf_of("Tue, 20 September 2011 07:15") == "2011-09-20"
    assert edtf_of("Boats of 20 September 2011") is None
    assert written_edtf("Septembre 20, 2011") is None
    assert written_edtf("31 February 2011") is None


def test_telling_words_are_found_across_stretches() -> None:
    filler = b"<p>boats</p>" * 200_000
    tag = b'<SPAN CLASS="Author">'
    page = tag + filler + tag
    places = TellingPlaces(page)
    assert places.tells(0, len(tag))
    assert not places.tells(len(tag), len(tag) + 3)
    assert places.tells(len(page) - len(tag), len(page))


@given(st.lists(st.sampled_from(["<p>", '<p class="author">', "date", "<i id=time>", "x" * 40, "</p>"]), max_size=40))
def test_of_a_tag_before_the_next_telling_word_nobody_need_ask(parts: list[str]) -> None:
    page = "".join(parts).encode()
    asked, spared = TellingPlaces(page), TellingPlaces(page)
    for tag in re.finditer(rb"<[^>]*>", page):
        told = asked.tells(*tag.span())
        assert told == (TELLING.search(page, *tag.span()) is not None)
        assert told == (tag.end() > spared.silent and spared.tells(*tag.span()))
