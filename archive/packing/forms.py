"""Bytes with holes in them, into which values are put: for records that differ in little."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping


def hole(name: str) -> str:
    """The text that stands in a value where a form is to have a hole.

    Args:
        name: of the hole, in lower case.
    """
    return f"<|{name}|>"


def may_hold_holes(data: bytes) -> bool:
    """Whether JSON may hold values that look like holes: of such no form is made.

    Args:
        data: it, before any value was put where a hole is to be.
    """
    return b'"<|' in data


class Form:
    """Bytes with holes in them.

    Args:
        data: JSON; a hole is what `hole` gives, between quotation marks.
        names: of the holes.

    >>> Form(b'{"a":"<|one|>"}', ["one"]).filled({"one": b"1"})
    b'{"a":1}'
    """

    def __init__(self, data: bytes, names: Iterable[str]) -> None:
        self._pieces = re.split(rb'"<\|(' + "|".join(names).encode("ascii") + rb')\|>"', data)
        self._holes = [name.decode("ascii") for name in self._pieces[1::2]]

    def filled(self, values: Mapping[str, bytes]) -> bytes:
        """The bytes with a value in each hole."""
        pieces = self._pieces.copy()
        pieces[1::2] = [values[name] for name in self._holes]
        return b"".join(pieces)
