"""Compares the digests of files with what the manifests say: each file is read once, for all its algorithms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple, cast

from archive.bags.contents import Contents
from archive.bags.small_files import LARGEST, MOST, Part, Parts, suspects
from archive.engine import engine_for
from archive.errors import LimitError, StorageError
from archive.model.bags import Manifest
from archive.model.codes import finding
from archive.model.digests import ALGORITHMS, Hasher, maker, quick_maker
from archive.model.findings import Finding, Where
from archive.model.progress import Listener, Progress, unheard
from archive.storage.local import LocalReader, LocalStore
from archive.storage.scanned import ScannedReader, ScannedStore
from archive.storage.stores import Reader, Store

_BATCH_FILES = 512
_BATCH_BYTES = 64 << 20
_FEW_FILES = 12_000
_FEW_BYTES = 256 << 20
STAGE = "checking"
_PATH_AND_DIGEST = itemgetter(1, 0)


class Expectation(NamedTuple):
    """One file and the digests that the manifests give it, in the order of `Task.manifests`; None where unlisted."""

    key: str
    size: int
    digests: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What all batches share.

    Attributes:
        store: where the files are.
        manifests: the file name and the algorithm of each manifest.
    """

    store: Store
    manifests: tuple[tuple[str, str], ...]


class Batch(NamedTuple):
    """A piece of work.

    Attributes:
        parts: small files that every manifest lists, in a folder of this machine.
        others: all others.
    """

    parts: tuple[Part, ...]
    others: tuple[Expectation, ...]


class Outcome(NamedTuple):
    """What one batch came to."""

    files: int
    bytes: int
    findings: list[Finding]


def verify(store: Store, bag: Contents, jobs: int | None = None, listener: Listener = unheard) -> Iterator[Finding]:
    """Yields a finding for each file whose bytes differ from a manifest's digest, and each that cannot be read.

    Args:
        store: where the bag is.
        bag: what it holds.
        jobs: how many processes may work; None for all processors. Few files are checked in this one.
        listener: hears of the progress, batch by batch.
    """
    groups = [
        _Group(store, bag.tag_files, bag.tag_manifests, bag),
        _Group(store, bag.payload, bag.manifests, bag),
    ]
    count = sum(group.count for group in groups)
    total = sum(group.total for group in groups)
    few = count <= _FEW_FILES and total <= _FEW_BYTES
    files = size = 0
    scanned = isinstance(store, ScannedStore)
    if isinstance(store, ScannedStore):
        store.learn({key: algorithms for group in groups for key, algorithms in group.algorithms()})
    listener(Progress(STAGE, 0, count, 0, total))
    for group in groups:
        several = group.count // MOST + group.total // _BATCH_BYTES + 1
        engine = engine_for(1 if (few or scanned) and (jobs is None or jobs > 1) else jobs, several)
        for outcome in engine.map(check_batch, group.task, group.batches()):
            files, size = files + outcome.files, size + outcome.bytes
            listener(Progress(STAGE, files, count, size, total))
            yield from outcome.findings


class _Group:
    """Files that the same manifests may list: the payload, or the tag files."""

    def __init__(self, store: Store, files: Mapping[str, int], manifests: tuple[Manifest, ...], bag: Contents) -> None:
        self._files = files
        self._manifests = [one for one in manifests if one.algorithm in ALGORITHMS]
        self._aliases = bag.aliases
        self.task = Task(store, tuple((manifest.file, manifest.algorithm) for manifest in self._manifests))
        listed = frozenset[str]().union(*(bag.listed[manifest.file] for manifest in self._manifests))
        wanted = files.keys() & listed
        self.count = len(wanted)
        self.total = sum(map(files.__getitem__, wanted))

    def batches(self) -> Iterator[Batch]:
        """The pieces of work, made as they are asked for: the first are under way while the last are put together."""
        parts = Parts()
        others: list[Expectation] = []
        largest = LARGEST if isinstance(self.task.store, LocalStore) else -1
        for key, size, digests in self._expectations():
            if size <= largest and None not in digests:
                full = parts.add(key, size, cast("tuple[str, ...]", digests))
                if full:
                    yield Batch(full, ())
            else:
                others.append(Expectation(key, size, tuple(one and one.lower() for one in digests)))
        rest = parts.rest()
        if rest:
            yield Batch(rest, ())
        for several in _batches(others):
            yield Batch((), several)

    def algorithms(self) -> Iterator[tuple[str, set[str]]]:
        """For each file, by which algorithms it is listed."""
        for key, _, digests in self._expectations():
            named = zip(self.task.manifests, digests, strict=True)
            yield key, {algorithm for (_, algorithm), digest in named if digest is not None}

    def _expectations(self) -> Iterator[tuple[str, int, tuple[str | None, ...]]]:
        """Key, size and digests, in whatever case, of each file that a manifest lists."""
        columns = [map(_table(manifest, self._aliases).get, self._files) for manifest in self._manifests]
        for (key, size), digests in zip(self._files.items(), zip(*columns, strict=True), strict=False):
            if any(digests):
                yield key, size, digests


