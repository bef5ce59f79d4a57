from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.model.blocks import Reading
from archive.normalise.documents import normalise
from archive.normalise.listings import is_glued, is_in_order
from archive.normalise.recipes import recipe_named

Read = Callable[[bytes], Reading]
PROSE = "Here is a sentence of running text about boats, and it goes on for quite a while before it ends."
MENU = ["Harbour", "Lighthouse", "Rope walk", "Sail loft", "Net store", "Tide tables", "Ferries"]
HEADLINES = [
    "Harbour master counts the winter boats for the last time this year",
    "The lighthouse keeper who painted every wreck upon his kitchen wall",
    "Ferries stop at noon while the pier of the old town is taken apart",
    "Tide tables are drawn by hand again, in an office without a window",
    "A net store burns and nobody in the village can say who was there",
]


def kept(read: Read, *lines: str) -> list[str]:
    passages = normalise(read("\n".join(lines).encode()), recipe_named("default")).passages
    return [passage.text for passage in passages if passage.kept]


def test_a_menu_that_the_page_prints_twice(read: Read) -> None:
    texts = kept(read, "Home", *MENU, "Boats of the north", PROSE, PROSE, PROSE, *MENU, "Subscribe to our newsletter")
    assert set(MENU).isdisjoint(texts)
    assert texts.count(PROSE) == 3


def test_a_refrain_of_a_poem_is_no_menu(read: Read) -> None:
    assert kept(read, *MENU, "and the boats", *MENU, "and the boats").count("Harbour") == 2


def test_figures_are_no_menu(read: Read) -> None:
    figures = [f"{number} boats" for number in range(8)]
    texts = kept(read, "Home", "Boats", PROSE, *figures, PROSE, *figures, PROSE, "Subscribe to our newsletter")
    assert texts.count("3 boats") == 2


def test_headlines_of_others_are_no_text_however_long(read: Read) -> None:
    texts = kept(read, PROSE, PROSE, PROSE, PROSE, "Share this article", *HEADLINES, "Privacy policy")
    assert set(HEADLINES).isdisjoint(texts)


def test_a_question_under_a_heading_over_others(read: Read) -> None:
    texts = kept(read, "Boats of the north", PROSE, PROSE, PROSE, "Related articles", "Who counts the boats?", "Home")
    assert "Who counts the boats?" not in texts


@pytest.mark.parametrize(
    "tags",
    [
        "apples boats coast dunes eels fish gulls harbour islands jetty kelp",
        "Boats, Coast, Eels, Fish, Gulls, Harbour master, Islands",
    ],
)
def test_tags_in_the_order_of_the_alphabet(tags: str, read: Read) -> None:
    assert is_in_order(tags)
    assert tags not in kept(read, "Boats of the north", PROSE, PROSE, tags, "Privacy policy", "Subscribe now")


@pytest.mark.parametrize("line", ["boats and eels", "We saw boats, eels, gulls, an island and a jetty", "a " * 2_000])
def test_what_is_in_no_order(line: str) -> None:
    assert not is_in_order(line)


def test_a_trail_from_the_first_page(read: Read) -> None:
    texts = kept(read, "Start|Magazine|Harbours|Boats", "Boats of the north", PROSE, PROSE, "Privacy policy")
    assert texts == ["Boats of the north", PROSE, PROSE]


def test_a_count_of_replies_heads_the_talk(read: Read) -> None:
    reply = "I do not agree with any of it, and I say so every time that I am asked to."
    texts = kept(
        read, "Skip to content", "Boats", PROSE, PROSE, PROSE, "11 replies to “Boats: still here!”", "Ada", reply, "Top"
    )
    assert reply not in texts


def test_a_menu_on_a_page_with_little_text(read: Read) -> None:
    menu = [f"{word} {other}" for word in ("Sea", "Land", "Sky") for other in ("maps", "birds", "roads", "towns")]
    texts = kept(read, "Home", "News", "Sport", *menu, "Contact", "Videos", "Photos", PROSE, "© 2011 Example Daily")
    assert PROSE in texts
    assert set(menu).isdisjoint(texts)


@pytest.mark.parametrize(
    ("line", "glued"),
    [
        ("All sportsFootballHandballRugbyVolleyball and moreWeather", True),
        ("Boats sail from WordPress to JavaScript and PowerPoint, he said, in a long line", False),
        ("reqHeaders.hasContent(setCookies, newHeaders, oldHeaders)", False),
        ("뉴스Sport신문Weather방송Football일보Handball", False),
    ],
)
def test_points_of_menus_without_a_space_between(line: str, glued: bool) -> None:
    assert is_glued(line) is glued


def test_numbered_headlines_are_a_list_of_other_documents(read: Read) -> None:
    headlines = ["Bakers fined over loaves", "Ferry runs aground again", "Storm closes the harbour"] * 2
    page = [
        "Share",
        PROSE,
        PROSE,
        *[f"{number:02} {line}" for number, line in enumerate(headlines, 1)],
        PROSE,
        "Subscribe to our newsletter",
    ]
    assert kept(read, *page) == [PROSE, PROSE, PROSE]
    own = [
        "Share",
        PROSE,
        PROSE,
        *[f"{number} {line}" for number, line in enumerate(headlines, 1)],
        PROSE,
        "Subscribe to our newsletter",
    ]
    assert len(kept(read, *own)) == len(own) - 2


def test_the_markup_of_advertisements_that_stands_in_a_text(read: Read) -> None:
    advert = "<a href='https://example.org/click'><img src='https://example.org/{}.gif'></a>"
    page = ["Home", PROSE, PROSE, *[advert.format(number) for number in range(3)], PROSE, "Subscribe to our newsletter"]
    assert kept(read, *page) == [PROSE] * 3
