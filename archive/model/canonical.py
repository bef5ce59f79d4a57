"""JSON in the canonical form of RFC 8785, for what goes under a digest.

Records hold strings, whole numbers, booleans, null, lists and objects; a float has no place in them, so that no
reader's arithmetic can change a digest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import IntEnum
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
    plain = _plainness(value)
    if plain is Plain.SORTED:
        return _ENCODER.encode(value).encode("utf-8")
    if plain is Plain.UNSORTED:
        return _SORTING.encode(value).encode("utf-8")
    return _ENCODER.encode(_ordered(value)).encode("utf-8")


def in_order(keys: Iterable[str]) -> list[str]:
    """The keys of an object as they are sorted (RFC 8785, 3.2.3).

    Raises:
        ValueError: a key is no string.
    """
    return sorted(keys, key=_utf16)


def has_plain_keys(value: Any) -> bool:
    """Whether all keys in a value are ASCII, which sorts alike by code points, bytes and UTF-16 code units."""
    return _plainness(value) is not Plain.NO


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False)
_SORTING = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False, sort_keys=True
)
_SIMPLE = frozenset({str, bool, type(None)})


class Plain(IntEnum):
    """How far a value is from its canonical form."""

    NO = 0
    UNSORTED = 1
    SORTED = 2


def _plainness(value: Any) -> Plain:
    """Whether every key is ASCII, which sorts alike by code points and by code units, and all else is in order.

    Our own records are; the encoder then sorts them itself, or needs not to, five times as fast.
    """
    least = Plain.SORTED
    waiting = [(value,)]
    while waiting:
        for item in waiting.pop():
            kind = type(item)
            if kind in _SIMPLE:
                continue
            if kind is dict:
                plain = _plainness_of_keys(tuple(item))
                if plain is not Plain.SORTED:
                    least = plain
                    if plain is Plain.NO:
                        return plain
                waiting.append(item.values())
            elif kind is list or kind is tuple:
                waiting.append(item)
            elif kind is not int or abs(item) > LARGEST_EXACT_INTEGER:
                return Plain.NO
    return least


@lru_cache(maxsize=1_024)
def _plainness_of_keys(keys: tuple[Any, ...]) -> Plain:
    if not all(type(key) is str and key.isascii() for key in keys):
        return Plain.NO
    return Plain.SORTED if list(keys) == sorted(keys) else Plain.UNSORTED


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
