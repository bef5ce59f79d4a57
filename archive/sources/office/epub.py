"""EPUB (2.0.1 and 3.3): the chapters of a book in the order of its spine, and the metadata of its package.

Chapters are XHTML and are read as such; of what surrounds a page on the web a book has nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.model.blocks import Block
from archive.model.codes import finding
from archive.model.derivation import carry_out
from archive.model.findings import Finding, Where
from archive.model.spans import Layer
from archive.sources import html
from archive.sources.characters.charsets import detect
from archive.sources.layering import LayerWriter
from archive.sources.office.parts import Parts, UnreadableError, part_of
from archive.sources.office.properties import of_epub
from archive.sources.protocol import Opaque, Taken, TakenOut, TextInput
from archive.sources.unseen.people import People

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document"})
_HINTS = {"aside": "footnote", "header": "", "footer": "", "form": ""}
"""What hints of web pages mean in a book."""
_ONE_LINE = ("controls", "join-lines", "spaces")
_MOST_CHAPTERS = 10_000
_MOST_NAMED = 5
_LONGEST_SAID = 400


@dataclass(frozen=True, slots=True)
class _Chapter:
    part: str
    is_contents: bool


def take_out(document: Opaque) -> TakenOut:
    """The text of a book as a layer, with the part that each block stands in, and what its package states.

    Raises:
        UnreadableError: it cannot be read at all.
        TooMuchTextError: it holds more than is read.
    """
    from lxml import etree

    parts = Parts(document)
    package_part = _package_part(parts)
    package = parts.xml(package_part)
    writer = LayerWriter(document.limits)
    lost: list[Finding] = []
    bare: list[str] = []
    encrypted = _encrypted(parts)
    chapters = _chapters(package, package_part)
    for chapter in chapters:
        if chapter.part in encrypted:
            raise UnreadableError("document.encrypted", chapter.part[:120])
        try:
            if not _read_chapter(chapter, parts.read(chapter.part), writer, document):
                bare.append(chapter.part)
        except UnreadableError as error:
            if error.code != "document.malformed":
                raise
            lost.append(finding(error.code, where=Where(file=document.path), found=error.found))
    if bare:
        said = f"{len(bare):,} of {len(chapters):,}: {', '.join(bare[:_MOST_NAMED])}"[:_LONGEST_SAID]
        lost.append(finding("document.part-empty", where=Where(file=document.path), found=said))
    people = People(document.path)
    for picture in parts.pictures():
        people.add_pictures(picture)
    embedded = tuple(of_epub(package, package_part))
    taken = Taken(tuple(writer.blocks), embedded, (*lost, *people.findings()), unshown=tuple(writer.unshown))
    return TakenOut(writer.data, taken, f"lxml {etree.__version__}", is_own=True)


def _package_part(parts: Parts) -> str:
    for one in parts.xml(_CONTAINER).iter():
        if _name(one) == "rootfile":
            return part_of("", str(one.get("full-path") or ""))
    raise UnreadableError("document.malformed", f"{_CONTAINER} names no package")


def _encrypted(parts: Parts) -> frozenset[str]:
    """The parts that are encrypted; for fonts that is common, and harms nothing (EPUB 3.3, 4.2.6.3.3)."""
    root = parts.xml_if_there(_ENCRYPTION)
    if root is None:
        return frozenset()
    return frozenset(part_of("", str(one.get("URI") or "")) for one in root.iter() if _name(one) == "CipherReference")


def _chapters(package: Any, package_part: str) -> list[_Chapter]:
    items = {str(one.get("id") or ""): one for one in package.iter() if _name(one) == "item"}
    found: dict[str, _Chapter] = {}
    for one in package.iter():
        item = items.get(str(one.get("idref") or "")) if _name(one) == "itemref" else None
        if item is None or item.get("media-type") not in _PAGES:
            continue
        part = part_of(package_part, str(item.get("href") or ""))
        is_contents = "nav" in str(item.get("properties") or "").split()
        found.setdefault(part, _Chapter(part, is_contents))
    return list(found.values())[:_MOST_CHAPTERS]


def _read_chapter(chapter: _Chapter, data: bytes, writer: LayerWriter, document: Opaque) -> bool:
    """Writes the text of a chapter; whether there is any."""
    detected = detect(data, sample=document.limits.charset_sample, markup=True)
    if detected is None:
        raise UnreadableError("document.malformed", f"{chapter.part[:120]} is no text")
    # Encodings in which a range cannot stand alone are no matter here: the text is what the layer gets.
    text = TextInput(Layer(None, "utf-8", _as_utf8(data, detected.charset, detected.start)), 0, document.path)
    taken = html.read(text, document.limits)
    if not taken.text_was_read:
        raise UnreadableError(taken.findings[0].code, chapter.part[:120])
    locator = f"part={chapter.part}"
    unshown = list(reversed(taken.unshown))
    for block in taken.blocks:
        while unshown and unshown[-1].spans < block.spans:
            _add_unshown(unshown.pop(), writer, locator)
        if block.hint != "title":
            hint = "navigation" if chapter.is_contents else _HINTS.get(block.hint, block.hint)
            writer.add(carry_out((block.text,), _ONE_LINE), hint=hint, locator=locator)
    while unshown:
        _add_unshown(unshown.pop(), writer, locator)
    return any(block.hint != "title" for block in taken.blocks)


def _add_unshown(block: Block, writer: LayerWriter, locator: str) -> None:
    writer.add_unshown(carry_out((block.text,), _ONE_LINE), hint=block.hint, locator=locator)


def _as_utf8(data: bytes, charset: str, start: int) -> bytes:
    from archive.model.charsets import STATEFUL_CODECS, decode, decode_stateful

    decoded = decode_stateful if charset in STATEFUL_CODECS else decode
    return decoded(data[start:], charset).encode("utf-8", "replace")


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
