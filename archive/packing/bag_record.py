"""`data/bag.json`: the bag's own record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.model.corpora import Corpus
from archive.model.events import Event
from archive.model.fields import AccessLevel
from archive.model.versions import Holds, Predecessor, Tombstone
from archive.normalise.recipe import Recipe
from archive.packing.identity import event_id
from archive.packing.instant import Instant
from archive.packing.payload import Payload
from archive.packing.shards import Shard
from archive.packing.software import agent, software

BAG_VERSION = "1.0"
"""Major and minor version of bag.json; a reader refuses a major version that it does not know."""

_OF_DOCUMENTS = (
    ("ingestion", "Each source was read once and copied byte for byte under data/originals/."),
    ("message digest calculation", "Digests were taken of the bytes as they were copied."),
    ("metadata extraction", "Embedded metadata was read, and text was labelled by the recipe in bag.json."),
    ("validation", "Each record was checked against the schemas in data/schemas/."),
    ("information package creation", "The bag was written."),
)
_STEPS = {
    Holds.DOCUMENTS: _OF_DOCUMENTS,
    Holds.METADATA: (
        ("metadata extraction", "Sources were read for their embedded metadata, and text for what it states."),
        ("validation", "Each record was checked against the schemas in data/schemas/."),
        ("information package creation", "The bag was written with metadata alone: no source and no text is in it."),
    ),
}


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document that is not in the bag, and the codes of its errors."""

    source_path: str
    document_id: str
    codes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """As bag.json has it."""
        return {"source_path": self.source_path, "document_id": self.document_id, "codes": list(self.codes)}


@dataclass(frozen=True, slots=True)
class BagRecord:
    """What bag.json is made from; the counts and files are those of the finished payload."""

    urn: str
    corpus: Corpus
    level: AccessLevel
    instant: Instant
    recipe: Recipe
    counts: Mapping[str, int]
    rejections: Sequence[Rejection]
    shards: Sequence[Shard]
    holds: Holds = Holds.DOCUMENTS
    previous: Predecessor | None = None
    tombstones: Sequence[Tombstone] = ()

    def events(self) -> list[Event]:
        """The events of the whole bag."""
        return [
            Event(
                event_id=event_id(self.urn, kind),
                document_id=None,
                type=kind,
                occurred_at=self.instant.timestamp,
                agent=agent(),
                outcome="success",
                detail=detail,
            )
            for kind, detail in _STEPS[self.holds]
        ]

    def as_json(self, payload: Payload, tables: Mapping[str, int], content: str) -> dict[str, Any]:
        """All of bag.json.

        Args:
            payload: where the records and tables stand, under digests.
            tables: rows by table.
            content: the content digest.
        """
        recipe = self.recipe.describe()
        return {
            "bag_version": BAG_VERSION,
            "urn": self.urn,
            "corpus": _corpus(self.corpus),
            "access_level": self.level.value,
            "holds": self.holds.value,
            "previous": None if self.previous is None else self.previous.as_json(),
            "tombstones": [one.as_json() for one in self.tombstones],
            "packed_at": self.instant.timestamp,
            "time_declared": self.instant.declared,
            "counts": dict(self.counts),
            "rejections": [rejection.as_json() for rejection in self.rejections],
            "ignored": [],
            "recipe": {**recipe, "digest": self.recipe.digest()},
            "software": software(),
            "tables": [
                {"name": name, "path": path, "rows": rows, "sha256": payload.sha256(path)}
                for name, rows in tables.items()
                for path in [f"data/tables/{name}.parquet"]
            ],
            "records": [
                {"path": shard.path, "documents": shard.documents, "sha256": payload.sha256(shard.path)}
                for shard in self.shards
            ],
            "events": [event.as_json() for event in self.events()],
            "datasheet": dict(self.corpus.datasheet),
            "content_digest": content,
            "algorithms": list(payload.algorithms),
            "additional": {},
        }


def _corpus(corpus: Corpus) -> dict[str, Any]:
    return {
        "identifier": corpus.identifier,
        "slug": corpus.slug,
        "version": corpus.version,
        "title": corpus.title,
        "description": corpus.description,
        "creator": corpus.creator,
        "language": corpus.language,
        "licence": corpus.licence,
        "metadata_licence": corpus.metadata_licence,
        "contact": dict(corpus.contact),
        "additional": dict(corpus.additional),
    }
