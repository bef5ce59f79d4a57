"""Dates as texts write them, in many languages, read into EDTF; what can be read in two ways is not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from archive.normalise.calendars import (
    ERAS,
    MONTH_OF,
    WEEKDAY,
    day_of,
    day_of_era,
    number_of,
    with_plain_digits,
)
from archive.normalise.caseless import Caseless
from archive.normalise.shapes import letter_runs

_YEAR = r"(?P<y>(?:1[5-9]|20)\d\d)"
_END = r"(?:(?!\d)|(?=[0-2]?\d:[0-5]\d))"
"""No further digit, but for those of a time, which texts taken out of markup hold right after the date."""
_NAME = r"(?P<n>[^\W\d_]{2,14}(?:\s+ال[\u0621-\u064a]+)?)"
_DAY_BETWEEN = rf"(?:[\s,]*(?=[(\[（]?[^\W\d_]){WEEKDAY.pattern})?"
"""The name of a day may stand between the parts of a date: *9 March, Friday, 2012*."""
_TENS = "[一二三四五六七八九十]{1,3}"


def _by_number(found: re.Match[str]) -> date | None:
    return day_of(int(found["y"]), int(found["m"]), int(found["d"]))


def _by_name(found: re.Match[str]) -> date | None:
    name = found["n"]
    month = MONTH_OF.get(name) or MONTH_OF.get(" ".join(name.split()))
    if name == "listopada" and _ORDINAL.match(found[0]):
        month = 10  # in Croatian, which writes a full stop after the day; in Polish and Ukrainian it is November
    return day_of(int(found["y"]), month, int(found["d"])) if month else None


def _by_era(found: re.Match[str]) -> date | None:
    return day_of_era(found["e"], found["y"], int(found["m"]), int(found["d"]))


def _by_numerals(found: re.Match[str]) -> date | None:
    try:
        return day_of(number_of(found["y"]), number_of(found["m"]), number_of(found["d"]))
    except (KeyError, ValueError):
        return None


_ORDINAL = re.compile(r"\d+\.")
_Reader = Callable[[re.Match[str]], date | None]
_Form = tuple[str, re.Pattern[str], _Reader]
"""Signs one of which a form needs (none where it needs none), the form, and how it is read."""
_BY_NUMBERS: tuple[_Form, ...] = (
    ("-", re.compile(rf"(?<!\d){_YEAR}-(?P<m>\d\d)-(?P<d>\d\d){_END}"), _by_number),
    ("./", re.compile(rf"(?<!\d){_YEAR}\s?[./]\s?(?P<m>\d{{1,2}})\s?[./]\s?(?P<d>\d{{1,2}})(?![\d/])\.?"), _by_number),
    (".", re.compile(rf"(?<![\d.])(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?{_YEAR}{_END}"), _by_number),
)
_BY_NAMES: tuple[_Form, ...] = (
    (
        "",
        re.compile(
            rf"(?<![\d.])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[\s-]+(?:of\s+|de\s+|من\s+)?"
            rf"{_NAME}\.?(?:\s*/\s*[\u0621-\u064a]+)?{_DAY_BETWEEN}[,،]?[\s-]+(?:de\s+|del\s+)?{_YEAR}{_END}"
        ),
        _by_name,
    ),
    (
        "",
        re.compile(rf"(?<!\w){_NAME}\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_DAY_BETWEEN}\s*,?\s+{_YEAR}{_END}"),
        _by_name,
    ),
    ("", re.compile(rf"(?<!\d){_YEAR}\.?,?\s+{_NAME}\s+(?P<d>\d{{1,2}})(?!\d)"), _by_name),
)
_FORMS_BEYOND_ASCII: tuple[_Form, ...] = (
    (
        "年년",
        re.compile(
            rf"(?<!\d){_YEAR}\)?\s*[年년]\s*(?P<m>\d{{1,2}})\s*[月월]\s*(?P<d>\d{{1,2}})\s*[日일號号]",
        ),
        _by_number,
    ),
    (
        "年",
        re.compile(rf"(?P<e>{ERAS})(?P<y>元|\d{{1,3}})年(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})日"),
        _by_era,
    ),
    (
        "年",
        re.compile(rf"(?P<y>[一二][〇零○一二三四五六七八九]{{3}})年(?P<m>{_TENS})月(?P<d>{_TENS})[日號号]"),
        _by_numerals,
    ),
    (
        "á",
        re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})\s+tháng\s+(?P<m>\d{{1,2}})(?:\s*,|\s+năm)?\s+{_YEAR}{_END}"),
        _by_number,
    ),
)
_FORMS = (*_BY_NUMBERS, *_BY_NAMES)
_ALL_BY_NUMBERS = (*_BY_NUMBERS, *_FORMS_BEYOND_ASCII)
_ALL_FORMS = (*_FORMS, *_FORMS_BEYOND_ASCII)
_MONTHS = frozenset(name.split()[0] for name in MONTH_OF)
"""The first words of the names of months; where a date has one, no letter stands right beside it."""
_SLASHES = re.compile(rf"(?<![\d/])(?P<a>\d{{1,2}})[/-](?P<b>\d{{1,2}})[/-]{_YEAR}(?!/){_END}")
_SHORT_YEAR = re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d\d)(?![\d.%])")
_FIRST_OF_2000, _FIRST_OF_WEB = 50, 90
"""Years of two figures: below the one of this century, from the other on of the last, between them neither."""
_MONTH_BY_NAME = re.compile(rf"(?<!\w)(?<!\d\s)(?<!\d\.\s){_NAME}\.?,?\s+(?:de\s+|of\s+)?{_YEAR}{_END}")
_MONTH_BY_NUMBER = re.compile(rf"(?<!\d){_YEAR}\s*[年년]\s*(?P<m>\d{{1,2}})\s*[月월](?!\s*\d)")
_TIME = Caseless(
    r"(?:\b(?:at|um|à|a las|alle|às|om|в|о|lúc|الساعة|klo?\.?|pukul|saat)\s+)?(?:오전|오후|上午|下午|午前|午後)?"
    r"\s*\b\d{1,2}(?:[:.h]\d{2}){1,2}(?::\d{2})?\s*"
    r"(?:a\.?m\.?|p\.?m\.?|uhr|hrs?|h)?(?:\s*\(?(?:kst|jst|gmt|utc|est|edt|cst|cdt|mst|mdt|pst|pdt|et|pt|bst|ist"
    r"|hkt|sgt|cet|cest|eet|eest|trt|mez|mesz|msk|мск|wib|wita|wit)\)?)?(?:\s*[+-]\d{1,2}:?\d{0,2})?\b"
    r"|(?:오전|오후|上午|下午|午前|午後)?\s*\d{1,2}\s*[時时시点]\s*(?:\d{1,2}\s*[分분])?"
    r"|\b\d{1,2}\s*(?:a\.?m\.?|p\.?m\.?|uhr)\b|\bclock\b|\b第?\s?\d{1,3}\s?版"
)
_DIGIT = re.compile(r"\d")
_HAS_YEAR = re.compile(r"(?:1[5-9]|20)\d\d|\d年|元年|[〇零○一二三四五六七八九]年")
_YEAR_IN_ASCII = re.compile("(?:1[5-9]|20)[0-9][0-9]")
LONGEST_LINE = 160
"""Characters of the longest line that is looked at for a date of the document."""
_MOST_DATES = 3


class DateFound(NamedTuple):
    """A date in a line.

    Attributes:
        edtf: the date.
        start: where it begins in the line, in characters.
        end: the character after its last.
    """

    edtf: str
    start: int
    end: int


def find_date(line: str, *, day_first: bool | None = None) -> DateFound | None:
    """The first full date of a line, or None; a date that can be read in two ways is none.

    Args:
        line: the text.
        day_first: whether `3/5/2011` is in May; None where nobody knows.

    >>> find_date("3. Mai 2011").edtf, find_date("2013년 8월 19일").edtf, find_date("3/5/2011")
    ('2011-05-03', '2013-08-19', None)
    """
    return _earliest(with_plain_digits(line), day_first=day_first)


def _earliest(plain: str, *, day_first: bool | None) -> DateFound | None:
    if not has_year(plain):
        return None
    if len(plain) > LONGEST_LINE:
        return _first(plain, 0, day_first=day_first)
    return _find(plain, day_first if day_first is not None and has_slashes(plain) else None)


@lru_cache(maxsize=1_024)
def _find(plain: str, day_first: bool | None) -> DateFound | None:  # noqa: FBT001  # a key of the cache
    return _first(plain, 0, day_first=day_first)


def _first(plain: str, start: int, *, day_first: bool | None) -> DateFound | None:
    forms = _forms_for(plain, start)
    if not forms:
        return None
    best: DateFound | None = None
    for signs, form, reader in forms:
        if signs and not any(map(plain.__contains__, signs)):
            continue
        for found in form.finditer(plain, start):
            if best is not None and found.start() >= best.start:
                break
            day = reader(found)
            if day is not None:
                best = DateFound(day.isoformat(), found.start(), found.end())
                break
    slashed = _with_slashes(plain, start, day_first=day_first)
    return slashed if slashed is not None and (best is None or slashed.start < best.start) else best


def _forms_for(plain: str, start: int) -> Sequence[_Form]:
    """The forms that a date may have in a line from a place on: none without a year, few without a month's name."""
    if not has_year(plain, start):
        return ()
    if plain.isascii():
        return _FORMS if _names_month(plain) else _BY_NUMBERS
    return _ALL_FORMS if _names_month(plain) else _ALL_BY_NUMBERS


