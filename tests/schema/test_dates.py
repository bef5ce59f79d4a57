from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.schema.dates import LONGEST_DATE, bounds, is_edtf

VALID = {
    # level 0
    "1985": ("1985-01-01", "1985-12-31"),
    "1985-04": ("1985-04-01", "1985-04-30"),
    "1985-04-12": ("1985-04-12", "1985-04-12"),
    "2012-02": ("2012-02-01", "2012-02-29"),
    "0000": (None, None),
    "1985-04-12T23:20:30": ("1985-04-12", "1985-04-12"),
    "1985-04-12T23:20:30Z": ("1985-04-12", "1985-04-12"),
    "1985-04-12T23:20:30-04": ("1985-04-12", "1985-04-12"),
    "1985-04-12T23:20:30+04:30": ("1985-04-12", "1985-04-12"),
    "1964/2008": ("1964-01-01", "2008-12-31"),
    "2004-06/2006-08": ("2004-06-01", "2006-08-31"),
    "2004-02-01/2005": ("2004-02-01", "2005-12-31"),
    # level 1
    "Y170000002": (None, None),
    "Y-170000002": (None, None),
    "2001-21": ("2001-03-01", "2001-05-31"),
    "2001-22": ("2001-06-01", "2001-08-31"),
    "2001-23": ("2001-09-01", "2001-11-30"),
    "2003-24": ("2003-12-01", "2004-02-29"),
    "1984?": ("1984-01-01", "1984-12-31"),
    "2004-06~": ("2004-06-01", "2004-06-30"),
    "2004-06-11%": ("2004-06-11", "2004-06-11"),
    "201X": ("2010-01-01", "2019-12-31"),
    "20XX": ("2000-01-01", "2099-12-31"),
    "2004-XX": ("2004-01-01", "2004-12-31"),
    "1985-04-XX": ("1985-04-01", "1985-04-30"),
    "1985-XX-XX": ("1985-01-01", "1985-12-31"),
    "../1985-04-12": (None, "1985-04-12"),
    "/1985": (None, "1985-12-31"),
    "1985-04/": ("1985-04-01", None),
    "1985/..": ("1985-01-01", None),
    "../..": (None, None),
    "-1985": (None, None),
    "-0500/1200": (None, "1200-12-31"),
    "1984-06-02?/2004-08-08~": ("1984-06-02", "2004-08-08"),
    # level 2
    "Y-17E7": (None, None),
    "Y17E900": (None, None),
    "Y2E3": ("2000-01-01", "2000-12-31"),
    "1950S2": ("1900-01-01", "1999-12-31"),
    "1950S2~": ("1900-01-01", "1999-12-31"),
    "Y171010000S3": (None, None),
    "Y3388E2S3": (None, None),
    "Y195E1S2": ("1900-01-01", "1999-12-31"),
    "-0150S2": (None, None),
    "2001-25": ("2001-03-01", "2001-05-31"),
    "2001-29": ("2001-09-01", "2001-11-30"),
    "2001-30": ("2001-12-01", "2002-02-28"),
    "2001-33": ("2001-01-01", "2001-03-31"),
    "2001-34": ("2001-04-01", "2001-06-30"),
    "2001-36": ("2001-10-01", "2001-12-31"),
    "2001-37": ("2001-01-01", "2001-04-30"),
    "2001-39": ("2001-09-01", "2001-12-31"),
    "2001-41": ("2001-07-01", "2001-12-31"),
    "201X-21": ("2010-03-01", "2019-05-31"),
    "XXXX-21": (None, None),
    "[1667,1668, 1670..1672]": ("1667-01-01", "1672-12-31"),
    "[2012..2013]": ("2012-01-01", "2013-12-31"),
    "[..1760-12-03]": (None, "1760-12-03"),
    "[1760-12..]": ("1760-12-01", None),
    "[1760-01,1760-02,1760-12..]": ("1760-01-01", None),
    "[1667,1760-12]": ("1667-01-01", "1760-12-31"),
    "{1667,1668, 1670..1672}": ("1667-01-01", "1672-12-31"),
    "{1960,1961-12}": ("1960-01-01", "1961-12-31"),
    "{..1984}": (None, "1984-12-31"),
    "2004-06~-11": ("2004-06-11", "2004-06-11"),
    "2004?-06-11": ("2004-06-11", "2004-06-11"),
    "?2004-06-~11": ("2004-06-11", "2004-06-11"),
    "2004-%06-11": ("2004-06-11", "2004-06-11"),
    "156X-12-25": ("1560-12-25", "1569-12-25"),
    "XXXX-12-XX": (None, None),
    "1XXX-XX": ("1000-01-01", "1999-12-31"),
    "1984-1X": ("1984-10-01", "1984-12-31"),
    "20XX-02-29": ("2000-02-29", "2096-02-29"),
    "2011-02-XX": ("2011-02-01", "2011-02-28"),
    "2011-05-1X": ("2011-05-10", "2011-05-19"),
    "-201X": (None, None),
    "-000X": (None, None),
    "2004-06-XX/2004-07-03": ("2004-06-01", "2004-07-03"),
    "2004-06-~01/2004-06-~20": ("2004-06-01", "2004-06-20"),
}


