"""Finding which of thousands of phrases stand in a text, without trying each one.

Scripts that put spaces between words are looked up by a word of the phrase; the others take one search for all phrases.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass

PLAIN_WORD = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"[^\W\d_]+")
"""A run of letters."""
_NO_WORD = re.compile(r"\W")
_FEW_APART = 24
"""Different signs beyond ASCII, of a text, that belong to no word: each takes a pass."""
_ASCII = bytes(range(128))
_NO_WORDS_TO_SPACES = bytes(byte if byte >= 128 or chr(byte).isalnum() else ord(" ") for byte in range(256))
_NO_LETTERS_TO_SPACES = bytes(byte if byte >= 128 or chr(byte).isalpha() else ord(" ") for byte in range(256))
_TO_SPACES = {ord(sign): " " for sign in string.punctuation}
NOTHING = re.compile(r"(?!)")
_BEYOND_LATIN = re.compile(r"[^\x00-\u024f\u1e00-\u1eff\u2000-\u20cf]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


_JOINERS = "\u00ad\u200b\u2060\ufeff\u0307"
"""Signs that are left out of a line before it is held against phrases, so that what they part is one word."""
_APOSTROPHES = re.compile("[’‘`´]")
_SPACES = re.compile(r"[^\S\n]+")
_ODD_SPACES = tuple(one for one in map(chr, range(0x3001)) if one.isspace() and one not in " \n")
_ASCII_TO_LETTERS = bytes(ord(chr(byte).lower()) if chr(byte).isalpha() and byte < 128 else 32 for byte in range(256))
_NO_LETTER = re.compile(r"[\W\d_]")


Runs = dict[str, tuple[tuple[str, frozenset[str]], ...]]
"""The longest run of letters of a phrase -> such phrases, each with its other runs that must stand as words."""


def by_longest_run(*spaced: dict[str, tuple[str, ...]]) -> Runs:
    """Phrases by what must stand in a text that holds them (see `by_longest_word`).

    Raises:
        ValueError: one of them holds no letter.
    """
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for phrase in (phrase for some in spaced for phrases in some.values() for phrase in phrases):
        first, *others = LETTERS.findall(phrase)
        needed = {first, *others[:-1]}
        longest = max(sorted(needed), key=len)
        found.setdefault(longest, []).append((phrase, frozenset(needed - {longest})))
    return {word: tuple(some) for word, some in found.items()}


def letters_in(spaced: dict[str, tuple[str, ...]]) -> set[str]:
    """All runs of letters of some phrases."""
    return {word for phrases in spaced.values() for phrase in phrases for word in LETTERS.findall(phrase)}


@dataclass(frozen=True, slots=True)
class Wording:
    """Which known words a document holds, found once, so that many a rule is known to have nothing to do.

    Attributes:
        is_plain: whether no line is in a script without spaces between words, or holds signs that join words.
        words: of a plain one those of the known runs of letters that stand in any line, in whatever form (`fold`,
            `lower`).
    """

    words: frozenset[str]
    is_plain: bool

    @classmethod
    def of(cls, texts: Iterable[str], known: frozenset[str]) -> Wording:
        """The known words of some lines."""
        text = "\n".join(texts)
        if text.isascii():
            letters = text.encode("ascii").translate(_ASCII_TO_LETTERS).decode("ascii")
            return cls(known.intersection(letters.split()), is_plain=True)
        if is_beyond_latin(text) or any(sign in text for sign in _JOINERS):
            return cls(frozenset(), is_plain=False)
        forms = {text.lower(), text.casefold()}
        return cls(known.intersection(word for form in forms for word in _letters_of(form)), is_plain=True)

    def may_hold(self, phrases: Runs) -> list[str]:
        """Of some phrases those all of whose words stand in the document; of scripts without spaces it knows nothing.

        Args:
            phrases: as `by_longest_run` gives them, their words all known.
        """
        words = self.words
        return [phrase for word in words.intersection(phrases) for phrase, others in phrases[word] if others <= words]


def standing(phrases: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Of some phrases those that stand in any of some lines, in whatever form they are looked for there."""
    text = "\n".join(texts)
    if "  " in text or any(map(text.__contains__, _ODD_SPACES)):
        text = _SPACES.sub(" ", text)
    forms = (text.lower(),) if text.isascii() else (text.lower(), _APOSTROPHES.sub("'", text.casefold()))
    return tuple(phrase for phrase in phrases if "#" in phrase or any(phrase in form for form in forms))


