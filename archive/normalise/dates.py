"""Dates as texts write them, in many languages, read into EDTF; what can be read in two ways is not read."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

_MONTHS = {
    1: "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari stycznia styczeń "
    "января январь янв",
    2: "february feb februar feber février févr fév febrero febbraio febbr fevereiro fev februari lutego luty "
    "февраля февраль фев",
    3: "march mar märz mär mrz mars marzo março maart mrt marca marzec марта март мар",
    4: "april apr avril avr abril abr aprile kwietnia kwiecień апреля апрель апр",
    5: "may mai mayo maggio mag maio mei maja maj мая май",
    6: "june jun juni juin junio giugno giu junho czerwca czerwiec июня июнь июн",
    7: "july jul juli juillet juil julio luglio lug julho lipca lipiec июля июль июл",
    8: "august aug août aout agosto ago augustus sierpnia sierpień августа август авг",
    9: "september sept sep septembre septiembre setiembre settembre sett set setembro września wrzesień "
    "сентября сентябрь сент сен",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out października październik октября "
    "октябрь окт",
    11: "november nov novembre noviembre novembro listopada listopad ноября ноябрь нояб ноя",
    12: "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia grudzień декабря декабрь дек",
}  # fmt: skip
_NUMBER_OF = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NAMES = "|".join(sorted(_NUMBER_OF, key=lambda name: (-len(name), name)))
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tues tue wed weds thurs thur thu fri sat sun "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira segunda-feira "
    "terça-feira quarta-feira quinta-feira sexta-feira maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "понедельник вторник среда четверг пятница суббота воскресенье 월 화 수 목 금 토 일 "
    "월요일 화요일 수요일 목요일 금요일 토요일 일요일 "
    "星期一 星期二 星期三 星期四 星期五 星期六 星期日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日"
)
_YEAR = r"(?P<y>(?:1[5-9]|20)\d\d)"
_FORMS = (
    re.compile(rf"(?<!\d){_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}\s*[年년]\s*(?P<m>\d{{1,2}})\s*[月월]\s*(?P<d>\d{{1,2}})\s*[日일]"),
    re.compile(rf"(?<!\d){_YEAR}\s?[./]\s?(?P<m>\d{{1,2}})\s?[./]\s?(?P<d>\d{{1,2}})(?![\d/])\.?"),
    re.compile(
        rf"(?<![\d.])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[\s-]+(?:of\s+"
        rf"|de\s+)?(?P<n>{_NAMES})\.?,?[\s-]+(?:de\s+|del\s+)?{_YEAR}(?!\d)"
    ),
    re.compile(rf"(?<!\w)(?P<n>{_NAMES})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+{_YEAR}(?!\d)"),
    re.compile(rf"(?<![\d.])(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?{_YEAR}(?!\d)"),
)
_SLASHES = re.compile(rf"(?<![\d/])(?P<a>\d{{1,2}})[/-](?P<b>\d{{1,2}})[/-]{_YEAR}(?![\d/])")
_MONTH_ONLY = (
    re.compile(rf"(?<!\w)(?<!\d\s)(?<!\d\.\s)(?P<n>{_NAMES})\.?,?\s+(?:de\s+|of\s+)?{_YEAR}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}\s*[年년]\s*(?P<m>\d{{1,2}})\s*[月월](?!\s*\d)"),
)
_TIME = re.compile(
    r"(?:\b(?:at|um|à|a las|alle|às|om|в)\s+)?(?:오전|오후|上午|下午|午前|午後)?"
    r"\s*\b\d{1,2}(?:[:.h]\d{2}){1,2}(?::\d{2})?\s*"
    r"(?:a\.?m\.?|p\.?m\.?|uhr|hrs?|h)?(?:\s*\(?(?:kst|jst|gmt|utc|est|edt|cst|cdt|mst|mdt|pst|pdt|et|pt|bst"
    r"|cet|cest|msk)\)?)?(?:\s*[+-]\d{1,2}:?\d{0,2})?\b"
    r"|(?:오전|오후|上午|下午|午前|午後)?\s*\d{1,2}\s*[時时시点]\s*(?:\d{1,2}\s*[分분])?"
    r"|\b\d{1,2}\s*(?:a\.?m\.?|p\.?m\.?|uhr)\b",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"(?<![a-zà-ÿ])(?:first\s+)?(?:published|posted|issued|released|release date|publication date"
    r"|date published|publish date|date|dated|created|submitted|filed|for immediate release"
    r"|veröffentlicht|erschienen|erstellt|datum|geschrieben|publiziert|publié|paru|mis en ligne|publicado"
    r"|publicación|fecha|data|pubblicato|pubblicata|publicada"
    r"|gepubliceerd|geplaatst|opublikowano|опубликовано|дата|дата публикации|등록|입력|기사입력|최초입력|승인"
    r"|게재|작성|작성일|등록일"
    r"|발행|발행일|发布时间|发布|發布|发表|發表|时间|日期|公開日|掲載日|投稿日|配信|公開|更新日)"
    r"(?:\s*(?:online|on|am|um|le|el|il|em|op|in|at|date|time|日時|일시|시간|:|：|\.|\-|\||er))*\s*",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"(?:last\s+)?(?:updated|modified|edited|revised|update|aktualisiert|zuletzt|geändert|mis à jour"
    r"|mise à jour|modifié|actualizado|actualizada|aggiornato|atualizado|bijgewerkt"
    r"|обновлено|изменено|수정|최종수정|업데이트|更新|更新时间|最終更新)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    rf"[(\[]?(?<!\w)(?:{'|'.join(sorted(_WEEKDAYS.split(), key=len, reverse=True))})(?!\w)[)\].,]*", re.IGNORECASE
)
_LETTER = re.compile(r"[^\W\d_]")
_HAS_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
LONGEST_LINE = 160
"""Characters of the longest line that is looked at for a date of the document."""
_LONGEST_REST = 60


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in a line.

    Attributes:
        edtf: the date.
        start: where it begins in the line, in characters.
        end: the character after its last.
    """

    edtf: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """A line that states a date as that of the document.

    Attributes:
        edtf: the date.
        strength: 3 where a word says that it is the date of publication, 2 where the line is nothing but a date,
            1 where other things stand beside it.
    """

    edtf: str
    strength: int


