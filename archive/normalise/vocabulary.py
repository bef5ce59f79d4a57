"""The vocabulary of furniture: whole phrases of many languages, matched on short lines.

The phrases stand in `vocabulary.toml`; lines are folded before they are looked up in it.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

from archive.normalise.folding import EDGES_BUT_NUMBERS, fold
from archive.normalise.phrase_index import (
    NOTHING,
    PLAIN_WORD,
    Spotter,
    Wording,
    any_of,
    by_first_word,
    holds,
    is_beyond_latin,
    words_of,
)

LONGEST_ALONE = 100
"""A longer line is not made of phrases alone."""
LONGEST_CONTAINING = 400
"""A longer line is running text even where it holds a phrase of furniture."""
LONGEST_BEGINNING = 220
"""The same for a phrase at its beginning."""
ADDRESSES = ("@", "www.", "://")
"""What stands in every address of the web or of mail."""
_MOST_WORDS = 9
_LONGEST_PART = 40
_ENOUGH_COVERED = 0.6
_STRONG_WORDS = 3
_WORDS_OF_MENU = 3

_SEPARATOR = re.compile(r"\s*[|·•»«›‹>→←/▶►∣ㅣ,]\s*|\s{2,}|\s[-–—]\s")
_TRAIL = re.compile(r"\s*[»›>→]\s*")
_FEWEST_STEPS = 2
_TAGS = re.compile(r"(?<!\S)#\w")
_NAMELESS = ("en", "de", "fr", "es", "it", "pt", "nl", "pl")
"""Languages whose words of furniture tell a line from a person's name."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The phrases, indexed.

    Attributes:
        digest: sha256 of the file they come from, in lower-case hex; it belongs to the recipe.
        alone: phrases that make up whole lines.
        sections: names of sections.
        of_menus: both.
        begins: first word -> phrases.
        begins_unspaced: phrases of scripts without spaces between words, or that begin with a sign.
        contains: first word -> phrases.
        contains_unspaced: as above.
        hints: first word -> phrases.
        hints_unspaced: as above.
        asides: first word -> pieces of what sites say of themselves and of writers.
        asides_unspaced: as above.
        others: headings over other documents.
        talk: headings over readers' talk.
        stops: lines at which a document ends.
        breaks: lines that break into a text.
        captions: first word -> pieces of captions.
        captions_unspaced: pieces of captions that begin with no word, or in a script without spaces.
        roles: what writers are called.
        role_words: the first words of those in ASCII.
        corporate: words that no person's name holds.
        pieces_unspaced: what `contains`, `hints` and `asides` hold without spaces, all together.
        alone_words: all words of phrases that stand alone.
        piece_firsts: the first words of `contains` and `hints`.
        spotter: what finds the lines that may hold any of `contains`, `hints`, `captions` or `asides`.
        words: all words of phrases that stand alone, in languages where few of them are names elsewhere.
    """

    digest: str
    alone: frozenset[str]
    sections: frozenset[str]
    of_menus: frozenset[str]
    begins: dict[str, tuple[str, ...]]
    begins_unspaced: tuple[str, ...]
    contains: dict[str, tuple[str, ...]]
    contains_unspaced: re.Pattern[str]
    hints: dict[str, tuple[str, ...]]
    hints_unspaced: re.Pattern[str]
    asides: dict[str, tuple[str, ...]]
    asides_unspaced: re.Pattern[str]
    others: frozenset[str]
    talk: frozenset[str]
    stops: frozenset[str]
    breaks: frozenset[str]
    captions: dict[str, tuple[str, ...]]
    captions_unspaced: re.Pattern[str]
    roles: re.Pattern[str]
    role_words: frozenset[str]
    corporate: frozenset[str]
    pieces_unspaced: re.Pattern[str]
    alone_words: frozenset[str]
    piece_firsts: frozenset[str]
    spotter: Spotter
    words: frozenset[str]

    def is_alone(self, folded: str) -> bool:
        """Whether the folded line, or nearly all of its words, is furniture."""
        if folded in self.alone:
            return True
        return len(folded) <= LONGEST_ALONE and self._covered(folded.split()) >= _ENOUGH_COVERED

    def is_made_of_parts(self, text: str) -> bool:
        """Whether a line is divided into parts most of which are furniture or names of sections."""
        if len(text) > 3 * LONGEST_ALONE or not _may_be_divided(text):
            return False
        parts = list(filter(None, map(fold, _SEPARATOR.split(text))))
        return len(parts) > 1 and sum(map(self.of_menus.__contains__, parts)) >= _ENOUGH_COVERED * len(parts)

    def is_menu(self, folded: str) -> bool:
        """Whether each word of a folded line, of three at least, is the name of a section or furniture by itself."""
        words = folded.split() if len(folded) <= LONGEST_ALONE else []
        return len(words) >= _WORDS_OF_MENU and all(map(self.of_menus.__contains__, words))

    def is_trail(self, text: str) -> bool:
        """Whether a line is a trail to the page, as *News > Region >*, or a row of tags."""
        if "#" in text:
            tags = len(_TAGS.findall(text))
            return tags > 1 and tags * 2 >= len(text.split())
        if len(text) > LONGEST_ALONE or (text.isascii() and text.count(">") < _FEWEST_STEPS):
            return False
        if "«" in text:
            return False  # where these are quotation marks, the other half of them is no arrow
        parts = _TRAIL.split(text)
        return len(parts) > 2 and all(len(part) <= _LONGEST_PART for part in parts)

    def begins_with(self, folded: str, *, strongly: bool = False) -> bool:
        """Whether the folded line begins with a phrase; `strongly` asks for one that no sentence begins with."""
        first = PLAIN_WORD.search(folded)
        fewest_spaces = _STRONG_WORDS - 1 if strongly else 0
        for phrase in self.begins.get(first[0], ()) if first else ():
            ends_there = folded.startswith(phrase) and not folded[len(phrase) : len(phrase) + 1].isalnum()
            if ends_there and phrase.count(" ") >= fewest_spaces:
                return True
        if strongly or folded.isascii() or not folded.startswith(self.begins_unspaced):
            return False
        return any(
            folded.startswith(phrase) and not _goes_on(phrase, folded[len(phrase) : len(phrase) + 1])
            for phrase in self.begins_unspaced
        )

    def piece_in(self, folded: str) -> str:
        """What the folded line holds: `contains`, `hint`, or neither."""
        words = words_of(folded)
        if folded.isascii() and self.piece_firsts.isdisjoint(words):
            return ""
        is_unspaced = is_beyond_latin(folded) and self.pieces_unspaced.search(folded) is not None
        if holds(folded, words, self.contains, self.contains_unspaced if is_unspaced else NOTHING):
            return "contains"
        return "hint" if holds(folded, words, self.hints, self.hints_unspaced if is_unspaced else NOTHING) else ""

    def is_aside(self, text: str) -> bool:
        """Whether a passage holds a piece of what sites say of themselves and of writers."""
        lowered = text.lower()
        return holds(lowered, words_of(lowered), self.asides, self.asides_unspaced)

    def is_of_caption(self, lowered: str) -> bool:
        """Whether a text in lower case holds a piece of a caption."""
        return holds(lowered, words_of(lowered), self.captions, self.captions_unspaced)

    def role_in(self, lowered: str) -> int:
        """Where a line in lower case says what a writer is, or -1."""
        if lowered.isascii() and self.role_words.isdisjoint(words_of(lowered)):
            return -1
        found = self.roles.search(lowered)
        return -1 if found is None else found.start()

    def _covered(self, words: list[str]) -> float:
        """The share of words that belong to phrases of furniture."""
        if not 1 < len(words) <= _MOST_WORDS:
            return 0.0
        if sum([word.strip(EDGES_BUT_NUMBERS) in self.alone_words for word in words]) < _ENOUGH_COVERED * len(words):
            return 0.0
        covered = place = 0
        while place < len(words):
            for end in range(len(words), place, -1):
                if " ".join(words[place:end]).strip(EDGES_BUT_NUMBERS) in self.alone:
                    covered += end - place
                    place = end
                    break
            else:
                place += 1
        return covered / len(words)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that is shipped with the package, read once."""
    data = files("archive.normalise").joinpath("vocabulary.toml").read_bytes()
    return parse(data)


