"""Reads JSON that a person wrote, strictly: RFC 8259 and section 2 of RFC 7493 (I-JSON).

So no key stands twice, there is no NaN and no half of a surrogate pair; and no depth that exhausts the machine.

Numbers are given as their digits, so that none is lost; they are told from text by their type, `Digits`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from archive.model.fault_words import json_words
from archive.model.json_faults import (
    LONE_SURROGATE,
    NOT_A_NUMBER,
    REPEATED_KEY,
    FaultyError,
    faults_of,
    may_hold_half,
    no_constant,
    object_without_repeats,
    pointer,
)
from archive.submission.records import BYTE_ORDER_MARK

__all__ = ["Digits", "Fault", "parse_json", "pointer"]

_MOST_FAULTS = 20
_CODE = {REPEATED_KEY: "repeated-key", NOT_A_NUMBER: "malformed", LONE_SURROGATE: "malformed"}


class Digits(str):
    """A number, as it was written."""

    __slots__ = ()


class Fault(NamedTuple):
    """Why bytes are not JSON: the code's last word, what was found, and where."""

    kind: str
    found: str
    row: int | None = None
    pointer: str | None = None
    bytes: str | None = None


def parse_json(data: bytes) -> tuple[Any, tuple[Fault, ...]]:
    """The value that the bytes hold, or why they hold none: at most some twenty faults.

    A byte-order mark is read over. Objects are dicts, numbers are `Digits`.
    """
    try:
        text = data.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as problem:
        at = problem.start
        return None, (Fault("malformed", "bytes that are not UTF-8", bytes=f"{at}-{at + 1}"),)
    try:
        value = _strictly(text)
    except FaultyError:
        return None, tuple(islice(_faults(text, len(data) - len(data.removeprefix(BYTE_ORDER_MARK))), _MOST_FAULTS))
    except json.JSONDecodeError as problem:
        found = f"{json_words(problem)} at character {problem.colno} of line {problem.lineno}"
        return None, (Fault("malformed", found, row=problem.lineno),)
    except RecursionError:
        return None, (Fault("malformed", "objects or lists inside one another beyond all use"),)
    return value, ()


def _strictly(text: str) -> Any:
    hooks: dict[str, Any] = {"parse_int": Digits, "parse_float": Digits}
    try:
        value = json.loads(text, object_pairs_hook=object_without_repeats, parse_constant=no_constant, **hooks)
    except FaultyError:
        json.loads(text, **hooks)  # what is no JSON at all further on is said first
        raise
    if may_hold_half(text) and any(one.kind == LONE_SURROGATE for one in faults_of(text)):
        raise FaultyError
    return value


def _faults(text: str, before: int) -> Iterator[Fault]:
    for one in faults_of(text):
        start = before + len(text[: one.start].encode("utf-8"))
        found = text[one.start : one.end][:80]
        if one.kind == REPEATED_KEY:
            found = f"the key {found} a second time"
        elif one.kind == NOT_A_NUMBER:
            found = f"{found}, which is no JSON value"
        else:
            found = f"an escape \\uD800 to \\uDFFF without its other half, in {found}"
        end = start + len(text[one.start : one.end].encode("utf-8"))
        row = text.count("\n", 0, one.start) + 1
        yield Fault(_CODE[one.kind], found, row=row, pointer=one.pointer, bytes=f"{start}-{end}")
