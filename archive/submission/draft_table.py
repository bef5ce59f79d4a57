"""Documents before their statements are made, of which there may be millions: columns of numbers, and what they mean.

A draft holds references only (numbers of rows, paths of sidecars); the statements are made from it when they are asked
for (`archive.submission.partition`). In a table a draft of one file takes up some thirty bytes and its identifier,
where that is not its path.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple, overload

from archive.model.containers import is_document_too, kind_of
from archive.model.corpora import ROLES, PlannedFile
from archive.model.fields import AccessLevel
from archive.model.texts import Texts
from archive.submission.files import Files
from archive.submission.identifiers import identifier_of_path

_LEVELS = tuple(AccessLevel)
_STATED, _CONTAINER, _UNSPOKEN = len(_LEVELS), 2 * len(_LEVELS), 4 * len(_LEVELS)
_HAS_SIDECAR = 1
_PAGE = 2 * ROLES.index("page")


class Member(NamedTuple):
    """A document in a container that a row speaks of."""

    name: str
    document_id: str
    row: int


class Draft(NamedTuple):
    """A document before its statements are made.

    Attributes:
        document_id: its identifier; that of a container begins those of its documents.
        files: its files, in the order of `ORIGINAL_ROLES`.
        rows: the numbers of the rows that speak of it, the strongest first.
        sidecars: the paths of the documents' files that have a sidecar, in the order of the files.
        level: its access level.
        is_stated: whether anybody stated the level.
        members: what rows say of single members of a container.
        is_container: whether the one file holds many documents.
    """

    document_id: str
    files: tuple[PlannedFile, ...]
    rows: tuple[int, ...]
    sidecars: tuple[str, ...]
    level: AccessLevel
    is_stated: bool
    members: tuple[Member, ...] = ()
    is_container: bool = False


class Alike(NamedTuple):
    """Drafts of one file each of which nobody says anything: their level, and the paths and sizes of their files."""

    level: AccessLevel
    paths: list[str]
    sizes: list[int]


class DraftTable:
    """Takes drafts in any order.

    Args:
        files: where their files stand.
    """

    __slots__ = ("_file_ends", "_files", "_flags", "_ids", "_listing", "_members", "_row_ends", "_rows", "_said")

    def __init__(self, files: Files) -> None:
        self._listing = files
        self._ids = Texts()  # an empty one stands for the path
        self._files, self._file_ends = array("i"), array("i", [0])
        self._rows, self._row_ends = array("i"), array("q", [0])
        self._flags = bytearray()  # of each file: its role, and whether it has a sidecar
        # Of each draft: its level, whether that is stated, whether it is a container, whether nobody speaks of it.
        self._said = bytearray()
        self._members: dict[int, tuple[Member, ...]] = {}

    def add(self, draft: Draft, numbers: Iterable[int]) -> None:
        """Adds a draft.

        Args:
            draft: the document.
            numbers: of its files.
        """
        if draft.members:
            self._members[len(self)] = draft.members
        is_path = draft.document_id == identifier_of_path(draft.files[0].path)
        self._ids.add("" if is_path else draft.document_id)
        self._files.extend(numbers)
        self._file_ends.append(len(self._files))
        self._flags.extend(2 * ROLES.index(file.role) + (file.path in draft.sidecars) for file in draft.files)
        self._rows.extend(draft.rows)
        self._row_ends.append(len(self._rows))
        flags = draft.is_stated * _STATED + draft.is_container * _CONTAINER
        self._said.append(_LEVELS.index(draft.level) + flags)

    def __len__(self) -> int:
        return len(self._said)

    def add_unspoken(self, number: int, level: AccessLevel, *, is_stated: bool) -> None:
        """Adds a file of which nobody says anything, a document by itself, by its number."""
        self._ids.add("")
        self._files.append(number)
        self._file_ends.append(len(self._files))
        self._flags.append(_PAGE)
        self._row_ends.append(self._row_ends[-1])
        self._said.append(_LEVELS.index(level) + is_stated * _STATED + _UNSPOKEN)

    def draft(self, number: int) -> Draft:
        """The draft that was added as the `number`th, from 0."""
        first, end = self._file_ends[number], self._file_ends[number + 1]
        files = tuple([self._file(place) for place in range(first, end)])
        flags = self._flags[first:end]
        said = self._said[number]
        return Draft(
            self._ids[number] or identifier_of_path(files[0].path),
            files,
            tuple(self._rows[self._row_ends[number] : self._row_ends[number + 1]]),
            tuple([file.path for file, flag in zip(files, flags, strict=True) if flag & _HAS_SIDECAR]),
            _LEVELS[said % _STATED],
            said % _CONTAINER >= _STATED,
            self._members.get(number, ()),
            said % _UNSPOKEN >= _CONTAINER,
        )

    def _file(self, place: int) -> PlannedFile:
        number = self._files[place]
        return PlannedFile(self._listing.path(number), ROLES[self._flags[place] >> 1], self._listing.size(number))

    def identifier(self, number: int) -> str:
        """Its identifier."""
        return self._ids[number] or identifier_of_path(self.path(number))

    def path(self, number: int) -> str:
        """The path of its first file."""
        return self._listing.path(self._files[self._file_ends[number]])

    def files(self, number: int) -> Iterator[tuple[str, int]]:
        """The paths and sizes of its files."""
        for place in self._files[self._file_ends[number] : self._file_ends[number + 1]]:
            yield self._listing.path(place), self._listing.size(place)

    def level(self, number: int) -> AccessLevel:
        """Its access level."""
        return _LEVELS[self._said[number] % _STATED]

    def rows(self, number: int) -> array[int]:
        """The numbers of the rows that speak of it."""
        return self._rows[self._row_ends[number] : self._row_ends[number + 1]]

    def members(self, number: int) -> tuple[Member, ...]:
        """What rows say of single members of it."""
        return self._members.get(number, ())

    def is_container(self, number: int) -> bool:
        """Whether its one file holds many documents."""
        return self._said[number] % _UNSPOKEN >= _CONTAINER

    def is_unspoken(self, number: int) -> bool:
        """Whether it is a file of which nobody says anything."""
        return self._said[number] >= _UNSPOKEN

    def alike(self, numbers: Sequence[int]) -> Alike:
        """Drafts of which nobody says anything, all of the level of the first."""
        first = self._file_ends
        return Alike(self.level(numbers[0]), *self._listing.some([self._files[first[number]] for number in numbers]))

    def has_several(self, number: int) -> bool:
        """Whether it has more than one file."""
        return self._file_ends[number + 1] - self._file_ends[number] > 1

    def has_sidecar(self, number: int) -> bool:
        """Whether any of its files has one."""
        return any(flags & _HAS_SIDECAR for flags in self._flags[self._file_ends[number] : self._file_ends[number + 1]])

    def is_stated(self, number: int) -> bool:
        """Whether anybody stated its level."""
        return self._said[number] % _CONTAINER >= _STATED

    def sorted(self) -> Drafts:
        """All of them, sorted by identifier and path."""
        names = map(self.identifier, range(len(self)))
        if all(one < other for one, other in pairwise(names)):
            return Drafts(self, range(len(self)))
        # By identifier alone first: pairs of texts, a million at a time, would take up twice as much.
        by_name = sorted(range(len(self)), key=self.identifier)
        order = array("i")
        for _, same in groupby(by_name, key=self.identifier):
            order.extend(sorted(same, key=self.path))
        return Drafts(self, order)


class Drafts(Sequence[Draft]):
    """Drafts in order, each made when it is asked for.

    Args:
        table: where they stand.
        order: their numbers there.
    """

    __slots__ = ("_order", "_table")

    def __init__(self, table: DraftTable, order: Sequence[int]) -> None:
        self._table = table
        self._order = order

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, index: int) -> Draft: ...
    @overload
    def __getitem__(self, index: slice) -> Drafts: ...
    def __getitem__(self, index: int | slice) -> Draft | Drafts:
        if isinstance(index, slice):
            return Drafts(self._table, self._order[index])
        return self._table.draft(self._order[index])

    def __iter__(self) -> Iterator[Draft]:
        return map(self._table.draft, self._order)

    def pieces(self, most: int) -> Iterator[Draft | Alike]:
        """All of them, those that follow one another and of which nobody speaks together, up to so many."""
        table, alike = self._table, array("i")
        for number in self._order:
            is_alike = table.is_unspoken(number)
            if alike and not (is_alike and len(alike) < most and table.level(number) is table.level(alike[0])):
                yield table.alike(alike)
                alike = array("i")
            if is_alike:
                alike.append(number)
            else:
                yield table.draft(number)
        if alike:
            yield table.alike(alike)

    def identifiers(self) -> Iterator[str]:
        """The identifier of each."""
        return map(self._table.identifier, self._order)

    def files(self) -> Iterator[tuple[str, int]]:
        """The paths and sizes of all files, in order."""
        return (file for number in self._order for file in self._table.files(number))

    def paths(self) -> Iterator[str]:
        """The paths of all files."""
        return (path for path, _ in self.files())

    def rows(self) -> Iterator[int]:
        """The numbers of the rows that speak of any of them, or of members, in no order and with repeats."""
        for number in self._order:
            yield from self._table.rows(number)
            for member in self._table.members(number):
                yield member.row

    def members(self) -> Iterator[Member]:
        """What rows say of members."""
        return (member for number in self._order for member in self._table.members(number))

    def of(self, level: AccessLevel) -> Drafts:
        """Those of one access level."""
        return self._those(array("i", (one for one in self._order if self._table.level(one) is level)))

    def without(self, identifiers: Collection[str]) -> Drafts:
        """Those with other identifiers."""
        if not identifiers:
            return self
        kept = (one for one in self._order if self._table.identifier(one) not in identifiers)
        return self._those(array("i", kept))

    def with_sidecars(self) -> Drafts:
        """Those of whose files any has a sidecar."""
        return self._those(array("i", filter(self._table.has_sidecar, self._order)))

    def hold_several(self) -> bool:
        """Whether any is a container, or a letter, to which others may be attached."""
        table = self._table
        return any(table.is_container(one) or is_document_too(kind_of(table.path(one))) for one in self._order)

    def unstated(self) -> Drafts:
        """Those whose level nobody stated."""
        return self._those(array("i", (one for one in self._order if not self._table.is_stated(one))))

    def of_several_files(self) -> Drafts:
        """Those of more than one file."""
        return self._those(array("i", (one for one in self._order if self._table.has_several(one))))

    def _those(self, kept: array[int]) -> Drafts:
        return self if len(kept) == len(self._order) else Drafts(self._table, kept)
