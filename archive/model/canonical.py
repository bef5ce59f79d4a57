"""JSON in the canonical form of RFC 8785, for what goes under a digest.

Records hold strings, whole numbers, booleans, null, lists and objects; a float has no place in them, so that no
reader's arithmetic can change a digest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

LARGEST_EXACT_INTEGER = 2**53 - 1
"""RFC 8785, 3.2.2.3, by way of RFC 7493 (I-JSON)."""


def canonical_json(value: Any) -> bytes:
    r"""The one sequence of bytes that stands for `value`.

    Args:
        value: strings, whole numbers, booleans, None, lists, tuples, and dicts with string keys.

    Returns:
        UTF-8 without white space, keys sorted by UTF-16 code units (RFC 8785, 3.2.3).

    Raises:
        ValueError: a float, a number beyond 2^53 - 1, a key that is no string, or a lone surrogate.

    >>> canonical_json({"b": [1, True, None], "a": "\u20ac\n"})
    b'{"a":"\xe2\x82\xac\\n","b":[1,true,null]}'
    """
    if _is_plain(value):
        return _SORTING.encode(value).encode("utf-8")
    return _ENCODER.encode(_ordered(value)).encode("utf-8")


def canonical_members(value: Mapping[str, Any]) -> dict[str, bytes]:
    """The canonical JSON of each member of an object by its key, in the order in which the object has them.

    Raises:
        ValueError: as `canonical_json`.
    """
    return {key: canonical_json(value[key]) for key in sorted(value, key=_utf16)}


def joined_members(members: Mapping[str, bytes]) -> bytes:
    r"""The object whose members these are, in canonical JSON.

    >>> joined_members(canonical_members({"b": [1], "a": "x"}))
    b'{"a":"x","b":[1]}'
    """
    return b"{" + b",".join(_key(key) + member for key, member in members.items()) + b"}"


@lru_cache(maxsize=256)
def _key(name: str) -> bytes:
    return canonical_json(name) + b":"


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_SORTING = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=True)
_SIMPLE = frozenset({str, bool, type(None)})


def _is_plain(value: Any) -> bool:
    """Whether every key is ASCII, which sorts alike by code points and by code units, and all else is in order.

    Our own records are; the encoder then sorts them itself, five times as fast.
    """
    waiting = [value]
    while waiting:
        item = waiting.pop()
        kind = type(item)
        if kind in _SIMPLE:
            continue
        if kind is dict:
            if not _has_ascii_keys(item):
                return False
            waiting.extend(item.values())
        elif kind is list or kind is tuple:
            waiting.extend(item)
        elif kind is not int or abs(item) > LARGEST_EXACT_INTEGER:
            return False
    return True


def _has_ascii_keys(item: dict[Any, Any]) -> bool:
    try:
        return "".join(item).isascii()
    except TypeError:  # a key is no string
        return False


def _ordered(value: Any) -> Any:
    match value:
        case None | bool() | str():
            return value
        case int():
            if abs(value) > LARGEST_EXACT_INTEGER:
                msg = f"{value} is not exact in every reader of JSON"
                raise ValueError(msg)
            return value
        case dict():
            return {key: _ordered(value[key]) for key in sorted(value, key=_utf16)}
        case list() | tuple():
            return [_ordered(item) for item in value]
        case _:
            msg = f"{type(value).__name__} has no place in canonical JSON"
            raise ValueError(msg)


def _utf16(key: Any) -> bytes:
    if not isinstance(key, str):
        msg = f"a key must be a string, not {type(key).__name__}"
        raise ValueError(msg)  # noqa: TRY004
    return key.encode("utf-16-be")
