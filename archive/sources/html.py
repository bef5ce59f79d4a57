"""HTML, labelled simply: blocks at block elements, their spans the bytes between, hints from the elements.

The tokenizer works on the bytes themselves. In every encoding that a layer may have (UTF-16 is read through a stored
layer in UTF-8) the bytes of `<`, `>`, `=`, `"`, `'`, `&` stand for themselves and are no part of another character,
so places are exact without a map from characters to bytes. What counts as markup is `TAG` of the rule of derivation,
so that the operation `tags` takes out of a span just what this reader passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from archive.model.blocks import Block, Element
from archive.model.charsets import decode
from archive.model.codes import finding
from archive.model.derivation import carry_out
from archive.model.findings import Finding, Where
from archive.model.spans import Span
from archive.sources.elements import BREAKING
from archive.sources.limits import Limits
from archive.sources.nesting import Nesting
from archive.sources.overloaded import MOST_ATTRIBUTES, OVERLOADED, SHORTEST, holds_overloaded, is_overloaded
from archive.sources.pagehead import TELLING_TAGS, PageHead
from archive.sources.protocol import Taken, TextInput
from archive.sources.telling import TellingPlaces
from archive.sources.text import too_many_blocks
from archive.sources.tokens import CDATA, Dialect, dialect_of, tokens
from archive.sources.unshown import DESCRIBED, OF_SECTIONS, OPERATIONS, described_by, words_in
from archive.sources.visible import is_visible

_LINE = re.compile(rb"\r\n|\r|\n")
_WHITE = b" \t\r\n\f"
_LEADS = re.compile(rb"\shref(?=[\s=])", re.IGNORECASE)
_IS_LED_TO = re.compile(rb"\sname(?=[\s=])", re.IGNORECASE)
"""What makes of an `a` that leads nowhere a place that others lead to; it is seldom closed."""
_OF_LICENCE = b"icense"
"""What is in every `a` that leads to a licence, in lower case."""
_LOOKED_AT = DESCRIBED | TELLING_TAGS
_block: Callable[[tuple[Any, ...]], Block] = partial(tuple.__new__, Block)
_span: Callable[[tuple[int, int, int]], Span] = partial(tuple.__new__, Span)
"""Of their values in order, since there are many: in half of the time; the bounds of a run are in order."""


class _TooManyError(Exception):
    """A page has more blocks than one may have."""


def read(text: TextInput, limits: Limits) -> Taken:
    """The blocks of an HTML document and what its head states of it."""
    page = _Page(text, limits, dialect_of(text.layer.data, text.start))
    try:
        page.take()
    except _TooManyError:
        return too_many_blocks(text, limits)
    stated = page.head.observations(page.blocks)
    findings = (*page.overloaded, *page.head.findings())
    if page.has_sections or any(block.operations is OF_SECTIONS for block in page.unshown):
        page.blocks = [block._replace(operations=OF_SECTIONS) for block in page.blocks]
        page.unshown = [block._replace(operations=OF_SECTIONS) for block in page.unshown]
    aside = page.head.set_aside()
    return Taken(tuple(page.blocks), stated, findings, unshown=tuple(page.unshown), set_aside=aside)


@dataclass(slots=True)
class _Page:
    """The blocks so far, and the one that is being gathered."""

    text: TextInput
    limits: Limits
    dialect: Dialect
    unshown: list[Block] = field(default_factory=list)
    overloaded: tuple[Finding, ...] = ()
    has_sections: bool = False
    blocks: list[Block] = field(default_factory=list)
    data: bytes = field(init=False)
    head: PageHead = field(init=False)
    telling: TellingPlaces = field(init=False)
    nesting: Nesting = field(default_factory=Nesting)
    runs: list[tuple[int, int]] = field(default_factory=list)
    breaks: int = 0
    broken: tuple[int, int] = (0, 0)
    blank_lines: int = 0
    in_pre: int = 0
    hint: str = ""
    within: tuple[Element, ...] = ()
    in_link: bool = False
    letters: int = 0
    letters_in_links: int = 0
    apart: bool = True
    first_of_pre: bool = False

    def __post_init__(self) -> None:
        self.data = self.text.layer.data
        self.head = PageHead(self.text)
        self.telling = TellingPlaces(self.data)

    def take(self) -> None:
        """Takes all of the page.

        Raises:
            _TooManyError: it has too many blocks.
        """
        for start, end, name, closes, is_unread in tokens(self.data, self.text.start, len(self.data), self.dialect):
            if not name:
                self._take_text(start, end)
            elif is_unread:
                self._take_unread(name, start, end)
            elif name == b"br":
                self._take_break(start, end)
            elif name == CDATA:
                self.has_sections = True
                self._take_run(start, end, len(self.data[start:end].strip(_WHITE)))
            elif closes:
                self._take_end(name, start)
            else:
                self._take_start(name, start, end)
        self.flush()

    def _take_unread(self, name: bytes, start: int, end: int) -> None:
        self.head.element(name, start, end)
        if not self.overloaded and holds_overloaded(self.data, name, start, end):
            self._take_overloaded(start)
        for words in words_in(self.text, name, start, end, self.dialect):
            self._leave(words)
        self.apart = True

    def _take_start(self, name: bytes, start: int, end: int) -> None:
        if end - start >= SHORTEST and not self.overloaded and is_overloaded(self.data, start, end):
            self._take_overloaded(start)
        if name in _LOOKED_AT:
            self._look_at(name, start, end)
        body = self.head.body
        if body.captures:
            body.nested(name)
        if end > self.telling.silent and end - start > len(name) + 2 and self.telling.tells(start, end):
            body.begin(name, self.data[start:end], start, self.nesting.within())
        if name in BREAKING:
            self.flush()
            self.nesting.begin(name, self.data[start:end])
            if name == b"pre":
                self._take_pre(1)

    def _look_at(self, name: bytes, start: int, end: int) -> None:
        """What some elements say by their names, whatever else they hold."""
        if name in DESCRIBED:
            described = described_by(self.text, name, start, end, self.dialect)
            if described is not None:
                self._leave(described)
                self.apart = True
        elif name != b"a":
            self.head.tag(name, start, end)
        else:
            tag = self.data[start:end]
            lowered = tag.lower()
            is_place = b"name" in lowered and _IS_LED_TO.search(tag) is not None
            self.in_link = not is_place or _LEADS.search(tag) is not None
            if _OF_LICENCE in lowered:
                self.head.tag(name, start, end)

    def _leave(self, words: Block) -> None:
        """Lays by what no browser shows among the text."""
        self.unshown.append(words)
        self._check_number()

    def _check_number(self) -> None:
        if len(self.blocks) + len(self.unshown) > self.limits.most_blocks:
            raise _TooManyError

    def _take_overloaded(self, start: int) -> None:
        place = start + self.text.layer.offset
        where = Where(file=self.text.path, bytes=f"{place}-{place + 1}")
        said = f"more than {MOST_ATTRIBUTES:,} attributes"
        self.overloaded = (finding(OVERLOADED, where=where, found=said),)

    def _take_end(self, name: bytes, start: int) -> None:
        if name == b"a":
            self.in_link = False
        body = self.head.body
        held = body.end(name, start) if body.captures else None
        if held is not None:
            stated = carry_out([decode(self.data[held[0] : held[1]], self.text.layer.charset)], OPERATIONS)
            body.hold(stated, *held)
        if name in BREAKING:
            self.flush()
            self.nesting.end(name)
            if name == b"pre":
                self._take_pre(-1)

    def _take_pre(self, step: int) -> None:
        self.in_pre = max(0, self.in_pre + step)
        self.first_of_pre = True
        self.blank_lines = 0

    def _take_break(self, start: int, end: int) -> None:
        self.breaks += 1
        self.broken = (start, end)
        is_known = self.data[start + 1 : start + 3].lower() == b"br"
        if self.breaks > 1 or self.in_pre or (not is_known and self.dialect.prefixes):
            self.flush()

    def _take_text(self, start: int, end: int) -> None:
        if self.in_pre:
            self._take_lines(start, end)
            return
        size = len(self.data[start:end].strip(_WHITE))
        if size or (self.runs and not self.breaks):
            self._take_run(start, end, size)

    def _take_lines(self, start: int, end: int) -> None:
        for found in _LINE.finditer(self.data, start, end):
            self._take_line(start, found.start())
            if self.runs:
                self.flush()
            else:
                self.blank_lines += 1
            start = found.end()
        self._take_line(start, end)

    def _take_line(self, start: int, end: int) -> None:
        size = len(self.data[start:end].strip(_WHITE))
        if size:
            self._take_run(start, end, size)

    def _take_run(self, start: int, end: int, size: int) -> None:
        """A stretch of text, of so many letters without the white space around them."""
        has_break, self.breaks = self.breaks > 0, 0
        if not self.runs:
            self.hint = self.nesting.hint()
            self.within = self.nesting.within()
            self.letters = self.letters_in_links = 0
        self.letters += size
        if self.in_link:
            self.letters_in_links += size
        if self.apart or not self.runs:
            if has_break and self.runs:
                self.runs.append(self.broken)
            self.runs.append((start, end))
        else:
            self.runs[-1] = (self.runs[-1][0], end)
        self.apart = False

    def flush(self) -> None:
        """Ends the block that is being gathered, if it holds any text."""
        self.breaks, self.apart = 0, True
        if not self.runs:
            return
        runs, self.runs = _trimmed(self.data, self.runs), []
        decoded = self._said(runs)
        if not is_visible(decoded):
            return
        if self.hint == "title":
            self.head.title(decoded, runs[0][0], runs[-1][1])
        elif self.hint == "heading":
            self.head.body.heading(decoded, self.within, runs[0][0], runs[-1][1])
        linked = 100 * self.letters_in_links // max(self.letters, 1)
        offset = self.text.layer.offset
        spans = tuple([_span((0, start + offset, end + offset)) for start, end in runs])
        self.blocks.append(_block((spans, decoded, OPERATIONS, self.hint, self._gap(), 0, "", self.within, linked)))
        self._check_number()

    def _said(self, runs: list[tuple[int, int]]) -> str:
        """The text of some runs."""
        charset = self.text.layer.charset
        text = "".join([decode(self.data[start:end], charset) for start, end in runs])
        if "<" not in text and "&" not in text and "]]>" not in text:
            return text  # there is nothing in it for the operations
        return carry_out((text,), OF_SECTIONS if self.dialect.is_xml else OPERATIONS)

    def _gap(self) -> int:
        gap = self.blank_lines if self.in_pre and not self.first_of_pre else 1
        self.first_of_pre = False
        self.blank_lines = 0
        return gap


def _trimmed(data: bytes, runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The runs without white space at both ends; the first one is never blank."""
    start, end = runs[0]
    runs[0] = (end - len(data[start:end].lstrip(_WHITE)), end)
    while True:
        start, end = runs.pop()
        end = start + len(data[start:end].rstrip(_WHITE))
        if start < end:
            return [*runs, (start, end)]
