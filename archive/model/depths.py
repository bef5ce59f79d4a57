"""How deep a check of a bag goes."""

from __future__ import annotations

from enum import StrEnum

from archive.model.reports import Verdict


class Depth(StrEnum):
    """The stages of validation; each takes in those before it.

    `oxum` compares sizes and counts, `complete` the names, `fixity` every digest (RFC 8493, 3: only then is a bag
    valid and not just complete).
    """

    OXUM = "oxum"
    COMPLETE = "complete"
    FIXITY = "fixity"

    @property
    def best(self) -> Verdict:
        """What can be said of a bag in which this depth found no error."""
        return _BEST[self]


_BEST = {
    Depth.OXUM: Verdict.SIZES_MATCH,
    Depth.COMPLETE: Verdict.COMPLETE,
    Depth.FIXITY: Verdict.VALID,
}
