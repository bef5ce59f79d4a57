"""Markdown, labelled simply: the marks of headings, list items and quotations are left out of the spans.

Marks within a line (emphasis, links) stay in the text: it is what the file says, and a label needs no rendering. A
heading that is underlined is known by the line after it. Of fenced code the lines are kept and the fences are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.model.blocks import Block
from archive.model.charsets import CODECS, decode
from archive.model.spans import Span
from archive.sources.frontmatter import front_matter
from archive.sources.limits import Limits
from archive.sources.lines import Line, lines
from archive.sources.protocol import Taken, TextInput
from archive.sources.text import too_many_blocks
from archive.sources.visible import is_visible

_MARKS = (
    (re.compile(r"#{1,6}[ \t]+"), "heading"),
    (re.compile(r"(?:>[ \t]?)+[ \t]*"), "quotation"),
    (re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]+"), "list-item"),
)
_FENCE = re.compile(r"`{3,}|~{3,}")
_RULE_MARKS = (frozenset("*"), frozenset("-"), frozenset("_"))
_TABLE_MARKS = frozenset("|-:")
_CODE_INDENT = 4


def read(text: TextInput, limits: Limits) -> Taken:
    """The lines of a Markdown document as blocks, and what its front matter states."""
    matter = front_matter(text)
    page = _Page(text)
    for line in lines(text.layer.data, matter.end, text.layer.charset):
        page.take(line)
        if len(page.blocks) > limits.most_blocks:
            return too_many_blocks(text, limits)
    return Taken(tuple(page.blocks), matter.observations, matter.findings)


@dataclass(slots=True)
class _Page:
    """The blocks so far and what the line before was.

    Attributes:
        fence: the mark that closes the code that is open.
        skipped: how many lines were passed over since the last block.
        may_be_heading: whether the last block is one line of its own, which an underline would make a heading.
    """

    text: TextInput
    blocks: list[Block] = field(default_factory=list)
    fence: str = ""
    skipped: int = 0
    may_be_heading: bool = False

    def take(self, line: Line) -> None:
        gap = line.gap
        line = line._replace(gap=gap + self.skipped)
        if self._passes(line):
            self.skipped = line.gap + 1
            self.may_be_heading = False
            return
        alone = line.gap > 0 or not self.blocks
        self.skipped = 0
        if self.may_be_heading and gap == 0 and _is_one_of(line.text, "=", "-"):
            self.blocks[-1] = self.blocks[-1]._replace(hint="heading")
            self.skipped = 1
            self.may_be_heading = False
            return
        block = self._plain(line) if self.fence else self._marked(line)
        self.may_be_heading = alone and not self.fence and not block.hint
        self.blocks.append(block)

    def _passes(self, line: Line) -> bool:
        """Whether the line holds marks only; opens and closes fences."""
        found = _FENCE.match(line.text)
        if self.fence:
            closes = found is not None and found[0].startswith(self.fence) and found.end() == len(line.text)
            self.fence = "" if closes else self.fence
            return closes
        if found is not None:
            self.fence = found[0]
            return True
        marks = frozenset(line.text) - {" ", "\t"}
        if self.may_be_heading and not line.gap and _is_one_of(line.text, "=", "-"):
            return False
        if marks in _RULE_MARKS and sum(map(line.text.count, marks)) >= 3:
            return True
        return (marks <= _TABLE_MARKS and "|" in marks and "-" in marks) or line.text.strip(" \t#>") == ""

    def _marked(self, line: Line) -> Block:
        if line.indent < _CODE_INDENT or line.text[0] in "-*+0123456789":
            for mark, hint in _MARKS:
                found = mark.match(line.text)
                if found is not None and is_visible(line.text[found.end() :]):
                    return self._block(line, hint, found.end())
        return self._block(line, "table", 0) if line.text.startswith("|") else self._plain(line)

    def _plain(self, line: Line) -> Block:
        return self._block(line, "", 0)

    def _block(self, line: Line, hint: str, mark: int) -> Block:
        layer = self.text.layer
        codec = CODECS[layer.charset]
        start = line.start + len(line.text[:mark].encode(codec))
        end = line.end
        if hint == "heading":
            end -= len(_closing_mark(line.text[mark:]).encode(codec))
        span = Span(0, start + layer.offset, end + layer.offset)
        inner = decode(layer.data[start:end], layer.charset)
        return Block((span,), inner, hint=hint, gap=line.gap, indent=line.indent)


def _closing_mark(heading: str) -> str:
    """The ` ##` that may stand after a heading."""
    without = heading.rstrip("#")
    inner = without.rstrip(" \t")
    return heading[len(inner) :] if is_visible(inner) and len(inner) < len(without) < len(heading) else ""


def _is_one_of(text: str, *marks: str) -> bool:
    return any(not text.strip(mark) for mark in marks)
