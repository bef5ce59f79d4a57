from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.inline import plain_markdown
from archive.normalise.bylines import is_byline
from archive.normalise.calendars import day_of_era, number_of, with_plain_digits
from archive.normalise.datelines import Dateline, date_in_byline, is_stamp, read_dateline
from archive.normalise.dates import without_time
from archive.normalise.front_words import front_words
from archive.normalise.frontlines import _WORD, content_words, is_like_name, is_site, is_spoken


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Subject: Boxes", "label"),
        ("제목: 상자", "label"),
        ("Prepared by: Office of Works", "label"),
        ("Article 3", "part"),
        ("SCENE TWO", "part"),
        ("第三章", "part"),
        ("제3조", "part"),
        ("Just another site", "tagline"),
        ("Sehr geehrte Frau Larsen,", "salutation"),
        ("Delivered on 3 May 2011", "apparatus"),
        ("Ten years after: what was built", ""),
        ("The third chapter", ""),
        ("x" * 300 + ": y", ""),
    ],
)
def test_what_lines_are_by_their_words(line: str, role: str) -> None:
    assert front_words().role_of(line) == role


def test_words_over_headlines() -> None:
    words = front_words()
    assert words.is_kicker("OPINION | Letters")
    assert words.is_kicker("보도자료")
    assert not words.is_kicker("Opinion of the court")
    assert not words.is_kicker("news " * 40)
    assert not words.is_part("Article " * 30)
    assert words.has_genre("Minutes of the meeting")
    labelled = words.labelled("Betreff: Ihre Anfrage")
    assert labelled is not None
    assert (labelled.role, labelled.label, labelled.value) == ("title", "betreff", "Ihre Anfrage")


@pytest.mark.parametrize(
    ("line", "edtf", "strength"),
    [
        ("الثلاثاء ٧ تشرين الأول ٢٠١٤", "2014-10-07", 2),
        ("12 آذار/مارس 2016", "2016-03-12", 2),
        ("ngày 12 tháng 12 năm 2015", "2015-12-12", 3),
        ("令和元年6月14日 朝刊", "2019-06-14", 2),
        ("民國103年5月3日", "2014-05-03", 2),
        ("二〇一四年十二月二十五日", "2014-12-25", 2),
        ("주체103(2014)년 5월 3일", "2014-05-03", 1),
        ("12 декабря 2015 года", "2015-12-12", 2),
        ("5 вересня 2016", "2016-09-05", 2),
        ("17 stycznia 2014 r.", "2014-01-17", 2),
        ("5 Ekim 2016", "2016-10-05", 2),
        ("Stand: 04.12.2017, 16:22 Uhr", "2017-12-04", 2),
        ("수정 2022-09-30 14:05 입력 2022-09-29", "2022-09-29", 3),
        ("Kiel, den 6. Juni 2013", "2013-06-06", 1),
        ("2018-03-05 08:15 来源:例报", "2018-03-05", 1),
        ("by riverotter » Mon Jan 09, 2012 4:11 pm", "2012-01-09", 1),
        ("２０１４／０３／０５", "2014-03-05", 2),
    ],
)
def test_dates_of_many_languages(line: str, edtf: str, strength: int) -> None:
    assert read_dateline(line) == Dateline(edtf, strength)


@pytest.mark.parametrize(
    "line",
    [
        "昭和70年1月1日", "平成31年5月1日", "二〇一四年十三月一日", "一九十年一月一日", "Date of birth: 3 May 1979",
        "Accessed: 3 May 2018", "Deadline: 3 June 2011", "Original: English, see 3 May 2011", "更新日 2014年5月3日",
        "2018-08-29 14:15 2018-06-22 10:20", "x" * 161, "12 Brumaire 1802", "3 من ربيع الأول 2014",
    ],
)  # fmt: skip
def test_what_dates_nothing_or_something_else(line: str) -> None:
    assert read_dateline(line) is None


def test_dates_in_bylines_and_stamps() -> None:
    assert date_in_byline("Ada Quill 3 May 2011") == "2011-05-03"
    assert date_in_byline("Ada Quill, updated 3 May 2011") == ""
    assert date_in_byline("Ada Quill") == ""
    assert date_in_byline("Ada Quill, born 3 May 1979") == ""
    assert is_stamp("2013-06-18 10:22 来源：例报")
    assert not is_stamp("18 June 2013 (Photo: Ada Quill)")
    assert not is_stamp("On 18 June 2013 10:22")
    assert without_time("at 6:12 pm by Ada Quill").strip() == "by Ada Quill"


def test_calendars() -> None:
    assert with_plain_digits("İ ٧") == "i 7"
    assert number_of("三十") == 30
    assert day_of_era("令和", "3", 2, 30) is None


def test_words_that_tell_texts_apart() -> None:
    assert content_words("The boats came 배는 돌아왔다 灯台の") >= {" boat", " 배는", "灯台"}
    assert is_like_name("Notes from the Tumen")
    assert not is_like_name("Who comes home?")
    assert is_site("The Morning Ledger")
    assert is_site("강변일보")
    assert not is_site("The ledger of the morning")


def test_markdown_within_a_line() -> None:
    assert plain_markdown("**The** _weir_ and `code` ![x](y) [a][b]") == "The weir and code x a"
    assert plain_markdown("snake_case_name and 2 * 3 * 4") == "snake_case_name and 2 * 3 * 4"
    assert plain_markdown(r"a \* b") == "a * b"
    assert is_byline("*By Staff, 3 May 2011*")


WORDY = st.text(st.sampled_from("abßé 1_-가나다ᄀ灯台のア"), max_size=14)


@given(WORDY, st.lists(WORDY, max_size=5).map(" ".join))
def test_what_a_line_says_is_looked_up_as_if_all_words_of_the_text_were_listed(line, text):
    listed = f" {' '.join(_WORD.findall(text.lower()))}"
    for word in content_words(line) | content_words(text):
        assert is_spoken(word, text.lower()) == (word in listed)
