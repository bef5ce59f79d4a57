"""Small files that are hashed before it is known what the manifests say of them.

The manifests of a large bag take a while to be read, and their names tell the algorithms. So the workers begin with
the first files of the walk meanwhile. Of the digests of each part only a seal comes back: a digest of all of them
together. Where it is that of what the manifests say, all of these files are as they should be; where it is not, the
part is checked again in the usual way, which says what is wrong.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from archive.bags.batches import Batch, Outcome
from archive.bags.small_files import LARGEST, Part, seal
from archive.bags.small_files import MOST as MOST_IN_PIECE
from archive.model.bags import PAYLOAD
from archive.storage.stores import UNKNOWN, Entry, Run

MOST = 1 << 16
"""Files that are begun early, at most: what is known of them has to be held until the manifests were read."""
LEAST_TO_READ = 2 << 20
"""Bytes of manifests that are read before workers would have started."""
_READ_MEANWHILE = 1 << 10
"""Bytes of manifests that are read while one worker hashes one small file."""


class Resolved(NamedTuple):
    """What became known of a part.

    Attributes:
        keys: its files.
        part: the part with what the manifests say of it.
        sizes: the bytes of each file.
        is_sound: whether all of them have the digests that the manifests say; else it has to be checked again.
    """

    keys: list[str]
    part: Part
    sizes: array[int]
    is_sound: bool


class _Early:
    """A part, what the manifests say of it, and what came of it; either may come first."""

    __slots__ = ("keys", "part", "says", "seals", "sizes")

    def __init__(self, part: Part) -> None:
        self.part = part
        self.keys: list[str] = []
        self.says: tuple[bytes, ...] | None = None
        self.seals: tuple[bytes, ...] | None = None
        self.sizes = part.sizes

    @property
    def count(self) -> int:
        return self.part.names.count("\0") + 1


class HeadStart:
    """The files that were begun early.

    Args:
        algorithms: those by which they are hashed.
    """

    def __init__(self, algorithms: Sequence[str]) -> None:
        self._algorithms = tuple(algorithms)
        self._runs: dict[int, tuple[Run, list[_Early]]] = {}
        self._awaited: deque[list[_Early]] = deque()

    def worth(self, to_read: int, workers: int) -> int:
        """How many files the workers hash while so many bytes of manifests are read; 0 where it does not pay."""
        pays = self._algorithms and to_read >= LEAST_TO_READ
        return min(MOST, to_read * workers // _READ_MEANWHILE) if pays else 0

    def begin(self, walk: Iterator[Run | Entry], most: int, put: Callable[[Batch], None]) -> Iterator[Run | Entry]:
        """Begins with the first small files of the payload.

        Args:
            walk: the bag.
            most: how many files.
            put: takes the pieces of work, without digests.

        Returns:
            the same walk, from its beginning.
        """
        seen: list[Run | Entry] = []
        gathered: list[_Early] = []
        count = 0
        for run in _first(walk, most, seen):
            for early in self._parts_of(run):
                gathered.append(early)
                count += early.count
                if count >= MOST_IN_PIECE:
                    self._put(gathered, put)
                    gathered, count = [], 0
        if gathered:
            self._put(gathered, put)
        return chain(seen, walk)

    @property
    def is_awaited(self) -> bool:
        """Whether the next outcome is that of files that were begun early."""
        return bool(self._awaited)

    def has(self, run: Run) -> bool:
        """Whether just these files were begun early.

        Where they were not, nothing that comes behind them was either: all is found in the order of the files.
        """
        if id(run) in self._runs:
            return True
        self._runs.clear()
        return False

    def take(
        self, run: Run, keys: list[str], algorithms: Sequence[str], columns: Sequence[bytes]
    ) -> Iterator[Resolved]:
        """Takes what the manifests say of files that were begun early.

        Args:
            run: the files.
            keys: their keys.
            algorithms: of the manifests.
            columns: for each manifest the digests in binary, one behind the other.

        Yields:
            The parts of which all is known now.
        """
        _, parts = self._runs.pop(id(run))
        widths = [len(column) // len(keys) for column in columns]
        start = 0
        for early in parts:
            end = start + early.count
            early.keys = keys[start:end]
            early.says = tuple(one[start * width : end * width] for one, width in zip(columns, widths, strict=True))
            start = end
            if early.seals is not None:
                yield self._resolved(early, algorithms)

    def note(self, outcome: Outcome, algorithms: Sequence[str]) -> Iterator[Resolved]:
        """Takes the outcome that was awaited.

        Args:
            outcome: it.
            algorithms: of the manifests, as far as they were read.

        Yields:
            The parts of which all is known now.
        """
        sizes = iter(outcome.sizes)
        for early, seals in zip(self._awaited.popleft(), outcome.seals, strict=True):
            early.seals = seals
            early.sizes = early.part.sizes or next(sizes)
            if early.says is not None:
                yield self._resolved(early, algorithms)

    def _parts_of(self, run: Run) -> list[_Early]:
        parts = []
        for start in range(0, len(run.names), MOST_IN_PIECE):
            end = start + MOST_IN_PIECE
            known = array("I", () if run.sizes[0] == UNKNOWN else run.sizes[start:end])
            parts.append(_Early(Part(run.folder, "\0".join(run.names[start:end]), known, ())))
        self._runs[id(run)] = run, parts  # with the run itself, so that no other gets its number
        return parts

    def _put(self, gathered: list[_Early], put: Callable[[Batch], None]) -> None:
        self._awaited.append(gathered)
        put(Batch(tuple(("", one) for one in self._algorithms), tuple(early.part for early in gathered)))

    def _resolved(self, early: _Early, algorithms: Sequence[str]) -> Resolved:
        found = dict(zip(self._algorithms, early.seals or (), strict=True))
        says = early.says or ()
        is_sound = all(found.get(one) == seal(column) for one, column in zip(algorithms, says, strict=True))
        return Resolved(early.keys, early.part._replace(digests=says), early.sizes, is_sound)


def _first(walk: Iterator[Run | Entry], most: int, seen: list[Run | Entry]) -> Iterator[Run]:
    """The first runs of the payload, up to one with larger files; all that was walked past is added to `seen`."""
    for one in walk:
        if not isinstance(one, Run) or not one.prefix.startswith(PAYLOAD):
            seen.append(one)
            continue
        first, rest = _cut(one, most)
        seen += [first, rest] if rest.names else [first]
        if max(one.sizes) > LARGEST:
            return
        yield first
        most -= len(first.names)
        if not most:
            return


def _cut(run: Run, count: int) -> tuple[Run, Run]:
    first = run if len(run.names) <= count else Run(run.folder, run.names[:count], run.sizes[:count])
    return first, Run(run.folder, run.names[count:], run.sizes[count:])
