"""The version before: which record each document had, looked up when it is to be built."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from archive.model.corpora import Corpus
from archive.normalise.evidence import RepeatedLines
from archive.packing.gathering import Gathering
from archive.packing.places import place_in
from archive.packing.software import software
from archive.packing.taken_in import TakenIn
from archive.packing.tasks import DocumentTask, KnownRecord, Tasks
from archive.storage.trouble import told_in_words

MOST_TURNED = 500
"""Lines that have become repeated, or are so no longer, up to which documents are searched for them one by one."""
_HEAD = b'{"additional":{},"annotations":[],"document_id":"'


@dataclass(frozen=True, slots=True)
class Before:
    """The records of the version before, as far as they may be used.

    Attributes:
        folder: of the bag; its records and its evidence have the digests that its manifests state.
        urn: of the bag.
        packed_at: its instant.
        shards: the payload paths of its records, in order.
        recipe: the digest of its recipe.
        software: what made it, as its bag.json has it.
        evidence: what its documents said together of furniture.
        corpus: what its corpus.toml said.
    """

    folder: Path
    urn: str
    packed_at: str
    shards: tuple[str, ...]
    recipe: str
    software: tuple[Mapping[str, str], ...]
    evidence: RepeatedLines
    corpus: Corpus

    def marked(self, taken: TakenIn, gathering: Gathering) -> TakenIn:
        """The documents to be built, with the record that each had; without any where labels could come out otherwise.

        The records are looked up whenever the documents are asked for, so that nothing is held of them.
        """
        is_same_reading = replace(gathering, corpus=self.corpus).renames == gathering.renames
        is_same_software = self.recipe == gathering.recipe.digest() and list(self.software) == software()
        turned = frozenset(self.evidence.counts) ^ frozenset(taken.evidence.counts)
        is_same_kind = bool(self.evidence.counts) == bool(taken.evidence.counts) and len(turned) <= MOST_TURNED
        if not (is_same_reading and is_same_software and is_same_kind):
            return taken
        return replace(taken, tasks=_Marked(taken.tasks, self, tuple(sorted(turned))))

    def records(self, turned: tuple[str, ...]) -> Iterator[tuple[str, KnownRecord]]:
        """The identifiers of its documents in their order, and where the record of each stands.

        Args:
            turned: as for `KnownRecord`.

        Raises:
            StorageError: a file of records cannot be read.
        """
        for key in self.shards:
            place = place_in(self.folder, key)
            start = 0
            with told_in_words(place), place.open("rb") as file:
                for line in file:
                    known = KnownRecord(
                        folder=self.folder,
                        urn=self.urn,
                        packed_at=self.packed_at,
                        key=key,
                        start=start,
                        size=len(line),
                        sha256=hashlib.sha256(line).hexdigest(),
                        turned=turned,
                    )
                    start += len(line)
                    yield _name_of(line), known


@dataclass(frozen=True, slots=True)
class _Marked:
    """Tasks with the record that each had, as far as it had one.

    Attributes:
        tasks: the documents.
        before: the version before.
        turned: as for `KnownRecord`.
    """

    tasks: Tasks
    before: Before
    turned: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.tasks)

    def __iter__(self) -> Iterator[DocumentTask]:
        return _merged(self.tasks, self.before.records(self.turned))


def _name_of(line: bytes) -> str:
    """The identifier of the document that a record is about."""
    if line.startswith(_HEAD):  # so that most records need not be parsed here
        end = line.find(b'","', len(_HEAD))
        with contextlib.suppress(ValueError):
            return str(json.loads(line[len(_HEAD) - 1 : end + 1]))
    return str(json.loads(line)["document_id"])


def _merged(found: Iterable[DocumentTask], records: Iterator[tuple[str, KnownRecord]]) -> Iterator[DocumentTask]:
    """Tasks with the records of the same identifier; both come in the order of the identifiers' bytes."""
    name, known = next(records, (None, None))
    for task in found:
        own = _order(task.document_id)
        while name is not None and _order(name) < own:
            name, known = next(records, (None, None))
        yield task._replace(known=known) if name == task.document_id else task


def _order(document_id: str) -> bytes:
    return document_id.encode("utf-8", "surrogatepass")
