"""Which of the authors that a page states are its own: those named best, and shown to its reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from archive.model.blocks import Block, Observation
from archive.sources.headnames import BY_META
from archive.sources.pagekind import Made
from archive.sources.people import author_of, authors_of, squeezed
from archive.sources.preferring import Ranked, named_after_titles, sites_after_titles, sites_of

_WORDS = re.compile(r"[^\W\d_]+")
_SHORT_WORD = 2
IN_HEAD = frozenset({0, BY_META})
"""The ranks of authors whom JSON-LD and meta elements name, those of libraries aside."""
_FEWEST_SHOWN = 500
"""Letters that a page must show for what it does not show to say anything."""


def best_authors(
    found: Sequence[Ranked], stated: Sequence[Ranked], page: Callable[[], str], made: Made
) -> list[Ranked]:
    """What was found, of the authors only those who are named best, without sites, firms and roles.

    Whom only the head names, and nothing that the page shows, entered the page into the program of the site; whom
    the head of a site's first page names made the site.

    Args:
        found: what the page states, the most telling of each field first.
        stated: the same, as it came.
        page: gives what the page shows, as `shown` does.
        made: how the page was made.
    """
    sites = sites_of(found) + named_after_titles(stated)
    better = _longer_than_meta(found)
    after_titles = sites_after_titles(stated)
    best = None
    kept: list[Ranked] = []
    for rank, one in found:
        if one.field == "creators":
            names = [name for name in authors_of(one.value, sites) if name not in better]
            if rank in IN_HEAD and (made.is_front or len(page()) >= _FEWEST_SHOWN):
                names = [name for name in names if not made.is_front and is_shown(name, page())]
            if rank in IN_HEAD:
                names = [name for name in names if squeezed(name) not in after_titles]
            if names and best in {None, rank}:
                best = rank
                kept.extend((rank, replace(one, value=name)) for name in names)
        else:
            kept.append((rank, one))
    return kept


def shown(blocks: Sequence[Block]) -> str:
    """All that a page shows, its head and what its markup hides aside, without case."""
    hidden: dict[int, bool] = {}  # by the tuple, which neighbours share
    texts: list[str] = []
    for block in blocks:
        key = id(block.within)
        if key not in hidden:
            hidden[key] = any("hidden" in element.marks for element in block.within)
        if not hidden[key] and block.hint != "title":
            texts.append(block.text)
    return "\n".join(texts).casefold()


def is_shown(name: str, page: str) -> bool:
    """Whether a page shows all words of a name, in whatever order."""
    words = _WORDS.findall(name.casefold())
    return all(word in page for word in words if len(word) > _SHORT_WORD) if words else True


def _longer_than_meta(found: Sequence[tuple[int, Observation]]) -> frozenset[str]:
    """Names that an element gives together with other words, where a meta element gives them alone."""
    stated = [(rank, author_of(one.value, ())) for rank, one in found if one.field == "creators"]
    alone = [name for rank, name in stated if rank == BY_META and " " in name]
    return frozenset(
        name for rank, name in stated if rank < BY_META and any(one in name and one != name for one in alone)
    )
