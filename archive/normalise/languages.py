"""Languages of passages and documents: by script where that settles it, else by pycld2; `und` where unsure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from archive.normalise.draft import Draft, Unit

UNDETERMINED = "und"
_TAGS = {
    "zh": "zh-Hans",
    "zh-Hant": "zh-Hant",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "no": "nb",
    "tl": "fil",
    "jw": "jv",
    "sh": "sr",
}
_HANGUL = re.compile(r"[가-힣]+")
_KANA = re.compile(r"[\u3041-\u30ff]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class IdentifyLanguages:
    """Give each passage its language.

    Attributes:
        fewest_letters: letters that a passage must hold to be looked at by itself; a shorter one has the language
            of the document where its script allows, else `und`.
        most_bytes: bytes of the document's kept text that are looked at.
    """

    name: ClassVar[str] = "identify-languages"
    version: ClassVar[str] = "1.0"

    fewest_letters: int = 60
    most_bytes: int = 32_768

    def apply(self, draft: Draft) -> None:
        """Set `language` of each unit."""
        own = _identify(self._sample(draft))
        for unit in draft.units:
            unit.language = self._of(unit, own)

    def _sample(self, draft: Draft) -> str:
        parts: list[str] = []
        size = 0
        for unit in draft.units:
            if unit.kept and size < self.most_bytes:
                parts.append(unit.text[: self.most_bytes])
                size += len(unit.text)
        return "\n".join(parts)

    def _of(self, unit: Unit, own: str) -> str:
        text = unit.text[:2_000]
        letters = sum(map(len, _LETTERS.findall(text)))
        if not letters:
            return UNDETERMINED
        script = _by_script(text, letters)
        if script:
            return script
        if letters < self.fewest_letters:
            return own if _may_be(text, own) else UNDETERMINED
        if own != UNDETERMINED and unit.weight < 4 * self.fewest_letters:
            return _identify(text, hint=own)
        return _identify(text)


def document_language(draft: Draft) -> str:
    """The language that most letters of the kept passages are in; `und` where none is."""
    counts: Counter[str] = Counter()
    for unit in draft.units:
        if unit.kept:
            counts[unit.language] += unit.weight
    counts.pop(UNDETERMINED, None)
    return min(counts, key=lambda tag: (-counts[tag], tag)) if counts else UNDETERMINED


def _by_script(text: str, letters: int) -> str:
    """The language that the script alone shows, or an empty string."""
    if text.isascii():
        return ""
    if sum(map(len, _HANGUL.findall(text))) * 2 > letters:
        return "ko"
    return "ja" if sum(map(len, _KANA.findall(text))) * 4 > letters else ""


def _may_be(text: str, language: str) -> bool:
    """Whether the script of a short text is that of the language, for Latin and not Latin."""
    is_latin = _LATIN.search(text) is not None
    return is_latin != (
        language in {"ko", "ja", "zh-Hans", "zh-Hant", "ru", "uk", "bg", "ar", "fa", "he", "el", "th", "hi"}
    )


@lru_cache(maxsize=4_096)
def _identify(text: str, hint: str = "") -> str:
    import pycld2

    letters = sum(map(len, _LETTERS.findall(text)))
    if not letters:
        return UNDETERMINED
    script = _by_script(text, letters)
    if script:
        return script
    clean = "".join(character if character.isprintable() else " " for character in text)
    try:
        reliable, _, details = pycld2.detect(
            clean.encode("utf-8", "replace"),
            isPlainText=True,
            hintLanguage=hint.partition("-")[0] or None,
            bestEffort=True,
        )
    except pycld2.error:
        return UNDETERMINED
    code, percent = str(details[0][1]), int(details[0][2])
    if not reliable or code == "un" or percent < 60:
        return UNDETERMINED
    return _TAGS.get(code, code)
