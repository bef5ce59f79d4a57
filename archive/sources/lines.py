r"""Lines of a layer with their bytes: what plain text and Markdown are made of.

A line ends at CR LF, CR, LF, VT, FF, U+2028, U+2029 or, in UTF-8 and UTF-16, U+0085: at what the rule of derivation
takes for a line break.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from archive.model.charsets import CODECS
from archive.model.derivation import BLANKS
from archive.sources.characters.charsets import is_plain
from archive.sources.visible import is_visible

_BREAK = re.compile(rb"\r\n|[\r\n\v\f]")
_UTF8_BREAK = re.compile(rb"\r\n|[\r\n\v\f]|\xc2\x85|\xe2\x80[\xa8\xa9]")
_RARE = (b"\v", b"\f", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9")
_TEXT_BREAK = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_TAB = 8


class Line(NamedTuple):
    """A line that is not blank, without the white space around it; a tuple, since there are many of them.

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


_line: Callable[[tuple[int, int, str, int, int]], Line] = partial(tuple.__new__, Line)  # half of what `Line(...)` takes


def lines(data: bytes, start: int, charset: str) -> Iterable[Line]:
    """The lines of `data` from byte `start` that are not blank.

    Args:
        data: bytes of a layer.
        start: the first byte to look at.
        charset: a key of `archive.model.charsets.CODECS`.
    """
    if charset == "utf-8" and not start and is_plain(data):
        return plain_lines(data)
    return _any_lines(data, start, charset)


def plain_lines(data: bytes) -> Iterator[Line]:
    """The same of bytes that are plain (`is_plain`), as most texts are."""
    blank = start = 0
    for text in data.decode("ascii").split("\n"):
        end = start + len(text)
        if text and text[0] != " " and text[-1] != " ":
            yield _line((start, end, text, blank, 0))
            blank = 0
        elif text and (bare := text.strip(" ")):
            first = end - len(text.lstrip(" "))
            yield _line((first, first + len(bare), bare, blank, first - start))
            blank = 0
        else:
            blank += 1
        start = end + 1


def _any_lines(data: bytes, start: int, charset: str) -> Iterator[Line]:
    codec = CODECS[charset]
    blank = 0
    for begin, written in _parts(data, start, charset):
        if not written:
            blank += 1
            continue
        text = written.decode(codec, "replace")
        # Most lines are as they should be, and are not asked anything further.
        if text.isprintable() and text[:1] not in BLANKS and text[-1:] not in BLANKS:
            yield _line((begin, begin + len(written), text, blank, 0))
            blank = 0
        elif (line := _tight(begin, written, codec)) is not None:
            yield line._replace(gap=blank)
            blank = 0
        else:
            blank += 1


def _parts(data: bytes, start: int, charset: str) -> Iterable[tuple[int, bytes]]:
    """Where each line begins, and its bytes without the line break."""
    if charset.startswith("utf-16"):
        return _utf16_parts(data, start, charset)
    if b"\r" in data or any(rare in data for rare in _RARE):
        return _any_parts(data, start, _UTF8_BREAK if charset == "utf-8" else _BREAK)
    return _unix_parts(data, start)


def _unix_parts(data: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    for written in data[start:].split(b"\n") if start else data.split(b"\n"):
        yield start, written
        start += len(written) + 1


def _any_parts(data: bytes, start: int, pattern: re.Pattern[bytes]) -> Iterator[tuple[int, bytes]]:
    for found in pattern.finditer(data, start):
        yield start, data[start : found.start()]
        start = found.end()
    yield start, data[start:]


def _utf16_parts(data: bytes, start: int, charset: str) -> Iterator[tuple[int, bytes]]:
    whole = len(data) - (len(data) - start) % 2
    text = data[start:whole].decode(CODECS[charset], "surrogatepass")
    place = 0
    for found in _TEXT_BREAK.finditer(text):
        end = start + len(text[place : found.start()].encode("utf-16-le", "surrogatepass"))
        yield start, data[start:end]
        start = end + 2 * len(found[0])
        place = found.end()
    yield start, data[start:]


def _tight(start: int, written: bytes, codec: str) -> Line | None:
    text = written.decode(codec, "replace")
    tight = text.strip(BLANKS)
    if not tight or not (tight.isprintable() or is_visible(tight)):
        return None
    if len(tight) == len(text):
        return Line(start, start + len(written), text, 0, 0)
    before = text[: len(text) - len(text.lstrip(BLANKS))]
    after = text[len(before) + len(tight) :].encode(codec, "replace")
    head = before.encode(codec, "replace")
    first = len(head) if written.startswith(head) else 0
    last = len(written) - (len(after) if written.endswith(after) else 0)
    return Line(start + first, start + last, written[first:last].decode(codec, "replace"), 0, _columns(before))


def _columns(blanks: str) -> int:
    columns = 0
    for blank in blanks:
        columns += _TAB - columns % _TAB if blank == "\t" else 2 if blank == "\u3000" else 1
    return columns
