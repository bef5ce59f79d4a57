"""Finding which of thousands of phrases stand in a text, without trying each one.

Which of them a document may hold is found in one pass over it. In a line, phrases of scripts that put spaces between
words are looked up by a word of the phrase; the others take one search for all phrases.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ahocorasick_rs import BytesAhoCorasick, Implementation

from archive.normalise.folding import level

PLAIN_WORD = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"[^\W\d_]+")
"""A run of letters."""
_NO_WORD = re.compile(r"\W")
_FEW_APART = 24
"""Different signs beyond ASCII, of a text, that belong to no word: each takes a pass."""
_ASCII = bytes(range(128))
_NO_WORDS_TO_SPACES = bytes(byte if byte >= 128 or chr(byte).isalnum() else ord(" ") for byte in range(256))
_TO_SPACES = {ord(sign): " " for sign in string.punctuation}
NOTHING = re.compile(r"(?!)")
_BEYOND_LATIN = re.compile(r"[^\x00-\u024f\u1e00-\u1eff\u2000-\u20cf]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


_ODD_SPACES = tuple(one for one in map(chr, range(0x3001)) if one.isspace() and one not in " \n")
_ODD_ASCII_SPACES = tuple(filter(str.isascii, _ODD_SPACES))


@dataclass(frozen=True, slots=True)
class Wording:
    """Lines of a document that may hold phrases, found once, so that nobody has to look at any other for them.

    Attributes:
        pieces: lines that may hold what makes a line furniture, or hints at it.
        captions: those that may hold pieces of captions.
        asides: those that may hold what sites say of themselves and of writers.
        addresses: those that may hold an address of the web or of mail.
    """

    pieces: frozenset[str]
    captions: frozenset[str]
    asides: frozenset[str]
    addresses: frozenset[str]


class Spotter:
    """Finds the lines of a document that may hold any of thousands of phrases, in one pass over it.

    The search is that of Aho and Corasick (1975). It looks at letters alone, so that it may find a phrase within a
    word; it never misses one that stands in a line, however the line is folded.

    Args:
        phrases: of each kind, as the vocabulary has them.
    """

    __slots__ = ("_finder", "_kinds")

    def __init__(self, phrases: Wording) -> None:
        kinds: dict[str, set[int]] = {}
        for kind, some in enumerate((phrases.pieces, phrases.captions, phrases.asides, phrases.addresses)):
            for phrase in some:
                # Where a number stands in a phrase, its longest part without one is looked for.
                part = max((one.strip() for one in phrase.split("#")), key=len)
                kinds.setdefault(part, set()).add(kind)
        self._kinds = [tuple(kinds[part]) for part in sorted(kinds)]
        written = [part.encode() for part in sorted(kinds)]
        self._finder = BytesAhoCorasick(written, implementation=Implementation.ContiguousNFA)

    def wording_of(self, lines: Sequence[str], *, are_tidy: bool = False) -> Wording:
        """Which of some lines may hold phrases.

        Args:
            lines: of the document.
            are_tidy: whether it is known that no white space stands in them but single spaces.
        """
        text = "\n".join(lines)
        if not are_tidy and _has_odd_spaces(text, len(lines)):
            text = "\n".join([" ".join(one.split()) for one in lines])
        lowered = text.lower()
        found: tuple[set[str], ...] = (set(), set(), set(), set())
        self._look(lowered, lines, found)
        if not text.isascii() and (levelled := level(text)) != lowered:
            self._look(levelled, lines, found)
        return Wording(*map(frozenset, found))

    def _look(self, text: str, lines: Sequence[str], found: tuple[set[str], ...]) -> None:
        # Places are told apart in bytes: to count signs for each of them would take longer than the search.
        written = text.encode("utf-8", "surrogatepass")
        line = last = 0
        for part, _, end in self._finder.find_matches_as_indexes(written, overlapping=True):
            line += written.count(b"\n", last, end)
            last = end
            for kind in self._kinds[part]:
                found[kind].add(lines[line])


def _has_odd_spaces(text: str, lines: int) -> bool:
    """Whether white space stands in joined lines that is neither a break between two of them nor one space."""
    spaces = _ODD_ASCII_SPACES if text.isascii() else _ODD_SPACES
    return text.count("\n") >= lines or "  " in text or any(map(text.__contains__, spaces))


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