def _names_month(plain: str) -> bool:
    """Whether a word of a line is the name of a month, or the first of one of two words."""
    return not _MONTHS.isdisjoint(letter_runs(plain))


def all_dates(plain: str, *, day_first: bool | None) -> Iterator[DateFound]:
    """The first few full dates of a line whose digits are those of ASCII."""
    found = _earliest(plain, day_first=day_first)
    for _ in range(_MOST_DATES):
        if found is None:
            return
        yield found
        found = _first(plain, found.end, day_first=day_first)


def find_month(line: str) -> DateFound | None:
    """The first month with a year of a line, or None.

    >>> find_month("März 2011").edtf
    '2011-03'
    """
    plain = with_plain_digits(line)
    if not has_year(plain):
        return None
    for found in _MONTH_BY_NAME.finditer(plain) if _names_month(plain) else ():
        month = MONTH_OF.get(" ".join(found["n"].split()))
        if month:
            return DateFound(f"{found['y']}-{month:02d}", found.start(), found.end())
    numbered = _MONTH_BY_NUMBER.search(plain)
    if numbered and 1 <= int(numbered["m"]) <= 12:
        return DateFound(f"{numbered['y']}-{int(numbered['m']):02d}", numbered.start(), numbered.end())
    return None


def holds_year(line: str) -> bool:
    """Whether a line may hold a year, with the digits of whatever script."""
    return _YEAR_IN_ASCII.search(line) is not None if line.isascii() else has_year(with_plain_digits(line))


