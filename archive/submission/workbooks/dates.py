"""Dates as cells show them: where a cell shows a month, the day that the workbook keeps was typed by nobody."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_LETTERS = frozenset("dmyhs")
_YEARS = frozenset("yeg")
"""Years, and those of eras, as East Asian formats have them."""
_TIMES = frozenset("hs")
_LONGEST = 64
_MIDNIGHT = "T00:00:00"
_NUMBER = re.compile(r"[0-9]+")
_WORD = re.compile(r"[^\W\d_]{3,}")


class Shown(StrEnum):
    """How much of a moment a format shows."""

    NOTHING = ""
    MOMENT = "moment"
    MONTH = "month"
    YEAR = "year"


_BUILT_IN = {
    **dict.fromkeys(map(str, (*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59))), Shown.MOMENT),
    **dict.fromkeys(("17", "34", "52", "55", "57"), Shown.MONTH),
}
"""By the numbers of formats that are built in, those of East Asian languages among them (18.8.30), some of which show a
year and a month in one language and more in another."""


def shown_by(number: str, code: str | None) -> Shown:
    """What a format of numbers shows.

    Args:
        number: of the format.
        code: as the workbook defines it, or None where it does not.

    >>> shown_by("17", None).value, shown_by("164", 'mmm"."yy').value, shown_by("165", "0.00").value
    ('month', 'month', '')
    >>> shown_by("164", "yyyy").value, shown_by("164", "yyyy-mm-dd").value, shown_by("164", "yyyy-mm h:mm").value
    ('year', 'moment', 'moment')
    """
    if code is None:
        return _BUILT_IN.get(number, Shown.NOTHING)
    letters = set(_QUOTED.sub("", code.partition(";")[0]).lower())
    if letters.isdisjoint(_LETTERS):
        return Shown.NOTHING
    if "d" in letters or letters.isdisjoint(_YEARS) or not letters.isdisjoint(_TIMES):
        return Shown.MOMENT
    return Shown.MONTH if "m" in letters else Shown.YEAR


def as_shown(moment: datetime, shown: Shown) -> str:
    """A moment in ISO 8601, as far as the cell shows it; a day that is not the first of its month was typed after all.

    >>> as_shown(datetime(2011, 2, 1), Shown.MONTH), as_shown(datetime(2011, 2, 17), Shown.MONTH)
    ('2011-02', '2011-02-17')
    """
    written = moment.isoformat()
    if shown is Shown.YEAR and written.endswith(f"-01-01{_MIDNIGHT}"):
        return written[:4]
    if shown in {Shown.MONTH, Shown.YEAR} and written.endswith(f"-01{_MIDNIGHT}"):
        return written[:7]
    return written.removesuffix(_MIDNIGHT)


def as_displayed(written: str, text: str) -> str:
    """A date, as far as the text that its cell displays holds it; where nobody can tell, all of it.

    Args:
        written: in ISO 8601, as the workbook keeps it.
        text: what the cell displays.

    >>> [as_displayed("2011-02-01", text) for text in ("Feb 11", "2011-02", "2011年2月", "1 Feb 2011", "02/01/11")]
    ['2011-02', '2011-02', '2011-02', '2011-02-01', '2011-02-01']
    >>> as_displayed("2011-01-01T00:00:00", "2011"), as_displayed("2011-02-17", "Feb 11")
    ('2011', '2011-02-17')
    """
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return written
    numbers = [int(one) for one in _NUMBER.findall(text[:_LONGEST])]
    year = next((one for one in (moment.year, moment.year % 100) if one in numbers), None)
    if year is None:
        return as_shown(moment, Shown.MOMENT)
    numbers.remove(year)
    if numbers and (numbers != [moment.month] or _WORD.search(text)):
        return as_shown(moment, Shown.MOMENT)
    return as_shown(moment, Shown.MONTH if numbers or _WORD.search(text) else Shown.YEAR)
