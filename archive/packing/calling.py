"""Workers called before there is anything to do: while a corpus is planned, they start and import what they need."""

from __future__ import annotations

import os
from pathlib import Path

from archive.engine import Team
from archive.engine.imports import BUILDS_GRAMMARS, NUMPY, keep_out
from archive.model.containers import kind_named

_WORTH_A_WORKER = 24
"""Files for which one worker more is called."""
_BYTES_OF_ONE = 4096
"""What a document in a container is taken to have."""
_AS_MANY_BYTES = 64 * 1024 * 1024
"""Bytes that take as long to copy as a worker to start."""

_WHAT_MAKES_IT_ONE = "corpus.toml"


def call_workers(team: Team, folder: Path) -> None:
    """Starts as many workers as the files of a corpus folder seem to need, and waits for none of them.

    Args:
        team: which is to do the work.
        folder: the corpus folder; where it cannot be read or is none, that is told by whoever reads it, and is soon.

    Raises:
        WorkerError: a worker could not be started.
    """
    if not (folder / _WHAT_MAKES_IT_ONE).is_file():
        return
    team.call(_documents(folder, _WORTH_A_WORKER * team.most) // _WORTH_A_WORKER, prepare, None)


def prepare(_: None) -> None:
    """What a worker does before it is told its task."""
    keep_out(NUMPY, BUILDS_GRAMMARS)
    import archive.packing.at_once
    import archive.packing.reusing  # noqa: F401 - both for what they bring along


def _worth(name: str, size: int) -> int:
    """As how many documents a file counts; one that is copied by a single worker as no more than one is worth."""
    if kind_named(name) is not None:
        return size // _BYTES_OF_ONE
    return max(1, min(_WORTH_A_WORKER, _WORTH_A_WORKER * size // _AS_MANY_BYTES))


def _documents(folder: Path, enough: int) -> int:
    """Roughly how many documents there are; no more are counted than are enough."""
    found = 0
    folders = [os.fspath(folder)]
    while folders and found < enough:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        found += _worth(entry.name, entry.stat(follow_symlinks=False).st_size)
                    if found >= enough:
                        break
        except OSError:
            continue
    return found
