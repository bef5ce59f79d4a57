"""Whether the reference implementation is asked about a bag before it is published, and what it says."""

from __future__ import annotations

from pathlib import Path

from archive.model.codes import finding
from archive.model.findings import Finding
from archive.model.progress import Progress
from archive.operations.judge import Judge
from archive.operations.pack_call import Call
from archive.packing.tried import Tried

MOST_JUDGED_FILES = 10_000
"""Files of a bag up to which it is asked without anybody wanting it."""
MOST_JUDGED_BYTES = 1024**3
"""Bytes up to which it is."""
SECONDS_TO_JUDGE = 3600.0


def called_in(call: Call, files: int, octets: int) -> Judge | None:
    """One for a bag of about so many files and bytes, before it is made; None where none will be asked.

    Importing it takes as long as judging a small bag does, and is done meanwhile. Use it as a context manager.

    Raises:
        WorkerError: it cannot be started.
    """
    return Judge() if _is_asked(call, files, octets) else None


def judged(call: Call, made: Tried, bag: Path, judge: Judge | None) -> tuple[Finding, ...]:
    """What it says of a bag.

    Args:
        call: one of `pack`.
        made: what came of making the bag.
        bag: its folder.
        judge: the one that was called in; None where none was.

    Raises:
        WorkerError: it cannot be started, or came to no answer.
    """
    if not _is_asked(call, made.files, made.octets):
        return (finding("bag.not-judged", found=f"{made.files} files, {made.octets} bytes"),)
    call.work.listener(Progress("asking the reference implementation", 0, 1))
    with judge or Judge() as one:
        judgement = one.ask(bag, seconds=SECONDS_TO_JUDGE)
    return () if judgement.accepted else (finding("bag.judged-invalid", found=judgement.said),)


def _is_asked(call: Call, files: int, octets: int) -> bool:
    return call.judge != "auto" or (files <= MOST_JUDGED_FILES and octets <= MOST_JUDGED_BYTES)
