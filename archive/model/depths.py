"""How deep a check of a bag goes."""

from __future__ import annotations

from enum import StrEnum

from archive.model.reports import Verdict


class Depth(StrEnum):
    """The stages of validation; each takes in those before it.

    `oxum` compares sizes and counts, `complete` the names, `fixity` every digest (RFC 8493, 3: only then is a bag
    valid and not just complete). The last two are for bags of this package's own layout: `derivation` repeats how every
    passage, table and count follows from what the bag holds, `reproduction` makes the labels again where that can be
    done.
    """

    OXUM = "oxum"
    COMPLETE = "complete"
    FIXITY = "fixity"
    DERIVATION = "derivation"
    REPRODUCTION = "reproduction"

    def reaches(self, other: Depth) -> bool:
        """Whether this depth takes in the other one."""
        order = list(Depth)
        return order.index(self) >= order.index(other)

    @property
    def best(self) -> Verdict:
        """What can be said of a bag in which this depth found no error."""
        return _BEST[self]


_BEST = {
    Depth.OXUM: Verdict.SIZES_MATCH,
    Depth.COMPLETE: Verdict.COMPLETE,
    Depth.FIXITY: Verdict.VALID,
    Depth.DERIVATION: Verdict.VALID,
    Depth.REPRODUCTION: Verdict.VALID,
}
