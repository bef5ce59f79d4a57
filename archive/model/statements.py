"""A statement: one value found for one field, and who or what said so where."""

from __future__ import annotations

from typing import Any, NamedTuple

from archive.model.fields import Source

OVERRULED = "another source or place counts for more"
MALFORMED = "it is not in the form that the field needs"
PLACEHOLDER = "programs write this day where nobody has given one"
AFTER_CAPTURE = "it is later than the capture"
FOR_PEOPLE = "no file decides this about itself"
"""Reasons why a value is not used, beside those for which readers set values aside."""
OF_MANY = 1 << 20
"""Added to the rank of what is said of a container, where it stands for a document in it."""


class Statement(NamedTuple):
    """What one source says of one field; a named tuple, as passages are (`archive.model.passages`).

    Attributes:
        field: a name of `archive.model.fields.FIELDS`.
        value: the value as text; a list is one statement for each value.
        source: which of the five places.
        agent: who or what said so: a role for people (`archivist`), name and version for a program's step.
        file: a payload path (`data/submission/metadata.csv`), or an empty string.
        locator: the place in the file: `cell=4,2` (RFC 7111), a JSON pointer, `bytes=120-164`, `page=3`.
        used: whether the record keeps this value.
        rank: order within one source, 0 first: a value of a higher rank counts only for fields that no lower rank
            states (the row of a folder yields to the row of a file). It is no part of the record.
        reason: why it is not used, in a few words; empty where it is, or where nobody has judged yet.
    """

    field: str
    value: str
    source: Source
    agent: str
    file: str
    locator: str
    used: bool = False
    rank: int = 0
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """The statement as the record schema has it."""
        return {
            "field": self.field,
            "value": self.value,
            "source": self.source.value,
            "agent": self.agent,
            "file": self.file,
            "locator": self.locator,
            "used": self.used,
            "reason": self.reason,
        }
