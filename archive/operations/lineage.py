"""What comes from the version before: its records, its tombstones and new ones, and what changed since."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from archive.comparing.records import grave_of
from archive.errors import UsageError
from archive.model.codes import finding
from archive.model.differences import Difference
from archive.model.fields import AccessLevel
from archive.model.findings import Finding, Where
from archive.model.reports import BagSummary
from archive.model.versions import Tombstone
from archive.operations.diff import diff
from archive.operations.graves import Graves, records_in
from archive.operations.predecessors import OpenedPredecessor
from archive.submission.withdrawals import Withdrawal

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """What a new bag of one level takes over, and what is to be said of it.

    Attributes:
        earlier: the bag of the version before, or None.
        tombstones: of what was withdrawn before and now, sorted.
        matched: the identifiers of the documents that were withdrawn now.
    """

    earlier: OpenedPredecessor | None = None
    tombstones: tuple[Tombstone, ...] = ()
    matched: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lineage:
    """What comes before the bags that are to be packed.

    Attributes:
        earlier: the bags of the version before, by level.
        withdrawn: the list of withdrawn documents.
        name: the file of that list.
        standings: what each level takes over.
        graves: what was withdrawn, in whatever bag it was.
    """

    earlier: Mapping[AccessLevel, OpenedPredecessor]
    withdrawn: Sequence[Withdrawal] = ()
    name: str = ""
    standings: Mapping[AccessLevel, Standing] = field(default_factory=dict)
    graves: Graves = field(default=Graves())

    @classmethod
    def of(
        cls, earlier: Mapping[AccessLevel, OpenedPredecessor], withdrawn: Sequence[Withdrawal], name: str, to: Path
    ) -> Lineage:
        """Looks for the withdrawn documents in the bags before; what was withdrawn earlier, in those that are older.

        Args:
            earlier: the bags of the version before, by level.
            withdrawn: the list of withdrawn documents.
            name: the file of that list.
            to: the folder of bags; older ones may lie there.

        Raises:
            BagUnreadableError, StorageError: the records of a bag before cannot be read.
        """
        gone: list[dict[str, Any]] = []
        standings = {level: _standing(one, withdrawn, gone) for level, one in earlier.items()}
        graves = Graves.of((grave.id for one in standings.values() for grave in one.tombstones), gone)
        lineage = cls(earlier, withdrawn, name, standings, graves)
        before = {os.path.realpath(one.folder) for one in earlier.values()}
        others = [bag for bag in lineage._others(to, ()) if os.path.realpath(bag) not in before]
        return replace(lineage, graves=graves.known_from(others))

    @property
    def bereft(self) -> frozenset[AccessLevel]:
        """Levels that have a bag even where none of their documents is left, since tombstones stand in it."""
        return frozenset(level for level, one in self.standings.items() if one.tombstones)

    def standing(self, level: AccessLevel) -> Standing:
        """What the new bag of a level takes over."""
        return self.standings.get(level, Standing())

    def expect_levels(self, levels: Collection[AccessLevel]) -> None:
        """Every bag before must have a bag that comes after it.

        Raises:
            UsageError: nothing of its level is to be packed.
        """
        for level, one in self.earlier.items():
            if level not in levels:
                raise UsageError(
                    f"this bag is {level}, and nothing {level} is to be packed",
                    where=str(one.folder),
                    remedy="Leave it out of --previous, or pack that level too",
                )

    def findings(self, to: Path, new: Collection[str]) -> Iterator[Finding]:
        """What is to be said of the withdrawn documents: where they are still held, and which nobody knows.

        Args:
            to: the folder of bags.
            new: the names of the bags that are being made there.
        """
        if not self.withdrawn:
            return
        matched = frozenset().union(*(one.matched for one in self.standings.values()))
        unknown = [name for name in self._names if name not in matched]
        without_previous = set() if self.earlier else set(unknown)
        for bag in self._others(to, new):
            held = self.graves.held(bag, self._names)
            where = Where(file=str(bag))
            for name in sorted(held.names):
                yield finding("withdrawn.still-held", document=name, where=where)
            for name in sorted(held.twins):
                yield finding("withdrawn.still-held", document=name, where=where, found="the same bytes or text")
            if held.level not in self.earlier:  # levels are told by their names
                without_previous.update(held.names.intersection(unknown))
        for code, names in (
            ("withdrawn.without-previous", [name for name in unknown if name in without_previous]),
            ("withdrawn.not-in-previous", [name for name in unknown if name not in without_previous]),
        ):
            if names:
                yield finding(code, where=Where(file=self.name), found=_named(names))

    @property
    def _names(self) -> list[str]:
        return [one.document_id for one in self.withdrawn]

    def _others(self, to: Path, new: Collection[str]) -> list[Path]:
        """The bags before, older ones, and what else lies where the new ones will."""
        beside = sorted(to.iterdir()) if to.is_dir() else []
        found = [one for one in beside if one.name not in new and not one.name.startswith(".") and one.is_dir()]
        known = {os.path.realpath(one) for one in found}
        given = [folder for one in self.earlier.values() for folder in (one.folder, *one.older)]
        return [*found, *(one for one in given if os.path.realpath(one) not in known)]


def changes(standing: Standing, made: Path, summary: BagSummary) -> tuple[Difference | None, tuple[Finding, ...]]:
    """What changed since the bag before.

    Args:
        standing: of the new bag's level.
        made: where the new bag stands now.
        summary: what names it.

    Raises:
        BagUnreadableError, StorageError: the records of the bag before cannot be read.
    """
    if standing.earlier is None:
        return None, ()
    found = replace(diff(standing.earlier.folder, made), after=summary)
    kinds = ", ".join(f"{found.counts[kind]} {kind}" for kind in ("added", "removed", "renamed", "changed", "same"))
    where = Where(file=str(standing.earlier.folder))
    said = [finding("version.changed", where=where, found=kinds)]
    silent = [one.document_id for one in found.removed if one.document_id not in standing.matched]
    if silent:
        said.append(finding("version.removed-without-tombstone", where=where, found=_named(silent)))
    return found, tuple(said)


def _standing(earlier: OpenedPredecessor, withdrawn: Sequence[Withdrawal], gone: list[dict[str, Any]]) -> Standing:
    """What a new bag takes over from the one before; `gone` gets the records of what is withdrawn."""
    wanted = {one.document_id: one for one in withdrawn}
    graves = {one.id: one for one in earlier.tombstones}
    matched = set()
    for record in records_in(earlier.folder) if wanted else ():
        one = wanted.get(record.get("document_id", ""))
        if one is not None:
            matched.add(one.document_id)
            grave = grave_of(record)
            graves[grave] = Tombstone(grave, one.reason, one.date)
            gone.append(record)
    return Standing(earlier, tuple(graves[name] for name in sorted(graves)), frozenset(matched))


def _named(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
