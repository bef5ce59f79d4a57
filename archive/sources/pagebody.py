"""What the body of an HTML page states in its elements: the heading that is its title, its authors, its date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.model.blocks import Element
from archive.sources.attributes import attributes_of

TELLING = re.compile(
    rb"""auth?or|byline|datepublished|\sdatetime\s*=|\spubdate""",
    re.IGNORECASE,
)
"""What a tag holds that may state something of the page."""
TELLING_WORDS = (b"author", b"autor", b"byline", b"datepublished", b"datetime", b"pubdate")
"""One of these is in what `TELLING` finds, in lower case."""

_ELSEWHERE = frozenset({"comments", "related", "sidebar", "footer", "navigation", "header", "newsletter", "advert"})
_NOT_MAIN = frozenset({"aside", "footer", "nav"})
_AUTHOR_CLASS = re.compile(
    r"(?:^|[-_ ])(?:author|autor)(?:[-_ ]?(?:name|link|text|vcard|meta|title))?(?=$|[-_ ])|byline"
)
_NO_AUTHOR_CLASS = re.compile(
    r"comment|avatar|image|img|photo|bio|box|desc|about|social|twitter|by[-_]line[-_]date|form"
)
_AUTHOR_PAGE = re.compile(r"/(?:author|autor|autoren|autorin|auteur|authors)/[^/]+", re.IGNORECASE)
_DATE_CLASS = re.compile(
    r"(?:^|[-_ ])(?:published|entry-date|pubdate|dt-published|post-date|date-published)(?=$|[-_ ])"
)
_CHANGED_CLASS = re.compile(r"updated|modified")
_TITLE_SHARE = 30
_SHORTEST_TITLE = 6
_MAIN = 2
"""The rank of a heading of the first level that stands in no element about other things."""
_FEWEST_WORDS = 4
"""Words from which such a heading is a title although the head of the page gives another."""
_MOST_LETTERS = 400
_MOST_AUTHORS = 3
_MOST_STATED = 64


@dataclass(slots=True)
class Stated:
    """A value with its place, and how much it is worth beside others of the same field (1 the most)."""

    field: str
    rank: int
    value: str
    start: int
    end: int


@dataclass(slots=True)
class _Capture:
    name: bytes
    rank: int
    start: int
    depth: int = 1


@dataclass(slots=True)
class PageBody:
    """Gathers what telling elements hold while the page is read."""

    charset: str
    _stated: list[Stated] = field(default_factory=list)
    _headings: list[Stated] = field(default_factory=list)
    _capture: _Capture | None = None

    def begin(self, name: bytes, tag: bytes, place: int, within: Sequence[Element]) -> None:
        """A start tag that `TELLING` finds something in, at byte `place`."""
        if self._capture is not None or len(self._stated) >= _MOST_STATED or _is_elsewhere(within):
            return
        attributes = attributes_of(tag, place, self.charset)
        self._date(name, attributes, within)
        rank = _rank_of_author(name, {key: value for key, (value, _, _) in attributes.items()})
        is_quoted = any(one.name == "blockquote" for one in within)
        if rank and not is_quoted and name not in _VOID:
            self._capture = _Capture(name, rank, place + len(tag))

    def nested(self, name: bytes) -> None:
        """Another start tag."""
        if self._capture is not None and self._capture.name == name:
            self._capture.depth += 1

    def end(self, name: bytes, place: int) -> tuple[int, int, int] | None:
        """An end tag at byte `place`; gives what an element of an author holds, with its rank."""
        capture = self._capture
        if capture is None or capture.name != name:
            return None
        capture.depth -= 1
        if capture.depth:
            return None
        self._capture = None
        is_short = 0 < place - capture.start <= _MOST_LETTERS
        return (capture.start, place, capture.rank) if is_short else None

    def author(self, value: str, rank: int, start: int, end: int) -> None:
        """An author that an element names."""
        self._stated.append(Stated("creators", rank, value, start, end))

    def heading(self, value: str, within: Sequence[Element], start: int, end: int) -> None:
        """A heading of the page."""
        if len(self._headings) < _MOST_STATED and len(value) <= _MOST_LETTERS:
            level = next((int(one.name[1]) for one in reversed(within) if one.name in HEADINGS), 6)
            is_own = any(one.name in _OWN or "content" in one.marks for one in within)
            rank = level + (0 if is_own else 1) + (3 if _is_elsewhere(within) else 0)
            self._headings.append(Stated("title", rank, " ".join(value.split()), start, end))

    def stated(self, titles: Sequence[str]) -> Iterator[Stated]:
        """All that was found.

        Args:
            titles: what the head of the page gives as its title.
        """
        heading = self._title(titles)
        if heading is not None:
            yield Stated("title", 0, heading.value, heading.start, heading.end)
        authors = [one for one in self._stated if one.field == "creators"]
        best = min((one.rank for one in authors), default=0)
        authors = [one for one in authors if one.rank == best]
        if len({one.value for one in authors}) <= _MOST_AUTHORS:
            yield from authors
        yield from (one for one in self._stated if one.field != "creators")

    def _title(self, titles: Sequence[str]) -> Stated | None:
        """The heading that the head's title holds, the longest one of the highest level."""
        known = [" ".join(title.split()).casefold() for title in titles]
        fitting = [
            (-one.rank, len(one.value), -place)
            for place, one in enumerate(self._headings)
            if len(one.value) >= _SHORTEST_TITLE
            and any(
                one.value.casefold() in title and len(one.value) * 100 >= _TITLE_SHARE * len(title) for title in known
            )
        ]
        if fitting:
            return self._headings[-max(fitting)[2]]
        main = [one for one in self._headings if one.rank <= _MAIN]
        return main[0] if len(main) == 1 and len(main[0].value.split()) >= _FEWEST_WORDS else None

    def _date(self, name: bytes, attributes: dict[str, tuple[str, int, int]], within: Sequence[Element]) -> None:
        classes = attributes.get("class", ("", 0, 0))[0].lower()
        stated = attributes.get("content" if name == b"meta" else "datetime") or attributes.get("content")
        if stated is None or name == b"meta":
            return
        if "datepublished" in attributes.get("itemprop", ("", 0, 0))[0].lower() or "pubdate" in attributes:
            rank = 1
        elif name == b"time" and _DATE_CLASS.search(classes):
            rank = 2
        elif name == b"time" and not _CHANGED_CLASS.search(classes) and any(one.name in _OWN for one in within):
            rank = 4
        else:
            return
        self._stated.append(Stated("date_issued", rank, *stated))


HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""Names of elements that are headings."""
_OWN = frozenset({"article", "main"})
_VOID = frozenset({b"meta", b"link", b"img", b"input", b"br", b"hr", b"body", b"html", b"form", b"section", b"article"})


def _is_elsewhere(within: Sequence[Element]) -> bool:
    return any(
        one.name in _NOT_MAIN or (_ELSEWHERE.intersection(one.marks) and "content" not in one.marks)
        for one in within
        if one.name != "body"
    )


def _rank_of_author(name: bytes, attributes: dict[str, str]) -> int:
    """How sure it is that an element names an author: 2 the most, 0 where it does not."""
    classes = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower()
    if _NO_AUTHOR_CLASS.search(classes):
        return 0
    if "author" in attributes.get("rel", "").lower().split() or attributes.get("itemprop", "").lower() == "author":
        return 2
    if name == b"a" and _AUTHOR_PAGE.search(attributes.get("href", "")):
        return 3
    return 4 if _AUTHOR_CLASS.search(classes.strip()) else 0
