"""What was withdrawn, told by what it was: whether it is still packed, or is held elsewhere, under whatever name."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.comparing.records import grave_of, member_of
from archive.errors import BagUnreadableError, StorageError
from archive.model.assembling import LAYER_ROLE
from archive.model.codes import finding
from archive.model.findings import Finding
from archive.operations.bag_folder import read_bag_folder
from archive.operations.open import Bag

_UNREADABLE = (BagUnreadableError, StorageError, KeyError, TypeError, AttributeError)
"""What comes of a folder that is no bag of ours, or of one that is damaged."""


def traits_of(record: Mapping[str, Any]) -> frozenset[str]:
    """The digests of what a document is: its files, unless they hold other documents too, and its text.

    Raises:
        KeyError, TypeError: the record has not the shape of a record.
    """
    found = {record["text"]["sha256"]} if record["text"].get("characters") else set()
    if not member_of(record["source_path"], record["original"]):
        found |= {one["sha256"] for one in record["files"] if one["role"] != LAYER_ROLE and one["bytes"]}
    return frozenset(found - {""})


@dataclass(frozen=True, slots=True)
class Held:
    """What a bag still holds of what was withdrawn.

    Attributes:
        level: the access level of the bag.
        names: the identifiers of documents that were withdrawn.
        twins: those of others that have the same bytes or the same text.
    """

    level: str = ""
    names: frozenset[str] = frozenset()
    twins: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Graves:
    """What was withdrawn.

    Attributes:
        ids: of all tombstones of the new bags.
        traits: see `traits_of`, of the documents that were withdrawn now, or earlier as far as that is known.
    """

    ids: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()

    @classmethod
    def of(cls, ids: Iterable[str], records: Iterable[Mapping[str, Any]]) -> Graves:
        """Those of some tombstones, and of the records of what is withdrawn now."""
        return cls(frozenset(ids), frozenset().union(*map(traits_of, records)))

    def known_from(self, bags: Iterable[Path]) -> Graves:
        """The same, with what bags that still hold a document tell of it: a tombstone itself says nothing of that."""
        traits = set(self.traits)
        for bag in bags if self.ids else ():
            with contextlib.suppress(*_UNREADABLE):
                if read_bag_folder(bag).info is None:
                    continue
                for record in records_in(bag):
                    if grave_of(record) in self.ids:
                        traits |= traits_of(record)
        return Graves(self.ids, frozenset(traits))

    def in_new(self, bag: Path) -> Iterator[Finding]:
        """What a new bag holds of what was withdrawn.

        Raises:
            BagUnreadableError, StorageError: its records cannot be read.
        """
        for record in records_in(bag) if self.ids or self.traits else ():
            if grave_of(record) in self.ids:
                yield finding("withdrawn.returned", document=record["document_id"])
            elif self.traits & traits_of(record):
                yield finding("withdrawn.same-content", document=record["document_id"])

    def held(self, bag: Path, names: Collection[str]) -> Held:
        """What a bag holds of the documents of those names; nothing where it is no bag of ours that can be read."""
        found: set[str] = set()
        twins: set[str] = set()
        try:
            info = read_bag_folder(bag).info
            for record in records_in(bag) if info is not None else ():
                if record["document_id"] in names:
                    found.add(record["document_id"])
                elif self.traits & traits_of(record):
                    twins.add(record["document_id"])
        except _UNREADABLE:
            return Held()
        return Held(str((info or {}).get("access_level")), frozenset(found), frozenset(twins))


def records_in(bag: Path) -> Iterator[dict[str, Any]]:
    """The records of a bag that this package made.

    Raises:
        BagUnreadableError, StorageError: they cannot be read.
    """
    return Bag(bag, read_bag_folder(bag).info or {}).records()
