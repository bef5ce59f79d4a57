"""Records that were just made, held to their schema as the validator holds any record."""

from __future__ import annotations

from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.assembling import ReadFile, StoredLayer, file_entries, passage_entries
from archive.model.blocks import Reading
from archive.model.passages import Kind, Passage
from archive.model.records import RECORD_VERSION, RecordJson
from archive.model.spans import Span
from archive.packing import holding
from archive.packing.holding import Holding
from archive.schema.overlays import Overlay
from archive.schema.validation import Validator

PATH = "data/originals/a.txt"
LAYER = "data/derived/a.txt/text.txt"
WORDS = st.sampled_from(["", "en", "und", "zh-Hans", "no tag", "kor", "it is a caption", "page=3", "half \ud800"])


def record_of(passages: list[Passage], **more: Any) -> RecordJson:
    layers = (StoredLayer(PATH, "ab" * 32, "utf-8"), StoredLayer(LAYER, "cd" * 32, "utf-8", b"text"))
    read = ReadFile("page", PATH, 9, "ab" * 32, Reading("text/plain", charset="utf-8"), layers, tuple(passages))
    entries, figures, _ = passage_entries([read], 0)
    made = {
        "record_version": RECORD_VERSION,
        "document_id": "a.txt",
        "source_path": "a.txt",
        "original": PATH,
        "metadata": {"access_level": "open"},
        "files": file_entries([read]),
        "text": figures,
        "passages": entries,
        "statements": [],
        "events": [],
        "relations": [],
        "annotations": [],
        "duplicate_group": "g" + "0" * 24,
        "recipe": "ef" * 32,
        "additional": {},
    }
    return cast("RecordJson", made | more)


def passage(text: str = "Text.", *, start: int = 0, language: str = "en", **more: Any) -> Passage:
    return Passage((Span(0, start, start + 5),), text, "1:nfc", Kind.BODY, kept=True, language=language, **more)


PASSAGES = st.lists(
    st.builds(
        Passage,
        st.lists(st.builds(Span, st.integers(0, 1), st.integers(0, 99), st.integers(99, 200)), max_size=2).map(tuple),
        st.sampled_from(["", "A text.", "\u6587\U0001f600"]),
        st.sampled_from(["", "1:controls,nfc"]),
        st.sampled_from(Kind),
        st.booleans(),
        WORDS,
        WORDS,
        WORDS,
    ),
    max_size=4,
)


@settings(max_examples=40)
@given(st.lists(PASSAGES, min_size=1, max_size=4))
def test_it_says_of_each_record_what_the_validator_says(every: list[list[Passage]]) -> None:
    validator = Validator()
    own = Holding(validator)
    for passages in every * 2:  # those that come again are known
        record = record_of(passages)
        assert own.check(record) == validator.check(record, "a.txt")


@settings(max_examples=20)
@given(st.lists(PASSAGES, max_size=3), st.sampled_from([{"metadata": {}}, {"original": "../a"}, {"relations": [1]}]))
def test_what_stands_beside_passages_is_always_asked(every: list[list[Passage]], spoilt: dict[str, Any]) -> None:
    own = Holding(Validator())
    for passages in every:
        own.check(record_of(passages))
    assert own.check(record_of([passage()], **spoilt)) == Validator().check(record_of([passage()], **spoilt), "a.txt")


def test_a_schema_of_ones_own_sees_all_passages() -> None:
    own = Overlay("own.json", '{"properties": {"passages": {"maxItems": 1}}}')
    held = Holding(Validator(overlay=own))
    assert held.check(record_of([passage()])) == ()
    (found,) = held.check(record_of([passage(), passage(start=7)]))
    assert found.code == "record.own-schema"


def test_what_is_known_does_not_grow_for_ever(monkeypatch: Any) -> None:
    monkeypatch.setattr(holding, "_MOST_KNOWN", 3)
    held = Holding(Validator())
    for number in range(9):
        assert held.check(record_of([passage(locator=f"page={number}")])) == ()
        assert len(held._known) <= 3
    (found,) = held.check(record_of([passage(language="no tag")]))
    assert found.code == "language.not-bcp47"
