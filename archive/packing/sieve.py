"""How many documents of a container are taken, and when it is broken so often that it is not what its name says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.sources.containers.runs import Piece, Run

MOST = 2_000_000
"""Documents of one container that are packed."""
MOST_BROKEN = 10_000
"""Broken or empty documents that a container may hold beside fewer whole ones."""
MOSTLY_BROKEN = "container.mostly-broken"


@dataclass(frozen=True, slots=True)
class Stop:
    """Why the rest of a container is left unread.

    Attributes:
        code: of the finding.
        row: of the first member that is not taken, or of the last broken one.
        seen: what was found up to there.
    """

    code: str
    row: int
    seen: str


@dataclass(slots=True)
class Sieve:
    """Counts the members of one container as they come.

    Attributes:
        whole: how many there were of which nothing is wrong.
        broken: how many others.
        stop: why no more are taken; None as long as they are.
    """

    whole: int = 0
    broken: int = 0
    stop: Stop | None = None

    def taken(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """The members, in their order, up to where the rest is left unread.

        Args:
            pieces: the next members of the container.
        """
        for piece in pieces:
            if isinstance(piece, Run):
                yield from self._of_run(piece)
            elif self._has_room(1, piece.row):
                self.broken += 1
                yield piece
                if self.broken > max(MOST_BROKEN, self.whole):
                    seen = f"{self.broken:,} broken or empty ones and {self.whole:,} whole ones up to here"
                    self.stop = Stop(MOSTLY_BROKEN, piece.row, seen)
            if self.stop is not None:
                return

    def _of_run(self, run: Run) -> Iterator[Run]:
        room = MOST - self.whole - self.broken
        if room < len(run):
            self._has_room(room + 1, run.rows[room])
            run = run.first(room)
        self.whole += len(run)
        if run:
            yield run

    def _has_room(self, count: int, row: int) -> bool:
        if self.whole + self.broken + count <= MOST:
            return True
        self.stop = Stop("container.bomb", row, f"more than {MOST:,} documents")
        return False
