"""How alike texts are, and whether their signatures say so."""

from __future__ import annotations

import random
import zlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.normalise import resemblance
from archive.normalise.resemblance import (
    agreement,
    band_keys,
    decimal,
    is_near,
    signature,
    ten_thousandths,
    utf8_words_of,
    words_of,
)

WORDS = [f"word{number}" for number in range(400)]
TEXTS = st.lists(st.sampled_from(WORDS[:12]), max_size=30).map(" ".join)


def shingles(text: str) -> set[tuple[str, ...]]:
    words = list(words_of(text))
    return {tuple(words[at : at + 3]) for at in range(max(1, len(words) - 2))} if words else set()


@given(TEXTS, TEXTS)
def test_resemblance_is_the_share_of_common_shingles(one, other):
    both, either = resemblance.resemblance(one, other)
    assert both == len(shingles(one) & shingles(other))
    assert either == len(shingles(one) | shingles(other))
    assert resemblance.resemblance(other, one) == (both, either)


@given(TEXTS, TEXTS)
def test_long_texts_are_compared_in_parts_with_the_same_outcome(one, other):
    whole = resemblance.resemblance(one, other)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resemblance, "_MOST_SHINGLES", 1)
        assert resemblance.resemblance(one, other) == whole


def test_a_long_text_is_compared_in_parts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(resemblance, "_MOST_SHINGLES", 2)
    assert resemblance.resemblance("one two three four five six", "one two three four five") == (3, 4)
    assert resemblance.resemblance("one two three four five six", "") == (0, 4)


@given(TEXTS)
def test_the_signature_does_not_depend_on_how_much_is_hashed_at_a_time(text):
    whole = signature(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resemblance, "_AT_A_TIME", 4)
        assert signature(text) == whole


ODD_TEXTS = (
    st.text(st.sampled_from("aZ9_ -\n.é가中กั์“”–…ßﬁ\ud800\u0301\u00a0\u3000\u1e9e\u0345"), max_size=40) | st.text()
)


@given(TEXTS | ODD_TEXTS | st.text(st.sampled_from("aZ9_ -\n“”…\x00\x1f")))
def test_words_in_utf8_are_the_same_words(text):
    assert [word.decode("utf-8", "surrogatepass") for word in utf8_words_of(text)] == list(words_of(text))


@given(ODD_TEXTS)
def test_no_word_reaches_over_white_space(text):
    assert [word for token in text.split() for word in words_of(token)] == list(words_of(text))


@given(TEXTS | ODD_TEXTS)
def test_the_signature_is_the_one_of_the_definition(text):
    words = [zlib.crc32(word.encode("utf-8", "surrogatepass")) % 2**16 for word in words_of(text)]
    padded = words + [0] * (3 - len(words))
    least: dict[int, int] = {}
    for a, b, c in zip(padded, padded[1:], padded[2:], strict=False):
        one = (11371 * a + 14895 * b + 20021 * c) % 2**30
        least[one % 128] = min(one, least.get(one % 128, one))
    expected = [
        least[at if at in least else next(other for other in resemblance._detour(at) if other in least)]
        for at in range(128)
    ]
    found = signature(text)
    assert [int.from_bytes(found[at : at + 2], "little") for at in range(0, len(found), 2)] == [
        one // 2**8 % 2**16 for one in expected if words
    ]


def test_tokens_are_remembered_up_to_a_number_and_a_length(monkeypatch):
    numbers = resemblance._Numbers()
    monkeypatch.setattr(resemblance, "_MOST_KNOWN", 2)
    found = {token: numbers[token] for token in ("One,", "two-three", "four", "x" * 33)}
    assert list(numbers) == ["four"]
    assert {token: numbers[token] for token in found} == found
    assert numbers["ONE"] == found["One,"]
    assert len(found["two-three"]) == 8


def test_case_white_space_punctuation_and_width_do_not_matter():
    assert signature("The river, it froze in May.") == signature("the  RIVER it\nfroze—in ｍａｙ")
    assert resemblance.resemblance("The river, it froze.", "the river IT froze") == (2, 2)


def test_scripts_without_spaces_are_read_character_by_character():
    assert list(words_of("他们在河边 ok")) == ["他", "们", "在", "河", "边", "ok"]
    assert list(words_of("두만강을 건넌")) == ["두만강을", "건넌"]
    assert resemblance.resemblance("他们在河边等", "他们在河边") == (3, 4)


@pytest.mark.parametrize("text", ["", " \n", "—…!", "_"])
def test_a_text_without_words_has_no_signature_and_is_like_nothing(text):
    assert signature(text) == b""
    assert band_keys(b"") == b""
    assert not is_near(*resemblance.resemblance(text, text))


@pytest.mark.parametrize("text", ["one", "one two", "one two three"])
def test_a_text_of_few_words_is_one_shingle(text):
    assert resemblance.resemblance(text, text) == (1, 1)
    assert agreement(signed(text), signed(text)) == resemblance.BINS


def test_the_threshold_is_met_by_what_reaches_it():
    assert is_near(4, 5)
    assert not is_near(3_999, 5_000)
    assert decimal(ten_thousandths(79_999, 100_000)) == "0.7999"


def test_a_signature_is_the_same_for_ever():
    assert signature("the river froze in december").hex()[:32] == "bd21804fbd21804fbd21804f804fbd21"


def as_number(one: bytes) -> int:
    return int.from_bytes(one, "little")


def signed(text: str) -> int:
    return as_number(signature(text))


BIN_VALUES = st.lists(st.sampled_from([0, 1, 0x7FFF, 0x8000, 0xFFFF]), min_size=128, max_size=128)


@given(BIN_VALUES, BIN_VALUES)
def test_the_bins_that_agree_are_counted(one, other):
    numbers = [
        int.from_bytes(b"".join(value.to_bytes(2, "little") for value in values), "little") for values in (one, other)
    ]
    assert agreement(*numbers) == sum(a == b for a, b in zip(one, other, strict=True))


def bands(one: bytes) -> set[tuple[int, int]]:
    return set(enumerate(memoryview(band_keys(one)).cast("I")))


def test_likely_pairs_are_found_and_the_estimate_is_near_the_truth():
    chosen = random.Random(7)
    found = near = 0
    for _ in range(150):
        words = chosen.choices(WORDS, k=300)
        other = [chosen.choice(WORDS) if chosen.random() < 0.02 else word for word in words]
        one, two = " ".join(words), " ".join(other)
        both, either = resemblance.resemblance(one, two)
        first, second = signature(one), signature(two)
        estimate = Fraction(agreement(as_number(first), as_number(second)), resemblance.BINS)
        assert abs(estimate - Fraction(both, either)) < Fraction(17, 100)
        if is_near(both, either):
            near += 1
            found += bool(bands(first) & bands(second))
    assert near > 100
    assert found == near


def test_texts_that_have_little_in_common_are_hardly_ever_a_pair():
    chosen = random.Random(8)
    keys = [bands(signature(" ".join(chosen.choices(WORDS, k=300)))) for _ in range(60)]
    assert not any(one & other for at, one in enumerate(keys) for other in keys[:at])
