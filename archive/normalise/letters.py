"""Letters to an editor, several in one document: each has a heading and a signature, the document has neither."""

from __future__ import annotations

from collections.abc import Sequence

from archive.normalise.draft import Unit

_LONGEST_LINE = 120
_MOST_LOOKED_AT = 2_000
_FEWEST = 3


def is_one_of_letters(units: Sequence[Unit], heading: int) -> bool:
    """Whether a line is the heading of one of several letters, each of which somebody signs.

    Args:
        units: of the document.
        heading: the index of the line.
    """
    if not 0 <= heading < len(units) or not _heads_letter(units, heading):
        return False
    return sum(_heads_letter(units, place) for place in range(min(len(units), _MOST_LOOKED_AT))) >= _FEWEST


def _heads_letter(units: Sequence[Unit], place: int) -> bool:
    """Whether a short line, the text right below it and the short line that ends it stand apart as one letter."""
    if place + 2 >= len(units):
        return False
    heading, text, signature = units[place : place + 3]
    is_apart = bool(heading.gap) and (place + 3 >= len(units) or bool(units[place + 3].gap))
    if not is_apart or text.gap or signature.gap or not (text.is_prose or text.is_sentence):
        return False
    return all(len(one.text) <= _LONGEST_LINE and not (one.is_sentence or one.is_prose) for one in (heading, signature))
