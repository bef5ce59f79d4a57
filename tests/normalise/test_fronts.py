"""Titles, dates, authors, publishers and languages of texts of many kinds and languages.

A file of `fronts` begins with lines `= field: value` (`none` where the text does not say); the text follows. All
of them were written for these tests, most of them before the rules that read them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.model.blocks import Reading
from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named

FRONTS = Path(__file__).resolve().parent / "fronts"
Read = Callable[[bytes], Reading]


def stated(reading: Reading) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for one in normalise(reading, recipe_named("default")).observations:
        found.setdefault(one.field, []).append(one.value)
    return {field: "; ".join(values) for field, values in found.items()}


@pytest.mark.parametrize("path", sorted(FRONTS.glob("*.txt")), ids=lambda path: path.stem)
def test_what_texts_state_of_themselves(path: Path, read: Read) -> None:
    lines = path.read_text("utf-8").split("\n")
    expected = dict(line[2:].split(": ", 1) for line in lines if line.startswith("= "))
    text = "\n".join(line for line in lines if not line.startswith("= "))
    found = stated(read(text.encode()))
    found["language"] = found.get("language", "none").partition("-")[0]
    assert {field: found.get(field, "none") for field in expected} == expected


PROSE = "Here is a sentence of running text about boats, and it goes on for quite a while before it ends. " * 3


@pytest.mark.parametrize(
    "label", ["FOR IMMEDIATE RELEASE", "OPINION", "EXCLUSIVE", "Interview by Jon Reed", "Article 1"]
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_label_over_the_headline_is_no_title(label: str, gap: str, read: Read) -> None:
    text = gap.join([label, "The boats of the north come home", "3 May 2011", PROSE])
    assert stated(read(text.encode()))["title"] == "The boats of the north come home"


@pytest.mark.parametrize("series", ["Letter from the border", "Voices from the river: part two", "강가의 사람들, 3부"])
def test_the_name_of_a_series_is_no_title(series: str, read: Read) -> None:
    text = "\n\n".join([series, "What the ferryman saw", "2 June 2009", PROSE])
    assert stated(read(text.encode()))["title"] == "What the ferryman saw"


@pytest.mark.parametrize(
    "line",
    ["Delivered on 9 May 2011 in Oslo", "Prepared by: Office of Works", "Apologies: D. Vik", "Interviewer: Jon Reed",
     "Present: A. Lund, B. Aas", "Next meeting: 3 June 2011", "[12:01] ada: are you there"],
)  # fmt: skip
def test_what_is_said_about_a_text_is_not_its_title(line: str, read: Read) -> None:
    assert "title" not in stated(read(f"{line}\n\n{PROSE}\n\n{PROSE}".encode()))


@pytest.mark.parametrize(
    "lines",
    [
        ["The boats of the north", "New York", "3 May 2011"],
        ["The boats of the north", "Human Rights", "3 May 2011"],
        ["The boats of the north", "ADA QUILL", "3 May 2011"],
        ["The boats of the north", "Town Council"],
        ["The boats of the north", "Climate Change", "3 May 2011"],
        ["The boats of the north", "Running Sentence", "3 May 2011"],
        ["The boats of the north", "Solar Energy"],
    ],
)
def test_places_offices_and_headings_are_no_authors(lines: list[str], read: Read) -> None:
    assert "creators" not in stated(read("\n\n".join([*lines, PROSE, PROSE]).encode()))


def test_a_person_of_whom_the_text_speaks_is_not_its_author(read: Read) -> None:
    about = f"Ada Quill has kept the log of the light for thirty years. {PROSE}"
    text = "\n\n".join(["The keeper of the log", "Ada Quill", "3 May 2011", about, PROSE])
    assert "creators" not in stated(read(text.encode()))


@pytest.mark.parametrize(
    ("line", "publisher"), [("예시일보 김하늘 기자", "예시일보"), ("青波新聞 記者 田村はるか", "青波新聞")]
)
def test_a_newspaper_before_its_reporter_is_the_publisher(line: str, publisher: str, read: Read) -> None:
    body = "강이 얼자 마을 사람들은 다시 걸어서 강을 건너기 시작했다고 한다. 얼음은 두껍다고 한다. " * 3
    found = stated(read(f"강가 마을의 겨울 이야기\n\n{line}\n\n{body}".encode()))
    assert found["publisher"] == publisher
    assert found["creators"] == line.split()[-1 if "記者" in line else 1]


def test_a_title_with_a_label_states_what_follows_the_label(read: Read) -> None:
    text = f"From: desk@example.org\nDate: 3 May 2011\nSubject: *Boats* in the cellar\n\n{PROSE}"
    found = stated(read(text.encode()))
    assert (found["title"], found["date_issued"]) == ("*Boats* in the cellar", "2011-05-03")
    assert "creators" not in found


def test_who_may_be_asked_is_no_author(read: Read) -> None:
    text = f"The harbour opens again\n\n{PROSE}\n\n{PROSE}\n\nContact\n\nAda Quill\n\nHarbour Office\n"
    assert "creators" not in stated(read(text.encode()))


def test_a_headline_that_reads_as_one_word_is_no_name_over_a_date(read: Read) -> None:
    lines = ["首页", "登录", "港口因冰封关闭三个月的消息传出", "更新时间 2012年12月10日", "分享到微博", "打印"]
    text = "冰封来得太早，渔网还在水里，港口的人们说，他们从来没有见过这样的冬天，船只一直停到春天才能出海。"
    found = stated(read("\n".join([*lines, text, text[::1], "王芳", "2012年12月11日"]).encode()))
    assert found["title"] == "港口因冰封关闭三个月的消息传出"


def test_quotation_marks_are_no_trail(read: Read) -> None:
    title = "Le port «fermé» attend ses bateaux «perdus» dans la glace"
    prose = (
        "Le port attend ses bateaux depuis trois mois, et personne ne sait quand la glace les rendra au village. " * 3
    )
    text = f"Accueil\nConnexion\n{title}\nPublié le 27 octobre 2012\n{prose}\n{prose}\nMentions légales\n"
    assert stated(read(text.encode()))["title"] == title


@pytest.mark.parametrize(
    "front",
    [
        ("Example Daily » World » Boats of the northern shore", "Boats of the northern shore", "12 May 201319:44"),
        ("12.05.2013Boats of the northern shore", "Boats of the northern shore", "Ada Quill"),
        (
            "Love & Sex",
            "Dear all",
            "Newsletter",
            "Jobs",
            "Home",
            "Weather",
            "Boats of the northern shore",
            "12 May 2013",
        ),
    ],
)
def test_the_title_of_a_page_that_was_flattened(read: Read, front: tuple[str, ...]) -> None:
    text = "\n".join(["Share", *front, PROSE, PROSE, "Imprint", "Privacy policy"])
    assert stated(read(text.encode()))["title"] == "Boats of the northern shore"
