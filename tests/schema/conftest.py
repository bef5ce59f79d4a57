"""A good record to start from."""

from __future__ import annotations

from typing import Any

import pytest

SHA = "0" * 64


@pytest.fixture
def record() -> dict[str, Any]:
    """A record with one of everything, made anew for each test."""
    return good_record()


def good_record() -> dict[str, Any]:
    layer = "data/originals/a.txt"
    return {
        "record_version": "1.0",
        "document_id": "a.txt",
        "source_path": "a.txt",
        "original": layer,
        "metadata": {
            "title": "A year on the border",
            "creators": ["Kim, Example", "Example Translators"],
            "date_issued": "2017-09~",
            "date_issued_earliest": "2017-09-01",
            "date_issued_latest": "2017-09-30",
            "language": "ko",
            "source_url": "https://example.org/border",
            "captured_at": "2024-05-03T10:00:00Z",
            "access_level": "embargoed",
            "review_date": "2030-01-01",
        },
        "files": [
            {
                "role": "page",
                "path": layer,
                "bytes": 26,
                "sha256": SHA,
                "media_type": "text/plain",
                "charset": "utf-8",
                "puid": "x-fmt/111",
                "puid_basis": "extension",
                "derived_from": None,
            }
        ],
        "text": {"characters": 26, "words": 5, "sha256": SHA},
        "passages": [
            {
                "passage_id": "p" + "0" * 24,
                "ordinal": 0,
                "kind": "body",
                "kept": True,
                "reason": "",
                "projection": "utf-8",
                "language": "en",
                "char_start": 0,
                "char_count": 26,
                "locator": "",
                "sha256": SHA,
                "text": "They crossed in the winter",
                "spans": [{"layer": layer, "byte_start": 0, "byte_end": 26}],
            }
        ],
        "statements": [
            {
                "field": "date_issued",
                "value": "2017-09~",
                "source": "sheet",
                "agent": "archivist",
                "file": "data/submission/metadata.csv",
                "locator": "cell=4,2",
                "used": True,
                "reason": "",
            }
        ],
        "events": [
            {
                "event_id": "e1",
                "document_id": "a.txt",
                "type": "ingestion",
                "type_uri": "http://id.loc.gov/vocabulary/preservation/eventType/ing",
                "occurred_at": "2024-05-03T10:00:00Z",
                "agent": "corpus-archive 0.1.0",
                "outcome": "success",
                "detail": "",
                "file": "",
            }
        ],
        "relations": [
            {
                "relation": "translation-of",
                "target": "b.txt",
                "target_type": "document",
                "score": None,
                "basis": "translation_of",
            }
        ],
        "annotations": [],
        "duplicate_group": "g" + "0" * 24,
        "recipe": SHA,
        "additional": {"accession_number": "2024-017"},
    }
