from __future__ import annotations

import pytest

from archive.model.fields import FIELDS
from archive.submission.headers import Kind, meaning_of, nearest, nearest_of


@pytest.mark.parametrize("name", [name for field in FIELDS for name in (field.name, *field.dublin_core)])
def test_every_name_of_a_field_is_known_in_any_case(name: str):
    for written in (name, name.upper(), f" {name} ", name.replace("_", " "), name.replace(".", ":", 1)):
        assert meaning_of(written).kind in {Kind.FIELD, Kind.RIGHTS, Kind.IDENTIFIER}


def test_own_names_do_not_displace_ours():
    assert meaning_of("title", ["title", "box"]).kind is Kind.FIELD
    assert meaning_of(" box ", ["title", "box"]).kind is Kind.ADDITIONAL
    assert meaning_of("Box", ["box"]).kind is Kind.UNKNOWN
    assert meaning_of(" ").kind is Kind.UNNAMED


@pytest.mark.parametrize("name", ["dc.format", "dc.relation", "notes", "shelfmark", "color", "translator", "x"])
def test_strange_names_are_taken_for_none_of_ours(name: str):
    assert nearest(name) is None


def test_the_nearest_does_not_depend_on_order():
    assert nearest_of("aab", ["aac", "aad"]) == nearest_of("aab", ["aad", "aac"])
