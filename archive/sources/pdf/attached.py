"""Takes out the files that are attached to a PDF, in a process apart (`archive.sources.apart`).

They are those that the document lists by name (ISO 32000-2, 7.11.4; so do portfolios, and invoices in PDF/A-3), and
those that are pinned to a page (12.5.6.15).
"""

from __future__ import annotations

import ctypes
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archive.sources.pdf.opening import opened
from archive.sources.pronom import Identified, identify
from archive.sources.protocol import Opaque

_LISTED, _PINNED = b"/EmbeddedFile", b"/FileAttachment"
_OBJECTS, _STREAM = b"/ObjStm", b"stream"
_LONGEST_DICTIONARY = 4096
_MOST_LOOKED_AT = 256 << 20
"""Bytes of objects in streams that are looked at here; beyond that PDFium is asked, which has a clock."""
_PIECE = 1 << 16
_MOST_OF_PAGE = 10_000
"""Annotations of a page that are looked at."""
_LONGEST_NAME = 1024


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that is attached to a PDF.

    Attributes:
        name: as the PDF gives it, or an empty string.
        data: its bytes, empty where there is a fault.
        fault: why it cannot be taken out, in words.
        is_too_much: whether that is since more comes out than is taken.
    """

    name: str
    data: bytes = b""
    fault: str = ""
    is_too_much: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """All files that are attached to a PDF.

    Attributes:
        identified: the format of the PDF.
        files: in the order of their names, then of the pages.
        more: how many more there are than are taken.
    """

    identified: Identified
    files: tuple[AttachedFile, ...] = ()
    more: int = 0


def may_hold_files(data: bytes) -> bool:
    """Whether anything may be attached to a PDF, told from its bytes without taking it apart.

    Args:
        data: the PDF. What a name in it writes in escapes (`/Embedded#46iles`) is not seen.
    """
    if _LISTED in data or _PINNED in data:
        return True
    is_sealed = b"/Encrypt" in data
    left = _MOST_LOOKED_AT
    place = data.find(_OBJECTS)
    while place >= 0:
        stream = data.find(_STREAM, place, place + _LONGEST_DICTIONARY)
        if stream >= 0:
            objects = None if is_sealed else _inflated(data, stream + len(_STREAM), left)
            if objects is None or _LISTED in objects or _PINNED in objects:
                return True
            left -= len(objects)
        place = data.find(_OBJECTS, max(place + 1, stream))
    return False


def _inflated(data: bytes, start: int, most: int) -> bytes | None:
    """The objects that stand in a stream; None where they are in another encoding than is usual, or too many."""
    inflating = zlib.decompressobj()
    view = memoryview(data)
    start += 2 if data[start : start + 2] == b"\r\n" else 1
    objects = bytearray()
    try:
        for place in range(start, len(data), _PIECE):
            objects += inflating.decompress(view[place : place + _PIECE], most + 1 - len(objects))
            if inflating.eof:
                break
            if len(objects) > most:
                return None
    except zlib.error:
        return None
    return bytes(objects)


def take_files(document: Opaque) -> Attached:
    """The files that are attached to a PDF, no more of them and no larger than a document may be.

    Raises:
        UnreadableError: it cannot be opened.
    """
    with opened(document) as pdf:
        taking = _Taking(document.limits.largest_file, document.limits.most_parts)
        for handle in _handles(pdf, min(len(pdf), document.limits.most_pages)):
            taking.take(handle)
    return Attached(identify(document.pieces()), tuple(taking.files.values()), taking.more)


def _handles(pdf: Any, pages: int) -> Iterator[Any]:
    """PDFium's handles of the attachments: those of the document, then those of the pages."""
    import pypdfium2.raw as pdfium

    for index in range(pdfium.FPDFDoc_GetAttachmentCount(pdf.raw)):
        yield pdfium.FPDFDoc_GetAttachment(pdf.raw, index)
    for index in range(pages):
        page = pdfium.FPDF_LoadPage(pdf.raw, index)
        if not page:
            continue
        try:
            yield from _pinned(page)
        finally:
            pdfium.FPDF_ClosePage(page)


def pinned_names(page: Any) -> list[str]:
    """The names of the files that are pinned to a page.

    Args:
        page: as PDFium has it.
    """
    return [_name(handle) if handle else "" for handle in _pinned(page)]


def _pinned(page: Any) -> Iterator[Any]:
    import pypdfium2.raw as pdfium

    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_OF_PAGE)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_FILEATTACHMENT:
                yield pdfium.FPDFAnnot_GetFileAttachment(annotation)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


class _Taking:
    """Takes files until that is enough; one that is listed and pinned too is one file."""

    def __init__(self, octets: int, count: int) -> None:
        self._left = octets
        self._count = count
        self.files: dict[tuple[str, bytes], AttachedFile] = {}
        self.more = 0

    def take(self, handle: Any) -> None:
        if len(self.files) == self._count:
            self.more += 1
            return
        one = self._file(handle) if handle else AttachedFile("", fault="nothing is there")
        key = (one.name, one.data or one.fault.encode())
        if key not in self.files:
            self.files[key] = one
            self._left -= len(one.data)

    def _file(self, handle: Any) -> AttachedFile:
        import pypdfium2.raw as pdfium

        name = _name(handle)
        size = ctypes.c_ulong()
        if not pdfium.FPDFAttachment_GetFile(handle, None, 0, size):
            return AttachedFile(name, fault="nothing can be taken out of it")
        if size.value > self._left:
            return AttachedFile(name, fault=f"{size.value:,} bytes come out of it", is_too_much=True)
        data = ctypes.create_string_buffer(size.value)
        pdfium.FPDFAttachment_GetFile(handle, data, size.value, size)
        return AttachedFile(name, data.raw)


def _name(handle: Any) -> str:
    import pypdfium2.raw as pdfium

    size = pdfium.FPDFAttachment_GetName(handle, None, 0)
    if not 2 < size <= 2 * _LONGEST_NAME:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAttachment_GetName(handle, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return " ".join(buffer.raw[: size - 2].decode("utf-16-le", "replace").split())
