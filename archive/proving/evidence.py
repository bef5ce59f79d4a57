"""The evidence about repeated lines, read from the bag."""

from __future__ import annotations

from archive.model.codes import finding
from archive.model.fault_words import fault_words
from archive.model.findings import Where
from archive.normalise.evidence import RepeatedLines
from archive.proving.subject import BlockedError, Subject

EVIDENCE = "data/evidence/repeated-lines.jsonl"


def read_evidence(subject: Subject) -> RepeatedLines:
    """What the whole corpus said about furniture.

    Raises:
        BlockedError: the file is damaged or missing, or not in the form of such evidence.
    """
    data = subject.read(EVIDENCE, subject.limits.evidence)
    try:
        return RepeatedLines.from_bytes(data)
    except (ValueError, RecursionError) as error:
        said = str(error)[:160] if type(error) is ValueError else fault_words(error)
        raise BlockedError(finding("evidence.unreadable", where=Where(file=EVIDENCE), found=said)) from error
