r"""Regular expressions out of a person's own schema, as JSON Schema means them and in bounded time.

JSON Schema 2020-12, 6.4 asks for the expressions of ECMA-262, where `$` is the end and nothing else and `\d` a digit
of ASCII. The engine here runs plain expressions in linear time and gives up on others (look-around, back references)
after a fixed number of steps, so that no pattern can hang a check.
"""

from __future__ import annotations

import re
from functools import lru_cache

import jsonschema_rs

MOST_STEPS = 200_000
"""Steps of backtracking for one text; a text that needs more does not fit."""

_REPEATED_GROUP = re.compile(r"\)[*+{]")


@lru_cache(maxsize=1024)
def _engine(pattern: str) -> jsonschema_rs.Validator | None:
    options = jsonschema_rs.FancyRegexOptions(backtrack_limit=MOST_STEPS)
    try:
        return jsonschema_rs.validator_for({"pattern": pattern}, pattern_options=options)
    except (jsonschema_rs.ValidationError, ValueError):
        return None


def is_pattern(pattern: str) -> bool:
    """Whether the engine understands the expression.

    >>> is_pattern("^[0-9]+$"), is_pattern("[")
    (True, False)
    """
    return _engine(pattern) is not None


def is_name_pattern(pattern: str) -> bool:
    """Whether the expression may choose names of properties: `re` reads those, so no group may be repeated."""
    if not is_pattern(pattern) or _REPEATED_GROUP.search(pattern):
        return False
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


def fits(pattern: str, text: str) -> bool:
    """Whether the expression fits somewhere in the text; False where that took too many steps.

    >>> fits("^(a+)+$", "a" * 40 + "!")
    False
    """
    engine = _engine(pattern)
    try:
        return engine is not None and engine.is_valid(text)
    except ValueError:  # a lone surrogate is no text
        return False
