"""Finds the line of a container that a record is about, without reading the container from its beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from archive.proving.layers import Layers
from archive.sources.containers import Member
from archive.sources.limits import Limits

_BYTES = re.compile(r"bytes=([0-9]{1,15})-[0-9]{1,15}", re.ASCII)
_STEP = 64 << 10
_MARK = b"\xef\xbb\xbf"


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
