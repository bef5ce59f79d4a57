"""What is looked for once in a whole document, held against the rules that look at each line."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.finishing import are_tidy
from archive.normalise.assembling import AssembleLines
from archive.normalise.draft import Draft
from archive.normalise.evidence import NO_EVIDENCE
from archive.normalise.folding import fold
from archive.normalise.front import _captions, _where_captions_tell
from archive.normalise.phrases import RecognisePhrases, phrase_of
from archive.normalise.vocabulary import LONGEST_CONTAINING, vocabulary
from archive.normalise.wording import wording_of
from tests.normalise.conftest import reading_of

WORDS = vocabulary()
PHRASES = sorted(
    phrase
    for some in (WORDS.contains, WORDS.hints, WORDS.captions, WORDS.begins)
    for phrases in some.values()
    for phrase in phrases
)
FILLING = [
    "the boats came home before the storm",
    "and nobody was lost",
    "12.5",
    "2019",
    "(AP)",
    "Straße",
    "İstanbul",
    "de l’auteur",
    "www.example.org",
    "a\u00addvert",
    "e\u0301",
    "ein Schiff\u200b",
    "배가 돌아왔다",
    "Σίσυφος",
    "…",
    "_",
    "- ",
]
PARTS = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from(PHRASES).map(str.upper),
    st.sampled_from(PHRASES).map(lambda phrase: phrase.replace("'", "’").replace(" ", "  ")),
    st.sampled_from(FILLING),
)
LINES = st.lists(
    st.tuples(st.lists(PARTS, min_size=1, max_size=8), st.sampled_from([" ", "", ", ", "\t", "\u00a0", "-"])).map(
        lambda one: one[1].join(one[0]) + "."
    ),
    min_size=1,
    max_size=6,
)


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_a_document_is_told_as_its_lines_are(lines: list[str]) -> None:
    draft = Draft(reading_of("\n\n".join(lines).encode()), NO_EVIDENCE)
    AssembleLines().apply(draft)
    RecognisePhrases(WORDS.digest).apply(draft)
    for unit in draft.units:
        assert unit.weight > LONGEST_CONTAINING or unit.phrase == phrase_of(unit, fold(unit.text), WORDS)
    captions = {
        unit.text
        for unit in draft.units
        if unit.weight <= 900 and any(map(WORDS.is_of_caption, _where_captions_tell(unit)))
    }
    assert {unit.text for unit in draft.units if id(unit) in _captions(draft, WORDS)} <= captions
    assert captions <= wording_of(draft).captions
    texts = [unit.text for unit in draft.units]
    if are_tidy(texts):
        assert WORDS.spotter.wording_of(texts, are_tidy=True) == wording_of(draft)
