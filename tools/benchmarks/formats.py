"""How many documents of each format are packed in a second, on all processors and on one.

The documents hold the same texts, so that what differs is the work of the format. They are written here, in the
plainest form that their programs read; real ones have styles, pictures and fonts beside.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
import textwrap
import zipfile
from collections.abc import Callable, Iterable
from email.message import EmailMessage
from pathlib import Path
from types import MappingProxyType
from xml.sax.saxutils import escape

from benchmarks import corpora
from benchmarks.contests import Contest, Contestant, Scale
from benchmarks.texts import Text, texts

_OURS = (sys.executable, "-m", "archive", "pack", "--quiet")
_CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
_CONTAINER += '<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_A_LINE, _A_PAGE = 90, 54


def _markdown(one: Text) -> bytes:
    return "\n\n".join((f"# {one.title}", *one.paragraphs)).encode()


def _page(one: Text) -> bytes:
    return corpora.as_page(one.title, one.paragraphs).encode()


def _letter(one: Text) -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"], made["Message-ID"] = (
        one.title,
        "A Name <a@example.org>",
        f"<{one.number}@example.org>",
    )
    made["Date"] = "Tue, 05 Mar 2013 10:00:00 +0100"
    made.set_content("\n\n".join(one.paragraphs))
    return bytes(made)


def _zipped(parts: Iterable[tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts:
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(name, part, how)
    return out.getvalue()


def _word_file(one: Text) -> bytes:
    runs = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in one.paragraphs)
    title = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{escape(one.title)}</w:t></w:r></w:p>'
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
    relation = f'<Relationship Id="a" Type="{_OFFICE}" Target="word/document.xml"/>'
    return _zipped(
        (
            ("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>'),
            ("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>'),
            ("word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{title}{runs}</w:body></w:document>'),
        )
    )


def _book(one: Text) -> bytes:
    metadata = (
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(one.title)}</dc:title></metadata>'
    )
    manifest = '<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
    package = f'{metadata}{manifest}<spine><itemref idref="a"/></spine>'
    body = "".join(f"<p>{escape(text)}</p>" for text in one.paragraphs)
    head = f"<head><title>{escape(one.title)}</title></head>"
    return _zipped(
        (
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", _CONTAINER),
            ("a.opf", f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0">{package}</package>'),
            ("a.xhtml", f'<html xmlns="http://www.w3.org/1999/xhtml">{head}<body>{body}</body></html>'),
        )
    )


def _printed(one: Text) -> bytes:
    """A PDF of pages with lines in Helvetica; what Western encodings do not have becomes a question mark."""
    lines = [one.title, *(line for text in one.paragraphs for line in ("", *textwrap.wrap(text, _A_LINE)))]
    pages = [lines[start : start + _A_PAGE] for start in range(0, len(lines), _A_PAGE)]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, page in enumerate(pages):
        shown = b"".join(b"(%s) Tj T*\n" % _in_brackets(line) for line in page)
        drawn = b"BT /F 11 Tf 13 TL 60 760 Td\n%sET" % shown
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F 3 0 R >> >> "
            b"/Contents %d 0 R >>" % (5 + 2 * at)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    return _numbered(objects)


def _in_brackets(line: str) -> bytes:
    data = line.encode("windows-1252", "replace")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _numbered(objects: Iterable[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, start))


def _record(one: Text) -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _page(one)
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{one.number}\r\n"
        f"WARC-Date: 2024-05-03T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{one.number:012d}>\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(page)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + page + b"\r\n\r\n", mtime=0)


def _row(one: Text) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerow((one.number, one.title, "\n\n".join(one.paragraphs)))
    return out.getvalue().encode()


def _in_mailbox(one: Text) -> bytes:
    return b"From a@example.org Tue Mar  5 10:00:00 2013\n" + _letter(one) + b"\n"


_FILES: MappingProxyType[str, tuple[str, Callable[[Text], bytes]]] = MappingProxyType(
    {
        "text": ("txt", lambda one: one.page.encode()),
        "markdown": ("md", _markdown),
        "html": ("html", _page),
        "pdf": ("pdf", _printed),
        "docx": ("docx", _word_file),
        "epub": ("epub", _book),
        "mail": ("eml", _letter),
    }
)
"""Format -> the ending of its files, and what writes one."""
_CONTAINERS: MappingProxyType[str, tuple[str, bytes, Callable[[Text], bytes]]] = MappingProxyType(
    {
        "mailbox": ("all.mbox", b"", _in_mailbox),
        "warc": ("all.warc.gz", b"", _record),
        "csv": ("all.csv", b"id,title,text\r\n", _row),
    }
)
"""Format -> the one file of many documents, how it begins, and what writes one document."""
FORMATS = (*_FILES, *_CONTAINERS)


def contest_of(name: str) -> Callable[[Path, Scale], Contest]:
    """What makes the contest of a format.

    Args:
        name: of the format.
    """

    def contest(place: Path, scale: Scale) -> Contest:
        corpus = corpora.made(place / f"format-{name}-{scale.pages}", lambda folder: _write(name, folder, scale.pages))
        size = sum(one.stat().st_size for one in corpus.rglob("*") if one.is_file())
        packing = (*_OURS, str(corpus), "--to", "{out}")
        rivals = (
            Contestant(
                f"trafilatura, {count} process{'es' if count > 1 else ''}",
                ("trafilatura", "--input-dir", str(corpus), "--output-dir", "{out}", "--parallel", str(count)),
                ("trafilatura",),
            )
            for count in (2, 1)
        )
        return Contest(
            f"format-{name}",
            f"{scale.pages:,} documents as {name} become a bag, with everything on",
            corpus,
            scale.pages,
            size,
            (
                Contestant("archive pack", packing),
                Contestant("archive pack --jobs 1", (*packing, "--jobs", "1")),
                *(rivals if name == "html" else ()),
            ),
        )

    return contest


def _write(name: str, folder: Path, count: int) -> None:
    if name in _FILES:
        ending, written = _FILES[name]
        for one in texts(count):
            (folder / f"{one.number:06d}.{ending}").write_bytes(written(one))
        return
    file, begins, written = _CONTAINERS[name]
    with (folder / file).open("wb") as out:
        out.write(begins)
        for one in texts(count):
            out.write(written(one))