def _letters_of(lowered: str) -> list[str]:
    """The runs of letters of a text; cut at spaces, as in `words_of`."""
    written = lowered.encode("utf-8", "surrogatepass")
    apart = _NO_LETTER.findall("".join(set(written.translate(None, _ASCII).decode("utf-8", "surrogatepass"))))
    if len(apart) > _FEW_APART:
        return _NO_LETTER.sub(" ", lowered).split()
    letters = written.translate(_NO_LETTERS_TO_SPACES).decode("utf-8", "surrogatepass")
    for sign in apart:
        letters = letters.replace(sign, " ")
    return letters.split()


@dataclass(frozen=True, slots=True)
class Sieve:
    """What the lines of one document hold at most of some phrases: nearly always nothing.

    Attributes:
        phrases: those of scripts with spaces that stand somewhere in the document.
        has_unspaced: whether any of the others do.
    """

    phrases: tuple[str, ...]
    has_unspaced: bool

    @property
    def is_empty(self) -> bool:
        """Whether no line holds any."""
        return not self.phrases and not self.has_unspaced

    def passes(self, line: str) -> bool:
        """Whether a line may hold one of the phrases."""
        return self.has_unspaced or any(phrase in line for phrase in self.phrases)


EVERYTHING = Sieve((), has_unspaced=True)
"""What every line passes."""


def is_beyond_latin(text: str) -> bool:
    """Whether a text holds signs that no Latin text is written with, as phrases of scripts without spaces do."""
    return not text.isascii() and _BEYOND_LATIN.search(text) is not None


def words_of(lowered: str) -> list[str]:
    """The runs of letters and digits of a text; it is cut at spaces, which is quicker than a search."""
    if lowered.isascii():
        return lowered.translate(_TO_SPACES).split()
    written = lowered.encode("utf-8", "surrogatepass")
    apart = _NO_WORD.findall("".join(set(written.translate(None, _ASCII).decode("utf-8", "surrogatepass"))))
    if len(apart) > _FEW_APART:
        return PLAIN_WORD.findall(lowered)
    words = written.translate(_NO_WORDS_TO_SPACES).decode("utf-8", "surrogatepass")
    for sign in apart:
        words = words.replace(sign, " ")
    return words.split()


def holds(lowered: str, words: Iterable[str], spaced: dict[str, tuple[str, ...]], unspaced: re.Pattern[str]) -> bool:
    """Whether a text holds any phrase.

    Args:
        lowered: the text, in lower case.
        words: its words.
        spaced: phrases by a word of each.
        unspaced: what finds the phrases of the other scripts.
    """
    for word in filter(spaced.__contains__, words):
        if any(phrase in lowered for phrase in spaced[word]):
            return True
    return is_beyond_latin(lowered) and unspaced.search(lowered) is not None


def sieve_of(text: str, keys: dict[str, tuple[str, ...]], unspaced: re.Pattern[str]) -> Sieve:
    """What the lines of a text hold at most of the phrases that `keys` has by a word of each."""
    found = dict.fromkeys(filter(keys.__contains__, words_of(text)))
    phrases = tuple(phrase for word in found for phrase in keys[word] if phrase in text)
    return Sieve(phrases, has_unspaced=is_beyond_latin(text) and unspaced.search(text) is not None)


def by_longest_word(*spaced: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Phrases by their longest word that must stand as a word where they do: any but the last, which may go on."""
    by_word: dict[str, list[str]] = {}
    for phrase in (phrase for some in spaced for phrases in some.values() for phrase in phrases):
        first, *others = PLAIN_WORD.findall(phrase)
        by_word.setdefault(max((first, *others[:-1]), key=len), []).append(phrase)
    return {word: tuple(some) for word, some in by_word.items()}


def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of the phrases in one pass; without phrases it finds nothing."""
    return re.compile("|".join(map(re.escape, phrases))) if phrases else NOTHING


def by_first_word(phrases: list[str]) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Phrases by their first word; and those of scripts that put no space between words, or without any word."""
    by_word: dict[str, list[str]] = {}
    unspaced: list[str] = []
    for phrase in phrases:
        first = PLAIN_WORD.search(phrase)
        if first is None or _UNSPACED.search(phrase):
            unspaced.append(phrase)
        else:
            by_word.setdefault(first[0], []).append(phrase.rstrip())
    return {word: tuple(some) for word, some in by_word.items()}, tuple(unspaced)
