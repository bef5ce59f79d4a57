"""The one step of those who want nothing but whole texts: each block is a passage, as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from archive.normalise.draft import Draft, Unit


@dataclass(frozen=True, slots=True)
class TakeWhole:
    """Make each block a passage that keeps its lines; of a text without markup that is all of it.

    Readers give such a text as one block where its recipe does not divide it (`Recipe.divides`).
    """

    name: ClassVar[str] = "take-whole"
    version: ClassVar[str] = "1.0"

    def apply(self, draft: Draft) -> None:
        """Make the units of the draft."""
        draft.units.extend(Unit((block,), block.text, lines_stay=True) for block in draft.reading.blocks)
