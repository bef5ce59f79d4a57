"""One call of `pack`: what all of its access levels share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from archive.bags.profiles.profile import Profile
from archive.model.fields import AccessLevel
from archive.model.findings import errors_in
from archive.operations.lineage import Lineage
from archive.packing.corpus import Opened, Work
from archive.packing.identity import bag_name


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked for, and of what corpus.

    Attributes:
        corpus: as it was opened.
        lineage: what comes before the bags that are to be packed.
        to: the folder in which they appear.
        name: of a bag's folder, or None for the usual one.
        rejected: `allow` where the rest is packed when documents are rejected, `stop` where nothing is.
        judge: `auto`, or `always` where the reference implementation is asked about bags of any size.
        work: how the corpus is worked through.
        profile: the BagIt profile that the bags are to meet beside our own, or None.
    """

    corpus: Opened
    lineage: Lineage
    to: Path
    name: str | None
    rejected: Literal["stop", "allow"]
    judge: Literal["auto", "always"]
    work: Work
    profile: Profile | None = None

    @property
    def may_publish(self) -> bool:
        """Whether what is known of the corpus lets anything be published."""
        return self.corpus.is_fit if self.rejected == "allow" else not errors_in(self.corpus.findings)

    def target(self, level: AccessLevel) -> Path:
        """Where the bag of a level is to appear."""
        return self.to / bag_name(self.corpus.submission.corpus, level, self.name, self.work.holds)
