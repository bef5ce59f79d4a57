"""Descriptions as JSON that people can read, the same bytes for the same value."""

from __future__ import annotations

import json
from typing import Any


def json_bytes(value: Any) -> bytes:
    r"""Indented JSON in UTF-8, members in the order in which they were put in.

    >>> json_bytes({"b": "é", "a": [1]})
    b'{\n "b": "\xc3\xa9",\n "a": [\n  1\n ]\n}\n'
    """
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8") + b"\n"


def without_nothing(value: dict[str, Any]) -> dict[str, Any]:
    """The members that say something: no None, no empty text, no empty list.

    >>> without_nothing({"a": 0, "b": "", "c": [], "d": None})
    {'a': 0}
    """
    return {name: one for name, one in value.items() if one is not None and one not in ("", [])}
