"""Captions of pictures on web pages, which stand beside the text: labelled as what they are, and set aside.

They interrupt sentences and paragraphs, wherever the page shows its pictures, and say who made them. Where pictures
with captions are the text, as in a report in pictures, they stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from archive.model.passages import Kind
from archive.normalise.draft import Draft, Unit

_CAPTIONS = frozenset({"figcaption"})
_REASON = "it describes a picture, beside the text"


@dataclass(frozen=True, slots=True)
class SetCaptionsAside:
    """Keep captions out of the main text of web pages.

    Attributes:
        longest: letters of a caption that is set aside at most; a longer one tells something of its own.
        guessed: the same of one that only its words show to be a caption.
        most: percent of the letters kept up to which captions are set aside.
    """

    name: ClassVar[str] = "set-captions-aside"
    version: ClassVar[str] = "1.0"

    longest: int = 350
    guessed: int = 200
    most: int = 30

    def apply(self, draft: Draft) -> None:
        """Label captions, and do not keep them."""
        captions = [unit for unit in draft.units if unit.kept and self._is_caption(unit)]
        kept = sum(unit.weight for unit in draft.units if unit.kept)
        if sum(unit.weight for unit in captions) * 100 > self.most * kept:
            return
        for unit in captions:
            unit.label(Kind.CAPTION, _REASON)
            unit.kept = False

    def _is_caption(self, unit: Unit) -> bool:
        within = unit.blocks[0].within
        if not within or unit.people or unit.kind is Kind.TITLE:
            return False
        if any(element.name in _CAPTIONS for element in within):
            return unit.weight <= self.longest
        return unit.kind is Kind.CAPTION and unit.hint != "caption" and unit.weight <= self.guessed