def find_date(line: str, *, day_first: bool | None = None) -> DateFound | None:
    """The first full date of a line, or None; a date that can be read in two ways is none.

    Args:
        line: the text.
        day_first: whether `3/5/2011` is in May; None where nobody knows.

    >>> find_date("3. Mai 2011").edtf, find_date("2013년 8월 19일").edtf, find_date("3/5/2011")
    ('2011-05-03', '2013-08-19', None)
    """
    if not _HAS_YEAR.search(line):
        return None
    lowered = line.lower()
    best: DateFound | None = None
    for form in _FORMS:
        found = form.search(lowered)
        if found and (best is None or found.start() < best.start):
            edtf = _day(found)
            if edtf:
                best = DateFound(edtf, found.start(), found.end())
    return best or _with_slashes(lowered, day_first=day_first)


def find_month(line: str) -> DateFound | None:
    """The first month with a year of a line, or None.

    >>> find_month("März 2011").edtf
    '2011-03'
    """
    lowered = line.lower()
    for form in _MONTH_ONLY:
        found = form.search(lowered)
        if found:
            month = _month(found)
            if 1 <= month <= 12:
                return DateFound(f"{found['y']}-{month:02d}", found.start(), found.end())
    return None


def read_dateline(line: str, *, day_first: bool | None = None) -> Dateline | None:
    """The date that a line states as that of the document, or None.

    A line states it where it says little else: a weekday, a time, a place, a section, an author. A line that only
    says when the document was changed does not.

    >>> read_dateline("Published: Monday, 3 May 2011 10:20 am")
    Dateline(edtf='2011-05-03', strength=3)
    """
    if len(line) > LONGEST_LINE or not _HAS_YEAR.search(line):
        return None
    found = find_date(line, day_first=day_first) or find_month(line)
    if found is None:
        return None
    before, after = line[: found.start], line[found.end :]
    stated = _STATED.search(before) is not None
    if not stated and _CHANGED.search(before):
        return None
    before = _bare(_STATED.sub(" ", before))
    changed = _CHANGED.search(after)
    after = _bare(after[: changed.start()] if changed else after)
    rest = len(before) + len(after)
    if stated:
        return Dateline(found.edtf, 3) if rest <= _LONGEST_REST else None
    if not _LETTER.search(before) and not _LETTER.search(after):
        return Dateline(found.edtf, 2)
    return Dateline(found.edtf, 1) if rest <= _LONGEST_REST and _is_apart(line, found) else None


def _is_apart(line: str, found: DateFound) -> bool:
    """Whether signs set the date apart from what else the line says."""
    before, after = line[: found.start].rstrip(), line[found.end :].lstrip()
    before = _WEEKDAY.sub("", before).rstrip()
    after = _TIME.sub("", after).lstrip()
    return (not before or before[-1] in ",|·•–—-/()【[：;") and (not after or after[0] in "|·•–—-/,(【[;")


def _bare(text: str) -> str:
    return _WEEKDAY.sub(" ", _TIME.sub(" ", text)).strip(" \t,.|·•–—-/()[]:：;")


def _with_slashes(lowered: str, *, day_first: bool | None) -> DateFound | None:
    found = _SLASHES.search(lowered)
    if found is None:
        return None
    one, other = int(found["a"]), int(found["b"])
    if one > 12 or day_first or one == other:
        day, month = one, other
    elif other > 12 or day_first is False:
        day, month = other, one
    else:
        return None
    edtf = _checked(int(found["y"]), month, day)
    return DateFound(edtf, found.start(), found.end()) if edtf else None


def _day(found: re.Match[str]) -> str:
    return _checked(int(found["y"]), _month(found), int(found["d"]))


def _month(found: re.Match[str]) -> int:
    parts = found.groupdict()
    return _NUMBER_OF[parts["n"]] if parts.get("n") else int(parts["m"])


def _checked(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return ""
    return f"{year}-{month:02d}-{day:02d}"
