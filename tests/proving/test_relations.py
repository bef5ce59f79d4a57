"""Relations that cannot be so, as far as one record shows it."""

from __future__ import annotations

from typing import Any

import pytest

from archive.model.relations import Relation, own_group
from archive.proving.relations import relation_findings

SHA = "ab" * 32
STATED = Relation("translation-of", "b", "document", None, "translation_of").as_json()
SAME = Relation("same-text", "b", "document", None, "sha256 of the text").as_json()
NEAR = Relation("near-duplicate", "b", "document", "0.8000", "shingles 2, estimated 0.8").as_json()
OTHER = "g" + "0" * 24


def pointers(*relations: dict[str, Any], group: str = own_group(SHA, SHA), **metadata: Any) -> list[str]:
    record = {
        "document_id": "a",
        "metadata": metadata,
        "text": {"sha256": SHA},
        "relations": relations,
        "duplicate_group": group,
    }
    return [str(one.where.pointer) for one in relation_findings(record)]


def test_what_follows_is_no_finding():
    assert pointers() == []
    assert pointers(STATED, translation_of=["b"], source="words", is_part_of="b") == []
    assert pointers(SAME, NEAR, group=OTHER) == []
    assert pointers({**STATED, "relation": "part-of", "basis": "is_part_of"}, is_part_of="b") == []


@pytest.mark.parametrize(
    ("relation", "metadata"),
    [
        (STATED, {}),
        ({**STATED, "relation": "quotes"}, {"translation_of": ["b"]}),
        ({**STATED, "score": "1"}, {"translation_of": ["b"]}),
        ({**NEAR, "target": "a"}, {}),
        ({**NEAR, "target_type": "uri"}, {}),
        ({**NEAR, "score": None}, {}),
        ({**NEAR, "score": "0.7999"}, {}),
        ({**SAME, "score": "1"}, {}),
        ({**SAME, "relation": "quotes"}, {}),
    ],
)
def test_a_relation_that_cannot_be_so_is_found(relation: dict[str, Any], metadata: dict[str, Any]):
    assert pointers(relation, **metadata) == ["/relations/0"]


def test_a_relation_that_is_stated_and_missing_is_found():
    assert pointers(translation_of=["b"], source="https://example.org/") == ["/relations", "/relations"]


def test_a_document_without_duplicates_has_the_group_of_its_text():
    assert pointers(group=OTHER) == ["/duplicate_group"]
    assert pointers(STATED, group=OTHER, translation_of=["b"]) == ["/duplicate_group"]
