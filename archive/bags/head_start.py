"""Small files that are hashed before it is known what the manifests say of them.

The manifests of a large bag take a while to be read, and their names tell the algorithms. So the workers begin with the
first files of the walk meanwhile. Mostly a manifest is written as it would be written anew, in the order of the walk;
then a worker finds the lines of its files where they should stand (`archive.bags.written`). Where that holds for all
files and the manifests have nothing else, they need not be read at all.

Otherwise only a seal of the digests of each part comes back: a digest of all of them together. Where it is that of what
the manifests say, all of these files are as they should be; where it is not, the part is checked again in the usual
way, which says what is wrong.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from typing import NamedTuple

from archive.bags.batches import Batch, Outcome
from archive.bags.ordinary_names import are_ordinary
from archive.bags.small_files import LARGEST, Part, Seals, seal
from archive.bags.small_files import MOST as MOST_IN_PIECE
from archive.bags.written import ManifestFile, Places, Proven
from archive.model.bags import PAYLOAD
from archive.storage.stores import UNKNOWN, Entry, Run

MOST = 1 << 16
"""Files that are begun early, at most, unless the manifests were so far as they should be: they are held meanwhile."""
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
        was_counted: whether it was heard of before, as one that is as written.
    """

    keys: list[str]
    part: Part
    sizes: array[int]
    is_sound: bool
    was_counted: bool


class _Early:
    """A part, what the manifests say of it, and what came of it; either may come first."""

    __slots__ = ("is_as_written", "keys", "part", "says", "seals", "sizes")

    def __init__(self, part: Part) -> None:
        self.part = part
        self.keys: list[str] = []
        self.says: tuple[bytes, ...] | None = None
        self.seals: tuple[bytes, ...] | None = None
        self.sizes = part.sizes
        self.is_as_written = False

    @property
    def count(self) -> int:
        return self.part.names.count("\0") + 1

    @property
    def is_known(self) -> bool:
        """Whether it has come back from the workers."""
        return self.is_as_written or self.seals is not None

    def made_keys(self) -> list[str]:
        prefix = f"{self.part.folder}/"
        return (prefix + self.part.names.replace("\0", f"\0{prefix}")).split("\0")


