"""Captions of pictures on web pages, which stand beside the text: labelled as what they are, and set aside.

They interrupt sentences and paragraphs, wherever the page shows its pictures, and say who made them. Where pictures
with captions are the text, as in a report in pictures, they stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from archive.model.passages import Kind
from archive.normalise.draft import Draft, Unit

_CAPTIONS = frozenset({"figcaption"})
_NUMBERED = re.compile(
    r"(?:abb(?:ildung|\.)|bild|foto|photo|fig(?:ure|\.)|figura|imagen|immagine|afbeelding|рис(?:унок|\.)|фото|그림|사진|图|圖|図|写真)"
    r"\s*\d{1,3}\s*[:.：]",
    re.IGNORECASE,
)
"""How a caption that counts begins: *Figure 3:*."""
_CREDIT = re.compile(
    r"[(\[]?\s*(?:fotos?|photos?|bild(?:er|nachweis|quelle)?|images?|imagen|immagine|imagem|picture|credits?"
    r"|crédits?(?: photos?)?|фото|사진|写真|图|圖)(?:\s+(?:credit|courtesy))?\s*[:=：＝©]",
    re.IGNORECASE,
)
"""How a line begins that says who made a picture, whatever it ends with."""
_BULLETS = ("▲", "△")
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
        said = {unit.text for unit in draft.units if unit.kept and self._is_caption(unit)}
        if not said:
            return
        captions = [unit for unit in draft.units if unit.kept and unit.text in said]
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
        if _NUMBERED.match(unit.text):
            return unit.weight <= self.guessed
        # A sentence may speak of a picture, and a Korean list may begin its items as captions begin.
        if unit.kind is not Kind.CAPTION or unit.hint == "caption" or unit.weight > self.guessed:
            return False
        return _CREDIT.match(unit.text) is not None or not (unit.is_sentence or unit.text.startswith(_BULLETS))
