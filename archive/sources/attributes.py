"""The attributes of a start tag, with the bytes where their values stand."""

from __future__ import annotations

import html
import re

from archive.model.charsets import decode

_ATTRIBUTE = re.compile(
    rb"""([^\s=/>"'<]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++)))?+""",
)
_NAME = re.compile(rb"<[^\s/>]*")


def attributes_of(tag: bytes, place: int, charset: str) -> dict[str, tuple[str, int, int]]:
    """Name in lower case -> value, first byte of it, byte after its last.

    Args:
        tag: the bytes from `<` to `>`.
        place: where the tag begins in the layer's data.
        charset: of the layer.

    >>> attributes_of(b'<a rel="author" href=x>', 0, "utf-8")
    {'rel': ('author', 8, 14), 'href': ('x', 21, 22)}
    """
    found: dict[str, tuple[str, int, int]] = {}
    named = _NAME.match(tag)
    for one in _ATTRIBUTE.finditer(tag, named.end() if named else 0):
        group = one.lastindex or 1
        value = "" if group == 1 else html.unescape(decode(one[group], charset))
        start, end = one.span(group)
        found.setdefault(one[1].decode("latin-1").lower(), (value, place + start, place + end))
    return found


def place_of(name: bytes, tag: bytes, place: int) -> tuple[int, int] | None:
    """Where the value of an attribute stands; None where a tag has no such attribute, or one without a value.

    Args:
        name: of the attribute, in lower case.
        tag: the bytes from `<` to `>`.
        place: where the tag begins in the layer's data.

    >>> place_of(b"alt", b'<img title="alt=x" ALT="a boat">', 10)
    (34, 40)
    """
    if name not in tag.lower():
        return None
    named = _NAME.match(tag)
    for one in _ATTRIBUTE.finditer(tag, named.end() if named else 0):
        if one[1].lower() == name:
            group = one.lastindex or 1
            start, end = one.span(group)
            return None if group == 1 else (place + start, place + end)
    return None
