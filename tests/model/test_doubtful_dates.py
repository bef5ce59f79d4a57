from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model import doubtful_dates
from archive.model.doubtful_dates import read_doubt
from archive.schema.dates import is_edtf
from archive.sources.dates import edtf_of, written_edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("circa 1998", "1998~"),
        ("c1998", "1998~"),
        ("ca. May 1998", "1998-05~"),
        ("1998년경", "1998~"),
        ("1998 (circa)", "1998~"),
        ("perhaps in 2011", "2011?"),
        ("2011 (?)", "2011?"),
        ("5 May 2011?", "2011-05-05?"),
        ("Published 2012 or 2013", "[2012..2013]"),
        ("2012 or 2015", "[2012,2015]"),
        ("between 2009 and 2012", "[2009..2012]"),
        ("Published: Spring 2011", "2011-21"),
        ("Herbst 2011", "2011-23"),
        ("winter 2011/12", "2011-24"),
        ("the 1990s", "199X"),
        ("February 2011", "2011-02"),
        ("[2012..2013]", "[2012..2013]"),
        ("2011-05~/2012", "2011-05~/2012"),
    ],
)
def test_doubts_are_read(text: str, edtf: str) -> None:
    doubt = read_doubt(text)
    assert doubt is not None
    assert doubt.edtf == edtf_of(text) == edtf
    assert is_edtf(edtf)


@pytest.mark.parametrize(
    "text",
    [
        "about 40 people",
        "Summer 2011 was hot",
        "2012 or 2013 or 2014",
        "spring 2011/12",
        "Posted by joe 2011",
        "x" * 99,
        "",
    ],
)
def test_what_is_more_than_a_date_is_none(text: str) -> None:
    assert read_doubt(text) is None


BEGINNINGS = [
    *("", "Circa ", "ca.", "c", "c. ", "About ", "um", "약 ", "约", "約", "Perhaps ", "peut-être ", "QUIZÁS ", "The "),
    *("im ", "en", "Either ", "entweder ", "some time between ", "Zwischen ", "entre ", "3 ", "the 3. ", "2011 or "),
]


@settings(max_examples=150, deadline=None)
@given(
    label=st.sampled_from(["", "First published ", "veröffentlicht in ", "DATUM: ", "dated", "Publicada", "date 0 "]),
    beginning=st.sampled_from(BEGINNINGS),
    name=st.sampled_from(["", *doubtful_dates._NAMES.split("|")]),
)
def test_a_quick_look_passes_whatever_a_form_finds(label: str, beginning: str, name: str) -> None:
    for end in ("1998", " 1998", " of 2011/12", "0s", " 1998?", " 2011 and May 2012", " or 2012", "년경"):
        line = " ".join(f"{label}{beginning}{name}{end}".split())
        found = any(form.match(line) for form, _ in doubtful_dates._forms())
        assert not found or doubtful_dates._may_begin(line)


def test_no_date_is_more_certain_than_its_source() -> None:
    stated = ("2011-05-03?", "circa 3 May 2011", "2012-01-05/2013-02-01", "3 May 2011", "2011-05-03T10:00:00Z")
    assert [edtf_of(one) for one in stated] == [
        "2011-05-03?",
        "2011-05-03~",
        "2012-01-05/2013-02-01",
        "2011-05-03",
        "2011-05-03",
    ]
    assert [written_edtf(one) for one in ("Published circa 3 May 2011", "Published May 2011", "Updated May 2011")] == [
        "2011-05-03~",
        "2011-05",
        None,
    ]
