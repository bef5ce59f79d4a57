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
        are_distinct: whether it is known that no two have the same identifier.

    Attributes:
        are_distinct: as above.
    """

    __slots__ = ("_order", "_table", "are_distinct")

    def __init__(self, table: DraftTable, order: Sequence[int], *, are_distinct: bool = False) -> None:
        self._table = table
        self._order = order
        self.are_distinct = are_distinct

    @classmethod
    def sorted(cls, table: DraftTable) -> Drafts:
        """All drafts of a table, sorted by identifier and path."""
        as_they_stand = cls(table, range(len(table)), are_distinct=True)
        if table.is_in_order or all(one < other for one, other in pairwise(as_they_stand.identifiers())):
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
            return self._those(self._order[index])
        return self._table.draft(self._order[index])

    def __iter__(self) -> Iterator[Draft]:
        return map(self._table.draft, self._order)

    def pieces(self, most: int) -> Iterator[Draft | Alike]:
        """All of them, those that follow one another and of which nobody speaks together, up to so many."""
        table = self._table
        for numbers in self._some(most):
            start = 0
            for said, same in groupby(table.said(numbers)):
                end = start + sum(1 for _ in same)
                if said >= UNSPOKEN:
                    yield table.alike(numbers[start:end])
                else:
                    yield from map(table.draft, numbers[start:end])
                start = end

    def identifiers(self) -> Iterator[str]:
        """The identifier of each."""
        return chain.from_iterable(map(self._table.identifiers, self._some()))

    def _some(self, most: int = _AT_A_TIME) -> Iterator[Sequence[int]]:
        """The numbers, many at a time."""
        return (self._order[start : start + most] for start in range(0, len(self._order), most))

    def paths(self) -> Iterator[str]:
        """The paths of all files, in order."""
        return chain.from_iterable(map(self._table.paths, self._some()))

    def octets(self) -> int:
        """How many bytes all files have together."""
        return sum(sum(self._table.sizes(numbers)) for numbers in self._some())

    def rows(self) -> Iterator[int]:
        """The numbers of the rows that speak of any of them, or of members, in no order and with repeats."""
        for number in self._order:
            yield from self._table.rows(number)
            for member in self._table.members(number):
                yield member.row

    def members(self) -> Iterator[Member]:
        """What rows say of members."""
        if not self._table.have_members:
            return iter(())
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
        has_one = self._table.has_sidecar if self._table.has_sidecars else _never
        return self._those(array("i", filter(has_one, self._order)))

    def hold_several(self) -> bool:
        """Whether any is a container, or a letter, to which others may be attached."""
        if not self._table.are_of_kinds:
            return False
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

    def _those(self, kept: Sequence[int]) -> Drafts:
        if len(kept) == len(self._order):
            return self
        return Drafts(self._table, kept, are_distinct=self.are_distinct)


def _never(_: int) -> bool:
    return False
