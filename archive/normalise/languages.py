"""Languages of passages and documents: by script where that settles it, else by pycld2; `und` where unsure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from archive.normalise.draft import Draft

UNDETERMINED = "und"
_TAGS = {
    "zh-Hant": "zh",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "no": "nb",
    "tl": "fil",
    "jw": "jv",
    "sh": "sr",
}
_HANGUL = re.compile(r"[가-힣]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_KANA = re.compile(r"[\u3041-\u30ff]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_OF_ONE_LANGUAGE = {
    "el": "Ͱ-Ͽἀ-῿",
    "hy": "\u0530-\u058f",
    "he": "\u0590-\u05ff",
    "pa": "\u0a00-\u0a7f",
    "gu": "\u0a80-\u0aff",
    "or": "\u0b00-\u0b7f",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff",
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "my": "\u1000-\u109f",
    "ka": "\u10a0-\u10ff",
    "km": "\u1780-\u17ff",
}
"""Languages that are alone, or nearly so, in writing a script today."""
_SCRIPTS = re.compile("|".join(f"(?P<{tag}>[{letters}]+)" for tag, letters in _OF_ONE_LANGUAGE.items()))
_IN_ANY_OF_THEM = re.compile(f"[{''.join(_OF_ONE_LANGUAGE.values())}]")
_TELLING = re.compile(f"[가-힣\u3041-\u30ff\u3400-\u9fff{''.join(_OF_ONE_LANGUAGE.values())}]")
"""What a text has in it of which the script alone may show the language."""
_YIDDISH = re.compile("[\u05f0-\u05f2]|\u05d0[\u05b7\u05b8]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_LATIN_SCRIPT = frozenset(
    {"en", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "nb", "fi", "pl", "cs", "id", "vi", "tr", "ro", "hu"}
)
_WITH_HAN = frozenset({"zh", "zh-Hans", "zh-Hant", "ja", "ko"})
"""Languages of documents in which a passage may be in ideographs alone."""
_SHORT = 24
_FEW = 1_000
_FEW_OF_ASCII = 100
"""Characters of ASCII, of which it is only asked whether they are a short text: here there nearly always are enough."""
_ENOUGH = 300
_MOSTLY = 60
_NEARLY_ALL = 95
_LETTERS = re.compile(r"[^\W\d_]+")
_NO_ASCII_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalpha())
_ASCII_WITHOUT_CONTROLS = bytes(byte for byte in range(128) if not _CONTROLS.match(chr(byte)))
_SIMPLIFIED = re.compile(
    "[这们来说国时会对发经过还没样个么话见问长门东车马风飞书学习买卖请谁让认识语应该觉听难员务动业产银钱给红级约结绝统继续维网罗职联声脑药]"
)
_TRADITIONAL = re.compile(
    "[這們來說國時會對發經過還沒樣個麼話見問長門東車馬風飛書學習買賣請誰讓認識語應該覺聽難員務動業產銀錢給紅級約結絕統繼續維網羅職聯聲腦藥]"
)
_FEWEST_SIGNS = 5
_FEWEST_HAN = 12


@dataclass(frozen=True, slots=True)
class IdentifyLanguages:
    """Give each passage its language.

    Attributes:
        fewest_letters: letters that a passage must hold to be looked at by itself; a shorter one has the language
            of the document where its script allows, else `und`.
        most_letters: characters of one passage that are looked at.
        most_sampled: characters of the document's kept text that are looked at.
    """

    name: ClassVar[str] = "identify-languages"
    version: ClassVar[str] = "1.3"

    fewest_letters: int = 60
    most_letters: int = 2_000
    most_sampled: int = 16_384

    def apply(self, draft: Draft) -> None:
        """Set `language` of each unit."""
        own, is_all = identify(self._sample(draft))
        is_latin = is_all and own in _LATIN_SCRIPT
        for unit in draft.units:
            text = unit.text
            if is_latin and text[:1].isalpha() and text.isascii() and len(text) <= self.most_letters:
                unit.language = own  # as nearly all passages of such a document are told
            else:
                unit.language = self._of_passage(text, own, is_all=is_all)

    def of_whole(self, text: str) -> str:
        """The language of the one passage of a document, all of which is kept."""
        own, is_all = _identified(text[: self.most_sampled])
        return self._of_passage(text, own, is_all=is_all)

    def _of_passage(self, text: str, own: str, *, is_all: bool) -> str:
        if is_all and own in _LATIN_SCRIPT and len(text) <= self.most_letters and text.isascii():
            return own if _LATIN.search(text) else UNDETERMINED
        return self._of(text[: self.most_letters], own, is_all=is_all)

    def _sample(self, draft: Draft) -> str:
        parts: list[str] = []
        size = 0
        for unit in draft.units:
            if unit.kept and size < self.most_sampled:
                parts.append(unit.text[: self.most_sampled])
                size += len(unit.text)
        return "\n".join(parts)

    def _of(self, text: str, own: str, *, is_all: bool) -> str:
        """The language of a passage in a document whose language is `own`, and all of it where `is_all`."""
        if is_all and text.isascii() and own in _LATIN_SCRIPT:
            return own if _LATIN.search(text) else UNDETERMINED
        if is_all and own in _LATIN_SCRIPT and _TELLING.search(text, 0, _ENOUGH) is None and _LATIN.search(text):
            return own if _LETTERS.search(text, 0, _ENOUGH) else UNDETERMINED
        return self._of_any(text, own, is_all=is_all)

    def _of_any(self, text: str, own: str, *, is_all: bool) -> str:
        """The same, whatever stands in the text."""
        letters = _letters_in(text[:_ENOUGH])
        if not letters:
            return UNDETERMINED
        script = _by_script(text[:_ENOUGH], letters)
        if not script and own not in _WITH_HAN and _is_han(text[:_ENOUGH], letters):
            script = _chinese(text)
        if script:
            return script
        fits = _may_be(text, own)
        if fits and (is_all or letters < self.fewest_letters):
            return own
        found = identify(text)[0] if letters >= self.fewest_letters else UNDETERMINED
        return own if found.startswith("zh") and own.startswith("zh") else found


def document_language(draft: Draft) -> str:
    """The language that most letters of the kept passages are in; `und` where none is, or where few are known."""
    languages = {unit.language for unit in draft.units if unit.kept}
    if len(languages) == 1:
        return languages.pop()
    counts: Counter[str] = Counter()
    for unit in draft.units:
        if unit.kept:
            counts[unit.language] += unit.weight
    total = counts.total()
    counts.pop(UNDETERMINED, None)
    tag = min(counts, key=lambda tag: (-counts[tag], tag), default=UNDETERMINED)
    return tag if counts[tag] * 4 >= total else UNDETERMINED


def _letters_in(text: str) -> int:
    if text.isascii():
        return len(text.encode("ascii").translate(None, _NO_ASCII_LETTERS))
    return sum(map(len, _LETTERS.findall(text)))


def _by_script(text: str, letters: int) -> str:
    """The language that the script alone shows, or an empty string."""
    if text.isascii():
        return ""
    if sum(map(len, _HANGUL.findall(text))) * 2 > letters:
        return "ko"
    if sum(map(len, _KANA.findall(text))) * 4 > letters:
        return "ja"
    return _alone_in_script(text, letters) if _IN_ANY_OF_THEM.search(text) is not None else ""


def _alone_in_script(text: str, letters: int) -> str:
    """The language that most letters can only be of, for scripts that one language writes."""
    counts: Counter[str] = Counter()
    for found in _SCRIPTS.finditer(text):
        counts[found.lastgroup or ""] += sum(map(str.isalpha, found[0]))
    tag, count = counts.most_common(1)[0]
    return "" if count * 2 <= letters or (tag == "he" and _YIDDISH.search(text)) else tag


def _may_be(text: str, language: str) -> bool:
    """Whether the script of a short text is that of the language, for Latin and not Latin."""
    is_latin = _LATIN.search(text) is not None
    return is_latin != (
        language in {"ko", "ja", "zh", "zh-Hans", "zh-Hant", "ru", "uk", "bg", "ar", "fa", "he", "el", "th", "hi"}
    )


def _identified(text: str) -> tuple[str, bool]:
    """See `identify`, which remembers what was asked."""
    letters = _letters_in(text[:_FEW_OF_ASCII] if text.isascii() else text[:_FEW])
    if letters < _SHORT:
        letters = _letters_in(text[:_FEW])
    if not letters:
        return UNDETERMINED, False
    script = _by_script(text[:_FEW], letters)
    if script:
        return script, False
    if _is_han(text[:_FEW], letters):
        return _chinese(text), False
    is_reliable, details = _detected(text, is_short=letters < _SHORT)
    code, percent = details[0][1], details[0][2]
    if not is_reliable or percent < _MOSTLY:
        return UNDETERMINED, False
    code = tag_of(code)
    return (_chinese(text) if code == "zh" else code), percent >= _NEARLY_ALL


@lru_cache(maxsize=1_024)
def identify(text: str) -> tuple[str, bool]:
    """The language of a text, and whether nearly all of it is in that language.

    >>> identify("The boats came home before the storm, and nobody was lost.")
    ('en', True)
    """
    return _identified(text)


def tag_of(code: str) -> str:
    """The BCP 47 tag for a code of CLD2; `und` for scripts alone (`xx-Runr`) and for its jests (`zzp`, pig Latin).

    >>> tag_of("no"), tag_of("zzp"), tag_of("un")
    ('nb', 'und', 'und')
    """
    return UNDETERMINED if code == "un" or code.startswith(("xx", "zz")) else _TAGS.get(code, code)


def _is_han(text: str, letters: int) -> bool:
    """Whether a text of some length is in ideographs without any kana: Japanese and Korean would hold others."""
    if text.isascii() or letters < _FEWEST_HAN:
        return False
    if (len(text.encode("utf-8", "replace")) - len(text)) * 5 <= letters * 9:
        return False  # nine letters of ten would take two bytes more each than those of ASCII
    return not _KANA.search(text) and sum(map(len, _HAN.findall(text))) * 10 > letters * 9


def _chinese(text: str) -> str:
    """Chinese with its script where several characters that only one script has say so, else without."""
    simplified, traditional = len(_SIMPLIFIED.findall(text)), len(_TRADITIONAL.findall(text))
    if max(simplified, traditional) < _FEWEST_SIGNS:
        return "zh"
    if simplified > 10 * traditional:
        return "zh-Hans"
    return "zh-Hant" if traditional > 10 * simplified else "zh"


def _detected(text: str, *, is_short: bool) -> tuple[bool, Sequence[tuple[str, str, int, float]]]:
    import pycld2

    try:
        found = pycld2.detect(_without_controls(text), isPlainText=True, bestEffort=not is_short)
    except pycld2.error:
        # It refuses characters that are not for interchange, such as noncharacters.
        clean = "".join(character if character.isprintable() else " " for character in _CONTROLS.sub(" ", text))
        found = pycld2.detect(clean.encode("utf-8", "replace"), isPlainText=True, bestEffort=not is_short)
    return bool(found[0]), tuple(found[2])


def _without_controls(text: str) -> bytes:
    """The text in UTF-8, with a space for each control character and noncharacter of the first plane."""
    if text.isascii() and not (written := text.encode("ascii")).translate(None, _ASCII_WITHOUT_CONTROLS):
        return written  # in half of the time that it takes to put anything in their place
    return _CONTROLS.sub(" ", text).encode("utf-8", "replace")
