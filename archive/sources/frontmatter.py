"""The front matter of a Markdown file: lines `key: value` between two lines `---` at its beginning.

Only what is surely meant is taken: strings, plain or in quotes, and flat lists of them, under names that a record
has fields for. Anything else of YAML is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.model.blocks import Observation
from archive.model.charsets import CODECS, decode
from archive.model.fields import FIELD, FIELDS
from archive.model.inline import plain_markdown
from archive.sources.dates import stated_edtf
from archive.sources.protocol import TextInput

_NAMES = {name: field.name for field in FIELDS for name in (field.name, *field.dublin_core)} | {
    "author": "creators",
    "authors": "creators",
    "lang": "language",
    "tags": "subjects",
    "keywords": "subjects",
    "url": "source_url",
    "canonical_url": "source_url",
    "site": "publisher",
    "published": "date_issued",
    "license": "rights",
    "licence": "rights",
}
_MATTER = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)", re.MULTILINE)
_LINE = re.compile(r"([A-Za-z][A-Za-z0-9_.-]{0,40})[ \t]*:(?:[ \t]+|$)(.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_LONGEST = 65_536


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter states, and where the text after it begins (where it began anyway, if there is none)."""

    end: int
    observations: tuple[Observation, ...] = ()


def front_matter(text: TextInput) -> FrontMatter:
    """The front matter of a document, if it has any."""
    layer = text.layer
    head = decode(layer.data[text.start : text.start + _LONGEST], layer.charset)
    opening = _MATTER.match(head)
    closing = _END.search(head, opening.end()) if opening else None
    if opening is None or closing is None or "\ufffd" in head[: closing.end()]:
        return FrontMatter(text.start)
    codec = CODECS[layer.charset]
    whole = head[: closing.end()].encode(codec, "replace")
    if whole != layer.data[text.start : text.start + len(whole)]:
        return FrontMatter(text.start)
    start = text.start + len(head[: opening.end()].encode(codec))
    found: list[Observation] = []
    key = ""
    for line in head[opening.end() : closing.start()].splitlines(keepends=True):
        end = start + len(line.encode(codec))
        stated = _LINE.match(line.rstrip())
        item = _ITEM.match(line.rstrip())
        if stated:
            key = stated[1].lower()
        values = _values(stated[2]) if stated else [_plain(item[1])] if item else []
        locator = f"bytes={start + layer.offset}-{end + layer.offset}"
        found.extend(
            Observation(name, value, locator) for name, value in (_usable(key, value) for value in values) if value
        )
        start = end
    return FrontMatter(text.start + len(whole), tuple(found))


def _values(stated: str) -> list[str]:
    stated = stated.strip()
    if stated.startswith("[") and stated.endswith("]"):
        return [_plain(one) for one in stated[1:-1].split(",")]
    return [] if stated[:1] in {"{", "&", "*", "|", ">", "!"} else [_plain(stated)]


def _plain(value: str) -> str:
    value = value.strip()
    for quote in ('"', "'"):
        if len(value) >= 2 and value.startswith(quote) and value.endswith(quote):
            return value[1:-1]
    return value


def _usable(key: str, value: str) -> tuple[str, str]:
    name = _NAMES.get(key, "")
    if not name or not value:
        return "", ""
    if FIELD[name].form == "edtf":
        return name, stated_edtf(value) or ""
    return name, plain_markdown(value) if name in {"title", "alternative_titles", "description"} else value
