"""Compares the digests of files with what the manifests say: each file is read once, for all its algorithms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from archive.bags.contents import Contents
from archive.engine import engine_for
from archive.errors import LimitError, StorageError
from archive.model.bags import Manifest
from archive.model.codes import finding
from archive.model.digests import ALGORITHMS, Hasher, maker
from archive.model.findings import Finding, Where
from archive.model.progress import Listener, Progress, unheard
from archive.storage.scanned import ScannedReader, ScannedStore
from archive.storage.stores import Reader, Store

_BATCH_FILES = 512
_BATCH_BYTES = 64 << 20
_FEW_FILES = 12_000
_FEW_BYTES = 256 << 20
STAGE = "checking"


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
        _Group.of(store, bag.tag_files, bag.tag_manifests, bag.aliases),
        _Group.of(store, bag.payload, bag.manifests, bag.aliases),
    ]
    count = sum(len(group.expectations) for group in groups)
    total = sum(one.size for group in groups for one in group.expectations)
    few = count <= _FEW_FILES and total <= _FEW_BYTES
    files = size = 0
    scanned = isinstance(store, ScannedStore)
    if isinstance(store, ScannedStore):
        store.learn({one.key: _algorithms(group, one) for group in groups for one in group.expectations})
    listener(Progress(STAGE, 0, count, 0, total))
    for group in groups:
        batches = list(_batches(group.expectations))
        engine = engine_for(1 if (few or scanned) and (jobs is None or jobs > 1) else jobs, len(batches))
        for outcome in engine.map(check_batch, group.task, batches):
            files, size = files + outcome.files, size + outcome.bytes
            listener(Progress(STAGE, files, count, size, total))
            yield from outcome.findings


@dataclass(frozen=True, slots=True)
class _Group:
    """Files that the same manifests may list: the payload, or the tag files."""

    task: Task
    expectations: list[Expectation]

    @classmethod
    def of(
        cls, store: Store, files: Mapping[str, int], manifests: tuple[Manifest, ...], aliases: Mapping[str, str]
    ) -> _Group:
        known = [one for one in manifests if one.algorithm in ALGORITHMS]
        task = Task(store, tuple((manifest.file, manifest.algorithm) for manifest in known))
        return cls(task, list(_expectations(files, known, aliases)))


def _algorithms(group: _Group, one: Expectation) -> set[str]:
    named = zip(group.task.manifests, one.digests, strict=True)
    return {algorithm for (_, algorithm), digest in named if digest is not None}


def check_batch(task: Task, batch: tuple[Expectation, ...]) -> Outcome:
    """Checks some files; a module-level function, so that it can be sent to a worker."""
    found: list[Finding] = []
    size = 0
    with task.store.reader() as reader:
        plans: dict[tuple[bool, ...], _Plan] = {}
        for one in batch:
            kind = tuple(digest is not None for digest in one.digests)
            plan = plans.get(kind) or plans.setdefault(kind, _Plan.of(task.manifests, kind))
            size += one.size
            try:
                problem = plan.check(reader, one)
            except (StorageError, LimitError) as error:
                problem = finding("file.unreadable", where=Where(file=one.key), found=error.what)
            if problem:
                found.append(problem)
    return Outcome(len(batch), size, found)


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


def _expectations(
    files: Mapping[str, int], manifests: list[Manifest], aliases: Mapping[str, str]
) -> Iterator[Expectation]:
    tables = [
        {aliases.get(entry.path, entry.path): entry.digest.lower() for entry in reversed(manifest.entries)}
        for manifest in manifests
    ]
    for key, size in files.items():
        digests = tuple([table.get(key) for table in tables])
        if any(digests):
            yield Expectation(key, size, digests)


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
