"""Days that date something else than the document: lists, entries, events, what is quoted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.model.blocks import Reading
from archive.normalise.datelines import Dateline, date_in_byline, read_dateline
from archive.normalise.dates import with_whole_year
from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named
from archive.sources import read as read_file

Read = Callable[[bytes], Reading]
PROSE = "The ferry left at noon and nobody on the quay had heard of the storm that was to come that night. " * 2
MENU = ["Home", "News", "Contact"]


def of_text(read: Read, *lines: str) -> list[str]:
    return _issued(read("\n\n".join(lines).encode()))


def of_page(body: str, language: str = "en") -> list[str]:
    head = f"<html lang={language}><head><title>Ferry in the storm</title></head><body>"
    return _issued(read_file("page.html", (head + body).encode()))


def _issued(reading: Reading) -> list[str]:
    found = normalise(reading, recipe_named("default")).observations
    return [one.value for one in found if one.field == "date_issued"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Updated: $Date: 2016/11/18 06:31:41 $", None),
        ("Date of last revision: August 9, 2017", None),
        ("更新时间：2013-06-18", None),
        ("수정 날짜: 2019-03-04", None),
        ("Datum der letzten Änderung: 3. Mai 2011", None),
        ("Update date 3 May 2011 · Published: 1 May 2011", Dateline("2011-05-01", 3)),
        ("Updated three hours ago | Published 5 May 2011", Dateline("2011-05-05", 3)),
        ("発行日：2013年4月5日　改定日：2014年4月5日", Dateline("2013-04-05", 3)),
        ("Wednesday, 20 February 2019, 2:45 pm to 3:45 pm", None),
        ("20. Februar 2019, 14:45 Uhr bis 15:45 Uhr, Hafen", None),
        ("20. Februar 2019, 14:45 Uhr", Dateline("2019-02-20", 2)),
    ],
)
def test_of_two_words_the_later_one_says_what_a_day_dates(line: str, found: Dateline | None) -> None:
    assert read_dateline(line, day_first=True) == found


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("07.10.13, 18:22 | Von Jutta Weiher", "2013-10-07"),
        ("mardi 10.12.19", "2019-12-10"),
        ("03.10.98", "1998-10-03"),
        ("1.2.10", ""),
        ("03.10.13 Harbour closed", ""),
        ("10.11.12.13", ""),
        ("31.02.13", ""),
        ("03.10.13, 04.10.13", ""),
        ("updated 03.10.13", ""),
    ],
)
def test_a_year_of_two_figures_behind_day_and_month(line: str, edtf: str) -> None:
    found = read_dateline(line, day_first=True)
    assert (found.edtf if found else "") == edtf
    assert read_dateline(line) is None


def test_a_year_of_two_figures_behind_an_author() -> None:
    assert date_in_byline("von Jutta Weiher, 8.5.12", day_first=True) == "2012-05-08"
    assert date_in_byline("von Jutta Weiher, 8.5.12") == ""
    assert with_whole_year("nothing") == ""


def test_a_byline_dates_what_is_issued_then() -> None:
    assert date_in_byline("Edited by Jutta Weiher, published 8 May 2012") == "2012-05-08"
    assert date_in_byline("Published by Jutta Weiher, updated 8 May 2012") == ""
    assert date_in_byline("Jutta Weiher, 8 May 2012, 10:00 - 12:30") == ""


def test_a_list_of_months_beside_the_title_does_not_date_the_document(read: Read) -> None:
    months = ["September 2012", "August 2012", "July 2012"]
    assert of_text(read, *MENU, *months, "Ferry in the storm", "10.06.2018 22:00", PROSE, PROSE) == ["2018-06-10"]
    assert of_text(read, *MENU, *months, "Ferry in the storm", PROSE, PROSE) == []


def test_days_of_other_articles_do_not_date_the_document(read: Read) -> None:
    others = [
        "Old boats",
        "14/06/2019",
        "Read on",
        "New boats",
        "26/03/2019",
        "Read on",
        "Boats",
        "14/02/2019",
        "Read on",
    ]
    assert of_text(read, *MENU, *others, "Ferry in the storm", PROSE, PROSE) == []
    assert of_text(read, *MENU, *others, "Ferry in the storm", "08/08/2017, 18:22", PROSE, PROSE) == []  # 8/8 is plain
    assert of_text(read, *MENU, "Ferry in the storm", "8 August 2017", PROSE, PROSE, *others) == ["2017-08-08"]


def test_the_newest_of_several_entries_does_not_date_them_all(read: Read) -> None:
    entries = [
        line for day in ("3 May 2013", "12 April 2013", "30 March 2013") for line in (f"On {day[0]}", day, PROSE)
    ]
    assert of_text(read, "Notes from the ford", *entries) == []
    assert of_page("<h1>Ferry in the storm</h1>" + "".join(f"<p>{line}</p>" for line in entries)) == []


def test_comments_that_come_later_leave_the_day_of_the_article(read: Read) -> None:
    comments = ["Comments", "Jon", "4 May 2013", "Well told.", "Ada", "6 May 2013", "So it was."]
    assert of_text(read, "Ferry in the storm", "3 May 2013", PROSE, PROSE, PROSE, *comments) == ["2013-05-03"]


def test_days_of_events_below_the_headings_of_parts_do_not_date_the_page() -> None:
    event = "<h3>{}</h3><p>{} 2019, 16:00</p><p>Meet at the old jetty behind the mill and bring good shoes.</p>"
    events = event.format("Walk", "14 September") + event.format("Nets", "5 October")
    assert of_page(f"<h1>Ferry in the storm</h1><p>{PROSE}</p>{events}") == []


def test_a_post_that_the_page_quotes_does_not_date_it() -> None:
    post = "<blockquote><p>A post shared by Lola (@lola) on Mar 12, 2018 at 3:00 PDT</p></blockquote>"
    body = f"<h1>Ferry in the storm</h1><p>29 January 2019</p><p>{PROSE}</p>{post}<p>{PROSE}</p>"
    assert of_page(body) == ["2019-01-29"]
    assert of_page(body.replace("<p>29 January 2019</p>", "")) == []


def test_a_stamp_that_holds_other_words_is_the_day_of_the_document() -> None:
    text = "河边的集市天不亮就热闹起来，商贩们把湿漉漉的竹篮摆在路边等着顾客，今年水退得晚，鱼比往年少了许多。"
    stamp = "2014-09-18 08:22:31 来源：江口晚报 责任编辑：方小舟 点击：1203"
    assert of_page(f"<h1>河边集市鱼少人多</h1><div>{stamp}</div><p>{text}</p><p>{text}</p>", "zh") == ["2014-09-18"]


def test_place_and_day_with_an_article_between_open_a_report(read: Read) -> None:
    text = "Le marché s’anime avant l’aube, et les marchands alignent leurs paniers mouillés au bord de la route."
    assert of_text(read, "Reprise des travaux", f"Saint-Vado, le 6 octobre 2011 – {text}", text) == ["2011-10-06"]
