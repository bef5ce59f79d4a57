"""Which elements of a page state who wrote it and when it was published, and how sure that is, by their attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from archive.model.blocks import Element
from archive.sources.pieces import Pieces

TELLING = re.compile(
    rb"""auth?or|byline|firma|reporter|writer|journalist|\sdatetime\s*=|\spubdate"""
    rb"""|\s(?:class|id|itemprop|property)\s*=\s*(?:["'][^"'>]*|[^\s"'>]*)(?:date|time|datum|fecha|\bfn\b|\bissued|published)""",
    re.IGNORECASE,
)
"""What a tag holds that may state something of the page."""
TELLING_WORDS = (
    *(
        b"auth",
        b"autor",
        b"byline",
        b"firma",
        b"report",
        b"writer",
        b"journalist",
        b"date",
        b"time",
        b"datum",
        b"fecha",
    ),
    *(b"fn", b"issued", b"published"),
)
"""One of these is in what `TELLING` finds, in lower case."""
_PIECES = Pieces(TELLING_WORDS)
_WINDOW = 1 << 20
_LONGEST_TAG = 1 << 16

_ELSEWHERE = frozenset({"comments", "related", "sidebar", "footer", "navigation", "header", "newsletter", "advert"})
_NOT_MAIN = frozenset({"aside", "footer", "nav"})
_AUTHOR_CLASS = re.compile(
    r"(?:^|[-_ ])(?:author|autor|firma|reporter|writer|journalist)(?:[-_ ]?(?:name|link|text|vcard|meta|title))?"
    r"(?=$|[-_ ])|byline"
)
_NO_AUTHOR_CLASS = re.compile(
    r"comment|avatar|image|img|photo|bio|box|desc|about|social|twitter|by[-_]line[-_]date|form"
)
_AUTHOR_PAGE = re.compile(r"/(?:author|autor|autoren|autorin|auteur|authors)/[^/]+", re.IGNORECASE)
_NAME_CLASS = re.compile(r"(?:^|\s)fn(?=$|\s)")
_DATE_CLASS = re.compile(
    r"(?:^|[-_ ])(?:published|entry-date|pubdate|dt-published|post-date|date-published)(?=$|[-_ ])"
)
_WRITTEN_DATE_CLASS = re.compile(
    r"(?:^|[-_ ])(?:(?:published|publish|pub|posted|entry|release)[-_]?(?:date|time|datetime|on)?"
    r"|(?:post|article|story|news)[-_]?(?:date|time|datetime)|date[-_]?(?:pub|published|publish|posted))(?=$|[-_ ])"
)
_PLAIN_DATE_CLASS = re.compile(
    r"(?:^|[-_ ])(?:date|datum|fecha|datetime|timestamp|datestamp|dateline|time)"
    r"(?:[-_ ](?:display|line|text|info|time)\S*)?(?=$|[-_ ])"
)
_CHANGED_CLASS = re.compile(r"updat|modif|chang|edited|comment|event|start|end(?=$|[-_ ])|expir")
_DATE_PROPERTIES = frozenset(
    (
        *("dc:date", "dc:created", "dcterms:created", "dc:issued", "dcterms:issued", "schema:datepublished"),
        *("datepublished", "schema:datecreated"),
    )
)

WRITTEN_DATE = 3
"""The rank of a date that an element holds whose class says that it is the day of publication."""
PLAIN_DATE = 5
"""The rank of a date that an element holds whose class only says that it is a date."""
_TIME_IN_ARTICLE = 4
_OWN = frozenset({"article", "main"})


class TellingPlaces:
    """Where telling words stand in a page, looked for in long stretches, since a look into every tag takes longer.

    Attributes:
        silent: no telling word begins between the tag that was asked about last and this place; of a tag that ends
            before it nobody need ask.
    """

    __slots__ = ("_data", "_found", "_next", "_until", "silent")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._found: list[int] = []
        self._next = 0
        self._until = 0
        self.silent = 0

    def tells(self, start: int, end: int) -> bool:
        """Whether the tag at `[start, end)` may state something of the page; tags are asked in their order."""
        end = min(end, start + _LONGEST_TAG)
        if end > self._until:
            self._look(start, start + _WINDOW)
        found = self._found
        while self._next < len(found) and found[self._next] < start:
            self._next += 1
        self.silent = found[self._next] if self._next < len(found) else self._until
        return self.silent < end and TELLING.search(self._data, start, end) is not None

    def _look(self, start: int, end: int) -> None:
        self._found = [start + place for place in _PIECES.places(self._data[start:end].lower())]
        self._next = 0
        self._until = end


def is_elsewhere(within: Sequence[Element]) -> bool:
    """Whether an element stands in what is about other things than the page's own text."""
    return any(
        one.name in _NOT_MAIN or (_ELSEWHERE.intersection(one.marks) and "content" not in one.marks)
        for one in within
        if one.name != "body"
    )


def is_own(within: Sequence[Element]) -> bool:
    """Whether an element stands in an article or in the main part of the page."""
    return any(one.name in _OWN for one in within)


def names_alone(attributes: Mapping[str, str]) -> bool:
    """Whether an element by its class holds a name and nothing else, as in the hCard format."""
    return _NAME_CLASS.search(attributes.get("class", "").lower()) is not None


def rank_of_author(name: bytes, attributes: Mapping[str, str]) -> int:
    """How sure it is that an element names an author: 2 the most, 0 where it does not."""
    classes = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower()
    if _NO_AUTHOR_CLASS.search(classes):
        return 0
    if "author" in attributes.get("rel", "").lower().split() or attributes.get("itemprop", "").lower() == "author":
        return 2
    if name == b"a" and _AUTHOR_PAGE.search(attributes.get("href", "")):
        return 3
    return 4 if _AUTHOR_CLASS.search(classes.strip()) else 0


def rank_of_stated_date(name: bytes, attributes: Mapping[str, str], within: Sequence[Element]) -> int:
    """How sure it is that the date in an element's attributes is that of publication: 1 the most, 0 where it is not."""
    classes = attributes.get("class", "").lower()
    if "datepublished" in attributes.get("itemprop", "").lower() or "pubdate" in attributes:
        return 1
    if not _DATE_PROPERTIES.isdisjoint(attributes.get("property", "").lower().split()):
        return 2
    if name in {b"time", b"abbr"} and _DATE_CLASS.search(classes):
        return 2
    is_plain = name == b"time" and not _CHANGED_CLASS.search(classes) and is_own(within)
    return _TIME_IN_ARTICLE if is_plain else 0


def rank_of_written_date(attributes: Mapping[str, str]) -> int:
    """How sure it is that an element holds the date of publication as its text; 0 where it does not."""
    classes = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower()
    if _CHANGED_CLASS.search(classes):
        return 0
    if _WRITTEN_DATE_CLASS.search(classes) or "datepublished" in attributes.get("itemprop", "").lower():
        return WRITTEN_DATE
    return PLAIN_DATE if _PLAIN_DATE_CLASS.search(classes) else 0
