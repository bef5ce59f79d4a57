"""Dates that a source gives with doubt, in words, as EDTF: about, perhaps, one of two, a season, a month, a decade.

What is read must be all of a text, but for a word that says that it is a date; nothing is made more certain than
the text is. The words are those of English, German, French, Spanish and Italian, and of Korean and
Chinese for *about*.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_SIGN_OF_YEAR = r"(?:1[5-9]|20)\d\d"
_YEAR = rf"(?P<y>{_SIGN_OF_YEAR})"
_MONTHS = (
    *(("january", "januar", "janvier", "enero", "gennaio"), ("february", "februar", "février", "febrero", "febbraio")),
    *(("march", "märz", "mars", "marzo"), ("april", "avril", "abril", "aprile"), ("may", "mai", "mayo", "maggio")),
    *(("june", "juni", "juin", "junio", "giugno"), ("july", "juli", "juillet", "julio", "luglio")),
    *(("august", "août", "agosto"), ("september", "septembre", "septiembre", "settembre")),
    *(("october", "oktober", "octobre", "octubre", "ottobre"), ("november", "novembre", "noviembre")),
    ("december", "dezember", "décembre", "diciembre", "dicembre"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH_OF |= {name[:3]: number for number, names in enumerate(_MONTHS, 1) for name in names[:1]}
_SEASONS = {
    **dict.fromkeys(("spring", "frühling", "frühjahr", "printemps", "primavera"), 21),
    **dict.fromkeys(("summer", "sommer", "été", "verano", "estate"), 22),
    **dict.fromkeys(("autumn", "fall", "herbst", "automne", "otoño", "autunno"), 23),
    **dict.fromkeys(("winter", "hiver", "invierno", "inverno"), 24),
}
"""Codes of EDTF, level 1."""
_NAMES = "|".join(sorted({*_MONTH_OF, *_SEASONS}, key=lambda name: (-len(name), name)))
_MONTH_AND_DAY = r"-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|-2[1-4]"
"""Months, with days or without, and the seasons of EDTF, level 1."""
_PLAIN = (
    rf"{_SIGN_OF_YEAR}(?:{_MONTH_AND_DAY})?|(?:(?:\d{{1,2}}\.?\s+)?(?:{_NAMES})\.?,?\s+(?:of\s+|de\s+)?){_SIGN_OF_YEAR}"
)
_ONE = rf"(?:(?:the|im|en|au)\s+)?(?:{_PLAIN})"
_LABEL = (
    r"(?P<l>(?:first\s+)?(?:published|posted|issued|released|written|dated?|publication date"
    r"|veröffentlicht|erschienen|datum|publié|paru|publicad[oa]|fecha|pubblicat[oa]|data)\s*(?:(?:in|on|im|en|el|il|le)\b)?\s*[:：]?\s*)?"
)
_ABOUT_IN_EAST = "약約约"
_FIRST_OF_EAST = "\u2e80"
"""Signs from this on belong to no form but at its end, and those."""
_ABOUT = (
    r"(?:circa|ca?\.|c(?=\d)|about|around|approximately|approx\.|etwa|ungefähr|um|vers|environ|hacia|verso"
    rf"|[{_ABOUT_IN_EAST}])"
)
_PERHAPS = (
    r"(?:perhaps|probably|possibly|presumably|vermutlich|wohl|wahrscheinlich|peut-être|probablement|quizás|forse)"
)
_OR = r"(?:or|oder|ou|o)"
_FORMS = (
    (rf"{_ABOUT}\s*(?P<a>{_ONE})", "~"),
    (rf"(?P<a>{_ONE})\s*(?:\((?:circa|ca\.?|about|approx\.?)\)|년?경|年?頃|年?左右)", "~"),
    (rf"{_PERHAPS}\s+(?:in\s+)?(?P<a>{_ONE})|(?P<b>{_ONE})\s*(?:\?|\(\?\)|\[\?\])", "?"),
    (rf"(?:either\s+|entweder\s+)?(?P<a>{_ONE})\s+{_OR}\s+(?P<b>{_ONE})", "or"),
    (rf"(?:some time\s+)?(?:between|zwischen|entre)\s+(?P<a>{_ONE})\s+(?:and|und|et|y|e)\s+(?P<b>{_ONE})", "or"),
    (r"(?:the\s+)?(?P<d>(?:1[5-9]|20)\d)0(?:['’]?s|er(?: jahre)?)", "decade"),
    (rf"(?P<s>{'|'.join(_SEASONS)})\s+{_YEAR}\s*[/–-]\s*\d{{2,4}}", "winter"),
    (rf"(?P<a>{_ONE})", "plain"),
)
_DAY = re.compile(
    rf"(?:(?:the|im|en|au)\s+)?(?:(?P<d>\d{{1,2}})\.?\s+)?(?P<n>{_NAMES})\.?,?\s+(?:of\s+|de\s+)?(?P<y>\d{{4}})\Z", re.I
)
_POINT = rf"\d{{3}}[\dX](?:{_MONTH_AND_DAY})?[?~%]?"
_EDTF = re.compile(rf"{_POINT}(?:/(?:{_POINT}|\.\.)?)?|\.\./{_POINT}|\[{_POINT}(?:(?:,|\.\.)(?:{_POINT})?)*\]")
_OF_DOUBT = re.compile(r"[?~%X\[/]")
_BEGINNINGS = tuple(
    sorted(
        {
            *re.findall("[a-z]{2,}", f"{_LABEL} {_ABOUT} {_PERHAPS} {_NAMES}"),
            "date",
            "either",
            "entweder",
            "some",
            "the",
        }
        | {"between", "zwischen", "entre", "im", "en", "au"}
    )
)
"""How words in ASCII begin that one of the forms begins with; a single letter before a year or a stop is left out."""
_DOUBTFUL = frozenset({"~", "?", "or", "decade"})
PLACEHOLDERS = ("0001-01-01", "1601-01-01", "1969-12-31", "1970-01-01", "2099-01-01", "2099-12-31", "9999-12-31")
"""Days that programs write where nobody has given one: where their clocks begin or end."""
_LONGEST = 80
_HAS_YEAR = re.compile(_SIGN_OF_YEAR)


class Doubt(NamedTuple):
    """A date that words or signs of EDTF give.

    Attributes:
        edtf: the date.
        is_labelled: whether a word says that it is that of publication, or a date.
        is_doubtful: whether the source leaves a doubt about it.
    """

    edtf: str
    is_labelled: bool
    is_doubtful: bool


def read_doubt(text: str) -> Doubt | None:
    """The date that a text gives, with the doubt that it leaves; None where it is more than a date, or none.

    The calendar is not asked: whoever uses a value checks it.

    >>> read_doubt("Published: Spring 2011")
    Doubt(edtf='2011-21', is_labelled=True, is_doubtful=False)
    >>> [read_doubt(one).edtf for one in ("circa 1998", "2012 or 2013", "May 2011?", "the 1990s", "2011 or May 2013")]
    ['1998~', '[2012..2013]', '2011-05?', '199X', '[2011,2013-05]']
    >>> read_doubt("In 1998 or 1999 the boats came") is None
    True
    """
    line = " ".join(text.split()) if len(text) <= _LONGEST else ""
    if not _HAS_YEAR.search(line):
        return None
    if _EDTF.fullmatch(line):
        return Doubt(line, is_labelled=False, is_doubtful=_OF_DOUBT.search(line) is not None)
    if not _may_begin(line):
        return None
    for form, kind in _forms():
        found = form.match(line)
        if found is not None and (edtf := _written(found, kind)):
            return Doubt(edtf, bool(found["l"]), kind in _DOUBTFUL)
    return None


def _may_begin(line: str) -> bool:
    """Whether one of the forms may begin as a line does: a quick look, which few lines with a year pass."""
    if not line[:2].isalpha():
        return True
    if line.isascii():
        return line.lower().startswith(_BEGINNINGS)
    return line[0] < _FIRST_OF_EAST or line[0] in _ABOUT_IN_EAST


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The forms that a date can have, and what each says; compiled at first use, which takes a fortieth of a second."""
    return tuple((re.compile(rf"{_LABEL}(?:{form})\Z", re.IGNORECASE), kind) for form, kind in _FORMS)


