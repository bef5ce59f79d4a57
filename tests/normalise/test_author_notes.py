from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.model.blocks import Reading
from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named

Read = Callable[[bytes], Reading]
PROSE = "Here is a sentence of running text about boats, and it goes on for quite a while before it ends."
NOTE = "Ada Quill is a freelance journalist who has sailed along the northern coast for eleven years by now."
FURNITURE = ["Privacy policy", "Subscribe to our newsletter"]


def kept(read: Read, *lines: str) -> list[str]:
    passages = normalise(read("\n\n".join(lines).encode()), recipe_named("default")).passages
    return [passage.text for passage in passages if passage.kept]


@pytest.mark.parametrize(
    "heading", ["About the author", "Über die Autorin", "About Ada Quill", "筆者紹介", "필자 소개"]
)
def test_a_note_under_its_heading(heading: str, read: Read) -> None:
    texts = kept(read, "Boats of the north", *[PROSE] * 5, heading, NOTE, *FURNITURE)
    assert NOTE not in texts
    assert texts.count(PROSE) == 5


@pytest.mark.parametrize("above", ["Ada Quill", "Reporter"])
def test_a_note_below_a_name_or_an_office(above: str, read: Read) -> None:
    texts = kept(read, "Boats of the north", *[PROSE] * 5, "Share this", above, NOTE, *FURNITURE)
    assert NOTE not in texts


def test_a_text_about_its_author_stays(read: Read) -> None:
    assert NOTE in kept(read, "About the author", NOTE, "Contact us", *FURNITURE)


def test_a_life_within_the_text_stays(read: Read) -> None:
    texts = kept(read, "Boats of the north", PROSE, "Ada Quill", NOTE, *[PROSE] * 5, *FURNITURE)
    assert NOTE in texts


def test_a_letter_keeps_what_it_says_of_its_writer(read: Read) -> None:
    assert NOTE in kept(read, "Boats of the north", *[PROSE] * 5, "Ada Quill", NOTE)


@pytest.mark.parametrize(
    ("lines", "creators"),
    [
        (["Ada Quill", "Share this"], ["Ada Quill"]),
        (["Ada Quill"], ["Ada Quill"]),
        (["Safe Ordering", "Returns for free", "Share this"], []),
        (["Norway Harbours Ferries Lighthouses", "Share this"], []),
    ],
)
def test_a_name_at_the_end_of_a_page(lines: list[str], creators: list[str], read: Read) -> None:
    text = "\n".join(["Home", *FURNITURE, "Boats of the north", *[PROSE] * 5, *lines])
    observed = normalise(read(text.encode()), recipe_named("default")).observations
    assert [one.value for one in observed if one.field == "creators"] == creators