def has_year(plain: str, start: int = 0) -> bool:
    """Whether a text whose digits are those of ASCII may hold a year, from a place on."""
    return (_YEAR_IN_ASCII if plain.isascii() else _HAS_YEAR).search(plain, start) is not None


def with_whole_year(plain: str, fewest: int = 2) -> str:
    """The line with four figures in place of the two of a year behind day and month, with points between them.

    What is no day, or one of several, is left alone: then the result is empty.

    Args:
        plain: with the digits of ASCII, in a language that puts the day first.
        fewest: digits that day and month must have at least; where nothing but figures stands it may be no day.

    >>> with_whole_year("07.10.13, 18:22"), with_whole_year("chapter 4.1.13"), with_whole_year("07.10.55")
    ('07.10.2013, 18:22', '', '')
    """
    found = list(_SHORT_YEAR.finditer(plain)) if plain.count(".") > 1 else []
    if len(found) != 1 or min(len(found[0]["d"]), len(found[0]["m"])) < fewest:
        return ""
    year = int(found[0]["y"])
    century = 2000 if year < _FIRST_OF_2000 else 1900
    if _FIRST_OF_2000 <= year < _FIRST_OF_WEB or day_of(century + year, int(found[0]["m"]), int(found[0]["d"])) is None:
        return ""
    return f"{plain[: found[0].start('y')]}{century + year}{plain[found[0].end() :]}"


def has_slashes(plain: str) -> bool:
    """Whether a date stands there that needs to be known to put its day or its month first."""
    return ("/" in plain or "-" in plain) and _SLASHES.search(plain) is not None


def without_time(text: str) -> str:
    """The text without times of the day.

    >>> without_time("at 6:12 pm by Ada Quill").strip()
    'by Ada Quill'
    """
    return instead_of_time(text, " ")


def instead_of_time(text: str, instead: str) -> str:
    """The text with something else in place of times of the day."""
    if text.isascii() and not _DIGIT.search(text) and "clock" not in text.lower():
        return text
    return _TIME.sub(instead, text)


def _with_slashes(plain: str, start: int, *, day_first: bool | None) -> DateFound | None:
    found = _SLASHES.search(plain, start) if "/" in plain or "-" in plain else None
    if found is None:
        return None
    one, other = int(found["a"]), int(found["b"])
    if one > 12 or day_first or one == other:
        day, month = one, other
    elif other > 12 or day_first is False:
        day, month = other, one
    else:
        return None
    read = day_of(int(found["y"]), month, day)
    return DateFound(read.isoformat(), found.start(), found.end()) if read else None
