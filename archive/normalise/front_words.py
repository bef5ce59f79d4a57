"""The words that stand around the front of a text, from `front.toml`, and what a line says by them."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.normalise.folding import fold

_LABEL = re.compile(r"\W{0,3}(?P<label>[^\W\d_][^:：=\n]{0,30}?)\W{0,2}\s?[:：]\s*(?P<value>.*)")
_NUMBER = re.compile(
    r"\s+(?:\d{1,4}|[ivxlc]{1,7}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|eins|zwei|drei|vier|fünf|first|second|third|premier|première|i|[а-я]+ая|الأول|الأولى)\W{0,2}$"
)
_NUMBER_WORDS = frozenset(re.findall(r"[a-z]{3,}", _NUMBER.pattern))
_SIGNS = "".join(one for one in map(chr, range(128)) if not (one.isalnum() or one == "_"))
_NUMBERED = re.compile(
    r"第?\s?[\d一二三四五六七八九十百]{1,4}\s?[章节節条條部回話话조장절부]\W{0,2}$|제\s?\d{1,4}\s?[조장절부]\W{0,2}$"
)
_COUNTED = re.compile(r"(?:\s+(?:nr|no|n°|№))?[\s#/.:-]*#$")
"""The number of a press release or the like, after folding."""
_BETWEEN_KICKERS = re.compile(r"[|/·•:>,]| [-–—] ")
LONGEST_FRONT = 240
"""Characters of the longest line that is looked at."""
_LONGEST_BEGINNING = 100


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line that names what it says.

    Attributes:
        role: `title`, `author`, `date` or `other`.
        label: as folded.
        value: what stands after the label.
    """

    role: str
    label: str
    value: str


_FIRST = re.compile(r"\W{0,3}(\w+)")


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Phrases that lines begin with.

    Attributes:
        pattern: any of them, after up to three signs.
        firsts: their first words: most lines begin with another, and need not be held to the pattern.
    """

    pattern: re.Pattern[str]
    firsts: frozenset[str]

    def begin(self, lowered: str) -> bool:
        """Whether a text in lower case begins with one of them."""
        first = _FIRST.match(lowered)
        return first is not None and first[1] in self.firsts and self.pattern.match(lowered) is not None


@dataclass(frozen=True, slots=True)
class FrontWords:
    """The words of `front.toml`.

    Attributes:
        digest: sha256 of the file they come from, in lower-case hex; it belongs to the recipe.
        labels: folded label -> role.
        kickers: what stands alone above a headline.
        taglines: how lines begin that say what a site is.
        genres: how titles of documents begin.
        apparatus: how lines begin that say how a text came about.
        salutations: how letters begin.
        parts: what parts of a work are called.
        places: words that places hold.
        sites: the last words of names of newspapers and the like.
        topics: words of sections and headings.
        notes: headings over notes on authors.
        about: words that make such a heading with a name.
        before_notes: the first words of all of them.
    """

    digest: str
    labels: dict[str, str]
    kickers: frozenset[str]
    taglines: tuple[str, ...]
    genres: Beginnings
    apparatus: Beginnings
    salutations: Beginnings
    parts: frozenset[str]
    places: frozenset[str]
    sites: frozenset[str]
    topics: frozenset[str]
    notes: frozenset[str]
    about: tuple[str, ...]
    before_notes: frozenset[str]

    def labelled(self, text: str) -> Labelled | None:
        """The label of a line with its value; None where it has none that is known."""
        if len(text) > LONGEST_FRONT or (":" not in text and "：" not in text):
            return None
        found = _LABEL.match(text)
        label = fold(found["label"]) if found else ""
        role = self.labels.get(label)
        return Labelled(role, label, found["value"].strip()) if found and role else None

    def role_of(self, text: str) -> str:
        """What a line is by its words: `label`, `part`, `tagline`, `salutation`, `apparatus`; or an empty string."""
        if self.labelled(text) is not None:
            return "label"
        if self.is_part(text):
            return "part"
        if self.is_tagline(text):
            return "tagline"
        if self.is_salutation(text):
            return "salutation"
        return "apparatus" if self.is_apparatus(text) else ""

    def is_kicker(self, text: str) -> bool:
        """Whether a line holds nothing but words that stand above a headline."""
        if len(text) > _LONGEST_BEGINNING:
            return False
        folded = fold(text)
        if folded in self.kickers or (folded.endswith("#") and _COUNTED.sub("", folded) in self.kickers):
            return True
        if text.isascii() and not _may_be_between_kickers(text):
            return False
        parts = _BETWEEN_KICKERS.split(text)
        return len(parts) > 1 and all(part in self.kickers for part in map(fold, parts) if part)

    def is_tagline(self, text: str) -> bool:
        """Whether a line says what a site is."""
        return fold(text).startswith(self.taglines)

    def is_apparatus(self, text: str) -> bool:
        """Whether a line says how a text came about."""
        return self.apparatus.begin(text.lower())

    def has_genre(self, text: str) -> bool:
        """Whether a line begins with what a document calls itself, as *Minutes of the meeting*."""
        return self.genres.begin(text.lower())

    def is_salutation(self, text: str) -> bool:
        """Whether a line begins as letters do."""
        return len(text) <= _LONGEST_BEGINNING and self.salutations.begin(text.lower())

    def is_part(self, text: str) -> bool:
        """Whether a line is the name of a part with its number, as *Article 3*."""
        if len(text) > _LONGEST_BEGINNING:
            return False
        lowered = text.strip(" \t*_#").lower()
        if lowered.isascii() and not _may_end_in_number(lowered):
            return False
        if _NUMBERED.match(lowered):
            return True
        numbered = _NUMBER.search(lowered)
        return numbered is not None and lowered[: numbered.start()].strip(" .") in self.parts


def _may_be_between_kickers(text: str) -> bool:
    """Whether `_BETWEEN_KICKERS` finds something in ASCII."""
    return "," in text or ":" in text or "/" in text or "|" in text or ">" in text or " - " in text


def _may_end_in_number(lowered: str) -> bool:
    """Whether a line in ASCII may end as `_NUMBER` finds: a quick look, which most lines do not pass."""
    last = lowered.rstrip(_SIGNS).rpartition(" ")[2]
    return last[-1:].isdigit() or last in _NUMBER_WORDS or not last.strip("ivxlc") or not last.isalnum()


@cache
def front_words() -> FrontWords:
    """The words that are shipped with the package, read once."""
    data = files("archive.normalise").joinpath("front.toml").read_bytes()
    tables = tomllib.loads(data.decode("utf-8"))
    some = {name: [word for words in table.values() for word in words] for name, table in tables.items()}
    return FrontWords(
        digest=hashlib.sha256(data).hexdigest(),
        labels={fold(label): role for role in reversed(tables["labels"]) for label in tables["labels"][role]},
        kickers=frozenset(map(fold, some["kickers"])),
        taglines=tuple(some["taglines"]),
        genres=_beginning(some["genres"]),
        apparatus=_beginning(some["apparatus"]),
        salutations=_beginning(some["salutation"]),
        parts=frozenset(some["parts"]),
        places=frozenset(some["places"]),
        sites=frozenset(some["sites"]),
        topics=frozenset(some["topics"]),
        notes=frozenset(map(fold, some["notes"])),
        about=tuple(some["about"]),
        before_notes=frozenset(phrase.split()[0] for phrase in (*some["notes"], *some["about"])),
    )


def _beginning(phrases: list[str]) -> Beginnings:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    pattern = re.compile(rf"\W{{0,3}}(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return Beginnings(pattern, frozenset(found[1] for phrase in phrases if (found := _FIRST.match(phrase))))
