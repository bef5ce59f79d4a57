"""Reads a corpus folder: corpus.toml, the sheet, the sidecars, the files, and who goes with whom."""

from __future__ import annotations

from archive.submission.configuration import Configuration, read_configuration
from archive.submission.partition import Documents, Partition
from archive.submission.plan import Submission, read_submission
from archive.submission.sheet import Sheet, read_sheet

__all__ = [
    "Configuration",
    "Documents",
    "Partition",
    "Sheet",
    "Submission",
    "read_configuration",
    "read_sheet",
    "read_submission",
]
