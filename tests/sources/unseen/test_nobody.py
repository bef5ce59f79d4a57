"""What is nobody's name is so wherever it stands."""

from __future__ import annotations

import pytest

from archive.model.spans import Layer
from archive.sources.protocol import TextInput
from archive.sources.unseen.markup import hidden_in_markup
from archive.sources.unseen.nobody import NOBODY, OF_SYSTEMS
from archive.sources.unseen.people import People
from archive.sources.unseen.userpaths import users_in


def people_in(name: str) -> list[str]:
    """Where a name is taken for that of a person."""
    people = People("a.docx")
    people.add("properties", name)
    page = f"<!--[if gte mso 9]><xml><o:Author>{name}</o:Author></xml><![endif]-->".encode()
    found = list(people.kinds())
    found += ["markup"] * len(list(hidden_in_markup(TextInput(Layer(None, "utf-8", page), 0, "a.html"))))
    found += ["path"] * len(list(users_in(rf"C:\Users\{name}\a".encode())))
    return found


@pytest.mark.parametrize(
    "name", ["Microsoft Office User", "Windows User", "python-docx", "Your Name", "Public", "Unknown Author", " "]
)
def test_nobody_is_nobody_everywhere(name: str) -> None:
    assert people_in(name) == []


def test_somebody_is_somebody_everywhere() -> None:
    assert people_in("Ada Quill") == ["properties", "markup", "path"]


def test_names_are_in_lower_case_and_accounts_of_systems_are_further_ones() -> None:
    assert all(name == name.casefold() for name in OF_SYSTEMS)
    assert NOBODY < OF_SYSTEMS
    assert people_in("ubuntu") == ["properties", "markup", "path"]
