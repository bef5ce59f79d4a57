"""What a file in a container is: a document, a container of documents, both, or neither."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.model.containers import is_document_too
from archive.model.tally import Tally
from archive.sources import formats
from archive.sources.characters.charsets import detect
from archive.sources.containers.nested import Nesting, Piece
from archive.sources.containers.protocol import Given, Member, Opened
from archive.sources.reading import is_read
from archive.sources.signatures import by_signature
from archive.storage.kinds import kind_begun

HEAD = 16 << 10
"""Bytes of a file that show what it is."""
_INSIDE_ZIPS = (".docx", ".odt", ".epub", ".xlsx", ".pptx")
_OFFICE, _ODF = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
_WRITTEN = frozenset(
    (
        f"{_OFFICE}presentationml.presentation",
        f"{_OFFICE}spreadsheetml.sheet",
        f"{_ODF}presentation",
        f"{_ODF}spreadsheet",
        "application/msword",
        "application/postscript",
        "application/rtf",
        "application/vnd.ms-excel",
        "application/vnd.ms-outlook",
        "application/vnd.ms-powerpoint",
        "application/x-subrip",
        "application/x-tex",
        "application/xml",
        "text/csv",
        "text/tab-separated-values",
        "text/vtt",
    )
)
"""Formats that people write documents in and that no reader here takes a text from."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a file is.

    Attributes:
        inner: the documents in it, where it is a container; None where it is none.
        may_be_document: whether it is no container that only holds others.
        other: what it is, where it may be a document and is none.
    """

    inner: Iterator[Member] | None
    may_be_document: bool
    other: str

    @property
    def is_document(self) -> bool:
        """Whether it is a document itself."""
        return self.may_be_document and not self.other

    @property
    def is_neither(self) -> bool:
        """Whether it is no document and holds none, so that nobody else looks at what it hides."""
        return self.inner is None and not self.is_document


def what_it_is(nesting: Nesting, given: Given, opened: Opened, piece: Piece, head: bytes, found: Tally) -> Told:
    """Tells what a file in a container is.

    Args:
        nesting: opens containers.
        given: the container.
        opened: the same, open.
        piece: the file.
        head: its first bytes.
        found: gets what is to be said.
    """
    kind = kind_begun(piece.path, head, given.renames)
    inner = nesting.members(given, opened, piece, kind, found)
    may_be_document = inner is None or is_document_too(kind)
    return Told(inner, may_be_document, left_out(piece.path, head) if may_be_document else "")


def left_out(name: str, head: bytes) -> str:
    """What a file in a container is, where it is no document of its own; else nothing.

    A document is what a text is read from, or what is written in a format for documents: then its record says that no
    text was read. Pictures, and what pages and programs are made of, are counted and packed inside the container.

    Args:
        name: of the file.
        head: its first bytes.
    """
    shown = by_signature(head)
    if shown is not None:
        form = formats.of_binary(name, shown)
        if shown.media_type == "application/zip" and name.lower().endswith(_INSIDE_ZIPS):
            return ""  # what such a file is stands at its end
    elif detect(head) is None:
        form = formats.UNKNOWN
    else:
        form = formats.of_text(name, head, HEAD)
    return "" if is_read(form.media_type) or form.media_type in _WRITTEN else form.media_type
