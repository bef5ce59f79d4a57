"""Bytes that do not belong to the encoding of their document."""

from __future__ import annotations

from archive.model.charsets import CODECS, STATEFUL_CODECS
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.sources.limits import Limits
from archive.sources.protocol import TextInput


def undecodable(text: TextInput, limits: Limits) -> tuple[Finding, ...]:
    """One finding that counts what cannot be decoded and names the first places; none where all can."""
    places, more = _places(text, limits.most_places)
    if not places:
        return ()
    listed = ", ".join(places) + (" and more" if more else "")
    return (
        finding(
            "text.undecodable-bytes",
            where=Where(file=text.path, bytes=places[0]),
            found=f"bytes {listed} are not {text.layer.charset}",
            expected=f"{text.layer.charset} throughout",
        ),
    )


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
