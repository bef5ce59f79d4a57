"""Bylines: how lines of many languages name those who wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from archive.normalise.calendars import without_days
from archive.normalise.caseless import Caseless
from archive.normalise.dates import find_date, find_month, holds_year, without_time
from archive.normalise.folding import fold
from archive.normalise.front_words import FrontWords
from archive.normalise.names import is_arabic_name, is_latin_name, is_person, may_begin_with_name
from archive.normalise.shapes import letter_runs
from archive.normalise.vocabulary import Vocabulary, vocabulary

LONGEST_BYLINE = 140
"""Characters of the longest line that is looked at for an author."""
_LONGEST_BARE = 80
_LONGEST_HEAD = 24
_INCLUSIVE = re.compile("[*:_/]")
"""What stands in words that name both women and men."""

_SPLIT = re.compile(
    r"\s*(?:,\s*(?:and|und|et)?\s+|\s(?:and|und|et|y|e|i|и|і|&|with|mit|en|och|og|và)\s|[·・、/]\s*|\sو)\s*",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\s*(?:[|•–—(\[<]|\s{2}|\s-\s|\d|\bfor\b|\bin\b|\bon\b|\bat\b|\bam\b|\bum\b|\baus\b|\ble\b|\bel\b|\bвід\b|@|https?:"
    r"|\b(?i:fotos?|photos?|photographs?|photography|bilder|erstellt|veröffentlicht|aktualisiert|published|updated|posted|publié|publicado|pubblicato|illustration(?:en|s)?|illustrationen|fotografías?|übersetzung|translated)\b)"
)
_BY = Caseless(
    r"(?:(?:written|story|text|words|report|reported|reporting|posted|published|article|remarks|speech|testimony|column"
    r"|statement|interview|interviewed|reviewed|analysis|opinion|commentary|essay|poem|lecture|talk|address|sermon|review|delivered"
    r"|given|presented|compiled|prepared|told|an?\s+(?:lecture|talk|speech|sermon|essay|poem|report|paper|story|address))"
    r"\s+by|by|as told to|von|par|por|di|door|av|"
    r"(?:geschrieben|verfasst|veröffentlicht|gepostet|erstellt|aufgezeichnet|interview|text|kommentar|analyse|reportage"
    r"|(?:gast)?beitrag|ein (?:gast)?(?:beitrag|kommentar)|eine (?:analyse|reportage|kolumne))\s+von"
    r"|(?:écrit|publié|rédigé|propos recueillis|entretien réalisé|recueilli)\s+par"
    r"|(?:texte|textes|un reportage|récit)\s+de|"
    r"(?:escrito|publicado|postado|redactado)\s+por|(?:texto|entrevista|crónica|reportaje|reportagem)\s+de"
    r"|(?:scritto|pubblicato|inserito)\s+da|(?:testo|intervista)\s+di|a cura di|dal nostro inviato"
    r"|de notre (?:correspondante?|envoyée? spéciale?)|from our correspondent"
    r"|беседовала?|записала?|подготовила?|интервью взяла?|розмовля(?:в|ла)|rozmawiała?|napisała?"
    r"|das gespräch führten?|die fragen stellten?)"
    r"\s*:?\s+(?P<who>\S.*)"
)
_FIRST_OF_BY = frozenset(
    word for word in re.findall(r"[^\W\d_]+", _BY.pattern.replace("(?:gast)?", "gast")) if word.isascii()
) | {"a", "beitrag", "kommentar"}
"""The words in ASCII that `_BY` may begin with, and some more."""
_WORDS_OF_BY = _FIRST_OF_BY - {"a", "an"}
"""Words one of which stands in whatever `_BY` finds in ASCII: no article does so by itself."""
_LABEL = Caseless(
    r"(?:authors?|autor(?:en|in|innen|es|a)?|auteurs?|autor[ei]|writer|reporter|text|texte|texto|testo|tekst|words|story"
    r"|reporting|interview|byline|redaktion|автор(?:ы|и)?|текст|интервью|글|글쓴이|글\s?[·/]\s?사진|기자|작성자|저자"
    r"|文|文[・·/／](?:图|圖|写真)|作者|撰文|撰稿|采写|採訪|記者|记者|著者|執筆|筆者|作成者|投稿者"
    r"|tác giả|bài viết|phóng viên|بقلم|كتبت?|إعداد|الكاتبة?|حوار|تقرير"
    r"|oleh|penulis|yazar|yazan|írta|szerző|γράφει|συντάκτης|teksti|kirjoittaja|piše|forfatter|författare)"
    r"\s*[:：=＝/／|｜]\s*(?P<who>\S.*)"
)
_UNLABELLED = re.compile(r"(?:작성자|글쓴이|글|tác giả|بقلم|كتبت?|إعداد|文・|文·)\s*(?P<who>\S.*)", re.IGNORECASE)
"""What may name an author without a sign after it."""
_ROLES = r"(?:선임|인턴|객원|대표|수습|전문)?(?:기자|특파원|논설위원|편집위원|통신원|칼럼니스트)(?![가-힣])"
_KOREAN_BYLINE = re.compile(rf"(?:^|[\[(=\s/)·])(?P<who>[가-힣]{{2,4}})\s?{_ROLES}")
_HAN_BYLINE = re.compile(
    r"(?:^|[\s(（【〔［\[：:])(?:本报|本報|[\u4e00-\u9fff]{1,8}?(?:报|報|社|网|網|都|视|視|台))?(?:见习|实习|首席|特约)?"
    r"(?:记者|記者|通讯员|特派员|特派員)\s?[:：]?\s?"
    r"(?P<who>[\u4e00-\u9fff々]{1,4}[\u3041-\u3096\u30a1-\u30faー]{1,6}|[\u4e00-\u9fff々]{2,4})"
    r"(?![\u4e00-\u9fff\u3041-\u30fa])"
)
_HAN_BYLINE_AFTER = re.compile(
    r"(?:^|[\s(（【〔])(?P<who>[\u4e00-\u9fff々]{2,4}[\u3041-\u3096\u30a1-\u30fa]{0,6})\s?記者(?=$|[\s)）】〕])"
)
_PLACE_AND_NAME = re.compile(
    r"[\u4e00-\u9fff\u30a1-\u30faー]{1,10}[＝=](?P<who>[\u4e00-\u9fff々]{1,4}[\u4e00-\u9fff々\u3041-\u3096\u30a1-\u30faー]{1,6})(?=\s|$)"
)
_EASTERN_LABEL = re.compile(
    r"(?:^|[\s|｜(（【])(?:文|作者|撰文|撰稿|采写|记者|記者|著者|執筆|筆者|作成者|投稿者)\s?[:：/／＝=]\s?(?P<who>[^\s|｜:：/／()（）【】]{2,12})"
)
_AROUND = " \t[]()*_-–—【】〔〕（）«»›"
_SEGMENTS = re.compile(r"\s*[|｜•·»›]\s*|\s+[-–—]\s+|\s{3,}|\t")
_BARE_PLACE = re.compile(r"\s+in\s+[A-ZÀ-Þ][\w.\- ]{2,40}$|,\s*[A-ZÀ-Þ][\w.\-]{2,20}(?:\s[A-ZÀ-Þ][\w.\-]{2,20})?$")


def names_in_byline(line: str, words: Vocabulary) -> tuple[str, ...]:
    """The people that a line names as those who wrote; empty where it is no byline.

    >>> from archive.normalise.vocabulary import vocabulary
    >>> names_in_byline("By Ada Quill and Jon Reed | 3 May 2011", vocabulary())
    ('Ada Quill', 'Jon Reed')
    """
    if len(line) > LONGEST_BYLINE:
        return ()
    return _remembered(line) if words is vocabulary() else _names(line, words)


@lru_cache(maxsize=2_048)
def _remembered(line: str) -> tuple[str, ...]:
    """The same, since the lines of a site come again and again."""
    return _names(line, vocabulary())


def _names(line: str, words: Vocabulary) -> tuple[str, ...]:
    if line.isascii():
        if not _may_hold_byline(line):
            return ()
    elif named := _eastern(line, words):
        return named
    for segment in segments(line):
        if segment.isascii() and not _may_name(segment):
            continue
        found = (
            _BY.match(segment) or _LABEL.match(segment) or (None if segment.isascii() else _UNLABELLED.match(segment))
        )
        people = _people(segment[slice(*found.span("who"))], words) if found else ()
        if people:
            return people
    return ()


def _may_hold_byline(line: str) -> bool:
    """Whether a segment of a line in ASCII may begin as a byline does: a quick look, which few lines pass."""
    return _has_sign_of_label(line) or not _WORDS_OF_BY.isdisjoint(letter_runs(line.lower()))


def _has_sign_of_label(text: str) -> bool:
    return ":" in text or "=" in text or "/" in text or "|" in text


def _may_name(segment: str) -> bool:
    """Whether ASCII may begin as a byline does: a quick look, which few segments pass."""
    if _has_sign_of_label(segment):
        return True
    words = segment.split(None, 1)
    return bool(words) and words[0].lower() in _FIRST_OF_BY


def _eastern(line: str, words: Vocabulary) -> tuple[str, ...]:
    for form in (_KOREAN_BYLINE, _HAN_BYLINE, _HAN_BYLINE_AFTER, _EASTERN_LABEL, _PLACE_AND_NAME):
        for found in form.finditer(line):
            if is_person(found["who"], words):
                return (found["who"],)
    return ()


def segments(line: str) -> Iterator[str]:
    """The parts of a line between dates, bars and dashes, without times and names of days."""
    date = (find_date(line, day_first=True) or find_month(line)) if holds_year(line) else None
    pieces = (line[: date.start], line[date.end :]) if date else (line,)
    for number, piece in enumerate(pieces):
        if not piece:
            continue
        cleaned = without_days(without_time(piece), " ") if number else piece
        for segment in (cleaned,) if _is_whole(cleaned) else _SEGMENTS.split(cleaned):
            stripped = segment.strip(_AROUND + ",.;:،")
            if stripped:
                yield stripped


def _is_whole(text: str) -> bool:
    """Whether nothing divides a text: a quick look, which most lines pass."""
    return text.isascii() and text.isprintable() and not ("|" in text or " - " in text or "   " in text)


def is_byline(line: str) -> bool:
    """Whether a line is built as a byline, whoever it names: a person, an office, a project.

    >>> is_byline("*By the harbour project, 3 May 2011*"), is_byline("By night the boats came home.")
    (True, False)
    """
    if len(line) > LONGEST_BYLINE:
        return False
    stripped = line.strip(_AROUND)
    if stripped.isascii() and not _may_name(stripped):
        return False
    found = _BY.match(stripped) or _LABEL.match(stripped)
    return found is not None and not stripped.endswith((".", "!", "?", ":"))


def heads_author(line: str) -> bool:
    """Whether a line is nothing but a word that stands before authors, so that the next line names one.

    >>> heads_author("Author"), heads_author("Autor*in:"), heads_author("Author of books")
    (True, True, False)
    """
    return len(line) <= _LONGEST_HEAD and _LABEL.match(f"{_INCLUSIVE.sub('', line).strip()}: x") is not None


def bare_names(line: str, words: Vocabulary, front: FrontWords) -> tuple[str, ...]:
    """The people of a line that is nothing but names: of some, a place or what they are may follow.

    >>> from archive.normalise.front_words import front_words
    >>> from archive.normalise.vocabulary import vocabulary
    >>> bare_names("Ada Quill and Jon Reed in Tumen", vocabulary(), front_words())
    ('Ada Quill', 'Jon Reed')
    """
    line = line.strip(_AROUND)
    if line.isascii() and not may_begin_with_name(line):
        return ()
    if len(line) > _LONGEST_BARE or line.endswith((".", ":", "?", "!")) or fold(line.partition(" ")[0]) in front.labels:
        return ()
    role = words.role_in(line.lower())
    if role >= 0:
        line = line[:role].rstrip(" ,|–—-(/")
    place = _BARE_PLACE.search(line)
    if place is not None and not is_latin_name(place[0].strip(" ,"), words, front):
        line = line[: place.start()]
    people = [part.strip(" ,*") for part in _SPLIT.split(line)]
    return tuple(people) if people and all(is_latin_name(one, words, front) for one in people) else ()


_KOREAN_CALLING = (
    "교수|연구원|연구위원|연구소장|소장|대표|변호사|작가|시인|소설가|목사|신부|스님|박사|논설위원|칼럼니스트|평론가"
    "|이사장|회장|센터장|의사|교사|활동가|객원연구원"
)
_KOREAN_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도"
    "소석선설마길연위표명기반왕금옥육인맹제모탁국"
)
_KOREAN_BARE = re.compile(
    rf"(?P<who>[{_KOREAN_SURNAMES}][가-힣]{{2}})[ ,·|/]{{1,3}}(?:[^.。!?]{{2,24}}\s)?(?:{_KOREAN_CALLING})"
)


def korean_with_calling(line: str) -> str:
    """The name of a line that is nothing but a Korean name and what the person is, or an empty string.

    >>> korean_with_calling("김하늘 예시대 교수"), korean_with_calling("김하늘 교수는 말했다.")
    ('김하늘', '')
    """
    found = _KOREAN_BARE.fullmatch(line.strip(_AROUND)) if len(line) <= _LONGEST_BARE else None
    return found["who"] if found else ""


def _people(who: str, words: Vocabulary) -> tuple[str, ...]:
    stop = _STOP.search(who)
    who = who[: stop.start()] if stop else who
    people: list[str] = []
    for place, whole in enumerate(_SPLIT.split(who.strip(" .,:;،"))):
        role = words.role_in(whole.lower()) if place else -1
        part = whole[:role] if role >= 0 else whole
        name = part.strip(" .,:;*،") if not re.search(r"\b[A-Z]\.$", part) else part.strip()
        if not is_person(name, words, fewest=1 if place == 0 else 2) and not is_arabic_name(name):
            break
        people.append(name)
    return tuple(people)


_OPENINGS = (
    re.compile(
        rf"\W{{0,2}}(?:[^)\]】=\n]{{1,15}}=[^)\]】\n]{{1,12}}[)\]】]\s*)?(?P<who>[가-힣]{{2,4}})\s?{_ROLES}\s*[=＝\])]"
    ),
    re.compile(
        r"[^。\n]{0,30}[（(〔【](?:本报|本報)?(?:记者|記者)\s?(?P<who>[\u4e00-\u9fff]{2,4})(?=[\s、，,/／）)〕】])"
    ),
    re.compile(
        r"【[^＝=】\n]{1,12}[＝=](?P<who>[\u4e00-\u9fff々]{1,4}[\u4e00-\u9fff々\u3041-\u3096\u30a1-\u30faー]{1,6})】"
    ),
)
_OPENING = 120


def name_in_opening(text: str, words: Vocabulary) -> str:
    """The author whom running text of East Asia names where it opens, as wire reports do; or an empty string.

    >>> from archive.normalise.vocabulary import vocabulary
    >>> name_in_opening("(도문=예시신문) 김하늘 기자 = 강이 얼었다.", vocabulary())
    '김하늘'
    """
    if text.isascii():
        return ""
    for form in _OPENINGS:
        found = form.match(text[:_OPENING])
        if found and is_person(found["who"], words):
            return found["who"]
    return ""


_PAPER = re.compile(
    r"(?:^|[\s\[(【（])(?P<paper>[\u4e00-\u9fff\u30a0-\u30ff]{2,10}(?:新聞|新闻|日報|日报|晚报|通信))\s?(?:社)?\s?(?:記者|记者)"
    r"|(?:^|[\s\[(])(?P<of>[가-힣]{2,10}(?:신문|일보|뉴스|타임즈|타임스|저널|방송))\s+[가-힣]{2,4}\s?(?:기자|특파원)"
)


def paper_in_byline(line: str) -> str:
    """The newspaper that a byline names right before its reporter, or an empty string.

    >>> paper_in_byline("예시일보 김하늘 기자"), paper_in_byline("김하늘 기자")
    ('예시일보', '')
    """
    found = None if line.isascii() or len(line) > LONGEST_BYLINE else _PAPER.search(line)
    return (found["paper"] or found["of"]) if found else ""
