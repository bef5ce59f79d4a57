"""Bytes with holes in them, into which values are put: for records that differ in little."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence

from archive.model.records import RecordJson
from archive.schema.quick_json import quick_json


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
        names: of the holes that are values; the quotation marks belong to them.
        texts: of those that are strings; the quotation marks around them stay.

    >>> Form(b'{"a":"<|one|>","b":"<|two|>"}', ["one"], ["two"]).filled({"one": [b"1", b"2"], "two": [b"x", b"y"]})
    [b'{"a":1,"b":"x"}', b'{"a":2,"b":"y"}']
    """

    def __init__(self, data: bytes, names: Iterable[str], texts: Iterable[str] = ()) -> None:
        pieces = re.split(rb'"<\|(' + _one_of(names) + rb')\|>"|(?<=")<\|(' + _one_of(texts) + rb')\|>(?=")', data)
        self._holes = [(name or text).decode("ascii") for name, text in zip(pieces[1::3], pieces[2::3], strict=True)]
        self._template = b"%b".join(piece.replace(b"%", b"%%") for piece in pieces[::3])

    def filled(self, columns: Mapping[str, Sequence[bytes]]) -> list[bytes]:
        """The bytes as often as there are values, with one in each hole.

        Args:
            columns: the values that come into a hole, by its name; of all as many, for one hole at least.
        """
        if not self._holes:
            return [self._template % ()] * len(next(iter(columns.values())))
        template = self._template
        return [template % values for values in zip(*[columns[name] for name in self._holes], strict=True)]


class RecordForm:
    """The line of a record with holes in it, and what of it the digest of its content covers: all but the recipe.

    Args:
        record: one that has no events, with holes.
        names: of the holes that are values.
        texts: of those that are strings.
    """

    def __init__(self, record: RecordJson, names: Iterable[str], texts: Iterable[str]) -> None:
        self._recipe = b',"recipe":' + quick_json(record["recipe"])
        before, _, behind = quick_json(record).partition(self._recipe)
        self._before, self._behind = Form(before, names, texts), Form(behind, names, texts)

    def filled(self, columns: Mapping[str, Sequence[bytes]]) -> tuple[list[bytes], list[str]]:
        """The lines of records, and the sha256 of the content of each; the argument is that of `Form.filled`."""
        recipe, sha256 = self._recipe, hashlib.sha256
        sides = list(zip(self._before.filled(columns), self._behind.filled(columns), strict=True))
        lines = [before + recipe + behind for before, behind in sides]
        return lines, [sha256(before + behind).hexdigest() for before, behind in sides]


def _one_of(names: Iterable[str]) -> bytes:
    return "|".join(names).encode("ascii") or rb"(?!)"
