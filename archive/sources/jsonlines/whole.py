"""The plainest of lines, told at a glance: for whoever takes texts whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.model.fields import FIELD
from archive.model.spans import Span
from archive.sources.characters.damage import may_hold_controls
from archive.sources.characters.mojibake import is_suspect
from archive.sources.containers.protocol import Member, Whole
from archive.sources.jsonlines.listing import key_of, name_of
from archive.sources.jsonlines.scanning import string_end, usual_values
from archive.sources.limits import Limits
from archive.sources.visible import is_visible

_SIMPLE = frozenset({str, int, float, bool, type(None)})


def whole_text(data: bytes, member: Member, renames: Mapping[str, str], limits: Limits) -> Whole | None:
    """What `read_member` gives as the one block of a line of which it has nothing else to say (`TakesWhole`).

    Args:
        data: the bytes of the member.
        member: it.
        renames: key of a line -> name of a field, or `id` or `text`.
        limits: how much is read; lines of texts are not wanted.

    Returns:
        The text, or None where there is more to be said, or may be.
    """
    values = usual_values(data, limits.deepest_json)
    key = None if values is None else key_of(values, "text", renames)
    if values is None or key is None or not _is_alone(values, renames):
        return None
    text = values[key]
    if type(text) is not str or not _is_usual(text, data):
        return None
    place = _place_of_text(data, key, values)
    if place is None or place[1] - place[0] > limits.largest_text:
        return None
    return Whole(data, text, Span(0, member.start + place[0], member.start + place[1]))


def _is_alone(values: Mapping[str, Any], renames: Mapping[str, str]) -> bool:
    """Whether a line states no field, and nothing stands in it that holds anything else."""
    for key, value in values.items():
        if type(value) not in _SIMPLE or not key.isascii() or (value is not None and name_of(key, renames) in FIELD):
            return False
    return True


def _is_usual(text: str, data: bytes) -> bool:
    """Whether there is nothing to be said of a text, nor of the bytes of its line."""
    if not is_visible(text) or is_suspect(text):
        return False
    return (b"\x7f" not in data) if data.isascii() else not may_hold_controls(data, "utf-8")


def _place_of_text(data: bytes, key: str, values: Mapping[str, Any]) -> tuple[int, int] | None:
    """Where a text stands between its quotation marks; None where that, or that no key stands twice, takes a look.

    Around the text no character is written as an escape. So what looks like its key is it; and as each member in the
    line has a colon, there are none beside those of `values` if no colon is left over.
    """
    mark = b'"%b":' % key.encode("ascii")
    at = data.find(mark)
    start = at + len(mark) + (2 if data[at + len(mark) : at + len(mark) + 1] == b" " else 1)
    before = data[:start]
    if at < 0 or before[-1:] != b'"' or b"\\" in before:
        return None
    end = string_end(data, start, values[key])
    around = before + data[end:]
    others = [one for name, one in values.items() if name != key and type(one) is str]
    colons = len(values) + "".join([*values, *others]).count(":")
    return (start, end) if around.count(b":") == colons and b"\\" not in around else None