def check_batch(task: Task, batch: Batch) -> Outcome:
    """Checks some files; a module-level function, so that it can be sent to a worker."""
    found: list[Finding] = []
    count = size = 0
    with task.store.reader() as reader:
        plans = _Plans(task)
        for part in batch.parts:
            count += len(part.sizes)
            size += sum(part.sizes)
            found.extend(plans.check_part(reader, part))
        for one in batch.others:
            count += 1
            size += one.size
            found.extend(plans.check(reader, one))
    return Outcome(count, size, found)


class _Plans:
    """How the files of one batch are checked."""

    def __init__(self, task: Task) -> None:
        self._manifests = task.manifests
        self._plans: dict[tuple[bool, ...], _Plan] = {}
        self._makers = [quick_maker(algorithm) for _, algorithm in task.manifests]

    def check_part(self, reader: Reader, part: Part) -> Iterator[Finding]:
        if not isinstance(reader, LocalReader):  # pragma: no cover - parts are made for local stores alone
            raise TypeError(type(reader).__name__)
        for place in list(suspects(reader, part, self._makers)):
            name, length = part.names.split("\0")[place], len(part.sizes)
            digests = tuple(joined[place * len(joined) // length :][: len(joined) // length] for joined in part.digests)
            key = f"{part.folder}/{name}" if part.folder else name
            yield from self.check(reader, Expectation(key, part.sizes[place], digests))

    def check(self, reader: Reader, one: Expectation) -> Iterator[Finding]:
        kind = tuple(digest is not None for digest in one.digests)
        plan = self._plans.get(kind) or self._plans.setdefault(kind, _Plan.of(self._manifests, kind))
        try:
            problem = plan.check(reader, one)
        except (StorageError, LimitError) as error:
            problem = finding("file.unreadable", where=Where(file=one.key), found=error.what)
        if problem:
            yield problem


@dataclass(frozen=True, slots=True)
class _Plan:
    """How files are checked that the same manifests list: one hasher for each algorithm."""

    places: tuple[int, ...]
    files: tuple[str, ...]
    which: tuple[int, ...]
    algorithms: tuple[str, ...]
    makers: tuple[Callable[[bytes], Hasher], ...]

    @classmethod
    def of(cls, manifests: tuple[tuple[str, str], ...], kind: tuple[bool, ...]) -> _Plan:
        places = tuple(place for place, listed in enumerate(kind) if listed)
        algorithms = tuple(dict.fromkeys(manifests[place][1] for place in places))
        return cls(
            places,
            tuple(manifests[place][0] for place in places),
            tuple(algorithms.index(manifests[place][1]) for place in places),
            algorithms,
            tuple(maker(algorithm) for algorithm in algorithms),
        )

    def check(self, reader: Reader, one: Expectation) -> Finding | None:
        digests = self._digests(reader, one.key)
        for place, which in zip(self.places, self.which, strict=True):
            if one.digests[place] != digests[which]:
                return self._mismatch(one, digests)
        return None

    def _digests(self, reader: Reader, key: str) -> list[str]:
        if isinstance(reader, ScannedReader):
            return reader.store.digests(key, self.algorithms)
        if isinstance(reader, LocalReader):
            empty = [make(b"") for make in self.makers]
            reader.feed(key, [one.update for one in empty])
            return [one.hexdigest() for one in empty]
        pieces = reader.pieces(key)
        first = next(pieces, b"")
        hashers = [make(first) for make in self.makers]
        for piece in pieces:
            for one in hashers:
                one.update(piece)
        return [one.hexdigest() for one in hashers]

    def _mismatch(self, one: Expectation, digests: list[str]) -> Finding:
        wrong = [
            (self.files[index], digests[which], one.digests[place])
            for index, (place, which) in enumerate(zip(self.places, self.which, strict=True))
            if one.digests[place] != digests[which]
        ]
        return finding(
            "digest.mismatch",
            where=Where(file=one.key),
            found=", ".join(dict.fromkeys(digest for _, digest, _ in wrong)),
            expected=", ".join(f"{digest} in {file}" for file, _, digest in wrong),
        )


def _table(manifest: Manifest, aliases: Mapping[str, str]) -> dict[str, str]:
    """Path to digest; where a path is listed twice, the first line counts."""
    if aliases:
        return {aliases.get(one.path, one.path): one.digest for one in reversed(manifest.entries)}
    return dict(map(_PATH_AND_DIGEST, reversed(manifest.entries)))


def _batches(expectations: list[Expectation]) -> Iterator[tuple[Expectation, ...]]:
    batch: list[Expectation] = []
    size = 0
    for one in expectations:
        if batch and (len(batch) >= _BATCH_FILES or size + one.size > _BATCH_BYTES):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(one)
        size += one.size
    if batch:
        yield tuple(batch)