def parse(data: bytes) -> Vocabulary:
    """A vocabulary from the bytes of its file.

    Raises:
        ValueError: it is no TOML.
        KeyError: a table is missing.
    """
    tables = tomllib.loads(data.decode("utf-8"))
    phrases = {name: [phrase for some in table.values() for phrase in some] for name, table in tables.items()}
    alone = frozenset(map(fold, phrases["alone"] + phrases["others"] + phrases["talk"]))
    sections = frozenset(map(fold, phrases["sections"]))
    begins, begins_unspaced = by_first_word(phrases["begins"])
    contains, contains_unspaced = by_first_word(phrases["contains"])
    hints, hints_unspaced = by_first_word(phrases["hints"])
    asides, asides_unspaced = by_first_word(phrases["asides"])
    captions, captions_unspaced = by_first_word(phrases["captions"])
    spotted = Wording(
        pieces=frozenset((*_all(contains), *contains_unspaced, *_all(hints), *hints_unspaced)),
        captions=frozenset((*_all(captions), *captions_unspaced)),
        asides=frozenset((*_all(asides), *asides_unspaced)),
        addresses=frozenset(ADDRESSES),
    )
    return Vocabulary(
        digest=hashlib.sha256(data).hexdigest(),
        alone=alone,
        sections=sections,
        of_menus=alone | sections,
        begins=begins,
        begins_unspaced=begins_unspaced,
        contains=contains,
        contains_unspaced=any_of(contains_unspaced),
        hints=hints,
        hints_unspaced=any_of(hints_unspaced),
        asides=asides,
        asides_unspaced=any_of(asides_unspaced),
        others=frozenset(map(fold, phrases["others"])),
        talk=frozenset(map(fold, phrases["talk"])),
        stops=frozenset(phrases["stops"]),
        breaks=frozenset(map(fold, phrases["breaks"])),
        captions=captions,
        captions_unspaced=any_of(captions_unspaced),
        roles=_roles(phrases["roles"]),
        role_words=frozenset(PLAIN_WORD.findall(role)[0] for role in phrases["roles"] if role.isascii()),
        corporate=frozenset(phrases["corporate"]),
        pieces_unspaced=any_of(contains_unspaced + hints_unspaced + asides_unspaced),
        alone_words=frozenset(word.strip(EDGES_BUT_NUMBERS) for phrase in alone for word in phrase.split()),
        piece_firsts=frozenset((*contains, *hints)),
        spotter=Spotter(spotted),
        words=_words(tables),
    )


