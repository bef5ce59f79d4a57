"""Dates as texts write them, in many languages, read into EDTF; what can be read in two ways is not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from archive.normalise.calendars import (
    ERAS,
    MONTH_OF,
    WEEKDAY,
    day_of,
    day_of_era,
    number_of,
    with_plain_digits,
    without_days,
)
from archive.normalise.caseless import Caseless

_YEAR = r"(?P<y>(?:1[5-9]|20)\d\d)"
_NAME = r"(?P<n>[^\W\d_]{2,14}(?:\s+ال[\u0621-\u064a]+)?)"
_DAY_BETWEEN = rf"(?:[\s,]*{WEEKDAY.pattern})?"
"""The name of a day may stand between the parts of a date: *9 March, Friday, 2012*."""
_TENS = "[一二三四五六七八九十]{1,3}"


def _by_number(found: re.Match[str]) -> date | None:
    return day_of(int(found["y"]), int(found["m"]), int(found["d"]))


def _by_name(found: re.Match[str]) -> date | None:
    month = MONTH_OF.get(" ".join(found["n"].split()))
    if found["n"] == "listopada" and _ORDINAL.match(found[0]):
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
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (re.compile(rf"(?<!\d){_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"), _by_number),
    (re.compile(rf"(?<!\d){_YEAR}\s?[./]\s?(?P<m>\d{{1,2}})\s?[./]\s?(?P<d>\d{{1,2}})(?![\d/])\.?"), _by_number),
    (
        re.compile(
            rf"(?<![\d.])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[\s-]+(?:of\s+|de\s+|من\s+)?"
            rf"{_NAME}\.?(?:\s*/\s*[\u0621-\u064a]+)?{_DAY_BETWEEN}[,،]?[\s-]+(?:de\s+|del\s+)?{_YEAR}(?!\d)"
        ),
        _by_name,
    ),
    (
        re.compile(rf"(?<!\w){_NAME}\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_DAY_BETWEEN}\s*,?\s+{_YEAR}(?!\d)"),
        _by_name,
    ),
    (re.compile(rf"(?<!\d){_YEAR}\.?,?\s+{_NAME}\s+(?P<d>\d{{1,2}})(?!\d)"), _by_name),
    (re.compile(rf"(?<![\d.])(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?{_YEAR}(?!\d)"), _by_number),
)
_FORMS_BEYOND_ASCII: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (
        re.compile(
            rf"(?<!\d){_YEAR}\)?\s*[年년]\s*(?P<m>\d{{1,2}})\s*[月월]\s*(?P<d>\d{{1,2}})\s*[日일號号]",
        ),
        _by_number,
    ),
    (
        re.compile(rf"(?P<e>{ERAS})(?P<y>元|\d{{1,3}})年(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})日"),
        _by_era,
    ),
    (re.compile(rf"(?P<y>[一二][〇零○一二三四五六七八九]{{3}})年(?P<m>{_TENS})月(?P<d>{_TENS})[日號号]"), _by_numerals),
    (re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})\s+tháng\s+(?P<m>\d{{1,2}})(?:\s*,|\s+năm)?\s+{_YEAR}(?!\d)"), _by_number),
)
_SLASHES = re.compile(rf"(?<![\d/])(?P<a>\d{{1,2}})[/-](?P<b>\d{{1,2}})[/-]{_YEAR}(?![\d/])")
_MONTH_BY_NAME = re.compile(rf"(?<!\w)(?<!\d\s)(?<!\d\.\s){_NAME}\.?,?\s+(?:de\s+|of\s+)?{_YEAR}(?!\d)")
_MONTH_BY_NUMBER = re.compile(rf"(?<!\d){_YEAR}\s*[年년]\s*(?P<m>\d{{1,2}})\s*[月월](?!\s*\d)")
_TIME = Caseless(
    r"(?:\b(?:at|um|à|a las|alle|às|om|в|о|lúc|الساعة|klo?\.?|pukul|saat)\s+)?(?:오전|오후|上午|下午|午前|午後)?"
    r"\s*\b\d{1,2}(?:[:.h]\d{2}){1,2}(?::\d{2})?\s*"
    r"(?:a\.?m\.?|p\.?m\.?|uhr|hrs?|h)?(?:\s*\(?(?:kst|jst|gmt|utc|est|edt|cst|cdt|mst|mdt|pst|pdt|et|pt|bst|ist"
    r"|hkt|sgt|cet|cest|eet|eest|trt|mez|mesz|msk|мск|wib|wita|wit)\)?)?(?:\s*[+-]\d{1,2}:?\d{0,2})?\b"
    r"|(?:오전|오후|上午|下午|午前|午後)?\s*\d{1,2}\s*[時时시点]\s*(?:\d{1,2}\s*[分분])?"
    r"|\b\d{1,2}\s*(?:a\.?m\.?|p\.?m\.?|uhr)\b|\bclock\b|\b第?\s?\d{1,3}\s?版"
)
_STATED = Caseless(
    r"(?<![a-zà-ÿ])(?:first\s+)?(?:published|posted|issued|released|release date|publication date|delivered|given|sent"
    r"|date published|publish date|date|dated|created|submitted|filed|for immediate release"
    r"|veröffentlicht|erschienen|erstellt|datum|geschrieben|publiziert|gesendet|publié|paru|mis en ligne|posté"
    r"|publicado|publicada|publicación|fecha|data|pubblicato|pubblicata|enviado|envoyé"
    r"|gepubliceerd|geplaatst|opublikowano|dodano|опубликовано|опубликован|опубліковано|дата|дата публикации"
    r"|ngày đăng|đăng ngày|đăng lúc|ngày|نشرت?(?:\s+في)?|تاريخ النشر|بتاريخ|التاريخ"
    r"|기사등록|기사승인|기사입력|최초입력|등록일시|등록일|등록|입력|승인|송고|게시일|배포일시|배포일|보도일시|게재|작성일|면담일|구술일|채록일|작성|발행일|발행|날짜|日時"
    r"|发布时间|發佈時間|發布時間|发布日期|发布于|发布|發布|发表于|发表|發表|时间|時間|日期"
    r"|公開日|掲載日|投稿日|作成日|配信日|配信|公開)"
    r"(?:\s*(?:online|on|am|um|le|el|il|em|op|in|at|date|time|日時|일시|시간|:|：|\.|\-|\||er))*\s*"
)
_CHANGED = Caseless(
    r"(?:last\s+)?(?:updated|modified|edited|revised|update|aktualisiert|zuletzt|geändert|mis à jour"
    r"|mise à jour|modifié|actualizado|actualizada|aggiornato|atualizado|atualizada|bijgewerkt|aktualizacja"
    r"|обновлено|изменено|оновлено|수정|최종수정|업데이트|更新|更新时间|更新日|最終更新|修改|cập nhật|تحديث)"
)
_OF_SOMETHING_ELSE = Caseless(
    r"birth|born|expir|valid|deadline|closing|access|retriev|captur|printed|meeting|taken|recorded|since|until"
    r"|geburt|geboren|abgerufen|gültig|naissance|née? le|consulté|nacimiento|nacid|consultad|nascita|nat[oa] il"
    r"|nascimento|рожд|родил|дата обращения|생년|출생|검색일|접속일|出生|生年|アクセス|訪問日|访问|訪問|الميلاد|ولد"
    r"|ngày sinh|sinh ngày|truy cập"
)
"""What says that a date is no date of issue."""
_TELLS = Caseless(
    r"(?:by|von|par|por|di|door|da|in|under|category|source|via|автор|текст|источник|来源|來源|作者|编辑|編輯|出处|记者"
    r"|記者|文章来源|责任编辑|浏览|阅读|点击|评论|字号|작성자|글쓴이|조회|댓글|기자|추천|作成者|投稿者|著者|執筆"
    r"|カテゴリ|tác giả|nguồn|المصدر|بقلم)(?![a-zà-ÿ])"
)
"""What tells the author or the source, beside a date."""
_CLOCK = re.compile(r"\s*[,(]?\s*(?:\w{1,3}\)?\s*)?\d{1,2}[:：]\d{2}")
_PAPER = re.compile(r"[\u4e00-\u9fff]{1,8}(?:报|報|网|網|社|台|新闻|新聞)")
_ARTICLE = re.compile(r"(?:^|\s)(?:den|der|le|el|il|the|am|on|den|dnia)\s*$")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_HAS_YEAR = re.compile(r"(?:1[5-9]|20)\d\d|\d年|元年|[〇零○一二三四五六七八九]年")
LONGEST_LINE = 160
"""Characters of the longest line that is looked at for a date of the document."""
_LONGEST_REST = 60
_MOST_DATES = 3
_BEFORE = ",،|·•–—-/()【】[]〔〕〉》»›>;"
_AFTER = "|·•–—-/,،(（【[〔;»›<"


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
    if len(line) > LONGEST_LINE:
        return _first(with_plain_digits(line), 0, day_first=day_first)
    return _find(line, day_first)


@lru_cache(maxsize=1_024)
def _find(line: str, day_first: bool | None) -> DateFound | None:  # noqa: FBT001  # a key of the cache
    return _first(with_plain_digits(line), 0, day_first=day_first)


def _first(plain: str, start: int, *, day_first: bool | None) -> DateFound | None:
    if not _HAS_YEAR.search(plain, start):
        return None
    best: DateFound | None = None
    for form, reader in _FORMS if plain.isascii() else (*_FORMS, *_FORMS_BEYOND_ASCII):
        for found in form.finditer(plain, start):
            if best is not None and found.start() >= best.start:
                break
            day = reader(found)
            if day is not None:
                best = DateFound(day.isoformat(), found.start(), found.end())
                break
    slashed = _with_slashes(plain, start, day_first=day_first)
    return min((one for one in (best, slashed) if one), key=lambda one: one.start, default=None)


def _all(plain: str, *, day_first: bool | None) -> Iterator[DateFound]:
    start = 0
    for _ in range(_MOST_DATES):
        found = _first(plain, start, day_first=day_first)
        if found is None:
            return
        yield found
        start = found.end


def find_month(line: str) -> DateFound | None:
    """The first month with a year of a line, or None.

    >>> find_month("März 2011").edtf
    '2011-03'
    """
    plain = with_plain_digits(line)
    if not _HAS_YEAR.search(plain):
        return None
    for found in _MONTH_BY_NAME.finditer(plain):
        month = MONTH_OF.get(" ".join(found["n"].split()))
        if month:
            return DateFound(f"{found['y']}-{month:02d}", found.start(), found.end())
    numbered = _MONTH_BY_NUMBER.search(plain)
    if numbered and 1 <= int(numbered["m"]) <= 12:
        return DateFound(f"{numbered['y']}-{int(numbered['m']):02d}", numbered.start(), numbered.end())
    return None


def read_dateline(line: str, *, day_first: bool | None = None) -> Dateline | None:
    """The date that a line states as that of the document, or None.

    A line states it where it says little else: a weekday, a time, a place, a section, an author. A line that only
    says when the document was changed does not, nor does one that dates something else, as a birth.

    >>> read_dateline("Published: Monday, 3 May 2011 10:20 am")
    Dateline(edtf='2011-05-03', strength=3)
    """
    return None if len(line) > LONGEST_LINE else _dateline(line, day_first)


@lru_cache(maxsize=1_024)
def _dateline(line: str, day_first: bool | None) -> Dateline | None:  # noqa: FBT001  # a key of the cache
    plain = with_plain_digits(line)
    if not _HAS_YEAR.search(plain) or _OF_SOMETHING_ELSE.search(plain):
        return None
    if day_first is not None and not _SLASHES.search(plain):
        return _dateline(line, None)  # which is remembered, too
    dates = list(_all(plain, day_first=day_first))
    if not dates and (month := find_month(line)):
        dates = [month]
    end = 0
    unchanged = []
    for found in dates:
        before = plain[end : found.start]
        if _STATED.search(before):
            return _judged(plain, found)
        if not _CHANGED.search(before):
            unchanged.append(found)
        end = found.end
    return _judged(plain, unchanged[0]) if len({one.edtf for one in unchanged}) == 1 else None


def date_in_byline(line: str, *, day_first: bool | None = None) -> str:
    """The first date of a line that names an author, unless it is that of a change; or an empty string."""
    plain = with_plain_digits(line)
    if len(line) > LONGEST_LINE or not _HAS_YEAR.search(plain) or _OF_SOMETHING_ELSE.search(plain):
        return ""
    found = next(_all(plain, day_first=day_first), None)
    return "" if found is None or _CHANGED.search(plain[: found.start]) else found.edtf


def is_stamp(line: str) -> bool:
    """Whether a line opens with a day and a time, as pages stamp their articles.

    >>> is_stamp("2013-06-18 10:22 来源：例报"), is_stamp("18 June 2013 (Photo: Ada Quill)")
    (True, False)
    """
    if len(line) > LONGEST_LINE or not line[:1].isdigit() or (found := find_date(line)) is None:
        return False
    return found.start == 0 and _CLOCK.match(line[found.end :]) is not None


def _judged(plain: str, found: DateFound) -> Dateline | None:
    before, after = plain[: found.start], plain[found.end :]
    stated = _STATED.search(before) is not None
    before = _bare(_STATED.sub(" ", before))
    changed = _CHANGED.search(after)
    after = _bare(after[: changed.start()] if changed else after)
    rest = len(before) + len(after)
    if stated:
        return Dateline(found.edtf, 3) if rest <= _LONGEST_REST else None
    if not _LETTER.search(before) and not _LETTER.search(after):
        return Dateline(found.edtf, 2)
    return Dateline(found.edtf, 1) if rest <= _LONGEST_REST and _is_apart(plain, found) else None


def without_time(text: str) -> str:
    """The text without times of the day.

    >>> without_time("at 6:12 pm by Ada Quill").strip()
    'by Ada Quill'
    """
    return _without_time(text, " ")


def _without_time(text: str, instead: str) -> str:
    if text.isascii() and not _DIGIT.search(text) and "clock" not in text.lower():
        return text
    return _TIME.sub(instead, text)


def _is_apart(line: str, found: DateFound) -> bool:
    """Whether signs, or words that tell an author or a source, set the date apart from what else the line says."""
    before, after = line[: found.start].rstrip(), line[found.end :].lstrip()
    before = _ARTICLE.sub("", without_days(before)).rstrip()
    after = without_days(_without_time(after, "")).lstrip(" .")
    is_closed = not after or after[0] in _AFTER or _TELLS.match(after) or _PAPER.fullmatch(after)
    return (not before or before[-1] in _BEFORE) and bool(is_closed)


def _bare(text: str) -> str:
    return without_days(without_time(text), " ").strip(" \t,،.|·•–—-/()[]:：;")


def _with_slashes(plain: str, start: int, *, day_first: bool | None) -> DateFound | None:
    found = _SLASHES.search(plain, start)
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
