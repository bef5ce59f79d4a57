"""The parts of a workbook: XML files in a zip, each read as a stream within a bound."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import NoReturn, Protocol
from xml.parsers import expat

from archive.model.fault_words import fault_words
from archive.storage.zip_faults import DAMAGE, ENCRYPTED
from archive.submission.limits import LIMITS

_CHUNK = 1 << 16


class UnreadableError(Exception):
    """The workbook cannot be read; the message says why, in words."""


class Listener(Protocol):
    """What hears a part go by. Names of elements and attributes stand as `{namespace} local`, without the braces."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        ...

    def end(self, name: str) -> None:
        """An element ends."""
        ...

    def text(self, data: str) -> None:
        """Text within the innermost element; it may come in pieces."""
        ...


class Parts:
    """The parts of a workbook.

    Args:
        data: the workbook.

    Raises:
        UnreadableError: it is no zip.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGE as error:
            raise UnreadableError("it is no workbook, or is damaged") from error

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def walk(self, name: str, listener: Listener) -> Iterator[None]:
        """Reads a part piece by piece; gives way after each, so that what was heard can be taken.

        Raises:
            UnreadableError: the part is missing, locked, damaged, too large, no XML, or declares a document type.
        """
        info = self._zip.NameToInfo.get(name)
        if info is None:
            raise UnreadableError(f"it has no part {name}")
        if info.flag_bits & ENCRYPTED:
            raise UnreadableError("it is locked with a password")
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = listener.start
        parser.EndElementHandler = listener.end
        parser.CharacterDataHandler = listener.text
        parser.StartDoctypeDeclHandler = _no_doctype
        size = 0
        try:
            with self._zip.open(info) as stream:
                while data := stream.read(_CHUNK):
                    size += len(data)
                    if size > LIMITS.workbook_part:
                        raise UnreadableError(f"its part {name} unpacks to more than {LIMITS.workbook_part:,} bytes")
                    parser.Parse(data)
                    yield
                parser.Parse(b"", True)  # noqa: FBT003 - expat's own signature
                yield
        except (expat.ExpatError, LookupError) as error:  # the latter of an encoding that nobody knows
            raise UnreadableError(f"its part {name} cannot be read: {fault_words(error)}") from error
        except DAMAGE as error:
            raise UnreadableError(f"its part {name} is damaged") from error

    def heard(self, name: str, listener: Listener) -> None:
        """Reads a whole part."""
        for _ in self.walk(name, listener):
            pass


def _no_doctype(*_: object) -> NoReturn:
    raise UnreadableError("it declares a document type, which no workbook does")
