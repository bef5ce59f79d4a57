"""Whether a program or a typist broke the lines of a text, and at which width.

Lines that may go on in the next one are looked at: those that end no sentence, before a line that begins nothing. In
text that was broken at a width nearly every such line is *full*: the first word of the next would not have fitted. In
verse, lists and headlines hardly more than half of them are, whatever their length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.model.blocks import Block
from archive.normalise.shapes import begins_item, ends_as_sentence

_DENSE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]")
_UNSPACED = re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]")
_BEGINNING = frozenset({"list-item", "heading", "table"})
"""Hints of lines that are never the rest of another line."""
_LABEL = re.compile(r"(?:[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3}|[^\W\d_]{1,4}) ?[:：](?:\s|$)|[^\W\d_]{1,8}：")
"""A speaker, or the name of a field, before what is said."""
_SPEAKER = re.compile(r"(?:M[rs]s?\.|Dr\.|Mrs\.|Sen\.|Rep\.|Chair\w*|The) [A-Z][A-Z'’-]+(?: [A-Z'’-]+){0,3}\.\s")
_STAGE = re.compile(r"[(\[][^()\[\]]{1,60}[)\]][.]?$")
"""What is said of a speech in brackets, as `(Applause.)`."""
_ROW = re.compile(r"\S(?:\t+| {3,})\S.*?\S?(?:\t+| {3,})\S")
_WIDE_SPACE = re.compile(r"\S(?:\t| {4,})\S")
_PAUSES = (",", ";", ":", "-", "–", "—", "，", "；", "：", "、", "،", "؛")
_MARK = 2
"""Columns of the mark of an item, which its span leaves out."""
_MOST_COLUMNS = 400
_LONGEST_INDENT = 40
_KINSOKU = 4
"""Columns that a line of a script without spaces may leave free, so that no punctuation begins the next."""


def columns(block: Block) -> int:
    """The width of a line with the white space before it, in columns of a terminal."""
    seen = wide(block.text[:_MOST_COLUMNS])
    if block.hint == "list-item":
        seen += _MARK
    return seen + min(block.indent, _LONGEST_INDENT) if block.indent else seen


def wide(text: str) -> int:
    """The width of a text in columns: ideographs and Korean syllables take two."""
    return len(text) if text.isascii() else len(text) + len(_DENSE.findall(text))


def may_follow(one: Block, following: Block) -> bool:
    """Whether a line may be the rest of the one before it, as far as place and markup tell."""
    if following.gap or one.locator != following.locator or one.spans[-1].layer != following.spans[0].layer:
        return False
    if following.hint in _BEGINNING:
        return False
    return one.hint == following.hint or (one.hint == "list-item" and not following.hint and following.indent > 0)


def begins(text: str) -> bool:
    """Whether a line begins as an item, a turn of a conversation, or a field of a form does, or is a quoted line."""
    return begins_item(text) or text[0] in "|>" or _LABEL.match(text) is not None or _SPEAKER.match(text) is not None


def is_row(text: str) -> bool:
    """Whether a line is a row of a table: three columns or more, with wide spaces between them."""
    return ("   " in text or "\t" in text) and _ROW.search(text) is not None


def is_apart(text: str) -> bool:
    """Whether a line is neither the rest of another nor goes on: a row, a remark in brackets, a quoted line."""
    if text[0] in "|>([" and (text[0] in "|>" or _STAGE.match(text) is not None):
        return True
    return ("    " in text or "\t" in text) and _WIDE_SPACE.search(text) is not None


def pauses(text: str) -> bool:
    """Whether a line ends with any punctuation."""
    return text.endswith(_PAUSES) or ends_as_sentence(text)


def runs_on(one: str, following: str) -> bool:
    """Whether a line ends no sentence and the next begins none: it begins in lower case, or its script has no case."""
    if ends_as_sentence(one) or one.endswith((":", "：")):
        return False
    first = next((character for character in following[:4] if character.isalnum()), "")
    return first.lower() == first or (one.isupper() and following.isupper())


def is_divided(one: str, following: str) -> bool:
    """Whether a word was divided at the end of a line."""
    return one.endswith("-") and one[-2:-1].islower() and following[:1].islower()


def is_lower(text: str) -> bool:
    """Whether a line begins with a letter in lower case."""
    return text[:1].islower()


def needed(following: str) -> int:
    """The columns that the first word of a line needs after another line, the space before it included."""
    if _UNSPACED.match(following):
        return _KINSOKU
    return 1 + wide(following.split(None, 1)[0][:_LONGEST_INDENT])


@dataclass(frozen=True, slots=True)
class Wrap:
    """How lines were broken.

    Attributes:
        width: in columns; 0 where nothing shows that they were.
        is_ragged: whether many lines end earlier than they need to, as a typist's do.
    """

    width: int = 0
    is_ragged: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A line and the next, as evidence.

    Attributes:
        width: columns of the line.
        needed: columns that the first word of the next needs.
        runs_on: whether the one seems to go on in the other.
        pauses: whether the line ends with punctuation.
        is_lower: whether the next line begins with a letter in lower case.
    """

    width: int
    needed: int
    runs_on: bool
    pauses: bool
    is_lower: bool

    def fills(self, width: int, percent: int = 100) -> bool:
        """Whether the next word would not have fitted into that percentage of the width."""
        return (self.width + self.needed) * 100 > width * percent


def pair_of(one: Block, following: Block) -> Pair:
    """The evidence of a line and the next."""
    text, other = one.text[-_MOST_COLUMNS:], following.text[:_MOST_COLUMNS]
    return Pair(columns(one), needed(other), runs_on(text, other), pauses(text), is_lower(other))


def share(pairs: Sequence[Pair], width: int, percent: int = 100) -> int:
    """How many of a hundred pairs fill the width."""
    return 100 * sum(pair.fills(width, percent) for pair in pairs) // max(len(pairs), 1)
