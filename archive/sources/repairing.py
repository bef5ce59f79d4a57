"""Text that was decoded with the wrong encoding and saved so, repaired where a person asks for it.

Nothing is written over: what was repaired is a layer of its own, which is stored, so that its passages follow from it
by the same rule as everywhere and the original stays the evidence. `ftfy` repairs encodings here and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from types import MappingProxyType

from archive.model.blocks import Block, Observation, Reading
from archive.model.charsets import decode
from archive.model.codes import finding
from archive.model.derivation import carry_out
from archive.model.findings import Finding, Where
from archive.model.spans import Layer, Span
from archive.sources import html
from archive.sources.characters.mojibake import is_suspect, repair
from archive.sources.limits import Limits
from archive.sources.protocol import TextInput

LAYER = "repaired"
"""The name of the stored layer."""
_FOUND, _REPAIRED = "text.mojibake", "text.mojibake-repaired"
_WRITTEN: MappingProxyType[tuple[str, ...], Callable[[str], str]] = MappingProxyType(
    {
        (): str,
        ("json",): lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
        ("doubled-quotes",): lambda text: text.replace('"', '""'),
        ("tags", "entities"): partial(escape, quote=False),
        ("cdata", "tags", "entities"): partial(escape, quote=False),
    }
)
"""How a text is written so that the operations of its block give it back."""
_MOST_BLANK = 3
_SHOWN = 60


def repaired(reading: Reading, path: str, limits: Limits) -> Reading:
    """A reading whose broken text stands repaired in a layer of its own; the same one where nothing is broken.

    What the file states of itself is repaired where it stands in no such layer, and says who repaired it.

    Args:
        reading: of a document.
        path: its name, for findings.
        limits: how much is read.
    """
    found = _text(reading, path, limits) if any(one.code == _FOUND for one in reading.findings) else reading
    values = [_value(one) for one in found.embedded]
    if found is reading and values == list(reading.embedded):
        return reading
    about = (_about(old, new, path) for old, new in zip(found.embedded, values, strict=True) if new is not old)
    return replace(found, embedded=tuple(values), findings=(*found.findings, *about))


def _text(reading: Reading, path: str, limits: Limits) -> Reading:
    is_markup = any("tags" in block.operations for block in reading.blocks)
    is_one_page = len({(block.locator, block.spans[0].layer) for block in reading.blocks}) == 1
    found = _page(reading, path, limits) if is_markup and is_one_page else _lines(reading)
    tool = f"{reading.tool} and {_with_what()}" if reading.tool else _with_what()
    return replace(found, tool=tool, findings=tuple(map(_told, reading.findings)))


def _with_what() -> str:
    import ftfy

    return f"ftfy {ftfy.__version__} (encodings alone)"


def _value(one: Observation) -> Observation:
    """What a file states, repaired where it is broken."""
    text = repair(one.value) if is_suspect(one.value) else None
    return one if text is None else replace(one, value=text, agent=_with_what())


def _about(old: Observation, new: Observation, path: str) -> Finding:
    where = Where(file=path, bytes=old.locator.removeprefix("bytes=") if old.locator.startswith("bytes=") else None)
    found, expected = (f"{old.field}: {text[:_SHOWN]}" for text in (old.value, new.value))
    return finding(_REPAIRED, where=where, found=found, expected=expected)


def _told(one: Finding) -> Finding:
    if one.code != _FOUND:
        return one
    now = one.expected.removeprefix("perhaps ")
    return finding(_REPAIRED, document=one.document, where=one.where, found=one.found, expected=now)


def _lines(reading: Reading) -> Reading:
    """All blocks in the new layer, so that what goes on from one to the next can be put together."""
    number = len(reading.layers)
    data = bytearray()
    blocks: list[Block] = []
    for block in reading.blocks:
        text = (repair(block.text) if is_suspect(block.text) else None) or block.text
        written = _WRITTEN[block.operations](text)
        data += b"\n" * (min(block.gap, _MOST_BLANK) + 1) if data else b""
        start = len(data)
        data += written.encode("utf-8", "replace")
        span = Span(number, start, len(data))
        blocks.append(block._replace(spans=(span,), text=carry_out((written,), block.operations)))
    return replace(reading, blocks=tuple(blocks), layers=(*reading.layers, Layer(LAYER, "utf-8", bytes(data))))


def _page(reading: Reading, path: str, limits: Limits) -> Reading:
    """The page repaired line by line and read again, so that what is labelled is what it should have been."""
    source = reading.layers[reading.blocks[0].spans[0].layer]
    lines = decode(source.data, source.charset).removeprefix("\ufeff").split("\n")
    text = "\n".join(line if line.isascii() else repair(line) or line for line in lines)
    layer = Layer(LAYER, "utf-8", text.encode("utf-8", "replace"))
    taken = html.read(TextInput(layer, 0, path), limits)
    locator = reading.blocks[0].locator
    stated: Sequence[Observation] = [one for one in reading.embedded if one.layer is None]
    aside = [one for one in reading.set_aside if one.layer is None]
    return replace(
        reading,
        layers=(layer,),
        blocks=tuple(one._replace(locator=locator) for one in taken.blocks),
        embedded=(*stated, *taken.embedded),
        set_aside=(*aside, *taken.set_aside),
        text_was_read=taken.text_was_read,
        unshown=tuple(one._replace(locator=locator) for one in taken.unshown),
    )
