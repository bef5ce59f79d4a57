"""The second step: what the vocabulary and the corpus say of each line by itself."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from archive.normalise import shapes
from archive.normalise.draft import Draft, Unit
from archive.normalise.evidence import LONGEST_LINE
from archive.normalise.folding import fold
from archive.normalise.phrase_index import LETTERS
from archive.normalise.vocabulary import (
    LONGEST_ALONE,
    LONGEST_BEGINNING,
    LONGEST_CONTAINING,
    Vocabulary,
    vocabulary,
)
from archive.normalise.wording import wording_of

REASONS = {
    "symbols": "it holds no letters",
    "stop": "it marks the end of the text",
    "break": "it breaks into a text, as an advertisement or the number of a page does",
    "others": "it heads a list of other documents",
    "talk": "it heads readers' comments",
    "alone": "it is a common phrase of page furniture",
    "words": "most of its words are phrases of page furniture",
    "parts": "its parts are common phrases of page furniture",
    "section": "it is the name of a section",
    "begins": "it begins as page furniture does",
    "contains": "it holds a phrase that only page furniture holds",
    "hint": "it reads as page furniture often does, and does not stand in running text",
    "repeated": "it stands in several documents of the corpus",
    "address": "it is an address of the web",
}
"""What each phrase means, in words."""

DECISIVE = frozenset(REASONS) - {"section", "address", "repeated", "hint"}
"""What makes a line furniture wherever it stands. Repetition does not: forms repeat their headings too."""

CLEAR = DECISIVE - {"words", "symbols"}
"""What makes a line furniture even in a document of a few lines."""

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_NO_LETTERS = bytes(set(range(256)) - set(string.ascii_letters.encode()))
_SENTENCE_WEIGHT = 24
_MOST_REMEMBERED = 80
"""Characters of a line whose phrase is remembered for other documents."""


@dataclass(frozen=True, slots=True)
class RecognisePhrases:
    """Match short lines with the vocabulary and with the lines that the corpus repeats.

    Attributes:
        vocabulary: the sha256 of the vocabulary, so that a change of it is a change of the recipe.
        duplicate_share: percent of its running text that a document may share with others before it is taken for
            one of several captures of one text, of which repetition says nothing.
    """

    name: ClassVar[str] = "recognise-phrases"
    version: ClassVar[str] = "1.4"

    vocabulary: str
    duplicate_share: int = 50

    def apply(self, draft: Draft) -> None:
        """Give each unit its `phrase`."""
        words = vocabulary()
        wording = wording_of(draft)
        pieces, addresses = wording.pieces, wording.addresses
        for unit in draft.units:
            text = unit.text
            if len(text) <= _MOST_REMEMBERED:
                unit.phrase = _remembered(text, unit.weight, unit.is_sentence, unit.is_prose, text in pieces)
            elif unit.weight <= LONGEST_CONTAINING:
                may_hold = text in pieces
                if may_hold or text in addresses or not _is_plainly_text(unit, words):
                    unit.phrase = phrase_of(unit, fold(text), words, may_hold=may_hold)
        if draft.evidence.counts and not draft.reading.is_letter:
            self._mark_repeated(draft)

    def _mark_repeated(self, draft: Draft) -> None:
        others = [unit for unit in draft.units if not unit.phrase and not unit.is_prose]
        repeated = [unit for unit in others if draft.evidence.of(unit.text)]
        for unit in repeated if repeated and self._says_so(draft) else ():
            unit.phrase = "repeated"

    def _says_so(self, draft: Draft) -> bool:
        """Whether repetition says anything of a document: not where others hold most of its running text, too."""
        prose = [unit for unit in draft.units if unit.is_prose and len(unit.text) <= LONGEST_LINE]
        most = self.duplicate_share * len(prose)
        shared = 0
        for place, unit in enumerate(prose):
            if (shared + len(prose) - place) * 100 <= most:
                return True
            shared += draft.evidence.of(unit.text) > 0
        return shared * 100 <= most


@lru_cache(maxsize=4_096)
def _remembered(text: str, weight: int, is_sentence: bool, is_prose: bool, may_hold: bool) -> str:  # noqa: FBT001  # a key of the cache
    """The same for a short line, which many pages of a site may have."""
    unit = Unit((), text, weight=weight, is_sentence=is_sentence, is_prose=is_prose)
    return phrase_of(unit, fold(text), vocabulary(), may_hold=may_hold)


def _is_plainly_text(unit: Unit, words: Vocabulary) -> bool:
    """Whether `phrase_of` has nothing to say of running text: a quick look, which most of it passes.

    It holds no piece and no address, as whoever asks knows. It is too long for its beginning to say anything, or does
    not begin with a word that phrases begin with, and is too long to be one of those that make up whole lines.
    """
    text = unit.text
    if not (unit.is_prose and unit.is_sentence) or unit.weight < _SENTENCE_WEIGHT:
        return False
    if unit.weight <= LONGEST_BEGINNING:
        first = LETTERS.search(text)
        if first is None or _may_begin(text, first, words.begins.get(first[0].casefold(), ())):
            return False
    return len(text.encode("utf-8", "replace").translate(None, _NO_LETTERS)) > LONGEST_ALONE


def _may_begin(text: str, first: re.Match[str], phrases: Sequence[str]) -> bool:
    """Whether the first word of a line may be that of one of the phrases."""
    if not phrases:
        return False
    beginning = " ".join(text[first.start() : first.start() + LONGEST_BEGINNING].lower().split())
    return not text.isascii() or any(
        "#" in phrase or not phrase[0].isalpha() or beginning.startswith(phrase) for phrase in phrases
    )


def phrase_of(unit: Unit, folded: str, words: Vocabulary, *, may_hold: bool = True) -> str:
    """What the vocabulary calls a unit of at most `LONGEST_CONTAINING` characters; an empty string where nothing.

    Args:
        unit: it.
        folded: its text as `fold` gives it.
        words: the vocabulary.
        may_hold: whether a phrase may stand within it; where it is known that none does, nothing is looked for.
    """
    text = unit.text
    if not shapes.has_letters(text):
        return _of_signs(text, words)
    is_long = len(folded) > LONGEST_ALONE and "#" not in {folded[0], folded[-1]}
    whole = "" if is_long else _of_whole_line(text, folded, words)
    if whole or is_long:
        return whole or _of_longer(unit, folded, words, may_hold=may_hold)
    if unit.weight <= LONGEST_ALONE and words.is_alone(folded) and not _is_an_answer(text, folded):
        if folded in words.alone:
            return "hint" if _is_remark(text) else "alone"
        return "parts" if words.is_made_of_parts(text) else "words"
    if folded in words.sections or (not unit.is_sentence and words.is_menu(folded)):
        return "section"
    return _of_longer(unit, folded, words, may_hold=may_hold)


def _of_whole_line(text: str, folded: str, words: Vocabulary) -> str:
    if folded in words.stops or text.strip().casefold() in words.stops:
        return "stop"
    if folded in words.breaks:
        return "break"
    bare = folded.strip("# ")
    if folded in words.others or bare in words.others:
        return "others"
    return "talk" if folded in words.talk or bare in words.talk else ""


def _of_signs(text: str, words: Vocabulary) -> str:
    if text.strip().casefold() in words.stops:
        return "stop"
    return "" if any(character.isdigit() for character in text) else "symbols"


def _of_longer(unit: Unit, folded: str, words: Vocabulary, *, may_hold: bool) -> str:
    is_sentence = unit.is_sentence and unit.weight >= _SENTENCE_WEIGHT
    piece = words.piece_in(folded) if may_hold else ""
    if piece == "contains":
        return "contains"
    names_another = not unit.is_sentence and _names_another(folded, words)
    begins = names_another or words.begins_with(folded, strongly=is_sentence)
    if begins and unit.weight <= LONGEST_BEGINNING:
        return "hint" if unit.is_sentence else "begins"
    if piece:
        return "hint" if is_sentence or unit.is_prose else "contains"
    if not (unit.is_prose and unit.is_sentence) and (words.is_made_of_parts(unit.text) or words.is_trail(unit.text)):
        return "parts"
    found = _ADDRESS.search(unit.text) if _may_hold_address(unit.text) else None
    if found and len(found[0]) > 0.7 * len(unit.text):
        return "address"
    return ""


def _may_hold_address(text: str) -> bool:
    """Whether one of `ADDRESSES` stands in a line."""
    return "@" in text or "://" in text or "www." in text


def _names_another(folded: str, words: Vocabulary) -> bool:
    """Whether a line says what another document is called, after words that head lists of others and a colon."""
    if ":" not in folded and "：" not in folded:
        return False
    return folded.replace("：", ":").partition(":")[0].strip() in words.others


def _is_remark(text: str) -> bool:
    """Whether a line stands in brackets, as what is said of a speech does."""
    return text[0] in "([" and text[-1] in ")]"


def _is_an_answer(text: str, folded: str) -> bool:
    """A single word with a full stop may be said in an interview or a poem."""
    return " " not in folded and text.rstrip().endswith((".", "!", "?"))
