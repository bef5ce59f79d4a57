"""The rows of a sheet as planning knows them, of which there may be a million."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import NamedTuple

from archive.model.corpora import ROLES
from archive.model.fields import AccessLevel
from archive.model.texts import Texts

_LEVELS = (None, *AccessLevel)
_ROLES = ("", *ROLES)
_LEVEL = {level: place for place, level in enumerate(_LEVELS)}
_ROLE = {role: place for place, role in enumerate(_ROLES)}


class Row(NamedTuple):
    """What planning needs to know of a row; the rest is read when it is asked for.

    Attributes:
        number: as a spreadsheet shows it, from 1, the header included.
        filename: as written.
        identifier: of the document, or an empty string.
        role: one of `ROLES`, or an empty string where the row states none.
        level: the access level that the row states, or None.
        is_reviewed: whether the row states a review date.
    """

    number: int
    filename: str
    identifier: str
    role: str
    level: AccessLevel | None
    is_reviewed: bool


class RowTable:
    """Rows in their order; each is made when it is asked for, out of some twenty bytes and its two texts."""

    __slots__ = ("_filenames", "_identifiers", "_numbers", "_said")

    def __init__(self) -> None:
        self._numbers = array("i")
        self._filenames = Texts()
        self._identifiers = Texts()
        self._said = bytearray()

    def add(self, row: Row) -> None:
        """Adds a row."""
        self._numbers.append(row.number)
        self._filenames.add(row.filename)
        self._identifiers.add(row.identifier)
        self._said.append((_ROLE[row.role] * len(_LEVELS) + _LEVEL[row.level]) * 2 + row.is_reviewed)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, place: int) -> Row:
        said, is_reviewed = divmod(self._said[place], 2)
        role, level = divmod(said, len(_LEVELS))
        return Row(
            self._numbers[place],
            self._filenames[place],
            self._identifiers[place],
            _ROLES[role],
            _LEVELS[level],
            bool(is_reviewed),
        )

    def __iter__(self) -> Iterator[Row]:
        return map(self.__getitem__, range(len(self)))
