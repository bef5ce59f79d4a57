"""One document of a JSON lines container: its text line by line, its known fields as embedded metadata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

from archive.model.blocks import Reading
from archive.model.codes import finding
from archive.model.spans import Layer
from archive.model.tally import Tally
from archive.sources.characters.damage import undecodable
from archive.sources.characters.mojibake import mojibake
from archive.sources.containers.protocol import Content, Given, Member, Opened, Stretch, Whole, as_it_stands
from archive.sources.formats import JSON_LINES
from archive.sources.jsonlines.blocks import blocks_of
from archive.sources.jsonlines.faults import unsafe
from archive.sources.jsonlines.fields import fields_of
from archive.sources.jsonlines.listing import is_unicode, members, members_within, value_of
from archive.sources.jsonlines.places import Places
from archive.sources.jsonlines.scanning import (
    MalformedError,
    Value,
    is_clean,
    members_of_object,
    usual_members,
)
from archive.sources.jsonlines.whole import whole_text
from archive.sources.limits import Limits
from archive.sources.protocol import Taken, TextInput

_SIMPLE = frozenset({int, float, bool, type(None)})
_DEFAULT = Limits()


class JsonLines:
    """See `archive.sources.containers.protocol.Container`."""

    def opened(self, stream: IO[bytes]) -> Opened:
        """See `Container.opened`; what is no JSON lines shows only line by line."""
        return as_it_stands(stream, JSON_LINES)

    def members(self, given: Given, opened: Opened, found: Tally) -> Iterator[Member]:  # noqa: ARG002 - of the protocol
        """See `Container.members`."""
        opened.stream.seek(0)
        return members(given.path, opened.stream, given.renames.json_lines, limits=given.limits)

    def members_within(self, given: Given, opened: Opened, stretch: Stretch) -> Iterator[Member]:
        """See `Divisible.members_within`."""
        return members_within(given.path, opened.stream, given.renames.json_lines, stretch, limits=given.limits)

    def whole(self, given: Given, opened: Opened, member: Member) -> Whole | None:
        """See `TakesWhole.whole`."""
        return whole_text(_bytes_of(opened, member), member, given.renames.json_lines, given.limits)

    def read(self, given: Given, opened: Opened, member: Member) -> Content:
        """See `Container.read`."""
        data = _bytes_of(opened, member)
        return Content(read_member(data, member, given.renames.json_lines, limits=given.limits), data)


def _bytes_of(opened: Opened, member: Member) -> bytes:
    opened.stream.seek(member.start)
    return opened.stream.read(member.end - member.start)


def read_member(data: bytes, member: Member, renames: Mapping[str, str], *, limits: Limits = _DEFAULT) -> Reading:
    """What one member of a container holds.

    Args:
        data: the bytes of the container from `member.start` to `member.end`.
        member: as `archive.sources.jsonlines.listing.members` gave it.
        renames: key of a line -> name of a field, or `id` or `text`.
        limits: how much is read.

    Returns:
        The reading; its layer is the stretch of the container, its spans count from the container's beginning.
    """
    layer = Layer(None, "utf-8", data, member.start)
    text = TextInput(layer, 0, member.container)
    line = data.decode("utf-8", "surrogateescape")
    usual = usual_members(line, limits.deepest_json)
    try:
        known = usual or members_of_object(line, limits.deepest_json)
    except MalformedError as error:
        one = finding("jsonl.malformed-line", where=member.where, found=str(error), expected="one JSON object")
        return _reading(layer, Taken(findings=(one,), text_was_read=False))
    taken = blocks_of(text, line, value_of(known, "text", renames), member, limits)
    embedded, unusable = fields_of(known, renames, Places(line, member.start), member)
    findings = (
        *(() if usual and is_clean(line) else undecodable(text, limits)),
        *taken.findings,
        *unusable,
        *(() if usual and _is_sound(usual) else unsafe(line, renames, member, limits)),
        *mojibake(taken.blocks, member.container, limits),
    )
    return _reading(layer, Taken(taken.blocks, embedded, findings, taken.text_was_read))


def _is_sound(usual: Mapping[str, Value]) -> bool:
    """Whether no half of a surrogate pair stands in a usual line; False where that takes more than a look."""
    return all(
        is_unicode(value) if type(value) is str else type(value) in _SIMPLE for value, _, _ in usual.values()
    ) and all(map(str.isascii, usual))


def _reading(layer: Layer, taken: Taken) -> Reading:
    return Reading(
        media_type=JSON_LINES.media_type,
        puid=JSON_LINES.puid,
        charset="utf-8",
        layers=(layer,),
        blocks=taken.blocks,
        embedded=taken.embedded,
        findings=taken.findings,
        text_was_read=taken.text_was_read,
    )
