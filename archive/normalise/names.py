"""Names of people: what may be one, by its shape and by what names do not hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.normalise.calendars import MONTH_OF, TIMES
from archive.normalise.front_words import FrontWords
from archive.normalise.vocabulary import Vocabulary

_PARTICLES = frozenset(
    {"von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin", "ibn"}
    | {"ben", "ter", "ten", "zu", "zur", "af", "y", "e", "binti", "bint", "abu"}
)
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-‐](?=[^\W\d_]))*\.?")
_KOREAN = re.compile(r"[가-힣]{2,4}")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}(?:[·・ ][\u4e00-\u9fff]{1,4})?")
_JAPANESE = re.compile(r"[\u4e00-\u9fff々]{1,4} ?[\u4e00-\u9fff々\u3041-\u3096\u30a1-\u30faー]{1,6}")
_ARABIC = re.compile(r"[\u0621-\u064a]{2,}(?: [\u0621-\u064a]{2,}){1,3}")
_NO_ARABIC_NAME = re.compile(r"وكال|فريق|هيئة|تحرير|مراسل|رويترز|صحيفة|قناة|موقع|شبكة|مركز|منظمة")
_NO_EASTERN_NAME = re.compile(
    r"본지|취재|사진|인턴|객원|전문|선임|수습|시민|담당|편집|온라인|디지털|특별|영상|현장|관련|.*(?:부|팀|신문|일보|뉴스|방송|통신|취재진|연합)$"
    r"|.*(?:通信|新聞|新闻|日报|日報|晚报|晚報|社|网|網|台|部|室|組|组|団|局|報導|报道|共同|時事|聯合|综合|綜合|本报|本報|編集|编辑|編輯|作者|记者|記者|整理|网络|網絡|来源|來源|责编|原创|公众号)$"
)
_HONORIFIC = re.compile(
    r"(?:lord|lady|sir|dame|dr|prof|professor|rev|reverend|bishop|archbishop|cardinal|senator|sen|rep"
    r"|baroness|baron|ambassador|father|pastor|mr|mrs|ms|councillor|judge|justice|sister|brother|rabbi|imam)\b\.?",
    re.IGNORECASE,
)
_HOST = re.compile(r"\.[a-z]{2,}$")
"""The end of a site's name: *Example.org* is no person."""
_MONTHS_THAT_ARE_NAMES = frozenset(
    {"april", "june", "august", "may", "mai", "mars", "jan", "juan", "augusto", "marta", "марта", "maja", "jula"}
    | {"julio", "juli", "avril", "abril", "mayo", "mart", "eylül", "nisan", "ekim"}
)
_SYLLABLES = frozenset({"im", "an", "min", "do", "ok", "mi", "ja", "il", "su", "du", "may"})
"""Parts of names of East Asia that are words of furniture elsewhere."""
_SHORTEST_MONTH = 4
_SHORT_CAPITALS = 2


def is_person(text: str, words: Vocabulary, *, fewest: int = 2) -> bool:
    """Whether a text looks like the name of one person.

    Args:
        text: the text alone.
        words: the vocabulary, whose words no name holds.
        fewest: names that are needed; a byline that says `by` may give one.
    """
    text = text.strip()
    if _KOREAN.fullmatch(text) or _HAN.fullmatch(text) or _JAPANESE.fullmatch(text):
        return text not in words.alone and text not in words.sections and not _NO_EASTERN_NAME.match(text)
    tokens = text.split()
    if not fewest <= len(tokens) <= 6 or (len(tokens) == 1 and text.lower() in TIMES):
        return False
    capitals = 0
    for place, token in enumerate(tokens):
        if token.lower() in _PARTICLES and 0 < place < len(tokens) - 1:
            continue
        if not _is_name_token(token, words):
            return False
        capitals += 1
    return fewest <= capitals <= 5 and not _has_capitals_within(tokens)


def _has_capitals_within(tokens: Sequence[str]) -> bool:
    """Whether a word between others is all in capitals, as abbreviations are; surnames stand first or last."""
    within = any(len(token) > _SHORT_CAPITALS and token.isupper() and "." not in token for token in tokens[1:-1])
    return within and not all(map(str.isupper, tokens))


def is_arabic_name(text: str) -> bool:
    """Whether a text is two to four words in Arabic script, none of which an office or an agency has."""
    return _ARABIC.fullmatch(text.strip()) is not None and _NO_ARABIC_NAME.search(text) is None


def is_latin_name(text: str, words: Vocabulary, front: FrontWords) -> bool:
    """Whether a text by itself, with no word that says so, is the name of a person, in a script with capitals.

    So it has at least two names, is not all in capitals, does not end as the names of places do, and holds no word of
    sections and headings.
    """
    tokens = [token.lower().strip(".,") for token in text.split()]
    if not tokens or text.isupper() or not _has_case(text) or tokens[-1] in front.places:
        return False
    return front.topics.isdisjoint(tokens) and is_person(text, words)


def may_begin_with_name(text: str) -> bool:
    """Whether a text in ASCII may begin with a name of two words or more: a quick look, which few sentences pass."""
    tokens = text.split(None, 2)
    return len(tokens) > 1 and tokens[0][0].isupper() and (tokens[1][0].isupper() or tokens[1].lower() in _PARTICLES)


def _has_case(text: str) -> bool:
    return text.lower() != text


def _is_name_token(token: str, words: Vocabulary) -> bool:
    if not _TOKEN.fullmatch(token) or not token[0].isupper() or _HOST.search(token):
        return False
    if _HONORIFIC.fullmatch(token):
        return True
    lowered = token.lower().strip(".")
    if lowered in MONTH_OF and len(lowered) >= _SHORTEST_MONTH and lowered not in _MONTHS_THAT_ARE_NAMES:
        return False
    if lowered in words.words and lowered not in _SYLLABLES:
        return False
    if "-" in lowered and not words.corporate.isdisjoint(lowered.split("-")):
        return False
    return lowered not in words.corporate and not (len(lowered) == 1 and "." not in token)


def has_honorific(text: str) -> bool:
    """Whether a name begins with a title, as *Lord* or *Dr*."""
    return _HONORIFIC.match(text) is not None
