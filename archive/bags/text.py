"""The text of a tag file: from bytes to numbered lines and back (RFC 8493, 2.3).

Lines end with LF, CR or CR LF and with nothing else: U+0085 and U+2028 may stand in a file name.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from archive.model.bags import Form, Stray
from archive.model.codes import finding
from archive.model.findings import Finding, Where

_MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16": codecs.BOM_UTF16_BE,
    "utf-32": codecs.BOM_UTF32_BE,
}
_LINE = re.compile(r"[^\r\n]++(?:\r\n|\r|\n)?|\r\n|\r|\n")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+()-]{0,59}")
_NOT_CHARSETS = frozenset(
    {"utf-8-sig", "idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem", "palmos"}
)


def codec_of(encoding: str) -> str | None:
    """The codec for the name of a character encoding, or None if there is none.

    >>> codec_of("UTF-8"), codec_of("iso-8859-1"), codec_of("rot13")
    ('utf-8', 'iso8859-1', None)
    """
    if not _NAME.fullmatch(encoding):
        return None
    try:
        b"A".decode(encoding, "ignore")
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return None
    return None if name.replace("_", "-") in _NOT_CHARSETS else name


def decoded(data: bytes, codec: str, file: str, mark: bytes | None = None) -> tuple[str, Form, list[Finding]]:
    """The text of a tag file.

    Args:
        data: the bytes.
        codec: a name from `codec_of`.
        file: the name of the file, for findings.
        mark: the byte-order mark; None where it has to be looked for.

    Returns:
        the text without a byte-order mark; the form that `encoded` needs; what was wrong. Bytes that the encoding does
        not allow make a finding, and the file is then read as UTF-8 with surrogates, so that nothing of it is lost.
    """
    mark, exact = _mark_and_codec(data, codec) if mark is None else (mark, codec)
    rest = data[len(mark) :] if mark else data
    found: list[Finding] = []
    try:
        text = rest.decode(exact)
        intact = exact == "utf-8" or text.encode(exact) == rest  # others may read different bytes as one text
    except UnicodeError:
        intact = False
    if not intact:
        found.append(_not_in_encoding(file, codec))
        mark, exact = (mark, exact) if exact == "utf-8" else (b"", "utf-8")
        text = data[len(mark) :].decode("utf-8", "surrogateescape")
    return text, Form(exact, mark, _ending_of(text)), found


class Decoding:
    """The text of a tag file that may be large, block by block; what `decoded` gives, without holding all of it.

    Only UTF-8 is taken in blocks, since all that is large is in UTF-8.

    Args:
        pieces: the bytes.
        codec: a name from `codec_of`.
        file: the name of the file, for findings.

    Attributes:
        form: as from `decoded`; known once the first block was given.
        found: what was wrong; complete after the last block.
    """

    def __init__(self, pieces: Iterable[bytes], codec: str, file: str) -> None:
        self._pieces, self._codec, self._file = pieces, codec, file
        self.form = Form(codec)
        self.found: list[Finding] = []

    def blocks(self) -> Iterator[str]:
        """The text in order, without a byte-order mark, each block of whole lines; at least one block."""
        if self._codec != "utf-8":
            text, self.form, self.found = decoded(b"".join(self._pieces), self._codec, self._file)
            yield text
            return
        blocks = _whole_lines(self._pieces)
        text, self.form, self.found = decoded(next(blocks, b""), self._codec, self._file)
        yield text
        for block in blocks:
            text, _, found = decoded(block, self._codec, self._file, mark=b"")
            self.found = self.found or found
            yield text


def _whole_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut behind line feeds."""
    rest: list[bytes] = []
    for piece in pieces:
        end = piece.rfind(b"\n") + 1
        if end:
            yield b"".join((*rest, piece[:end]))
            rest.clear()
        rest.append(piece[end:])
    last = b"".join(rest)
    if last:
        yield last


def encoded(text: str, form: Form) -> bytes:
    """The bytes of a tag file: the reverse of `decoded`."""
    return form.mark + text.encode(form.codec, "surrogateescape" if form.codec == "utf-8" else "strict")


def line_at(text: str, place: int) -> re.Match[str]:
    """The line, with its ending, that begins at a place before the end of the text."""
    match = _LINE.match(text, place)
    if match is None:  # pragma: no cover - every character begins a line or ends one
        raise ValueError(place)
    return match


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    r"""The lines with their endings, numbered from 1.

    >>> list(lines_of("a\r\nb\rc\u2028\n\nd"))
    [(1, 'a\r\n'), (2, 'b\r'), (3, 'c\u2028\n'), (4, '\n'), (5, 'd')]
    """
    return enumerate((match.group() for match in _LINE.finditer(text)), start=1)


class Strays:
    """Gathers lines that were not understood.

    Those that follow one another become one, so that millions take no more memory than the file has bytes.
    """

    _MOST_PARTS = 4096

    def __init__(self) -> None:
        self._runs: list[Stray] = []
        self._blocks: list[str] = []
        self._parts: list[str] = []
        self._first = self._next = 0

    def add(self, number: int, raw: str, count: int = 1) -> None:
        """Takes a line with its ending, or several that follow one another; `number` is that of the first."""
        if number != self._next:
            self._flush()
            self._first = number
        self._next = number + count
        self._parts.append(raw)
        if len(self._parts) >= self._MOST_PARTS:
            self._blocks.append("".join(self._parts))
            self._parts.clear()

    def all(self) -> tuple[Stray, ...]:
        """The runs, each with the number of its first line."""
        self._flush()
        return tuple(self._runs)

    def _flush(self) -> None:
        text = "".join((*self._blocks, *self._parts))
        if text:
            self._runs.append(Stray(self._first, text))
        self._blocks.clear()
        self._parts.clear()


def joined(parts: Iterable[Stray]) -> str:
    """The text that numbered lines make up, in the order of their numbers."""
    return "".join(part.raw for part in sorted(parts, key=lambda part: part.line))


def blank_line(file: str, line: int) -> Finding:
    """A blank line in a tag file that has none by its grammar (RFC 8493, appendix A)."""
    return finding("tagfile.blank-line", where=Where(file=file, row=line))


def _mark_and_codec(data: bytes, codec: str) -> tuple[bytes, str]:
    mark = _MARKS.get(codec, b"")
    if not mark:
        return b"", codec
    if data.startswith(mark):
        return mark, codec if codec == "utf-8" else f"{codec}-be"
    if data.startswith(mark[::-1]) and codec != "utf-8":
        return mark[::-1], f"{codec}-le"
    # Without a mark, big-endian is what RFC 2781 (4.3) says for UTF-16, and Unicode for UTF-32.
    return b"", codec if codec == "utf-8" else f"{codec}-be"


def _ending_of(text: str) -> str:
    feed = text.find("\n")
    before = text.find("\r", 0, None if feed < 0 else feed)
    if before < 0:
        return "\n"
    return "\r\n" if before + 1 == feed else "\r"


def _not_in_encoding(file: str, codec: str) -> Finding:
    return finding(
        "tagfile.encoding",
        where=Where(file=file),
        found=f"bytes that are no {codec}",
        expected=f"text in {codec}, as bagit.txt declares",
    )
