"""Which documents in containers get a row of the starter sheet: found as packing finds them, and under the same clock.

A container of few documents has a row for each. One of many has one row, and it is said how many there are: thousands
of rows that say what packing reads off anyway would bury those that a person has to fill in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from archive.engine import Loss, Team
from archive.engine.beside import beside
from archive.model.codes import finding
from archive.model.containers import NO_RENAMES
from archive.model.findings import Finding, Where
from archive.model.progress import Listener, Progress
from archive.model.tally import Tally
from archive.packing import listing
from archive.packing.listing import Listed, Lister, Wanted, pieces_of, wanted_of
from archive.packing.sieve import Sieve
from archive.sources.containers import Member
from archive.sources.containers.runs import Run
from archive.sources.limits import Limits
from archive.submission.identifiers import shown

MOST_OF_ONE = 200
"""Documents that a container may hold to have a row for each."""
MOST_ROWS = 10_000
"""Rows of documents in containers, all together."""
_LIMITS = Limits()
_WORTH_A_PROCESS = 1 << 22
"""Bytes of containers that take about as long to look through as a process takes to start."""
_SMALL = 64 * 1024
"""Bytes that stand for the work on a container, however small."""

_Result = tuple[Wanted, Listed]


@dataclass(slots=True)
class Contained:
    """What containers hold.

    Attributes:
        members: path -> the documents in it that get rows, in their order.
        count: how many documents there are in all containers.
    """

    members: dict[str, tuple[Member, ...]] = field(default_factory=dict)
    count: int = 0
    _said: Tally = field(default_factory=Tally.of_documents)

    @property
    def findings(self) -> Iterator[Finding]:
        """About those that have no rows."""
        return iter(self._said)

    def add(self, path: str, inside: Inside, room: int) -> int:
        """Takes in what was found in a container.

        Args:
            path: its path.
            inside: what it holds.
            room: how many rows there may be of it.

        Returns:
            How many there are.
        """
        self.count += inside.count
        where = Where(file=shown(path))
        if inside.loss is not None:
            self._said.add(finding("starter.unread", where=where, found=_how_lost(inside.loss)))
        elif inside.count > min(room, MOST_OF_ONE):
            found = f"{inside.count:,} documents, the first of them {shown(path)}#{inside.members[0].name}"
            self._said.add(finding("starter.many-inside", where=where, found=found))
        elif inside.count:
            self.members[path] = tuple(inside.members)
            return inside.count
        return 0


@dataclass(slots=True)
class Inside:
    """What one container holds.

    Attributes:
        members: the first of the documents in it that can be read, no more than may have rows.
        count: how many there are.
        loss: how a worker was lost over it, or None.
    """

    members: list[Member] = field(default_factory=list)
    count: int = 0
    loss: Loss | None = None

    def take(self, results: Iterable[_Result]) -> None:
        """Takes what was found in it, stretch by stretch."""
        sieve = Sieve()
        for piece in sieve.taken(pieces_of(self._stretches(results))):
            if isinstance(piece, Run):
                self.members += list(piece.first(max(0, MOST_OF_ONE - len(self.members))))
                self.count += len(piece)
            elif not piece.findings:  # else it has a record under the number of its line, which no row names
                self.members += [piece] if len(self.members) < MOST_OF_ONE else []
                self.count += 1
        if sieve.stop is not None and not sieve.whole:  # then packing takes the container for one document
            self.members, self.count = [], 0

    def _stretches(self, results: Iterable[_Result]) -> Iterator[Listed]:
        for _, listed in results:
            self.loss = self.loss or listed.loss
            yield listed


def _how_lost(loss: Loss) -> str:
    """Why a container was given up, in words; how long it may take depends on its size."""
    return "it took more time than it may take" if loss.is_late else loss.how


def contained_in(
    folder: Path, sizes: Mapping[str, int], kind_of: Callable[[str], str | None], team: Team, listener: Listener
) -> Contained:
    """Looks through containers.

    Args:
        folder: where they are.
        sizes: path -> bytes of each, in the order in which they are to be looked through.
        kind_of: which kind of container each is.
        team: what works.
        listener: hears of the progress.

    Raises:
        StorageError: one of them cannot be read any longer.
    """
    paths = list(sizes)
    wanted = (
        one
        for number, (path, size) in enumerate(sizes.items())
        for one in wanted_of(number, kind_of(path), shown(path), path, size)
    )
    contained, left = Contained(), MOST_ROWS
    tasks = sum(max(size, _SMALL) for size in sizes.values()) // _WORTH_A_PROCESS
    for number, results in groupby(_results(folder, wanted, team, tasks), key=lambda one: one[0].number):
        inside = Inside()
        inside.take(results)
        left -= contained.add(paths[number], inside, left)
        listener(Progress("opening containers", number + 1, len(paths)))
    return contained


def _results(folder: Path, wanted: Iterator[Wanted], team: Team, tasks: int) -> Iterator[_Result]:
    shared = Lister(folder, NO_RENAMES, _LIMITS)
    for batch, found in beside(team.engine(tasks), listing.list_members, shared, listing.batches(wanted)):
        yield from zip(batch, found, strict=True)
