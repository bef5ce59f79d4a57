"""What a PDF states of itself: its XMP packet, its information dictionary, its language; and what it hides of persons.

When a file was made is no date of issue, so the dates of the information dictionary are left alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from archive.model.blocks import Observation
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.sources.dates import edtf_of
from archive.sources.properties import observations, tidy
from archive.sources.protocol import Opaque
from archive.sources.unseen.people import People
from archive.sources.unseen.userpaths import PATH, users_in

_INFORMATION = (("Title", "title"), ("Author", "creators"), ("Subject", "description"), ("Keywords", "subjects"))
_XMP = (
    ("dc:title", "title"),
    ("dc:creator", "creators"),
    ("dc:description", "description"),
    ("dc:subject", "subjects"),
    ("dc:language", "language"),
    ("dc:publisher", "publisher"),
    ("dc:rights", "rights"),
    ("prism:publicationDate", "date_issued"),
    ("prism:coverDate", "date_issued"),
    ("prism:doi", "identifiers"),
)
"""Properties of Dublin Core and PRISM that say something of the document, not of the file."""
_PACKET = re.compile(rb"<x:xmpmeta[\s>].*?</x:xmpmeta>", re.DOTALL)
_LARGEST_PACKET = 1 << 20
_ITEM = re.compile(rb"<rdf:li\b[^>]*>(.*?)</rdf:li>", re.DOTALL)
_MOST_VALUES = 50
_LONGEST_LANGUAGE = 64
_SAVERS = ("LastSavedBy", "LastModifiedBy", "SavedBy")
"""Keys that programs put into the information dictionary beside those of the standard."""
_XMP_SAVERS = (
    re.compile(rb"""(?:[a-z]{1,20}:)(?:LastSavedBy|LastModifiedBy|lastModifiedBy)\s*=\s*["']([^"'<>]{1,200})["']"""),
    re.compile(rb"<(?:[a-z]{1,20}:)(?:LastSavedBy|LastModifiedBy|lastModifiedBy)>([^<>]{1,200})<"),
)
_WITHOUT_AUTHOR = frozenset({2, 16, 20})
"""Kinds of annotations whose `T` names no person: links, popups, fields of forms (PDFium's fpdf_annot.h)."""
_MOST_ANNOTATIONS = 500


def properties_of(pdf: Any, document: Opaque) -> Iterator[Observation]:
    """The known properties of a PDF, each value once, XMP before the information dictionary (ISO 32000-2, 14.3.3)."""
    seen: set[tuple[str, str]] = set()
    for one in (*_of_xmp(document.data), *_of_information(pdf), *_language(pdf)):
        if (one.field, one.value) not in seen:
            seen.add((one.field, one.value))
            yield one


def _of_information(pdf: Any) -> Iterator[Observation]:
    values = pdf.get_metadata_dict(skip_empty=True)
    for name, field in _INFORMATION:
        yield from observations(field, values.get(name, ""), f"property={name}")


def _language(pdf: Any) -> Iterator[Observation]:
    import ctypes

    import pypdfium2.raw as pdfium

    size = pdfium.FPDFCatalog_GetLanguage(pdf.raw, None, 0)
    if not 2 < size <= 2 * _LONGEST_LANGUAGE:
        return
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFCatalog_GetLanguage(pdf.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    yield from observations("language", buffer.raw[: size - 2].decode("utf-16-le", "replace"), "property=Lang")


def _of_xmp(data: bytes) -> Iterator[Observation]:
    """What the last packet states that is written plainly; of a file with revisions that is the newest."""
    start = data.rfind(b"<x:xmpmeta")
    found = _PACKET.match(data, start, start + _LARGEST_PACKET) if start >= 0 else None
    if found is None:
        return
    packet = found[0]
    for name, field in _XMP:
        for begin, end, value in _values(packet, name.encode("ascii")):
            said = html.unescape(value.decode("utf-8", "replace"))
            locator = f"bytes={start + begin}-{start + end}"
            if field == "date_issued":
                said = edtf_of(said.strip()) or ""
            yield from observations(field, said, locator)


def _values(packet: bytes, name: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where each value of a property stands in the packet, and what it is: as an attribute, an element, or items."""
    attribute = re.search(rb"\s" + name + rb"""\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""", packet)
    if attribute is not None:
        group = 1 if attribute[1] is not None else 2
        yield attribute.start(group), attribute.end(group), attribute[group]
    element = re.search(rb"<" + name + rb"(?:\s[^>]*)?>(.*?)</" + name + rb">", packet, re.DOTALL)
    if element is None:
        return
    items = list(_ITEM.finditer(packet, element.start(1), element.end(1)))[:_MOST_VALUES]
    for found in items or [element]:
        if b"<" not in found[1]:
            yield found.start(1), found.end(1), found[1]


def look(pdf: Any, data: bytes, people: People) -> None:
    """Notes whom a PDF names in its information dictionary, in its XMP, and in paths that stand plainly in it.

    Args:
        pdf: the PDF, opened.
        data: its bytes.
        people: gets them.
    """
    for name in _SAVERS:
        people.add("who saved the file last", pdf.get_metadata_value(name))
    people.add("the manager in the properties", pdf.get_metadata_value("Manager"))
    values = "\n".join(pdf.get_metadata_dict(skip_empty=True).values())
    packets = b"\n".join(found[0] for found in islice(_packets(data), _MOST_VALUES))
    for one in _XMP_SAVERS:
        for found in islice(one.finditer(packets), _MOST_VALUES):
            people.add("who saved the file last", html.unescape(found[1].decode("utf-8", "replace")))
    for user in (
        *users_in(values.encode("utf-8", "replace")),
        *users_in(packets),
        *users_in(data, is_markup=True),
    ):
        people.add(PATH, user)


def _packets(data: bytes) -> Iterator[re.Match[bytes]]:
    """All packets of XMP that are written plainly, those of pictures and of earlier versions among them."""
    place = data.find(b"<x:xmpmeta")
    while place >= 0:
        found = _PACKET.match(data, place, place + _LARGEST_PACKET)
        if found is not None:
            yield found
        place = data.find(b"<x:xmpmeta", place + 1 if found is None else found.end())


def hidden_in_annotations(page: Any, number: int, path: str) -> Iterator[Finding]:
    """A finding where authors of comments on a page are named; it does not repeat their names."""
    import pypdfium2.raw as pdfium

    names: dict[str, None] = {}
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            if pdfium.FPDFAnnot_GetSubtype(annotation) not in _WITHOUT_AUTHOR:
                names[_string(annotation, b"T")] = None
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    people = len(names.keys() - {""})
    if people:
        found = f"the author of a comment on page {number}" + (f" ({people:,} people)" if people > 1 else "")
        yield finding("original.hidden-personal-data", where=Where(file=path), found=found)


def _string(annotation: Any, key: bytes) -> str:
    import ctypes

    import pypdfium2.raw as pdfium

    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < size <= 1024:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return tidy(buffer.raw[: size - 2].decode("utf-16-le", "replace"))
