"""Finds the document of a container that a record is about; in JSON lines mostly without reading all of it."""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from archive.errors import StorageError
from archive.model.blocks import Reading
from archive.model.containers import JSON_LINES, Renames, holds_many
from archive.model.findings import errors_in
from archive.model.tally import Tally
from archive.proving.layers import Layers, seekable
from archive.sources.containers import Member
from archive.sources.containers.naming import line_name
from archive.sources.containers.protocol import Given
from archive.sources.containers.registry import reader_of
from archive.sources.formats import JSON_LINES as FORM
from archive.sources.limits import Limits
from archive.storage.kinds import kind_in
from archive.storage.stores import Reader

_BYTES = re.compile(r"bytes=([0-9]{1,15})-[0-9]{1,15}", re.ASCII)
_STEP = 64 << 10
_MOST = 2_000_000
"""Members of one container that are held at a time."""
_MOST_KINDS = 4096
"""Files of which it is remembered what they are."""
_ORIGINALS = "data/originals/"
_MARK = b"\xef\xbb\xbf"


@dataclass
class Containers:
    """Finds and reads the members of containers; for one thread.

    Attributes:
        reader: of the bag.
        layers: gives bytes.
        renames: what the person called things in containers.
        limits: how much of a document is read.
    """

    reader: Reader
    layers: Layers
    renames: Renames
    limits: Limits = field(default=Limits())
    _known: dict[str, dict[str, Member]] = field(default_factory=dict)
    _kinds: dict[str, str | None] = field(default_factory=dict)
    _last: _Open | None = None

    def may_hold(self, path: str) -> bool:
        """Whether a file is one of those that hold documents, as its beginning shows or its name says.

        Raises:
            StorageError: it cannot be read.
        """
        return self._kind(path) is not None

    def is_of_members(self, path: str) -> bool:
        """The same, and that it is no document itself beside them, as a letter is.

        Raises:
            StorageError: it cannot be read.
        """
        return holds_many(self._kind(path))

    def holds_any(self, path: str) -> bool:
        """Whether a file holds documents; one that does not is a document itself.

        Raises:
            StorageError: it cannot be read.
        """
        return bool(self._members(path))

    def member(self, record: Mapping[str, Any], path: str) -> Member | None:
        """The member that a record is about, or None where there is none.

        Raises:
            StorageError: the container cannot be read.
        """
        if self._kind(path) == JSON_LINES:
            if not _is_of_lines(record, path):
                return None
            found = enclosing_line(record, path, self.layers, self.limits.largest_line)
            if found is not None:
                return found
        # Only its name tells which one it is: of a line without a text and without a known field nothing else does.
        name = str(record["source_path"])
        known = self._members(path)
        # The name of the container may hold a `#` itself, and so may the member's.
        cuts = (at for at, one in enumerate(name) if one == "#")
        return next((known[name[at + 1 :]] for at in cuts if name[at + 1 :] in known), None)

    def reading(self, path: str, member: Member) -> Reading:
        """What a member holds.

        Raises:
            StorageError: the container cannot be read, or is none any more.
        """
        opened = self._at(path)
        if opened.opened is None:
            raise StorageError("It is no container of the kind that its name says", where=path)
        if member.findings:
            return member.unread(opened.opened.form)
        return opened.container.read(opened.given, opened.opened, member).reading

    def _members(self, path: str) -> dict[str, Member]:
        if path not in self._known:
            opened = self._at(path)
            members: Iterator[Member] = iter(())
            if opened.opened is not None:
                members = opened.container.members(opened.given, opened.opened, Tally())
            found = [one for one in islice(members, _MOST) if not errors_in(one.findings)]
            is_any_whole = any(not one.findings for one in found)  # else the container is one document itself
            named = ((line_name(one) if one.findings else one.name, one) for one in found)
            self._known[path] = dict(named) if is_any_whole else {}
        return self._known[path]

    def _kind(self, path: str) -> str | None:
        """Which kind of container a file is; that of the last ones is remembered."""
        if path not in self._kinds:
            if len(self._kinds) >= _MOST_KINDS:
                self._kinds.clear()
            with closing(seekable(self.reader, path)) as stream:
                self._kinds[path] = kind_in(path, stream, self.renames)
        return self._kinds[path]

    def _at(self, path: str) -> _Open:
        if self._last is None or self._last.path != path:
            self._last = None
            self._last = _Open(self, path)
        return self._last


def _is_of_lines(record: Mapping[str, Any], path: str) -> bool:
    """Whether the file was read line by line; one without any JSON object is a document itself."""
    return any(file["path"] == path and file["media_type"] == FORM.media_type for file in record["files"])


class _Open:
    """A container that is open until nobody holds this."""

    def __init__(self, containers: Containers, path: str) -> None:
        kind = containers._kind(path)
        if kind is None:
            raise StorageError("It is no container", where=path)
        self.path = path
        self.container = reader_of(kind, containers.limits)
        self.given = Given(path.removeprefix(_ORIGINALS), containers.renames, containers.limits)
        stream = seekable(containers.reader, path)
        weakref.finalize(self, stream.close)
        self.opened = self.container.opened(stream)


def enclosing_line(record: Mapping[str, Any], path: str, layers: Layers, longest: int) -> Member | None:
    """The member whose line holds the first bytes that the record names, or None where it names none.

    Args:
        record: it was proved, so that its spans lie within the container.
        path: the payload path of the container.
        layers: gives the bytes.
        longest: bytes of a line that is read.

    Raises:
        StorageError: the container cannot be read.
    """
    place = next(_places(record, path), None)
    size = layers.size(path)
    if place is None or place >= size:
        return None
    start = _start(layers, path, place, longest)
    end = _end(layers, path, place, size, longest)
    if start is None or end is None:
        return None
    line = layers.read(path, start, end)
    mark = len(_MARK) if start == 0 and line.startswith(_MARK) else 0
    body = line[mark:].rstrip(b"\r\n")
    name = str(record["source_path"]).rpartition("#")[2]
    return Member(path, name, start + mark, start + mark + len(body), 1)


def _places(record: Mapping[str, Any], path: str) -> Iterator[int]:
    for passage in record["passages"]:
        for span in passage["spans"]:
            if span["layer"] == path:
                yield int(span["byte_start"])
    for statement in record["statements"]:
        found = _BYTES.fullmatch(statement["locator"])
        if found and statement["file"] == path:
            yield int(found[1])


def _start(layers: Layers, path: str, place: int, longest: int) -> int | None:
    """The byte after the line break before `place`."""
    at = place
    while at > 0 and place - at <= longest:
        begin = max(0, at - _STEP)
        cut = layers.read(path, begin, at).rfind(b"\n")
        if cut >= 0:
            return begin + cut + 1
        at = begin
    return 0 if at == 0 else None


def _end(layers: Layers, path: str, place: int, size: int, longest: int) -> int | None:
    """The byte of the line break after `place`, or the end of the file."""
    at = place
    while at < size and at - place <= longest:
        cut = layers.read(path, at, min(size, at + _STEP)).find(b"\n")
        if cut >= 0:
            return at + cut
        at = min(size, at + _STEP)
    return size if at == size else None
