"""The words over boxes that sites put into and below their texts, of many languages."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.normalise.folding import fold

_COLON = re.compile("[:：]")


@dataclass(frozen=True, slots=True)
class BoxWords:
    """The words over boxes.

    Attributes:
        digest: sha256 of the file they come from, in lower-case hex; it belongs to the recipe.
        authors: lines that head what is said of a writer.
        asks: beginnings of lines that ask the reader for something.
    """

    digest: str
    authors: frozenset[str]
    asks: tuple[str, ...]

    def heads_author(self, text: str) -> bool:
        """Whether a line heads what is said of a writer, perhaps with the writer's name behind it."""
        folded = fold(text)
        if folded in self.authors:
            return True
        return any(folded[: colon.start()] in self.authors for colon in _COLON.finditer(folded))

    def asks_for(self, text: str) -> bool:
        """Whether a line begins as what asks the reader for something does."""
        folded = fold(text)
        if not folded.startswith(self.asks):
            return False
        return any(folded.startswith(phrase) and _ends_there(phrase, folded) for phrase in self.asks)


@cache
def box_words() -> BoxWords:
    """The words that are shipped with the package, read once."""
    data = files("archive.normalise").joinpath("boxes.toml").read_bytes()
    table = tomllib.loads(data.decode("utf-8"))
    authors, asks = (
        {fold(phrase) for phrases in table[name].values() for phrase in phrases} for name in ("authors", "asks")
    )
    return BoxWords(hashlib.sha256(data).hexdigest(), frozenset(authors), tuple(sorted(asks)))


def _ends_there(phrase: str, folded: str) -> bool:
    """Whether a word ends where the phrase does; scripts without spaces, and endings of words, go on as they like."""
    following = folded[len(phrase) : len(phrase) + 1]
    return not following.isalnum() or not phrase.isascii() or len(phrase) > len("unterst")
