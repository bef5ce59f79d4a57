"""Formats that show themselves by their first bytes, with their IANA names: which reader a document gets.

The PRONOM identifier of such a document is found by PRONOM's own signatures (`archive.sources.pronom`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.model.beginnings import WARC_VERSION, begins_pdf
from archive.model.blocks import Reading
from archive.model.findings import Finding


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    Attributes:
        media_type: as IANA registers it, where it does.
        puid: the PRONOM identifier, or None.
        basis: how it was found: `signature`, `container`, `extension`, or an empty string.
    """

    media_type: str
    puid: str | None = None
    basis: str = ""

    @property
    def puid_basis(self) -> str:
        """How the identifier was found; an empty string where there is none."""
        return self.basis if self.puid else ""

    def unread(self, *findings: Finding, charset: str | None = None) -> Reading:
        """The reading of a document of this format that no text is taken from.

        Args:
            findings: what is to be said of it.
            charset: its encoding, where that is known.
        """
        return Reading(
            self.media_type, self.puid, self.puid_basis, charset=charset, findings=findings, text_was_read=False
        )


_OFFICE = "application/vnd.openxmlformats-officedocument."

_BY_BEGINNING: tuple[tuple[bytes, str], ...] = (
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS", "application/postscript"),
    (b"OggS\0", "application/ogg"),
    (b"fLaC\0", "audio/flac"),
    (b"fLaC\x80", "audio/flac"),
    (b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"PAR1", "application/vnd.apache.parquet"),
)
_BEGINNINGS = tuple(beginning for beginning, _ in _BY_BEGINNING)
_FIRST = frozenset(beginning[:1] for beginning in (*_BEGINNINGS, b"RIFF", b"PK", b"\xff", b"BZh", b"WARC", b"ID3"))
"""What all begin with that are told by what stands at their very beginning."""
_IN_LETTERS = re.compile(
    rb"(?P<bzip2>BZh[1-9](?:1AY&SY|\x17rE8P\x90))|(?P<warc>" + WARC_VERSION.pattern + rb")|(?P<id3>ID3[\2-\4])"
)
"""Beginnings of which a text may have the first letters, since they are some: a text about ID3 tags is none."""
_NAMED_IN_LETTERS = {"bzip2": "application/x-bzip2", "warc": "application/warc", "id3": "audio/mpeg"}
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/vnd.wave", b"AVI ": "video/vnd.avi"}
_OOXML = (
    (b"word/document.xml", _OFFICE + "wordprocessingml.document"),
    (b"xl/workbook.xml", _OFFICE + "spreadsheetml.sheet"),
    (b"ppt/presentation.xml", _OFFICE + "presentationml.presentation"),
)
_STORED_MEDIA_TYPE = re.compile(
    rb"PK\x03\x04.{26}mimetype(application/(?:epub\+zip|vnd\.oasis\.opendocument\.[a-z]+))", re.DOTALL
)
ZIP_DIRECTORY = 256 * 1024
"""Bytes at the end of a zip that say which kind of document it is."""


def by_signature(data: bytes) -> Format | None:
    """The format that the bytes show, or None where they show none (text shows none)."""
    may_be_one = data[:1] in _FIRST or data[4:8] == b"ftyp" or data[257:262] == b"ustar"
    media_type = (_riff(data) or _zip(data) or _others(data)) if may_be_one else None
    if may_be_one and media_type is None and data.startswith(_BEGINNINGS):
        media_type = next(named for beginning, named in _BY_BEGINNING if data.startswith(beginning))
    # Last, since a PDF may stand near the beginning of what holds it.
    if media_type is None and begins_pdf(data):
        media_type = "application/pdf"
    return Format(media_type) if media_type else None


def _riff(data: bytes) -> str | None:
    return _RIFF.get(data[8:12]) if data[:4] == b"RIFF" else None


def _zip(data: bytes) -> str | None:
    if data[:4] not in {b"PK\x03\x04", b"PK\x05\x06"}:
        return None
    stored = _STORED_MEDIA_TYPE.match(data)
    if stored is not None:
        return stored[1].decode("ascii")
    names = data[-ZIP_DIRECTORY:]
    if b"[Content_Types].xml" in names:
        for member, media_type in _OOXML:
            if member in names:
                return media_type
    return "application/zip"


def _others(data: bytes) -> str | None:
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        return f"image/{brand.decode('ascii')}" if brand in {b"avif", b"heic"} else "video/mp4"
    if data[257:262] == b"ustar":
        return "application/x-tar"
    if data[:2] == b"\xff\xfb":
        return "audio/mpeg"
    shown = _IN_LETTERS.match(data)
    return None if shown is None or shown.lastgroup is None else _NAMED_IN_LETTERS[shown.lastgroup]
