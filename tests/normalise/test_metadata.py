from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from archive import sources
from archive.model.blocks import Observation, Reading
from archive.normalise.documents import normalise
from archive.normalise.languages import identify
from archive.normalise.owners import rights_owner
from archive.normalise.recipes import recipe_named

Read = Callable[[bytes], Reading]
PROSE = "Here is a sentence of running text about boats, and it goes on for quite a while before it ends. " * 2


def stated(read: Read, *lines: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in normalise(read("\n\n".join(lines).encode()), recipe_named("default")).observations:
        found.setdefault(one.field, []).append(one.value)
    return found


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("© 2013 Example Daily. All rights reserved.", "Example Daily"),
        ("Copyright © 2010-2014 Example Daily Ltd", "Example Daily Ltd"),
        ("Copyright 2016 Plain Courier. All rights reserved.", "Plain Courier"),
        ("저작권자 ⓒ 2013 남해새소식 무단전재 및 재배포 금지", "남해새소식"),
        ("© Getty Images", ""),
        ("© 2013 All rights reserved", ""),
        ("Photo © Ada Quill", ""),
        ("© 2012 www.example.org", ""),
        ("Copyright © 2019. Steady progress under the influence of a lot of coffee", ""),
        ("© 2020 ®/TM Example Mills All Rights Reserved", "Example Mills"),
        ("© Example Courier 2011", "Example Courier"),
        ("© Ada Quill 2010 photo", ""),
        ("Copyright © れいの新報 無断転載を禁じます", "れいの新報"),
        ("版权所有 不得转载", ""),
        ("版权所有：例河晚报社 未经许可不得转载", "例河晚报社"),
        ("nothing of the kind", ""),
    ],
)
def test_owners_of_rights(line: str, owner: str) -> None:
    assert rights_owner(line) == owner


def test_a_date_below_the_text_needs_a_word_that_says_so(read: Read) -> None:
    body = [PROSE, PROSE]
    assert stated(read, "Boats of the north", *body, "Posted on 3 May 2011", "Share")["date_issued"] == ["2011-05-03"]
    assert "date_issued" not in stated(read, "Boats of the north", *body, "Share", "3 May 2011")


def test_a_report_that_opens_with_place_and_date(read: Read) -> None:
    assert stated(read, "Boats of the north", f"OSLO, 3 May 2011 (Agency) -- {PROSE}")["date_issued"] == ["2011-05-03"]
    assert stated(read, "Boats of the north", f"Kiel, 3. Mai 2011. {PROSE}")["date_issued"] == ["2011-05-03"]
    for opening in (
        "In Oslo, 3 May 2011. ",
        "On 3 May 2011 the boats came. ",
        "The boats of 3 May 2011 - all five. ",
        "Oslo. 3 May 2011 - ",
    ):
        assert "date_issued" not in stated(read, "Boats of the north", opening + PROSE)


def test_a_stated_date_beats_a_nearer_one(read: Read) -> None:
    found = stated(read, "3 May 2010", "Boats of the north", "Published: 4 May 2011", PROSE, PROSE)
    assert found["date_issued"] == ["2011-05-04"]


def test_names_within_the_text_are_no_authors(read: Read) -> None:
    found = stated(read, "Boats of the north", PROSE + "Ada Quill said so.", PROSE, "Ada Quill", "Share")
    assert "creators" not in found


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("이 배는 어제 돌아왔다.", "ko"), ("船が帰ってきたのは昨日です。", "ja"), ("12345", "und"), ("qz xv", "und"),
        ("Die Boote kamen vor dem Sturm nach Hause, und niemand ging verloren.", "de"), ("\ufffe\x07", "und"),
        ("这些孩子的母亲来自朝鲜，他们没有户口，也不能上学。", "zh-Hans"),
        ("他們沒有戶口，這個國家還不讓他們上學。", "zh-Hant"),
        ("北京市人民法院今天公布判决，本案三人有罪。", "zh"),
        ("The boats \ufffe came home before the storm, and nobody was lost at all.", "en"),
    ],
)  # fmt: skip
def test_languages(text: str, tag: str) -> None:
    assert identify(text)[0] == tag


def test_passages_have_their_own_language(read: Read) -> None:
    german = "Die Boote kamen vor dem Sturm nach Hause, und niemand von den Fischern ging in dieser Nacht verloren."
    data = "\n\n".join([PROSE, PROSE, german, "이 배는 어제 돌아왔다고 한다.", "12, 13"]).encode()
    passages = normalise(read(data), recipe_named("default")).passages
    assert [passage.language for passage in passages] == ["en", "en", "de", "ko", "und"]


def test_the_name_of_a_site_is_no_author(read: Read) -> None:
    text = f"Boats of the north\n\nPosted by BoatBlog on 3 May 2011\n\n{PROSE}\n\n{PROSE}".encode()
    plain = read(text)
    assert stated(read, *text.decode().split("\n\n"))["creators"] == ["BoatBlog"]
    page = replace(plain, embedded=(Observation("source_url", "https://boatblog.example.org/3", "bytes=0-1"),))
    found = normalise(page, recipe_named("default")).observations
    assert not [one for one in found if one.field == "creators"]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("circa 1998", ["1998~"]),
        ("Published 2012 or 2013", ["[2012..2013]"]),
        ("Published: Spring 2011", ["2011-21"]),
        ("Published: the 1990s", ["199X"]),
        ("Published circa 3 May 2011", ["2011-05-03~"]),
        ("the 1990s", []),
        ("Spring 2011", []),
    ],
)
def test_a_line_keeps_the_doubt_of_its_date(read: Read, line: str, date: list[str]) -> None:
    assert stated(read, "Boats of the north", "By Ada Quill", line, PROSE, PROSE).get("date_issued", []) == date


def of_page(page: str, field: str) -> list[str]:
    reading = sources.read("page.html", f"<!DOCTYPE html><html><body>{page}</body></html>".encode())
    return [one.value for one in normalise(reading, recipe_named("default")).observations if one.field == field]


def test_the_day_of_a_comment_is_not_that_of_the_text() -> None:
    text = f"<article><h1>Boats of the north</h1>{f'<p>{PROSE}</p>' * 3}</article>"
    posted = "<p>Posted by joe on 3 March 2014</p>"
    assert of_page(f"{text}<div class=comments>{posted}<p>A fine text.</p></div>", "date_issued") == []
    assert of_page(f"{text}{posted}", "date_issued") == ["2014-03-03"]


def test_who_reviewed_a_text_did_not_write_it(read: Read) -> None:
    assert "creators" not in stated(read, "Boats of the north", "Reviewed by Ada Quill", PROSE, PROSE)
