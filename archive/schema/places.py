"""Where a value of a record stood before it came into the record: the cell, the sidecar, the bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive.model.findings import NOWHERE, Where
from archive.schema.words import pointer

_CELL = re.compile(r"cell=([0-9]{1,9}),([0-9]{1,9})", re.ASCII)
_BYTES = re.compile(r"bytes=([0-9]+-[0-9]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Origins:
    """What is needed to name places in the words of the person who wrote the values.

    Attributes:
        columns: the header of the sheet, so that a column has its name; without it a column is its number.
        prefix: taken off the paths of files, so that `data/submission/metadata.csv` is `metadata.csv`.
    """

    columns: tuple[str, ...] = ()
    prefix: str = ""

    def place(self, value: Any, path: Sequence[str | int], within: Where = NOWHERE) -> Where:
        """The place of one value.

        Args:
            value: the record, or another JSON value (then the pointer alone is known).
            path: the way to the place in it.
            within: the place of the record itself, such as a line of a file of records.

        Returns:
            Where the statement stood that the record took the value from, with the pointer into the record (into the
            sidecar, for one); `within` and the pointer where no statement tells.
        """
        inside = replace(within, pointer=pointer(path))
        statement = _statement(value, path)
        if statement is None:
            return inside
        file, locator = str(statement.get("file", "")), str(statement.get("locator", ""))
        if not file:
            return inside
        return self.stood(file, locator, inside.pointer)

    def stood(self, file: str, locator: str, pointer: str | None = None) -> Where:
        """Where a statement stood.

        Args:
            file: the payload path that the statement names, or an empty string.
            locator: the place in it, as the statement has it.
            pointer: what to point at where the locator is no pointer itself.
        """
        name = file.removeprefix(self.prefix).removeprefix("data/originals/") if self.prefix else file
        there = Where(file=name or None, pointer=pointer)
        cell = _CELL.fullmatch(locator)
        if cell:
            return replace(there, row=int(cell[1]), column=self._column(int(cell[2])))
        stretch = _BYTES.fullmatch(locator)
        if stretch:
            return replace(there, bytes=stretch[1])
        return replace(there, pointer=locator) if locator.startswith("/") else there

    def _column(self, number: int) -> str:
        return self.columns[number - 1] if 1 <= number <= len(self.columns) else str(number)


def _statement(value: Any, path: Sequence[str | int]) -> Mapping[str, Any] | None:
    """The statement that the value at `/metadata/<field>` came from; a used one before others."""
    if not isinstance(value, dict) or len(path) < 2 or path[0] != "metadata":
        return None
    wanted = _at(value, path)
    statements = value.get("statements")
    found = [
        one
        for one in (statements if isinstance(statements, list) else [])
        if isinstance(one, dict) and one.get("field") == path[1] and one.get("value") == wanted
    ]
    found.sort(key=lambda one: one.get("used") is not True)
    return found[0] if found else None


def _at(value: Any, path: Sequence[str | int]) -> Any:
    for part in path:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value
