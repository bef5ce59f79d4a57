from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from archive.normalise.phrase_index import PLAIN_WORD, words_of

PUNCTUATION_TO_SPACES = {ord(sign): " " for sign in string.punctuation}


@given(st.text(st.sampled_from("aZ9_ -'.é가中’“\x1f\u00ad\u3000"), max_size=30))
def test_words_are_runs_of_letters_and_digits(text: str) -> None:
    expected = text.translate(PUNCTUATION_TO_SPACES).split() if text.isascii() else PLAIN_WORD.findall(text)
    assert words_of(text) == expected
