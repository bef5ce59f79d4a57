from __future__ import annotations

import pytest

from archive.normalise.assembling import AssembleLines
from archive.normalise.draft import Unit
from archive.normalise.phrases import REASONS, phrase_of
from archive.normalise.shapes import ends_as_sentence, is_prose, weight_of
from archive.normalise.vocabulary import fold, parse, vocabulary


def unit(text: str) -> Unit:
    weight = weight_of(text)
    return Unit((), text, weight=weight, is_sentence=ends_as_sentence(text), is_prose=is_prose(text, weight))


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
    found = phrase_of(unit(line), vocabulary())
    assert found == phrase
    assert not found or REASONS[found]


def test_folding() -> None:
    assert fold("  Comments (12): ") == "comments #"
    assert fold("Don’t miss") == "don't miss"
    assert fold("Kon\u00adtakt") == "kontakt"


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
