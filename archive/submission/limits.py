"""The bounds on what is read of a corpus folder's own files, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that no honest corpus meets; each passed one is a finding.

    Attributes:
        configuration: bytes of corpus.toml.
        sheet: bytes of metadata.csv, which is held in memory.
        workbook: bytes of metadata.xlsx or metadata.ods.
        workbook_part: bytes of one part of it, unpacked.
        cell: characters in one cell of the sheet (what the standard library's reader accepts as well).
        sidecar: bytes of one sidecar.
        listed: bytes of a list of what was withdrawn, or of what is withheld.
        annotations: bytes of annotations.jsonl, which is held in memory.
        identifier: bytes of one document's identifier in UTF-8.
    """

    configuration: int = 1 << 20
    sheet: int = 1 << 29
    workbook: int = 1 << 26
    workbook_part: int = 1 << 28
    cell: int = 131_072
    sidecar: int = 1 << 20
    listed: int = 1 << 26
    annotations: int = 1 << 28
    identifier: int = 512


LIMITS = Limits()
