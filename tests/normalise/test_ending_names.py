"""Names at the end of a page, and in what it only shows: which of them are authors."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.model.blocks import Reading
from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named
from archive.sources import read as read_file

Read = Callable[[bytes], Reading]
PROSE = "The ferry left at noon and nobody on the quay had heard of the storm that was to come that night. " * 2
TOP = ["Home", "News", "Contact", "Search", "Ferry in the storm", PROSE, PROSE]


def authors(reading: Reading) -> list[str]:
    found = normalise(reading, recipe_named("default")).observations
    return [one.value for one in found if one.field == "creators"]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["Ada Quill", "Share on Facebook", "Comments"], ["Ada Quill"]),
        (["Author", "Ada Quill", "Share on Facebook", "Comments"], ["Ada Quill"]),
        (["Autor*in", "Ada Quill", "Comments"], ["Ada Quill"]),
        (["Topics", "Short Hair", "Comments"], []),
        (["Hairstyles", "Short Hair", "Longer Hair", "Comments"], []),
        (["Address", "Oar Messe", "Messeplatz 1", "Comments"], []),
    ],
)
def test_a_name_in_a_row_of_short_lines_is_no_author(read: Read, lines: list[str], found: list[str]) -> None:
    assert authors(read("\n".join([*TOP, *lines, "Privacy policy", "All rights reserved"]).encode())) == found


def test_names_in_examples_and_in_what_is_quoted_are_no_authors() -> None:
    page = f"<html><body><h1>Ferry in the storm</h1>{{}}<p>{PROSE}</p><p>{PROSE}</p></body></html>"
    assert authors(read_file("page.html", page.format("<p>By Ada Quill</p>").encode())) == ["Ada Quill"]
    for shown in ("<pre>Author: Ada Quill</pre>", "<blockquote><p>By Ada Quill</p></blockquote>"):
        assert authors(read_file("page.html", page.format(shown).encode())) == []
    whole = f"<html><body><pre>Ferry in the storm\n\nBy Ada Quill\n\n{PROSE}\n\n{PROSE}</pre></body></html>"
    assert authors(read_file("page.html", whole.encode())) == ["Ada Quill"]


def test_a_long_title_over_a_subtitle_and_an_author_is_no_running_text(read: Read) -> None:
    title = "The ferry that nobody wanted any more: how a village by the river came to build another one by itself"
    lead = "For three years the people of the ford waited for a new boat, and then they began to build."
    lines = ["Home", "News", "Contact", "Search", title, lead, "By Ada Quill | 3 May 2011", PROSE, PROSE]
    found = normalise(read("\n".join(lines).encode()), recipe_named("default")).observations
    assert {one.field: one.value for one in found if one.field in {"title", "creators", "date_issued"}} == {
        "title": title,
        "creators": "Ada Quill",
        "date_issued": "2011-05-03",
    }
