from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.schema.date_advice import date_advice
from archive.schema.dates import is_edtf

ADVICE = {
    "3 May 2011": "2011-05-03",
    "May 3, 2011": "2011-05-03",
    "Tuesday, May 3, 2011": "2011-05-03",
    "3rd of May 2011": "2011-05-03",
    "3 de mayo de 2011": "2011-05-03",
    "3-May-2011": "2011-05-03",
    "12 Sept. 2009": "2009-09-12",
    "May 2011": "2011-05",
    "2011, May": "2011-05",
    "Spring 2011": "2011-21",
    "2011-5-3": "2011-05-03",
    "2011/05/03": "2011-05-03",
    "2011. 5. 3.": "2011-05-03",
    "2011.5": "2011-05",
    "20110503": "2011-05-03",
    "2011년 5월 3일": "2011-05-03",
    "2011年5月": "2011-05",
    "2011년": "2011",
    "03/05/2011": "2011-05-03 if the day stands first, or 2011-03-05 if the month does",
    "13/05/2011": "2011-05-13",
    "05/13/2011": "2011-05-13",
    "5.5.2011": "2011-05-05",
    "c. 1999": "1999~",
    "circa May 1999": "1999-05~",
    "ca 1999": "1999~",
    "2011년경": "2011~",
    "probably 1999": "1999?",
    "1999 (?)": "1999?",
    "before 1999": "../1999 for all the time until then, or [..1999] for one day in it",
    "after 1999": "1999/.. for all the time since then, or [1999..] for one day in it",
    "1999-": "1999/.. for all the time since then, or [1999..] for one day in it",
    "1999-2001": "1999/2001 for all of that time, or [1999..2001] for one day in it",
    "from May 1999 to 2001": "1999-05/2001 for all of that time, or [1999-05..2001] for one day in it",
    "1999 or 2000": "[1999,2000] if it is one of the two",
    "the 1990s": "199X",
    "199-": "199X",
    "199?": "199X",
    "19--": "19XX",
    "19th century": "18XX",
    "199u": "199X",
    "2011/open": "2011/..",
    "unknown/2011": "/2011",
    "201x": "201X",
    "[1999]": "1999",
    "[1999?]": "1999",
    "©1999": "1999",
    "2011-05-03 10:00": "2011-05-03",
    "y170000": "Y170000",
    " 2011 ": "2011",
    "２０１１-05-03": "2011-05-03",
    "n.d.": "an empty cell; what nobody knows stays empty",
    "Unknown": "an empty cell; what nobody knows stays empty",
    "2011-02-30": "a day that the calendar has; 2011-02 has no day 30",
    "30 February 2011": "a day that the calendar has; 2011-02 has no day 30",
    "2011-13-01": "2011-01-13 if day and month were swapped; there is no month 13",
    "2011-14-14": "a day that the calendar has; there is no month 14",
    "2011/2010": "2010/2011 if the two ends were swapped",
    "40666": "a date such as 2011-05-03; this looks like a spreadsheet's inner number for a day",
}
GENERAL = "a date in EDTF, such as 2011-05-03, 2011-05, 2011~ for about 2011, or 2009/2011"


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
        for written in re.findall(r"(?:^|, or )([^a-z ;]*[0-9][^ ;]*)", advice):
            assert is_edtf(written)
