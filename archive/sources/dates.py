"""Dates as files state them of themselves, as EDTF. What leaves room for doubt about day and month is not taken."""

from __future__ import annotations

import re
from datetime import date

from archive.model.doubtful_dates import read_doubt

_WHOLE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d])|(\d{4})(\d{2})(\d{2})(?!\d)")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})$")
_RFC5322 = re.compile(r"(?:[A-Za-z]{3},[ ]?)?(\d{1,2}) ([A-Za-z]{3}) (\d{4})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(
    r"(?<![\w])(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?P<n>[A-Za-z]{3,9})\.?,?\s+(?P<y>(?:19|20)\d\d)(?!\d)"
    r"|(?<![\w])(?P<n2>[A-Za-z]{3,9})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)(?!\d)"
)
_ONLY_NAMED = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?(?:[A-Za-z]{3,9}\.?\s+\d{1,2}|\d{1,2}\s+[A-Za-z]{3,9})\b")
_NUMBERED = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[-/.年년]\s?(?P<m>\d{1,2})\s?[-/.月월]\s?(?P<d>\d{1,2})(?![\d])")
_DAY_FIRST = re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>(?:19|20)\d\d)(?!\d)")
_EITHER_FIRST = re.compile(r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>(?:19|20)\d\d)(?![\d/])")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d|\Z)")
"""What leaves no doubt, and stands in most files."""
_LAST_MONTH = 12
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_CHANGED = re.compile(
    r"updated?\b|modified|modification|edited|revis|aktualisier|geändert|änderung|mise? à jour|modifi[éc]|actualiza"
    r"|aggiorna|atualiza|bijgewerkt|обновлен|изменен|güncelle|cập nhật|تحديث|수정|更新|修改|修订",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"\d[:.h]\d\d(?: ?(?:uhr|h|[ap]\.?m\.?))? ?(?:[-–—~]|bis|to|until|à|a(?:l(?:le)?|s)?|hasta|до)"
    r" ?\d{1,2}[:.h]\d\d(?!:)",
    re.IGNORECASE,
)
"""From one hour to another something takes place; nothing is published so."""
_YEAR = re.compile(r"\d{4}$")
_MONTH_LONG = len("2011-05")
_EDTF_CHARACTERS = re.compile(r"(?=.*[0-9])[0-9XYESTZ~?%/.,:\[\]{}+-]{1,64}\Z")


def edtf_of(stated: str) -> str | None:
    """A date, its time left off, as EDTF with the doubt that it states; None where it is none, or could be two.

    Args:
        stated: ISO 8601 (with or without a time), `2017/9/3`, `20170903`, a month, a year, RFC 5322, EDTF, or words as
            `archive.model.doubtful_dates` reads them.

    >>> edtf_of("2017-09-03T23:10:00+09:00"), edtf_of("2017-9"), edtf_of("Sun, 3 Sep 2017 10:00:00 GMT")
    ('2017-09-03', '2017-09', '2017-09-03')
    >>> edtf_of("03/09/2017"), edtf_of("05/29/2007 09:49:00")
    (None, '2007-05-29')
    """
    text = stated.strip()[:64]
    doubt = None if _INSTANT.match(text) else read_doubt(text)
    if doubt is not None and doubt.is_doubtful:
        return doubt.edtf
    return _certain(text) or (doubt.edtf if doubt is not None else None)


def _certain(text: str) -> str | None:
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
    return _rfc5322(text) or (written_edtf(text) if _ONLY_NAMED.match(text) or _EITHER_FIRST.match(text) else None)


def written_edtf(text: str) -> str | None:
    """The first date that an element of a page holds, with words around it, as EDTF; None where there is none.

    Months are known by their names in English only, and by number where it is plain which one it is. The date of a
    change is none.

    >>> written_edtf("Published: May 3rd, 2011, 6:37 PM"), written_edtf("입력 2013.10.24 03:00 | 수정 2013.10.25")
    ('2011-05-03', '2013-10-24')
    >>> written_edtf("Updated 3 May 2011"), written_edtf("03/05/2011")
    (None, None)
    """
    text = " ".join(text.split())[:200]
    doubt = read_doubt(text)
    if doubt is not None and (
        doubt.is_doubtful or (len(doubt.edtf) == _MONTH_LONG and not says_changed(text, len(text)))
    ):
        return doubt.edtf
    forms = (_NUMBERED, _NAMED, _DAY_FIRST, _EITHER_FIRST)
    found = sorted((one for form in forms for one in form.finditer(text)), key=re.Match.start)
    if not found or says_changed(text, found[0].start()) or _HOURS.search(text):
        return None
    parts = found[0].groupdict()
    if "a" in parts:
        return _either(int(parts["a"]), int(parts["b"]), int(parts["y"]))
    if "m" in parts:
        return _day(int(parts["y"]), int(parts["m"]), int(parts["d"]))
    month = _month_of(parts["n"] or parts["n2"])
    return _day(int(parts["y"] or parts["y2"]), month, int(parts["d"] or parts["d2"])) if month else None


def says_changed(text: str, end: int) -> bool:
    """Whether a text says before its character `end` that something was changed."""
    return _CHANGED.search(text, 0, end) is not None


def _either(one: int, other: int, year: int) -> str | None:
    """A date of which nobody knows whether day or month comes first, where only one of the two can be a month."""
    if (one > _LAST_MONTH) == (other > _LAST_MONTH) and one != other:
        return None
    return _day(year, min(one, other), max(one, other))


def _month_of(name: str) -> int:
    """The number of a month by its English name, whole or cut short; 0 where there is none."""
    lowered = name.lower()
    return next((place for place, month in enumerate(_MONTH_NAMES, 1) if month.startswith(lowered)), 0)


def stated_edtf(stated: str) -> str | None:
    """The same where a person may have written EDTF: what has its characters stays as it is, for the checks to judge.

    >>> stated_edtf("2017-09~"), stated_edtf("[2012..2013]"), stated_edtf("last year") is None
    ('2017-09~', '[2012..2013]', True)
    """
    value = stated.strip()
    return edtf_of(value) or (value if _EDTF_CHARACTERS.match(value) else None)


def day_of(stated: str) -> date | None:
    """A day that stands as EDTF; None where there is none, or only a month."""
    try:
        return date.fromisoformat(stated)
    except ValueError:
        return None


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
