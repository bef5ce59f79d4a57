"""JSON as RFC 8259 has it, from a file that a stranger wrote: bounded, no key twice, no NaN, no half characters."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from archive.model.fault_words import json_words

LARGEST = 1 << 20
"""Bytes of a profile; the largest that are published have a few thousand."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number, as its digits: no rule of a profile has any."""

    digits: str


class _RepeatedKeyError(ValueError):
    pass


class NotJsonError(ValueError):
    """Why bytes cannot be read as one JSON value.

    Args:
        kind: `malformed`, `too-large` or `repeated-key`.
        found: what was found, in words.
        row: the line, from 1, where it is known.
    """

    def __init__(self, kind: str, found: str, row: int | None = None) -> None:
        super().__init__(found)
        self.kind = kind
        self.found = found
        self.row = row


def parsed(data: bytes) -> Any:
    """The value that the bytes hold.

    Raises:
        NotJsonError: they hold none, or one that cannot be taken safely.
    """
    if len(data) > LARGEST:
        raise NotJsonError("too-large", f"{len(data)} bytes; at most {LARGEST} are read")
    try:
        text = data.decode("utf-8-sig")
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_constant, parse_int=Number, parse_float=Number
        )
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False, default=str).encode("utf-8")
    except UnicodeDecodeError as problem:
        raise NotJsonError("malformed", f"a byte at {problem.start} that is not UTF-8") from None
    except UnicodeEncodeError:
        raise NotJsonError("malformed", "an escape \\uD800 to \\uDFFF without its other half") from None
    except json.JSONDecodeError as problem:
        found = f"{json_words(problem)} at character {problem.colno} of line {problem.lineno}"
        raise NotJsonError("malformed", found, problem.lineno) from None
    except _RepeatedKeyError as problem:
        raise NotJsonError("repeated-key", str(problem)) from None
    except RecursionError:
        raise NotJsonError("too-large", "objects or lists inside one another beyond all use") from None
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _RepeatedKeyError(next(key for key in keys if keys.count(key) > 1)[:80])
    return found


def _no_constant(name: str) -> NoReturn:
    raise NotJsonError("malformed", f"{name}, which is no JSON value")
