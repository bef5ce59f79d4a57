"""EDTF, checked and bounded: the Extended Date/Time Format of ISO 8601-2:2019, levels 0 to 2.

The grammar is the one that the Library of Congress publishes (https://www.loc.gov/standards/datetime/). It is read
here and not by a library, because those at hand let through days that no calendar has (`2011-02-~30`), ends that
stand before their beginnings, and white space, and read some dates at a hundredth of the speed that a corpus needs;
the tests compare the two.

*Strict bounds* are the first and the last day that a date allows:

- `~`, `?` and `%` say that the source is in doubt; they never widen;
- an open (`..`) or unknown (empty) end has no bound, nor has a year that is wholly unspecified (`XXXX`);
- unspecified digits allow every day of the calendar that fits them (`2011-02-XX` ends on the 28th);
- `1950S2` is some year between 1900 and 1999;
- seasons without a hemisphere (21 to 24) are those of the northern, by months (spring is March to May, winter December
  to February of the next year), as the other readers of EDTF have them; 29 to 32 name the southern ones;
- a year before 1 or after 9999 has no place in a column of dates, so that bound is None.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import product

LONGEST_DATE = 1000
"""Characters; a longer text is no date. The longest in use are sets of some dozens of years."""

_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3])(?::[0-5][0-9])?)?",
    re.ASCII,
)
_DATE = re.compile(
    r"(?P<before_year>[?~%]?)(?P<sign>-?)(?P<year>[0-9X]{4})(?:S(?P<digits>[1-4]))?(?P<after_year>[?~%]?)"
    r"(?:-(?P<before_month>[?~%]?)(?P<month>[0-9X]{2})(?P<after_month>[?~%]?)"
    r"(?:-(?P<before_day>[?~%]?)(?P<day>[0-9X]{2})(?P<after_day>[?~%]?))?)?",
    re.ASCII,
)
_LONG_YEAR = re.compile(
    r"Y(?P<sign>-?)(?P<year>[1-9][0-9]{4,}|[1-9][0-9]*E(?P<exponent>[1-9][0-9]{0,2}))(?:S(?P<digits>[1-9][0-9]?))?",
    re.ASCII,
)
_FARTHEST_YEAR = 10**9
_SEASONS: dict[int, tuple[int, int]] = {
    **dict.fromkeys((21, 25, 31), (3, 3)),
    **dict.fromkeys((22, 26, 32), (6, 3)),
    **dict.fromkeys((23, 27, 29), (9, 3)),
    **dict.fromkeys((24, 28, 30), (12, 3)),
    **{33 + quarter: (1 + 3 * quarter, 3) for quarter in range(4)},
    **{37 + third: (1 + 4 * third, 4) for third in range(3)},
    **{40 + half: (1 + 6 * half, 6) for half in range(2)},
}
"""Code of a sub-year grouping (ISO 8601-2, 4.8): its first month and its number of months."""

_Day = tuple[int, int, int]
_Extent = tuple[_Day | None, _Day | None]
_NOTHING_KNOWN: _Extent = (None, None)


class _NotADateError(ValueError):
    """The text is no EDTF; it never leaves this module."""


def is_edtf(text: str) -> bool:
    """Whether `text` is a date in EDTF, level 0, 1 or 2, that the calendar has.

    Args:
        text: as it stands, without white space around it.

    >>> [is_edtf(one) for one in ("2017-09~", "[2012..2013]", "2011-02-30", "3 May 2011")]
    [True, True, False, False]
    """
    return _extent(text) is not None


def bounds(text: str) -> tuple[date | None, date | None]:
    """The first and the last day that a date allows.

    Args:
        text: a date in EDTF.

    Returns:
        Both ends included; None for an end that is open, unknown, or outside the years 1 to 9999, and for both where
        `text` is no EDTF at all.

    >>> bounds("2017-09~")
    (datetime.date(2017, 9, 1), datetime.date(2017, 9, 30))
    >>> bounds("1985/..")
    (datetime.date(1985, 1, 1), None)
    """
    first, last = _extent(text) or _NOTHING_KNOWN
    return _as_date(first), _as_date(last)


def _as_date(day: _Day | None) -> date | None:
    return date(*day) if day is not None and 1 <= day[0] <= 9999 else None


@lru_cache(maxsize=65_536)
def _extent(text: str) -> _Extent | None:
    if len(text) > LONGEST_DATE:
        return None
    try:
        plain = _PLAIN.fullmatch(text)
        if plain:
            return _of_day(text) or _of_patterns("", plain[1], plain[2], plain[3])
        if text[:1] in {"[", "{"}:
            return _of_set(text)
        if "/" in text:
            return _of_interval(text)
        return _of_time(text) or _of_one(text)
    except _NotADateError:
        return None


def _of_day(text: str) -> _Extent | None:
    """Most dates name one day of the years that Python's calendar has; None for others that are plain."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    day = found.year, found.month, found.day
    return day, day


def _of_set(text: str) -> _Extent:
    """`[...]` (one of) and `{...}` (all of): dates and ranges, the first and last of which may be open."""
    if text[-1] != {"[": "]", "{": "}"}[text[0]]:
        raise _NotADateError
    members = [member.removeprefix(" ") for member in text[1:-1].split(",")]
    if len(members) == 1 and ".." not in members[0]:
        raise _NotADateError  # one date is no set; in catalogues the brackets say that somebody supplied it
    extents = [
        _of_member(member, may_begin_open=index == 0, may_end_open=index == len(members) - 1)
        for index, member in enumerate(members)
    ]
    return _earliest(first for first, _ in extents), _latest(last for _, last in extents)


