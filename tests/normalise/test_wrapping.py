from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from archive.model.blocks import Reading
from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named
from archive.normalise.wrapping import begins, is_apart, is_row, runs_on

Read = Callable[[bytes], Reading]
LONG = "The boats came home before the storm, and nobody was lost, although the harbour master had feared it. " * 3


def texts(read: Read, text: str) -> list[str]:
    return [passage.text for passage in normalise(read(text.encode()), recipe_named("default")).passages]


@pytest.mark.parametrize(
    "text",
    [
        "- one",
        "2.1 Wells",
        "[3] See above.",
        "Q. Where?",
        "Interviewer: Go on.",
        "면담자: 예",
        "Mr. ODELL. Four.",
        "> why",
        "(a) x",
    ],
)
def test_what_begins_something(text: str) -> None:
    assert begins(text)


@pytest.mark.parametrize("text", ["and went home", "The boats, which came", "12 boats came home"])
def test_what_begins_nothing(text: str) -> None:
    assert not begins(text)


def test_rows_of_tables_have_three_columns() -> None:
    assert is_row("Northolm      812     790")
    assert not is_row("Agnes Vik          Claimant")
    assert is_apart("Agnes Vik          Claimant")
    assert is_apart("(Applause.)")
    assert not is_apart(
        "(He paused for a while, and then he went on as if nothing had been said at all by anyone in the room.)"
    )


def test_what_runs_on() -> None:
    assert runs_on("the boats that came", "home before the storm")
    assert runs_on("LARGE NUMBERS OF", "BOATS CAME")
    assert not runs_on("the boats came home.", "and so on")
    assert not runs_on("the boats came", "Home at last")
    assert not runs_on("he said:", "no")


def test_a_few_wrapped_lines_are_joined_in_a_short_letter(read: Read) -> None:
    letter = "Dear Ines,\n\nThe gloves were gone when I came to fetch the box, but\nthe tea was there.\n\nYours,\nTom"
    assert "The gloves were gone when I came to fetch the box, but the tea was there." in texts(read, letter)


def test_two_lines_that_may_be_verse_stay_apart(read: Read) -> None:
    assert len(texts(read, "the river keeps no count\nof what it carried off")) == 2


def test_a_wrapped_block_in_a_text_of_long_lines(read: Read) -> None:
    wrapped = textwrap.fill(LONG, 60)
    assert texts(read, f"{LONG}\n\n{wrapped}\n\n{LONG}") == [LONG.strip()] * 3


def test_lines_that_a_typist_broke(read: Read) -> None:
    lines = [
        "We went down to the harbour in the morning and counted what was",
        "left of the nets that the storm had torn and the boys",
        "had carried up to the wall. There were nine of them, and one",
        "was ours, with my father's mark on the float and a hole",
        "that a dog could have walked through, as my uncle said, who",
        "had no nets of his own and never had any in his life,",
        "for as long as anybody in the village could remember him.",
    ]
    assert texts(read, "\n".join(lines)) == [" ".join(lines)]


def test_turns_of_a_conversation_stay_apart_in_wrapped_text(read: Read) -> None:
    first = textwrap.fill("Q. " + LONG, 60)
    assert len(texts(read, f"{first}\nA. No.\nQ. Never?\nA. Never.")) == 4


def test_deeper_lines_begin_a_paragraph_and_hang_from_an_item(read: Read) -> None:
    paragraph = textwrap.fill(LONG, 60, initial_indent="   ")
    assert texts(read, f"{paragraph}\n{paragraph}") == [LONG.strip()] * 2
    assert texts(read, "* papers for those\n  born here\n* water") == ["* papers for those born here", "* water"]


def test_divided_words_are_the_rest_of_a_line(read: Read) -> None:
    text = textwrap.fill(LONG, 60) + "\nand then the wa-\nter rose.\n"
    assert texts(read, text)[-1].endswith("wa- ter rose.")


def test_a_dash_at_the_beginning_of_a_full_line(read: Read) -> None:
    text = (
        "The house by the river in which we had lived for so long – so my mother told us every evening – had been sold "
        "to a man from the town, who paid for it with a cow and with 12 geese, and the rest he still owes us."
    )
    lines = textwrap.wrap(text, 56)
    assert any(line.startswith("–") for line in lines)
    assert texts(read, "\n".join([*lines, "", *lines])) == [text] * 2
