"""Compares the digests of files with what the manifests say: each file is read once, for all its algorithms.

Many small files are checked in other processes while the walk still goes on; a few large ones in threads, since
hashing lets others run and a thread needs no memory of its own.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Self

from archive.bags import amounts
from archive.bags.amounts import Amount
from archive.bags.batches import MOST_FILES, Batch, Outcome, Task, check_batch
from archive.bags.contents import Contents
from archive.bags.head_start import HeadStart, Resolved
from archive.bags.single_files import SingleFiles
from archive.bags.small_files import LARGEST, Parts
from archive.bags.written import ManifestFile, Proven
from archive.engine.engines import Engine, engine_for, workers_for
from archive.engine.serial import SerialEngine
from archive.engine.threads import ThreadEngine
from archive.model.bags import PAYLOAD, Manifest
from archive.model.findings import Finding
from archive.model.progress import Listener, Progress, unheard
from archive.model.tally import Tally
from archive.storage.local import LocalStore
from archive.storage.stores import UNKNOWN, Entry, Run, Store

if TYPE_CHECKING:
    from archive.engine.background import Background
    from archive.storage.scanned import ScannedStore

_REQUESTS = 16
"""Files that are asked of a service at one time: who reads there mostly waits."""
STAGE = "checking"


class Checking:
    """Checks a bag's files, the payload as it is being listed (a `Watch`), the rest when the bag is known.

    Args:
        store: where the bag is.
        jobs: how many processes may work; None for all processors. Few files are checked in this one.
        listener: hears of the progress.
        meanwhile: called once when the workers have enough to do and nothing else is left but to wait for them.

    Raises:
        UsageError: `jobs` is less than one.
    """

    def __init__(
        self,
        store: Store,
        jobs: int | None = None,
        listener: Listener = unheard,
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        self._task = Task(store)
        self._is_local = isinstance(store, LocalStore)
        self._scanned = None if self._is_local else _scanned(store)
        # What is behind a stream was hashed when it was read.
        self._workers = workers_for(jobs) if self._scanned is None else 1
        self._is_remote = self._workers > 1 and not self._is_local and _is_remote(store)
        self._listener = listener
        self._meanwhile = meanwhile
        self._manifests: tuple[tuple[str, str], ...] = ()
        self._algorithms: tuple[str, ...] = ()
        self._parts = Parts()
        self._left: list[str] = []
        self._held: list[Batch] = []
        self._sizes: MutableMapping[str, int] = {}
        self._unsized: deque[list[str]] = deque()
        self._unsized_keys = chain.from_iterable(iter(self._unsized.popleft, None))
        self._head: HeadStart | None = None
        self._background: Background[Batch, Outcome] | None = None
        self._taken = Amount()
        self._done = Amount()
        self._total: Amount | None = None
        self._of_tag_files, self._of_payload = Tally(), Tally()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._background is not None:
            self._background.close()

    def begin(self, manifests: Sequence[Manifest], sizes: MutableMapping[str, int]) -> None:
        """See `archive.bags.pairing.Watch.begin`."""
        self._sizes = sizes
        self._manifests = tuple((one.file, one.algorithm) for one in manifests)
        self._algorithms = tuple(one.algorithm for one in manifests)

    def ahead(
        self, walk: Iterator[Run | Entry], manifests: Sequence[ManifestFile], *, in_bytes: bool
    ) -> Iterator[Run | Entry]:
        """See `archive.bags.pairing.Watch.ahead`."""
        head = HeadStart(manifests, in_bytes=in_bytes)
        most = head.worth(self._workers) if self._is_local and self._workers > 1 else 0
        if not most:
            return walk
        self._head = head
        self._background = self._hired()
        return head.begin(walk, most, self._put)

    def proven(self) -> Proven | None:
        """See `archive.bags.pairing.Watch.proven`."""
        if self._head is None or self._background is None or not self._head.is_hopeful:
            return None
        if self._meanwhile is not None:
            self._meanwhile()
        for outcome in self._background.results():
            self._note(outcome)
            if not self._head.is_hopeful:
                return None
        return self._head.proven()

    def go_on(self) -> None:
        """See `archive.bags.pairing.Watch.go_on`."""
        if self._background is not None:
            self._background.go_on()
            self._note_all(self._background.ready())

    def _hired(self) -> Background[Batch, Outcome]:
        from archive.engine.background import Background  # what starts processes is not needed for few files

        return Background(self._workers, check_batch, self._task)

    def _put(self, batch: Batch) -> None:
        if self._background is not None:
            self._background.put(batch)
            self._note_all(self._background.ready())

    def leave(self, keys: Iterable[str]) -> None:
        """See `archive.bags.pairing.Watch.leave`."""
        self._left.extend(keys)

    def take(self, run: Run, keys: list[str], columns: Sequence[bytes]) -> None:
        """See `archive.bags.pairing.Watch.take`."""
        if self._head is not None and self._head.has(run):
            self._settle(self._head.take(keys, self._algorithms, columns))
            return
        if run.sizes[0] == UNKNOWN:
            self._unsized.append(keys)
        if not self._is_local or max(run.sizes) > LARGEST:
            run, columns = self._without_large(run, columns)
        if run.names:
            for parts in self._parts.add(run.folder, run.names, run.sizes, columns):
                self._work(Batch(self._manifests, parts))

    def rest(self, bag: Contents) -> Iterator[Finding]:
        """Checks what is left, and yields all findings: of tag files, then of the payload.

        When the first of them comes, all sizes are known.
        """
        parts = self._parts.rest()
        if parts:
            self._work(Batch(self._manifests, parts))
        self._look_at_left()
        payload = SingleFiles(self._left, bag.payload, bag.manifests, bag.aliases)
        tag_files = SingleFiles(bag.tag_files, bag.tag_files, bag.tag_manifests, bag.aliases)
        if self._scanned is not None:
            self._scanned.learn(dict(chain(payload.algorithms(), tag_files.algorithms())))
        self._total = Amount(self._taken.files, self._taken.bytes)
        self._total.add(payload.count + tag_files.count, payload.bytes + tag_files.bytes)
        self._tell()
        most = _REQUESTS if self._is_remote else MOST_FILES
        for outcome in self._outcomes(chain(payload.batches(most), tag_files.batches(most)), self._total):
            self._note(outcome)
        yield from self._of_tag_files
        yield from self._of_payload

    def _look_at_left(self) -> None:
        unsized = [key for key in self._left if self._sizes.get(key) == UNKNOWN]
        store = self._task.store
        if unsized and isinstance(store, LocalStore):
            with store.reader() as reader:
                self._sizes.update((key, reader.size(key)) for key in unsized)

    def _without_large(self, run: Run, columns: Sequence[bytes]) -> tuple[Run, Sequence[bytes]]:
        """The files that one read takes in; the others are left for later."""
        small = [place for place, size in enumerate(run.sizes) if size <= LARGEST] if self._is_local else []
        kept = set(small)
        self.leave(run.prefix + name for place, name in enumerate(run.names) if place not in kept)
        widths = [len(column) // len(run.names) for column in columns]
        return (
            Run(run.folder, [run.names[place] for place in small], [run.sizes[place] for place in small]),
            [
                b"".join([column[place * width : place * width + width] for place in small])
                for column, width in zip(columns, widths, strict=True)
            ],
        )

    def _work(self, batch: Batch) -> None:
        for part in batch.parts:
            self._taken.add(part.names.count("\0") + 1, sum(part.sizes))
        if self._background is not None:
            self._background.put(batch)
        else:
            self._held.append(batch)
            if self._workers == 1:
                self._note_all(SerialEngine().map(check_batch, self._task, self._held))
                self._held.clear()
            elif self._taken.is_much:
                self._background = self._hired()
                for held in self._held:
                    self._background.put(held)
                self._held.clear()
        if self._background is not None:
            self._note_all(self._background.ready())

    def _outcomes(self, batches: Iterator[Batch], total: Amount) -> Iterator[Outcome]:
        if self._background is None:
            return self._engine(total).map(check_batch, self._task, chain(self._held, batches))
        for batch in batches:
            self._background.put(batch)
        return self._background.results()

    def _engine(self, total: Amount) -> Engine:
        if self._is_remote:
            return ThreadEngine(_REQUESTS)
        if self._workers == 1 or not total.is_much:
            return SerialEngine()
        # Many files are more work for Python than for the hash, and Python's threads do not work at one time.
        if total.files > amounts.FEW_FILES:
            return engine_for(self._workers, self._workers)
        return ThreadEngine(min(self._workers, total.files))

    def _note_all(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            self._note(outcome)

    def _note(self, outcome: Outcome) -> None:
        if self._head is not None and self._head.is_awaited:
            if outcome.is_as_written:
                self._took(outcome.files, outcome.bytes)
                self._count(outcome)
            self._settle(self._head.note(outcome, self._algorithms))
            return
        for sizes in outcome.sizes:
            self._learn(islice(self._unsized_keys, len(sizes)), sizes)
        self._count(outcome)

    def _settle(self, resolved: Iterable[Resolved]) -> None:
        for one in resolved:
            sizes = one.sizes
            if not one.was_counted:
                outcome = Outcome(len(one.keys), sum(sizes), [])
                if not one.is_sound:  # here and now, so that what is found comes in the order of the files
                    outcome = check_batch(self._task, Batch(self._manifests, (one.part,)))
                    sizes = one.part.sizes or outcome.sizes[0]
                self._took(outcome.files, outcome.bytes)
                self._count(outcome)
            if not one.part.sizes:
                self._sizes.update(zip(one.keys, sizes, strict=True))

    def _learn(self, keys: Iterable[str], sizes: array[int]) -> None:
        """Takes the sizes of files in which they were unknown."""
        self._sizes.update(zip(keys, sizes, strict=True))
        self._took(0, sum(sizes))

    def _took(self, files: int, size: int) -> None:
        for amount in (self._taken, self._total):
            if amount is not None:
                amount.add(files, size)

    def _count(self, outcome: Outcome) -> None:
        self._done.add(outcome.files, outcome.bytes)
        for one in outcome.findings:
            tally = self._of_payload if (one.where.file or "").startswith(PAYLOAD) else self._of_tag_files
            tally.add(one)
        self._tell()

    def _tell(self) -> None:
        total = self._total
        files, size = (None, None) if total is None else (total.files, total.bytes)
        self._listener(Progress(STAGE, self._done.files, files, self._done.bytes, size))


def _scanned(store: Store) -> ScannedStore | None:
    from archive.storage.scanned import ScannedStore  # what reads tars is not needed for folders

    return store if isinstance(store, ScannedStore) else None


def _is_remote(store: Store) -> bool:
    from archive.storage.remote import RemoteStore

    return isinstance(store, RemoteStore)
