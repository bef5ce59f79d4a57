"""Lists that a page prints beside a text: menus, headlines of other documents, tags, trails to the page.

What tells them is their form and not their words: few signs, no ends of sentences, the same lines twice, the order of
the alphabet. A list of the document's own may look alike, so each rule asks for what such a list hardly ever has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.model.passages import Kind
from archive.normalise.draft import Unit
from archive.normalise.folding import fold
from archive.normalise.phrases import DECISIVE
from archive.normalise.shapes import CERTAIN_PROSE, is_unfinished

_LONGEST_IN_MENU = 50
"""The weight of the longest line of a menu."""
_FEWEST_TWICE = 6
_SPARED = 2
"""Lines at the end of such a list that stay as they are: the headline may stand in it, with the name of its section."""
_TWICE = "it stands in a list of short lines that the page holds twice"
_MOST_WORDS = 4
_FEWEST_OF_MENU = 15
_KNOWN_OF_MENU = 12
"""One in so many lines of a menu is a phrase of furniture or the name of a section; a list of names has none."""
_BEFORE_COUNT = frozenset("0123456789([#")
_SHORTEST_LISTING = 12
_FIGURE = re.compile(r"\d")
_SIGN = re.compile(r"[\d,;:.!?]")
_BODY = Kind.BODY
_IN_MENUS = frozenset({Kind.BODY, Kind.TABLE})

_FEWEST_TAGS, _FEWEST_BETWEEN_COMMAS = 10, 5
_SORTED_PERCENT = 85
_LONGEST_TAGS = 2_000
_TAGS = "its words stand in the order of the alphabet, as tags do"
_PARTS = re.compile(r"\s*[|/›»>→]\s*")
_SIGNS_OF_TRAILS = frozenset("|/›»>→")
_FEWEST_PARTS = 3
_LONGEST_PART = 40
_HOMES = frozenset(
    {"home", "homepage", "start", "startseite", "accueil", "inicio", "portada", "início", "inicial", "página inicial"}
    | {"strona główna", "главная", "головна", "ana sayfa", "anasayfa", "beranda", "trang chủ", "الرئيسية", "صفحه اصلی"}
    | {"hem", "hjem", "forside", "etusivu", "domů", "úvod", "főoldal", "címlap", "acasă", "αρχική", "ראשי", "начало"}
    | {"naslovnica", "หน้าแรก", "홈", "首页", "首頁", "主页", "ホーム", "トップ", "sākums", "pradžia", "avaleht"}
)
_TRAIL = "it is a trail from the site's first page"
_TALK = re.compile(
    r"\W{0,2}\d{1,4}\s+(?:antwort(?:en)?|gedanken?|kommentare?|reaktionen|responses?|replies|reply|comments?|thoughts?"
    r"|réponses?|commentaires?|réactions?|respuestas?|comentarios?|pensamientos?|rispost[ae]|commenti?|pensieri"
    r"|respostas?|comentários?|reacties?|gedachten|komentarzy|odpowiedzi|комментари(?:й|я|ев)|коментар(?:і|ів)?|yorum)"
    r"\s+(?:zu|auf|für|on|to|sur|à|en|sobre|a|su|em|op|na|do|к|на|до)\b",
    re.IGNORECASE,
)


_SHORTEST_GLUED = 40
_FEWEST_GLUED = 3
_GLUED = re.compile(r"[^\W\d_A-ZÀ-ÖØ-Þ]{3}[A-ZÀ-ÖØ-ÞŁŚŠŞȘŽŻŹČĆĐŐŰĂÂÎȚŢİ][^\W\d_A-ZÀ-ÖØ-Þ]{2}")
_SIGN_OF_TEXT = re.compile(r"[.;:!?]")
_SIGN_OF_CODE = re.compile(r"[{}=<>]|\w\(")
_MOST_GLUED = 6
"""Such places from which signs of sentences do not show a line to be text: teasers may stand in menus, too."""
_WITHOUT_CASE = re.compile(r"[\u0590-\ud7ff]")
_GLUED_MENU = "its words stand together without a space between, as the points of menus do"
_ADVERT = re.compile(r"<(?:a|img|iframe|embed|object)\s[^>]*https?://.*>\Z", re.IGNORECASE | re.DOTALL)
_FEWEST_ADVERTS = 3
_MARKUP = "it is the markup of an advertisement or a link"
_RANK = re.compile(r"(0?)(\d{1,2})(?:/|\s)\s?(?=[^\W\d_]|[\"'“‘«„‚「『《【\[])")
_FEWEST_RANKS = 5
_SHORTEST_RANKED, _LONGEST_RANKED = 15, 160
_RANKED = "it stands in a numbered list of headlines"


def label_listings(units: Sequence[Unit]) -> None:
    """Drop menus that the page prints twice, clouds of tags, trails and rankings; mark headings over comments."""
    firsts = {unit.text[0] for unit in units}
    for place in list(_rankings(units)) if any(map(str.isdigit, firsts)) else ():
        _drop(units[place], _RANKED)
    for place in list(_adverts(units)) if "<" in firsts else ():
        _drop(units[place], _MARKUP)
    for place in list(_printed_twice(units)):
        _drop(units[place], _TWICE)
    counts = not firsts.isdisjoint(_BEFORE_COUNT)
    for unit in units:
        text = unit.text
        if counts and text[0] in _BEFORE_COUNT and _TALK.match(text) and _may_be_listed(unit):
            unit.phrase = "talk"
        elif not unit.is_sentence and unit.weight >= _SHORTEST_LISTING and _may_be_listed(unit):
            if not _SIGNS_OF_TRAILS.isdisjoint(text) and _is_trail(text):
                _drop(unit, _TRAIL)
            elif unit.weight > _LONGEST_IN_MENU and is_in_order(text):
                _drop(unit, _TAGS)
            elif unit.weight >= _SHORTEST_GLUED and is_glued(text):
                _drop(unit, _GLUED_MENU)


def is_glued(text: str) -> bool:
    """Whether words of a line stand together without a space, as in texts taken out of the markup of menus.

    >>> is_glued("All sportsFootballHandballRugbyVolleyball"), is_glued("Boats sail from WordPress to JavaScript")
    (True, False)
    """
    times = len(_GLUED.findall(text))
    if times < _FEWEST_GLUED or times * _FEWEST_GLUED < len(text.split()):
        return False
    if _SIGN_OF_CODE.search(text) is not None or _WITHOUT_CASE.search(text) is not None:
        return False
    return times >= _MOST_GLUED or _SIGN_OF_TEXT.search(text) is None


def _adverts(units: Sequence[Unit]) -> Sequence[int]:
    """Places of several lines that are the markup of advertisements."""
    found = [
        place
        for place, unit in enumerate(units)
        if unit.text[0] == "<" and _ADVERT.match(unit.text) and _may_be_listed(unit)
    ]
    return found if len(found) >= _FEWEST_ADVERTS else ()


def _rankings(units: Sequence[Unit]) -> Iterator[int]:
    """Places of numbered headlines, the numbers without a full stop: with a zero before them, or in several lists."""
    runs: list[tuple[range, bool]] = []
    start = 0
    is_padded = False
    for place, unit in enumerate([*units, None]):
        found = _rank(unit)
        if found is None or int(found[2]) != place - start + 1:
            if place - start >= _FEWEST_RANKS:
                runs.append((range(start, place), is_padded))
            start = place if found is not None and found[2] == "1" else place + 1
            is_padded = False
        is_padded = is_padded or (found is not None and bool(found[1]))
    for run, is_sure in runs:
        if is_sure or len(runs) > 1:
            yield from run


def _rank(unit: Unit | None) -> re.Match[str] | None:
    if unit is None or not unit.text[:1].isdigit() or not _SHORTEST_RANKED <= unit.weight <= _LONGEST_RANKED:
        return None
    return None if unit.text.endswith((".", "。")) or not _may_be_listed(unit) else _RANK.match(unit.text)


def _may_be_listed(unit: Unit) -> bool:
    return unit.kept and unit.phrase not in DECISIVE and unit.kind in _IN_MENUS


def _drop(unit: Unit, reason: str) -> None:
    unit.phrase = "parts"
    unit.drop(reason)


def headlines(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Runs of lines in which no sentence ends and that are no furniture, as lists of other documents are."""
    start = 0
    for place, unit in enumerate([*units, None]):
        if unit is None or unit.is_sentence or unit.phrase or not _may_be_headline(unit):
            if place > start:
                yield start, place
            start = place + 1