def _written(found: re.Match[str], kind: str) -> str:
    said = [_plain(value) for key, value in found.groupdict().items() if key in "abc" and value]
    match kind:
        case "decade":
            return f"{found['d']}X"
        case "winter":
            return f"{found['y']}-{_SEASONS[found['s'].lower()]}" if found["s"].lower() in _WINTER else ""
        case "or":
            are_years = all(len(one) == len("2012") for one in said)
            is_next = are_years and int(said[1]) == int(said[0]) + 1
            return f"[{said[0]}..{said[1]}]" if is_next or _is_between(found) else f"[{said[0]},{said[1]}]"
        case "plain":
            return said[0]
    return said[0] + kind


def _is_between(found: re.Match[str]) -> bool:
    return re.search(r"\b(?:between|zwischen|entre)\b", found[0], re.IGNORECASE) is not None


_WINTER = frozenset(name for name, code in _SEASONS.items() if code == 24)


def _plain(said: str) -> str:
    """A day, a month, a season or a year as EDTF, level 0 or 1."""
    named = _DAY.match(said)
    if named is None:
        return said.rsplit(maxsplit=1)[-1]
    name = named["n"].lower()
    if name in _SEASONS:
        return f"{named['y']}-{_SEASONS[name]}"
    month = f"{named['y']}-{_MONTH_OF[name]:02d}"
    return f"{month}-{int(named['d']):02d}" if named["d"] else month
