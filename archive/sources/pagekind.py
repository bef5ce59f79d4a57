"""How a page was made, by what its markup says: as an article or as a page without a day, when it was last changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from archive.sources.dates import day_of, edtf_of
from archive.sources.preferring import Ranked

_BY_GRAPH = "article:published_time"
_CHANGES = frozenset({"article:modified_time", "og:updated_time", "datemodified"})
_STATIC = re.compile(r"(?:^|\s)page-id-\d+(?=\s|$)")
"""The class of pages that WordPress does not count among the posts: *About us*, *Contact*."""
_FRONT = re.compile(
    r"(?:https?://web\.archive\.org/web/\w+/)?https?://[^/?#]+/?(?:(?:index|home|homepage|start|startseite)(?:\.\w+)?/?)?\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Made:
    """How a page was made.

    Attributes:
        is_article: whether anything but Open Graph dates it, or nothing says that it is a page without a day.
        is_front: whether it is the first page of its site.
        changed: the day of its last change, or None.
    """

    is_article: bool
    is_front: bool
    changed: date | None


@dataclass(slots=True)
class Making:
    """Gathers, while a page is read, what says how it was made."""

    _kinds: set[str] = field(default_factory=set)
    _by_graph: set[str] = field(default_factory=set)
    _changed: str = ""
    _classes: str = ""

    def linked(self, kind: str) -> None:
        """What JSON-LD says that the page is."""
        if kind:
            self._kinds.add(kind)

    def body(self, classes: str) -> None:
        """The classes of the body."""
        self._classes = classes.lower()

    def meta(self, name: str, value: str, locator: str) -> None:
        """A meta element, by its name in lower case; `locator` is that of its value."""
        if name == _BY_GRAPH:
            self._by_graph.add(locator)
        elif name in _CHANGES:
            self._changed = max(self._changed, edtf_of(value) or "")

    def made(self, found: Sequence[Ranked]) -> Made:
        """How the page was made.

        Args:
            found: what it states, the most telling of each field first.
        """
        dates = [one for _, one in found if one.field == "date_issued"]
        is_by_graph = bool(dates) and all(one.locator in self._by_graph for one in dates if one.value == dates[0].value)
        is_page = _STATIC.search(self._classes) is not None or self._kinds == {"WebPage"}
        address = next((one.value for _, one in found if one.field == "source_url"), "")
        return Made(not (is_by_graph and is_page), _FRONT.match(address) is not None, day_of(self._changed))
