"""Patterns without regard to case say what `re.IGNORECASE` says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.normalise import bylines, calendars, dates
from archive.normalise.caseless import Caseless

OURS = [one for module in (dates, bylines) for one in vars(module).values() if isinstance(one, Caseless)]
WORDS = sorted({word for one in OURS for word in re.findall(r"[^\W\d_]+", one.pattern)})
TEXTS = st.lists(
    st.sampled_from([*WORDS, "10:22", "3", "2011", "salı", "salI", ":", "by", "Born", "Kasım", "(kst)"]), max_size=6
).flatmap(lambda words: st.sampled_from([" ".join(words), " ".join(words).title(), "".join(words).upper()]))


@given(TEXTS, st.sampled_from(OURS))
def test_it_finds_what_a_search_without_case_finds(text, ours):
    strict = re.compile(ours.pattern, re.IGNORECASE)
    found, expected = ours.search(text), strict.search(text)
    assert (found and found.span()) == (expected and expected.span())
    found, expected = ours.match(text), strict.match(text)
    assert (found and found.span()) == (expected and expected.span())
    assert ours.sub("*", text) == strict.sub("*", text)


@given(TEXTS, st.sampled_from([*calendars._WEEKDAYS.split(), "SALI", "sali", "jum'at"]))
def test_days_are_taken_out_as_the_pattern_has_it(text, day):
    for whole in (text, f"{text} ({day}), {text}"):
        assert calendars.without_days(whole, "*") == calendars.WEEKDAY.sub("*", whole)
        assert dates.without_time(whole) == re.sub(dates._TIME.pattern, " ", whole, flags=re.IGNORECASE)


@pytest.mark.parametrize("ours", OURS)
def test_our_patterns_are_written_in_lower_case(ours):
    written = re.sub(r"\\.|\(\?P<\w+>", "", ours.pattern)
    assert written == written.lower()


def test_letters_that_are_like_one_of_ascii_are_one():
    assert Caseless("salı").search("SALI day").span() == (0, 4)
