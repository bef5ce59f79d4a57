"""What to write instead of a date that is no EDTF: the common ways of writing dates, and what each means.

An advice says what is expected ("2011-05-03 if the day stands first"). A date that can be read in two ways is told in
both; nothing is ever decided here, and no value is changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from archive.schema.dates import is_edtf

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero",
            "february feb februar février febrero",
            "march mar märz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août agosto",
            "september sep sept septembre septiembre",
            "october oct oktober octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember décembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_UNKNOWN = frozenset(
    {"unknown", "undated", "none", "null", "nil", "n/a", "na", "n.d.", "n. d.", "nd", "s.d.", "s. d.", "sine dato"}
    | {"no date", "not dated", "not known", "date unknown", "tbd", "?", "-", "--", "open", "uuuu", "xxxx"}
    | {"미상", "不詳", "不详"}
)

_GENERAL = "a date in EDTF, such as 2011-05-03, 2011-05, 2011~ for about 2011, or 2009/2011"
_LONGEST = 100
"""Characters; nobody writes a date in more, and patterns shall not run over a page of text."""
_Writer = Callable[[re.Match[str]], str | None]


def date_advice(text: str) -> str:
    """What to write instead of a text that is no EDTF.

    >>> date_advice("3 May 2011")
    '2011-05-03'
    >>> date_advice("03/05/2011")
    '2011-05-03 if the day stands first, or 2011-03-05 if the month does'
    >>> date_advice("n.d.")
    'an empty cell; what nobody knows stays empty'
    """
    plain = " ".join(unicodedata.normalize("NFKC", text[: _LONGEST + 1]).split())
    if len(plain) > _LONGEST or not plain:
        return _GENERAL
    if plain.casefold() in _UNKNOWN:
        return "an empty cell; what nobody knows stays empty"
    return _doubtful(plain) or _both_days(plain) or _written(plain) or _impossible(plain) or _GENERAL


def _written(text: str) -> str | None:
    meant = _meant(text)
    return f"{meant}" if meant else None


def _meant(text: str) -> str | None:
    """The date in EDTF that `text` certainly means, or None."""
    if is_edtf(text):
        return text
    return next((written for written in _writings(text) if is_edtf(written)), None)


def _writings(text: str) -> Iterator[str]:
    """What `text` becomes by each way of writing dates that fits it; not all of it need be a date."""
    for pattern, writer in _FORMS:
        found = pattern.fullmatch(text)
        written = writer(found) if found else None
        if written:
            yield written


def _doubtful(text: str) -> str | None:
    """Words before or behind a date that change what it says: about, before, after, from ... to."""
    for pattern, about in _DOUBTS:
        found = pattern.fullmatch(text)
        if not found:
            continue
        meant = [_meant(part.strip()) for part in found.groups() if part is not None]
        if all(meant):
            advice = about([one for one in meant if one])
            if advice:
                return advice
    return None


def _about(dates: list[str]) -> str | None:
    return f"{dates[0]}~" if is_edtf(f"{dates[0]}~") else None


def _uncertain(dates: list[str]) -> str | None:
    return f"{dates[0]}?" if is_edtf(f"{dates[0]}?") else None


def _before(dates: list[str]) -> str | None:
    return _either(f"../{dates[0]}", "for all the time until then", f"[..{dates[0]}]", "for one day in it")


def _after(dates: list[str]) -> str | None:
    return _either(f"{dates[0]}/..", "for all the time since then", f"[{dates[0]}..]", "for one day in it")


def _between(dates: list[str]) -> str | None:
    whole, single = f"{dates[0]}/{dates[1]}", f"[{dates[0]}..{dates[1]}]"
    return _either(whole, "for all of that time", single, "for one day in it")


def _alternatives(dates: list[str]) -> str | None:
    written = f"[{dates[0]},{dates[1]}]"
    return f"{written} if it is one of the two" if is_edtf(written) else None


def _either(whole: str, why: str, single: str, why_single: str) -> str | None:
    if not (is_edtf(whole) and is_edtf(single)):
        return None
    return f"{whole} {why}, or {single} {why_single}"


def _both_days(text: str) -> str | None:
    """Day, month and year in figures; below 13 nobody can tell which stands first."""
    found = _FIGURES.fullmatch(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), found[4]
    day_first, month_first = f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}"
    if first == second or not is_edtf(month_first):
        return f"{day_first}" if is_edtf(day_first) else None
    if not is_edtf(day_first):
        return f"{month_first}"
    return f"{day_first} if the day stands first, or {month_first} if the month does"


def _impossible(text: str) -> str | None:
    found = next(filter(None, map(_ISO.fullmatch, (text, *_writings(text)))), None)
    if found:
        year, month, day = found.groups()
        swapped = f"{year}-{day}-{month}"
        if int(month) > 12 and is_edtf(swapped):
            return f"{swapped} if day and month were swapped; there is no month {month}"
        if not 1 <= int(month) <= 12:
            return f"a day that the calendar has; there is no month {month}"
        return f"a day that the calendar has; {year}-{month} has no day {day}"
    begin, slash, end = text.partition("/")
    if slash and is_edtf(begin) and is_edtf(end) and is_edtf(f"{end}/{begin}"):
        return f"{end}/{begin} if the two ends were swapped"
    if _SERIAL.fullmatch(text):
        return "a date such as 2011-05-03; this looks like a spreadsheet's inner number for a day"
    return None


def _day(year: str, month: str | int | None, day: str) -> str | None:
    return f"{year}-{int(month):02}-{int(day):02}" if month else None


def _named(found: re.Match[str]) -> str | None:
    month = _MONTHS.get(found["month"].casefold().rstrip("."))
    if not month:
        return None
    day = found.groupdict().get("day")
    return _day(found["year"], month, day) if day else f"{found['year']}-{month:02}"


def _season(found: re.Match[str]) -> str | None:
    season = _SEASONS.get(found[1].casefold())
    return f"{found[2]}-{season}" if season else None


def _old_marks(found: re.Match[str]) -> str:
    """EDTF as it was before 2019: `u` for a digit nobody knows, `open` and `unknown` for an end."""
    begin, slash, end = found[0].lower().partition("/")
    if not slash:
        return begin.replace("u", "X")
    ends = ["" if one == "unknown" else ".." if one == "open" else one.replace("u", "X") for one in (begin, end)]
    return "/".join(ends)


_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:[.][0-9]+)?")
_FIGURES = re.compile(r"([0-9]{1,2})([./-]) ?([0-9]{1,2})\2 ?([0-9]{4})")
_FORMS: tuple[tuple[re.Pattern[str], _Writer], ...] = (
    (re.compile(r"([0-9]{4})[-./ ]{1,2}([0-9]{1,2})[-./ ]{1,2}([0-9]{1,2})[.]?"), lambda m: _day(m[1], m[2], m[3])),
    (re.compile(r"([0-9]{4})[-./]([0-9]{1,2})"), lambda m: f"{m[1]}-{int(m[2]):02}"),
    (re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"), lambda m: _day(m[1], m[2], m[3])),
    (re.compile(r"([0-9]{4}) ?[年년] ?([0-9]{1,2}) ?[月월] ?([0-9]{1,2}) ?[日일]"), lambda m: _day(m[1], m[2], m[3])),
    (re.compile(r"([0-9]{4}) ?[年년] ?([0-9]{1,2}) ?[月월]"), lambda m: f"{m[1]}-{int(m[2]):02}"),
    (re.compile(r"([0-9]{4}) ?[年년]"), lambda m: m[1]),
    (
        re.compile(
            r"(?:\w+, )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th|[.])? (?:of |de )?"
            r"(?P<month>[^\W\d]+[.]?),? (?:de )?(?P<year>[0-9]{4})"
        ),
        _named,
    ),
    (re.compile(r"(?:\w+, )?(?P<month>[^\W\d]+[.]?) (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<year>[0-9]{4})"), _named),
    (re.compile(r"(?P<day>[0-9]{1,2})[-/](?P<month>[^\W\d]+)[-/](?P<year>[0-9]{4})"), _named),
    (re.compile(r"(?P<month>[^\W\d]+[.]?),? (?P<year>[0-9]{4})"), _named),
    (re.compile(r"(?P<year>[0-9]{4}),? (?P<month>[^\W\d]+[.]?)"), _named),
    (re.compile(r"([^\W\d]+),? (?:of )?([0-9]{4})"), _season),
    (re.compile(r"(?:the )?([0-9]{3})0'?s", re.IGNORECASE), lambda m: f"{m[1]}X"),
    (re.compile(r"([0-9]{3})(?:[-_]\??|\?)"), lambda m: f"{m[1]}X"),
    (re.compile(r"([0-9]{2})(?:--|__)\??"), lambda m: f"{m[1]}XX"),
    (re.compile(r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th) century", re.IGNORECASE), lambda m: f"{int(m[1]) - 1:02}XX"),
    (re.compile(r"([0-9u]{4}(?:-[0-9u]{2}){0,2})", re.IGNORECASE), _old_marks),
    (re.compile(r"([0-9u-]{4,10}|open|unknown)/([0-9u-]{4,10}|open|unknown)", re.IGNORECASE), _old_marks),
    (re.compile(r"[0-9]{4}-[0-9x]{2}(?:-[0-9x]{2})?|[0-9]{2,3}x{1,2}"), lambda m: m[0].upper()),
    (re.compile(r"\[([0-9]{4}(?:-[0-9]{2}){0,2})\??\]|©? ?([0-9]{4})[.]?"), lambda m: m[1] or m[2]),
    (re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?.*"), lambda m: m[1]),
    (re.compile(r"y(-?[0-9]{5,})"), lambda m: f"Y{m[1]}"),
)
"""Ways of writing one date, the first that fits and gives a date in EDTF wins."""

_DOUBTS: tuple[tuple[re.Pattern[str], Callable[[list[str]], str | None]], ...] = (
    (
        re.compile(
            r"(?:circa|approximately|approx|about|around|etwa|vers|um|ca|c|약)(?:[.] ?| |(?=[0-9]))(.+)", re.IGNORECASE
        ),
        _about,
    ),
    (re.compile(r"(.+) ?(?:경|무렵|頃|左右)"), _about),
    (re.compile(r"(?:perhaps|possibly|probably|maybe) (.+)|(.+?) ?\(?\?+\)?", re.IGNORECASE), _uncertain),
    (re.compile(r"(?:before|until|till|by|up to|ante|vor) (.+)|< ?(.+)", re.IGNORECASE), _before),
    (
        re.compile(
            r"(?:after|since|from|post|nach|seit) ([^-–—]+?)(?: on| onwards?)?|> ?(.+)|([0-9]{4})[-–—]", re.IGNORECASE
        ),
        _after,
    ),
    (re.compile(r"(?:between )(.+) and (.+)|(?:from )?(.+?) (?:to|until|till|bis) (.+)", re.IGNORECASE), _between),
    (re.compile(r"(.+) or (.+)", re.IGNORECASE), _alternatives),
    (re.compile(r"([0-9]{4}) ?[-–—~] ?([0-9]{4})|(.+?) ?[–—] ?(.+)|(.+) - (.+)"), _between),
)
