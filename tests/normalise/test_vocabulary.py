from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.normalise.assembling import AssembleLines
from archive.normalise.draft import Unit
from archive.normalise.folding import fold
from archive.normalise.phrase_index import Spotter, Wording
from archive.normalise.phrases import REASONS, phrase_of
from archive.normalise.shapes import ends_as_sentence, is_prose, weight_of
from archive.normalise.vocabulary import ADDRESSES, LONGEST_ALONE, parse, vocabulary


def unit(text: str) -> Unit:
    weight = weight_of(text)
    is_sentence = ends_as_sentence(text)
    is_running = is_prose(text, weight, is_sentence=is_sentence)
    return Unit((), text, weight=weight, is_sentence=is_sentence, is_prose=is_running)


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("Share", "alone"),
        ("Share | Tweet | Print", "parts"),
        ("print email print", "words"),
        ("12 Comments", "talk"),
        ("Kommentare (5)", "talk"),
        ("Related articles", "others"),
        ("관련기사", "others"),
        ("###", "stop"),
        ("//", "symbols"),
        ("(END)", "stop"),
        ("Politics", "section"),
        ("Home > Region > Letters", "begins"),
        ("2011", ""),
        ("Yes.", ""),
        ("Subscribe to our channel", "begins"),
        ("https://example.org/a/b", "address"),
        ("无断转载请注明出处", "contains"),
        ("All rights reserved by the harbour office of the town", "contains"),
        ("Sport · Kultur · Menü", "parts"),
        ("Search for survivors went on through the night in the harbour.", ""),
        ("Joy in the harbour", ""),
    ],
)
def test_phrases(line: str, phrase: str) -> None:
    found = phrase_of(unit(line), fold(line), vocabulary())
    assert found == phrase
    assert not found or REASONS[found]


def test_every_phrase_is_written_as_lines_are_folded() -> None:
    words = vocabulary()
    for phrase in words.alone | words.sections:
        assert fold(phrase) == phrase
    assert len(words.digest) == 64


def test_a_file_without_its_tables_is_refused() -> None:
    with pytest.raises(KeyError):
        parse(b"[alone]\n")


def test_a_long_line_is_not_made_of_parts() -> None:
    assert not vocabulary().is_made_of_parts("Home | Contact | " * 30)


def test_the_step_that_assembles_has_settings() -> None:
    assert AssembleLines(widest=90) != AssembleLines()


WORDS = vocabulary()
PHRASES = [
    phrase
    for some in (WORDS.contains, WORDS.hints, WORDS.captions, WORDS.asides)
    for phrases in some.values()
    for phrase in phrases
]
ODD = ["로그인", "图片来源", "the", "in", "photo", "your", "x's", "é", "’", ",", "-", "_", "\x1f", "\x7f", "ß"]
LINES = st.tuples(st.sampled_from(["", " ", "s "]), st.lists(st.sampled_from([*PHRASES, *ODD]), max_size=3)).map(
    lambda drawn: drawn[0].join(drawn[1])
)


@given(st.lists(LINES, max_size=4))
def test_no_line_is_missed_that_holds_a_phrase(lines):
    wording = WORDS.spotter.wording_of(lines)
    for line in lines:
        assert line in wording.pieces or not WORDS.piece_in(fold(line))
        assert line in wording.captions or not WORDS.is_of_caption(line.lower())
        assert line in wording.asides or not WORDS.is_aside(line)
        assert (line in wording.addresses) == any(sign in line for sign in ADDRESSES)


def test_phrases_with_numbers_and_over_the_ends_of_lines_are_spotted():
    spotter = Spotter(Wording(frozenset({"page # of"}), frozenset({"photo by"}), frozenset(), frozenset()))
    found = spotter.wording_of(["Page 3 of 7", "a photo\nby Ada", "photo", "by Ada"])
    assert found == Wording(frozenset({"Page 3 of 7"}), frozenset({"a photo\nby Ada"}), frozenset(), frozenset())


def test_no_phrase_of_a_whole_line_is_longer_than_what_is_looked_at():
    whole = (WORDS.alone, WORDS.sections, WORDS.others, WORDS.talk, WORDS.stops, WORDS.breaks)
    assert max(len(phrase) for some in whole for phrase in some) <= LONGEST_ALONE


@pytest.mark.parametrize("role", ["staff reporter", "기자", "correspondent", "journalistin"])
def test_a_role_is_found_where_the_pattern_finds_it(role):
    for line in (f"ada quill, {role}", role, f"_{role}_", f"x{role}", f"가 {role}"):
        found = WORDS.roles.search(line)
        assert WORDS.role_in(line) == (found.start() if found else -1)
