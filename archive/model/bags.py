"""What the tag files of a bag say, as values (RFC 8493).

Each value keeps what is needed to write its file again byte for byte: a line that has not the canonical form carries
its own text (`raw`), a line that was not understood is kept as a `Stray`. What is in the canonical form carries
nothing more, since a manifest may have millions of lines; for the same reason lines are named tuples.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.model.manifest_lines import ManifestLines

NEWEST = (1, 0)
VERSIONS = frozenset({(0, 93), (0, 94), (0, 95), (0, 96), (0, 97), NEWEST})
"""The versions of BagIt that are understood."""

DECLARATION = "bagit.txt"
BAG_INFO = "bag-info.txt"
PACKAGE_INFO = "package-info.txt"
"""What bag-info.txt was called in versions 0.93 to 0.95."""
FETCH = "fetch.txt"
PAYLOAD = "data/"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What bagit.txt says (RFC 8493, 2.1.1).

    Attributes:
        version: major and minor number.
        encoding: the character encoding of the other tag files, as written.
    """

    version: tuple[int, int] = NEWEST
    encoding: str = "UTF-8"

    @property
    def is_strict(self) -> bool:
        """Whether the rules of version 1.0 hold; what they forbid, older versions often only advise against."""
        return self.version >= NEWEST


@dataclass(frozen=True, slots=True)
class Form:
    """How the text of a tag file is laid down in bytes.

    Attributes:
        codec: the codec that turns the bytes into text; undecodable bytes of UTF-8 are surrogates.
        mark: the byte-order mark, or nothing.
        ending: the line ending of canonical lines.
    """

    codec: str = "utf-8"
    mark: bytes = b""
    ending: str = "\n"


class Stray(NamedTuple):
    """A line that was not understood: its number from 1, and its text with its ending."""

    line: int
    raw: str


class TagLine(NamedTuple):
    """One element of bag-info.txt.

    Attributes:
        label: as written, without white space around it.
        value: without white space around it; where it was continued over lines, joined by line feeds.
        line: the number of its first line, from 1.
        raw: the text with its endings where that is not `label: value` and the file's line ending, else None.
    """

    label: str
    value: str
    line: int = 0
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Tags:
    """What bag-info.txt says, in its order, repeats kept (RFC 8493, 2.2.2)."""

    lines: tuple[TagLine, ...] = ()
    strays: tuple[Stray, ...] = ()
    form: Form = field(default=Form())

    def all(self, label: str) -> list[str]:
        """The values under a label, whatever its case, in the order of the file."""
        return [line.value for line in self.named(label)]

    def first(self, label: str) -> str | None:
        """The first value under a label, or None."""
        return next((line.value for line in self.named(label)), None)

    def named(self, label: str) -> Iterator[TagLine]:
        """The lines with a label, whatever its case: reserved labels are case-insensitive."""
        wanted = label.lower()
        return (line for line in self.lines if line.label.lower() == wanted)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one manifest lists (RFC 8493, 2.1.3 and 2.2.1).

    Attributes:
        file: its name: `manifest-sha256.txt`.
        algorithm: the normalised name of the algorithm.
        entries: the lines that were understood.
        strays: those that were not.
        form: how the file is laid down in bytes.
    """

    file: str
    algorithm: str
    entries: ManifestLines = field(default_factory=ManifestLines)
    strays: tuple[Stray, ...] = ()
    form: Form = field(default=Form())

    @property
    def is_canonical(self) -> bool:
        """UTF-8, LF, two spaces, lower-case digits, sorted by bytes: what this package itself writes."""
        return self.form == Form() and not self.strays and self.entries.is_plain and self.entries.is_sorted


class FetchEntry(NamedTuple):
    """One line of fetch.txt (RFC 8493, 2.2.3): where a payload file could be had, and its size if stated."""

    url: str
    length: int | None
    path: str
    line: int = 0
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Fetches:
    """What fetch.txt lists."""

    entries: tuple[FetchEntry, ...] = ()
    strays: tuple[Stray, ...] = ()
    form: Form = field(default=Form())
