"""The record of a document, of what was read of its files and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.model.assembling import ReadFile, file_entries, own_format_entry, passage_entries, text_file
from archive.model.records import RECORD_VERSION, RecordJson
from archive.packing.history import History
from archive.packing.tasks import DocumentTask


@dataclass(frozen=True, slots=True)
class Recording:
    """What the records of a bag share.

    Attributes:
        history: what all of its events share.
        recipe: the digest of the recipe.
    """

    history: History
    recipe: str

    def record(self, task: DocumentTask, files: list[ReadFile], metadata: dict[str, Any]) -> tuple[RecordJson, str]:
        """The record without its statements, annotations, duplicates and relations; and the text.

        Args:
            task: the document.
            files: what was read of its files.
            metadata: what is known of it, as it was settled.
        """
        passages, figures, text = passage_entries(files, text_file(files))
        record: RecordJson = {
            "record_version": RECORD_VERSION,
            "document_id": task.document_id,
            "source_path": task.source_path,
            "original": files[0].path,
            "metadata": metadata,
            "files": file_entries(files),
            "text": figures,
            "passages": passages,
            "statements": [],
            "events": [event.as_json() for event in self.history.of(task, files, metadata)],
            "relations": [],
            "annotations": [],
            "duplicate_group": "",
            "recipe": self.recipe,
            "additional": dict(task.additional),
        }
        own = own_format_entry(files[0])
        if own is not None:
            record["own_format"] = own
        return record, text
