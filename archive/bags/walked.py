"""What is there in a bag: the files that the walk over it comes by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from archive.bags.pairing import Pairing, runs_of
from archive.model.bags import PAYLOAD
from archive.storage.local import LocalStore
from archive.storage.stores import Entry, Kind, Run, Store


@dataclass
class Walked:
    """What the walk came by.

    Attributes:
        payload: key -> bytes, of the files below `data/`.
        tag_files: the same of all others.
        folders: the folders without a file in them.
        oddities: what is neither file nor folder.
    """

    payload: dict[str, int] = field(default_factory=dict)
    tag_files: dict[str, int] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    oddities: list[Entry] = field(default_factory=list)

    def take_all(self, walk: Iterator[Run | Entry], pairing: Pairing) -> None:
        """Takes what the walk comes by; `pairing` gets the payload."""
        for one in walk:
            if isinstance(one, Run):
                prefix = one.prefix
                keys = [prefix + name for name in one.names]
                if prefix.startswith(PAYLOAD):
                    pairing.take(one, keys)
                else:
                    self.tag_files.update(zip(keys, one.sizes, strict=True))
            elif one.kind is Kind.FOLDER:
                self.folders.add(one.key)
            else:
                self.oddities.append(one)


def walk_of(store: Store, sparing: str | None) -> tuple[dict[str, int], Iterator[Run | Entry]]:
    """The files at the base, and the walk: a folder's is still to be made, so that its payload can be checked on it."""
    if isinstance(store, LocalStore):
        return {key: size for key, kind, size in store.base() if kind is Kind.FILE}, store.runs(sparing)
    entries = list(store.entries())
    files = {key: size for key, kind, size in entries if kind is Kind.FILE}
    others = (entry for entry in entries if entry.kind is not Kind.FILE)
    return files, chain((run for run, _ in runs_of(files)), others)


def count_of(store: Store) -> int:
    """How many files there are, by a walk of its own."""
    if isinstance(store, LocalStore):
        return sum(len(one.names) for one in store.runs("") if isinstance(one, Run))
    return sum(kind is Kind.FILE for _, kind, _ in store.entries())
