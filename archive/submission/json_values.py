"""Reads JSON that a person wrote, strictly (RFC 8259): no key twice, no NaN, no depth that exhausts the machine.

Numbers are given as their digits, since metadata is text: `2017` is the year 2017, and no digit is lost.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple, NoReturn

from archive.submission.records import BYTE_ORDER_MARK


class Fault(NamedTuple):
    """Why bytes are not JSON: the code's last word, what was found, and where."""

    kind: str
    found: str
    row: int | None = None
    pointer: str | None = None
    bytes: str | None = None


class _RefusedError(ValueError):
    """Raised inside the parser for what RFC 8259 forbids and Python's parser lets pass."""

    def __init__(self, kind: str, found: str, key: str | None = None) -> None:
        super().__init__(found)
        self.fault = Fault(kind, found, pointer=None if key is None else pointer(key))


def pointer(*parts: str | int) -> str:
    """A JSON pointer (RFC 6901).

    >>> pointer("a/b", 0)
    '/a~1b/0'
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def parse_json(data: bytes) -> tuple[Any, Fault | None]:
    """The value that the bytes hold, or why they hold none.

    A byte-order mark is read over. Objects are dicts, numbers are text.
    """
    try:
        text = data.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as problem:
        at = problem.start
        return None, Fault("malformed", "bytes that are not UTF-8", bytes=f"{at}-{at + 1}")
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant, parse_int=str, parse_float=str)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except _RefusedError as problem:
        return None, problem.fault
    except json.JSONDecodeError as problem:
        found = f"{problem.msg.lower()} at character {problem.colno} of line {problem.lineno}"
        return None, Fault("malformed", found, row=problem.lineno)
    except UnicodeEncodeError:
        return None, Fault("malformed", "an escape \\uD800 to \\uDFFF without its other half")
    except RecursionError:
        return None, Fault("malformed", "objects or lists inside one another beyond all use")
    return value, None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RefusedError("repeated-key", key, key)
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise _RefusedError("malformed", f"{name}, which is no JSON value")
