"""Texts of which each is compared with several others: the same answers as if each pair were compared by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.normalise import shared_shingles
from archive.normalise.resemblance import resemblance
from archive.normalise.shared_shingles import SharedShingles

WORDS = st.sampled_from(["the", "River", "froze", "in", "2011", "“and”", "강을", "他们", "É", "\ud800x"])
TEXTS = st.lists(WORDS, max_size=9).map(" ".join)
COPIES = st.tuples(st.lists(WORDS, min_size=12, max_size=20), st.integers(0, 11), WORDS).map(
    lambda drawn: " ".join([*drawn[0][: drawn[1]], drawn[2], *drawn[0][drawn[1] + 1 :]])
)
BOUNDS = st.fixed_dictionaries({
    "_MOST_WORDS": st.sampled_from([0, 3, 100]),
    "_MOST_SHINGLES": st.sampled_from([0, 40, 1000]),
    "_LONGEST": st.sampled_from([20, 1000]),
})  # fmt: skip


@given(st.lists(TEXTS | COPIES, min_size=1, max_size=6), BOUNDS)
def test_the_answers_are_those_of_each_pair_by_itself(texts, bounds):
    with pytest.MonkeyPatch.context() as patch:
        for name, value in bounds.items():
            patch.setattr(shared_shingles, name, value)
        shared = SharedShingles(texts.__getitem__)
        everyone = range(len(texts))
        for one in (*everyone, *reversed(everyone)):
            plain = [resemblance(texts[one], text) for text in texts]
            assert list(shared.resemblances(one, everyone)) == plain


def test_copies_of_a_text_are_held_as_what_they_differ_in():
    text = " ".join(f"word{number}" for number in range(200))
    texts = [text, text.replace("word7 ", "other "), "Something else, by itself."]
    shared = SharedShingles(texts.__getitem__)
    assert list(shared.resemblances(1, [0, 2])) == [(195, 201), (0, 200)]
    assert [len(one.own) + len(one.missing) for one in shared._held.values()] == [0, 6, 0]


def test_more_words_than_numbers_have_room_for_are_no_fault(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shared_shingles, "_BITS", 3)
    texts = ["one two three four", "one two three four five six seven eight nine ten", "one two three"]
    assert list(SharedShingles(texts.__getitem__).resemblances(0, [1, 2])) == [(2, 8), (1, 2)]


def test_what_is_held_stays_within_its_bound(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shared_shingles, "_MOST_SHINGLES", 100)
    texts = [" ".join(f"w{number}x{place}" for place in range(20)) for number in range(30)]
    shared = SharedShingles(texts.__getitem__)
    assert set(shared.resemblances(0, range(1, 30))) == {(0, 36)}
    assert shared._weight == sum(one.weight for one in shared._held.values()) <= 100


@pytest.mark.parametrize(("bound", "value"), [("_MOST_WORDS", 2), ("_LONGEST", 20), ("_MOST_SHINGLES", 17)])
def test_no_bound_shows_in_the_answers(monkeypatch: pytest.MonkeyPatch, bound: str, value: int):
    monkeypatch.setattr(shared_shingles, bound, value)
    texts = ["", "one two three four five six", "one two three four five", "one", "six five four"]
    shared = SharedShingles(texts.__getitem__)
    for one in range(len(texts)):
        assert list(shared.resemblances(one, range(5))) == [resemblance(texts[one], text) for text in texts]
