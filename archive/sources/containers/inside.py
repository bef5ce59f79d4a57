"""A document that was read by itself, put into its place in a container."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.model.blocks import Block, Observation, OwnFormat, Reading
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.model.spans import Layer, Span
from archive.sources.containers.protocol import Given, Member
from archive.sources.signatures import Format

BODY = "body"
"""The name of the stored layer that holds a document's bytes where they do not stand plainly in the container."""
_TOOL = "this program's reader of containers"
"""Named where a document's bytes had to be taken out of what they are wrapped in."""
_RANGE = re.compile(r"\b([0-9]+)-([0-9]+)\b")
_PLACE = re.compile(r"bytes=([0-9]+)-([0-9]+)")


@dataclass(frozen=True, slots=True)
class Inside:
    """Where a document stands.

    Attributes:
        given: the container.
        member: the document.
        form: the format of the container.
        start: the byte of the container at which the document's bytes begin, or None where they do not stand there.
        locator: the place in the container's own terms, `record=urn:uuid:...`.
    """

    given: Given
    member: Member
    form: Format
    start: int | None
    locator: str


def placed(reading: Reading, inside: Inside, stated: Sequence[Observation], findings: Sequence[Finding]) -> Reading:
    """The reading of a document's own bytes, as that of a member of a container.

    Args:
        reading: as if the document were a file.
        inside: where it stands.
        stated: what the container states of it, with places in the container; it comes before what the document says.
        findings: about the way to its bytes.

    Returns:
        A reading whose layers, spans, places and format are those of the container, or of stored layers.
    """
    shift = inside.start
    is_there = shift is not None and any(layer.name is None for layer in reading.layers)
    moves = tuple(_move(layer, shift) for layer in reading.layers)
    places = _Places(reading.layers, moves, shift, inside.locator)
    layers = tuple(_layer(layer, shift) for layer in reading.layers)
    return Reading(
        media_type=inside.form.media_type,
        puid=inside.form.puid,
        puid_basis=inside.form.puid_basis,
        charset=reading.charset if is_there else None,
        layers=layers,
        blocks=tuple(_block(one, moves, inside.locator) for one in reading.blocks),
        embedded=(
            *(replace(one, layer=None) for one in stated if not one.reason),
            *map(places.observed, reading.embedded),
        ),
        set_aside=(
            *(replace(one, layer=None) for one in stated if one.reason),
            *map(places.observed, reading.set_aside),
        ),
        findings=(*findings, *_findings(reading.findings, inside, shift)),
        text_was_read=reading.text_was_read,
        tool=reading.tool or ("" if is_there else _TOOL),
        is_own=reading.is_own,
        is_letter=reading.is_letter,
        own_format=reading.own_format or _own_format(reading, inside.form),
        unshown=tuple(_block(one, moves, inside.locator) for one in reading.unshown),
    )


def _own_format(reading: Reading, form: Format) -> OwnFormat | None:
    """What the document is, where it is not a line of the container."""
    is_line = (reading.media_type, reading.puid) == (form.media_type, form.puid)
    return None if is_line else OwnFormat(reading.media_type, reading.puid, reading.puid_basis)


def _move(layer: Layer, shift: int | None) -> int:
    """What is added to places in a layer: a stored one begins at 0, and what is stored from now on does too."""
    return 0 if layer.name is not None else -layer.offset if shift is None else shift


def _layer(layer: Layer, shift: int | None) -> Layer:
    if layer.name is not None:
        return layer
    return replace(layer, name=BODY, offset=0) if shift is None else replace(layer, offset=layer.offset + shift)


def _block(block: Block, moves: Sequence[int], locator: str) -> Block:
    spans = block.spans
    if any(moves):
        spans = tuple(Span(one.layer, one.start + moves[one.layer], one.end + moves[one.layer]) for one in spans)
    return block._replace(spans=spans, locator=f"{locator};{block.locator}" if block.locator else locator)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the places that a document's own reader told are now.

    Attributes:
        layers: as that reader gave them.
        moves: what is added to each place in each of them.
        shift: what is added to a place in the document's file, or None where that is not there any more.
        locator: what is said instead.
    """

    layers: Sequence[Layer]
    moves: Sequence[int]
    shift: int | None
    locator: str

    def observed(self, one: Observation) -> Observation:
        place = _PLACE.fullmatch(one.locator)
        if place is None:
            return one
        start, end = int(place[1]), int(place[2])
        if one.layer is not None and (self.layers[one.layer].name is not None or self.shift is not None):
            return self._at(one, start, end, self.moves[one.layer])
        if self.shift is not None:
            return self._at(one, start, end, self.shift)
        for number, layer in enumerate(self.layers):  # the file's own bytes, as far as they are kept
            if layer.name is None and layer.offset <= start and end <= layer.offset + len(layer.data):
                return self._at(replace(one, layer=number), start, end, self.moves[number])
        return replace(one, layer=None, locator=self.locator)

    def _at(self, one: Observation, start: int, end: int, move: int) -> Observation:
        return replace(one, locator=f"bytes={start + move}-{end + move}") if move else one


def _findings(findings: Sequence[Finding], inside: Inside, shift: int | None) -> Iterator[Finding]:
    path, member = inside.given.path, inside.member
    for one in findings:
        if one.code == "format.name-disagrees":
            where = Where(file=path, row=member.row)
            yield finding("container.type-disagrees", where=where, found=one.found, expected=one.expected)
        elif shift is None or one.where.bytes is None:
            yield replace(one, where=Where(file=path, row=member.row, pointer=one.where.pointer))
        else:
            found = _shifted(one.found, shift) if one.code == "text.undecodable-bytes" else one.found
            where = Where(path, member.row, None, one.where.pointer, _shifted(one.where.bytes, shift))
            yield replace(one, where=where, found=found)


def _shifted(text: str, shift: int) -> str:
    return _RANGE.sub(lambda found: f"{int(found[1]) + shift}-{int(found[2]) + shift}", text)
