from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.schema.date_advice import date_advice
from archive.schema.dates import is_edtf

ADVICE = {
    "3 May 2011": "write 2011-05-03",
    "May 3, 2011": "write 2011-05-03",
    "Tuesday, May 3, 2011": "write 2011-05-03",
    "3rd of May 2011": "write 2011-05-03",
    "3 de mayo de 2011": "write 2011-05-03",
    "3-May-2011": "write 2011-05-03",
    "12 Sept. 2009": "write 2009-09-12",
    "May 2011": "write 2011-05",
    "2011, May": "write 2011-05",
    "Spring 2011": "write 2011-21",
    "2011-5-3": "write 2011-05-03",
    "2011/05/03": "write 2011-05-03",
    "2011. 5. 3.": "write 2011-05-03",
    "2011.5": "write 2011-05",
    "20110503": "write 2011-05-03",
    "2011년 5월 3일": "write 2011-05-03",
    "2011年5月": "write 2011-05",
    "2011년": "write 2011",
    "03/05/2011": "write 2011-05-03 if the day stands first, or 2011-03-05 if the month does",
    "13/05/2011": "write 2011-05-13",
    "05/13/2011": "write 2011-05-13",
    "5.5.2011": "write 2011-05-05",
    "c. 1999": "write 1999~",
    "circa May 1999": "write 1999-05~",
    "ca 1999": "write 1999~",
    "2011년경": "write 2011~",
    "probably 1999": "write 1999?",
    "1999 (?)": "write 1999?",
    "before 1999": "write ../1999 for all the time until then, or [..1999] for one day in it",
    "after 1999": "write 1999/.. for all the time since then, or [1999..] for one day in it",
    "1999-": "write 1999/.. for all the time since then, or [1999..] for one day in it",
    "1999-2001": "write 1999/2001 for all of that time, or [1999..2001] for one day in it",
    "from May 1999 to 2001": "write 1999-05/2001 for all of that time, or [1999-05..2001] for one day in it",
    "1999 or 2000": "write [1999,2000] if it is one of the two",
    "the 1990s": "write 199X",
    "199-": "write 199X",
    "199?": "write 199X",
    "19--": "write 19XX",
    "19th century": "write 18XX",
    "199u": "write 199X",
    "2011/open": "write 2011/..",
    "unknown/2011": "write /2011",
    "201x": "write 201X",
    "[1999]": "write 1999",
    "[1999?]": "write 1999",
    "©1999": "write 1999",
    "2011-05-03 10:00": "write 2011-05-03",
    "y170000": "write Y170000",
    " 2011 ": "write 2011",
    "２０１１-05-03": "write 2011-05-03",
    "n.d.": "leave the cell empty; what nobody knows stays empty",
    "Unknown": "leave the cell empty; what nobody knows stays empty",
    "2011-02-30": "there is no day 30 in 2011-02; look the date up again",
    "30 February 2011": "there is no day 30 in 2011-02; look the date up again",
    "2011-13-01": "there is no month 13; write 2011-01-13 if day and month were swapped",
    "2011-14-14": "there is no month 14; look the date up again",
    "2011/2010": "the end stands before the beginning; write 2010/2011 if the two were swapped",
    "40666": "this looks like a spreadsheet's inner number for a day; format the cells as text and write 2011-05-03",
}
GENERAL = "write a date in EDTF, such as 2011-05-03, 2011-05, 2011~ for about 2011, or 2009/2011"


@pytest.mark.parametrize("text", ADVICE)
def test_common_ways_of_writing_dates(text: str) -> None:
    assert not is_edtf(text)
    assert date_advice(text) == ADVICE[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "next week",
        "x" * 10_000,
        "00/00/2011",
        "31/31/2011",
        "3 Foo 2011",
        "Foo 2011",
        "about now",
        "2001-1999",
        "soon or later",
        "c. 2011~",
        "perhaps 2011?",
        "before [2011,2012]",
        "2011/2012?/",
        "after 2011/2012",
        "9 or [1,2]",
    ],
)
def test_what_nobody_can_read_gets_the_general_advice(text: str) -> None:
    assert date_advice(text) == GENERAL


@given(st.text(max_size=30) | st.text(alphabet="0123456789-/. cbeforayt?[]~u", max_size=30))
def test_whatever_is_proposed_is_edtf(text: str) -> None:
    advice = date_advice(text)
    if advice != GENERAL:
        for written in re.findall(r"(?:write|or) ([^ ;]+)", advice):
            assert is_edtf(written)
