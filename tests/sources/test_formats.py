from __future__ import annotations

import io
import zipfile

import pytest

from archive.sources import read
from archive.sources.dates import edtf_of, stated_edtf
from tests.contracts.sources import check_reading


def zipped(*names: str, stored: tuple[str, str] | None = None) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in [*([stored] if stored else []), *((name, "x") for name in names)]:
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


OOXML = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("name", "data", "media_type", "puid"),
    [
        ("a.pdf", b"%PDF-1.7\n", "application/pdf", "fmt/276"),
        ("a.pdf", b"%PDF-1.4\n<pdfaid:part>1", "application/pdf", None),
        ("a.pdf", b"%PDF-2.9\n", "application/pdf", None),
        ("a.png", b"\x89PNG\r\n\x1a\n...", "image/png", None),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01", "image/jpeg", "fmt/43"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x09\x09", "image/jpeg", None),
        ("a.jpeg", b"\xff\xd8\xff\xe1\x00\x10Exif\0", "image/jpeg", None),
        ("a.gif", b"GIF89a", "image/gif", "fmt/4"),
        ("a.tif", b"II*\0", "image/tiff", "fmt/353"),
        ("a.webp", b"RIFF....WEBPVP8L", "image/webp", "fmt/567"),
        ("a.webp", b"RIFF....WEBPVP99", "image/webp", None),
        ("a.wav", b"RIFF....WAVEfmt ", "audio/vnd.wave", None),
        ("a.zip", zipped("a", "b"), "application/zip", "x-fmt/263"),
        ("a.docx", zipped("[Content_Types].xml", "word/document.xml"), OOXML + "wordprocessingml.document", "fmt/412"),
        ("a.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), OOXML + "spreadsheetml.sheet", "fmt/214"),
        ("a.zip", zipped("[Content_Types].xml", "x"), "application/zip", "x-fmt/263"),
        ("a.epub", zipped("x", stored=("mimetype", "application/epub+zip")), "application/epub+zip", "fmt/483"),
        ("a.odt", zipped("x", stored=("mimetype", "application/vnd.oasis.opendocument.text")),
         "application/vnd.oasis.opendocument.text", None),
        ("a.gz", b"\x1f\x8b\x08\0", "application/gzip", "x-fmt/266"),
        ("a.warc", b"WARC/1.0\r\n", "application/warc", "fmt/289"),
        ("a.mp4", b"\0\0\0\x20ftypisom", "video/mp4", "fmt/199"),
        ("a.mp4", b"\0\0\0\x20ftypM4V ", "video/mp4", None),
        ("a.avif", b"\0\0\0\x20ftypavif", "image/avif", None),
        ("a.rtf", b"{\\rtf1", "application/rtf", None),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "application/msword", "fmt/111"),
        ("a.tar", b"\0" * 257 + b"ustar\0", "application/x-tar", "x-fmt/265"),
        ("a.mp3", b"\xff\xfb\x90", "audio/mpeg", None),
        ("a.riff", b"RIFF....XXXX\0\1\2\3\4\5", "application/octet-stream", None),
        ("a.txt", b"words", "text/plain", "x-fmt/111"),
        ("a", b"words", "text/plain", "x-fmt/111"),
        ("a.unknown", b"words", "text/plain", "x-fmt/111"),
        ("a.md", b"# x", "text/markdown", "fmt/1149"),
        ("a.csv", b"a,b", "text/csv", "x-fmt/18"),
        ("a.json", b"{}", "application/json", "fmt/817"),
        ("a.jsonl", b"{}", "application/x-ndjson", None),
        ("a.eml", b"From: x", "message/rfc822", "fmt/278"),
        ("a.html", b"<!DOCTYPE html><p>x", "text/html", "fmt/471"),
        ("a.html", b" <!-- x --> <HTML><p>x", "text/html", "fmt/96"),
        ("a.htm", b"<p>x", "text/html", "fmt/96"),
        ("a.xml", b"<?xml version='1.0'?><x/>", "application/xml", "fmt/101"),
        ("a.svg", b"<?xml version='1.0'?><svg/>", "application/xml", "fmt/101"),
        ("a.xhtml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>x",
         "application/xhtml+xml", None),
        ("a.bin", bytes(range(256)) * 9, "application/octet-stream", None),
    ],
)  # fmt: skip
def test_formats(name: str, data: bytes, media_type: str, puid: str | None) -> None:
    reading = read(name, data)
    check_reading(reading)
    assert (reading.media_type, reading.puid) == (media_type, puid)
    assert "format.name-disagrees" not in [one.code for one in reading.findings]


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.pdf", b"words", "text/plain"),
        ("a.pdf", bytes(range(256)) * 9, "bytes of no format known here"),
        ("a.txt", b"%PDF-1.4", "application/pdf"),
        ("a.txt", b"<!doctype html><p>x", "text/html"),
        ("a.html", b"no tag at all", "text/plain"),
        ("a.xml", b"words", "text/plain"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "application/x-ole-storage"),
        ("a.doc", zipped("a"), "application/zip"),
    ],
)
def test_a_name_that_disagrees_is_a_finding(name: str, data: bytes, found: str) -> None:
    reading = read(name, data)
    check_reading(reading)
    assert [one.found for one in reading.findings if one.code == "format.name-disagrees"] == [found]


@pytest.mark.parametrize(
    ("stated", "edtf"),
    [
        ("2017-09-03", "2017-09-03"),
        ("2017-09-03T10:00:00Z", "2017-09-03"),
        ("2017/9/3", "2017-09-03"),
        ("2017.09.03 10:00", "2017-09-03"),
        ("20170903", "2017-09-03"),
        ("20170903101500", None),
        ("2017-09", "2017-09"),
        ("2017", "2017"),
        ("Sun, 03 Sep 2017 10:00:00 +0900", "2017-09-03"),
        ("2017-13-01", None),
        ("2017-13", None),
        ("0000", None),
        ("03/09/2017", None),
        ("yesterday", None),
        ("Sun, 41 Sep 2017", None),
        ("3 Sep 2017", "2017-09-03"),
        ("Sun, 4 Foo 2017", None),
        ("２０１７", None),
        ("", None),
    ],
)
def test_dates(stated: str, edtf: str | None) -> None:
    assert edtf_of(stated) == edtf


def test_edtf_that_a_person_wrote_stays() -> None:
    assert [stated_edtf(one) for one in ("2017~", "2009/2011", "../2011", "Y-1", "no", "~")] == [
        "2017~", "2009/2011", "../2011", "Y-1", None, None,
    ]  # fmt: skip
