"""Names of people in bylines: what may be one, and how bylines of many languages give them."""

from __future__ import annotations

import re

from archive.normalise.dates import find_date
from archive.normalise.vocabulary import Vocabulary

LONGEST_BYLINE = 140
"""Characters of the longest line that is looked at for an author."""

_PARTICLES = frozenset(
    {"von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin", "ibn"}
    | {"ben", "ter", "ten", "zu", "zur", "af", "y", "e"}
)
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-‐](?=[^\W\d_]))*\.?")
_KOREAN = re.compile(r"[가-힣]{2,4}")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}(?:[·・ ][\u4e00-\u9fff]{1,4})?")
_SPLIT = re.compile(
    r"\s*(?:,\s*(?:and|und|et)?\s+|\s(?:and|und|et|y|e|i|и|&|with|mit)\s|[·・、/]\s*)\s*", re.IGNORECASE
)
_STOP = re.compile(
    r"\s*(?:[|•–—(\[<]|\s-\s|\d|\bfor\b|\bin\b|\bon\b|\bat\b|\bam\b|\bum\b|\baus\b|\ble\b|\bel\b|\bвід\b|@|https?:)"
)
_BY = re.compile(
    r"(?:(?:written|story|text|words|report|reported|posted|published|article|remarks|speech|testimony"
    r"|statement|translated)\s+by|by|von|par|por|di|door|"
    r"(?:geschrieben|verfasst|veröffentlicht|gepostet|erstellt)\s+von|(?:écrit|publié|rédigé"
    r"|propos recueillis)\s+par|"
    r"(?:escrito|publicado|redactado)\s+por|(?:scritto|pubblicato|inserito)\s+da|a cura di"
    r"|de notre correspondant|from our correspondent)"
    r"\s*:?\s+(?P<who>\S.*)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:authors?|autor(?:en|in|innen|es|a)?|auteurs?|autor[ei]|writer|reporter|text|texte|texto|testo"
    r"|redaktion|автор|текст|글|글쓴이|기자|작성자|저자|文|作者|撰文|記者|记者|著者|執筆|筆者)"
    r"\s*[:：=/／|]\s*(?P<who>\S.*)",
    re.IGNORECASE,
)
_KOREAN_BYLINE = re.compile(
    r"(?:^|[\[(=\s/])(?P<who>[가-힣]{2,4})\s?(?:선임|인턴|객원|대표|수습|전문)?(?:기자|특파원|논설위원|편집위원|통신원|칼럼니스트)(?![가-힣])"
)
_HAN_BYLINE = re.compile(
    r"(?:^|[\s(（【])(?:本报|本報)?(?:记者|記者|通讯员|特派员)\s?[:：]?\s?(?P<who>[\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])"
)
_AROUND = " \t[]()*_-–—【】"
_HONORIFIC = re.compile(
    r"(?:lord|lady|sir|dame|dr|prof|professor|rev|reverend|bishop|archbishop|cardinal|senator|sen|rep"
    r"|baroness|baron|ambassador|father|pastor|mr|mrs|ms)\b\.?",
    re.IGNORECASE,
)


def is_person(text: str, words: Vocabulary, *, fewest: int = 2) -> bool:
    """Whether a text looks like the name of one person.

    Args:
        text: the text alone.
        words: the vocabulary, whose words no name holds.
        fewest: names that are needed; a byline that says `by` may give one.
    """
    text = text.strip()
    if _KOREAN.fullmatch(text) or _HAN.fullmatch(text):
        return text not in words.alone and text not in words.sections
    tokens = text.split()
    if not fewest <= len(tokens) <= 6:
        return False
    capitals = 0
    for place, token in enumerate(tokens):
        if token.lower() in _PARTICLES and 0 < place < len(tokens) - 1:
            continue
        if not _is_name_token(token, words):
            return False
        capitals += 1
    return fewest <= capitals <= 5


def _is_name_token(token: str, words: Vocabulary) -> bool:
    if not _TOKEN.fullmatch(token) or not token[0].isupper():
        return False
    if _HONORIFIC.fullmatch(token):
        return True
    lowered = token.lower().strip(".")
    return (
        lowered not in words.corporate and lowered not in words.words and not (len(lowered) == 1 and "." not in token)
    )


def has_honorific(text: str) -> bool:
    """Whether a name begins with a title, as *Lord* or *Dr*."""
    return _HONORIFIC.match(text) is not None


def names_in_byline(line: str, words: Vocabulary) -> tuple[str, ...]:
    """The people that a line names as those who wrote; empty where it is no byline.

    >>> from archive.normalise.vocabulary import vocabulary
    >>> names_in_byline("By Ada Quill and Jon Reed | 3 May 2011", vocabulary())
    ('Ada Quill', 'Jon Reed')
    """
    if len(line) > LONGEST_BYLINE:
        return ()
    if not line.isascii():
        named = _KOREAN_BYLINE.search(line) or _HAN_BYLINE.search(line)
        if named:
            return (named["who"],)
    stripped = line.strip(_AROUND)
    found = _BY.match(stripped) or _LABEL.match(stripped)
    if found is None:
        return ()
    date = find_date(found["who"])
    who = found["who"][: date.start] if date else found["who"]
    stop = _STOP.search(who)
    who = who[: stop.start()] if stop else who
    return _people(who, words)


def is_byline(line: str) -> bool:
    """Whether a line is built as a byline, whoever it names: a person, an office, a project.

    >>> is_byline("*By the harbour project, 3 May 2011*"), is_byline("By night the boats came home.")
    (True, False)
    """
    if len(line) > LONGEST_BYLINE:
        return False
    stripped = line.strip(_AROUND)
    found = _BY.match(stripped) or _LABEL.match(stripped)
    return found is not None and not stripped.endswith((".", "!", "?", ":"))


def _people(who: str, words: Vocabulary) -> tuple[str, ...]:
    people: list[str] = []
    for place, part in enumerate(_SPLIT.split(who.strip(" .,:;"))):
        name = part.strip(" .,:;*") if not re.search(r"\b[A-Z]\.$", part) else part.strip()
        if not is_person(name, words, fewest=1 if place == 0 else 2):
            break
        people.append(name)
    return tuple(people)
