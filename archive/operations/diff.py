"""The verb `diff`: what changed between two bags of ours. Reads only, and verifies neither."""

from __future__ import annotations

import os
from bisect import insort
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, TypeVar

from archive.bags.contents import CONTENT_DIGEST_LABEL
from archive.comparing.merging import Added, Outcome, Removed, Same, compared
from archive.comparing.records import changes_between, metadata_of
from archive.errors import BagUnreadableError
from archive.model.differences import Change, Difference, DocumentChange, DocumentName
from archive.model.fault_words import shape_words
from archive.model.progress import Listener, Progress, unheard
from archive.model.reports import BagSummary
from archive.model.versions import holds_of, tombstones_of
from archive.operations.bag_folder import BagFolder, opened_bag

LISTED = 10_000
"""How many documents of each kind of change are listed; all are counted."""

STAGE = "comparing"
_EVERY = 100
"""After how many documents the listener hears of the progress."""

_OF_CORPUS = ("corpus", "access_level", "holds", "recipe", "software", "datasheet")
"""The members of bag.json that say what kind of corpus this is, rather than what is in it."""

Item = TypeVar("Item", DocumentChange, DocumentName)


def diff(before: str | os.PathLike[str], after: str | os.PathLike[str], *, listener: Listener = unheard) -> Difference:
    """What changed from one bag of ours to another: usually two versions of a corpus.

    The records are read side by side, once, in memory that does not grow with the bags. Documents are the same where
    their identifiers are; one that is gone from the first and one that is new in the second are the same, renamed,
    where their originals have the same digest.

    Args:
        before: the older bag, in a folder or serialised.
        after: the newer one.
        listener: hears of the progress.

    Raises:
        BagUnreadableError: one of them is no bag of ours, is of a layout that this version does not know, or its
            records cannot be read.
        StorageError: a file of records is missing, or a temporary file cannot be written.
    """
    with ExitStack() as stack:
        one, other = (_ours(stack.enter_context(opened_bag(Path(bag)))) for bag in (before, after))
        return _difference(one, other, listener)


def _difference(one: BagFolder, other: BagFolder, listener: Listener) -> Difference:
    tally = _Tally()
    try:
        is_alike = holds_of(one.info or {}) is holds_of(other.info or {})
        total = max(_stated(one), _stated(other))
        found = compared(_records(one, is_alike=is_alike), _records(other, is_alike=is_alike))
        for done, outcome in enumerate(found, start=1):
            tally.add(outcome)
            if done % _EVERY == 0:
                listener(Progress(STAGE, done, max(done, total)))
        graves = {grave.id: grave.reason for grave in tombstones_of(other.info or {})}
        old = set(tombstones_of(one.info or {}))
        new = [grave for grave in tombstones_of(other.info or {}) if grave not in old]
    except (KeyError, TypeError, AttributeError) as error:
        what = f"a record has not the shape of a record ({shape_words(error)})"
        remedy = "Run `archive validate` on both bags, which says what is wrong"
        raise BagUnreadableError(what, where=f"{one.path} or {other.path}", remedy=remedy) from error
    return Difference(
        before=_summary(one),
        after=_summary(other),
        corpus=tuple(_of_corpus(one, other)),
        counts=tally.counts,
        added=tuple(tally.added.items),
        removed=tuple(replace(item, withdrawn=graves.get(item.grave)) for item in tally.removed.items),
        renamed=tuple(tally.renamed.items),
        changed=tuple(tally.changed.items),
        unlisted=sum(one.left_out for one in (tally.added, tally.removed, tally.renamed, tally.changed)),
        tombstones=tuple(new),
    )


def _stated(folder: BagFolder) -> int:
    """How many documents a bag says that it holds; 0 where that is no number."""
    counts = (folder.info or {}).get("counts")
    stated = counts.get("documents") if isinstance(counts, Mapping) else None
    return stated if isinstance(stated, int) else 0


def _records(folder: BagFolder, *, is_alike: bool) -> Iterator[Mapping[str, Any]]:
    """The records; where only one of the bags holds text, what both of them can say."""
    for record in folder.records():
        yield record if is_alike else metadata_of(record)


def _ours(found: BagFolder) -> BagFolder:
    if found.info is None:
        what = "corpus-archive did not make this bag, so it has no records to compare"
        remedy = "Compare the manifests of such bags with `diff`"
        raise BagUnreadableError(what, where=str(found.path), remedy=remedy)
    return found


def _summary(folder: BagFolder) -> BagSummary:
    info = folder.info or {}
    content = None if folder.tags is None else folder.tags.first(CONTENT_DIGEST_LABEL)
    return BagSummary(str(folder.path), info.get("urn"), None, content)


@dataclass(slots=True)
class _First(Generic[Item]):
    """The first items by identifier, so many at most."""

    items: list[Item] = field(default_factory=list)
    left_out: int = 0

    def add(self, item: Item) -> None:
        insort(self.items, item, key=attrgetter("document_id"))
        if len(self.items) > LISTED:
            self.items.pop()
            self.left_out += 1


class _Tally:
    """What came of the comparison so far."""

    def __init__(self) -> None:
        self._counter: Counter[str] = Counter()
        self.added: _First[DocumentName] = _First()
        self.removed: _First[DocumentName] = _First()
        self.renamed: _First[DocumentChange] = _First()
        self.changed: _First[DocumentChange] = _First()

    def add(self, outcome: Outcome) -> None:
        match outcome:
            case Same():
                self._counter["same"] += 1
            case Added(document):
                self._counter["added"] += 1
                self.added.add(document)
            case Removed(document):
                self._counter["removed"] += 1
                self.removed.add(document)
            case DocumentChange(was=None):
                self._counter["changed"] += 1
                self.changed.add(outcome)
            case DocumentChange():
                self._counter["renamed"] += 1
                self.renamed.add(outcome)

    @property
    def counts(self) -> dict[str, int]:
        found = {name: self._counter[name] for name in ("same", "changed", "renamed", "removed", "added")}
        both = found["same"] + found["changed"] + found["renamed"]
        return {"before": both + found["removed"], "after": both + found["added"], **found}


def _of_corpus(before: BagFolder, after: BagFolder) -> Iterator[Change]:
    sides = [dict(_flat(side.info or {}, _OF_CORPUS)) for side in (before, after)]
    yield from changes_between(*sides)


def _flat(info: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    pending = [(name, info[name]) for name in names if name in info]
    while pending:
        name, value = pending.pop()
        if isinstance(value, list) and all(isinstance(one, Mapping) and "name" in one for one in value):
            value = {str(one["name"]): {key: each for key, each in one.items() if key != "name"} for one in value}
        if isinstance(value, Mapping):
            pending.extend((f"{name}.{key}", each) for key, each in value.items())
        else:
            yield name, value