class HeadStart:
    """The files that were begun early.

    Args:
        manifests: all payload manifests, of algorithms that are known.
        in_bytes: whether their bytes may be compared with what would be written anew.
    """

    def __init__(self, manifests: Sequence[ManifestFile], *, in_bytes: bool = False) -> None:
        self._to_read = sum(one.size for one in manifests)
        self._algorithms = tuple(dict.fromkeys(one.algorithm for one in manifests))
        # Given up where anything is otherwise than it would be written anew.
        self._places = Places(manifests) if in_bytes and len(self._algorithms) == len(manifests) else None
        self._seen: list[Run | Entry | list[_Early]] = []
        self._now: tuple[Run, list[_Early]] | None = None
        self._awaited: deque[list[_Early]] = deque()
        self._is_whole = self._is_over = False
        self._sizes: dict[str, int] = {}
        self._are_ordinary = True

    def worth(self, workers: int) -> int:
        """How many files the workers hash while the manifests are read; 0 where it does not pay."""
        pays = self._algorithms and self._to_read >= LEAST_TO_READ
        return min(MOST, self._to_read * workers // _READ_MEANWHILE) if pays else 0

    def begin(self, walk: Iterator[Run | Entry], most: int, put: Callable[[Batch], None]) -> Iterator[Run | Entry]:
        """Begins with the first small files of the payload.

        Args:
            walk: the bag.
            most: how many files, unless all is as it would be written anew.
            put: takes the pieces of work, without digests; may call `note` meanwhile.

        Returns:
            the same walk, from its beginning.
        """
        gathered: list[_Early] = []
        count = 0
        rest: list[Run | Entry] = []
        for one in walk:
            if not isinstance(one, Run) or not one.prefix.startswith(PAYLOAD):
                self._seen.append(one)
                continue
            first, later = (one, None) if self._places is not None else _cut(one, max(most, 0))
            if not first.names or max(one.sizes) > LARGEST:
                rest.append(one)
                break
            parts = [_Early(part) for part in _parts_of(first)]
            self._seen.append(parts)
            self._are_ordinary = self._are_ordinary and all(map(_is_ordinary, parts))
            most -= len(first.names)
            for early in parts:
                gathered.append(early)
                count += early.count
                if count >= MOST_IN_PIECE:
                    self._put(gathered, put)
                    gathered, count = [], 0
            if later is not None:
                rest.append(later)
                break
        if gathered:
            self._put(gathered, put)
        self._is_whole = not rest
        return chain(self._again(), rest, walk)

    @property
    def is_awaited(self) -> bool:
        """Whether the next outcome is that of files that were begun early."""
        return bool(self._awaited)

    @property
    def is_hopeful(self) -> bool:
        """Whether, for all that is known so far, the manifests need not be read."""
        return self._is_whole and self._places is not None and self._places.are_all

    def proven(self) -> Proven | None:
        """What is known where all outcomes are there and the manifests need not be read; the walk then has no more."""
        if not self.is_hopeful or self._awaited:
            return None
        self._seen = [one for one in self._seen if not isinstance(one, list)]
        return Proven(self._sizes, self._are_ordinary)

    def has(self, run: Run) -> bool:
        """Whether just these files were begun early.

        Where they were not, nothing that comes behind them was either: all is found in the order of the files.
        """
        if self._now is not None and self._now[0] is run:
            return True
        self._now = None
        self._is_over = True
        return False

    def take(self, keys: list[str], algorithms: Sequence[str], columns: Sequence[bytes]) -> Iterator[Resolved]:
        """Takes what the manifests say of the files of which `has` was asked.

        Args:
            keys: their keys.
            algorithms: of the manifests.
            columns: for each manifest the digests in binary, one behind the other.

        Yields:
            The parts of which all is known now.
        """
        parts = self._now[1] if self._now is not None else []
        widths = [len(column) // len(keys) for column in columns]
        start = 0
        for early in parts:
            end = start + early.count
            early.keys = keys[start:end]
            early.says = tuple(one[start * width : end * width] for one, width in zip(columns, widths, strict=True))
            start = end
            if early.is_known:
                yield self._resolved(early, algorithms)

    def note(self, outcome: Outcome, algorithms: Sequence[str]) -> Iterator[Resolved]:
        """Takes the outcome that was awaited.

        Args:
            outcome: it.
            algorithms: of the manifests, as far as they were read.

        Yields:
            The parts of which all is known now.
        """
        if not outcome.is_as_written:
            self._places = None
            self._sizes.clear()
        sizes = iter(outcome.sizes)
        seals: Iterator[Seals | None] = repeat(None) if outcome.is_as_written else iter(outcome.seals)
        for early, found in zip(self._awaited.popleft(), seals, strict=False):
            early.is_as_written, early.seals = outcome.is_as_written, found
            early.sizes = early.part.sizes or next(sizes)
            if self._places is not None:
                self._sizes.update(zip(early.made_keys(), early.sizes, strict=True))
            if early.says is not None:
                yield self._resolved(early, algorithms)

    def _put(self, gathered: list[_Early], put: Callable[[Batch], None]) -> None:
        parts = tuple(early.part for early in gathered)
        blocks = None if self._places is None else self._places.of(parts)
        if blocks is None:
            self._places = None
        self._awaited.append(gathered)
        put(Batch(tuple(("", one) for one in self._algorithms), parts, (), blocks or ()))

    def _again(self) -> Iterator[Run | Entry]:
        """What was walked past."""
        for one in self._seen:
            if not isinstance(one, list):
                yield one
                continue
            names = [name for early in one for name in early.part.names.split("\0")]
            sizes = [size for early in one for size in early.part.sizes] or [UNKNOWN] * len(names)
            run = Run(one[0].part.folder, names, sizes)
            self._now = None if self._is_over else (run, one)
            yield run

    def _resolved(self, early: _Early, algorithms: Sequence[str]) -> Resolved:
        says = early.says or ()
        is_sound = early.is_as_written
        if not is_sound:
            found = dict(zip(self._algorithms, early.seals or (), strict=True))
            is_sound = all(found.get(one) == seal(column) for one, column in zip(algorithms, says, strict=True))
        part = early.part._replace(digests=says)
        return Resolved(early.keys, part, early.sizes, is_sound, early.is_as_written)


def _parts_of(run: Run) -> Iterator[Part]:
    for start in range(0, len(run.names), MOST_IN_PIECE):
        end = start + MOST_IN_PIECE
        known = array("I", () if run.sizes[0] == UNKNOWN else run.sizes[start:end])
        yield Part(run.folder, "\0".join(run.names[start:end]), known, ())


def _cut(run: Run, count: int) -> tuple[Run, Run | None]:
    """The first files of a run, and the others, if there are more."""
    if len(run.names) <= count:
        return run, None
    return Run(run.folder, run.names[:count], run.sizes[:count]), Run(run.folder, run.names[count:], run.sizes[count:])


def _is_ordinary(early: _Early) -> bool:
    return are_ordinary(early.part.folder, early.part.names)
