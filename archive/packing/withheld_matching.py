r"""Finds withheld words in a text: as `trace` finds quotations and, where only the words count, in whatever letters.

A line of the list with a prefix or a suffix is about one place and is compared as it is written. Any other is about
words: case does not count, and what joins words (white space, hyphens, underscores) counts no more than a space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from archive.quoting.folding import folded, folded_and_tracked
from archive.quoting.tracked import Tracked
from archive.submission.redactions import Redaction

_LETTER = re.compile(r"[^\W_]")
DENSE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af]"
)
"""Scripts whose words are not parted from what stands beside them, or take endings without a space."""
_JOINS_AND_DOTS: dict[int, str | None] = {ord("-"): None, ord("_"): None, 0x0307: None, 0x0131: "i"}
"""What joins words once dashes are one; and the dots that Turkish has or lacks on its i in capitals."""
_MAY_CHANGE = re.compile("[^a-z0-9]")


def loosened(text: str) -> str:
    r"""What is compared where only words count: the text without case, and without white space and what joins words.

    >>> loosened("Kim\n MI\u0307NA") == loosened("kim-mina")
    True
    """
    return unicodedata.normalize("NFKC", _small(folded(text)))


def _small(text: str) -> str:
    return text.casefold().translate(_JOINS_AND_DOTS)


@dataclass(frozen=True, slots=True)
class Searched:
    """A text in which withheld words are looked for.

    Attributes:
        text: as it stands.
        written: the same as quotations are compared.
        loose: the same as words are compared.
    """

    text: str
    written: Tracked
    loose: Tracked

    @classmethod
    def of(cls, text: str) -> Searched:
        """Any text, as often to be looked into as there are words."""
        written = folded_and_tracked(text)
        return cls(text, written, written.replaced(_MAY_CHANGE, lambda one: _small(one[0])).normalised("NFKC"))

    def ranges(self, entry: Redaction) -> Iterator[tuple[int, int]]:
        """Where a line of the list is to be carried out: half-open ranges of the text, in no order, some perhaps twice.

        Args:
            entry: the line; where it has neither prefix nor suffix, wherever its words stand whole.
        """
        yield from self._standing(self.written, folded(entry.exact), folded(entry.prefix), folded(entry.suffix))
        if not entry.is_of_one_place:
            yield from self._standing(self.loose, loosened(entry.exact))

    def has_whole(self, words: str) -> bool:
        """Whether words stand somewhere as whole words, in whatever letters."""
        return any(True for _ in self._standing(self.loose, loosened(words)))

    def _standing(self, tracked: Tracked, exact: str, prefix: str = "", suffix: str = "") -> Iterator[tuple[int, int]]:
        at = tracked.text.find(exact) if exact else -1
        while at >= 0:
            end = at + len(exact)
            if tracked.text.endswith(prefix, 0, at) and tracked.text.startswith(suffix, end):
                start, stop = tracked.source(at, end)
                if _is_whole(self.text, start, stop):
                    yield start, stop
            at = tracked.text.find(exact, at + 1)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a range neither begins nor ends within a word: a name within another word is another word."""
    return not (_is_within(text[start - 1 : start], text[start]) or _is_within(text[end - 1], text[end : end + 1]))


def _is_within(one: str, other: str) -> bool:
    pair = one + other
    return len(pair) == 2 and all(map(_LETTER.match, pair)) and not any(map(DENSE.match, pair))
