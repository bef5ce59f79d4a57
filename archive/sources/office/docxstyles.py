"""What the styles of a DOCX say that a paragraph is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_NAMES = (
    (re.compile(r"title\Z"), "title"),
    (re.compile(r"(?:heading|überschrift|titre|título|titolo|заголовок|标题|見出し|제목) ?\d|subtitle\Z"), "heading"),
    (re.compile(r"caption\Z"), "caption"),
    (re.compile(r"(?:intense |block )?(?:quote|text\Z)"), "quotation"),
    (re.compile(r"list (?:bullet|number)"), "list-item"),
    (re.compile(r"toc \d|toc heading|table of (?:figures|authorities)|index \d"), "navigation"),
    (re.compile(r"(?:footnote|endnote) text"), "footnote"),
)
"""Names of built-in styles, in lower case (ECMA-376, 17.7.4.9 and its list of latent styles), and what they mean."""
_DEEPEST = 20
_HIGHEST_LEVEL = 9
"""The outline level of body text (ECMA-376, 17.3.1.20)."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name in lower case, the one it is based on, and what it sets; `hides` is None where it sets none."""

    name: str
    based_on: str
    is_heading: bool
    is_list: bool
    hides: bool | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document, by identifier."""

    known: Mapping[str, Style] = field(default_factory=dict)

    def hint_of(self, properties: Any | None) -> str:
        """What a paragraph is.

        Args:
            properties: its `w:pPr`, or None.

        Returns:
            As `Block.hint`.
        """
        if properties is None:
            return ""
        style, numbered, level = "", None, None
        for one in properties:
            name = one.tag.rpartition("}")[2]
            style = _value(one) if name == "pStyle" else style
            level = _value(one) if name == "outlineLvl" else level
            numbered = _is_numbered(one) if name == "numPr" else numbered
        hint, is_list = self._of_style(style)
        if not hint and level is not None and _is_heading_level(level):
            hint = "heading"
        if hint:
            return hint
        return "list-item" if (is_list if numbered is None else numbered) else ""

    def hides(self, identifier: str) -> bool:
        """Whether a style hides what is formatted with it.

        Args:
            identifier: of the style; empty for none.
        """
        for _ in range(_DEEPEST):
            style = self.known.get(identifier)
            if style is None:
                break
            if style.hides is not None:
                return style.hides
            identifier = style.based_on
        return False

    def _of_style(self, identifier: str) -> tuple[str, bool]:
        is_list = False
        for _ in range(_DEEPEST):
            style = self.known.get(identifier)
            if style is None:
                break
            is_list = is_list or style.is_list
            hint = next((hint for pattern, hint in _NAMES if pattern.match(style.name)), "")
            hint = hint or ("heading" if style.is_heading else "")
            if hint:
                return hint, is_list
            identifier = style.based_on
        return "", is_list


def styles_of(root: Any | None) -> Styles:
    """The styles that `word/styles.xml` defines.

    Args:
        root: its root element, or None where there is none.
    """
    known = {}
    for one in root if root is not None else ():
        if one.tag.rpartition("}")[2] == "style":
            known[_value(one, "styleId")] = _style(one)
    return Styles(known)


def _style(element: Any) -> Style:
    name = based_on = ""
    is_heading = is_list = False
    hides = None
    for one in element:
        kind = one.tag.rpartition("}")[2]
        if kind == "name":
            name = _value(one).lower()
        elif kind == "basedOn":
            based_on = _value(one)
        elif kind == "pPr":
            for inner in one:
                part = inner.tag.rpartition("}")[2]
                is_heading = is_heading or (part == "outlineLvl" and _is_heading_level(_value(inner)))
                is_list = is_list or (part == "numPr" and _is_numbered(inner))
        elif kind == "rPr":
            hides = next((is_on(inner) for inner in one if inner.tag.rpartition("}")[2] == "vanish"), None)
    return Style(name, based_on, is_heading, is_list, hides)


def is_on(element: Any) -> bool:
    """Whether an element that switches something switches it on (ECMA-376, 17.17.4)."""
    return _value(element) not in {"0", "false", "off"}


def _is_heading_level(level: str) -> bool:
    return level.isascii() and level.isdigit() and int(level) < _HIGHEST_LEVEL


def _is_numbered(properties: Any) -> bool:
    """Whether `w:numPr` puts a paragraph into a list; the list 0 is none (ECMA-376, 17.9.18)."""
    numbers = [_value(one) for one in properties if one.tag.rpartition("}")[2] == "numId"]
    return not numbers or numbers[0] != "0"


def _value(element: Any, name: str = "val") -> str:
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")