def _of_member(member: str, *, may_begin_open: bool, may_end_open: bool) -> _Extent:
    begin, dots, end = member.partition("..")
    if not dots:
        return _of_one(member)
    if not (begin or end) or not (begin or may_begin_open) or not (end or may_end_open):
        raise _NotADateError
    return _in_order(_of_one(begin)[0] if begin else None, _of_one(end)[1] if end else None)


def _of_interval(text: str) -> _Extent:
    """Two ends; `..` is an open one and nothing at all an unknown one, which only stands beside a date."""
    begin, _, end = text.partition("/")
    if (not begin or not end) and {begin, end} <= {"", ".."}:
        raise _NotADateError
    return _in_order(
        None if begin in {"", ".."} else _of_one(begin)[0],
        None if end in {"", ".."} else _of_one(end)[1],
    )


def _in_order(first: _Day | None, last: _Day | None) -> _Extent:
    if first is not None and last is not None and first > last:
        raise _NotADateError
    return first, last


def _earliest(days: Iterable[_Day | None]) -> _Day | None:
    known = list(days)
    return None if None in known else min(day for day in known if day is not None)


def _latest(days: Iterable[_Day | None]) -> _Day | None:
    known = list(days)
    return None if None in known else max(day for day in known if day is not None)


def _of_time(text: str) -> _Extent | None:
    found = _TIME.fullmatch(text)
    return _of_one(found[1]) if found else None


def _of_one(text: str) -> _Extent:
    """One date, season or year, with its qualifiers."""
    found = _DATE.fullmatch(text)
    if found is None:
        return _of_long_year(text)
    if any(found[f"before_{part}"] and found[f"after_{part}"] for part in ("year", "month", "day")):
        raise _NotADateError
    sign, year, month, day, digits = found["sign"], found["year"], found["month"], found["day"], found["digits"]
    if digits:
        if month or "X" in year:
            raise _NotADateError
        return _of_significant(_signed(sign, int(year)), len(year), int(digits))
    return _of_patterns(sign, year, month, day)


def _of_long_year(text: str) -> _Extent:
    found = _LONG_YEAR.fullmatch(text)
    if found is None:
        raise _NotADateError
    mantissa = found["year"].partition("E")[0]
    length = len(mantissa) + int(found["exponent"] or 0)
    year = _FARTHEST_YEAR if length > 9 else int(mantissa) * 10 ** (length - len(mantissa))
    if found["digits"]:
        if int(found["digits"]) > length:
            raise _NotADateError
        if length <= 9:
            return _of_significant(_signed(found["sign"], year), length, int(found["digits"]))
    return _of_year(_signed(found["sign"], year))


def _of_significant(year: int, length: int, digits: int) -> _Extent:
    """A year of which only so many digits are meant: `1950S2` is 1900 to 1999."""
    step = 10 ** (length - digits)
    nearest = abs(year) // step * step
    ends = sorted(_signed("-" if year < 0 else "", end) for end in (nearest, nearest + step - 1))
    return (ends[0], 1, 1), (ends[1], 12, 31)


def _of_year(year: int) -> _Extent:
    return (year, 1, 1), (year, 12, 31)


def _signed(sign: str, year: int) -> int:
    if sign and not year:  # there is no year -0000: the year before 1 is 0000 (ISO 8601-1, 4.3.2)
        raise _NotADateError
    return -year if sign else year


def _of_patterns(sign: str, year: str, month: str | None, day: str | None) -> _Extent:
    if month is not None and "X" not in month and int(month) in _SEASONS:
        return _of_season(sign, year, int(month), day)
    first = next(_days(_years(sign, year, latest_first=False), month, day, latest_first=False), None)
    last = next(_days(_years(sign, year, latest_first=True), month, day, latest_first=True), None)
    if first is None:
        raise _NotADateError
    return _NOTHING_KNOWN if year == "XXXX" else (first, last)


def _of_season(sign: str, year: str, season: int, day: str | None) -> _Extent:
    if day is not None:
        raise _NotADateError
    first = next(_years(sign, year, latest_first=False), None)
    last = next(_years(sign, year, latest_first=True), None)
    if first is None or last is None:
        raise _NotADateError
    if year == "XXXX":
        return _NOTHING_KNOWN
    month, months = _SEASONS[season]
    later, end = divmod(month + months - 2, 12)
    return (first, month, 1), (last + later, end + 1, _days_in(last + later, end + 1))


def _years(sign: str, pattern: str, *, latest_first: bool) -> Iterator[int]:
    """The years that fit a pattern of digits and X."""
    digits = "0123456789" if latest_first == bool(sign) else "9876543210"
    for chosen in product(*(digits if one == "X" else one for one in pattern)):
        year = int("".join(chosen))
        if year or not sign:
            yield -year if sign else year


def _days(years: Iterator[int], month: str | None, day: str | None, *, latest_first: bool) -> Iterator[_Day]:
    """The days that the calendar has and that fit, in order."""
    months = _fitting(month, 12, latest_first=latest_first)
    for year in years:
        for one in months:
            for this in _fitting(day, _days_in(year, one), latest_first=latest_first):
                yield year, one, this


@lru_cache(maxsize=4096)
def _fitting(pattern: str | None, most: int, *, latest_first: bool) -> tuple[int, ...]:
    """The numbers from 1 to `most` whose two digits fit a pattern; all of them without one."""
    fits = re.compile((pattern or "XX").replace("X", "[0-9]"))
    return tuple(sorted((one for one in range(1, most + 1) if fits.fullmatch(f"{one:02}")), reverse=latest_first))


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if isleap(year) else 28
    return 30 if month in {4, 6, 9, 11} else 31
