"""Checks what people say of documents without reading the documents: a sheet, its sidecars and corpus.toml."""

from __future__ import annotations

from collections.abc import Iterator

from archive.model.corpora import PlannedDocument
from archive.model.findings import Finding
from archive.model.records import RECORD_VERSION, FileJson, RecordJson
from archive.model.relations import own_group
from archive.packing.settling import settle
from archive.packing.taking import shown
from archive.schema.validation import Validator

_UNREAD = "0" * 64
"""Stands where a record has a digest of what was not read here; no such record leaves this module."""


def metadata_findings(document: PlannedDocument, validator: Validator) -> tuple[Finding, ...]:
    """What is wrong with the metadata of a document, and of the documents of a container that the sheet names.

    Args:
        document: as planned.
        validator: what holds records to the schemas.
    """
    return tuple(one for single in (document, *document.members.values()) for one in _findings(single, validator))


def _findings(document: PlannedDocument, validator: Validator) -> Iterator[Finding]:
    settled = settle(document.document_id, document.statements, document.access_level, validator.origins)
    yield from settled.findings
    files: list[FileJson] = [
        {
            "role": file.role,
            "path": f"data/originals/{shown(file.path)}",
            "bytes": file.size,
            "sha256": _UNREAD,
            "media_type": "application/octet-stream",
            "charset": None,
            "puid": None,
            "puid_basis": "",
            "derived_from": None,
        }
        for file in document.files
    ]
    record: RecordJson = {
        "record_version": RECORD_VERSION,
        "document_id": document.document_id,
        "source_path": shown(document.files[0].path),
        "original": files[0]["path"],
        "metadata": settled.metadata,
        "files": files,
        "text": {"characters": 0, "words": 0, "sha256": None},
        "passages": [],
        "statements": [statement.as_json() for statement in settled.statements],
        "events": [],
        "relations": [],
        "annotations": [],
        "duplicate_group": own_group(None, _UNREAD),
        "recipe": _UNREAD,
        "additional": dict(document.additional),
    }
    for one in validator.check(record, document=document.document_id):
        pointer = one.where.pointer or ""
        if pointer.startswith(("/metadata", "/additional", "/document_id")) or one.where.file is not None:
            yield one  # what is left is about places of the record that nobody stated, and that were not read here
