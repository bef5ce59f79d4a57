r"""Lines of a layer with their bytes: what plain text and Markdown are made of.

A line ends at CR LF, CR, LF, VT, FF, U+2028, U+2029 or, in UTF-8 and UTF-16, U+0085: at what the rule of derivation
takes for a line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.model.charsets import CODECS
from archive.model.derivation import BLANKS
from archive.sources.visible import is_visible

_ORDINARY_BREAK = re.compile(rb"\r\n|\r|\n")
_BREAK = re.compile(rb"\r\n|[\r\n\v\f]")
_UTF8_BREAK = re.compile(rb"\r\n|[\r\n\v\f]|\xc2\x85|\xe2\x80[\xa8\xa9]")
_UTF8_RARE = (b"\v", b"\f", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9")
_TEXT_BREAK = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_TAB = 8


@dataclass(slots=True)
class Line:
    """A line that is not blank, without the white space around it.

    Attributes:
        start: its first byte in the data.
        end: the byte after its last.
        text: what the bytes say.
        gap: the number of blank lines before it.
        indent: the columns of white space before it.
    """

    start: int
    end: int
    text: str
    gap: int
    indent: int


def lines(data: bytes, start: int, charset: str) -> Iterator[Line]:
    """The lines of `data` from byte `start` that are not blank.

    Args:
        data: bytes of a layer.
        start: the first byte to look at.
        charset: a key of `archive.model.charsets.CODECS`.
    """
    codec = CODECS[charset]
    blank = 0
    for begin, end in _ranges(data, start, charset):
        line = _tight(data, begin, end, codec) if end > begin else None
        if line is None:
            blank += 1
        else:
            line.gap = blank
            blank = 0
            yield line


def _ranges(data: bytes, start: int, charset: str) -> Iterator[tuple[int, int]]:
    if charset.startswith("utf-16"):
        yield from _utf16_ranges(data, start, charset)
        return
    pattern = _BREAK
    if charset == "utf-8":
        pattern = _UTF8_BREAK if any(rare in data for rare in _UTF8_RARE) else _ORDINARY_BREAK
    for found in pattern.finditer(data, start):
        yield start, found.start()
        start = found.end()
    yield start, len(data)


def _utf16_ranges(data: bytes, start: int, charset: str) -> Iterator[tuple[int, int]]:
    whole = len(data) - (len(data) - start) % 2
    text = data[start:whole].decode(CODECS[charset], "surrogatepass")
    place = 0
    for found in _TEXT_BREAK.finditer(text):
        end = start + _utf16_bytes(text[place : found.start()])
        yield start, end
        start = end + 2 * len(found[0])
        place = found.end()
    yield start, len(data)


def _utf16_bytes(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass"))


def _tight(data: bytes, start: int, end: int, codec: str) -> Line | None:
    text = data[start:end].decode(codec, "replace")
    tight = text.strip(BLANKS)
    if not tight or not (tight.isprintable() or is_visible(tight)):
        return None
    if len(tight) == len(text):
        return Line(start, end, text, 0, 0)
    before = text[: len(text) - len(text.lstrip(BLANKS))]
    after = text[len(before) + len(tight) :]
    inner_start = start + _width(data[start:end], before, codec)
    inner_end = end - _width(data[inner_start:end], after, codec, at_end=True)
    if inner_end - inner_start != end - start - len(before) - len(after):
        tight = data[inner_start:inner_end].decode(codec, "replace")
    return Line(inner_start, inner_end, tight, 0, _columns(before))


def _width(data: bytes, blanks: str, codec: str, *, at_end: bool = False) -> int:
    """The number of bytes that `blanks` take up in `data`; 0 where the charset writes them in an uncommon way."""
    written = blanks.encode(codec, "replace")
    return len(written) if (data.endswith if at_end else data.startswith)(written) else 0


def _columns(blanks: str) -> int:
    columns = 0
    for blank in blanks:
        columns += _TAB - columns % _TAB if blank == "\t" else 2 if blank == "\u3000" else 1
    return columns
