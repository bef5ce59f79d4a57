"""A document that is a zip of parts (OOXML, ODF, EPUB): its parts are read one at a time, each within a bound.

Nothing is unpacked to disk and no archive within is opened. What a part would unpack to is counted while it is read,
since a zip can say of its parts what it likes.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from archive.model.fault_words import fault_words
from archive.sources.protocol import Opaque
from archive.storage.zip_faults import DAMAGE, ENCRYPTED

_PICTURES = (".jpg", ".jpeg", ".tif", ".tiff", ".png", ".webp", ".heic")
_MOST_OF_ALL = 4
"""How many times the largest part all parts of a document may unpack to together."""


class UnreadableError(Exception):
    """A document, or a part of it, that cannot be read.

    Attributes:
        code: of the finding that says so.
        found: what is wrong.
    """

    def __init__(self, code: str, found: str) -> None:
        super().__init__(code, found)
        self.code = code
        self.found = found


class Parts:
    """The parts of a zipped document.

    Args:
        document: the zip.

    Raises:
        UnreadableError: it is no zip that can be read, or has too many parts.
    """

    def __init__(self, document: Opaque) -> None:
        self._limits = document.limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(document.data))
        except DAMAGE as error:
            raise UnreadableError("document.malformed", fault_words(error)) from None
        self.names = frozenset(self._zip.namelist())
        if len(self._zip.infolist()) > self._limits.most_parts:
            raise UnreadableError("document.expands-too-far", f"{len(self._zip.infolist()):,} parts")
        self._left = _MOST_OF_ALL * self._limits.largest_part

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            UnreadableError: it is not there, encrypted, damaged, or unpacks to more than it may.
        """
        if name not in self.names:
            raise UnreadableError("document.malformed", f"no part {name[:120]}")
        entry = self._zip.getinfo(name)
        if entry.flag_bits & ENCRYPTED:
            raise UnreadableError("document.encrypted", name[:120])
        most = min(self._limits.largest_part, self._left)
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(most + 1)
        except DAMAGE as error:
            raise UnreadableError("document.malformed", f"{name[:120]}: {fault_words(error)}") from None
        if len(data) > most:
            raise UnreadableError("document.expands-too-far", f"{name[:120]} holds more than {most:,} bytes")
        self._left -= len(data)
        return data

    def pictures(self) -> Iterator[bytes]:
        """The parts that are named as pictures that can hold Exif data, as many as the bounds allow."""
        for name in sorted(self.names):
            if name.lower().endswith(_PICTURES):
                try:
                    yield self.read(name)
                except UnreadableError:
                    continue

    def xml(self, name: str) -> Any:
        """The root element of a part that is XML (an `lxml.etree._Element`).

        No entity is resolved, no definition is loaded, and nothing outside the part is read.

        Raises:
            UnreadableError: as for `read`, or it is not well formed, or it brings definitions of its own.
        """
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableError("document.malformed", f"{name[:120]}: {fault_words(error)}") from None
        internal = root.getroottree().docinfo.internalDTD
        if internal is not None and next(internal.iterentities(), None) is not None:
            raise UnreadableError("document.malformed", f"{name[:120]} defines entities of its own")
        return root

    def xml_if_there(self, name: str) -> Any | None:
        """The same, or None where there is no such part or it cannot be read: for what the text does not need."""
        try:
            return self.xml(name)
        except UnreadableError:
            return None


def part_of(base: str, reference: str) -> str:
    """The name of the part that another part refers to.

    >>> part_of("OEBPS/content.opf", "text/one%20two.xhtml#c1"), part_of("word/document.xml", "/word/styles.xml")
    ('OEBPS/text/one two.xhtml', 'word/styles.xml')
    """
    try:
        path = unquote(urlsplit(reference).path)
    except ValueError:
        return ""
    return posixpath.normpath(posixpath.join("/" + posixpath.dirname(base), path)).lstrip("/")
