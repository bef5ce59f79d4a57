"""One document of a JSON lines container: its text line by line, its known fields as embedded metadata."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import IO, Any, NamedTuple

from archive.model.blocks import Block, Observation, Reading
from archive.model.codes import finding
from archive.model.derivation import carry_out
from archive.model.fault_words import value_words
from archive.model.fields import FIELD
from archive.model.findings import Finding, Severity
from archive.model.json_faults import REPEATED_KEY, JsonFault, may_hold_half, pointer, said_by
from archive.model.spans import Layer, Span
from archive.model.tally import Tally
from archive.sources.characters.damage import undecodable
from archive.sources.characters.mojibake import mojibake
from archive.sources.containers.protocol import Content, Given, Member, Opened, Stretch, Whole, as_it_stands
from archive.sources.dates import stated_edtf
from archive.sources.formats import JSON_LINES
from archive.sources.jsonlines.listing import is_unicode, members, members_within, name_of, value_of
from archive.sources.jsonlines.scanning import (
    MalformedError,
    Value,
    faults_in,
    is_clean,
    members_of_object,
    usual_members,
)
from archive.sources.jsonlines.strings import written_lines
from archive.sources.jsonlines.whole import whole_text
from archive.sources.limits import Limits
from archive.sources.protocol import Taken, TextInput
from archive.sources.text import too_many_blocks
from archive.sources.visible import is_visible

_SURROGATE = re.compile("[\ud800-\udfff]")
_OPERATIONS = ("json",)
"""Of every block alike, so that blocks can be put together."""
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
    taken = _blocks(text, line, value_of(known, "text", renames), member, limits)
    embedded, unusable = _fields(known, renames, _Places(line, member.start), member)
    findings = (
        *(() if usual and is_clean(line) else undecodable(text, limits)),
        *taken.findings,
        *unusable,
        *(() if usual and _is_sound(usual) else _unsafe(line, renames, member, limits)),
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


@dataclass(slots=True)
class _Places:
    """From characters of the line to bytes of the container; quick when asked in rising order."""

    line: str
    byte: int
    character: int = 0

    def at(self, character: int) -> int:
        if character >= self.character:
            self.byte += len(self.line[self.character : character].encode("utf-8", "surrogateescape"))
        else:
            self.byte -= len(self.line[character : self.character].encode("utf-8", "surrogateescape"))
        self.character = character
        return self.byte


def _blocks(text: TextInput, line: str, stated: Value | None, member: Member, limits: Limits) -> Taken:
    if stated is None or not isinstance(stated.value, str):
        seen = "no text" if stated is None else f"{type(stated.value).__name__} {stated.value!r}"[:80]
        one = finding("jsonl.text-missing", where=member.where, found=seen, expected="a string")
        return Taken(findings=(one,), text_was_read=False)
    if stated.end - stated.start > limits.largest_text:
        one = finding("text.too-large", where=member.where, expected=f"at most {limits.largest_text:,} bytes")
        return Taken(findings=(one,), text_was_read=False)
    places = _Places(line, member.start)
    if not limits.lines_are_wanted:
        return _whole(text, stated, places, member)
    written = line[stated.start : stated.end]
    found = (
        _plain_blocks(written, places.at(stated.start))
        if _is_plain(written)
        else _any_blocks(text, line, stated, places)
    )
    blocks = tuple(islice(found, limits.most_blocks + 1))
    if len(blocks) > limits.most_blocks:
        return too_many_blocks(text, limits)
    return Taken(blocks, findings=() if blocks else (finding("text.empty", where=member.where),))


def _whole(text: TextInput, stated: Value, places: _Places, member: Member) -> Taken:
    """All of the string as one block."""
    span = Span(0, places.at(stated.start), places.at(stated.end))
    said = stated.value
    if not is_unicode(said):
        said = carry_out((text.layer.slice(span).decode("utf-8", "replace"),), _OPERATIONS)
    if not is_visible(said):
        return Taken(findings=(finding("text.empty", where=member.where),))
    return Taken((Block((span,), said, _OPERATIONS),))


def _is_plain(written: str) -> bool:
    """Whether a string says what is written there, but for line breaks, and holds no white space but single ones."""
    is_seen = "\x7f" not in written if written.isascii() else written.isprintable()
    return is_seen and written.count("\\") == written.count("\\n")


def _plain_blocks(written: str, start: int) -> Iterator[Block]:
    """The same as `_any_blocks` of a string that is plain and begins at byte `start`."""
    gap = 0
    for line in written.split("\\n"):
        size = len(line) if line.isascii() else len(line.encode("utf-8"))
        bare = line.strip(" ")
        if bare:
            first = start + len(line) - len(line.lstrip(" "))
            last = start + size - (len(line) - len(line.rstrip(" ")))
            yield Block((Span(0, first, last),), bare, _OPERATIONS, "", gap)
            gap = 0
        else:
            gap += 1
        start += size + 2


def _any_blocks(text: TextInput, line: str, stated: Value, places: _Places) -> Iterator[Block]:
    """The lines of a string, each with its bytes."""
    gap = 0
    for start, end, blank in written_lines(line, stated.start, stated.end):
        span = Span(0, places.at(start), places.at(end))
        raw = text.layer.slice(span).decode("utf-8", "replace")
        said = carry_out((raw,), _OPERATIONS)
        gap += blank
        if not is_visible(said):
            gap += 1
            continue
        yield Block((span,), said, _OPERATIONS, gap=gap)
        gap = 0


def _unsafe(line: str, renames: Mapping[str, str], member: Member, limits: Limits) -> Iterator[Finding]:
    """Keys that stand twice and halves of surrogate pairs, of which other readers make something else.

    The first ones of a kind have findings of their own, the others are counted: a line may hold a million.
    """
    places = _Places(line, member.start)
    counts: Counter[tuple[str, Severity]] = Counter()
    last: dict[tuple[str, Severity], JsonFault] = {}
    for one in faults_in(line):
        kind = one.kind, _weight(one, line, renames)
        counts[kind] += 1
        if counts[kind] <= limits.most_places:
            yield from _told(one, line, places, member, kind[1])
        else:
            last[kind] = one
    for kind, one in last.items():
        more = f"{counts[kind] - limits.most_places:,} more of this kind, the last of them here"
        yield from (replace(said, found=more) for said in _told(one, line, places, member, kind[1]))


def _weight(one: JsonFault, line: str, renames: Mapping[str, str]) -> Severity:
    if one.kind != REPEATED_KEY or one.pointer.count("/") != 1:
        return Severity.WARNING
    key = said_by(line[one.start : one.end])
    return Severity.ERROR if key in {"id", "text"} or name_of(key, renames) else Severity.WARNING


def _told(one: JsonFault, line: str, places: _Places, member: Member, weight: Severity) -> Iterator[Finding]:
    bounds = f"{places.at(one.start)}-{places.at(one.end)}"
    where = replace(member.where, pointer=one.pointer, bytes=bounds)
    written = line[one.start : one.end]
    said = written[:80].encode("utf-8", "replace").decode("utf-8")
    if one.kind == REPEATED_KEY:
        yield finding("jsonl.repeated-key", where=where, found=f"{said} a second time", severity=weight)
    elif may_hold_half(written):  # else it is a byte that cannot be decoded, of which another finding tells
        yield finding("jsonl.lone-surrogate", where=where, found=said)


def _fields(
    known: Mapping[str, Value], renames: Mapping[str, str], places: _Places, member: Member
) -> tuple[tuple[Observation, ...], tuple[Finding, ...]]:
    found: list[Observation] = []
    unusable: list[Finding] = []
    for key, value in known.items():
        name = name_of(key, renames)
        if name not in FIELD or value.value is None:
            continue
        bounds = f"{places.at(value.start)}-{places.at(value.end)}"
        for at, stated in _stated(name, value.value):
            if isinstance(stated, str):
                found.extend([Observation(name, stated, f"bytes={bounds}")] if stated else ())
                continue
            place = replace(member.where, pointer=pointer(key, *at), bytes=bounds)
            # a line that asks for a level that nobody can read must not pass for one that asks for none
            weight = Severity.ERROR if name == "access_level" else None
            one = finding("jsonl.field-not-usable", where=place, found=stated.seen, expected=_expected(name))
            unusable.append(replace(one, severity=weight or one.severity))
    return tuple(found), tuple(unusable)


class _Unusable(NamedTuple):
    """A value that cannot be taken, in words."""

    seen: str


def _stated(name: str, value: Any) -> Iterator[tuple[tuple[int, ...], str | _Unusable]]:
    """The values of a field, each with its index in a list; an empty string states nothing."""
    is_date = FIELD[name].form == "edtf"
    if isinstance(value, list) and FIELD[name].many:
        items: list[tuple[tuple[int, ...], Any]] = [((index,), item) for index, item in enumerate(value)]
        if not items:
            yield (), _Unusable("an empty list")
    else:
        items = [((), value)]
    for at, item in items:
        said = str(item) if is_date and type(item) is int else item
        if not isinstance(said, str):
            yield at, _Unusable(value_words(item))
            continue
        text = _SURROGATE.sub("\ufffd", said).strip()
        edtf = stated_edtf(text) if text and is_date else text
        yield at, _Unusable(repr(text[:80])) if edtf is None else edtf


def _expected(name: str) -> str:
    if FIELD[name].form == "edtf":
        return "a date as EDTF, such as 2017-09-03"
    return "a string or a list of strings" if FIELD[name].many else "a string"
