"""Finds the line of a container that a record is about; mostly without reading the container from its beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from archive.proving.layers import Layers, seekable
from archive.sources.containers import Member, members
from archive.sources.limits import Limits
from archive.storage.stores import Reader

_BYTES = re.compile(r"bytes=([0-9]{1,15})-[0-9]{1,15}", re.ASCII)
_STEP = 64 << 10
_MOST = 2_000_000
"""Members of one container that are held at a time."""
_MARK = b"\xef\xbb\xbf"


@dataclass
class Containers:
    """Finds the members of containers; for one thread.

    Attributes:
        reader: of the bag.
        layers: gives bytes.
        renames: keys of JSON lines -> fields.
    """

    reader: Reader
    layers: Layers
    renames: Mapping[str, str]
    _known: dict[str, dict[str, Member]] = field(default_factory=dict)

    def member(self, record: Mapping[str, Any], path: str) -> Member | None:
        """The member that a record is about, or None where there is none.

        Raises:
            StorageError: the container cannot be read.
        """
        found = enclosing_line(record, path, self.layers)
        if found is not None:
            return found
        # A line without a text and without a known field: only its name tells which one it is.
        name = str(record["source_path"])
        if path not in self._known:
            self._known[path] = self._members(path)
        # The name of the container may hold a `#` itself, and so may the member's.
        cuts = (at for at, one in enumerate(name) if one == "#")
        return next((self._known[path][name[at + 1 :]] for at in cuts if name[at + 1 :] in self._known[path]), None)

    def _members(self, path: str) -> dict[str, Member]:
        with seekable(self.reader, path) as stream:
            return {one.name: one for one in islice(members(path, stream, self.renames), _MOST) if not one.findings}


def enclosing_line(record: Mapping[str, Any], path: str, layers: Layers) -> Member | None:
    """The member whose line holds the first bytes that the record names, or None where it names none.

    Args:
        record: it was proved, so that its spans lie within the container.
        path: the payload path of the container.
        layers: gives the bytes.

    Raises:
        StorageError: the container cannot be read.
    """
    place = next(_places(record, path), None)
    size = layers.size(path)
    if place is None or place >= size:
        return None
    longest = Limits().largest_line
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
