"""What an HTML page states of itself: its title, meta elements, links, language and JSON-LD; known names only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from itertools import chain

from archive.model.blocks import Block, Observation
from archive.model.charsets import decode
from archive.model.codes import finding
from archive.model.doubtful_dates import PLACEHOLDERS
from archive.model.findings import Finding, Where
from archive.sources.asides import OF_PROGRAM, bounded, left_out, unusable
from archive.sources.attributes import attributes_of
from archive.sources.bestauthors import IN_HEAD, best_authors, is_shown, shown
from archive.sources.dates import edtf_of
from archive.sources.headnames import BY_META, LINKS, META, WRITTEN_BY
from archive.sources.linkeddata import MalformedError, statements
from archive.sources.overloaded import OVERLOADED
from archive.sources.pagebody import PageBody
from archive.sources.pagekind import Making
from archive.sources.preferring import choose
from archive.sources.protocol import TextInput
from archive.sources.showndays import with_shown_day
from archive.sources.unseen.markup import hidden_in_markup

_KEYWORDS = re.compile(r"\s*[,;]\s*")
_LONGEST_TAG = 65_536
_LONGEST_JSON = 1024 * 1024
_MOST_STATED = 5_000
"""Statements of a page that are looked at: the longest lists of authors have some three thousand."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}\Z")
_MAIL_ADDRESS = re.compile(r"\S@\S|\A@")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_CARD = re.compile(r"twitter:(label|data)([12])\Z")
_TELLING_TAGS = frozenset({b"meta", b"link", b"html", b"body"})
TELLING_TAGS = _TELLING_TAGS | {b"a"}
"""Elements whose start tags `PageHead.tag` is to be told of."""
_LICENCE = re.compile(rb"""\srel\s*=\s*["']?[^"'>]{0,40}license""", re.IGNORECASE)


