"""Reviews and embargoes that have come due, as values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DueDocument:
    """A document whose access level is to be looked at again.

    Attributes:
        document_id: its identifier.
        title: its title, or None.
        access_level: as it is now, whatever the date says: no embargo ends by the clock alone.
        access_reason: why, or None where nobody said.
        review_date: the day from which it is due, as ISO 8601.
    """

    document_id: str
    title: str | None
    access_level: str
    access_reason: str | None
    review_date: str


@dataclass(frozen=True, slots=True)
class DueList:
    """What is due in one bag.

    Attributes:
        path: the folder.
        urn: the identifier of the bag, or None.
        on: the day that was asked about, as ISO 8601.
        documents: what is due by then, the longest overdue first.
        later: how many documents come due after that day.
        undated: how many are not open and have no review date at all.
    """

    path: str
    urn: str | None
    on: str
    documents: tuple[DueDocument, ...] = ()
    later: int = 0
    undated: int = 0

    def as_json(self) -> dict[str, Any]:
        """All attributes under their names, and `verified`, which is false: showing does not verify."""
        return {"verified": False, **asdict(self), "documents": [asdict(one) for one in self.documents]}


@dataclass(frozen=True, slots=True)
class DueShelf:
    """What is due in the bags of a folder.

    Attributes:
        path: the folder.
        on: the day that was asked about, as ISO 8601.
        bags: what is due in each, in order of their names.
        problems: the bags of which nothing can be said, each with why.
    """

    path: str
    on: str
    bags: tuple[DueList, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """All attributes under their names, and `verified`, which is false."""
        return {
            "verified": False,
            "path": self.path,
            "on": self.on,
            "bags": [one.as_json() for one in self.bags],
            "problems": [{"path": path, "problem": problem} for path, problem in self.problems],
        }