@pytest.mark.parametrize("text", VALID)
def test_every_form_of_the_specification_has_its_strict_bounds(text: str) -> None:
    assert is_edtf(text)
    assert tuple(end and end.isoformat() for end in bounds(text)) == VALID[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        " 2011",
        "2011 ",
        "2011\n",
        "unknown",
        "open",
        "uuuu",
        "200u",
        "199",
        "19999",
        "3 May 2011",
        "20110503",
        "2011-5-3",
        "2011-13",
        "2011-00",
        "2011-05-00",
        "2011-02-30",
        "2011-02-~30",
        "2011-02-30~",
        "2011-06-31",
        "1900-02-29",
        "2011-02-3X",
        "XXXX-02-30",
        "2011-20",
        "2011-42",
        "2011-21-03",
        "-0000",
        "-0000-21",
        "-0000S1",
        "2011-12-31T24:00:00",
        "2011-12-31T23:59:60",
        "2011-12-31T10:00",
        "2011-12-31T10:00:00+25:00",
        "2011T10:00:00",
        "2011-02-30T10:00:00Z",
        "/",
        "/..",
        "../",
        "2011/2010",
        "2011-12-31/2011-01-01",
        "2011//2012",
        "2011/2012/2013",
        "2011/[2012,2013]",
        "2011-02-30/2012",
        "[]",
        "{}",
        "[2011]",
        "{2011}",
        "[2011",
        "[2011}",
        "[2011,]",
        "[..]",
        "[2012..2011]",
        "[2010,..2011]",
        "[2010..,2011]",
        "[2011-02-30,2012]",
        "[2011,,2012]",
        "[[2011,2012]]",
        "2011,2012",
        "?2004?",
        "2004-?06~",
        "~?2004",
        "2004~~",
        "Y2011",
        "Y02011",
        "Y",
        "Y-",
        "Y1E",
        "Y1E0",
        "Y1E9999",
        "Y12345S6",
        "195XS2",
        "1950S",
        "1950S5",
        "1950-04S2",
        "2011-W03",
        "2011-123",
        "２０１１",
        "2011−05",
        "٢٠١١",
        "2011-05-03T10:00:00/2012",
        "a" * 100_000,
        "[" * 5000,
        "[" + "2011," * 300 + "2012]",
    ],
)
def test_what_is_no_edtf_is_refused_and_has_no_bounds(text: str) -> None:
    assert not is_edtf(text)
    assert bounds(text) == (None, None)


