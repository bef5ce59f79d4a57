"""What one document may take of a worker before it is given up."""

from __future__ import annotations

from archive.engine import Bounds
from archive.sources.limits import Limits


def bounds_of(limits: Limits) -> Bounds:
    """The bounds of one document, from its reading to its record."""
    return Bounds(seconds=limits.document_seconds, memory=limits.memory, patience=limits.patience)
