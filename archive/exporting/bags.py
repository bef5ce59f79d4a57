"""A bag that is exported: what of it every format needs beside its records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.model.fields import AccessLevel
from archive.model.versions import Holds, holds_of
from archive.storage.stores import Store


@dataclass(frozen=True, slots=True)
class ExportedBag:
    """A bag of ours.

    Attributes:
        store: its files.
        info: `bag.json` with all its fields.
        root_digest: the sha256 of tagmanifest-sha256.txt, or None where there is none.
        content_digest: as the bag states it, or None.
        folder: where formats that make files for each bag put them: empty for one bag alone, else its own name and `/`.
    """

    store: Store
    info: Mapping[str, Any]
    root_digest: str | None
    content_digest: str | None
    folder: str = ""

    @property
    def urn(self) -> str:
        """Its identifier."""
        return str(self.info["urn"])

    @property
    def access_level(self) -> str:
        """Who may read it."""
        return str(self.info["access_level"])

    @property
    def corpus(self) -> Mapping[str, Any]:
        """What is said of the corpus."""
        found: Mapping[str, Any] = self.info["corpus"]
        return found

    @property
    def title(self) -> str:
        """The title of the corpus, or its identifier."""
        return str(self.corpus.get("title") or self.corpus["identifier"])

    @property
    def version(self) -> str:
        """The version of the corpus."""
        return str(self.corpus["version"])

    @property
    def has_originals(self) -> bool:
        """Whether it holds the files that its records describe; a bag of metadata alone does not."""
        return holds_of(self.info) is Holds.DOCUMENTS

    def licence_for(self, metadata: Mapping[str, Any]) -> str:
        """The licence of the corpus, for a document that states no rights of its own; else an empty string."""
        own = metadata.get("rights") or metadata.get("rights_uri")
        return "" if own else str(self.corpus.get("licence") or "").strip()

    def as_json(self) -> dict[str, Any]:
        """What names it."""
        return {
            "urn": self.urn,
            "title": self.title,
            "version": self.version,
            "access_level": self.access_level,
            "root_digest": self.root_digest,
            "content_digest": self.content_digest,
        }


def strictest(bags: tuple[ExportedBag, ...]) -> str:
    """The strictest access level of some bags; a level that nobody knows is as strict as can be."""
    known = {level.value: level.strictness for level in AccessLevel}
    return max((bag.access_level for bag in bags), key=lambda level: known.get(level, len(known)))
