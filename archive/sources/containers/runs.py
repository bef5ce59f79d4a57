"""Members as they travel: those that follow one another and of which nothing is to be said go together, as columns."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from archive.model.crossing import Crossing
from archive.sources.containers.protocol import Member

MOST_IN_RUN = 1024
"""Members in one run."""


@dataclass(frozen=True, slots=True)
class Run(Crossing):
    """Members that follow one another; none of them is empty or has findings, all lie in one container.

    Attributes:
        container: as `Member` has it; so are the others, of all members.
        names: theirs.
        starts: theirs.
        ends: theirs.
        rows: theirs.
        details: theirs; empty where none of them has any, and none is attached to anything.
        parents: theirs; empty where `details` is.
        holders: theirs; empty where `details` is.
    """

    container: str
    names: tuple[str, ...]
    starts: array[int]
    ends: array[int]
    rows: array[int]
    details: tuple[tuple[str | int, ...], ...] = ()
    parents: tuple[str | None, ...] = ()
    holders: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[Member]:
        places = zip(self.names, self.starts, self.ends, self.rows, strict=True)
        if not self.details:
            return (Member(self.container, *place) for place in places)
        more = zip(self.details, self.parents, self.holders, strict=True)
        return (
            Member(self.container, *place, (), detail, parent, holder=holder)
            for place, (detail, parent, holder) in zip(places, more, strict=True)
        )

    def first(self, count: int) -> Run:
        """So many of them."""
        return Run(
            self.container,
            self.names[:count],
            self.starts[:count],
            self.ends[:count],
            self.rows[:count],
            self.details[:count],
            self.parents[:count],
            self.holders[:count],
        )


Piece = Run | Member
"""A member by itself, or several."""


def in_runs(members: Iterable[Member]) -> Iterator[Piece]:
    """Members in their order, as many together as can be."""
    waiting: list[Member] = []
    for one in members:
        if waiting and (len(waiting) == MOST_IN_RUN or one.container != waiting[0].container):
            yield _run(waiting)
            waiting = []
        if one.findings or one.is_empty:
            if waiting:
                yield _run(waiting)
                waiting = []
            yield one
        else:
            waiting.append(one)
    if waiting:
        yield _run(waiting)


def _run(members: list[Member]) -> Run:
    has_more = any(one.detail or one.parent is not None for one in members)
    return Run(
        members[0].container,
        tuple([one.name for one in members]),
        array("q", [one.start for one in members]),
        array("q", [one.end for one in members]),
        array("q", [one.row for one in members]),
        tuple([one.detail for one in members]) if has_more else (),
        tuple([one.parent for one in members]) if has_more else (),
        tuple([one.holder for one in members]) if has_more else (),
    )


def shifted(piece: Piece, rows: int) -> Piece:
    """Members whose rows were counted from another one than the first of the container.

    Args:
        piece: they; whose name is their row has none yet.
        rows: how many stand before.
    """
    if isinstance(piece, Member):
        return numbered(piece, rows)
    shown = array("q", [row + rows for row in piece.rows])
    names = tuple([name or str(row) for name, row in zip(piece.names, shown, strict=True)])
    return replace(piece, rows=shown, names=names)


def numbered(member: Member, rows: int) -> Member:
    """The same for one member by itself."""
    if not rows and member.name:
        return member
    row = member.row + rows
    found = tuple(replace(one, where=replace(one.where, row=row)) for one in member.findings)
    return replace(member, row=row, name=str(row) if found else member.name or str(row), findings=found)
