"""Which kind of container a file is: by its content, and where that does not show it by its name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from itertools import islice
from typing import IO, BinaryIO, cast

from archive.errors import LimitError, StorageError
from archive.model import containers
from archive.model.beginnings import (
    HEAD,
    LONGEST_LINE,
    PDF_MARK,
    PDF_WITHIN,
    WARC_VERSION,
    Beginning,
    are_json_lines,
    beginning_of,
    begins_pdf,
    may_be_json_lines,
    may_become_json_lines,
)
from archive.model.containers import Renames, kind_named
from archive.model.limits import Limits
from archive.storage.compression import MAGIC_NUMBERS, Compression, compression_of, expanded
from archive.storage.tars import BLOCK, looks_like_tar
from archive.storage.zips import read_directory

_DOCUMENT = ""
"""What shows that it is one document, whatever its name says."""
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_FIRST_NAME = 30
"""The byte at which the name of the first entry of a zip begins."""
PARTS_OF_DOCUMENTS = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")
"""Entries by which a zip shows that it is one document, or a program."""
_PARTS = (b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/", *(name.encode() for name in PARTS_OF_DOCUMENTS))
_MOST_ENTRIES = 50
"""Entries among which those stand."""
_WEB_ARCHIVE = re.compile(r"archive/[^/]+\.warc(?:\.gz)?", re.IGNORECASE)
_PACKAGE = "datapackage.json"
_MOST_LOOKED_AT = 10_000
"""Entries of a zip that are looked at, to see whether it is a WACZ."""
_SUM = slice(148, 156)
"""Where the checksum of the first header of a tar stands, in octal digits."""
_OCTAL = b"01234567 \0"
_BOUNDS = Limits()
_BY_FIELDS = {
    Beginning.MAILBOX: containers.MBOX,
    Beginning.LETTER: containers.MAIL,
    Beginning.SAVED_PAGE: _DOCUMENT,
    None: None,
}


def kind_begun(path: str, head: bytes, renames: Renames) -> str | None:
    """The kind of container that a file is, as its beginning shows and its name says.

    Args:
        path: its name.
        head: its beginning, `HEAD` bytes or all there are.
        renames: what corpus.toml calls things in containers.

    Returns:
        The kind; None for a file that is one document and holds no others. What is compressed, a zip, and what seems to
        be JSON lines and goes on, have to be looked at further (`kind_in`).
    """
    shown = _shown(head)
    if shown is None and may_be_json_lines(head):
        is_whole = len(head) < HEAD
        texts = renames.texts
        seem = are_json_lines(head, texts, is_whole=True) if is_whole else may_become_json_lines(head, texts)
        shown = containers.JSON_LINES if seem else None
    return _settled(path, shown, renames)


def kind_in(path: str, stream: IO[bytes], renames: Renames) -> str | None:
    """The same of a file that is open, of which as much is read as is needed.

    Args:
        path: its name.
        stream: the file, which can be sought in.
        renames: what corpus.toml calls things in containers.

    Raises:
        OSError: the file cannot be read.
    """
    stream.seek(0)
    head = stream.read(HEAD)
    shown = _shown(head)
    if shown == containers.ZIP:
        shown = _of_zip(stream)
    elif compression_of(head) is not Compression.NONE:
        shown = _of_compressed(stream, compression_of(head))
    elif shown is None and kind_named(path) != containers.JSON_LINES and may_be_json_lines(head):
        head += stream.read(LONGEST_LINE - len(head))
        is_whole = len(head) < LONGEST_LINE
        shown = containers.JSON_LINES if are_json_lines(head, renames.texts, is_whole=is_whole) else None
    return _settled(path, shown, renames)


def kinds_of(folder: bytes, paths: Iterable[str], renames: Renames) -> dict[str, str]:
    """The kinds of those files in a folder that are containers; one that cannot be read is what its name says.

    Args:
        folder: the folder.
        paths: of the files in it, with surrogates for bytes that are not UTF-8 (PEP 383).
        renames: what corpus.toml calls things in containers.
    """
    found = {}
    columns = frozenset(renames.csv.values())
    for path in paths:
        place = folder + b"/" + path.encode("utf-8", "surrogateescape")
        try:
            kind = _kind_at(place, path, renames, columns)
        except OSError:
            kind = kind_named(path, columns)
        if kind is not None:
            found[path] = kind
    return found


def _kind_at(place: bytes, path: str, renames: Renames, columns: frozenset[str]) -> str | None:
    descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        head = os.read(descriptor, HEAD)
        if _is_plain(head):
            return kind_named(path, columns)
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return kind_in(path, stream, renames)
    finally:
        os.close(descriptor)


_SHOWS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*\{|[!-9;-~]{1,200}[ \t]*:|From |"
    + b"|".join((*map(re.escape, (*_ZIPS, *MAGIC_NUMBERS.values())), WARC_VERSION.pattern))
)


def _is_plain(head: bytes) -> bool:
    """Whether nothing at the beginning of a file may show that it holds others; so it is of most texts."""
    return (
        _SHOWS.match(head) is None
        and PDF_MARK not in head[:PDF_WITHIN]
        and (len(head) < BLOCK or bool(head[_SUM].translate(None, _OCTAL)))
    )


def _settled(path: str, shown: str | None, renames: Renames) -> str | None:
    return kind_named(path, renames.csv.values()) if shown is None else shown or None


def _shown(head: bytes) -> str | None:
    """The kind that the beginning of a file shows: `_DOCUMENT` for a document, None where it does not show any."""
    if head.startswith(_ZIPS):
        return _DOCUMENT if head.startswith(_PARTS, _FIRST_NAME) else containers.ZIP
    if WARC_VERSION.match(head) is not None:
        return containers.WARC
    if not head[_SUM].translate(None, _OCTAL) and looks_like_tar(head):
        return containers.TAR
    if compression_of(head) is not Compression.NONE:
        return None  # some formats keep pieces of what they compress as they are
    shown = _BY_FIELDS.get(beginning_of(head))
    return containers.PDF if shown is None and begins_pdf(head) else shown


def _of_zip(stream: IO[bytes]) -> str | None:
    """What a zip is by the names of its entries; None for one that has none, or whose directory cannot be read."""
    is_packaged = is_archive = is_any = False
    try:
        for number, (name, _) in enumerate(islice(read_directory(cast("BinaryIO", stream), _BOUNDS), _MOST_LOOKED_AT)):
            if number < _MOST_ENTRIES and name in PARTS_OF_DOCUMENTS:
                return _DOCUMENT
            is_any = True
            is_packaged = is_packaged or name == _PACKAGE
            is_archive = is_archive or _WEB_ARCHIVE.fullmatch(name) is not None
            if is_packaged and is_archive:
                return containers.WACZ
    except (StorageError, LimitError):
        return None
    return containers.ZIP if is_any else None


def _of_compressed(stream: IO[bytes], compression: Compression) -> str | None:
    stream.seek(0)
    head = b""
    try:
        out = expanded(cast("BinaryIO", stream), compression, _BOUNDS)
        while len(head) < BLOCK and (piece := out.read(BLOCK - len(head))):
            head += piece
    except (StorageError, LimitError):
        pass  # what came out until then may be enough
    if compression is Compression.GZIP and WARC_VERSION.match(head) is not None:
        return containers.WARC
    return containers.TAR if looks_like_tar(head) else None
