"""Texts taken whole: each block is a passage, as it stands."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from archive.model.derivation import carry_out, operations_of
from archive.model.finishing import is_tidy
from archive.normalise.draft import Draft, Unit
from archive.normalise.languages import IdentifyLanguages
from archive.normalise.projection import lines_kept
from archive.normalise.recipe import Recipe


@dataclass(frozen=True, slots=True)
class TakeWhole:
    """Make each block a passage that keeps its lines; of a text without markup that is all of it.

    Readers give such a text as one block where its recipe does not divide it (`Recipe.divides`).
    """

    name: ClassVar[str] = "take-whole"
    version: ClassVar[str] = "1.1"

    def apply(self, draft: Draft) -> None:
        """Make the units of the draft."""
        draft.units.extend(Unit((block,), block.text, lines_stay=True) for block in draft.reading.blocks)


def labelled(text: str, recipe: Recipe) -> tuple[str, str] | None:
    """What `normalise` makes of a reading of one block, where the recipe takes texts whole and does nothing else.

    Args:
        text: of the block.
        recipe: the steps.

    Returns:
        The text of the one passage, which is kept, and its language; or None where it takes the whole of `normalise`.
    """
    match recipe.steps:
        case TakeWhole(), IdentifyLanguages() as step if text.isascii() or unicodedata.is_normalized("NFC", text):
            is_as_it_is = "\n" not in text and is_tidy(text)
            return text if is_as_it_is else carry_out((text,), _REST), step.of_whole(text)
        case _:
            return None


_REST = operations_of(lines_kept())
