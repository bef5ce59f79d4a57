"""Bodies of annotations: comments and figures."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archive.model.annotations import BodyError, read_body

FIGURE = {"type": "Figure", "value": 4.7, "unit": "years", "said_by": "the commission", "period": "2012"}


def test_a_figure_and_comments_are_read_off_a_body():
    tag = {"type": "TextualBody", "value": "tag", "purpose": "tagging"}
    body = [FIGURE, {"type": "TextualBody", "value": "One."}, {"value": "Two."}, "https://example.org/", tag]
    comment, figure = read_body(json.dumps(body))
    assert comment == "One.\n\nTwo."
    assert figure is not None
    assert figure == {
        "value": "4.7", "value_low": None, "value_high": None, "unit": "years", "population": None, "place": None,
        "period": "2012", "period_stated": None, "said_by": "the commission",
    }  # fmt: skip


@pytest.mark.parametrize("body", ["", '"https://example.org/"', '{"type":"Dataset","value":5}', '{"value":5}', "[]"])
def test_what_is_neither_says_nothing(body: str):
    assert read_body(body) == (None, None)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (5, ""),
        ([5], "/0"),
        ({"type": 5}, "/type"),
        ({"type": [5]}, "/type"),
        ({"type": "TextualBody"}, "/value"),
        ({"type": "Figure"}, ""),
        ({"type": "Figure", "value": "5"}, "/value"),
        ({"type": "Figure", "value": True}, "/value"),
        ({"type": "Figure", "value": 10**15}, "/value"),
        ({"type": "Figure", "value_low": 5, "value_high": 4}, ""),
        ({"type": "Figure", "value": 5, "value_high": 4}, ""),
        ({"type": "Figure", "value": 5, "populaton": "x"}, "/populaton"),
        ({"type": "Figure", "value": 5, "unit": ""}, "/unit"),
        ([FIGURE, FIGURE], "/1"),
    ],
)
def test_a_body_that_cannot_be_read_says_where(body: Any, pointer: str):
    with pytest.raises(BodyError) as caught:
        read_body(json.dumps(body))
    assert caught.value.pointer == pointer
    assert caught.value.found
    assert caught.value.expected


def test_what_is_no_json_is_an_error_too():
    for text in ("{", "[" * 100_000, '{"type":"Figure","value":NaN}', '{"type":"Figure","value":1e999}'):
        with pytest.raises(BodyError):
            read_body(text)
