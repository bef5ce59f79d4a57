"""Writes a derived layer and the blocks that stand in it, together, so that neither can say what the other does not."""

from __future__ import annotations

import re

from archive.model.blocks import Block
from archive.model.derivation import BLANKS
from archive.model.spans import Span
from archive.sources.limits import Limits
from archive.sources.visible import is_visible

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_BLANK_LINES = 3
_OF_ONE_LINE = frozenset({"title", "heading", "table", "caption", "navigation", "running"})


class TooMuchTextError(Exception):
    """A document holds more text, or more pieces of it, than is read.

    Attributes:
        code: of the finding that says so.
        found: what there is.
        expected: what there may be at most.
    """

    def __init__(self, code: str, found: str, expected: str) -> None:
        super().__init__(code, found, expected)
        self.code = code
        self.found = found
        self.expected = expected


class LayerWriter:
    """A layer in the making: UTF-8, one run of lines for each block, blank lines where the blocks have a gap.

    Args:
        limits: how much text there may be.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._data = bytearray()
        self.blocks: list[Block] = []
        self.unshown: list[Block] = []

    @property
    def data(self) -> bytes:
        """What was written."""
        return bytes(self._data) + b"\n" if self._data else b""

    def add(self, text: str, *, hint: str = "", gap: int = 1, indent: int = 0, locator: str = "") -> None:
        """Writes one block; what nobody could see is left out.

        Args:
            text: one line or several.
            hint: as `Block.hint`.
            gap: blank lines before it.
            indent: as `Block.indent`.
            locator: as `Block.locator`.

        Raises:
            TooMuchTextError: the layer or the number of blocks would pass its bound.
        """
        text = _LONE_SURROGATE.sub("\ufffd", text)
        if is_visible(text):
            spans = (self._written(text, gap),)
            self.blocks.append(Block(spans, text, hint=hint, gap=gap, indent=indent, locator=locator))
            self._check()

    def add_unshown(self, text: str, *, hint: str, locator: str) -> None:
        """Writes words that nobody is shown among the text (`Reading.unshown`).

        Args:
            text: one line.
            hint: as there.
            locator: as `Block.locator`.

        Raises:
            TooMuchTextError: as for `add`.
        """
        text = _LONE_SURROGATE.sub("\ufffd", text)
        if is_visible(text):
            self.unshown.append(Block((self._written(text, 1),), text, hint=hint, locator=locator))
            self._check()

    def _written(self, text: str, gap: int) -> Span:
        if self._data:
            self._data += b"\n" * (1 + min(gap, _MOST_BLANK_LINES))
        start = len(self._data)
        self._data += text.encode("utf-8")
        return Span(0, start, len(self._data))

    def add_lines(self, text: str, *, hint: str = "", locator: str = "") -> None:
        """Writes a paragraph whose author broke its lines: each is a block, but of a title, a heading or a cell.

        White space at the ends of lines is left out, as no passage keeps it.

        Args:
            text: one line or several.
            hint: as `Block.hint`.
            locator: as `Block.locator`.

        Raises:
            TooMuchTextError: as for `add`.
        """
        if hint in _OF_ONE_LINE:
            self.add(" ".join(text.split("\n")).strip(BLANKS), hint=hint, locator=locator)
            return
        for number, line in enumerate(text.split("\n")):
            self.add(line.strip(BLANKS), hint=hint, gap=0 if number else 1, locator=locator)

    def go_on(self, block: int, text: str, *, locator: str) -> None:
        """Writes more of a block that was written before, behind what came between.

        Args:
            block: its index in `blocks`.
            text: what it goes on with.
            locator: of the whole block from now on.

        Raises:
            TooMuchTextError: as for `add`.
        """
        text = _LONE_SURROGATE.sub("\ufffd", text)
        self._data += b"\n"
        start = len(self._data)
        self._data += text.encode("utf-8")
        before = self.blocks[block]
        spans = (*before.spans, Span(0, start, len(self._data)))
        self.blocks[block] = before._replace(spans=spans, text=before.text + text, locator=locator)
        self._check()

    def new_page(self) -> None:
        """Marks the end of a page with a form feed, as programs that print text do."""
        if self._data:
            self._data += b"\n\f"

    def _check(self) -> None:
        most = self._limits.largest_text
        if len(self._data) > most:
            raise TooMuchTextError("text.too-large", f"more than {most:,} bytes of text", f"at most {most:,} bytes")
        if len(self.blocks) + len(self.unshown) > self._limits.most_blocks:
            most = self._limits.most_blocks
            raise TooMuchTextError("text.too-many-blocks", f"more than {most:,} pieces of text", f"at most {most:,}")
