"""HTML, labelled simply: blocks at block elements, their spans the bytes between, hints from the elements.

The tokenizer works on the bytes themselves. In every encoding that a layer may have (UTF-16 is read through a stored
layer in UTF-8) the bytes of `<`, `>`, `=`, `"`, `'`, `&` stand for themselves and are no part of another character,
so places are exact without a map from characters to bytes. What counts as markup is `TAG` of the rule of derivation,
so that the operation `tags` takes out of a span just what this reader passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.model.blocks import Block, Element
from archive.model.charsets import decode
from archive.model.codes import finding
from archive.model.derivation import carry_out
from archive.model.findings import Finding, Where
from archive.model.spans import Span
from archive.sources.elements import BLOCKS
from archive.sources.limits import Limits
from archive.sources.nesting import Nesting
from archive.sources.overloaded import MOST_ATTRIBUTES, OVERLOADED, SHORTEST, holds_overloaded, is_overloaded
from archive.sources.pagehead import TELLING_TAGS, PageHead
from archive.sources.protocol import Taken, TextInput
from archive.sources.telling import TellingPlaces
from archive.sources.text import too_many_blocks
from archive.sources.tokens import CDATA, Dialect, Token, dialect_of, tokens
from archive.sources.unshown import DESCRIBED, OF_SECTIONS, OPERATIONS, described_by, words_in
from archive.sources.visible import is_visible

_LINE = re.compile(rb"\r\n|\r|\n")
_NOT_BLANK = re.compile(rb"[^ \t\r\n\f]")
_WHITE = b" \t\r\n\f"
_BREAKING = BLOCKS | {b"button"}
_LEADS = re.compile(rb"\shref(?=[\s=])", re.IGNORECASE)
_IS_LED_TO = re.compile(rb"\sname(?=[\s=])", re.IGNORECASE)
"""What makes of an `a` that leads nowhere a place that others lead to; it is seldom closed."""


def read(text: TextInput, limits: Limits) -> Taken:
    """The blocks of an HTML document and what its head states of it."""
    data = text.layer.data
    page = _Page(text, limits, dialect_of(data, text.start))
    blocks, unshown, most = page.blocks, page.unshown, limits.most_blocks
    for token in tokens(data, text.start, len(data), page.dialect):
        page.take(token)
        if len(blocks) + len(unshown) > most:
            return too_many_blocks(text, limits)
    page.flush()
    if len(blocks) + len(unshown) > most:
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
        self.head = PageHead(self.text)
        self.telling = TellingPlaces(self.text.layer.data)

    def take(self, token: Token) -> None:
        start, end, name, closes, is_unread = token
        if not name:
            self._take_text(start, end)
        elif is_unread:
            self.head.element(name, start, end)
            if not self.overloaded and holds_overloaded(self.text.layer.data, name, start, end):
                self._take_overloaded(start)
            self.unshown.extend(words_in(self.text, name, start, end, self.dialect))
            self.apart = True
        elif name == b"br":
            self._take_break(start, end)
        elif name == CDATA:
            self.has_sections = True
            self._take_run(start, end)
        elif closes:
            self._take_end(name, start)
        else:
            self._take_start(name, start, end)

    def _take_start(self, name: bytes, start: int, end: int) -> None:
        tag = self.text.layer.data[start:end]
        if end - start >= SHORTEST and not self.overloaded and is_overloaded(self.text.layer.data, start, end):
            self._take_overloaded(start)
        if name in DESCRIBED:
            self._take_description(name, start, end)
        if name == b"a":
            self.in_link = _IS_LED_TO.search(tag) is None or _LEADS.search(tag) is not None
        if name in TELLING_TAGS:
            self.head.tag(name, start, end)
        body = self.head.body
        body.nested(name)
        if len(tag) > len(name) + 2 and self.telling.tells(start, end):
            body.begin(name, tag, start, self.nesting.within())
        if name in _BREAKING:
            self.flush()
            self.nesting.begin(name, tag)
            if name == b"pre":
                self._take_pre(1)

    def _take_description(self, name: bytes, start: int, end: int) -> None:
        described = described_by(self.text, name, start, end, self.dialect)
        if described is not None:
            self.unshown.append(described)
            self.apart = True

    def _take_overloaded(self, start: int) -> None:
        place = start + self.text.layer.offset
        where = Where(file=self.text.path, bytes=f"{place}-{place + 1}")
        said = f"more than {MOST_ATTRIBUTES:,} attributes"
        self.overloaded = (finding(OVERLOADED, where=where, found=said),)

    def _take_end(self, name: bytes, start: int) -> None:
        if name == b"a":
            self.in_link = False
        held = self.head.body.end(name, start)
        if held is not None:
            layer = self.text.layer
            stated = carry_out([decode(layer.data[held[0] : held[1]], layer.charset)], OPERATIONS)
            self.head.body.hold(stated, *held)
        if name in _BREAKING:
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
        is_known = self.text.layer.data[start + 1 : start + 3].lower() == b"br"
        if self.breaks > 1 or self.in_pre or (not is_known and self.dialect.prefixes):
            self.flush()

    def _take_text(self, start: int, end: int) -> None:
        if self.in_pre:
            self._take_lines(start, end)
        elif (self.runs and not self.breaks) or _NOT_BLANK.search(self.text.layer.data, start, end) is not None:
            self._take_run(start, end)

    def _take_lines(self, start: int, end: int) -> None:
        data = self.text.layer.data
        for found in _LINE.finditer(data, start, end):
            self._take_line(start, found.start())
            if self.runs:
                self.flush()
            else:
                self.blank_lines += 1
            start = found.end()
        self._take_line(start, end)

    def _take_line(self, start: int, end: int) -> None:
        if _NOT_BLANK.search(self.text.layer.data, start, end) is not None:
            self._take_run(start, end)

    def _take_run(self, start: int, end: int) -> None:
        has_break, self.breaks = self.breaks > 0, 0
        if not self.runs:
            self.hint = self.nesting.hint()
            self.within = self.nesting.within()
            self.letters = self.letters_in_links = 0
        size = len(self.text.layer.data[start:end].strip(_WHITE))
        self.letters += size
        self.letters_in_links += size if self.in_link else 0
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
        runs, self.runs = self.runs, []
        layer = self.text.layer
        runs = _trimmed(layer.data, runs)
        parts = [layer.data[start:end] for start, end in runs]
        operations = OF_SECTIONS if self.dialect.is_xml else OPERATIONS
        decoded = carry_out([decode(part, layer.charset) for part in parts], operations)
        if not is_visible(decoded):
            return
        if self.hint == "title":
            self.head.title(decoded, runs[0][0], runs[-1][1])
        elif self.hint == "heading":
            self.head.body.heading(decoded, self.within, runs[0][0], runs[-1][1])
        linked = 100 * self.letters_in_links // max(self.letters, 1)
        spans = tuple(Span(0, start + layer.offset, end + layer.offset) for start, end in runs)
        self.blocks.append(
            Block(spans, decoded, OPERATIONS, self.hint, gap=self._gap(), within=self.within, linked=linked)
        )

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
