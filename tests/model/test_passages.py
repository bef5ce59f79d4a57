"""Identifiers of passages."""

from __future__ import annotations

import hashlib
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.passages import Kind, Passage, passage_id, passage_ids
from archive.model.spans import Layer, Span

SHA256S = st.binary(min_size=32, max_size=32).map(bytes.hex)
SPANS = st.builds(lambda layer, start, size: Span(layer, start, start + size), *[st.integers(0, 2)] * 3)


def test_the_rule_is_the_published_one() -> None:
    spans = [Span(0, 0, 5), Span(1, 7, 9)]
    lines = f"{'a' * 64} 0-5\n{'b' * 64} 7-9\n"
    expected = "p" + hashlib.sha256(lines.encode()).hexdigest()[:24]
    assert passage_id(["a" * 64, "b" * 64], spans) == expected


@given(st.lists(SHA256S, min_size=3, max_size=3, unique=True), st.lists(SPANS, max_size=3), st.lists(SPANS, max_size=3))
def test_other_bytes_other_identifier(layers: list[str], one: list[Span], other: list[Span]) -> None:
    assert (passage_id(layers, one) == passage_id(layers, other)) == (one == other)


@given(st.lists(SHA256S, min_size=3, max_size=3), st.lists(SPANS))
def test_the_place_of_a_layer_does_not_show(layers: list[str], spans: list[Span]) -> None:
    moved = [Span(2 - span.layer, span.start, span.end) for span in spans]
    assert passage_id(layers[::-1], moved) == passage_id(layers, spans)


def test_a_layer_that_there_is_not_is_an_error() -> None:
    with pytest.raises(IndexError):
        passage_id([], [Span(0, 0, 1)])


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (-2, -1)])
def test_a_span_is_a_range_of_bytes(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"{start}-{end}"):
        Span(0, start, end)


def test_spans_have_the_order_of_reading() -> None:
    assert sorted([Span(1, 0, 1), Span(0, 5, 6), Span(0, 2, 9), Span(0, 2, 3)]) == [
        Span(0, 2, 3),
        Span(0, 2, 9),
        Span(0, 5, 6),
        Span(1, 0, 1),
    ]


@given(st.binary(), st.integers(0, 1000), st.data())
def test_spans_count_from_the_beginning_of_the_stored_layer(data: bytes, offset: int, draw: st.DataObject) -> None:
    layer = Layer(None, "utf-8", data, offset)
    start = draw.draw(st.integers(0, len(data)))
    end = draw.draw(st.integers(start, len(data)))
    assert layer.slice(Span(0, offset + start, offset + end)) == data[start:end]


def test_a_passage_travels() -> None:
    passage = Passage((Span(0, 0, 5),), "Title", "utf-8", Kind.TITLE, kept=False, reason="said twice")
    assert pickle.loads(pickle.dumps(passage)) == passage


@given(st.lists(SHA256S, min_size=3, max_size=3), st.lists(st.lists(SPANS, max_size=3)))
def test_many_identifiers_are_those_of_each(layers: list[str], every: list[list[Span]]) -> None:
    assert passage_ids(layers, every) == [passage_id(layers, spans) for spans in every]
