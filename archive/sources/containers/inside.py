"""A document that was read by itself, put into its place in a container."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.model.blocks import Block, Observation, Reading
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
        A reading whose layers, spans and places are those of the container, or of stored layers.
    """
    shift = inside.start if inside.start is not None and _is_plain(reading) else None
    layers = tuple(_layer(layer, shift) for layer in reading.layers)
    return Reading(
        media_type=inside.form.media_type,
        puid=inside.form.puid,
        puid_basis=inside.form.basis if inside.form.puid else "",
        charset=reading.charset if shift is not None else None,
        layers=layers,
        blocks=tuple(_block(one, shift or 0, inside.locator) for one in reading.blocks),
        embedded=(
            *(replace(one, layer=None) for one in stated),
            *(_observed(one, shift or 0) for one in reading.embedded),
        ),
        findings=(*findings, *_findings(reading.findings, inside, shift)),
        text_was_read=reading.text_was_read,
        tool=reading.tool or (_TOOL if shift is None else ""),
        is_own=reading.is_own,
    )


def _is_plain(reading: Reading) -> bool:
    return any(layer.name is None for layer in reading.layers)


def _layer(layer: Layer, shift: int | None) -> Layer:
    if layer.name is not None:
        return layer
    return replace(layer, name=BODY) if shift is None else replace(layer, offset=layer.offset + shift)


def _block(block: Block, shift: int, locator: str) -> Block:
    spans = block.spans
    if shift:
        spans = tuple(Span(one.layer, one.start + shift, one.end + shift) for one in spans)
    return replace(block, spans=spans, locator=f"{locator};{block.locator}" if block.locator else locator)


def _observed(one: Observation, shift: int) -> Observation:
    place = _PLACE.fullmatch(one.locator) if shift else None
    return one if place is None else replace(one, locator=f"bytes={int(place[1]) + shift}-{int(place[2]) + shift}")


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
