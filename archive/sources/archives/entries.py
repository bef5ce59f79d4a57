"""What the entries of archives are: documents, or what is only counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from archive.model.codes import finding
from archive.model.containers import is_document_too
from archive.model.findings import Where
from archive.model.tally import Tally
from archive.sources import formats
from archive.sources.characters.charsets import detect
from archive.sources.containers.nested import Nesting, Piece
from archive.sources.containers.protocol import Given, Member, Opened, Others, not_documents
from archive.sources.reading import is_read
from archive.sources.signatures import by_signature
from archive.sources.unseen.searching import Collected
from archive.storage.kinds import kind_begun

HEAD = 16 << 10
"""Bytes of an entry that show what it is."""
_OF_SYSTEMS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
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
_SHOWN, _NAMED = 160, 80


@dataclass(slots=True)
class Entries:
    """The entries that were seen, and what is to be said of them.

    Attributes:
        given: the archive.
        found: gets the findings.
        unseen: what those that are no documents hide of persons.
    """

    given: Given
    found: Tally
    unseen: Collected = field(init=False)
    _others: Others = field(default_factory=Others)

    def __post_init__(self) -> None:
        self.unseen = Collected(Where(file=self.given.path), self.given.limits)

    def say(self, code: str, row: int, what: str) -> None:
        """A finding about an entry, or (row 0) about the archive.

        Args:
            code: of the finding.
            row: the entry's number from 1.
            what: the name of the entry, or what is wrong.
        """
        where = Where(file=self.given.path, row=row or None)
        self.found.add(finding(code, where=where, found=_shown(what)))

    def count(self, what: str, name: str = "") -> None:
        """One more that is no document.

        Args:
            what: it is, in words.
            name: of the entry, where that tells more.
        """
        self._others.add(what, _shown(name)[:_NAMED])

    def is_document(self, name: str, head: bytes) -> bool:
        """Whether an entry is a document; else it is counted.

        Args:
            name: of the entry.
            head: its first bytes.
        """
        other = left_out(name, head)
        if other:
            self.count(other, name)
        return not other

    def documents(self, nesting: Nesting, opened: Opened, piece: Piece, head: bytes) -> Iterator[Member]:
        """The documents of one entry: those in it where it is a container, else itself; of a letter both.

        Args:
            nesting: opens containers.
            opened: the archive.
            piece: the entry.
            head: its first bytes.
        """
        if self._is_of_system(piece.path):
            return
        kind = kind_begun(piece.path, head, self.given.renames)
        inner = nesting.members(self.given, opened, piece, kind, self.found)
        is_both = is_document_too(kind)
        if (inner is None or is_both) and self.is_document(piece.path, head):
            member = piece.member(self.given)
            yield member if head else replace(member, is_empty=True)
        elif inner is None:
            self.unseen.add(piece.path, piece.pieces(), head)
        is_empty = True
        for one in inner or ():
            is_empty = False
            yield one
        if inner is not None and is_empty and not is_both:
            self.count("containers that hold no document, or are not opened", piece.path)

    def _is_of_system(self, name: str) -> bool:
        last = name.rpartition("/")[2].lower()
        is_one = last in _OF_SYSTEMS or last.startswith("._") or name.startswith("__MACOSX/")
        if is_one:
            self.count("files of operating systems")
        return is_one

    def sum_up(self) -> None:
        """What is to be said once all entries were seen."""
        if self._others.counts:
            self.found.add(not_documents(self.given, self._others))
        self.found.extend(self.unseen.findings())


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


def _shown(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")[:_SHOWN]
