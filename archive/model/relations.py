"""How documents stand to one another: the relations of a record, and the group that duplicates share.

A relation is read as a sentence: this document is a `relation` (of, to) its target.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

SAME_BYTES, SAME_TEXT, NEAR_DUPLICATE = "same-bytes", "same-text", "near-duplicate"
FOUND = (SAME_BYTES, SAME_TEXT, NEAR_DUPLICATE)
"""The relations that packing finds, the surest first."""
STATED = {
    "translation_of": "translation-of",
    "version_of": "version-of",
    "syndicated_from": "syndicated-from",
    "quotes_from": "quotes",
    "is_part_of": "part-of",
    "source": "derived-from",
}
"""Fields whose values state a relation, with its name."""
FREE = frozenset({"is_part_of", "source"})
"""Those of `STATED` that may as well hold words ('Border series'), which are then no relation."""
URI = re.compile(r"(?:https?|urn|info|ark|doi|hdl):[^\s\u0000-\u0020]+", re.IGNORECASE)
"""What is taken for a URI where a document may be named as well: of schemes that name documents."""
RELATIONS = (*FOUND, *STATED.values())


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a document.

    Attributes:
        relation: one of `RELATIONS`.
        target: the identifier of the other document as it is stated, or a URI.
        target_type: `document` or `uri`.
        score: how alike the texts are, as a decimal from 0 to 1; None where a person states the relation.
        basis: the field that states it, or the method and its version.
    """

    relation: str
    target: str
    target_type: str
    score: str | None
    basis: str

    def as_json(self) -> dict[str, Any]:
        """The relation as the record schema has it."""
        return {
            "relation": self.relation,
            "target": self.target,
            "target_type": self.target_type,
            "score": self.score,
            "basis": self.basis,
        }


def own_group(text_sha256: str | None, bytes_sha256: str) -> str:
    """The duplicate group of a document that has no duplicate: from its text, or without text from its bytes.

    >>> own_group(None, "ab" * 32)
    'gabababababababababababab'
    """
    return "g" + (text_sha256 or bytes_sha256)[:24]
