from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.quoting.folding import Liberty, folded, folded_and_tracked, liberties
from archive.quoting.searching import PIECE, Likeness, Part, places

_CHARACTERS = st.text(
    st.sampled_from(list("aé\u0301\u0327e각각 \n\t\u00a0\u2009“”'`´«»--–—\u2011\u00ad\u200bﬁ…½½\u0958")), max_size=30
)


@given(_CHARACTERS)
def test_folding_and_tracked_folding_are_the_same(text: str) -> None:
    assert folded_and_tracked(text).text == folded(text)


@given(_CHARACTERS, st.data())
def test_a_part_of_a_text_is_found_as_it_is(text: str, data: st.DataObject) -> None:
    words = text.split()
    if not words:
        return
    quotation = data.draw(st.sampled_from(words))
    if folded(quotation):
        found = places([" ".join(words)], quotation)
        assert any(one.is_divided_alike for one in found)


@pytest.mark.parametrize(
    ("text", "quotation", "forgiven"),
    [
        ("He said so.", "said so", ()),
        ("He  said so.", "said\nso", (Liberty.SPACES,)),
        ("It’s so.", "It's so", (Liberty.MARKS,)),
        ("a “well–known” case", 'a "well-known" case', (Liberty.MARKS, Liberty.DASHES)),
        ("one -- two", "one — two", (Liberty.DASHES,)),
        ("café", "cafe\u0301", (Liberty.FORM,)),
        ("in\u00adterest", "interest", (Liberty.INVISIBLE,)),
        ("중국에서 온", "중국 에서 온", (Liberty.DIVISION,)),
        ("one—two", "one – two", (Liberty.DASHES, Liberty.DIVISION)),
        ("그는 ‘예’라고", "그는 '예' 라고", (Liberty.MARKS, Liberty.DIVISION)),
    ],
)
def test_what_is_forgiven_is_said(text: str, quotation: str, forgiven: tuple[Liberty, ...]) -> None:
    (found,) = places([text], quotation)
    assert found.forgiven == forgiven


def test_case_and_words_are_not_forgiven() -> None:
    assert places(["He said so."], "he said") == []
    assert places(["He said so."], " \n") == []


def test_two_liberties_that_do_the_same_are_said() -> None:
    # A no-break hyphen becomes a hyphen by normalisation and by the table of dashes alike.
    assert liberties("a\u2011b", "a\u2010b") == (Liberty.DASHES,)
    assert liberties("＂", '"') == (Liberty.MARKS,)


def test_a_quotation_is_found_across_passages() -> None:
    (found,) = places(["One two.", "Three.", "Four five."], "two. Three. Four")
    assert found.parts == (Part(0, 4, 8), Part(1, 0, 6), Part(2, 0, 4))
    assert found.forgiven == (Liberty.SPACES,)
    (found,) = places(["One", "", "two"], "One two")
    assert found.parts == (Part(0, 0, 3), Part(2, 0, 3))


def test_every_place_is_given_and_words_divided_alike_come_first() -> None:
    assert [one.parts[0].start for one in places(["so it is so"], "so")] == [0, 9]
    assert len(places(["now here", "nowhere"], "now here")) == 1
    assert len(places(["nowhere"], "now here")) == 1


def test_long_texts_are_searched_in_pieces() -> None:
    text = " ".join(f"w{number}" for number in range(4000))
    assert len(text) > 4 * PIECE
    for quotation in ("w0 w1", "w812 w813 w814", "w3999", text):
        (found,) = places([text], quotation)
        assert [text[part.start : part.end] for part in found.parts] == [quotation]
    unbroken = "x" * (2 * PIECE) + "y"
    assert places([unbroken], "xy")[0].parts == (Part(0, 2 * PIECE - 1, 2 * PIECE + 1),)


def test_likeness_grows_with_what_is_in_common() -> None:
    likeness = Likeness("a long cold winter came")
    assert likeness.of("a long cold winter came") == 1
    assert likeness.of("xyz") == 0
    assert 0 < likeness.of("a long warm summer came") < likeness.of("a long cold winter went")
    assert Likeness("").of("x") == 0
    assert Likeness("ab").of("cab") == 1
    assert Likeness("word " * 1000).of("word word") > 0.9
