"""What containers hold, found in workers, where clock and memory bound hold.

Large files of many small documents are divided into stretches, so that several workers find their members side by side.
What is found crosses in small pages, which are opened one at a time.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from archive.engine import Loss, Part, parts, weigh
from archive.model.containers import JSON_LINES, Renames
from archive.model.crossing import Crossing
from archive.model.findings import Finding
from archive.model.tally import Tally
from archive.packing.batching import divided
from archive.packing.opening import OpenContainer, Opening
from archive.packing.places import place_in
from archive.packing.sieve import Sieve
from archive.sources.containers.protocol import Stretch
from archive.sources.containers.runs import Piece, in_runs, shifted
from archive.sources.jsonlines.listing import TellingApart
from archive.sources.limits import Limits

LARGEST_STRETCH = 512 * 1024
"""Bytes of a container that are looked through at a time, where it can be divided."""
LEAST_STRETCH = 16 * 1024
"""The same at its beginning."""
_OF_WHAT_IS_BEFORE = 8
"""A stretch has so much of what stands before it: it is looked through in vain where that is mostly broken."""
DIVISIBLE = frozenset({JSON_LINES})
"""Kinds of containers whose readers are `archive.sources.containers.protocol.Divisible`."""
MOST_IN_BATCH = 64
"""Containers that are looked through at a time."""
_IN_PAGE = 16
"""Runs, or members by themselves, in one page."""


@dataclass(frozen=True, slots=True)
class Wanted(Crossing):
    """A container to be looked through, or a stretch of it.

    Attributes:
        number: of the container, in the order in which they are wanted.
        path: its name.
        location: where it can be read, relative to the folder that is read from.
        start: the first byte.
        end: the byte after the last.
        is_whole: whether that is all of it.
        is_last: whether nothing of it stands behind.
    """

    number: int
    path: str
    location: str
    start: int
    end: int
    is_whole: bool = True
    is_last: bool = True

    @property
    def size(self) -> int:
        """How many bytes that are."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Listed(Crossing):
    """What was found.

    Attributes:
        pages: the members, as `members` gives them.
        rows: how many rows stand in a stretch; of a whole container 0, since its members know their rows.
        findings: about the container as a whole.
        loss: how a worker was lost over it, or None.
        is_whole: whether it is the whole container.
    """

    pages: tuple[bytes, ...] = ()
    rows: int = 0
    findings: tuple[Finding, ...] = ()
    loss: Loss | None = None
    is_whole: bool = True

    def pieces(self) -> Iterator[Piece]:
        """The members, in their order; in a stretch their rows are counted from its beginning."""
        for page in self.pages:
            yield from pickle.loads(zlib.decompress(page))  # noqa: S301 - from a worker, which is this package


@dataclass(frozen=True)
class Lister:
    """What all tasks of listing share.

    Attributes:
        folder: where the containers are.
        renames: what a person calls things in them.
        limits: how much is read.
    """

    folder: Path
    renames: Renames
    limits: Limits

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "_opening"}

    @cached_property
    def _opening(self) -> Opening:
        return Opening(self.renames, self.limits)

    def listed(self, part: Part, wanted: Wanted) -> Listed:
        """What a container holds, or a stretch of it.

        Raises:
            HeavyError: it is too large for the process that leads.
            StorageError: it cannot be read.
        """
        if part.loss is not None:
            return Listed(loss=part.loss)
        weigh(wanted.size)
        part.limit(self.limits.of_container(wanted.size))
        opened = self._opening.at(place_in(self.folder, wanted.location), wanted.path)
        return _whole(opened) if wanted.is_whole else _within(opened, Stretch(wanted.start, wanted.end))


def _whole(opened: OpenContainer) -> Listed:
    found = Tally()
    pages = _pages(Sieve().taken(in_runs(opened.members(found))))
    return Listed(pages, findings=(*opened.disagreement, *found))


def _within(opened: OpenContainer, stretch: Stretch) -> Listed:
    pages = _pages(in_runs(opened.members_within(stretch)))
    return Listed(pages, stretch.rows, () if stretch.start else opened.disagreement, is_whole=False)


def _pages(pieces: Iterator[Piece]) -> tuple[bytes, ...]:
    found = []
    while page := list(islice(pieces, _IN_PAGE)):
        found.append(zlib.compress(pickle.dumps(page, pickle.HIGHEST_PROTOCOL), 1))
    return tuple(found)


def pieces_of(stretches: Iterable[Listed]) -> Iterator[Piece]:
    """The members of one container, of which all stretches are given in turn, with their true rows and told apart."""
    rows, apart = 0, TellingApart()
    for listed in stretches:
        for piece in listed.pieces():
            if listed.is_whole:
                yield piece
            else:
                yield from apart.told(shifted(piece, rows))
        rows += listed.rows


def list_members(shared: Lister, batch: Sequence[Wanted]) -> tuple[Listed, ...]:
    """The task for an engine."""
    return tuple([shared.listed(part, wanted) for part, wanted in parts(batch)])


def wanted_of(number: int, kind: str | None, path: str, location: str, size: int) -> Iterator[Wanted]:
    """A container, in stretches where it can be divided; at least one.

    Args:
        number: as `Wanted` has it; so are the others.
        kind: of the container.
        path: its name.
        location: its place.
        size: in bytes.
    """
    if kind not in DIVISIBLE:
        yield Wanted(number, path, location, 0, size)
        return
    end = -1
    while end < size:
        start = max(end, 0)
        end = min(size, start + min(LARGEST_STRETCH, max(LEAST_STRETCH, start // _OF_WHAT_IS_BEFORE)))
        yield Wanted(number, path, location, start, end, is_whole=False, is_last=end == size)


def batches(wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, ...]]:
    """Containers in order, a few dozen or half a megabyte together; of stretches all but the first by themselves."""
    return divided(wanted, _is_enough)


def _is_enough(batch: Sequence[Wanted], size: int, one: Wanted) -> bool:
    is_full = len(batch) == MOST_IN_BATCH or size + one.size > LARGEST_STRETCH
    return is_full or one.start > 0 or not batch[-1].is_last
