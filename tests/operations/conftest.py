"""A small bag of ours made by hand: records, tables and the tag files that a reader looks at."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from archive.tables.schema import Stamp
from archive.tables.writer import TablesWriter, in_folder

URN = "urn:uuid:6f1ed002-ab5c-5d4e-9b11-0d9b6f3c1a11"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _record(name: str, texts: list[str], **metadata: Any) -> dict[str, Any]:
    """A record; the last text is furniture, what else there is is body."""
    whole = "\n\n".join(texts[:-1])
    path = f"data/originals/{name}"
    passages, start = [], 0
    for ordinal, text in enumerate(texts):
        kept = ordinal < len(texts) - 1
        passages.append(
            {
                "passage_id": "p" + _sha256(f"{name} {ordinal}")[:24],
                "ordinal": ordinal,
                "kind": "body" if kept else "furniture",
                "kept": kept,
                "reason": "" if kept else "at the edge of the page",
                "projection": "1:nfc",
                "language": "ko" if "북" in text else "en",
                "char_start": start if kept else -1,
                "char_count": len(text) if kept else 0,
                "locator": "",
                "sha256": _sha256(text),
                "text": text,
                "spans": [{"layer": path, "byte_start": 0, "byte_end": len(text.encode())}],
            }
        )
        start += len(text) + 2
    statements = [
        {
            "field": field,
            "value": value,
            "source": "sheet",
            "agent": "archivist",
            "file": "data/submission/metadata.csv",
            "locator": "cell=2,2",
            "used": True,
            "reason": "",
        }
        for field, values in metadata.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return {
        "record_version": "1.0",
        "document_id": name,
        "source_path": name,
        "original": path,
        "metadata": {"access_level": "restricted", **metadata},
        "files": [
            {
                "role": "page",
                "path": path,
                "bytes": 100,
                "sha256": _sha256(name),
                "media_type": "text/plain",
                "charset": "utf-8",
                "puid": "x-fmt/16",
                "puid_basis": "signature",
                "derived_from": None,
            }
        ],
        "text": {"characters": len(whole), "words": len(whole.split()), "sha256": _sha256(whole) if whole else None},
        "passages": passages,
        "statements": statements,
        "events": [],
        "relations": [],
        "annotations": [],
        "duplicate_group": "g" + "0" * 24,
        "recipe": "c" * 64,
        "additional": {},
        "a field of tomorrow": [1],
    }


def _bag_json(files: list[dict[str, Any]], records: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "bag_version": "1.0",
        "urn": URN,
        "corpus": {"identifier": "x", "version": "1.0", "title": "Reports", "description": "What was said."},
        "access_level": "restricted",
        "packed_at": "2024-05-03T10:00:00Z",
        "time_declared": True,
        "counts": {
            "inputs": len(records) + 2, "packed": len(records), "rejected": 1, "failed": 0, "ignored": 1,
            "documents": len(records), "passages": sum(len(one["passages"]) for one in records),
        },
        "rejections": [{"source_path": "bad.txt", "document_id": None, "codes": ["record.schema"]}],
        "ignored": [{"path": ".DS_Store", "reason": "hidden file"}],
        "records": files,
        "events": [],
        "tomorrow": True,
    }  # fmt: skip


def _build(bag: Path, records: list[dict[str, Any]], per_file: int = 2) -> Path:
    for folder in ("data/records", "data/tables", "data/originals"):
        (bag / folder).mkdir(parents=True)
    files = []
    for at in range(0, len(records), per_file):
        key = f"data/records/{at // per_file:05}.jsonl"
        lines = [
            json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in records[at : at + per_file]
        ]
        (bag / key).write_text("".join(lines), "utf-8")
        files.append({"path": key, "documents": len(lines), "sha256": _sha256("".join(lines))})
    info = _bag_json(files, records)
    (bag / "data/bag.json").write_text(json.dumps(info), "utf-8")
    with TablesWriter(in_folder(bag / "data/tables"), Stamp(URN)) as writer:
        for record in records:
            writer.add(record)
        writer.add_bag(info)
    (bag / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (bag / "bag-info.txt").write_text(
        "Corpus-Archive-Layout: 1\n"
        f"External-Identifier: {URN}\n"
        f"Corpus-Archive-Content-Digest: {'d' * 64}\n"
        "Payload-Oxum: 1234.9\n"
    )
    (bag / "tagmanifest-sha256.txt").write_text("no manifest\n")
    return bag


@pytest.fixture
def some_records() -> list[dict[str, Any]]:
    """Four records, sorted by identifier."""
    return [
        _record("a.txt", ["One.", "Two more words.", "Menu"], title="A", creators=["Kim", "Lee"]),
        _record("b.txt", ["북한에서 온 소식.", "In English too.", "메뉴"], title="B", language="ko"),
        _record("c.txt", ["Menu"]),
        _record("d/e.txt", ["Last.", "Menu"], date_issued="2011", date_issued_earliest="2011-01-01",
                date_issued_latest="2011-12-31"),
    ]  # fmt: skip


@pytest.fixture
def build_bag(tmp_path: Path) -> Any:
    """A function that makes a bag of ours of some records, two records a file, and gives its folder."""

    def build(records: list[dict[str, Any]]) -> Path:
        return _build(tmp_path / "bag", records)

    return build


@pytest.fixture
def small_bag(build_bag: Any, some_records: list[dict[str, Any]]) -> Path:
    """A bag of ours with four documents; its payload manifests are not there, since nobody verifies it."""
    found: Path = build_bag(some_records)
    return found
