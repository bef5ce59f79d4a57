"""Whether a record of a bag of metadata alone keeps to that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from archive.model.codes import finding
from archive.model.fields import AccessLevel
from archive.model.findings import Finding, Where

_NOT_TOLD = (0, "")
_NO_TEXT = {"characters": 0, "words": 0, "sha256": None}


def holds_more(record: Mapping[str, Any], access_level: str) -> Iterator[Finding]:
    """Findings `record.holds-more`: passages, derived layers, and in a bag that is not open sizes and digests.

    Args:
        record: it meets the record schema.
        access_level: of the bag.
    """
    for part in ("passages", "annotations"):
        if record[part]:
            yield _of(f"/{part}", f"{len(record[part])} {part}")
    is_open = access_level == AccessLevel.OPEN
    for number, file in enumerate(record["files"]):
        if file["role"] == "layer":
            yield _of(f"/files/{number}", "a text layer")
        elif not is_open and (file["bytes"], file["sha256"]) != _NOT_TOLD:
            yield _of(f"/files/{number}", "a size or a digest")
    if not is_open and record["text"] != _NO_TEXT:
        yield _of("/text", "figures of the text")


def _of(pointer: str, found: str) -> Finding:
    return finding("record.holds-more", where=Where(pointer=pointer), found=found, expected="metadata alone")
