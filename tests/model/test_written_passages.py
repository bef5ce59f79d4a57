"""Passages are written as any value is, only sooner."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import written_passages as quick
from archive.model.canonical import LARGEST_EXACT_INTEGER, canonical_json
from archive.model.passages import Kind

WHOLE = st.integers(-LARGEST_EXACT_INTEGER - 1, LARGEST_EXACT_INTEGER + 1)
TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from([Kind.BODY, '"\\\n\x00\x7f\u2028'])
ODD = st.sampled_from([None, 1, True, "x", [], {}, {"a": 1}, [{}], ()])
SPAN = st.fixed_dictionaries({"byte_end": WHOLE, "byte_start": WHOLE, "layer": TEXT})
TEXTS = ("kind", "language", "locator", "passage_id", "projection", "reason", "sha256", "text")
TYPES = dict.fromkeys(TEXTS, TEXT) | dict.fromkeys(("char_count", "char_start", "ordinal"), WHOLE)
PASSAGE = st.fixed_dictionaries(
    dict(sorted((TYPES | {"kept": st.booleans(), "spans": st.lists(SPAN, max_size=2)}).items()))
)


def outcome(function: Any, value: Any) -> Any:
    try:
        return function(value)
    except ValueError as error:
        return str(error)


@given(st.lists(PASSAGE, max_size=3), st.data())
def test_passages_are_written_as_any_value_is(passages: list[dict[str, Any]], data: st.DataObject) -> None:
    assert outcome(quick.written_passages, passages) == outcome(canonical_json, passages)
    if passages:
        key = data.draw(st.sampled_from(sorted(passages[0])))
        passages[0][key] = data.draw(ODD)
        passages[-1]["new"] = data.draw(ODD)
        assert outcome(quick.written_passages, passages[:1]) == outcome(canonical_json, passages[:1])
        assert outcome(quick.written_passages, passages) == outcome(canonical_json, passages)


@pytest.mark.parametrize("value", [(), None, [1], [{"byte_end": 1}], [{}]])
def test_what_is_no_list_of_passages_is_written_too(value: Any) -> None:
    assert quick.written_passages(value) == canonical_json(value)


def test_a_passage_of_ours_takes_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick, "canonical_json", None)
    span = {"byte_end": 2, "byte_start": 1, "layer": "data/a"}
    passage = dict.fromkeys(TEXTS, "x") | {
        "char_count": 1,
        "char_start": 0,
        "ordinal": 0,
        "kept": True,
        "spans": [span],
    }
    assert quick.written_passages([dict(sorted(passage.items()))]).startswith(b'[{"char_count":1,')
