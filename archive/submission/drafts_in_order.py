"""Drafts in order, of which some are chosen, and what can be asked of all of them without making each."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain, groupby, pairwise
from typing import overload

from archive.model.containers import is_document_too
from archive.model.fields import AccessLevel
from archive.submission.draft_table import CONTAINER, LEVELS, STATED, UNSPOKEN, Alike, Draft, DraftTable, Member

_AT_A_TIME = 4096
"""Drafts that are looked at together."""


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

    @classmethod
    def sorted(cls, table: DraftTable) -> Drafts:
        """All drafts of a table, sorted by identifier and path."""
        as_they_stand = cls(table, range(len(table)))
        if all(one < other for one, other in pairwise(as_they_stand.identifiers())):
            return as_they_stand
        # By identifier alone first: pairs of texts, a million at a time, would take up twice as much.
        by_name = sorted(range(len(table)), key=table.identifier)
        order = array("i")
        for _, same in groupby(by_name, key=table.identifier):
            order.extend(sorted(same, key=table.path))
        return cls(table, order)

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
        return chain.from_iterable(map(self._table.identifiers, self._some()))

    def files(self) -> Iterator[tuple[str, int]]:
        """The paths and sizes of all files, in order."""
        return chain.from_iterable(map(self._table.files, self._some()))

    def _some(self) -> Iterator[Sequence[int]]:
        """The numbers, many at a time."""
        return (self._order[start : start + _AT_A_TIME] for start in range(0, len(self._order), _AT_A_TIME))

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
        return self._with(lambda said: said % STATED == LEVELS.index(level))

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
        is_any = any(said % UNSPOKEN >= CONTAINER for said in self._kinds())
        return is_any or any(is_document_too(self._table.kind(number)) for number in self._order)

    def unstated(self) -> Drafts:
        """Those whose level nobody stated."""
        return self._with(lambda said: said % CONTAINER < STATED)

    def _kinds(self) -> frozenset[int]:
        """What `DraftTable.said` says of any of them."""
        return frozenset().union(*map(self._table.said, self._some()))

    def _with(self, fits: Callable[[int], bool]) -> Drafts:
        """Those of which `DraftTable.said` says something that fits."""
        kinds = self._kinds()
        wanted = frozenset(filter(fits, kinds))
        if wanted == kinds:
            return self
        said = self._table.said
        return self._those(
            array("i", (one for one in self._order if said((one,))[0] in wanted)) if wanted else array("i")
        )

    def of_several_files(self) -> Drafts:
        """Those of more than one file."""
        return self._those(array("i", (one for one in self._order if self._table.has_several(one))))

    def _those(self, kept: array[int]) -> Drafts:
        return self if len(kept) == len(self._order) else Drafts(self._table, kept)
