from __future__ import annotations

from archive.normalise.draft import Unit
from archive.normalise.ending import Ending

SENTENCE = "Here is a sentence of running text about boats, and it goes on for quite a while before it ends."
HEADLINE = "Harbour towns along the northern shore prepare for what may be the longest winter since the storms"


def unit(text: str, phrase: str = "", noise: str = "") -> Unit:
    is_prose = len(text) >= 80
    return Unit(
        (), text, weight=len(text), is_sentence=text.endswith("."), is_prose=is_prose, phrase=phrase, noise=noise
    )


def end(*units: Unit) -> int:
    return Ending().of(units)


def test_comments_end_a_document_below_its_text() -> None:
    text = [unit(SENTENCE)] * 4
    assert end(*text, unit("Comments", "talk"), unit("I do not think so.")) == 4
    assert end(unit(SENTENCE), unit("Comments", "talk"), *text) == 6


def test_headlines_above_the_text_are_no_text_that_comments_could_end() -> None:
    headlines = [unit(HEADLINE), unit(f"{HEADLINE}…"), unit(f"{HEADLINE}?")] * 4
    assert end(*headlines, unit("Comments", "talk"), *[unit(SENTENCE)] * 8) == 21


def test_what_the_markup_calls_furniture_is_no_text_before_comments() -> None:
    menu = [unit(SENTENCE, noise="the markup calls it navigation")] * 9
    assert end(*menu, unit("Comments", "talk"), *[unit(SENTENCE)] * 3) == 13


def test_a_page_without_whole_sentences_ends_as_well() -> None:
    assert end(*[unit(HEADLINE)] * 4, unit("Comments", "talk"), unit("No")) == 4


def test_the_text_goes_on_below_a_box_of_other_documents() -> None:
    box = [unit("Read also", "others"), unit("Bakers fined over loaves")]
    assert end(*[unit(SENTENCE)] * 6, *box, unit(SENTENCE), unit(SENTENCE)) == 10
    assert end(*[unit(SENTENCE)] * 6, *box, unit(SENTENCE), unit("Fined")) == 6
    assert end(*[unit(SENTENCE)] * 9, *box, unit(SENTENCE), unit(SENTENCE)) == 9