def _all(spaced: dict[str, tuple[str, ...]]) -> Iterator[str]:
    return chain.from_iterable(spaced.values())


def _words(tables: dict[str, dict[str, list[str]]]) -> frozenset[str]:
    phrases = (
        fold(phrase)
        for name in ("alone", "others", "talk")
        for language in _NAMELESS
        for phrase in tables[name].get(language, ())
    )
    return frozenset(word for phrase in phrases if phrase.isascii() for word in phrase.split())


def _may_be_divided(text: str) -> bool:
    """Whether `_SEPARATOR` may find something: a quick look, which most lines in ASCII do not pass."""
    if not text.isascii() or not text.isprintable():
        return True
    return "," in text or "|" in text or "/" in text or ">" in text or " - " in text or "  " in text


def _goes_on(phrase: str, following: str) -> bool:
    """Whether a Korean word goes on after a phrase, with a particle or an ending."""
    return "가" <= phrase[-1] <= "힣" and "가" <= following <= "힣"


def _roles(phrases: list[str]) -> re.Pattern[str]:
    """What finds any of the phrases, as whole words where they are in ASCII."""
    whole = "|".join(re.escape(one) for one in phrases if one.isascii())
    others = (re.escape(one) for one in phrases if not one.isascii())
    return re.compile("|".join((rf"(?<!\w)(?:{whole})(?!\w)", *others)))
