"""Opens a PDF with PDFium, so that nothing of the machine shows in what comes of it; in a process apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from archive.sources.office.parts import UnreadableError
from archive.sources.protocol import Opaque

_ERROR_PASSWORD = 4
"""FPDF_ERR_PASSWORD of PDFium's fpdfview.h."""


@contextmanager
def opened(document: Opaque) -> Iterator[Any]:
    """The document as pypdfium2 has it, until it is done with.

    Raises:
        UnreadableError: it cannot be opened.
    """
    import pypdfium2
    from pypdfium2 import PdfiumError

    _forget_fonts_of_the_machine()
    try:
        pdf = pypdfium2.PdfDocument(document.data)
    except PdfiumError as error:
        # PDFium does not always say why, and then repeats what was wrong with an earlier document.
        is_locked = getattr(error, "err_code", None) == _ERROR_PASSWORD and b"/Encrypt" in document.data
        code = "document.encrypted" if is_locked else "document.malformed"
        raise UnreadableError(code, "" if is_locked else "it cannot be opened as a PDF") from None
    try:
        yield pdf
    finally:
        pdf.close()


@cache
def _forget_fonts_of_the_machine() -> object:
    """Starts PDFium anew with no folder of fonts, since where letters stand must not depend on what is installed.

    Returns:
        The empty list of folders, which PDFium goes on looking at.
    """
    import ctypes

    import pypdfium2.raw as pdfium

    strings = ctypes.POINTER(ctypes.c_char)
    none = (strings * 1)()
    pdfium.FPDF_DestroyLibrary()
    folders = ctypes.cast(none, ctypes.POINTER(strings))
    config = pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=folders, m_pIsolate=None, m_v8EmbedderSlot=0)
    pdfium.FPDF_InitLibraryWithConfig(config)
    return none