def test_the_longest_date_is_short_enough_to_be_read_at_once() -> None:
    longest = "[" + ",".join(["2011"] * ((LONGEST_DATE - 2) // 5)) + "]"
    assert is_edtf(longest)


@given(st.dates(), st.sampled_from(["", "~", "?", "%"]))
def test_doubt_never_widens(day: date, doubt: str) -> None:
    whole = day.isoformat()
    assert bounds(whole + doubt) == (day, day)
    assert bounds(whole[:7] + doubt) == bounds(whole[:7])
    assert bounds(whole[:4] + doubt) == (date(day.year, 1, 1), date(day.year, 12, 31))


@given(st.dates(), st.data())
def test_unspecified_digits_give_the_tightest_bounds_around_what_they_hide(day: date, data: st.DataObject) -> None:
    hidden = data.draw(st.sets(st.sampled_from([0, 1, 2, 3, 5, 6, 8, 9])))
    text = "".join("X" if place in hidden else one for place, one in enumerate(day.isoformat()))
    assert is_edtf(text)
    first, last = bounds(text)
    assert first is None or first <= day
    assert last is None or day <= last
    if hidden <= {8, 9}:
        days = [date(day.year, day.month, 1) + timedelta(days=number) for number in range(31)]
        fitting = [
            one
            for one in days
            if one.month == day.month
            and all(p in hidden or a == b for p, (a, b) in enumerate(zip(one.isoformat(), text, strict=True)))
        ]
        assert (first, last) == (fitting[0], fitting[-1])


@given(st.dates(), st.dates())
def test_an_interval_never_ends_before_it_begins(one: date, other: date) -> None:
    text = f"{one.isoformat()}/{other.isoformat()}"
    assert is_edtf(text) == (one <= other)
    assert bounds(text) == ((one, other) if one <= other else (None, None))


@settings(max_examples=300)
@given(st.text(alphabet="0123456789X-/.,[]{}?~%YES T:Z+", max_size=24))
@example("[..,]")
@example("Y1E1/Y1E2")
def test_any_text_is_judged_without_a_crash(text: str) -> None:
    first, last = bounds(text)
    assert is_edtf(text) or (first, last) == (None, None)
    if first is not None and last is not None:
        assert first <= last


# What the `edtf` package (5.0) says of a date and what ours says, where they differ on purpose.
DIFFERENT = {
    "2011-02-~30": "a day that no calendar has",
    " 2011": "white space",
    "2011/2010": "an end before its beginning",
}


def _of_package(text: str) -> tuple[object, object] | None:
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(text)
    except EDTFParseException:
        return None
    return tuple(_day(end) for end in (parsed.lower_strict(), parsed.upper_strict()))  # type: ignore[return-value]


def _day(end: object) -> object:
    year = getattr(end, "tm_year", None)
    if year is None or not 1 <= year <= 9999:
        return None
    return date(end.tm_year, end.tm_mon, end.tm_mday)  # type: ignore[attr-defined]


AGREED = [
    text
    for text in VALID
    # The package: winter is December alone, an unknown end is ten years, `S` is no bound, `XXXX` is 0 to 9999, and it
    # cannot read seasons with unspecified years, years with a qualifier, or days with one unspecified digit.
    if text
    not in {
        *(
            "2003-24",
            "2001-30",
            "/1985",
            "1985-04/",
            "1950S2",
            "1950S2~",
            "Y195E1S2",
            "XXXX-12-XX",
            "201X-21",
            "XXXX-21",
        ),
        *("1984-1X", "20XX-02-29", "2011-05-1X", "-0150S2", "-000X", "-201X", "Y17E900", "Y171010000S3", "Y3388E2S3"),
        *("2011-02-XX", "2001-39", "2001-37"),
    }
]


@pytest.mark.parametrize("text", AGREED)
def test_the_edtf_package_agrees(text: str) -> None:
    assert _of_package(text) == bounds(text)


@pytest.mark.parametrize("text", DIFFERENT)
def test_the_edtf_package_lets_through_what_we_refuse(text: str) -> None:
    from edtf import parse_edtf

    assert parse_edtf(text)
    assert not is_edtf(text)
