"""The day that a page says to its reader, beside the day that its head states."""

from __future__ import annotations

import pytest

from archive.sources import read

TEXT = "<p>The ferry left at noon and nobody on the quay had heard of the storm that was to come that night.</p>" * 8
GRAPH = '<meta property="article:published_time" content="{}">'


def day(head: str, lines: str, *, body: str = "<body>", text: str = TEXT) -> list[str]:
    page = f"<html><head><title>Ferry in the storm</title>{head}</head>{body}<h1>Ferry in the storm</h1>{lines}{text}"
    return [one.value for one in read("page.html", page.encode()).embedded if one.field == "date_issued"]


@pytest.mark.parametrize(
    "shown",
    [
        "4 May 2016",
        "Wednesday, May 4th, 2016",
        "04.05.2016, 00:10",
        "5/4/2016",
        "04.05.16",
        "4 mai 2016",
        "2016년 5월 4일",
        "2016. 5. 4.",
        "입력 2016.05.04. 오전 0:10 수정 2016.05.06.",
        "4 May 201600:10",
        "Publicado el 4 mayo, 20166 mayo, 2016",
    ],
)
def test_the_day_that_the_page_shows_goes_before_the_same_instant_by_another_clock(shown: str) -> None:
    assert day(GRAPH.format("2016-05-03T22:10:00Z"), f"<p>{shown}</p>") == ["2016-05-04"]


def test_the_day_before_is_shown_as_well() -> None:
    assert day(GRAPH.format("2016-05-01T02:10:00Z"), "<p>30 April 2016</p>") == ["2016-04-30"]


def test_the_place_of_a_shown_day_is_that_of_its_line() -> None:
    head = f"<html><head>{GRAPH.format('2016-05-03T22:10:00Z')}</head>"
    page = f"{head}<h1>Ferry in the big storm</h1><p>4 May 2016</p>{TEXT}"
    one = next(one for one in read("page.html", page.encode()).embedded if one.field == "date_issued")
    start, end = map(int, one.locator.removeprefix("bytes=").split("-"))
    assert page[start:end] == "4 May 2016"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("<p>3 May 2016</p><p>4 May 2016</p>", ["2016-05-03"]),
        ("<p>two hours ago</p>", ["2016-05-03"]),
        ("<p>The storm of 1953</p>", ["2016-05-03"]),
        ("<blockquote><p>9 May 2016</p></blockquote>", ["2016-05-03"]),
        ("<p>Updated 4 May 2016</p>", []),
        ("<p>Updated 20 June 2018</p>", []),
        ("<p>9 May 2016</p>", []),
    ],
)
def test_another_day_beside_the_title_makes_a_day_doubtful_that_the_page_does_not_show(
    lines: str, found: list[str]
) -> None:
    assert day(GRAPH.format("2016-05-03T22:10:00Z"), lines) == found


def test_a_day_that_is_shown_anywhere_is_believed() -> None:
    head = GRAPH.format("2016-05-03T22:10:00Z")
    assert day(head, "<p>20 June 2018</p>", text=f"{TEXT}<p>First told on 3 May 2016</p>") == ["2016-05-03"]
    assert day(head, "<p>20 June 2018</p>", text=f"{TEXT}<p>Told in May 2016, in 4 parts</p>") == []


def test_pages_that_are_no_articles_have_no_day_that_they_do_not_show() -> None:
    head = GRAPH.format("2016-05-03T22:10:00Z")
    linked = '<script type="application/ld+json">{{"@type": "{}"}}</script>'
    assert day(head, "") == ["2016-05-03"]
    assert day(head, "", body='<body class="page page-id-7">') == []
    assert day(head, "", body='<body class="single postid-7">') == ["2016-05-03"]
    assert day(head + linked.format("WebPage"), "") == []
    assert day(head + linked.format("WebPage") + linked.format("NewsArticle"), "") == ["2016-05-03"]
    assert day(head + linked.format("BreadcrumbList"), "") == ["2016-05-03"]
    assert day(head, "<p>3 May 2016</p>", body='<body class="page page-id-7">') == ["2016-05-03"]
    stated = head + '<meta itemprop="datePublished" content="2016-05-03">'
    assert day(stated, "", body='<body class="page page-id-7">') == ["2016-05-03"]
    assert day(head, "", body='<body class="page page-id-7">', text="<p>Boats.</p>") == ["2016-05-03"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://example.org/", []),
        ("https://example.org", []),
        ("https://example.org/index.html", []),
        ("https://web.archive.org/web/20160401095740/http://example.org/", []),
        ("https://example.org/storm", ["2016-05-03"]),
        ("https://example.org/?p=3", ["2016-05-03"]),
    ],
)
def test_the_front_of_a_site_has_no_day_and_no_author_that_it_does_not_show(address: str, found: list[str]) -> None:
    head = (
        f'{GRAPH.format("2016-05-03")}<meta name="author" content="Ada Quill"><link rel="canonical" href="{address}">'
    )
    assert day(head, "") == found
    page = f"<html><head>{head}</head><body><h1>Ferry in the storm</h1><p>Ada Quill</p>{TEXT}"
    authors = [one.value for one in read("page.html", page.encode()).embedded if one.field == "creators"]
    assert authors == (["Ada Quill"] if found else [])


def test_what_was_changed_long_after_has_no_day_that_it_does_not_show() -> None:
    head = GRAPH.format("2016-05-03T22:10:00Z") + '<meta property="article:modified_time" content="{}">'
    assert day(head.format("2016-11-03"), "") == ["2016-05-03"]
    assert day(head.format("2018-11-03"), "") == []
    assert day(head.format("2018-11-03"), "<p>3 May 2016</p>") == ["2016-05-03"]
    assert day(head.format("lately"), "") == ["2016-05-03"]


def test_a_month_alone_and_pages_without_any_date_stay_as_they_are() -> None:
    assert day('<meta name="citation_publication_date" content="2016/05">', "<p>9 June 2016</p>") == ["2016-05"]
    assert day("", "<p>hello</p>") == []


def test_dates_in_elements_far_from_the_title_are_those_of_other_articles() -> None:
    own = '<article><time datetime="2016-05-03">3 May 2016</time></article>'
    other = '<div><time pubdate datetime="2017-01-09">9 January 2017</time></div>'
    assert day("", own, text=TEXT * 6 + other) == ["2016-05-03"]
    assert day("", "", text=TEXT * 6 + other) == ["2017-01-09"]


@pytest.mark.parametrize("hours", ["14:45 Uhr bis 15:45 Uhr", "2:30 pm to 4:00 pm", "10h00 à 11h30", "9:00-17:00"])
def test_hours_from_and_to_say_that_something_takes_place(hours: str) -> None:
    assert day("", '<p class="date">3.5.2016</p>') == ["2016-05-03"]
    assert day("", f'<p class="date">3.5.2016, {hours}</p>') == []
