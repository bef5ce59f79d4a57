"""The parts of a message with their places in bytes (RFC 2046, 5.1).

The standard library's parser knows no places, so the message is cut here; what it does well, unfolding and decoding
of fields, is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from archive.model.beginnings import FIELD_OF_HEAD
from archive.model.charsets import CODECS, STATEFUL_CODECS
from archive.sources.characters.labels import charset_of_label

DEEPEST = 20
"""Levels of parts in one another; deeper ones are taken as they are."""
MOST = 2000
"""Parts of one message; what is behind them is not looked at."""
LONGEST = 1 << 14
"""Bytes of a field that are looked at; the standard library takes its time over longer ones."""
LONGEST_HEAD = 1 << 20
"""Bytes of a head that are looked at; what is behind them in it is passed over."""
_BLANK_LINE = re.compile(rb"(?:\A|(?<=\n))\r?\n")
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_ENCODED = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=")
_CONTROLS = re.compile(r"[\0-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a head.

    Attributes:
        name: in lower case.
        value: unfolded, not decoded; of a very long one the beginning.
        start: its first byte in the message.
        end: the byte after its value.
    """

    name: str
    value: str
    start: int
    end: int


@dataclass(slots=True)
class Part:
    """A part of a message, or the message itself.

    Attributes:
        number: its place as `1.2`, empty for the message itself (RFC 3501, 6.4.5).
        fields: of its head.
        start: the first byte of its body.
        end: the byte after the last.
        parts: those in it.
        is_cut: whether there are more parts in it than are looked at.
        is_long: whether its head is longer than is looked at.
        usual: its media type where none is stated: in a digest it is a message (RFC 2046, 5.1.5).
    """

    number: str
    fields: tuple[Field, ...]
    start: int
    end: int
    parts: list[Part] = field(default_factory=list)
    is_cut: bool = False
    is_long: bool = False
    usual: str = "text/plain"

    def first(self, name: str) -> Field | None:
        """The first field of a name in lower case, or None."""
        return next((one for one in self.fields if one.name == name), None)

    def value(self, name: str) -> str:
        """Its value, or an empty string."""
        found = self.first(name)
        return found.value if found else ""

    @property
    def media_type(self) -> str:
        """In lower case; the usual one where none is stated (RFC 2045, 5.2)."""
        return self.value("content-type").partition(";")[0].strip().lower() or self.usual

    @property
    def encoding(self) -> str:
        """The transfer encoding, in lower case."""
        return self.value("content-transfer-encoding").strip().lower()

    def parameters(self, name: str) -> Mapping[str, str]:
        """The parameters of a structured field, decoded (RFC 2231)."""
        message = Message()
        message["x"] = _CONTROLS.sub(" ", self.value(name))
        try:
            found = message.get_params(header="x", unquote=True) or []
        except (ValueError, LookupError, HeaderParseError, TypeError, RecursionError):
            return {}
        return {key.lower(): _text_of(value) for key, value in found[1:]}

    def every(self) -> Iterator[Part]:
        """It, and all parts in it, in order."""
        yield self
        for part in self.parts:
            yield from part.every()

    def leaves(self) -> Iterator[Part]:
        """All parts without parts in them, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


def _text_of(value: str | tuple[str | None, str | None, str]) -> str:
    if isinstance(value, str):
        return value
    charset, _, text = value
    try:
        return text.encode("latin-1", "replace").decode(charset or "us-ascii", "replace")
    except LookupError:
        return text


def message_of(data: bytes) -> Part | None:
    """A message with its parts, or None where `data` does not begin with fields."""
    message = head_of(data)
    if message is None:
        return None
    _Cutting(data).cut(message, 0)
    return message


def head_of(data: bytes) -> Part | None:
    """A message without its parts, or None where `data` does not begin with fields."""
    fields, start, is_long = _fields(data, 0, len(data))
    return Part("", fields, start, len(data), is_long=is_long) if fields else None


def _fields(data: bytes, start: int, end: int) -> tuple[tuple[Field, ...], int, bool]:
    """The fields that begin at `start`, where the body begins, and whether there are more of them."""
    found = []
    place = start
    last = min(end, start + LONGEST_HEAD)
    while place < last:
        one = FIELD_OF_HEAD.match(data, place, last)
        if one is None:
            break
        name = one[1].decode("ascii", "replace").lower()
        found.append(Field(name, _FOLD.sub("", _decoded(one[2][:LONGEST])).strip(), place, one.end(2)))
        place = one.end()
    is_long = last < end and b"\n" not in data[place:last]
    blank = (_BLANK_LINE.search if is_long else _BLANK_LINE.match)(data, place, end)
    body = blank.end() if blank else end if is_long else place
    return tuple(found), body, is_long


def _decoded(value: bytes) -> str:
    """Fields are ASCII, or UTF-8 (RFC 6532); what is neither is read as Western, as most such mail is."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("windows-1252", "replace")


class _Cutting:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = MOST

    def cut(self, part: Part, depth: int) -> None:
        if not part.media_type.startswith("multipart/") or depth >= DEEPEST:
            return
        boundary = part.parameters("content-type").get("boundary", "").rstrip()
        if not boundary:
            return
        for number, (start, end) in enumerate(self._pieces(boundary, part.start, part.end), start=1):
            if not self._left:
                part.is_cut = True
                return
            self._left -= 1
            fields, body, is_long = _fields(self._data, start, end)
            name = f"{part.number}.{number}" if part.number else str(number)
            piece = Part(name, fields, body, end, is_long=is_long)
            if part.media_type == "multipart/digest":
                piece.usual = "message/rfc822"
            part.parts.append(piece)
            self.cut(piece, depth + 1)

    def _pieces(self, boundary: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What lies between the lines of a boundary; the line break before one belongs to it (RFC 2046, 5.1.1)."""
        mark = re.escape(boundary.encode("utf-8", "replace"))
        line = re.compile(rb"(?:\A|(?<=\n))--" + mark + rb"(--)?[ \t]*(?:\r?\n|\Z)")
        begun = None
        for found in line.finditer(self._data, start, end):
            if begun is not None:
                stop = found.start()
                stop -= self._data.endswith(b"\r\n", begun, stop) + self._data.endswith(b"\n", begun, stop)
                yield begun, max(begun, stop)
            if found[1]:
                return
            begun = found.end()
        if begun is not None:
            yield begun, end


def text_of_field(value: str) -> str:
    """The text of a field, its encoded words decoded (RFC 2047); what cannot be decoded stays as it is.

    >>> text_of_field("=?utf-8?q?caf=C3=A9?= =?utf-8?b?IQ==?=")
    'café!'
    """
    if not _ENCODED.search(value):
        return _plain(value)
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return _plain(value)
    return _plain("".join(_word(data, label) for data, label in pieces))


def _word(data: bytes | str, label: str | None) -> str:
    if isinstance(data, str):
        return data
    charset = charset_of_label(label) if label else "utf-8"
    codec = CODECS.get(charset or "") or STATEFUL_CODECS.get(charset or "") or "windows-1252"
    return data.decode(codec, "replace")


def _plain(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())
