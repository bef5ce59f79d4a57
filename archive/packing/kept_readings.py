"""One reading of a document, kept by a worker on the first way and fetched on the second."""

from __future__ import annotations

import pickle

from archive.model.blocks import Reading
from archive.storage.laying_by import LayingBy


def lay(laying: LayingBy | None, reading: Reading, sha256: str) -> str:
    """Keeps what was read of a document.

    Args:
        laying: where; None where nothing is kept.
        reading: as the document stands.
        sha256: of the document's own bytes.

    Returns:
        The place where it lies, or an empty string.
    """
    return "" if laying is None else laying.lay(pickle.dumps((reading, sha256), pickle.HIGHEST_PROTOCOL))


def fetched(laying: LayingBy | None, place: str) -> tuple[Reading, str] | None:
    """What was read of a document, and the sha256 of its own bytes; None where it is to be read."""
    value = laying.fetch(place) if laying is not None and place else None
    if value is None:
        return None
    found: tuple[Reading, str] = pickle.loads(value)  # noqa: S301 - from a file that this run made and nobody else may
    return found
