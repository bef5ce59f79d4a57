"""Withheld words are compared in one way, whether a text is looked through once or character by character."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.packing.withheld_matching import Searched, loosened
from archive.submission.redactions import Redaction

TEXTS = st.text(st.sampled_from("aKı\u0130\u0307ßΐΪ\u0301ς-_\u2010\u00ad \n'\u2019ﬁ김\u1100"), max_size=12)


@settings(max_examples=60)
@given(text=TEXTS)
def test_a_text_is_the_same_with_its_places_known(text: str) -> None:
    assert Searched.of(text).loose.text == loosened(text)


@pytest.mark.parametrize(
    ("text", "words", "is_there"),
    [
        ("by KIM\n\tmina", "Kim Mina", True),
        ("STRASSE", "Straße", True),
        ("by Minas", "MINA", False),
        ("김미나는", "미나", True),
        ("a - b", "-", False),
    ],
)
def test_whole_words_in_whatever_letters(text: str, words: str, *, is_there: bool) -> None:
    assert Searched.of(text).has_whole(words) is is_there


def test_a_prefix_asks_for_the_letters_as_they_are() -> None:
    searched = Searched.of("MINA, by Mina")
    entry = Redaction("a", "b.txt", "Mina", "", "", "identity", 1)
    one = Redaction("a", "b.txt", "Mina", "by", "", "identity", 1)
    assert set(searched.ranges(entry)) == {(0, 4), (9, 13)}
    assert set(searched.ranges(one)) == {(9, 13)}
