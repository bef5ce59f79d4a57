"""Where the characters of a line stand in the container, in bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Places:
    """From characters of the line to bytes of the container; quick when asked in rising order.

    Attributes:
        line: it, as text.
        byte: the place in the container of the character that was asked for last.
        character: that one.
    """

    line: str
    byte: int
    character: int = 0

    def at(self, character: int) -> int:
        """The byte of the container at which a character of the line begins."""
        if character >= self.character:
            self.byte += len(self.line[self.character : character].encode("utf-8", "surrogateescape"))
        else:
            self.byte -= len(self.line[character : self.character].encode("utf-8", "surrogateescape"))
        self.character = character
        return self.byte
