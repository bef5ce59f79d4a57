"""What a page only shows, and does not say itself: posts and letters that it quotes, code and examples."""

from __future__ import annotations

from archive.normalise.draft import Unit

_QUOTING = frozenset({"blockquote"})
_SHOWING = frozenset({"pre"})
_OF_READERS = "comments"


def is_quoted(unit: Unit) -> bool:
    """Whether a line stands in what the page quotes: a post that somebody shared has a day and an author of its own."""
    return any(element.name in _QUOTING for element in unit.blocks[0].within)


def is_of_readers(unit: Unit) -> bool:
    """Whether a line stands among comments that are no text of the page."""
    return not unit.kept and any(_OF_READERS in element.marks for element in unit.blocks[0].within)


def is_example(unit: Unit, title: Unit | None) -> bool:
    """Whether a line is quoted, or stands in code or preformatted text below a title that does not."""
    if is_quoted(unit):
        return True
    own = title.blocks[0].within if title is not None else unit.blocks[0].within
    return any(element.name in _SHOWING and element not in own for element in unit.blocks[0].within)
