"""From a part of a passage to the bytes of that part alone.

The rule of derivation is repeated with each character's origin kept. What comes out is taken only where the narrower
bytes, put through the same rule, give exactly that part of the text; so a mistake here can never show as evidence.
"""

from __future__ import annotations

import codecs
import html
import json
import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from archive.model.charsets import CODECS, decode
from archive.model.derivation import (
    BLANKS,
    BREAK,
    PARTS_AS_LINES,
    TAG,
    TAG_OR_SECTION,
    as_text,
    operations_of,
    project,
)
from archive.quoting.tracked import Tracked

LONGEST = 1_000_000
"""Characters of a passage up to which its bytes are narrowed."""

_TAG = re.compile(TAG, re.DOTALL)
_LINE_BREAK_TAG = re.compile(r"<br(?![^\s/>])", re.IGNORECASE)
_JSON_ESCAPE = re.compile(r'\\(?:u[0-9A-Fa-f]{4}(?:\\u[0-9A-Fa-f]{4})*|["\\/bfnrt])')
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
_RARE_BREAKS = re.compile("[\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
_BLANKS = re.compile(f"[{BLANKS}]+")
_DOUBLED_QUOTE = re.compile('""')
_BLANKS_AND_BREAKS = re.compile(f"[{BLANKS}\r\n]+")
_ROUND_A_BREAK = re.compile(" ?\n ?")

Bytes = tuple[int, int, int]
"""The index of a piece, and a half-open range of its bytes."""


def narrowed(pieces: Sequence[tuple[bytes, str]], projection: str, start: int, end: int) -> list[Bytes] | None:
    r"""The bytes that a part of a passage's text follows from.

    Args:
        pieces: for each span of the passage, in order, its bytes and the charset of its layer.
        projection: the rule that makes the text from them.
        start: the first character of the part.
        end: the character after its last.

    Returns:
        One range for each piece that the part runs through; None where the bytes cannot be told apart from those of
        the rest of the passage.

    >>> narrowed([(b"Tea &amp;\r\n  milk", "utf-8")], "1:entities,join-lines", 4, 10)
    [(0, 4, 17)]
    """
    texts = [decode(data, charset) for data, charset in pieces]
    if sum(map(len, texts)) > LONGEST:
        return None
    tracked = _carried_out(texts, operations_of(projection))
    if not 0 <= start < end <= len(tracked.text):
        return None
    found = _bytes_of(pieces, texts, tracked.source(start, end))
    if found is None:
        return None
    cut = [(pieces[index][0][first:last], pieces[index][1]) for index, first, last in found]
    return found if project(cut, projection) == project(pieces, projection)[start:end] else None


def _carried_out(texts: Sequence[str], operations: Sequence[str]) -> Tracked:
    parts = []
    offset = 0
    for text in texts:
        part = Tracked.of(text, offset)
        for name in operations:
            if name in _PIECEWISE:
                part = _PIECEWISE[name](part)
        parts.append(part)
        offset += len(text)
    whole = Tracked.of("")
    for place, part in enumerate(parts):
        if place and operations[:1] == (PARTS_AS_LINES,):
            border = sum(map(len, texts[:place]))
            whole += Tracked("\n", [border], [border])
        whole += part
    for name in operations:
        if name in _WHOLE:
            whole = _WHOLE[name](whole)
    return whole


def _json(text: Tracked) -> Tracked:
    return text.replaced(_JSON_ESCAPE, lambda match: _LONE_SURROGATE.sub("\ufffd", json.loads(f'"{match[0]}"')))


def _tags(text: Tracked) -> Tracked:
    return text.replaced(_TAG, lambda match: "\n" if _LINE_BREAK_TAG.match(match[0]) else "")


def _join(text: Tracked, by: str) -> Tracked:
    def between(match: re.Match[str]) -> str:
        if match.start() == 0 or match.end() == len(match.string):
            return ""
        return by if BREAK.search(match[0]) else match[0]

    return text.replaced(_BLANKS_AND_BREAKS, between)


def _keep_lines(text: Tracked) -> Tracked:
    def ended(match: re.Match[str]) -> str:
        return "" if match.string[match.end() : match.end() + 1] in {"", "\r", "\n"} else match[0]

    return text.replaced(_BLANKS, ended).replaced(BREAK, lambda _: "\n")


def _spaces(text: Tracked) -> Tracked:
    found = text.replaced(_BLANKS, lambda _: " ").replaced(_ROUND_A_BREAK, lambda _: "\n")
    start = len(found.text) - len(found.text.lstrip(" \n"))
    return found.kept(start, max(start, len(found.text.rstrip(" \n"))))


_PIECEWISE: dict[str, Callable[[Tracked], Tracked]] = {
    "json": _json,
    "doubled-quotes": lambda text: text.replaced(_DOUBLED_QUOTE, lambda _: '"'),
}
_WHOLE: dict[str, Callable[[Tracked], Tracked]] = {
    "cdata": lambda text: text.replaced(TAG_OR_SECTION, as_text),
    "tags": _tags,
    "entities": lambda text: text.replaced(_REFERENCE, lambda match: html.unescape(match[0])),
    "controls": lambda text: text.replaced(_RARE_BREAKS, lambda _: "\n").replaced(_CONTROLS, lambda _: ""),
    "soft-hyphens": lambda text: text.replaced(re.compile("\u00ad"), lambda _: ""),
    "join-lines": lambda text: _join(text, " "),
    "join-lines-cjk": lambda text: _join(text, ""),
    "keep-lines": _keep_lines,
    "spaces": _spaces,
    "nfc": lambda text: text.normalised("NFC"),
}


def _bytes_of(pieces: Sequence[tuple[bytes, str]], texts: Sequence[str], source: tuple[int, int]) -> list[Bytes] | None:
    found: list[Bytes] = []
    offset = 0
    for index, ((data, charset), text) in enumerate(zip(pieces, texts, strict=True)):
        start, end = max(source[0] - offset, 0), min(source[1] - offset, len(text))
        offset += len(text)
        if start >= end:
            continue
        borders = _borders(data, charset, text)
        if borders is None:
            return None
        found.append((index, borders[start], borders[end]))
    return found


def _borders(data: bytes, charset: str, text: str) -> list[int] | None:
    """For each character of `text`, and the end, the byte where it begins; None where that cannot be told."""
    decoder = codecs.getincrementaldecoder(CODECS[charset])("replace")
    borders, seen = [0], []
    for place in range(len(data)):
        got = decoder.decode(data[place : place + 1], final=place + 1 == len(data))
        seen.append(got)
        borders += [place + 1] * len(got)
    if "".join(seen) != text or any(one >= other for one, other in pairwise(borders)):
        return None
    borders[-1] = len(data)
    return borders
