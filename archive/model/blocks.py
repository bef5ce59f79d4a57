"""What a reader takes out of one document: layers, blocks with spans, and embedded metadata.

A *block* is the smallest run of text that a reader can tell apart: a line of plain text, a block element of HTML, a
paragraph of a word-processor file. Readers do not judge; the steps of `archive.normalise` join and label blocks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from archive.model.crossing import Crossing
from archive.model.findings import Finding
from archive.model.spans import Layer, Span


@dataclass(frozen=True, slots=True)
class Element(Crossing):
    """An element of markup that stands around a block.

    Attributes:
        number: its place among the elements of the document, so that two of them are told apart.
        name: its name in lower case, as `article`.
        marks: what its attributes say of its part in the page (`content`, `related`, `share`, `hidden`, ...).
    """

    number: int
    name: str
    marks: tuple[str, ...] = ()


class Block(NamedTuple):
    """A run of text with its bytes; a tuple, since there are many of them.

    Attributes:
        spans: where it stands; one or more.
        text: `project(spans, operations)` with no further normalising but what `operations` name.
        operations: the operations of the projection that the format itself needs (`json`, `tags`, `entities`), the
            same for all blocks of one reading, so that steps can put blocks together.
        hint: what the markup says that it is (`title`, `heading`, `list-item`, `table`, `caption`, `quotation`,
            `navigation`, `header`, `footer`, `aside`, `form`, `footnote`; `running` for what repeats at the edges of
            pages), or an empty string: plain text says nothing.
        gap: the number of blank lines before it in plain text; 1 between block elements of markup.
        indent: the number of columns of white space at its beginning.
        locator: the place in the format's own terms (`page=3`), or an empty string.
        within: the elements of markup around it that make blocks, the outermost first.
        linked: percent of its letters that stand in links.
    """

    spans: tuple[Span, ...]
    text: str
    operations: tuple[str, ...] = ()
    hint: str = ""
    gap: int = 0
    indent: int = 0
    locator: str = ""
    within: tuple[Element, ...] = ()
    linked: int = 0


@dataclass(frozen=True, slots=True)
class Observation(Crossing):
    """A value of a metadata field that a file states of itself (embedded) or that its text states (extracted).

    Attributes:
        field: the name of a field of `archive.model.fields`.
        value: the value as text, dates as EDTF.
        locator: `bytes=120-164` in the layer, a JSON pointer, or the name of the property (`property=Title`, behind
            the part that has it: `part=docProps/core.xml;property=dc:title`).
        layer: the index of the layer that the locator is about, 0 for the first; None for the original itself.
        agent: the name and version of the step that read it off, or an empty string for what a file states itself.
        reason: why it was set aside, in a few words; empty where it may be used.
    """

    field: str
    value: str
    locator: str
    layer: int | None = 0
    agent: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OwnFormat(Crossing):
    """What a document is that is a file in a container; the members are those of `Reading`."""

    media_type: str
    puid: str | None = None
    puid_basis: str = ""


@dataclass(frozen=True, slots=True)
class Reading(Crossing):
    """All that a reader took out of one document.

    Attributes:
        media_type: the IANA media type that the content shows.
        puid: the PRONOM identifier, or None where none is known.
        puid_basis: how the identifier was found (`signature`, `extension`, `container`), or an empty string.
        charset: the character encoding of the original, or None where it is no text.
        layers: what spans point into; the first is the original where the original holds the text plainly.
        blocks: the text, in the order of the document.
        embedded: what the file states of itself.
        set_aside: what it states, too, and is not to be used; each says why.
        findings: what is wrong with it.
        text_was_read: False where no reader takes text from this format.
        tool: name and version of what took the text out of a format whose bytes do not hold it plainly, or empty.
        is_own: whether the format holds a document and nothing around it (word processors, books), so that all of its
            text but what the markup says otherwise is the document's own.
        is_letter: whether it is plain text that somebody wrote to somebody: such texts begin and end alike, so lines
            that several of them share are no sign of a page's furniture.
        own_format: of a document that is a file in a container, whose own format is given above; else None.
        unshown: words that a page holds and no browser shows among its text, in their order: descriptions of pictures
            (hint `description`), and what stands in elements such as `noscript` (their name is the hint). They are no
            part of `blocks`, so that no step weighs them, and become passages that are not kept.
    """

    media_type: str
    puid: str | None = None
    puid_basis: str = ""
    charset: str | None = None
    layers: tuple[Layer, ...] = ()
    blocks: tuple[Block, ...] = ()
    embedded: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    text_was_read: bool = True
    tool: str = ""
    set_aside: tuple[Observation, ...] = ()
    is_own: bool = False
    is_letter: bool = False
    own_format: OwnFormat | None = None
    unshown: tuple[Block, ...] = ()
