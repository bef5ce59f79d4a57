from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.model.blocks import Reading
from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named

Read = Callable[[bytes], Reading]
PROSE = "Here is a sentence of running text about boats, and it goes on for quite a while before it ends."


def kept(read: Read, *lines: str) -> list[str]:
    passages = normalise(read("\n\n".join(lines).encode()), recipe_named("default")).passages
    return [passage.text for passage in passages if passage.kept]


def test_comments_end_the_document(read: Read) -> None:
    assert "I do not agree with any of it, " not in " ".join(
        kept(
            read,
            PROSE,
            PROSE,
            PROSE,
            "3 comments",
            "I do not agree with any of it, and I say so every time that I am asked to.",
        )
    )


def test_comments_counted_above_the_text_do_not(read: Read) -> None:
    assert kept(read, "Boats of the northern shore", "3 comments", PROSE, PROSE)[-1] == PROSE


def test_a_box_of_other_documents_within_the_text(read: Read) -> None:
    long = PROSE * 4
    texts = kept(read, long, "Read also", "Bakers fined over loaves", long, long)
    assert "Bakers fined over loaves" not in texts
    assert texts.count(long) == 3


def test_a_box_of_other_documents_late_in_a_text_of_short_paragraphs(read: Read) -> None:
    other = "Nobody had told the crew of it, he said, and so they all stayed in the harbour of the town."
    texts = kept(read, *[PROSE] * 6, "Read also", "Bakers fined over loaves", *[PROSE, other] * 2)
    assert "Bakers fined over loaves" not in texts
    assert texts[-1] == other


def test_lines_alone_are_kept(read: Read) -> None:
    assert kept(read, "One", "Two", "Three") == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    "lines",
    [
        ("Hello there, this is a document.",),
        ("Hello there, this is a document.", "Second line.", "Third."),
        ("First short line", "Hello there, this is a document.", "Third.", "2013"),
        ("Hello there, this is a document.", "Third."),
        (PROSE, "Third.", "ok"),
        ("Yes.", "No.", "I do not know.", "We left at night."),
    ],
)
def test_a_few_lines_are_kept_as_they_are(read: Read, lines: tuple[str, ...]) -> None:
    for between in ("\n", "\n\n"):
        passages = normalise(read(between.join(lines).encode()), recipe_named("default")).passages
        assert "\n".join(passage.text for passage in passages) == "\n".join(lines)
        assert {(passage.kept, passage.kind.value) for passage in passages} == {(True, "body")}


def test_of_a_few_lines_clear_furniture_is_dropped(read: Read) -> None:
    lines = ("Share", "Hello there, this is a document.", "Third.", "© 2013 Example. All rights reserved.")
    assert kept(read, *lines) == list(lines[1:3])


def test_a_list_and_a_poem_end_a_text(read: Read) -> None:
    lines = (
        PROSE,
        PROSE,
        "- the first boat",
        "- the second boat",
        "- the third boat",
        "Boats are long,",
        "the shore is grey,",
        "and all of them",
        "will leave today.",
    )
    assert kept(read, "Boats of the northern shore", *lines)[1:] == [*lines]
