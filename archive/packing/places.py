"""Where the file of a path stands on this machine.

Paths of a corpus and of a bag are UTF-8, with other bytes as surrogates (PEP 383). The operating system takes bytes;
what Python's own paths make of a name depends on the locale, which must not show in a bag.
"""

from __future__ import annotations

import os
from pathlib import Path


def place_in(folder: Path, path: str) -> Path:
    """The file under `folder` whose name has exactly the bytes of `path`, whatever encoding the locale asks for.

    Args:
        folder: as the operating system gave it.
        path: relative, with `/`, undecodable bytes as surrogates.
    """
    return folder / _as_here(path)


def name_in(folder: str, path: str) -> str:
    """The same as text, quicker where there are many."""
    return f"{folder}/{path}" if path.isascii() else f"{folder}/{_as_here(path)}"


def _as_here(path: str) -> str:
    return os.fsdecode(path.encode("utf-8", "surrogateescape"))
