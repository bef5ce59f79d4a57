"""Where JSON that a parser accepts breaks RFC 8259 or the rules of I-JSON (RFC 7493, section 2), which make it safe.

Parsers read over these and differ in what they make of them: of a key that stands twice some take the first value,
some the last; NaN is no JSON at all; half of a surrogate pair is no character. The standard library's parser tells no
place, so the text is walked again, once something is known to be wrong with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

REPEATED_KEY = "repeated-key"
NOT_A_NUMBER = "not-a-number"
LONE_SURROGATE = "lone-surrogate"

_TOKEN = re.compile(r'[{}\[\],]|"(?:[^"\\]++|\\.)*+"|[^\s{}\[\],:"]++', re.DOTALL)
_CONSTANTS = frozenset({"NaN", "Infinity", "-Infinity"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_MARKS = "{}[],"


class JsonFault(NamedTuple):
    """One fault.

    Attributes:
        kind: `REPEATED_KEY`, `NOT_A_NUMBER` or `LONE_SURROGATE`.
        pointer: of the member or the item (RFC 6901).
        start: its first character in the text.
        end: the character after its last.
    """

    kind: str
    pointer: str
    start: int
    end: int


class FaultyError(ValueError):
    """Raised inside a parse where there is a fault."""


def pointer(*parts: str | int) -> str:
    """A JSON pointer (RFC 6901).

    >>> pointer("a/b", 0)
    '/a~1b/0'
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def _place(levels: list[_Level]) -> str:
    """The pointer to where a walk is, as text that UTF-8 can write."""
    place = pointer(*[level.at for level in levels])
    return place if place.isascii() else place.encode("utf-8", "backslashreplace").decode("utf-8")


def object_without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """For `object_pairs_hook`: the object.

    Raises:
        FaultyError: a key stands twice in it.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        raise FaultyError
    return found


def no_constant(name: str) -> Any:
    """For `parse_constant`.

    Raises:
        FaultyError: always; NaN and Infinity are no JSON.
    """
    raise FaultyError(name)


def may_hold_half(text: str) -> bool:
    """Whether an escape in the text may be half of a surrogate pair."""
    return _HALF.search(text) is not None


def faults_of(text: str) -> Iterator[JsonFault]:
    r"""The faults of a text that is JSON otherwise, in their order.

    Args:
        text: what a parser accepted that lets NaN, repeated keys and lone surrogates pass.

    >>> [tuple(one) for one in faults_of('{"a": [1, NaN], "a": "\\ud800"}')]
    [('not-a-number', '/a/1', 10, 13), ('repeated-key', '/a', 16, 19), ('lone-surrogate', '/a', 21, 29)]
    """
    open_ones: list[_Level] = []
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token in _MARKS:
            _walk(token, open_ones)
        elif token[0] == '"':
            for kind in _in_string(said_by(token), open_ones):
                yield JsonFault(kind, _place(open_ones), found.start(), found.end())
        elif token in _CONSTANTS:
            yield JsonFault(NOT_A_NUMBER, _place(open_ones), found.start(), found.end())


def said_by(token: str) -> str:
    """What a string of accepted JSON says, given with its quotation marks."""
    return str(json.loads(token)) if "\\" in token else token[1:-1]


def _in_string(said: str, open_ones: list[_Level]) -> Iterator[str]:
    """The kinds of faults in a string, which is a key where one is expected."""
    if open_ones and open_ones[-1].expects_key:
        inner = open_ones[-1]
        inner.at, inner.expects_key = said, False
        if said in inner.seen:
            yield REPEATED_KEY
        inner.seen.add(said)
    if _SURROGATE.search(said):
        yield LONE_SURROGATE


@dataclass(slots=True)
class _Level:
    """An object or an array that is open: the key or the index at which the walk is, and the keys so far."""

    at: str | int
    expects_key: bool
    seen: set[str] = field(default_factory=set)


def _walk(mark: str, open_ones: list[_Level]) -> None:
    if mark == "{":
        open_ones.append(_Level("", expects_key=True))
    elif mark == "[":
        open_ones.append(_Level(0, expects_key=False))
    elif mark in "]}":
        open_ones.pop()
    elif isinstance(open_ones[-1].at, int):
        open_ones[-1].at += 1
    else:
        open_ones[-1].expects_key = True
