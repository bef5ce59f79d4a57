r"""What the bytes of a file may say besides its text: comments, attributes, properties, parts that nobody is shown.

The whole file is decoded, the parts of a zip and what gzip holds unpacked within bounds. Entities, `\u` escapes and
per cent escapes are undone, and tags are given after what stands around them, so that words which markup divides are
whole.
What other compression or encryption hides is not seen: the streams of a PDF, bodies of mail in base64.
"""

from __future__ import annotations

import codecs
import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from archive.model.charsets import CODECS
from archive.storage.zip_faults import DAMAGE

PIECE = 64 * 1024
"""Bytes that are read at a time."""
WINDOW = 1024 * 1024
"""Characters that are looked at together."""
OVERLAP = 64 * 1024
"""Characters that two windows share, so that nothing is missed where one ends."""
MOST_UNPACKED = 256 * 1024 * 1024
"""Bytes that are unpacked of one file."""
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_UNKNOWN = ("utf-8", "utf-16-le", "utf-16-be")
_NO_BYTES = (*DAMAGE, RuntimeError)
"""What stops the reading of a zip or gzip: damage, or a password."""
_MEMBER_OF_GZIP = 31
"""What zlib calls a header of gzip and the largest window."""
_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")


def texts_in(path: Path, charset: str | None) -> Iterator[str]:
    """All that a file may say, window by window; damaged parts of it are left out.

    Args:
        path: of the file.
        charset: a key of `CODECS`; None where it is not known or the file is no text.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        beginning = file.read(len(_ZIP))
        file.seek(0)
        if beginning == _ZIP:
            yield from _of_zip(file)
        elif beginning.startswith(_GZIP):
            yield from _windows(_whole(_inflated(file)), "utf-8")
        else:
            for codec in _UNKNOWN if charset is None else (CODECS.get(charset, "utf-8"),):
                file.seek(0)
                yield from _windows(_pieces(file), codec)


def _of_zip(file: IO[bytes]) -> Iterator[str]:
    left = MOST_UNPACKED
    try:
        archive = zipfile.ZipFile(file)
    except _NO_BYTES:
        return
    for entry in archive.infolist():
        yield entry.filename
        if entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} and left > 0:
            yield from _windows(_whole(_of_entry(archive, entry, left)), "utf-8")
            left -= entry.file_size


def _of_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        for piece in _pieces(stream):
            yield piece[:most]
            most -= len(piece)
            if most <= 0:
                return


def _inflated(file: IO[bytes]) -> Iterator[bytes]:
    """What gzip holds, one member after the other, as web archives have them."""
    left = MOST_UNPACKED
    unpacking = zlib.decompressobj(_MEMBER_OF_GZIP)
    for piece in _pieces(file):
        data = piece
        while data and left > 0:
            out = unpacking.decompress(data, left)
            yield out
            left -= len(out)
            data = unpacking.unconsumed_tail
            if unpacking.eof:
                data, unpacking = unpacking.unused_data, zlib.decompressobj(_MEMBER_OF_GZIP)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def _whole(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces before any damage."""
    try:
        yield from pieces
    except _NO_BYTES:
        return


def _windows(pieces: Iterator[bytes], codec: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)("replace")
    held = ""
    for piece in pieces:
        held += decoder.decode(piece)
        if len(held) >= OVERLAP + WINDOW:
            yield _said(held)
            held = held[-OVERLAP:]
    yield _said(held)


def _said(text: str) -> str:
    """A text with escapes undone: first white space in the place of its tags, which is forgiven, then the tags."""
    plain = _ESCAPED.sub(_unescaped, text) if "\\u" in text else text
    plain = unquote(html.unescape(plain))
    tags = _TAG.findall(plain)
    return "\n".join([_TAG.sub("\n", plain), *tags]) if tags else plain


def _unescaped(match: re.Match[str]) -> str:
    units = bytes.fromhex(match[0].replace("\\u", ""))
    return units.decode("utf-16-be", "replace")
