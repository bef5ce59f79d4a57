"""How values and their kinds are named in findings, for people who read no JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

LONGEST_ECHO = 120
"""Characters of a value that a finding shows."""

_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing (null)",
    "array": "a list",
    "object": "a group of named values",
}
_KINDS_OF_PYTHON: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "null"),
    (bool, "boolean"),
    ((int, float), "number"),
    (str, "string"),
    ((list, tuple), "array"),
    (dict, "object"),
)


def shown(value: Any) -> str:
    r"""A value as a finding shows it: text in quotes, control characters escaped, cut where it is long.

    >>> shown("3 May\x002011"), shown(["a"]), shown(None)
    ("'3 May\\x002011'", '["a"]', 'null')
    """
    if isinstance(value, str):
        return f"'{_escaped(_cut(value))}'"
    if isinstance(value, (list, dict)) and len(value) > LONGEST_ECHO:
        return f"{kind_of(value)} with {len(value)} members"
    try:
        return _escaped(_cut(json.dumps(value, ensure_ascii=False)))
    except (TypeError, ValueError, RecursionError):
        return kind_of(value)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_ECHO else text[: LONGEST_ECHO - 1] + "…"


def _escaped(text: str) -> str:
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in text)


def kind_of(value: Any) -> str:
    """The kind of a value in words.

    >>> kind_of(True), kind_of({})
    ('true or false', 'a group of named values')
    """
    for types, name in _KINDS_OF_PYTHON:
        if isinstance(value, types):
            return _KINDS[name]
    return f"a {type(value).__name__}"


def kinds(names: str | Sequence[str]) -> str:
    """The kinds that JSON Schema names, in words.

    >>> kinds(["string", "null"])
    'text or nothing (null)'
    """
    listed = [names] if isinstance(names, str) else names
    return " or ".join(_KINDS.get(name, name) for name in listed)


def listed(values: Iterable[Any]) -> str:
    """Values one after the other, the last with `or`.

    >>> listed(["open", "embargoed", "restricted"])
    "'open', 'embargoed' or 'restricted'"
    """
    every = [shown(value) for value in values]
    if len(every) > 20:
        return ", ".join(every[:20]) + f" or one of {len(every) - 20} others"
    return " or ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` is most likely a misspelling of, or None.

    >>> nearest("Tilte", ["title", "language"])
    'title'
    """
    close = get_close_matches(word[:LONGEST_ECHO].casefold().replace(" ", "_"), sorted(known), n=1)
    return close[0] if close else None


def pointer(path: Iterable[str | int]) -> str:
    """A JSON pointer (RFC 6901).

    >>> pointer(["metadata", "a/b", 0])
    '/metadata/a~1b/0'
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
