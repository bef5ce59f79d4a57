"""Containers that are open: documents come one after the other from the same one, which is made ready once."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from pathlib import Path

from archive.errors import StorageError
from archive.model.containers import Renames, holds_many
from archive.model.findings import Finding
from archive.model.tally import Tally
from archive.sources import formats
from archive.sources.containers import Member
from archive.sources.containers.protocol import (
    Container,
    Content,
    Divisible,
    Given,
    Opened,
    Stretch,
    TakesWhole,
    Whole,
)
from archive.sources.containers.registry import reader_of
from archive.sources.limits import Limits
from archive.sources.signatures import Format
from archive.storage.kinds import kind_in
from archive.storage.trouble import explained, told_in_words


class OpenContainer:
    """One container, open until nobody holds this.

    Args:
        location: where it can be read.
        path: its name, for findings; where its content does not show what it is, its reader is chosen by it.
        renames: what a person calls things in it.
        limits: how much is read.

    Raises:
        StorageError: it cannot be opened or read.
    """

    def __init__(self, location: Path, path: str, renames: Renames, limits: Limits) -> None:
        self.location = location
        self._given = Given(path, renames, limits)
        self._reader: Container | None = None
        self._opened: Opened | None = None
        self._holds_many = False
        with told_in_words(location):
            stream = location.open("rb")
            weakref.finalize(self, stream.close)
            kind = kind_in(path, stream, renames)
            if kind is not None:
                self._holds_many = holds_many(kind)
                self._reader = reader_of(kind, limits)
                self._opened = self._reader.opened(stream)
        self._whole = self._reader if isinstance(self._reader, TakesWhole) else None

    @property
    def is_one(self) -> bool:
        """Whether the file is a container."""
        return self._opened is not None

    @property
    def disagreement(self) -> tuple[Finding, ...]:
        """A finding where its name promises something else; of a letter or a PDF its own reader gives that."""
        return formats.disagreement(self._given.path, self.form) if self.is_one and self._holds_many else ()

    @property
    def form(self) -> Format:
        """Its format."""
        return Format("application/octet-stream") if self._opened is None else self._opened.form

    def members(self, found: Tally) -> Iterator[Member]:
        """Its members, in their order; none where it is no container.

        Args:
            found: gets what is to be said of the container as a whole.

        Raises:
            StorageError: it cannot be read.
        """
        if self._reader is None or self._opened is None:
            return
        with told_in_words(self.location):
            yield from self._reader.members(self._given, self._opened, found)

    def members_within(self, stretch: Stretch) -> Iterator[Member]:
        """Those that begin in a stretch, as `Divisible.members_within` gives them; none where it cannot be divided.

        Raises:
            StorageError: it cannot be read.
        """
        if not isinstance(self._reader, Divisible) or self._opened is None:
            return
        with told_in_words(self.location):
            yield from self._reader.members_within(self._given, self._opened, stretch)

    def whole(self, member: Member) -> Whole | None:
        """What a member holds, where it is a text and says nothing else, and the reader tells so at a glance.

        Raises:
            StorageError: it cannot be read.
        """
        if self._whole is None or self._opened is None:
            return None
        try:
            return self._whole.whole(self._given, self._opened, member)
        except OSError as error:
            raise explained(error, self.location) from error

    def content(self, member: Member) -> Content:
        """What one member holds.

        Raises:
            StorageError: it cannot be read, or is not what it was when its members were found.
        """
        if self._reader is None or self._opened is None:
            raise StorageError("it is no longer what it was when it was opened", where=str(self.location))
        try:  # which is asked for each document, and takes a tenth of the time of `told_in_words`
            return self._reader.read(self._given, self._opened, member)
        except OSError as error:
            raise explained(error, self.location) from error


class Opening:
    """Keeps the container that was read last; for one process.

    Args:
        renames: what a person calls things in containers.
        limits: how much is read.
    """

    def __init__(self, renames: Renames, limits: Limits) -> None:
        self._renames = renames
        self._limits = limits
        self._last: OpenContainer | None = None

    def at(self, location: Path, path: str) -> OpenContainer:
        """The container at a place.

        Raises:
            StorageError: it cannot be opened.
        """
        if self._last is None or self._last.location != location:
            self._last = OpenContainer(location, path, self._renames, self._limits)
        return self._last
