"""Which files of a corpus folder are containers: of many files the workers look at some each."""

from __future__ import annotations

from archive.engine import Team
from archive.model.containers import Renames
from archive.storage.kinds import kinds_of
from archive.submission.files import Files

MOST_ALONE = 4096
"""Files that are looked at by the process that leads: while workers start it is done with so many."""
_TOGETHER = 1024


def kinds_in(folder: bytes, files: Files, renames: Renames, team: Team | None) -> dict[str, str]:
    """The kinds of those files in a folder that are containers, as `archive.storage.kinds.kinds_of` has it.

    Args:
        folder: the folder.
        files: that are asked for.
        renames: what corpus.toml calls things in containers.
        team: looks at many files; None where the process that leads looks at all.

    Raises:
        WorkerError: a worker process died.
    """
    if team is None or len(files) <= MOST_ALONE:
        return kinds_of(folder, files, renames)
    found: dict[str, str] = {}
    engine = team.engine(len(files) // _TOGETHER)
    paths = (files.paths(numbers) for numbers in files.some(_TOGETHER))
    for some in engine.map(_kinds_of, (folder, renames), paths):
        found.update(some)
    return found


def _kinds_of(shared: tuple[bytes, Renames], paths: list[str]) -> dict[str, str]:
    """The task for an engine."""
    folder, renames = shared
    return kinds_of(folder, paths, renames)
