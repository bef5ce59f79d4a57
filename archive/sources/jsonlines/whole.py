"""The plainest of lines, told at a glance: for whoever takes texts whole."""

from __future__ import annotations

from collections.abc import Mapping

from archive.model.fields import FIELD
from archive.model.spans import Span
from archive.sources.characters.damage import may_hold_controls
from archive.sources.characters.mojibake import is_suspect
from archive.sources.containers.protocol import Member, Whole
from archive.sources.jsonlines.listing import is_unicode, name_of, value_of
from archive.sources.jsonlines.scanning import Value, is_clean, usual_members
from archive.sources.limits import Limits
from archive.sources.visible import is_visible


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
    try:
        line = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    usual = usual_members(line, limits.deepest_json)
    if usual is None:
        return None
    stated = value_of(usual, "text", renames)
    if stated is None or not _is_alone(usual, renames):
        return None
    text, start, end = stated
    if type(text) is not str or end - start > limits.largest_text or not _is_usual(text, line, data):
        return None
    if line.isascii():
        return Whole(data, text, Span(0, member.start + start, member.start + end))
    first = member.start + len(line[:start].encode("utf-8"))
    return Whole(data, text, Span(0, first, member.end - len(line[end:].encode("utf-8"))))


def _is_alone(usual: Mapping[str, Value], renames: Mapping[str, str]) -> bool:
    """Whether a line states no field; what stands under other keys may hold no half of a surrogate pair."""
    for key, (value, _, _) in usual.items():
        if type(value) is list or (type(value) is str and not is_unicode(value)) or not key.isascii():
            return False
        if value is not None and name_of(key, renames) in FIELD:
            return False
    return True


def _is_usual(text: str, line: str, data: bytes) -> bool:
    """Whether there is nothing to be said of a text, nor of the bytes of its line."""
    if not is_visible(text) or is_suspect(text):
        return False
    return is_clean(line) or not may_hold_controls(data, "utf-8")
