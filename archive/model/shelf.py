"""A folder of many bags in short: a line a bag, and their sums."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ShelfLine:
    """One bag among many, as it states itself; nothing of it was verified.

    Attributes:
        name: of its folder, or of the file that it is packed in.
        ours: whether corpus-archive made it.
        urn: its identifier, or None.
        title: of the corpus, or None.
        version: of the corpus, or None.
        access_level: `open`, `embargoed` or `restricted`, or None.
        documents: how many it holds; 0 for the bag of somebody else.
        passages: and passages.
        payload_files: files of the payload, as Payload-Oxum states them.
        payload_bytes: and their bytes.
        packed_at: when it was packed, or None.
        root_digest: the sha256 of tagmanifest-sha256.txt, or None where there is none.
        problem: why there is no more to say, or an empty string.
    """

    name: str
    ours: bool = False
    urn: str | None = None
    title: str | None = None
    version: str | None = None
    access_level: str | None = None
    documents: int = 0
    passages: int = 0
    payload_files: int = 0
    payload_bytes: int = 0
    packed_at: str | None = None
    root_digest: str | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The bags of a folder, by name.

    Attributes:
        path: the folder.
        bags: in order of their names.
        others: how many things in the folder are no bags.
    """

    path: str
    bags: tuple[ShelfLine, ...]
    others: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """The sums over all bags."""
        names = ("documents", "passages", "payload_files", "payload_bytes")
        sums = {name: sum(getattr(one, name) for one in self.bags) for name in names}
        return {"bags": len(self.bags), "unreadable": sum(bool(one.problem) for one in self.bags), **sums}

    @property
    def verified(self) -> bool:
        """Always False: showing reads and does not verify."""
        return False

    def as_json(self) -> dict[str, Any]:
        """All attributes under their names, the sums, and `verified`."""
        bags = [asdict(one) for one in self.bags]
        return {
            "verified": self.verified,
            "path": self.path,
            "counts": self.counts,
            "bags": bags,
            "others": self.others,
        }
