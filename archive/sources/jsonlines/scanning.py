"""The members of one JSON object with the places of their values, in characters of the line."""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder
from typing import Any, NamedTuple

import orjson

from archive.model.fault_words import json_words
from archive.model.json_faults import (
    NOT_A_NUMBER,
    FaultyError,
    JsonFault,
    faults_of,
    may_hold_half,
    no_constant,
    object_without_repeats,
)

_DIGITS = b"0123456789"
_FEW_DIGITS = 640
"""The fewest digits of a whole number that Python may be told not to read."""
_PLAIN = frozenset({str, int, bool, type(None)})
_SIMPLE = frozenset({int, float, bool, type(None)})
_SPACE = re.compile(r"[ \t\r\n]*+")
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)
_DECODER = JSONDecoder(parse_constant=no_constant)
_WITHOUT_REPEATS = JSONDecoder(object_pairs_hook=object_without_repeats)


class MalformedError(ValueError):
    """The line is no JSON object; the message says why, in words."""


class Value(NamedTuple):
    """The value of a member; a tuple, since every line has some.

    Attributes:
        value: as Python has it.
        start: its first character; of a string the one after the opening quote.
        end: the character after its last; of a string the closing quote.
    """

    value: Any
    start: int
    end: int


def usual_values(data: bytes, deepest: int) -> dict[str, Any] | None:
    """The values that `members_of_object` finds in a line, by `orjson`; None where that might see it otherwise.

    A number may be a float where `members_of_object` finds a whole one of many digits; one that no value shows, since
    its name stands twice, may have more digits than that reads.

    Args:
        data: one line.
        deepest: levels of nesting that are read.
    """
    is_flat = b"[" not in data and data.find(b"{", 1) < 0  # to count takes ten times as long
    if not is_flat and data.count(b"[") + data.count(b"{") > deepest:
        return None
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    if type(found) is not dict:
        return None
    # A number within a list may have too many digits for Python, too.
    is_plain = _PLAIN.issuperset(map(type, found.values()))
    return found if is_plain or len(data) - len(data.translate(None, _DIGITS)) <= _FEW_DIGITS else None


def string_end(data: bytes, start: int, value: str) -> int:
    """The closing quotation mark of a string in a line that `usual_values` has read.

    Args:
        data: the line.
        start: the byte behind the opening quotation mark.
        value: the string that stands there.
    """
    as_most_write_it = orjson.dumps(value)[1:]
    if data.startswith(as_most_write_it, start):
        return start + len(as_most_write_it) - 1
    rest = data[start - 1 :].decode("utf-8")
    _, end = _DECODER.raw_decode(rest)
    return start - 2 + len(rest[:end].encode("utf-8"))


def usual_members(line: str, deepest: int) -> dict[str, Value] | None:
    """What `members_of_object` gives for a line as programs write them; None for any other, which need not be wrong.

    A usual line has no white space but single spaces behind `:` and `,`, no object within the object, and no name
    twice, so that `faults_in` would find no repeated key in it.

    Args:
        line: one line.
        deepest: levels of nesting that are read.
    """
    if line[:2] != '{"' or line.count("[") >= deepest:
        return None
    found: dict[str, Value] = {}
    at = 1
    try:
        while True:
            name, at = _DECODER.raw_decode(line, at)
            if line[at] != ":" or name in found:
                return None
            at += 2 if line[at + 1] == " " else 1
            value, end = _DECODER.raw_decode(line, at)
            if type(value) is str:
                found[name] = Value(value, at + 1, end - 1)
            elif type(value) in _SIMPLE or "{" not in line[at:end]:
                found[name] = Value(value, at, end)
            else:
                return None
            if line[end] != ",":
                return found if line[end:] == "}" else None
            at = end + (2 if line[end + 1] == " " else 1)
            if line[at] != '"':
                return None
    except (ValueError, IndexError):
        return None


def is_clean(line: str) -> bool:
    """Whether a usual line surely holds no control character, and nothing that could not be decoded."""
    return line.isascii() and "\x7f" not in line


def members_of_object(line: str, deepest: int) -> dict[str, Value]:
    """The members of the JSON object that `line` is; of a name that stands twice the last, as in RFC 8259, 4.

    Args:
        line: one line, white space around it allowed.
        deepest: levels of nesting that are read.

    Raises:
        MalformedError: it is no JSON, no object, or nested deeper.
    """
    if _depth(line) > deepest:
        raise MalformedError(f"values are nested more than {deepest} deep")
    try:
        return _object(line)
    except JSONDecodeError as error:
        raise MalformedError(f"{json_words(error)} at character {error.pos + 1}") from None
    except FaultyError:
        raise MalformedError(_first_constant(line)) from None
    except MalformedError:
        raise
    except ValueError:  # a number with more digits than Python reads
        raise MalformedError("a number has too many digits") from None


def faults_in(line: str) -> tuple[JsonFault, ...]:
    """Repeated keys and halves of surrogate pairs in a line that `members_of_object` has read."""
    try:
        _WITHOUT_REPEATS.decode(line)
    except FaultyError:
        return tuple(faults_of(line))
    return tuple(faults_of(line)) if may_hold_half(line) else ()


def _first_constant(line: str) -> str:
    for one in faults_of(line):
        if one.kind == NOT_A_NUMBER:
            return f"{line[one.start : one.end]} at character {one.start + 1} ({one.pointer}) is no JSON value"
    return "NaN or Infinity is no JSON value"


def _object(line: str) -> dict[str, Value]:
    at = _past_space(line, 0)
    if line[at : at + 1] != "{":
        _DECODER.raw_decode(line, at)
        raise MalformedError("it is JSON, but no object")
    found: dict[str, Value] = {}
    at = _past_space(line, at + 1)
    if line[at : at + 1] == "}":
        _nothing_after(line, at + 1)
        return found
    while True:
        if line[at : at + 1] != '"':
            raise JSONDecodeError("a name in quotes is missing", line, at)
        name, at = _DECODER.raw_decode(line, at)
        at = _expect(":", line, at)
        found[name], at = _value(line, at)
        at = _past_space(line, at)
        if line[at : at + 1] == "}":
            _nothing_after(line, at + 1)
            return found
        at = _expect(",", line, at)


def _value(line: str, at: int) -> tuple[Value, int]:
    value, end = _DECODER.raw_decode(line, at)
    quote = 1 if isinstance(value, str) else 0
    return Value(value, at + quote, end - quote), end


def _expect(mark: str, line: str, at: int) -> int:
    at = _past_space(line, at)
    if line[at : at + 1] != mark:
        raise JSONDecodeError(f"`{mark}` is missing", line, at)
    return _past_space(line, at + 1)


def _nothing_after(line: str, at: int) -> None:
    at = _past_space(line, at)
    if at != len(line):
        raise JSONDecodeError("something follows the object", line, at)


def _past_space(line: str, at: int) -> int:
    found = _SPACE.match(line, at)
    return found.end() if found else at


def _depth(line: str) -> int:
    """The deepest nesting of arrays and objects; what is no JSON is counted somehow."""
    if line.count("[") + line.count("{") <= 1:
        return 1
    depth = deepest = 0
    for found in _TOKEN.finditer(line):
        if found[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif found[0] in "]}":
            depth -= 1
    return deepest
