"""A passage: labelled text that follows from bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from archive.model.spans import Span


class Kind(StrEnum):
    """What a passage is in its document.

    Who asks at every line keeps a member under a name of its own: in Python 3.11 an attribute of an enumeration takes
    ten times as long to be found as a name.
    """

    TITLE = "title"
    DATELINE = "dateline"
    BYLINE = "byline"
    CAPTION = "caption"
    HEADING = "heading"
    BODY = "body"
    QUOTATION = "quotation"
    LIST_ITEM = "list-item"
    TABLE = "table"
    FURNITURE = "furniture"

    __hash__ = str.__hash__  # else a function written in Python is called for it


class Passage(NamedTuple):
    """One passage of a document, before it gets its place in the record.

    A named tuple, since there are more of these than of anything else: it is made in a third of the time.

    Attributes:
        spans: where it stands, in reading order; one or more.
        text: `project(spans, projection)`.
        projection: the rule that makes the text from the bytes, as `archive.normalise.projection` writes it.
        kind: what it is.
        kept: whether it is the document's own text; furniture is not, nor a title said twice.
        reason: why it has this kind, in a few words; for furniture and what is not kept never empty.
        language: a BCP 47 tag, `und` where unsure.
        locator: the place in the format's own terms, or an empty string.
    """

    spans: tuple[Span, ...]
    text: str
    projection: str
    kind: Kind
    kept: bool
    reason: str = ""
    language: str = "und"
    locator: str = ""


def passage_id(layer_sha256s: Sequence[str], spans: Sequence[Span]) -> str:
    """The identifier of a passage: it depends on the layers' bytes and the spans alone.

    Args:
        layer_sha256s: the sha256 of each layer of the reading, in lower-case hex, by index.
        spans: the spans of the passage, in reading order.

    Returns:
        `p` and 24 hex digits: the first 96 bits of the sha256 of one line `<sha256> <start>-<end>` LF for each span.

    >>> passage_id(["00" * 32], [Span(0, 4, 20)])
    'p471b102769fdc0cebefe9d4f'
    """
    said = "".join([f"{layer_sha256s[span.layer]} {span.start}-{span.end}\n" for span in spans])
    return "p" + sha256(said.encode("ascii")).hexdigest()[:24]


def passage_ids(layer_sha256s: Sequence[str], every: Iterable[Sequence[Span]]) -> list[str]:
    """The identifiers of many passages, as `passage_id` gives them: what they begin with is digested once.

    Args:
        layer_sha256s: as there.
        every: the spans of each passage.
    """
    begun = [sha256(f"{one} ".encode("ascii")) for one in layer_sha256s]
    found = []
    for spans in every:
        if len(spans) != 1:
            found.append(passage_id(layer_sha256s, spans))
            continue
        layer, start, end = spans[0]
        digest = begun[layer].copy()
        digest.update(b"%d-%d\n" % (start, end))
        found.append("p" + digest.hexdigest()[:24])
    return found
