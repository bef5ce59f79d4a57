"""The bounds that reading a bag keeps; they stand in `archive.model.limits`, since storage keeps them as well."""

from __future__ import annotations

from archive.model.limits import DEFAULT_LIMITS, Limits

__all__ = ["DEFAULT_LIMITS", "Limits"]
