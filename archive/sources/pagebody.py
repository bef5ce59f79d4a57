"""What the body of an HTML page states in its elements: the heading that is its title, its authors, its date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.model.blocks import Element
from archive.sources.attributes import attributes_of
from archive.sources.dates import edtf_of, written_edtf
from archive.sources.people import authors_of
from archive.sources.telling import (
    PLAIN_DATE,
    WRITTEN_DATE,
    is_elsewhere,
    is_own,
    names_alone,
    rank_of_author,
    rank_of_stated_date,
    rank_of_written_date,
)

_TITLE_SHARE = 30
_SHORTEST_TITLE = 6
_MAIN = 2
"""The rank of a heading of the first level that stands in no element about other things."""
_FEWEST_WORDS = 4
"""Words from which such a heading is a title although the head of the page gives another."""
_MOST_LETTERS = 400
_MOST_AUTHORS = 3
_MOST_STATED = 64
_MOST_CAPTURES = 4
_SUREST = 2
_LINKED = 3
"""The rank from which an author is told by an address or the name of a class alone."""
_NEAR = 4_000
"""Bytes of markup after the title within which stands who wrote and when."""
_BESIDE = 600
_RIGHT_ABOVE = 1_000
_WRITTEN = frozenset({WRITTEN_DATE, PLAIN_DATE})


@dataclass(slots=True)
class Stated:
    """A value with its place, and how much it is worth beside others of the same field (1 the most)."""

    field: str
    rank: int
    value: str
    start: int
    end: int
    is_elsewhere: bool = False


@dataclass(slots=True)
class _Capture:
    name: bytes
    field: str
    rank: int
    start: int
    is_elsewhere: bool
    depth: int = 1


@dataclass(slots=True)
class PageBody:
    """Gathers what telling elements hold while the page is read.

    Attributes:
        charset: of the page.
        captures: telling elements that are open; where there are none, nobody need tell of tags without telling words.
    """

    charset: str
    captures: list[_Capture] = field(default_factory=list)
    _stated: list[Stated] = field(default_factory=list)
    _headings: list[Stated] = field(default_factory=list)
    _ended: _Capture | None = None

    def begin(self, name: bytes, tag: bytes, place: int, within: Sequence[Element]) -> None:
        """A start tag that `TELLING` finds something in, at byte `place`."""
        if len(self._stated) >= _MOST_STATED or len(self.captures) >= _MOST_CAPTURES:
            return
        stated = attributes_of(tag, place, self.charset)
        attributes = {key: value for key, (value, _, _) in stated.items()}
        elsewhere = is_elsewhere(within)
        is_date = not elsewhere and self._date(name, stated, attributes, within)
        rank = self._rank_of_author(name, attributes, within, elsewhere=elsewhere)
        if name in _VOID or is_date:
            return
        if rank:
            self.captures.append(_Capture(name, "creators", rank, place + len(tag), elsewhere))
        elif not elsewhere and (rank := rank_of_written_date(attributes)):
            self.captures.append(_Capture(name, "date_issued", rank, place + len(tag), elsewhere))

    def _rank_of_author(
        self, name: bytes, attributes: dict[str, str], within: Sequence[Element], *, elsewhere: bool
    ) -> int:
        """The rank of an element as that of an author: one within another that names authors says it better."""
        if any(one.name in {"blockquote", "pre"} for one in within) or "hidden" in attributes:
            return 0
        rank = rank_of_author(name, attributes)
        around = next((one for one in self.captures if one.field == "creators"), None)
        if around is not None:
            is_better = 0 < rank <= around.rank or names_alone(attributes)
            return max(1, min(rank or around.rank, around.rank) - 1) if is_better else 0
        return rank if not elsewhere or rank == _SUREST else 0

    def nested(self, name: bytes) -> None:
        """Another start tag."""
        for capture in self.captures:
            if capture.name == name:
                capture.depth += 1

    def end(self, name: bytes, place: int) -> tuple[int, int] | None:
        """An end tag at byte `place`; gives where the element lies that it ends, if that states something."""
        ended = None
        for number, capture in enumerate(self.captures):
            if capture.name == name:
                capture.depth -= 1
                ended = number if not capture.depth and ended is None else ended
        if ended is None:
            return None
        self._ended = self.captures[ended]
        del self.captures[ended:]
        return (self._ended.start, place) if 0 < place - self._ended.start <= _MOST_LETTERS else None

    def hold(self, value: str, start: int, end: int) -> None:
        """What the element holds that ended last."""
        capture = self._ended
        if capture is not None:
            self._stated.append(Stated(capture.field, capture.rank, value, start, end, capture.is_elsewhere))

    def heading(self, value: str, within: Sequence[Element], start: int, end: int) -> None:
        """A heading of the page."""
        if len(self._headings) < _MOST_STATED and len(value) <= _MOST_LETTERS:
            level = next((int(one.name[1]) for one in reversed(within) if one.name in HEADINGS), 6)
            is_main = is_own(within) or any("content" in one.marks for one in within)
            rank = level + (0 if is_main else 1) + (3 if is_elsewhere(within) else 0)
            self._headings.append(Stated("title", rank, " ".join(value.split()), start, end))

    def stated(self, titles: Sequence[str]) -> Iterator[Stated]:
        """All that was found.

        Args:
            titles: what the head of the page gives as its title.
        """
        heading = self._title(titles)
        if heading is not None:
            yield Stated("title", 0, heading.value, heading.start, heading.end)
        yield from _authors(self._stated, heading)
        yield from _dates(self._stated, heading)

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

    def _date(
        self,
        name: bytes,
        stated: dict[str, tuple[str, int, int]],
        attributes: dict[str, str],
        within: Sequence[Element],
    ) -> bool:
        """Notes the date that an element states in its attributes; whether there is one."""
        rank = rank_of_stated_date(name, attributes, within) if name != b"meta" else 0
        value = stated.get("datetime") or stated.get("content") or (stated.get("title") if name == b"abbr" else None)
        if not rank or value is None or not edtf_of(value[0]):
            return False
        self._stated.append(Stated("date_issued", rank, *value))
        return True


HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""Names of elements that are headings."""
_VOID = frozenset({b"meta", b"link", b"img", b"input", b"br", b"hr", b"body", b"html", b"form", b"section", b"article"})


