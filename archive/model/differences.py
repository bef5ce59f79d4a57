"""What changed between two bags, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from archive.model.reports import BagSummary, Report, Verdict
from archive.model.versions import Tombstone


@dataclass(frozen=True, slots=True)
class Change:
    """One member that is not the same: its name, and its value in the older and in the newer bag; None for absent."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A passage in a list of changes.

    Attributes:
        passage_id: in the bag that has it; in the newer one where both have it.
        ordinal: likewise.
        label: kind, kept or not, and language, as they are written for a person.
        was: the label in the older bag, where it is another one.
        beginning: the first words.
    """

    passage_id: str
    ordinal: int
    label: str
    was: str | None
    beginning: str


@dataclass(frozen=True, slots=True)
class PassageChanges:
    """Passages that are not the same; by their text, since every change of an original gives all of them new names.

    Attributes:
        same: how many have the same text and the same label.
        added, removed, relabelled: how many are new, gone, or have another label under the same text.
        first_added, first_removed, first_relabelled: the first few of each.
    """

    same: int
    added: int
    removed: int
    relabelled: int
    first_added: tuple[PassageLine, ...]
    first_removed: tuple[PassageLine, ...]
    first_relabelled: tuple[PassageLine, ...]


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that both bags have, and that is not the same.

    Attributes:
        document_id: in the newer bag.
        was: its identifier in the older one, where it has another one now; the original is the same there.
        original: `original_sha256`, `original_bytes`, and the paths.
        metadata: field by field.
        files: by payload path: the sha256 of a file of the document in each bag.
        text: `text_sha256`, `characters`, `words`.
        passages: None where they are all the same.
        others: the names of further members that are not the same: `statements`, `relations`, `additional`...
    """

    document_id: str
    was: str | None
    original: tuple[Change, ...]
    metadata: tuple[Change, ...]
    files: tuple[Change, ...]
    text: tuple[Change, ...]
    passages: PassageChanges | None
    others: tuple[str, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """What of the document is not the same, in a few words each."""
        named = {
            "original": self.original,
            "metadata": self.metadata,
            "files": self.files,
            "text": self.text,
            "passages": self.passages,
        }
        return (*(name for name, found in named.items() if found), *self.others)


@dataclass(frozen=True, slots=True)
class DocumentName:
    """A document that only one of two bags has.

    Attributes:
        document_id: its identifier.
        title: its title, or None.
        original_sha256: of its original; empty where a bag of metadata alone does not tell it.
        grave: the identifier of the tombstone that it leaves where it is withdrawn.
        withdrawn: the reason on its tombstone in the newer bag, or None where it has none there.
    """

    document_id: str
    title: str | None
    original_sha256: str
    grave: str
    withdrawn: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two bags; nothing of either has been verified.

    Attributes:
        before: the older bag.
        after: the newer one.
        corpus: what is said of the corpus, the recipe and the software, by name with dots.
        counts: `before`, `after`, `same`, `added`, `removed`, `renamed` and `changed` documents, all of them.
        added, removed: the first documents, by identifier.
        renamed: those with the same original under another identifier, with what else changed.
        changed: those with the same identifier.
        unlisted: how many documents are counted and not listed.
        tombstones: those that the newer bag has and the older one has not: id, reason and date.
    """

    before: BagSummary
    after: BagSummary
    corpus: tuple[Change, ...]
    counts: Mapping[str, int]
    added: tuple[DocumentName, ...] = ()
    removed: tuple[DocumentName, ...] = ()
    renamed: tuple[DocumentChange, ...] = ()
    changed: tuple[DocumentChange, ...] = field(default=())
    unlisted: int = 0
    tombstones: tuple[Tombstone, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the two say the same of the same documents."""
        return (
            not self.corpus
            and not self.tombstones
            and self.counts["same"] == self.counts["before"] == self.counts["after"]
        )

    @property
    def report(self) -> Report:
        """As a report; comparing verifies nothing, so the verdict is open."""
        return Report("diff", Verdict.UNDETERMINED, counts=self.counts, bags=(self.before, self.after))

    def as_json(self) -> dict[str, Any]:
        """All attributes under their names, and `verified`, `is_empty`; each document with its `parts`."""
        found = {"verified": False, "is_empty": self.is_empty, **asdict(self)}
        for name, changes in (("renamed", self.renamed), ("changed", self.changed)):
            for change, written in zip(changes, found[name], strict=True):
                written["parts"] = list(change.parts)
        return found
