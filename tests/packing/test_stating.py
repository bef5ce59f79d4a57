"""What metadata states of other documents."""

from __future__ import annotations

from typing import Any

import pytest

from archive.packing.stating import stated_relations

KNOWN = frozenset({"a", "b", "http://example.org/b"})


def stated(**metadata: Any) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    return [
        (one.relation, one.target, one.target_type, one.basis, tuple(finding.found for finding in wrong))
        for one, wrong in stated_relations({"document_id": "a", "metadata": metadata}, KNOWN)
    ]


@pytest.mark.parametrize(
    ("field", "relation"),
    [
        ("translation_of", "translation-of"),
        ("version_of", "version-of"),
        ("syndicated_from", "syndicated-from"),
        ("quotes_from", "quotes"),
    ],
)
def test_a_field_names_documents_and_uris_and_what_nobody_knows_is_kept_and_said(field, relation):
    assert stated(**{field: ["b", "https://example.org/x", "gone.txt"]}) == [
        (relation, "b", "document", field, ()),
        (relation, "https://example.org/x", "uri", field, ()),
        (relation, "gone.txt", "document", field, (f"{field}: gone.txt",)),
    ]


@pytest.mark.parametrize(("field", "relation"), [("is_part_of", "part-of"), ("source", "derived-from")])
def test_words_are_no_relation_where_words_may_stand(field, relation):
    assert stated(**{field: "Border series"}) == []
    assert stated(**{field: "a"}) == []
    assert stated(**{field: "b"}) == [(relation, "b", "document", field, ())]
    assert stated(**{field: "urn:isbn:0"}) == [(relation, "urn:isbn:0", "uri", field, ())]


def test_a_document_whose_identifier_is_a_uri_is_a_document():
    assert stated(source="http://example.org/b")[0][2] == "document"


def test_a_document_stands_in_no_relation_to_itself():
    ((_, target, kind, _, said),) = stated(translation_of=["a"])
    assert (target, kind, said) == ("a", "document", ("translation_of: a",))
