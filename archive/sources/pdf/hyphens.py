"""What paragraphs say, line by line, and what becomes of the hyphens that break words at the ends of lines.

When in doubt a hyphen stays where it is.
"""

from __future__ import annotations

import re
from itertools import pairwise

from archive.sources.pdf.lines import PageLine
from archive.sources.pdf.paragraphs import Paragraph
from archive.sources.pdf.shapes import Shape

_LAST_PART = re.compile(r"([^\W\d_]+)\Z")
_FIRST_PART = re.compile(r"([^\W\d_]+)")
_SUSPENDED = frozenset(("and", "or", "und", "oder", "bzw", "et", "ou", "y", "o", "u", "e", "ed", "to", "bis"))


def text_of(paragraph: Paragraph, shape: Shape) -> str:
    """What a paragraph says, line by line; a word that a hyphen broke stands on one line.

    The hyphen becomes a soft one, which the rule of derivation takes out, where the document has the whole word
    elsewhere; in all other cases it stays.
    """
    parts = [paragraph.lines[0].text]
    for before, line in pairwise(paragraph.lines):
        hyphen = _hyphen(parts[-1], before, line.text, shape)
        if hyphen is None:
            parts[-1] += "-" if before.is_broken else ""
            parts.append(line.text)
            continue
        stem = parts.pop()
        stem = stem if before.is_broken else stem[:-1]
        parts.append(stem + hyphen + line.text)
    last = paragraph.lines[-1]
    return "\n".join(parts) + ("-" if last.is_broken else "")


def end_before(paragraph: Paragraph, following: Paragraph, shape: Shape) -> str:
    """What a paragraph says that goes on elsewhere, with what stands between the two: a line break or a hyphen.

    Args:
        paragraph: its first part.
        following: its second part.
        shape: of the document.
    """
    last = paragraph.lines[-1]
    text = text_of(paragraph, shape)
    bare = text[:-1] if last.is_broken else text
    hyphen = _hyphen(bare, last, following.lines[0].text, shape)
    if hyphen is None:
        return text + "\n"
    return bare + hyphen if last.is_broken else bare[:-1] + hyphen


def _hyphen(text: str, before: PageLine, following: str, shape: Shape) -> str | None:
    """What stands between the halves of a broken word, or None where no word is broken."""
    if text.endswith("\u00ad"):
        return "\u00ad"
    if not before.is_broken and not text.endswith(("-", "\u2010")):
        return None
    mark = "-" if before.is_broken else text[-1]
    first = _LAST_PART.search(text if before.is_broken else text[:-1])
    second = _FIRST_PART.match(following)
    if second is not None and second[1].casefold() in _SUSPENDED:
        return None
    if first is None or second is None:
        return mark if before.is_broken else None
    is_whole = (first[1] + second[1]).casefold() in shape.words
    return "\u00ad" if is_whole and second[1][0].islower() else mark
