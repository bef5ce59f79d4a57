from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.model.blocks import Reading
from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named

Read = Callable[[bytes], Reading]
PROSE = "Here is a sentence of running text about boats, and it goes on for quite a while before it ends."


def kept(read: Read, *lines: str, gap: str = "\n") -> list[str]:
    passages = normalise(read(gap.join(lines).encode()), recipe_named("default")).passages
    return [passage.text for passage in passages if passage.kept]


def test_all_of_a_text_without_furniture_is_its_own(read: Read) -> None:
    lines = [
        "Northolm",
        "Autumn",
        "Friends,",
        "I was there.",
        "Help.",
        "Contact was lost in the winter.",
        PROSE,
        "Elin",
    ]
    assert kept(read, *lines) == lines


def test_furniture_at_the_edges_of_a_text_goes_and_stays_within(read: Read) -> None:
    lines = ["Menu", "The boat was late.", "Home", "Nobody knew.", "We went back.", PROSE]
    assert kept(read, *lines) == lines[1:]


@pytest.mark.parametrize("line", ["Advertisement", "Page 3 of 9", "광고", "-----------"])
def test_what_breaks_into_any_text(read: Read, line: str) -> None:
    assert line not in kept(read, "The boat was late.", "Nobody knew.", line, "We went back.", PROSE)


def test_a_page_is_told_by_one_telling_line_or_several(read: Read) -> None:
    body = ["Boats of the northern shore", PROSE, PROSE, PROSE]
    other = ["Nets", "Sails", "Ropes", "Weather map"]
    assert "Sails" not in kept(read, *other, *body, "Back to top")
    assert "Sails" in kept(read, *other, *body)


def test_notes_keep_something(read: Read) -> None:
    assert kept(read, "Contact") == ["Contact"]
    assert kept(read, "Call Marta.", "Share") == ["Call Marta."]


def test_sentences_that_read_as_furniture_stay_in_running_text(read: Read) -> None:
    said = "She wrote to me on Facebook after nine years."
    page = [
        "Home",
        "Log in",
        "Skip to content",
        "Nine years",
        PROSE,
        PROSE,
        said,
        PROSE,
        "Share this",
        "Privacy policy",
    ]
    assert said in kept(read, *page)
    assert said not in kept(read, *page[:7], "Sign up", *page[8:])


def test_far_below_a_long_text_a_short_one_is_not_kept(read: Read) -> None:
    boxes = ["Share this", "Related articles", "Log in", "Privacy policy"]
    after = "This is a passage of some length about the people who run the place and what they do in winter there."
    assert after not in kept(read, "Home", "Boats of the north", *[PROSE] * 9, *boxes, after, "Terms of use")
    assert after in kept(read, "Home", "Boats of the north", *[PROSE] * 9, "Share this", after, "Terms of use")


def test_a_list_within_a_text_and_who_signs_it_are_kept(read: Read) -> None:
    names = [f"Boat number {word}" for word in ("one", "two", "three", "four", "five", "six")]
    found = kept(
        read, "Home", "Skip to content", PROSE, PROSE, *names, PROSE, PROSE, "The harbour committee", "Share this"
    )
    assert set(names) <= set(found)
    assert "The harbour committee" in found


def test_rows_of_headlines_are_not_kept(read: Read) -> None:
    heads = [
        f"The council of {place} meets again about the price of bread"
        for place in ("Tarn", "Holm", "Vik", "Aas", "Lund")
    ]
    found = kept(read, "Home", "Skip to content", PROSE, PROSE, PROSE, "Share this", *heads, "Privacy policy")
    assert not set(heads) & set(found)


def test_a_sentence_that_the_title_quotes_stays(read: Read) -> None:
    page = [
        "Home",
        "Skip to content",
        '"They counted the boats"',
        "By Ada Quill",
        PROSE,
        "They counted the boats.",
        PROSE,
    ]
    assert kept(read, *page, "Share this")[-2:] == ["They counted the boats.", PROSE]


def test_a_remark_in_brackets_stays_in_a_conversation(read: Read) -> None:
    page = ["Home", "Skip to content", PROSE, "Q: Why?", "[Pause]", "A: Because.", PROSE, "Share this", "[Print]"]
    assert "[Pause]" in kept(read, *page)
    assert "[Print]" not in kept(read, *page)
