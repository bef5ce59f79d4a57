"""PDF: the text layer, page by page, and what the document's information and its XMP packet state.

Runs in a process apart (`archive.sources.apart`), since PDFium is a large program in C++ that meets whatever people
send. No text is made up: a page that is a picture gives none, and a finding says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from archive.model.blocks import Block
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.sources.layering import LayerWriter, TooMuchTextError
from archive.sources.office.parts import UnreadableError
from archive.sources.pdf.attached import pinned_names
from archive.sources.pdf.lines import PageLine, lines_of
from archive.sources.pdf.opening import opened
from archive.sources.pdf.pages import write_pages
from archive.sources.pdf.paragraphs import FURNITURE
from archive.sources.pdf.properties import hidden_in_annotations, look, properties_of
from archive.sources.pdf.shapes import shape_of
from archive.sources.protocol import Opaque, Taken, TakenOut
from archive.sources.unseen.people import People

_MOST_NAMED = 12
_LONGEST_NAME = 80
_INVISIBLE = 3
"""Text that is neither filled nor stroked (ISO 32000-1, 9.3.6)."""
_MOST_LOOKED_AT = 20
_BROWSER = re.compile(r"mozilla|chrom|safari|firefox|webkit|wkhtmltopdf|\bedge\b|\bopera\b|\bie\b", re.IGNORECASE)
"""Programs that show web pages, as the information dictionary names them under `Creator`."""
_ADDRESS = re.compile(r"https?://\S+|\A\S+\.(?:html?|php|aspx?)\b", re.IGNORECASE)
"""What browsers print at the edges of each page."""


def take_out(document: Opaque) -> TakenOut:
    """The text of a PDF as a layer, its paragraphs as blocks with `page=N`, and what it states of itself.

    Raises:
        UnreadableError: it cannot be opened.
        TooMuchTextError: it holds more than is read.
    """
    from pypdfium2.version import PYPDFIUM_INFO

    with opened(document) as pdf:
        return _Pdf(document, pdf).taken_out(f"pypdfium2 {PYPDFIUM_INFO.version}")


class _Pdf:
    """A document that PDFium opened."""

    def __init__(self, document: Opaque, pdf: Any) -> None:
        self.document = document
        self.pdf = pdf
        self.damaged: list[int] = []
        self.recognised: list[int] = []
        self.silent: list[int] = []
        self.findings: list[Finding] = []
        self.pinned: list[str] = []

    def taken_out(self, tool: str) -> TakenOut:
        limits = self.document.limits
        count = len(self.pdf)
        if not count:
            raise UnreadableError("document.malformed", "a PDF without pages")
        if count > limits.most_pages:
            most = limits.most_pages
            raise TooMuchTextError("text.too-many-blocks", f"{count:,} pages", f"at most {most:,} pages")
        pages = list(self._pages(count))
        writer = LayerWriter(limits)
        write_pages(pages, shape_of(pages), writer)
        embedded = tuple(properties_of(self.pdf, self.document))
        people = People(self.document.path)
        look(self.pdf, self.document.data, people)
        people.add_pictures(self.document.data)
        self.findings.extend(people.findings())
        self.findings.extend(self._about_pages(count, has_text=bool(writer.blocks)))
        self.findings.extend(self._about_attachments())
        taken = Taken(
            blocks=tuple(writer.blocks),
            embedded=embedded,
            findings=tuple(self.findings),
            text_was_read=bool(writer.blocks),
        )
        layer = writer.data if writer.blocks else b""
        return TakenOut(layer=layer, taken=taken, tool=tool, is_own=not self._is_printed_page(writer.blocks))

    def _is_printed_page(self, blocks: Sequence[Block]) -> bool:
        """Whether a browser printed it, so that the furniture of a web page may stand around the text."""
        if _BROWSER.search(self.pdf.get_metadata_value("Creator")):
            return True
        return any(block.hint == FURNITURE and _ADDRESS.search(block.text) for block in blocks)

    def _pages(self, count: int) -> Iterator[list[PageLine]]:
        from pypdfium2 import PdfiumError

        for index in range(count):
            try:
                page = self.pdf[index]
            except PdfiumError:
                self.damaged.append(index + 1)
                yield []
                continue
            try:
                lines = lines_of(page)
                if lines and _is_recognised(page):
                    self.recognised.append(index + 1)
                if not lines and not _is_blank(page):
                    self.silent.append(index + 1)
                self.pinned.extend(pinned_names(page.raw))
                self.findings.extend(hidden_in_annotations(page, index + 1, self.document.path))
            except PdfiumError:
                self.damaged.append(index + 1)
                lines = []
            finally:
                page.close()
            yield lines

    def _about_attachments(self) -> Iterator[Finding]:
        from pypdfium2 import PdfiumError

        names: dict[str, None] = {}
        for index in range(self.pdf.count_attachments()):
            try:
                names[" ".join(self.pdf.get_attachment(index).get_name().split())] = None
            except PdfiumError:
                names[""] = None
        names.update(dict.fromkeys(self.pinned))
        if names:
            shown = [name[:_LONGEST_NAME] or "without a name" for name in names][:_MOST_NAMED]
            more = f", and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
            yield self._finding("pdf.attachments", ", ".join(shown) + more)

    def _about_pages(self, count: int, *, has_text: bool) -> Iterator[Finding]:
        if self.damaged:
            yield self._finding("document.malformed", f"{_pages_in_words(self.damaged, count)} cannot be read")
        if self.silent:
            yield self._finding("pdf.no-text", f"{_pages_in_words(self.silent, count)} without text")
        elif not has_text and not self.damaged:
            yield self._finding("pdf.no-text", f"{_pages_in_words(range(1, count + 1), count)} blank")
        if self.recognised:
            yield self._finding("pdf.recognised-text", _pages_in_words(self.recognised, count))

    def _finding(self, code: str, found: str) -> Finding:
        return finding(code, where=Where(file=self.document.path), found=found)


def _is_blank(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    return int(pdfium.FPDFPage_CountObjects(page.raw)) == 0


def _is_recognised(page: Any) -> bool:
    """Whether the first texts of a page are invisible, as those are that lie over a picture of it."""
    import pypdfium2.raw as pdfium

    seen = 0
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=3):
        if pdfium.FPDFTextObj_GetTextRenderMode(one.raw) != _INVISIBLE:
            return False
        seen += 1
        if seen == _MOST_LOOKED_AT:
            break
    return seen > 0


def _pages_in_words(numbers: Sequence[int], count: int) -> str:
    if len(numbers) == count:
        return f"all {count} pages" if count > 1 else "the one page"
    named = ", ".join(map(str, numbers[:_MOST_NAMED]))
    more = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
    return f"page{'s' if len(numbers) > 1 else ''} {named}{more} of {count}"