@dataclass(slots=True)
class PageHead:
    """Gathers statements while the page is read; `observations` gives them, the most telling of each field first."""

    text: TextInput
    _found: list[tuple[int, Observation]] = field(default_factory=list)
    _unusable: list[Observation] = field(default_factory=list)
    _left_out: tuple[Observation, ...] = ()
    _findings: list[Finding] = field(default_factory=list)
    _has_title: bool = False
    _is_over: bool = False
    _label: int = 0
    _making: Making = field(default_factory=Making)
    body: PageBody = field(init=False)

    def __post_init__(self) -> None:
        self.body = PageBody(self.text.layer.charset)

    def tag(self, name: bytes, start: int, end: int) -> None:
        """A start tag, whose bytes are `[start, end)` of the layer's data."""
        if end - start > _LONGEST_TAG or (name not in _TELLING_TAGS and not self._is_licence(name, start, end)):
            return
        attributes = attributes_of(self.text.layer.data[start:end], start, self.text.layer.charset)
        if name == b"meta":
            self._meta(attributes)
        elif name in {b"link", b"a"}:
            relations, _, _ = attributes.get("rel", ("", 0, 0))
            for relation in relations.lower().split():
                self._state(LINKS.get(relation), 1 if name == b"link" else 2, *attributes.get("href", ("", 0, 0)))
        elif name == b"body":
            self._making.body(attributes.get("class", ("", 0, 0))[0])
        else:
            self._state("language", 1, *attributes.get("lang", attributes.get("xml:lang", ("", 0, 0))))

    def _is_licence(self, name: bytes, start: int, end: int) -> bool:
        tag = self.text.layer.data[start:end]
        return name == b"a" and b"icense" in tag.lower() and _LICENCE.search(tag) is not None

    def element(self, name: bytes, start: int, end: int) -> None:
        """An element that is no text of the page: JSON-LD is in some."""
        if name != b"script" or end - start > _LONGEST_JSON:
            return
        data = self.text.layer.data
        inner = data.find(b">", start, end) + 1
        if inner == 0 or b"application/ld+json" not in data[start:inner].lower():
            return
        try:
            stated = statements(decode(data[inner:end], self.text.layer.charset))
        except MalformedError as error:
            place = Where(file=self.text.path, bytes=self._range(inner, end))
            self._findings.append(finding("markup.malformed", where=place, found=f"JSON-LD: {error}"))
            return
        self._making.linked(stated.kind)
        for name_of_field, value in stated.pairs:
            self._state(name_of_field, 0, value, inner, end)
        for day in stated.of_program:
            locator = f"bytes={self._range(inner, end)}"
            self._unusable.append(Observation("date_issued", edtf_of(day) or day, locator, reason=OF_PROGRAM))

    def title(self, stated: str, start: int, end: int) -> None:
        """The text of the title element, the first one in the page."""
        if not self._has_title:
            self._has_title = True
            self._state("title", 3, stated, start, end)

    def observations(self, blocks: Sequence[Block]) -> tuple[Observation, ...]:
        """What was found, without repetitions; within a field the most telling first.

        Args:
            blocks: what the page shows.
        """
        titles = [one.value for _, one in self._found if one.field == "title"]
        heading = -1
        for stated in self.body.stated(titles):
            self._state(stated.field, stated.rank, stated.value, stated.start, stated.end)
            heading = stated.start + self.text.layer.offset if stated.field == "title" else heading
        found = choose(sorted(self._found, key=lambda ranked: ranked[0]))
        made = self._making.made(found)

        @cache
        def page() -> str:
            return shown(blocks)

        kept: dict[tuple[str, str], Observation] = {}
        for _, one in best_authors(with_shown_day(found, blocks, heading, made), self._found, page, made):
            kept.setdefault((one.field, one.value), one)
        taken = tuple(kept.values())
        self._left_out = bounded(chain(self._unusable, self._others(taken, page)))
        return taken

    def set_aside(self) -> tuple[Observation, ...]:
        """What `observations` left out, each value with the reason."""
        return self._left_out

    def _others(self, kept: Sequence[Observation], page: Callable[[], str]) -> Iterator[Observation]:
        in_order = sorted(self._found, key=lambda ranked: ranked[0])
        yield from left_out(in_order, kept, IN_HEAD, lambda name: is_shown(name, page()))

    def findings(self) -> tuple[Finding, ...]:
        """What could not be read, and what the page hides of persons."""
        if self._is_over:
            said = f"more than {_MOST_STATED:,} statements"
            self._findings.append(finding(OVERLOADED, where=Where(file=self.text.path), found=said))
        return (*self._findings, *hidden_in_markup(self.text))

    def _meta(self, attributes: dict[str, tuple[str, int, int]]) -> None:
        card = _CARD.match(attributes.get("name", attributes.get("property", ("", 0, 0)))[0])
        if card:
            self._card(card[1], int(card[2]), attributes.get("content", ("", 0, 0)))
            return
        for naming in ("property", "name", "itemprop", "http-equiv"):
            name = attributes.get(naming, ("", 0, 0))[0].strip().lower()
            value, start, end = attributes.get("content", ("", 0, 0))
            self._making.meta(name, value, f"bytes={self._range(start, end)}")
            if name in META:
                name_of_field, rank = META[name]
                self._state(name_of_field, rank, value, start, end)
                return

    def _card(self, part: str, number: int, stated: tuple[str, int, int]) -> None:
        """What a page shows on the card of a link to it: a label, then what it is the label of."""
        if part == "label":
            self._label = number if stated[0].strip().casefold() in WRITTEN_BY else 0
        elif number == self._label:
            self._state("creators", BY_META, *stated)

    def _state(self, name: str | None, rank: int, value: str, start: int, end: int) -> None:
        if name is None:
            return
        usable = _usable(name, value)
        if len(self._found) >= _MOST_STATED:
            self._is_over = self._is_over or bool(usable)
        elif not usable:
            aside = unusable(name, unescape(value), f"bytes={self._range(start, end)}")
            if aside is not None and len(self._unusable) < _MOST_STATED:
                self._unusable.append(aside)
        else:
            locator = f"bytes={self._range(start, end)}"
            is_list = name == "subjects" and rank > 1
            for one in filter(None, _KEYWORDS.split(usable) if is_list else (usable,)):
                self._found.append((rank, Observation(name, one, locator)))

    def _range(self, start: int, end: int) -> str:
        offset = self.text.layer.offset
        return f"{start + offset}-{end + offset}"


def _usable(name: str, stated: str) -> str:
    """The value as the field takes it, or an empty string."""
    value = " ".join(unescape(stated).split()) if "&" in stated else " ".join(stated.split())
    if name == "date_issued":
        edtf = edtf_of(value) or ""
        return "" if edtf in PLACEHOLDERS else edtf
    if name == "language":
        return value.replace("_", "-") if _LANGUAGE.match(value) else ""
    if name in {"source_url", "rights_uri"}:
        return value if _WEB_ADDRESS.match(value) else ""
    if name == "creators" and (_WEB_ADDRESS.match(value) or _MAIL_ADDRESS.search(value)):
        return ""
    return value
