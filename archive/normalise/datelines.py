"""Lines that state the date of a document: nothing but a date, or one beside what else such lines say."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from archive.model.doubtful_dates import Doubt, read_doubt
from archive.normalise.calendars import with_plain_digits, without_days
from archive.normalise.caseless import Caseless
from archive.normalise.dates import (
    LONGEST_LINE,
    DateFound,
    all_dates,
    find_date,
    find_month,
    has_slashes,
    has_year,
    holds_year,
    instead_of_time,
    with_whole_year,
    without_time,
)

_STATED = Caseless(
    r"(?<![a-zà-ÿ])(?:first\s+)?(?:published|posted|issued|released|release date|publication date|delivered|given|sent"
    r"|date published|publish date|date|dated|created|submitted|filed|for immediate release"
    r"|veröffentlicht|erschienen|erstellt|datum|geschrieben|publiziert|gesendet|publié|paru|mis en ligne|posté"
    r"|publicado|publicada|publicación|fecha|data|pubblicato|pubblicata|enviado|envoyé"
    r"|gespeichert|eingetragen"
    r"|erscheinungsdatum|veröffentlichungsdatum|veröffentlichung|date de publication|publication|publicado em"
    r"|data di pubblicazione|data de publicação|publicação|publicatiedatum|data publikacji|publikacja"
    r"|diterbitkan|tayang"
    r"|tanggal terbit|yayın(?:lanma)? tarihi|yayınlandı|yayımlandı|tarih|publicerad|publicerat|publiceret"
    r"|udgivet|publisert"
    r"|julkaistu|publikováno|zveřejněno|vydáno|megjelent|közzétéve|publicat(?: pe| la)?|objavljeno"
    r"|публикувано|публікація"
    r"|публикация|δημοσιεύτηκε|δημοσιεύθηκε|δημοσίευση|פורסם|תאריך|منتشر شده|تاریخ انتشار|เผยแพร่|วันที่"
    r"|gepubliceerd|geplaatst|opublikowano|dodano|опубликовано|опубликован|опубліковано|дата|дата публикации"
    r"|ngày đăng|đăng ngày|đăng lúc|ngày|نشرت?(?:\s+في)?|تاريخ النشر|بتاريخ|التاريخ"
    r"|기사등록|기사승인|기사입력|최초입력|등록일시|등록일|등록|입력|승인|송고|게시일|배포일시|배포일|보도일시|게재|작성일|면담일|구술일|채록일|작성|발행일|발행|날짜|日時"
    r"|发布时间|發佈時間|發布時間|发布日期|发布于|发布|發布|发表于|发表|發表|时间|時間|日期"
    r"|公開日|掲載日|投稿日|作成日|配信日|発行日|発表日|配信|公開)"
    r"(?:\s*(?:online|on|am|um|le|el|il|em|op|in|at|date|time|日時|일시|시간|:|：|\.|\-|\||er))*\s*"
)
_CHANGED = Caseless(
    r"(?:last\s+)?(?:updated|modified|edited|revised|update|aktualisiert|zuletzt|geändert|mis à jour"
    r"|güncellen\w*|güncelleme|diperbarui|uppdaterad|opdateret|oppdatert|päivitetty|aktualizováno|frissítve|actualizat"
    r"|ažurirano|обновена|обновен|ενημέρωση|ενημερώθηκε|עודכן|به‌روزرسانی"
    r"|(?:last |latest )?revision|amended|änderung|aktualisierung|überarbeite|modification|révision|actualización"
    r"|modificación|revisión|modifica|aggiornamento|atualização|wijziging|изменения|обновления|修订|修訂|改訂|改定"
    r"|mise à jour|modifié|actualizado|actualizada|aggiornato|atualizado|atualizada|bijgewerkt|aktualizacja"
    r"|обновлено|изменено|оновлено|수정|최종수정|업데이트|更新|更新时间|更新日|最終更新|修改|cập nhật|تحديث)"
)
_OF_SOMETHING_ELSE = Caseless(
    r"birth|born|expir|valid|deadline|closing|access|retriev|captur|printed|meeting|taken|recorded|since|until"
    r"|geburt|geboren|abgerufen|gültig|naissance|née? le|consulté|nacimiento|nacid|consultad|nascita|nat[oa] il"
    r"|nascimento|рожд|родил|дата обращения|생년|출생|검색일|접속일|出生|生年|アクセス|訪問日|访问|訪問|الميلاد|ولد"
    r"|ngày sinh|sinh ngày|truy cập"
    r"|\bheld (?:on|at|in)\b|took place|celebrad[ao] el|tenut[ao]si il|состоял[аио]?с[ья]|개최|開催|举行|舉行"
    r"|\b00?[:.h]00(?: ?(?:uhr|h|[ap]\.?m\.?))? ?(?:[-–—~〜～]|bis|to|until|till|à|a(?:l(?:le)?|s)?|hasta|até|до|から)"
    r" ?00?[:.h]00(?!:)"
)
"""What says that a date is no date of issue; hours from and to say that something takes place."""
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
_SAYS = re.compile(r"[^\W_]")
_LONGEST_REST = 60
_LONGEST_OF_CHANGE = 16
_MOST_WORDS_BEFORE = 4
_ANY_DIGIT = dict.fromkeys(map(ord, "123456789"), "0")
_BEFORE = ",،|·•–—-/()【】[]〔〕〉》»›>;"
_AFTER = "|·•–—-/,،(（【[〔;»›<"


class Dateline(NamedTuple):
    """A line that states a date as that of the document.

    Attributes:
        edtf: the date.
        strength: 3 where a word says that it is the date of publication, 2 where the line is nothing but a date,
            1 where other things stand beside it.
    """

    edtf: str
    strength: int


def read_dateline(line: str, *, day_first: bool | None = None) -> Dateline | None:
    """The date that a line states as that of the document, or None.

    A line states it where it says little else: a weekday, a time, a place, a section, an author. A line that only
    says when the document was changed does not, nor does one that dates something else, as a birth.

    >>> read_dateline("Published: Monday, 3 May 2011 10:20 am")
    Dateline(edtf='2011-05-03', strength=3)
    """
    if len(line) > LONGEST_LINE:
        return None
    if holds_year(line):
        return _dateline(line, day_first)
    whole = with_whole_year(with_plain_digits(line)) if day_first else ""
    return _dateline(whole, None) if whole else None


@lru_cache(maxsize=1_024)
def _dateline(line: str, day_first: bool | None) -> Dateline | None:  # noqa: FBT001  # a key of the cache
    plain = with_plain_digits(line)
    if day_first is not None and not has_slashes(plain):
        return _dateline(line, None)  # which is remembered, too
    dates = list(all_dates(plain, day_first=day_first))
    doubt = read_doubt(plain)
    if doubt is not None and not (doubt.is_doubtful or (doubt.is_labelled and not dates)):
        doubt = None
    if doubt is None and not dates and (month := find_month(line)):
        dates = [month]
    if (doubt is None and not dates) or _is_of_something_else(plain.translate(_ANY_DIGIT)):
        return None
    if doubt is not None:
        return _of_doubt(doubt)
    end = 0
    unchanged = []
    for found in dates:
        is_stated, is_changed = _said_before(plain[end : found.start])
        if is_stated:
            return _judged(plain, found)
        if not is_changed:
            unchanged.append(found)
        end = found.end
    return _judged(plain, unchanged[0]) if len({one.edtf for one in unchanged}) == 1 else None


def _of_doubt(doubt: Doubt) -> Dateline | None:
    """A date that leaves a doubt; a decade or an interval without a word that says so dates what the text tells of."""
    if doubt.is_labelled:
        return Dateline(doubt.edtf, 3)
    return None if "X" in doubt.edtf or "/" in doubt.edtf else Dateline(doubt.edtf, 2)


# Lines that date a document differ in little but the day; what stands around the day is read once.
@lru_cache(maxsize=1_024)
def _is_of_something_else(line: str) -> bool:
    """Whether a line says that its date is no date of issue; figures say nothing of that."""
    return _OF_SOMETHING_ELSE.search(line) is not None


@lru_cache(maxsize=1_024)
def _said_before(text: str) -> tuple[bool, bool]:
    """Whether what stands before a date says that it is that of publication, and whether that it is of a change.

    Of two words the later one says it, but for *date* and the like right after a word of change.
    """
    stated, changed = _last(_STATED, text), _last(_CHANGED, text)
    if stated is None or changed is None:
        return stated is not None, changed is not None
    is_later = _SAYS.search(text, changed[1], max(changed[1], stated[0])) is not None
    return is_later, not is_later


def _last(pattern: Caseless, text: str) -> tuple[int, int] | None:
    """Where a pattern is found last in a text, in characters."""
    place: tuple[int, int] | None = None
    found = pattern.search(text)
    while found is not None and found.end() > found.start():
        start = place[1] if place else 0
        place = start + found.start(), start + found.end()
        found = pattern.search(text[place[1] :])
    return place


def date_in_byline(line: str, *, day_first: bool | None = None) -> str:
    """The first date of a line that names an author, unless it is that of a change; or an empty string."""
    plain = with_plain_digits(line)
    if day_first and len(line) <= LONGEST_LINE and not has_year(plain):
        plain = with_whole_year(plain, fewest=1)
    if len(line) > LONGEST_LINE or not has_year(plain):
        return ""
    found = next(all_dates(plain, day_first=day_first), None)
    if found is None or _is_of_something_else(plain.translate(_ANY_DIGIT)):
        return ""
    _, is_changed = _said_before(plain[: found.start])
    return "" if is_changed else found.edtf


def is_of_change(line: str) -> bool:
    """Whether a line says nothing but when a page was changed.

    >>> is_of_change("Updated 3 May 2011, 10:20"), is_of_change("Updated 3 May 2011: what the boats brought home")
    (True, False)
    """
    if len(line) > LONGEST_LINE or not has_year(line) or (found := find_date(line, day_first=True)) is None:
        return False
    before, after = line[: found.start], line[found.end :]
    rest = _bare(_CHANGED.sub(" ", before)) + _bare(_CHANGED.sub(" ", after))
    return _CHANGED.search(before) is not None and len(rest) <= _LONGEST_OF_CHANGE


def is_stamp(line: str) -> bool:
    """Whether a line opens with a day and a time, as pages stamp their articles.

    >>> is_stamp("2013-06-18 10:22 来源：例报"), is_stamp("18 June 2013 (Photo: Ada Quill)")
    (True, False)
    """
    if len(line) > LONGEST_LINE or not line[:1].isdigit() or (found := find_date(line)) is None:
        return False
    return found.start == 0 and _CLOCK.match(line[found.end :]) is not None


def _judged(plain: str, found: DateFound) -> Dateline | None:
    strength = _strength(plain[: found.start], plain[found.end :])
    return Dateline(found.edtf, strength) if strength else None


@lru_cache(maxsize=1_024)
def _strength(before: str, after: str) -> int:
    """How strongly a line states its date, by what stands before and after that; 0 where it does not."""
    is_stated, _ = _said_before(before)
    bare_before = _bare(_STATED.sub(" ", before) if is_stated else before)
    changed = _CHANGED.search(after) if after else None
    bare_after = _bare(after[: changed.start()] if changed else after)
    is_short = len(bare_before) + len(bare_after) <= _LONGEST_REST
    if is_stated:
        return 3 if is_short else 0
    if not _LETTER.search(bare_before) and not _LETTER.search(bare_after):
        return 2
    return 1 if is_short and _is_apart(before, after) else 0


def _is_apart(line_before: str, line_after: str) -> bool:
    """Whether signs, or words that tell an author or a source, set a date apart from what else its line says."""
    before, after = line_before.rstrip(), line_after.lstrip()
    before = _ARTICLE.sub("", without_days(before)).rstrip()
    after = without_days(instead_of_time(after, "")).lstrip(" .")
    if not after and len(before.split()) <= _MOST_WORDS_BEFORE and _CLOCK.match(line_after):
        return True  # a section, and the day and the time
    is_closed = not after or after[0] in _AFTER or _TELLS.match(after) or _PAPER.fullmatch(after)
    return (not before or before[-1] in _BEFORE) and bool(is_closed)


def _bare(text: str) -> str:
    if not text:
        return text
    return without_days(without_time(text), " ").strip(" \t,،.|·•–—-/()[]:：;")
