"""Dates as files state them of themselves, as EDTF. What leaves room for doubt about day and month is not taken."""

from __future__ import annotations

import re
from datetime import date

_WHOLE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d])|(\d{4})(\d{2})(\d{2})(?!\d)")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})$")
_RFC5322 = re.compile(r"(?:[A-Za-z]{3},[ ]?)?(\d{1,2}) ([A-Za-z]{3}) (\d{4})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"\d{4}$")
_EDTF_CHARACTERS = re.compile(r"(?=.*[0-9])[0-9XYESTZ~?%/.,:\[\]{}+-]{1,64}\Z")


def edtf_of(stated: str) -> str | None:
    """A date, its time left off, as EDTF level 0; None where it is no date or could be two.

    Args:
        stated: ISO 8601 (with or without a time), `2017/9/3`, `20170903`, a month, a year, or RFC 5322.

    >>> edtf_of("2017-09-03T23:10:00+09:00"), edtf_of("2017-9"), edtf_of("Sun, 3 Sep 2017 10:00:00 GMT")
    ('2017-09-03', '2017-09', '2017-09-03')
    >>> edtf_of("03/09/2017") is None
    True
    """
    text = stated.strip()[:64]
    if not text.isascii():
        return None
    if (found := _WHOLE.match(text)) is not None:
        year, month, day = (int(part) for part in found.groups() if part)
        return _day(year, month, day)
    if (found := _MONTH.match(text)) is not None:
        year, month = int(found[1]), int(found[2])
        return f"{year:04}-{month:02}" if _day(year, month, 1) else None
    if _YEAR.match(text) is not None:
        return text if int(text) else None
    return _rfc5322(text)


def stated_edtf(stated: str) -> str | None:
    """The same where a person may have written EDTF: what has its characters stays as it is, for the checks to judge.

    >>> stated_edtf("2017-09~"), stated_edtf("[2012..2013]"), stated_edtf("last year") is None
    ('2017-09~', '[2012..2013]', True)
    """
    value = stated.strip()
    return edtf_of(value) or (value if _EDTF_CHARACTERS.match(value) else None)


def _rfc5322(text: str) -> str | None:
    found = _RFC5322.match(text)
    if found is None or found[2].lower() not in _MONTHS:
        return None
    return _day(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