def menus(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Long runs of lines of a few words without a sign or a figure, some of them known from menus."""
    start = 0
    for place, unit in enumerate([*units, None]):
        if unit is None or not _is_of_menu(unit):
            if place - start >= _FEWEST_OF_MENU:
                known = sum(one.phrase == "section" or one.phrase in DECISIVE for one in units[start:place])
                if known * _KNOWN_OF_MENU >= place - start:
                    yield start, place
            start = place + 1


def is_in_order(text: str) -> bool:
    """Whether a line is a list of words or phrases in the order of the alphabet, with no sign but commas.

    >>> is_in_order("apples boats coast dunes eels fish gulls harbour islands jetty")
    True
    """
    if len(text) > _LONGEST_TAGS:
        return False
    between_commas = [part.strip().casefold() for part in text.strip(" ,").split(",")]
    if len(between_commas) >= _FEWEST_BETWEEN_COMMAS and max(map(len, between_commas)) <= _LONGEST_PART:
        return _is_sorted(between_commas, len(between_commas))
    words = text.casefold().split()
    return len(words) >= _FEWEST_TAGS and "," not in text and _is_sorted(words, len(words))


def _is_sorted(parts: Sequence[str], count: int) -> bool:
    rising = sum(one <= other for one, other in pairwise(parts))
    return rising * 100 >= _SORTED_PERCENT * (count - 1) and len(set(parts)) * 2 > count


def _is_trail(text: str) -> bool:
    parts = _PARTS.split(text)
    return len(parts) >= _FEWEST_PARTS and fold(parts[0]) in _HOMES and max(map(len, parts)) <= 2 * _LONGEST_PART


def _printed_twice(units: Sequence[Unit]) -> Iterator[int]:
    """Places of lists of short lines that stand in the document more than once, as menus do."""
    narrow = [unit for unit in units if unit.weight <= _LONGEST_IN_MENU]
    short = [unit.text for unit in narrow if _may_be_twice(unit)] if len(narrow) >= 2 * _FEWEST_TWICE else []
    if len(short) < 2 * _FEWEST_TWICE:
        return
    again = {text for text, times in Counter(short).items() if times > 1}
    if len(again) < _FEWEST_TWICE:
        return
    start = 0
    for place, unit in enumerate([*units, None]):
        if unit is None or unit.text not in again or unit.weight > _LONGEST_IN_MENU or not _may_be_twice(unit):
            if place - start >= _FEWEST_TWICE and len({one.text for one in units[start:place]}) >= _FEWEST_TWICE:
                yield from range(start, place - _SPARED)
            start = place + 1


def _may_be_twice(unit: Unit) -> bool:
    return not unit.is_sentence and unit.kind in _IN_MENUS and _FIGURE.search(unit.text) is None


def _may_be_headline(unit: Unit) -> bool:
    if unit.kind is not _BODY:
        return False
    return not unit.is_prose or (unit.weight < CERTAIN_PROSE and is_unfinished(unit.text))


def _is_of_menu(unit: Unit) -> bool:
    if not unit.kept or unit.phrase in DECISIVE:
        return True
    text = unit.text
    is_short = unit.weight <= _LONGEST_IN_MENU and unit.kind is _BODY and not unit.is_sentence and not unit.gap
    return is_short and text.count(" ") < _MOST_WORDS and not text[:1].islower() and _SIGN.search(text) is None
