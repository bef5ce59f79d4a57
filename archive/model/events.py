"""Events in the terms of PREMIS, with the URIs of the Library of Congress's vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

EVENT_TYPES: dict[str, str] = {
    name: f"http://id.loc.gov/vocabulary/preservation/eventType/{code}"
    for name, code in {
        "capture": "cap",
        "ingestion": "ing",
        "creation": "cre",
        "message digest calculation": "mes",
        "metadata extraction": "mee",
        "validation": "val",
        "filename change": "fil",
        "information package creation": "ipc",
    }.items()
}
"""PREMIS event types by label (Preservation Vocabularies, Event Type)."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a document or to the bag.

    Attributes:
        event_id: unique in the bag.
        document_id: None for the whole bag.
        type: a label of `EVENT_TYPES`.
        occurred_at: an RFC 3339 timestamp in UTC with `Z`.
        agent: who or what did it: name and version of a program, or a role.
        outcome: `success`, `warning` or `failure`.
        detail: one sentence.
        file: a payload path, or an empty string.
    """

    event_id: str
    document_id: str | None
    type: str
    occurred_at: str
    agent: str
    outcome: str
    detail: str = ""
    file: str = ""

    def as_json(self) -> dict[str, Any]:
        """The event as the schemas have it."""
        return {
            "event_id": self.event_id,
            "document_id": self.document_id,
            "type": self.type,
            "type_uri": EVENT_TYPES[self.type],
            "occurred_at": self.occurred_at,
            "agent": self.agent,
            "outcome": self.outcome,
            "detail": self.detail,
            "file": self.file,
        }
