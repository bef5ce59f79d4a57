"""Formats that show themselves by their first bytes, with their IANA and PRONOM names.

PRONOM identifiers are given only where the bytes looked at here decide on them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


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


_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

_BY_BEGINNING: tuple[tuple[bytes, str, str | None], ...] = (
    (b"GIF87a", "image/gif", "fmt/3"),
    (b"GIF89a", "image/gif", "fmt/4"),
    (b"\x89PNG\r\n\x1a\n", "image/png", None),
    (b"\xff\xd8\xff", "image/jpeg", None),
    (b"II*\0", "image/tiff", "fmt/353"),
    (b"MM\0*", "image/tiff", "fmt/353"),
    (b"\x1f\x8b\x08", "application/gzip", "x-fmt/266"),
    (b"BZh", "application/x-bzip2", None),
    (b"\xfd7zXZ\0", "application/x-xz", None),
    (b"\x28\xb5\x2f\xfd", "application/zstd", None),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", "fmt/484"),
    (b"Rar!\x1a\x07", "application/vnd.rar", None),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", "fmt/111"),
    (b"WARC/", "application/warc", "fmt/289"),
    (b"{\\rtf", "application/rtf", None),
    (b"%!PS", "application/postscript", None),
    (b"ID3", "audio/mpeg", None),
    (b"OggS", "application/ogg", None),
    (b"fLaC", "audio/flac", None),
    (b"\x1a\x45\xdf\xa3", "video/x-matroska", None),
    (b"SQLite format 3\0", "application/vnd.sqlite3", "fmt/729"),
    (b"PAR1", "application/vnd.apache.parquet", None),
)
_PDF = re.compile(rb"%PDF-([12]\.[0-9])")
_PDF_PUIDS = {f"1.{minor}": f"fmt/{14 + minor}" for minor in range(7)} | {"1.7": "fmt/276", "2.0": "fmt/1129"}
_JFIF = {b"\x01\x00": "fmt/42", b"\x01\x01": "fmt/43", b"\x01\x02": "fmt/44"}
_WEBP = {b"VP8 ": "fmt/566", b"VP8L": "fmt/567", b"VP8X": "fmt/568"}
_RIFF = {b"WAVE": "audio/vnd.wave", b"AVI ": "video/vnd.avi"}
_OOXML = (
    (b"word/document.xml", _OFFICE + "wordprocessingml.document", "fmt/412"),
    (b"xl/workbook.xml", _OFFICE + "spreadsheetml.sheet", "fmt/214"),
    (b"ppt/presentation.xml", _OFFICE + "presentationml.presentation", "fmt/215"),
)
_STORED_MEDIA_TYPE = re.compile(
    rb"PK\x03\x04.{26}mimetype(application/(?:epub\+zip|vnd\.oasis\.opendocument\.[a-z]+))", re.DOTALL
)
_ZIP_DIRECTORY = 256 * 1024


def by_signature(data: bytes) -> Format | None:
    """The format that the bytes show, or None where they show none (text shows none)."""
    for special in (_pdf, _jpeg, _riff, _zip, _others):
        found = special(data)
        if found is not None:
            return found
    for beginning, media_type, puid in _BY_BEGINNING:
        if data.startswith(beginning):
            return Format(media_type, puid, "signature" if puid else "")
    return None


def _pdf(data: bytes) -> Format | None:
    found = _PDF.search(data, 0, 1024)
    if found is None:
        return None
    puid = None if b"pdfaid:part" in data or b"pdfxid:" in data else _PDF_PUIDS.get(found[1].decode("ascii"))
    return Format("application/pdf", puid, "signature" if puid else "")


def _jpeg(data: bytes) -> Format | None:
    if data[:3] == b"\xff\xd8\xff" and data[6:11] == b"JFIF\0":
        puid = _JFIF.get(data[11:13])
        return Format("image/jpeg", puid, "signature" if puid else "")
    return None


def _riff(data: bytes) -> Format | None:
    if data[:4] != b"RIFF":
        return None
    if data[8:12] == b"WEBP":
        puid = _WEBP.get(data[12:16])
        return Format("image/webp", puid, "signature" if puid else "")
    media_type = _RIFF.get(data[8:12])
    return Format(media_type) if media_type else None


def _zip(data: bytes) -> Format | None:
    if data[:4] not in {b"PK\x03\x04", b"PK\x05\x06"}:
        return None
    stored = _STORED_MEDIA_TYPE.match(data)
    if stored is not None:
        media_type = stored[1].decode("ascii")
        puid = "fmt/483" if media_type == "application/epub+zip" else None
        return Format(media_type, puid, "container" if puid else "")
    names = data[-_ZIP_DIRECTORY:]
    if b"[Content_Types].xml" in names:
        for member, media_type, puid in _OOXML:
            if member in names:
                return Format(media_type, puid, "container")
    return Format("application/zip", "x-fmt/263", "signature")


def _others(data: bytes) -> Format | None:
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        if brand in {b"avif", b"heic"}:
            return Format(f"image/{brand.decode('ascii')}")
        return Format("video/mp4", "fmt/199", "signature") if brand[:3] in {b"iso", b"mp4"} else Format("video/mp4")
    if data[257:262] == b"ustar":
        return Format("application/x-tar", "x-fmt/265", "signature")
    if data[:2] == b"\xff\xfb":
        return Format("audio/mpeg")
    return None
