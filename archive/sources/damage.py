"""Bytes that do not belong to the encoding of their document."""

from __future__ import annotations

import re
from itertools import islice

from archive.model.charsets import CODECS, STATEFUL_CODECS
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.sources.limits import Limits
from archive.sources.protocol import TextInput

_CONTROLS = bytes({*range(32), 127} - {*b"\t\n\x0b\x0c\r\x1a\x1b"})
"""Control characters of ASCII but those that lay out a page, end a file of DOS, or begin an escape."""
_CONTROL = re.compile(b"[" + re.escape(_CONTROLS) + b"]")


def undecodable(text: TextInput, limits: Limits) -> tuple[Finding, ...]:
    """Findings that name the first places that cannot be decoded, and control characters; none where all is well."""
    places, more = _places(text, limits.most_places)
    if not places:
        return _controls(text, limits)
    listed = ", ".join(places) + (" and more" if more else "")
    one = finding(
        "text.undecodable-bytes",
        where=Where(file=text.path, bytes=places[0]),
        found=f"bytes {listed} are not {text.layer.charset}",
        expected=f"{text.layer.charset} throughout",
    )
    return (one, *_controls(text, limits))


def _controls(text: TextInput, limits: Limits) -> tuple[Finding, ...]:
    layer = text.layer
    count = 0 if layer.charset.startswith("utf-16") else len(layer.data) - len(layer.data.translate(None, _CONTROLS))
    if not count:
        return ()
    found = islice(_CONTROL.finditer(layer.data), limits.most_places)
    places = [f"{one.start() + layer.offset}-{one.end() + layer.offset}" for one in found]
    listed = ", ".join(places) + (" and more" if count > len(places) else "")
    where = Where(file=text.path, bytes=places[0])
    return (finding("text.control-characters", where=where, found=f"{count:,} at bytes {listed}"),)


def _places(text: TextInput, most: int) -> tuple[list[str], bool]:
    layer = text.layer
    start = text.start
    places: list[str] = []
    while len(places) <= most:
        try:
            layer.data[start:].decode(CODECS[layer.charset])
        except UnicodeDecodeError as error:
            begin, end = start + error.start + layer.offset, start + error.end + layer.offset
            places.append(f"{begin}-{end}")
            start += error.end
        else:
            return places, False
    return places[:most], True


def undecodable_stateful(path: str, data: bytes, start: int, charset: str) -> tuple[Finding, ...]:
    """The same for an encoding with states, where only the first place can be told: what follows depends on it."""
    try:
        data[start:].decode(STATEFUL_CODECS[charset])
    except UnicodeDecodeError as error:
        place = f"{start + error.start}-{start + error.end}"
        return (
            finding(
                "text.undecodable-bytes",
                where=Where(file=path, bytes=place),
                found=f"bytes {place}, and perhaps more, are not {charset}",
                expected=f"{charset} throughout",
            ),
        )
    return ()
