"""Bytes that do not belong to the encoding of their document."""

from __future__ import annotations

import re
from itertools import islice

from archive.model.charsets import CODECS, STATEFUL_CODECS
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.sources.limits import Limits
from archive.sources.protocol import TextInput

_CONTROLS = bytes({*range(32), 127} - {*b"\t\n\x0b\x0c\r"})
"""Control characters of ASCII but those that lay out a page: the ones that no passage holds."""
_UPPER_CONTROLS = bytes({*range(0x80, 0xA0)} - {0x85})
"""Those that ISO 6429 adds above ASCII, but the next line."""
_CONTROL = re.compile(b"[" + re.escape(_CONTROLS) + b"]")
_UPPER_OF_UTF8 = re.compile(b"\xc2[" + re.escape(_UPPER_CONTROLS) + b"]")
_CONTROL_OF_UTF8 = re.compile(_CONTROL.pattern + b"|" + _UPPER_OF_UTF8.pattern)
_CONTROL_OF_ISO_8859 = re.compile(b"[" + re.escape(_CONTROLS + _UPPER_CONTROLS) + b"]")
_END_OF_DOS = b"\x1a\r\n"
"""What may end a file of DOS, where it is no damage."""


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
    if not may_hold_controls(layer.data, layer.charset):
        return ()
    form = _CONTROL_OF_UTF8 if layer.charset == "utf-8" else _CONTROL
    form = _CONTROL_OF_ISO_8859 if layer.charset.startswith("iso-8859-") else form
    found = form.finditer(layer.data, 0, len(layer.data.rstrip(_END_OF_DOS)))
    places = [f"{one.start() + layer.offset}-{one.end() + layer.offset}" for one in islice(found, limits.most_places)]
    if not places:
        return ()
    more = sum(1 for _ in found)
    listed = ", ".join(places) + (" and more" if more else "")
    where = Where(file=text.path, bytes=places[0])
    return (finding("text.control-characters", where=where, found=f"{len(places) + more:,} at bytes {listed}"),)


def may_hold_controls(data: bytes, charset: str) -> bool:
    """Whether a text may hold control characters, told in far less time than it takes to look for their places."""
    if charset.startswith("utf-16"):
        return False  # half of each character looks like one
    if len(data) != len(data.translate(None, _CONTROLS)):
        return True
    if charset.startswith("iso-8859-"):
        return True
    return charset == "utf-8" and b"\xc2" in data and _UPPER_OF_UTF8.search(data) is not None


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
