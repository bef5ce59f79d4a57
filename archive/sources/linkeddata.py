"""JSON-LD in a page: the few statements of schema.org that a record has fields for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from archive.model.charsets import of_whole_characters
from archive.model.fault_words import fault_words

_ENDINGS = ("Article", "Posting", "Report", "CreativeWork", "WebPage", "Review", "Book", "Thesis", "Message")
_DEEPEST = 8
_MOST_NODES = 200
_LONGEST_WORDS = 4_000


class MalformedError(ValueError):
    """What stands there is no JSON."""


class Linked(NamedTuple):
    """What JSON-LD states.

    Attributes:
        kind: the type of what it describes, by schema.org; empty where that is nothing that could be a page.
        pairs: field and value.
        of_program: days that it states of a page that is no article, which are those of a program.
    """

    kind: str
    pairs: list[tuple[str, str]]
    of_program: tuple[str, ...] = ()


def statements(text: str) -> Linked:
    """What the JSON-LD states of the page's article; articles before other pages.

    Raises:
        MalformedError: it is no JSON, or nested beyond reason.
    """
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise MalformedError(fault_words(error)) from None
    nodes = sorted(_nodes(value), key=lambda node: not _kind(node).endswith(("Article", "Posting", "Report")))
    known = _named(value)
    if not nodes:
        return Linked("", [])
    day = nodes[0].get("datePublished")
    of_program = (day,) if _kind(nodes[0]) == "WebPage" and isinstance(day, str) and day.strip() else ()
    pairs = [(field, of_whole_characters(said)) for field, said in _of_node(nodes[0], known)]
    return Linked(_kind(nodes[0]), pairs, tuple(map(of_whole_characters, of_program)))


def _nodes(value: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    pending = [(value, 0)]
    while pending and len(found) < _MOST_NODES:
        one, depth = pending.pop(0)
        if isinstance(one, list) and depth < _DEEPEST:
            pending.extend((item, depth + 1) for item in one[:_MOST_NODES])
        elif isinstance(one, dict):
            if _kind(one).endswith(_ENDINGS):
                found.append(one)
            pending.extend((one[key], depth + 1) for key in ("@graph", "mainEntity") if key in one and depth < _DEEPEST)
    return found


def _kind(node: dict[str, Any]) -> str:
    kind = node.get("@type")
    if isinstance(kind, list):
        kind = next((one for one in kind if isinstance(one, str) and one.endswith(_ENDINGS)), "")
    return kind if isinstance(kind, str) else ""


def _of_node(node: dict[str, Any], known: dict[str, str]) -> Iterator[tuple[str, str]]:
    plain = (
        ("headline", "title"),
        ("datePublished", "date_issued"),
        ("description", "description"),
        ("inLanguage", "language"),
        ("license", "rights_uri"),
        ("url", "source_url"),
    )
    for key, field in plain:
        value = node.get(key)
        if isinstance(value, str) and not (field == "date_issued" and _kind(node) == "WebPage"):
            yield field, value
    for key in ("articleSection", "keywords"):
        for value in _words(node.get(key)):
            yield "subjects", value
    for key, field in (("author", "creators"), ("publisher", "publisher"), ("copyrightHolder", "rights_holder")):
        for name in _names(node.get(key), known):
            yield field, name


def _words(value: Any) -> Iterator[str]:
    """Keywords: a list of them, or one text with commas between them."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield from (part.strip() for part in one[:_LONGEST_WORDS].split(",") if part.strip())


def _named(value: Any) -> dict[str, str]:
    """Identifier -> name, of what the graph describes elsewhere."""
    graph = value.get("@graph") if isinstance(value, dict) else value
    return {
        one["@id"]: one["name"]
        for one in (graph if isinstance(graph, list) else [])[:_MOST_NODES]
        if isinstance(one, dict) and isinstance(one.get("@id"), str) and isinstance(one.get("name"), str)
    }


def _names(value: Any, known: dict[str, str]) -> list[str]:
    names: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        name = (one.get("name") or known.get(str(one.get("@id")))) if isinstance(one, dict) else one
        names.extend(part for part in (name if isinstance(name, list) else [name]) if isinstance(part, str))
    return names[:_MOST_NODES]
