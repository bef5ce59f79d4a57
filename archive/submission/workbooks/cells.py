"""The cells of a workbook's sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
"""What spreadsheet programs have themselves."""

_WHOLE = re.compile(r"-?[0-9]+")
_DIGITS = 15
"""Significant digits that a spreadsheet program keeps (IEEE 754, binary64)."""


class Doubt(StrEnum):
    """Why the text of a cell may not be what somebody typed; the values are the ends of the codes of findings."""

    NONE = ""
    DATE = "date-rewritten"
    COMPUTED = "cell-computed"
    ERROR = "cell-error"
    DIGITS = "digits-lost"


class Cell(NamedTuple):
    """A cell: its text, and why that may not be what somebody typed."""

    text: str
    doubt: Doubt = Doubt.NONE


EMPTY = Cell("")


class Row(NamedTuple):
    """A row: its number as a spreadsheet program shows it, and its cells."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Aside:
    """What a workbook holds beside the rows that are read; complete once the last row went by.

    Attributes:
        others: sheets that are shown and not read.
        merged: row and column, from 1, of cells that stand for others, too.
    """

    others: int = 0
    merged: list[tuple[int, int]] = field(default_factory=list)


def number_cell(written: str) -> Cell:
    """The cell of a number, as short as it can be said.

    Args:
        written: the number as the workbook has it.

    >>> number_cell("2017.0").text, number_cell("0.10000000000000001").text
    ('2017', '0.1')
    >>> number_cell("1.2345678901234568E+19").doubt.value
    'digits-lost'
    """
    try:
        value = float(written)
    except ValueError:
        return Cell(written)
    if value != value or abs(value) >= 10**_DIGITS:  # noqa: PLR0124 - NaN alone differs from itself
        text = written if _WHOLE.fullmatch(written) else f"{value:.0f}" if abs(value) < float("inf") else written
        return Cell(text, Doubt.DIGITS)
    return Cell(str(int(value)) if value == int(value) else repr(value))
