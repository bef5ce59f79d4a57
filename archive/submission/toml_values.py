"""Reads corpus.toml as TOML and takes typed values out of its tables, each wrong one a finding with its place."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any

from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.model.toml_tables import toml_tables
from archive.submission.headers import nearest_of
from archive.submission.json_values import pointer
from archive.submission.limits import LIMITS
from archive.submission.records import BYTE_ORDER_MARK

CONFIGURATION = "corpus.toml"
"""The name of the file, at the top of the corpus folder."""
_DEEPEST = 16
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def parse_toml(data: bytes) -> tuple[dict[str, Any] | None, list[Finding]]:
    """The tables of corpus.toml, or None where it cannot be read, and what is wrong with it as a file."""
    if len(data) > LIMITS.configuration:
        return None, [finding("corpus.too-large", where=Where(file=CONFIGURATION), found=f"{len(data)} bytes")]
    findings = []
    if data.startswith(BYTE_ORDER_MARK):
        findings.append(finding("corpus.byte-order-mark", where=Where(file=CONFIGURATION, bytes="0-3")))
        data = data.removeprefix(BYTE_ORDER_MARK)
    try:
        return toml_tables(data.decode("utf-8")), findings
    except UnicodeDecodeError as problem:
        return None, [*findings, _not_utf8(data, problem.start)]
    except ValueError as problem:
        return None, [*findings, _malformed(str(problem))]


def _not_utf8(data: bytes, offset: int) -> Finding:
    row = data.count(b"\n", 0, offset) + 1
    where = Where(file=CONFIGURATION, row=row, bytes=f"{offset}-{offset + 1}")
    return finding("corpus.encoding", where=where, found=f"the byte 0x{data[offset]:02X}", expected="UTF-8")


def _malformed(message: str) -> Finding:
    place = _PLACE.search(message)
    row, column = (place.group(1), place.group(2)) if place else (None, None)
    where = Where(file=CONFIGURATION, row=int(row) if row else None, column=column)
    found = message if place is None or row else message.replace("(at end of document)", "at the end of the file")
    return finding("corpus.malformed", where=where, found=_PLACE.sub("", found))


class Table:
    """One table of corpus.toml, from which values are taken by name and type.

    Args:
        content: the table.
        findings: where findings go; shared by all tables of a file.
        place: the keys that lead to it.
    """

    def __init__(self, content: Mapping[str, Any], findings: list[Finding], place: tuple[str, ...] = ()) -> None:
        self.content = content
        self.findings = findings
        self.place = place

    def note(self, code: str, *key: str | int, found: str = "", expected: str = "") -> None:
        """Adds a finding about a key of this table."""
        where = Where(file=CONFIGURATION, pointer=pointer(*self.place, *key))
        self.findings.append(finding(code, where=where, found=found, expected=expected))

    def only(self, known: Collection[str]) -> None:
        """Finds the keys that are not among `known`."""
        for key in self.content:
            if key not in known:
                meant = nearest_of(key.casefold(), known)
                self.note("corpus.unknown-key", key, found=key, expected=f"perhaps {meant}" if meant else "")

    def text(self, key: str, default: str = "") -> str:
        """The text under a key without white space at its ends; a date counts as text."""
        if key not in self.content:
            return default
        value = as_text(self.content[key])
        if value is None:
            self.note("corpus.wrong-type", key, found=kind_of(self.content[key]), expected=f'text: {key} = "..."')
            return default
        return value.strip()

    def truth(self, key: str) -> bool:
        """Whether the value under a key is true; without the key it is not."""
        value = self.content.get(key, False)
        if not isinstance(value, bool):
            self.note("corpus.wrong-type", key, found=kind_of(value), expected=f"{key} = true")
        return value is True

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts under a key: one, or those of a list; blank ones are left out."""
        return tuple(text for _, text in self.placed(key))

    def placed(self, key: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The texts under a key, each with the key, or with the key and its index in a list."""
        value = self.content.get(key, [])
        members: Iterable[tuple[int | None, Any]] = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, one in members:
            at = (key,) if index is None else (key, index)
            text = as_text(one)
            if text is None:
                self.note("corpus.wrong-type", *at, found=kind_of(one), expected="text, or a list of texts")
            elif text.strip():
                yield at, text.strip()

    def table(self, key: str) -> Table:
        """The table under a key, empty where there is none."""
        value = self.content.get(key, {})
        if not isinstance(value, dict):
            self.note("corpus.wrong-type", key, found=kind_of(value), expected=f"a table: [{key}]")
            value = {}
        return Table(value, self.findings, (*self.place, key))

    def plain(self) -> dict[str, Any]:
        """The whole table as JSON has it: times as text, no endless numbers, no bottomless depth."""
        return {key: self._plain(value, (key,)) for key, value in self.content.items()}

    def _plain(self, value: Any, place: tuple[str | int, ...]) -> Any:
        if len(place) > _DEEPEST:
            self.note("corpus.wrong-value", *place, found=f"more than {_DEEPEST} levels", expected="fewer levels")
            return None
        if isinstance(value, dict):
            return {key: self._plain(one, (*place, key)) for key, one in value.items()}
        if isinstance(value, list):
            return [self._plain(one, (*place, index)) for index, one in enumerate(value)]
        if isinstance(value, float) and not math.isfinite(value):
            self.note("corpus.wrong-value", *place, found=str(value), expected="a number, or text")
            return None
        return value.isoformat() if isinstance(value, date | time) else value


def as_text(value: Any) -> str | None:
    """A value of TOML as text, or None where it is no text; a date is written as ISO 8601 has it.

    >>> import datetime
    >>> as_text(datetime.date(2030, 1, 1)), as_text(1.0)
    ('2030-01-01', None)
    """
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else None


def kind_of(value: Any) -> str:
    """What a value of TOML is, in words."""
    if isinstance(value, bool):
        return f"{str(value).lower()} without quotation marks"
    if isinstance(value, int | float):
        return f"the number {value} without quotation marks"
    if isinstance(value, dict):
        return "a table"
    return "a list" if isinstance(value, list) else "text" if isinstance(value, str) else "a time"
