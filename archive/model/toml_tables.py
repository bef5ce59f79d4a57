"""Reads TOML as its specification has it (TOML 1.0.0), where Python's own reader takes whole numbers of any size."""

from __future__ import annotations

import tomllib
from typing import Any

_BITS = 64
_TOO_LARGE = f"a whole number of more than {_BITS} bits"


def toml_tables(text: str) -> dict[str, Any]:
    """The tables of a text.

    A whole number has 64 bits at most. A larger one is an error, as TOML asks; Python could not write it as digits
    again.

    Args:
        text: all of it.

    Raises:
        ValueError: it is no TOML; the message says why, and where as `tomllib` says it.

    >>> toml_tables("pages = 3")
    {'pages': 3}
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise ValueError("tables or lists inside one another beyond all use") from None
    except ValueError:  # more digits than Python reads
        raise ValueError(_TOO_LARGE) from None
    waiting: list[Any] = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
        elif type(one) is int and not -(2 ** (_BITS - 1)) <= one < 2 ** (_BITS - 1):
            raise ValueError(_TOO_LARGE)
    return found
