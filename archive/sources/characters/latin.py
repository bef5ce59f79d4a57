"""Telling encodings of Latin letters from one another, and from those of other scripts, by what words look like.

A text in the wrong encoding has letters that no language has together, capitals behind small letters, and signs within
words. A detector that goes by frequencies misses that where a text has few letters beyond ASCII.
"""

from __future__ import annotations

import re
from collections import Counter

from archive.model.charsets import CODECS

_ALPHABETS = tuple(
    map(
        frozenset,
        (
            "äöüß",
            "àâæçéèêëîïôœùûüÿ",
            "áéíóúüñªº",
            "àèéìíîòóùú",
            "àáâãçéêíóôõúü",
            "áéíóúýæðöþ",
            "åäöæøé",
            "äëïöüéèáóê",
            "àçèéíïòóúü",
            "ąćęłńóśźż",
            "áčďéěíňóřšťúůýž",
            "áäčďéíĺľňóôŕšťúýž",
            "áéíóöőúüű",
            "ăâîșțşţ",
            "čćđšž",
            "çğıiöşüâîû",
            "ąčęėįšųūž",
            "āčēģīķļņōŗšūž",
            "äöõüšž",
            "çëêîşûöü",
        ),
    )
)
"""The letters beyond ASCII of languages, small: German, French, Spanish, Italian, Portuguese, Icelandic and Faroese,
Scandinavian and Finnish, Dutch, Catalan, Polish, Czech, Slovak, Hungarian, Romanian, South Slavic, Turkish,
Lithuanian, Latvian, Estonian, Albanian and Kurdish."""
_KNOWN = frozenset().union(*_ALPHABETS)
_CANDIDATES = (
    "windows-1252",
    "windows-1250",
    "iso-8859-2",
    "windows-1254",
    "windows-1257",
    "iso-8859-13",
    "iso-8859-16",
    "iso-8859-15",
    "macintosh",
)
"""What is tried, the likelier first."""
_FOREIGN = re.compile("[^\0-\x7f]")
_BEYOND_ASCII = bytes(range(128, 256))
_LETTER = re.compile(b"[A-Za-z]")
_TOGETHER = re.compile("[^\0-\x7f]{2}")
_TOUCHING = re.compile("(?<=[A-Za-z])[^\0-\x7f]|[^\0-\x7f](?=[A-Za-z])")
_USUAL_SIGNS = frozenset("\u00a0«»‘’‚“”„–—…€£§©®°·•¿¡´¨¼½¾²³±×÷™†")
_WITHIN = re.compile(r"(?<=[^\W\d_])[^\w\s’'·\u00ad\u2010-\u2015/.,:-](?=[^\W\d_])")
_DASH_WITHIN = re.compile("(?<=[a-z])[–—¿¡](?=[a-z])")
_MONEY_BEFORE_LETTERS = re.compile(r"[£¥¢€](?=[^\W\d_]{2})")
_LETTER_BEFORE_FIGURES = re.compile(r"[^\W\d_a-zA-Zªº](?=\d)")
_BEGINNING_AT_END = re.compile(r"(?<=[^\W\d_])[§¿¡](?![^\W\d_])")
_OUT_OF_PLACE = (_WITHIN, _DASH_WITHIN, _MONEY_BEFORE_LETTERS, _LETTER_BEFORE_FIGURES, _BEGINNING_AT_END)
_WITHIN_WORD = re.compile(r"(?<=[a-z])[^\W\d_a-zA-Z](?=[a-z\s.,])|(?<=[A-Z])[^\W\d_a-zA-Z](?=[a-z])")
"""Where a capital would be out of place."""
_STRANGE, _OF_ANOTHER = 3, 1
"""What a character counts that is no letter of any alphabet here, or a letter of another alphabet than most: names of
other countries stand in many texts."""
_MOST_ODD = 0.75
_SAMPLE = 1 << 15
_MIXED = 0.4


def is_mixed(text: str, *, alone: bool) -> bool:
    """Whether letters beyond ASCII stand right beside ASCII's, as in no script but Latin.

    Args:
        text: as it reads in another encoding than one of Latin letters.
        alone: whether no two of them may stand together, which is so where each takes the letter behind it along.
    """
    foreign = len(_FOREIGN.findall(text))
    if foreign == 0 or (alone and _TOGETHER.search(text) is not None):
        return False
    return len(_TOUCHING.findall(text)) >= _MIXED * foreign


def likeliest(window: bytes, asked: str | None) -> str | None:
    """The encoding of Latin letters in which a text looks most like words, or None where it does in none.

    Args:
        window: bytes, some of them not ASCII.
        asked: what a detector takes it for; it is believed where nothing is better.
    """
    window = window[:_SAMPLE]
    best, least = "", -1
    for one in dict.fromkeys((asked or _CANDIDATES[0], *_CANDIDATES)):
        odd = _odd(window.decode(CODECS[one], "replace"))
        if least < 0 or odd < least:
            best, least = one, odd
        if not odd:
            break
    foreign = len(window) - len(window.translate(None, _BEYOND_ASCII))
    if least > _MOST_ODD * foreign or foreign > len(_LETTER.findall(window)):
        return None
    return best


def _odd(text: str) -> int:
    """How much of a text beyond ASCII is nothing that it could hold in the language that fits it best."""
    letters: Counter[str] = Counter()
    strange = 0
    for one, count in Counter(_FOREIGN.findall(text)).items():
        if one.isalpha() and one.lower() in _KNOWN:
            letters[one.lower()] += count
        elif one not in _USUAL_SIGNS:
            strange += count
    of_another = sum(letters.values()) - max(sum(letters[one] for one in alphabet) for alphabet in _ALPHABETS)
    strange += sum(len(pattern.findall(text)) for pattern in _OUT_OF_PLACE)
    strange += sum(1 for one in _WITHIN_WORD.findall(text) if one.isupper())
    return _STRANGE * strange + _OF_ANOTHER * of_another
