"""PRONOM identifiers by signature, as Siegfried finds them (the `pygfried` package, with PRONOM's own signatures).

Runs in a process apart: Siegfried is written in Go, and its runtime starts threads and handlers of its own. It gets the
bytes under a name that says nothing, so that a file's name cannot decide.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

_BASES = (("container", "container"), ("byte match", "signature"))
"""What Siegfried calls the ground of a match, and what the records call it; others (text, extension) do not count."""
_UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Identified:
    """A format by PRONOM.

    Attributes:
        puid: the identifier, or None where the bytes show none, or more than one.
        basis: `signature` or `container`, or an empty string.
        media_type: as PRONOM gives it, or an empty string.
    """

    puid: str | None = None
    basis: str = ""
    media_type: str = ""


def identify(pieces: Iterable[bytes]) -> Identified:
    """What PRONOM's signatures say of these bytes.

    Raises:
        OSError: there is no room for a copy of the bytes (Siegfried reads files and nothing else), or what the pieces
            raise.
    """
    import pygfried

    with _nameless() as copy:
        for piece in pieces:
            copy.write(piece)
        if not copy.tell():
            return Identified()
        copy.seek(0)
        found = pygfried.identify(f"/dev/fd/{copy.fileno()}", detailed=True)
    matches = [one for file in found["files"] for one in file["matches"] if one["id"] != _UNKNOWN]
    sure = [(one, basis) for one in matches if (basis := _basis(one["basis"]))]
    if len(sure) != 1:
        return Identified()
    one, basis = sure[0]
    return Identified(one["id"], basis, one["mime"].split(",")[0].strip())


def _nameless() -> BinaryIO:
    """A file without a name, in memory where the system has such, so that nothing is left of it whatever happens."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("document"), "w+b", buffering=0)
    return tempfile.TemporaryFile(buffering=0)


def _basis(said: str) -> str:
    return next((ours for theirs, ours in _BASES if theirs in said), "")
