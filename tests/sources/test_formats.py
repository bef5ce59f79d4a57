from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.sources import read
from archive.sources.dates import edtf_of, stated_edtf
from archive.sources.formats import ending_of, of_pronom
from archive.sources.pronom import Identified, identify
from archive.sources.signatures import Format
from tests.contracts.sources import check_reading
from tests.sources.opaque import BOOK, OPEN_TEXT, WORD, docx, epub, lines, odt, pdf, word


@given(st.text(st.sampled_from("a.T/ "), max_size=12))
def test_the_ending_of_a_name_is_what_paths_have(path: str) -> None:
    assert ending_of(path) == PurePosixPath(path).suffix.lower()


def zipped(*names: str, stored: tuple[str, str] | None = None) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in [*([stored] if stored else []), *((name, "x") for name in names)]:
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


OOXML = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.pdf", b"%PDF-1.7\n", "application/pdf"),
        ("a.png", b"\x89PNG\r\n\x1a\n...", "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe1\x00\x10Exif\0", "image/jpeg"),
        ("a.gif", b"GIF89a", "image/gif"),
        ("a.tif", b"II*\0", "image/tiff"),
        ("a.webp", b"RIFF....WEBPVP8L", "image/webp"),
        ("a.wav", b"RIFF....WAVEfmt ", "audio/vnd.wave"),
        ("a.zip", zipped("a", "b"), "application/zip"),
        ("a.docx", zipped("[Content_Types].xml", "word/document.xml"), OOXML + "wordprocessingml.document"),
        ("a.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), OOXML + "spreadsheetml.sheet"),
        ("a.zip", zipped("[Content_Types].xml", "x"), "application/zip"),
        ("a.epub", zipped("x", stored=("mimetype", "application/epub+zip")), "application/epub+zip"),
        ("a.odt", zipped("x", stored=("mimetype", OPEN_TEXT)), OPEN_TEXT),
        ("a.gz", b"\x1f\x8b\x08\0", "application/gzip"),
        ("a.warc", b"WARC/1.0\r\n", "application/warc"),
        ("a.mp4", b"\0\0\0\x20ftypisom", "video/mp4"),
        ("a.avif", b"\0\0\0\x20ftypavif", "image/avif"),
        ("a.rtf", b"{\\rtf1", "application/rtf"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "application/msword"),
        ("a.tar", b"\0" * 257 + b"ustar\0", "application/x-tar"),
        ("a.mp3", b"\xff\xfb\x90", "audio/mpeg"),
        ("a.riff", b"RIFF....XXXX\0\1\2\3\4\5", "application/octet-stream"),
        ("a.bin", bytes(range(256)) * 9, "application/octet-stream"),
    ],
)
def test_formats_that_are_no_text(name: str, data: bytes, media_type: str) -> None:
    reading = read(name, data)
    check_reading(reading)
    assert reading.media_type == media_type
    assert "format.name-disagrees" not in [one.code for one in reading.findings]


GIF = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff\x21\xf9\4\0\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\1D\0;"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0..........\xff\xd9"


@pytest.mark.parametrize("name", ["a", "a.txt"])
@pytest.mark.parametrize(
    ("data", "media_type", "puid", "basis"),
    [
        (pdf([lines("Words.")]), "application/pdf", "fmt/18", "signature"),
        (docx(word("Words.")), WORD, "fmt/412", "container"),
        (odt("<text:p>Words.</text:p>"), OPEN_TEXT, "fmt/291", "container"),
        (epub({"a.xhtml": "<p>Words.</p>"}), BOOK, "fmt/483", "container"),
        (zipped("a", "b"), "application/zip", "x-fmt/263", "signature"),
        (GIF, "image/gif", "fmt/4", "signature"),
        (JPEG, "image/jpeg", "fmt/43", "signature"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n", "application/warc", "fmt/1355", "signature"),
        (b"\0" * 99, "application/octet-stream", None, ""),
    ],
)
def test_pronom_tells_by_the_bytes_alone(name: str, data: bytes, media_type: str, puid: str | None, basis: str) -> None:
    reading = read(name, data)
    assert (reading.media_type, reading.puid, reading.puid_basis) == (media_type, puid, basis)


@pytest.mark.parametrize(
    "doctype",
    [
        b"",
        b"<!doctype html>",
        b'<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">',
        b'<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">',
        b'<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">',
        b'<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">',
        b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">',
        b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/xhtml11.dtd">',
    ],
)
def test_our_table_of_html_agrees_with_pronom(doctype: bytes) -> None:
    page = doctype + b'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>x</body></html>'
    reading = read("a.html", page)
    assert reading.puid == identify([page]).puid
    assert reading.puid is not None


def test_pronom_says_what_our_signatures_do_not() -> None:
    assert identify([]) == Identified()
    generic = Format("application/zip")
    assert of_pronom(generic, Identified("fmt/1", "container", "application/x")).media_type == "application/x"
    assert of_pronom(generic, Identified("fmt/1", "container")).media_type == "application/zip"
    assert of_pronom(Format("image/png"), Identified("fmt/1", "signature", "image/x")).media_type == "image/png"


@pytest.mark.parametrize(
    ("name", "data", "media_type", "puid"),
    [
        ("a.txt", b"words", "text/plain", "x-fmt/111"),
        ("a", b"words", "text/plain", "x-fmt/111"),
        ("a.unknown", b"words", "text/plain", "x-fmt/111"),
        ("a.md", b"# x", "text/markdown", "fmt/1149"),
        ("a.csv", b"a,b", "text/csv", "x-fmt/18"),
        ("a.json", b"{}", "application/json", "fmt/817"),
        ("a.eml", b"From: x", "message/rfc822", "fmt/278"),
        ("a.html", b"<!DOCTYPE html><p>x", "text/html", "fmt/471"),
        ("a.html", b" <!-- x --> <HTML><p>x", "text/html", "fmt/96"),
        ("a.htm", b"<p>x", "text/html", "fmt/96"),
        ("a.xml", b"<?xml version='1.0'?><x/>", "application/xml", "fmt/101"),
        ("a.xml", b"<?xml version='1.0'?><x><html></html></x>", "application/xml", "fmt/101"),
        ("a.html", b"<?xml version='1.0'?>\n<!-- a - b -->\n<html lang=en><p>x", "text/html", "fmt/96"),
        ("a.svg", b"<?xml version='1.0'?><svg/>", "application/xml", "fmt/101"),
        ("a.xhtml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>x",
         "application/xhtml+xml", None),
    ],
)  # fmt: skip
def test_formats_that_are_text(name: str, data: bytes, media_type: str, puid: str | None) -> None:
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


def test_json_lines_that_are_read_as_a_whole_are_plain_text() -> None:
    reading = read("a.jsonl", b"no object\n")
    assert (reading.media_type, [one.code for one in reading.findings]) == ("text/plain", ["format.name-disagrees"])
