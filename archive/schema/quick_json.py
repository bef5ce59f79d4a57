"""Records in canonical JSON (RFC 8785) by `orjson`, some ten times as fast as `archive.model.canonical`.

`orjson` sorts keys by code points, where the standard has UTF-16 code units; the two differ only where a character
beyond the Basic Multilingual Plane stands in a key. It also writes floats, which have no place in a record: whoever
takes a value from outside sees to that when parsing it. In all else a test holds the two ways to the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from archive.model.canonical import canonical_json, has_plain_keys

_OPTIONS = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_STRICT_INTEGER
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
)
_BEYOND = (b"\xf0", b"\xf1", b"\xf2", b"\xf3", b"\xf4")
"""How characters beyond the Basic Multilingual Plane begin in UTF-8."""


def quick_json(value: Any) -> bytes:
    r"""What `canonical_json` gives.

    Args:
        value: strings, whole numbers, booleans, None, lists, tuples, and dicts with string keys; no floats.

    Raises:
        ValueError: as `canonical_json`.

    >>> quick_json({"b": [1, True, None], "a": "\u20ac\n"})
    b'{"a":"\xe2\x82\xac\\n","b":[1,true,null]}'
    """
    try:
        quick = orjson.dumps(value, option=_OPTIONS)
    except orjson.JSONEncodeError:  # the careful way says why, or takes what is nested too deeply for the quick one
        return canonical_json(value)
    if not quick.isascii() and any(one in quick for one in _BEYOND) and not has_plain_keys(value):
        return canonical_json(value)
    return quick


def quick_strings(values: Sequence[str]) -> list[bytes]:
    r"""What `quick_json` gives of each string, without the quotation marks around it.

    Raises:
        ValueError: as `canonical_json`.

    >>> quick_strings(["a", "\u20ac\n"])
    [b'a', b'\xe2\x82\xac\\n']
    """
    together = quick_json(values)
    if b"\\" in together:  # what looks like the end of one may be in the middle
        return [quick_json(one)[1:-1] for one in values]
    return together[2:-2].split(b'","') if values else []


def read_json(line: bytes) -> Any:
    """The value that `canonical_json` or `quick_json` has written.

    Raises:
        ValueError: it is no JSON in UTF-8.
    """
    return orjson.loads(line)
