"""Documents in formats whose bytes do not hold the text plainly, made by hand, as small as they can be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import NamedTuple

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
BOOK = "application/epub+zip"


class Shown(NamedTuple):
    """A line on a page: where it begins, in points from the lower left, and what it says."""

    left: float
    bottom: float
    text: str
    size: float = 11
    invisible: bool = False


def lines(*texts: str, top: float = 720, left: float = 72, size: float = 11) -> list[Shown]:
    """Lines under one another."""
    return [Shown(left, top - 1.2 * size * at, text, size) for at, text in enumerate(texts)]


def pdf(
    pages: Sequence[Sequence[Shown]],
    *,
    information: Mapping[str, str] | None = None,
    catalog: str = "",
    per_page: str = "",
    trailer: str = "",
    further: Sequence[bytes] = (),
) -> bytes:
    """A PDF of pages with lines.

    Args:
        pages: the lines of each.
        information: of the information dictionary.
        catalog: further entries of the catalogue.
        per_page: further entries of each page.
        trailer: further entries of the trailer.
        further: further objects, the first of which is number 4.
    """
    first = 4 + len(further)
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *further,
    ]
    for at, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F 3 0 R >> >> "
            f"/Contents {first + 2 * at + 1} 0 R {per_page} >>".encode()
        )
        objects.append(stream(b"\n".join(_shown(line) for line in page)))
    if information:
        members = " ".join(f"/{name} ({value})" for name, value in information.items())
        objects.append(f"<< {members} >>".encode("latin-1"))
        trailer += f" /Info {len(objects)} 0 R"
    return _file(objects, trailer)


def _shown(line: Shown) -> bytes:
    escaped = line.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    mode = 3 if line.invisible else 0
    return b"BT /F %g Tf %d Tr %g %g Td (%s) Tj ET" % (line.size, mode, line.left, line.bottom, escaped)


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries.encode(), data)


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(written)


def pdf_with_files(*given: tuple[str, bytes], pinned: Sequence[tuple[str, bytes]] = (), text: str = "A page.") -> bytes:
    """A PDF of one page to which files are attached.

    Args:
        given: name and bytes of those that it lists; bytes that begin with `<<` are the whole object.
        pinned: the same of those that are pinned to the page.
        text: of the page.
    """
    objects: list[bytes] = []
    places = []
    for name, data in (*given, *pinned):
        number = 4 + len(objects)
        objects.append(data if data.startswith(b"<<") else stream(data, "/Type /EmbeddedFile"))
        objects.append(f"<< /Type /Filespec /F ({name}) /UF ({name}) /EF << /F {number} 0 R >> >>".encode())
        places.append(f"{number + 1} 0 R")
    listed = " ".join(f"({name}) {place}" for (name, _), place in zip(given, places, strict=False))
    pins = " ".join(
        f"<< /Type /Annot /Subtype /FileAttachment /Rect [9 9 20 20] /FS {place} >>" for place in places[len(given) :]
    )
    return pdf(
        [lines(text)],
        catalog=f"/Names << /EmbeddedFiles << /Names [{listed}] >> >>" if listed else "",
        per_page=f"/Annots [{pins}]" if pins else "",
        further=objects,
    )


def picture_page() -> bytes:
    """A PDF whose one page is a picture."""
    image = stream(
        b"\x00", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>",
        image,
        stream(b"q 9 0 0 9 0 0 cm /I Do Q"),
    ]
    return _file(objects, "")


def zipped(parts: Mapping[str, str | bytes], stored: tuple[str, str] | None = None) -> bytes:
    """A zip of parts; one that is stored comes first, as formats ask of the part that names them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if stored is not None:
            archive.writestr(zipfile.ZipInfo(stored[0]), stored[1])
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    f'ContentType="{WORD}.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def word_part(root: str, inner: str) -> str:
    """A part of WordprocessingML."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_W}>{inner}</w:{root}>'


def docx(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A DOCX whose body is this XML."""
    document = word_part("document", f"<w:body>{body}</w:body>")
    main = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document}
    return zipped({**main, **(parts or {})})


def word(text: str, style: str = "", properties: str = "") -> str:
    """A paragraph of WordprocessingML."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{named}{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def core(inner: str) -> str:
    """The core properties of OOXML."""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{inner}</cp:coreProperties>'
    )


_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("meta", "meta"),
        ("manifest", "manifest"),
    )
)
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def open_part(root: str, inner: str) -> str:
    """A part of OpenDocument."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {_ODF} {_DC} office:version="1.2">{inner}</{root}>'


def odt(body: str, parts: Mapping[str, str | bytes] | None = None, styles: str = "") -> bytes:
    """An ODT whose text is this XML."""
    content = open_part(
        "office:document-content",
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text>"
        "</office:body>",
    )
    manifest = open_part(
        "manifest:manifest", f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{OPEN_TEXT}"/>'
    )
    named = {"content.xml": content, "META-INF/manifest.xml": manifest, **(parts or {})}
    return zipped(named, stored=("mimetype", OPEN_TEXT))


def epub(
    chapters: Mapping[str, str],
    *,
    metadata: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    contents: str = "",
) -> bytes:
    """A book of chapters: name -> what stands in the body."""
    items = "".join(
        f'<item id="i{at}" href="{name}" media-type="application/xhtml+xml"'
        f"{' properties=' + chr(34) + 'nav' + chr(34) if name == contents else ''}/>"
        for at, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{at}"/>' for at in range(len(chapters)))
    package = (
        f'<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata {_DC}>{metadata}'
        f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        '<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        "</container>"
    )
    pages = {
        f"OEBPS/{name}": '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f"<title>{name}</title></head><body>{body}</body></html>"
        for name, body in chapters.items()
    }
    named = {"META-INF/container.xml": container, "OEBPS/content.opf": package, **pages, **(parts or {})}
    return zipped(named, stored=("mimetype", BOOK))