def _authors(found: Sequence[Stated], heading: Stated | None) -> Iterator[Stated]:
    """Those who are named best; of several names only those beside each other, nearest after the title."""
    authors = [one for one in found if one.field == "creators" and authors_of(one.value, ())]
    if heading is not None:
        authors = [one for one in authors if not one.is_elsewhere or 0 <= one.start - heading.end <= _NEAR]
    else:
        authors = [one for one in authors if not one.is_elsewhere]
    best = min((one.rank for one in authors), default=0)
    authors = [one for one in authors if one.rank == best]
    if heading is not None and len({one.value for one in authors}) > 1:
        beside = _beside(authors, heading)
        if best >= _LINKED and len(beside) < len(authors) and not _is_near(beside[0], heading):
            beside = []
        authors = beside
    if len({one.value for one in authors}) <= _MOST_AUTHORS:
        yield from authors


def _beside(authors: Sequence[Stated], heading: Stated) -> list[Stated]:
    """The first author after the title, or the first of all, and those who are named right after."""
    first = next((place for place, one in enumerate(authors) if one.start >= heading.end), 0)
    kept = [authors[first]]
    for one in authors[first + 1 :]:
        if one.start - kept[-1].end > _BESIDE:
            break
        kept.append(one)
    return kept


def _dates(found: Sequence[Stated], heading: Stated | None) -> Iterator[Stated]:
    """Dates in attributes as they stand; those that are written out as EDTF, plain ones only near below the title.

    Where a date in an attribute stands near the title, those far from it are those of other articles.
    """
    dates = [one for one in found if one.field == "date_issued"]
    stated = [one for one in dates if edtf_of(one.value) and one.rank not in _WRITTEN]
    near = {edtf_of(one.value) for one in stated if _is_near(one, heading)}
    for one in dates:
        if edtf_of(one.value) and one.rank not in _WRITTEN:
            if not near or edtf_of(one.value) in near:
                yield one
        elif (edtf := written_edtf(one.value)) and (one.rank != PLAIN_DATE or _is_near(one, heading)):
            yield Stated(one.field, one.rank, edtf, one.start, one.end)


def _is_near(one: Stated, heading: Stated | None) -> bool:
    return heading is not None and -_RIGHT_ABOVE <= one.start - heading.end <= _NEAR
