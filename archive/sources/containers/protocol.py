"""What every reader of a container is: it finds the members in one pass, and reads any of them from its own place.

It holds to this, whatever the bytes are: it never raises for them, reads no other file and no network, holds one
member at a time, and takes time in proportion to what comes out of the container, which is bounded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import IO, Any, NamedTuple, Protocol, Self, runtime_checkable

from archive.errors import LimitError
from archive.model.blocks import Reading
from archive.model.codes import finding
from archive.model.containers import NO_RENAMES, Renames
from archive.model.crossing import Crossing
from archive.model.findings import Finding, Where
from archive.model.spans import Span
from archive.model.tally import Tally
from archive.sources.limits import Limits
from archive.sources.signatures import Format

_MOST_NAMED = 3
"""Names of a kind that are told."""


@dataclass(frozen=True, slots=True)
class Member(Crossing):
    """One document of a container.

    Attributes:
        container: the path of the container, as given.
        name: its own name in the container; where there are `findings` its number.
        start: the first byte of its stretch: in the container, or in what comes out of a container that is compressed
            as a whole.
        end: the byte after the last.
        row: its number from 1: the line of JSON lines, the row of a table, the record of a web archive.
        findings: what is wrong with the member as a whole: with an error it is no document, else one that is not read.
        detail: what its reader needs beside.
        parent: the name of the document that it is attached to, empty where that is the file itself; None where it is
            attached to nothing.
        is_empty: whether it holds nothing, not a byte.
        holder: the kind of document that it is attached to; empty where it is attached to nothing.
    """

    container: str
    name: str
    start: int
    end: int
    row: int
    findings: tuple[Finding, ...] = ()
    detail: tuple[str | int, ...] = ()
    parent: str | None = None
    is_empty: bool = False
    holder: str = ""

    @property
    def where(self) -> Where:
        """Its place."""
        return Where(file=self.container, row=self.row, bytes=f"{self.start}-{self.end}")

    def attached_to(self, kind: str) -> Self:
        """The same, attached to the file itself, a document of that kind, unless to another one in that file."""
        return self if self.parent else replace(self, parent="", holder=kind)

    def unread(self, form: Format) -> Reading:
        """The reading of one that cannot be read, in a container of a format."""
        return form.unread(*self.findings)


@dataclass(slots=True)
class Allowance:
    """What may come out of the containers in a container, all of them together.

    Attributes:
        left: bytes that may still come out.
    """

    left: int

    def take(self, size: int) -> None:
        """Counts what comes out.

        Raises:
            LimitError: that is too much.
        """
        self.left -= size
        if self.left < 0:
            raise LimitError("far more comes out of the containers in it than is in it")


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a container before it is read.

    Attributes:
        path: its name, for findings; that of a container in a container follows a `#`.
        renames: what a person calls things in it.
        limits: how much is read.
        depth: how many containers it lies in.
        allowance: what may come out of it and of the others beside it; None for one that lies in none.
    """

    path: str
    renames: Renames = NO_RENAMES
    limits: Limits = field(default=Limits())
    depth: int = 0
    allowance: Allowance | None = None


@dataclass(slots=True, weakref_slot=True)
class Opened:
    """A container that is open for reading.

    Attributes:
        stream: its bytes; of one that is compressed as a whole, what comes out.
        is_original: whether places in `stream` are places in the container itself.
        form: the format of the container.
        base: where `stream` begins in the container, if its places are places in it.
        held: what a reader keeps at hand while the container is open.
    """

    stream: IO[bytes]
    is_original: bool
    form: Format
    base: int = 0
    held: dict[object, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """What one member holds.

    Attributes:
        reading: as of any document; media type and PUID are those of the container, beside `own_format`.
        data: the document's own bytes, by which its like are found.
    """

    reading: Reading
    data: bytes


class Whole(NamedTuple):
    """A document that is a text and says nothing else.

    Attributes:
        data: the document's own bytes.
        text: its one block.
        span: the bytes of that in the one layer, which is the container itself in UTF-8.
    """

    data: bytes
    text: str
    span: Span


@runtime_checkable
class TakesWhole(Protocol):
    """A reader of containers that tells the plainest of documents at a glance, where lines of texts are not wanted."""

    def whole(self, given: Given, opened: Opened, member: Member) -> Whole | None:
        """What `read` would give, where it has nothing to say of a member but one block of text; else None."""
        ...


@dataclass(slots=True)
class Stretch:
    """Some of the bytes of a container, whose members are found without what stands before.

    Attributes:
        start: the first byte.
        end: the byte after the last.
        rows: how many rows begin in it; complete once the last member was given.
    """

    start: int
    end: int
    rows: int = 0


@runtime_checkable
class Divisible(Protocol):
    """A reader of containers whose rows can be told wherever one begins to read."""

    def members_within(self, given: Given, opened: Opened, stretch: Stretch) -> Iterator[Member]:
        """The members that begin in a stretch, each to its end.

        Their rows are counted from the first that begins there; one that is named by its row has no name yet. Those
        of all stretches, with true rows and told apart, are those of `members`.
        """
        ...


class Container(Protocol):
    """A reader of one kind of container."""

    def opened(self, stream: IO[bytes]) -> Opened | None:
        """The container made ready, or None where the file is none of this kind.

        Args:
            stream: its bytes, open for reading and seeking; whoever opened it closes it.
        """
        ...

    def members(self, given: Given, opened: Opened, found: Tally) -> Iterator[Member]:
        """The members, in their order.

        Args:
            given: what is known of the container.
            opened: as `opened` gave it.
            found: gets what is to be said of the container as a whole; complete once the last member was given.
        """
        ...

    def read(self, given: Given, opened: Opened, member: Member) -> Content:
        """What one member holds."""
        ...


def as_it_stands(stream: IO[bytes], form: Format) -> Opened:
    """A container whose places are places in the file."""
    return Opened(stream, is_original=True, form=form)


@dataclass(slots=True)
class Others:
    """What a container holds beside documents: counted by kind, the first ones of a kind by name.

    Attributes:
        counts: what it is, in words -> how many.
        names: the same -> the first names.
    """

    counts: Counter[str] = field(default_factory=Counter)
    names: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, name: str = "") -> None:
        """One more.

        Args:
            kind: what it is.
            name: its own, where it has one that tells something.
        """
        self.counts[kind] += 1
        if name and self.counts[kind] <= _MOST_NAMED:
            self.names.setdefault(kind, []).append(name)

    def in_words(self, kind: str) -> str:
        """How many there are of a kind, and which."""
        count, names = self.counts[kind], self.names.get(kind, [])
        more = ", ..." if len(names) < count else ""
        return f"{count:,} {kind} ({', '.join(names)}{more})" if names else f"{count:,} {kind}"


def not_documents(given: Given, others: Others, most: int = 12) -> Finding:
    """The notice that counts what is no document, and names some of it.

    Args:
        given: the container.
        others: what is counted.
        most: how many kinds are named.
    """
    ordered = sorted(others.counts.items(), key=lambda one: (-one[1], one[0]))
    said = [others.in_words(kind) for kind, _ in ordered[:most]]
    rest = sum(count for _, count in ordered[most:])
    if rest:
        said.append(f"{rest:,} of other kinds")
    return finding("container.not-documents", where=Where(file=given.path), found=", ".join(said))
