"""Records that were just made, held to their schema, without asking again what was good in another one.

Most of a record is its passages, and most of what stands in a passage follows from its making: digests, places,
numbers, and a text that was encoded when its digest was taken. What a step or a reader said of it is held to the schema
where it was not said before.
"""

from __future__ import annotations

from operator import itemgetter

from archive.model.findings import Finding
from archive.model.records import PassageJson, RecordJson
from archive.schema.validation import Validator

_SAID = itemgetter("language", "projection", "reason", "locator")
"""What is said of a passage in words; it follows from nothing."""
_TEXT, _SPANS = itemgetter("text"), itemgetter("spans")
_MOST_KNOWN = 10_000


class Holding:
    """Holds the records of one process to their schema.

    Args:
        validator: what says whether a record is good, and what is wrong with it.
    """

    def __init__(self, validator: Validator) -> None:
        self._validator = validator
        self._known: set[tuple[str, ...]] = set()

    def check(self, record: RecordJson) -> tuple[Finding, ...]:
        """What is wrong with a record; the same as the validator says.

        Args:
            record: whose passages `archive.model.assembling.passage_entries` has made, beside the files that it made.
        """
        unknown = self._unknown(record["passages"])
        found = self._validator.check(record, record["document_id"], brief={**record, "passages": unknown})
        if unknown and not found:
            if len(self._known) + len(unknown) > _MOST_KNOWN:
                self._known.clear()
            self._known.update(map(_SAID, unknown))
        return found

    def _unknown(self, passages: list[PassageJson]) -> list[PassageJson]:
        """The passages of which something is said that no good record said, or that lack a text or spans."""
        if self._known.issuperset(map(_SAID, passages)) and all(map(_TEXT, passages)) and all(map(_SPANS, passages)):
            return []
        return [one for one in passages if _SAID(one) not in self._known or not (one["text"] and one["spans"])]
