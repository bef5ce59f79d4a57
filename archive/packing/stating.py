"""What metadata states of how a document stands to others, as relations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from archive.model.codes import finding
from archive.model.findings import Finding
from archive.model.relations import FREE, STATED, URI, Relation


def stated_relations(
    record: Mapping[str, Any], known: Collection[str]
) -> Iterator[tuple[Relation, tuple[Finding, ...]]]:
    """The relations that the metadata of a record states, with what is to be said of each.

    A value that names no document of the bag and is no URI is kept, and said; but in the fields that may hold words
    (`source`, `is_part_of`) it is no relation.

    Args:
        record: of the document.
        known: the identifiers of all documents of the bag.
    """
    own = record["document_id"]
    for field, relation in STATED.items():
        for value in _values(record["metadata"].get(field)):
            is_known = value in known and value != own
            if not is_known and URI.fullmatch(value):
                yield Relation(relation, value, "uri", None, field), ()
            elif is_known or field not in FREE:
                wrong = () if is_known else (_unknown(own, field, value),)
                yield Relation(relation, value, "document", None, field), wrong


def _values(said: Any) -> tuple[str, ...]:
    return () if said is None else (said,) if isinstance(said, str) else tuple(said)


def _unknown(own: str, field: str, value: str) -> Finding:
    expected = "another document than itself" if value == own else "the identifier of a document of this bag, or a URI"
    return finding("relation.unknown-target", document=own, found=f"{field}: {value[:80]}", expected=expected)
