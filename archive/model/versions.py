"""How a bag stands to the version before it: what it holds, its predecessor, the tombstones of what was withdrawn."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Holds(StrEnum):
    """What a bag holds of its documents."""

    DOCUMENTS = "documents"
    METADATA = "metadata"


def holds_of(info: Mapping[str, Any]) -> Holds:
    """What a bag holds, as its bag.json has it; one that says nothing of it holds the documents.

    >>> holds_of({}).value, holds_of({"holds": "metadata"}).value
    ('documents', 'metadata')
    """
    return Holds.METADATA if info.get("holds") == Holds.METADATA.value else Holds.DOCUMENTS


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The bag of the version before.

    Attributes:
        urn: its identifier.
        version: of the corpus.
        content_digest: as its bag.json states it; empty where it states none.
        root_digest: sha256 of its `tagmanifest-sha256.txt`.
    """

    urn: str
    version: str
    content_digest: str
    root_digest: str

    def as_json(self) -> dict[str, str]:
        """As bag.json has it."""
        return {
            "urn": self.urn,
            "version": self.version,
            "content_digest": self.content_digest,
            "root_digest": self.root_digest,
        }


HOLDS_LABEL = "Corpus-Archive-Holds"
"""Says `metadata` in the bag-info.txt of a bag of metadata alone."""
PREVIOUS_LABEL = "Corpus-Archive-Previous"
"""The URN of the bag of the version before."""
PREVIOUS_ROOT_LABEL = "Corpus-Archive-Previous-Root-Digest"


def standing_lines(holds: Holds, previous: Predecessor | None) -> list[tuple[str, str]]:
    """The lines of bag-info.txt about what a bag holds and which was before it; none where nothing is to be said.

    >>> standing_lines(Holds.METADATA, None)
    [('Corpus-Archive-Holds', 'metadata')]
    """
    lines = [] if holds is Holds.DOCUMENTS else [(HOLDS_LABEL, holds.value)]
    if previous is not None:
        lines += [(PREVIOUS_LABEL, previous.urn), (PREVIOUS_ROOT_LABEL, f"sha256:{previous.root_digest}")]
    return lines


REASONS = {
    "consent": "A person withdrew consent.",
    "safety": "The document could put a person in danger.",
    "privacy": "The document says of a person what is nobody else's business.",
    "legal": "A law, a court or an authority asks for it.",
    "rights": "Who holds the rights asks for it.",
    "error": "The document should not have been in the corpus.",
    "superseded": "Another document takes its place.",
    "unstated": "No reason is given.",
}
"""Why a document was withdrawn: the codes, and what each means. They tell nothing of what the document said."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a document that was withdrawn.

    Attributes:
        id: see `tombstone_id`.
        reason: one of `REASONS`.
        date: the day of the decision, ISO 8601.
    """

    id: str
    reason: str
    date: str

    def as_json(self) -> dict[str, str]:
        """As bag.json has it."""
        return {"id": self.id, "reason": self.reason, "date": self.date}


def predecessor_of(info: Mapping[str, Any]) -> Predecessor | None:
    """The bag of the version before, as a bag.json has it.

    Raises:
        KeyError, TypeError: it does not say so as it should.
    """
    said = info.get("previous")
    if said is None:
        return None
    return Predecessor(said["urn"], said["version"], said["content_digest"], said["root_digest"])


def tombstones_of(info: Mapping[str, Any]) -> tuple[Tombstone, ...]:
    """The tombstones of a bag, as its bag.json has them.

    Raises:
        KeyError, TypeError: it does not list them as it should.
    """
    return tuple(Tombstone(str(one["id"]), str(one["reason"]), str(one["date"])) for one in info.get("tombstones", ()))


def tombstone_id(document_id: str, original_sha256: str) -> str:
    """The identifier of a tombstone: a uuid5 (RFC 9562, 5.5) of the document's identifier and its original's digest.

    Whoever holds the document can tell that this is its tombstone; who does not, cannot by trying names, since the
    digest takes the document itself.

    >>> tombstone_id("a.txt", "00" * 32)
    'urn:uuid:136b5f92-03ba-542f-baf0-5b39a64c9925'
    """
    name = f"https://w3id.org/corpus-archive/tombstone?{len(document_id)}:{document_id}&{original_sha256}"
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn
