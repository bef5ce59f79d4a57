"""PRONOM identifiers by signature, as Siegfried finds them (the `pygfried` package, with PRONOM's own signatures).

Runs in a process apart: Siegfried is written in Go, and its runtime starts threads and handlers of its own. It gets the
bytes under a name that says nothing, so that a file's name cannot decide.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass

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


def identify(data: bytes) -> Identified:
    """What PRONOM's signatures say of these bytes.

    Raises:
        OSError: the bytes could not be written to a temporary file, the only thing that Siegfried reads.
    """
    import pygfried

    if not data:
        return Identified()
    with tempfile.NamedTemporaryFile(prefix="document", buffering=0) as copy:
        copy.write(data)
        found = pygfried.identify(copy.name, detailed=True)
    matches = [one for file in found["files"] for one in file["matches"] if one["id"] != _UNKNOWN]
    sure = [(one, basis) for one in matches if (basis := _basis(one["basis"]))]
    if len(sure) != 1:
        return Identified()
    one, basis = sure[0]
    return Identified(one["id"], basis, one["mime"].split(",")[0].strip())


def _basis(said: str) -> str:
    return next((ours for theirs, ours in _BASES if theirs in said), "")
