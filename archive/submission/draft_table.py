"""Documents before their statements are made, of which there may be millions: columns of numbers, and what they mean.

A draft holds references only (numbers of rows, paths of sidecars); the statements are made from it when they are asked
for (`archive.submission.partition`). In a table a draft of one file takes up some thirty bytes and its identifier,
where that is not its path.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import lt
from typing import NamedTuple

from archive.model.corpora import ROLES, PlannedFile
from archive.model.fields import AccessLevel
from archive.model.texts import Texts
from archive.submission.files import Files
from archive.submission.identifiers import identifier_of_path

LEVELS = tuple(AccessLevel)
STATED, CONTAINER, UNSPOKEN = len(LEVELS), 2 * len(LEVELS), 4 * len(LEVELS)
"""What is added to the place of a level: that it is stated, that the draft is a container, that nobody speaks of it."""
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

    Attributes:
        has_sidecars: whether any draft has one.
    """

    __slots__ = (
        "_file_ends",
        "_files",
        "_flags",
        "_ids",
        "_listing",
        "_members",
        "_row_ends",
        "_rows",
        "_said",
        "has_sidecars",
    )

    def __init__(self, files: Files) -> None:
        self._listing = files
        self._ids = Texts()  # an empty one stands for the path
        self._files, self._file_ends = array("i"), array("i", [0])
        self._rows, self._row_ends = array("i"), array("q", [0])
        self._flags = bytearray()  # of each file: its role, and whether it has a sidecar
        # Of each draft: its level, whether that is stated, whether it is a container, whether nobody speaks of it.
        self._said = bytearray()
        self._members: dict[int, tuple[Member, ...]] = {}
        self.has_sidecars = False

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
        self.has_sidecars |= bool(draft.sidecars)
        flags = draft.is_stated * STATED + draft.is_container * CONTAINER
        self._said.append(LEVELS.index(draft.level) + flags)

    def __len__(self) -> int:
        return len(self._said)

    def add_unspoken(self, numbers: Sequence[int], level: AccessLevel, *, is_stated: bool) -> None:
        """Adds files of which nobody says anything, each a document by itself, by their numbers."""
        count, first = len(numbers), len(self._files) + 1
        self._ids.extend([""] * count)
        self._files.extend(numbers)
        self._file_ends.extend(range(first, first + count))
        self._flags += bytes([_PAGE]) * count
        self._row_ends.extend(array("q", [self._row_ends[-1]]) * count)
        self._said += bytes([LEVELS.index(level) + is_stated * STATED + UNSPOKEN]) * count

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
            LEVELS[said % STATED],
            said % CONTAINER >= STATED,
            self._members.get(number, ()),
            said % UNSPOKEN >= CONTAINER,
        )

    def _file(self, place: int) -> PlannedFile:
        number = self._files[place]
        listing = self._listing
        role = ROLES[self._flags[place] >> 1]
        return PlannedFile(listing.path(number), role, listing.size(number), listing.kind_of(number))

    def identifier(self, number: int) -> str:
        """Its identifier."""
        return self._ids[number] or identifier_of_path(self.path(number))

    def path(self, number: int) -> str:
        """The path of its first file."""
        return self._listing.path(self._files[self._file_ends[number]])

    def paths(self, numbers: Sequence[int]) -> list[str]:
        """The paths of the files of some drafts."""
        return self._listing.paths(self._numbers(numbers))

    def sizes(self, numbers: Sequence[int]) -> list[int]:
        """The sizes of the files of some drafts."""
        return self._listing.sizes(self._numbers(numbers))

    def _numbers(self, numbers: Sequence[int]) -> Sequence[int]:
        """The files of some drafts, by their numbers in the listing."""
        files, ends = self._files, self._file_ends
        if len(files) == len(self):  # each has one
            return [files[number] for number in numbers]
        return [file for number in numbers for file in files[ends[number] : ends[number + 1]]]

    def identifiers(self, numbers: Sequence[int]) -> list[str]:
        """The identifiers of some drafts."""
        first = self._file_ends
        paths = self._listing.paths([self._files[first[number]] for number in numbers])
        if self._listing.are_plain and self._ids.are_empty:
            return paths
        given = self._ids.some(numbers)
        return [one or identifier_of_path(path) for one, path in zip(given, paths, strict=True)]

    def said(self, numbers: Sequence[int]) -> bytes:
        """A byte for each of some drafts, alike where level, statedness and kind are."""
        said = self._said
        return bytes([said[number] for number in numbers])

    def kind(self, number: int) -> str | None:
        """Which kind of container its first file is, or None."""
        return self._listing.kind_of(self._files[self._file_ends[number]])

    def level(self, number: int) -> AccessLevel:
        """Its access level."""
        return LEVELS[self._said[number] % STATED]

    def rows(self, number: int) -> array[int]:
        """The numbers of the rows that speak of it."""
        return self._rows[self._row_ends[number] : self._row_ends[number + 1]]

    @property
    def have_members(self) -> bool:
        """Whether rows say anything of single members."""
        return bool(self._members)

    @property
    def are_of_kinds(self) -> bool:
        """Whether any file is a container."""
        return self._listing.are_of_kinds

    def members(self, number: int) -> tuple[Member, ...]:
        """What rows say of single members of it."""
        return self._members.get(number, ())

    @property
    def is_in_order(self) -> bool:
        """Whether each draft stands where its path does in the order of all, and that is its identifier."""
        is_named_by_path = self._listing.are_in_order and self._ids.are_empty
        has_one_each = len(self._files) == len(self)
        return is_named_by_path and has_one_each and all(map(lt, self._files, islice(self._files, 1, None)))

    def alike(self, numbers: Sequence[int]) -> Alike:
        """Drafts of which nobody says anything, all of the level of the first."""
        files = self._numbers(numbers)
        return Alike(self.level(numbers[0]), self._listing.paths(files), self._listing.sizes(files))

    def has_several(self, number: int) -> bool:
        """Whether it has more than one file."""
        return self._file_ends[number + 1] - self._file_ends[number] > 1

    def has_sidecar(self, number: int) -> bool:
        """Whether any of its files has one."""
        return any(flags & _HAS_SIDECAR for flags in self._flags[self._file_ends[number] : self._file_ends[number + 1]])
