"""Text that remembers where each of its characters came from, however it is rewritten."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Tracked:
    """A text and, for each character of it, the half-open range of the source that it follows from.

    Attributes:
        text: as it is now.
        starts: for each character, where in the source its range begins.
        ends: and where that ends.
    """

    text: str
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str, offset: int = 0) -> Tracked:
        """A text that nobody has rewritten yet; its first character stands at `offset` of the source."""
        return cls(text, list(range(offset, offset + len(text))), list(range(offset + 1, offset + len(text) + 1)))

    def __add__(self, other: Tracked) -> Tracked:
        return Tracked(self.text + other.text, self.starts + other.starts, self.ends + other.ends)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The range of the source that the characters from `start` to before `end` follow from; one at least."""
        return min(self.starts[start:end]), max(self.ends[start:end])

    def replaced(self, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str]) -> Tracked:
        """Every match replaced; what comes in its place follows from all that was matched.

        Args:
            pattern: matches one character at least.
            by: gives what takes the place of a match.
        """
        return self._edited((match.start(), match.end(), by(match)) for match in pattern.finditer(self.text))

    def kept(self, start: int, end: int) -> Tracked:
        """The characters from `start` to before `end` alone."""
        return Tracked(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def normalised(self, form: Literal["NFC", "NFKC"]) -> Tracked:
        """The text in a normalisation form (Unicode Standard Annex 15), cluster by cluster."""
        if unicodedata.is_normalized(form, self.text):
            return self
        return self._edited(
            (start, end, unicodedata.normalize(form, self.text[start:end])) for start, end in _clusters(self.text, form)
        )

    def _edited(self, edits: Iterator[tuple[int, int, str]]) -> Tracked:
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        last = 0
        for start, end, new in edits:
            if new == self.text[start:end]:
                continue
            pieces += (self.text[last:start], new)
            starts += self.starts[last:start]
            ends += self.ends[last:start]
            if new:
                source = self.source(start, end)
                starts += [source[0]] * len(new)
                ends += [source[1]] * len(new)
            last = end
        if not last:
            return self
        pieces.append(self.text[last:])
        return Tracked("".join(pieces), starts + self.starts[last:], ends + self.ends[last:])


def _clusters(text: str, form: Literal["NFC", "NFKC"]) -> Iterator[tuple[int, int]]:
    """Ranges of characters that normalise together and without their neighbours."""
    start = 0
    for place in range(1, len(text)):
        if _begins(text[start:place], text[place], form):
            yield start, place
            start = place
    yield start, len(text)


def _begins(before: str, character: str, form: Literal["NFC", "NFKC"]) -> bool:
    if character < "\u0300":
        return True
    if unicodedata.combining(character):
        return False
    apart = unicodedata.normalize(form, before) + unicodedata.normalize(form, character)
    return unicodedata.normalize(form, before + character) == apart
