"""Annotations: what people say of a place in a document, after the Web Annotation Data Model (W3C, 23 February 2017).

A body that states a number is of our own type `Figure`, so that numbers about one thing can be laid side by side with
the words that they stand in; `annotation-context.json` among the schemas says what its members mean.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from archive.model.fault_words import fault_words
from archive.model.records import FigureJson

FILE = "annotations.jsonl"
"""Where a corpus folder has them, and their name under `data/submission/`."""
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
"""The context that every annotation names (Web Annotation Data Model, 3.1)."""
FIGURE, TEXTUAL = "Figure", "TextualBody"
NUMBERS = ("value", "value_low", "value_high")
WORDS = ("unit", "population", "place", "period", "period_stated", "said_by")
LARGEST = 10**15
"""Numbers below it keep every digit in a double."""
_OF_ANY_BODY = frozenset({"id", "type", "purpose"})
_TAGGING = "tagging"


@dataclass(frozen=True, slots=True)
class Selection:
    """The place that an annotation names, as its selectors do (Web Annotation Data Model, 4.2.4 and 4.2.5).

    Attributes:
        exact: the quotation, or None where only a position is given.
        prefix: what stands before it, or an empty string.
        suffix: what stands after it, or an empty string.
        start: the first character, in code points of the document's text; None where no position is given.
        end: the character after the last.
    """

    exact: str | None = None
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation as a person wrote it.

    Attributes:
        annotation_id: its identifier.
        document_id: the document that it is about.
        row: its line in the person's file, from 1.
        selection: the place.
        motivation: why it was made, as the model names reasons.
        creators: who made it: names, else identifiers.
        created: when, or None.
        body: its body as JSON text with sorted keys; an empty string where it has none.
    """

    annotation_id: str
    document_id: str
    row: int
    selection: Selection
    motivation: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    created: str | None = None
    body: str = ""


class BodyError(ValueError):
    """A body that cannot be read.

    Attributes:
        pointer: the place in the body, as a JSON pointer.
        found: what stands there.
        expected: what should.
    """

    def __init__(self, pointer: str, found: str, expected: str) -> None:
        super().__init__(f"{found} at {pointer or 'the top'}, where {expected} should be")
        self.pointer = pointer
        self.found = found
        self.expected = expected


def read_body(text: str) -> tuple[str | None, FigureJson | None]:
    """The comment and the figure of a body.

    Args:
        text: the body as JSON; an empty string is no body.

    Returns:
        What its textual bodies say, a blank line between, without tags; and its one figure, numbers as decimals.

    Raises:
        BodyError: it is no JSON, or a textual body or a figure in it has not its shape.

    >>> read_body('{"type": "Figure", "value": 100, "unit": "children"}')[1]["value"]
    '100'
    """
    if not text:
        return None, None
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BodyError("", fault_words(error), "JSON") from error
    comments: list[str] = []
    figures: list[FigureJson] = []
    for pointer, one in _parts(body):
        types = _types(one, pointer)
        if FIGURE in types:
            figures.append(_figure(one, pointer))
            if len(figures) > 1:
                raise BodyError(pointer, "a second figure", "one figure; write an annotation for each")
        elif TEXTUAL in types or not types:
            comments.extend(_comment(one, pointer, must=TEXTUAL in types))
    return "\n\n".join(comments) or None, figures[0] if figures else None


def _parts(body: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The bodies that are objects; a text alone is the address of something else."""
    many = isinstance(body, list)
    for number, one in enumerate(body if many else [body]):
        pointer = f"/{number}" if many else ""
        if isinstance(one, dict):
            yield pointer, one
        elif not isinstance(one, str):
            raise BodyError(pointer, _shown(one), "an object or an address")


def _types(body: Mapping[str, Any], pointer: str) -> set[str]:
    stated = body.get("type", [])
    types = [stated] if isinstance(stated, str) else stated
    if not isinstance(types, list) or not all(isinstance(one, str) for one in types):
        raise BodyError(f"{pointer}/type", _shown(stated), "the name of a type")
    return set(types)


def _comment(body: Mapping[str, Any], pointer: str, *, must: bool) -> Iterator[str]:
    value = body.get("value")
    if isinstance(value, str):
        if value.strip() and body.get("purpose") != _TAGGING:
            yield value
    elif must:
        raise BodyError(f"{pointer}/value", _shown(value), "a text")


def _figure(body: Mapping[str, Any], pointer: str) -> FigureJson:
    for key in body:
        if key not in _OF_ANY_BODY and key not in NUMBERS and key not in WORDS:
            known = ", ".join((*NUMBERS, *WORDS))
            raise BodyError(f"{pointer}/{key}", f"the member {key[:80]!r}", f"one of {known}")
    value, low, high = (_number(body, key, pointer) for key in NUMBERS)
    if value is None and low is None and high is None:
        raise BodyError(pointer, "a figure without a number", "value, or value_low or value_high")
    given = [Decimal(one) for one in (low, value, high) if one is not None]
    if given != sorted(given):
        raise BodyError(
            pointer, "numbers out of order", "value_low, value and value_high, none less than the one before"
        )
    words = {key: _words(body, key, pointer) for key in WORDS}
    return {
        "value": value,
        "value_low": low,
        "value_high": high,
        "unit": words["unit"],
        "population": words["population"],
        "place": words["place"],
        "period": words["period"],
        "period_stated": words["period_stated"],
        "said_by": words["said_by"],
    }


def _number(body: Mapping[str, Any], key: str, pointer: str) -> str | None:
    value = body.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BodyError(f"{pointer}/{key}", _shown(value), "a number, without quotation marks and commas")
    if not math.isfinite(value) or abs(value) >= LARGEST:
        raise BodyError(f"{pointer}/{key}", _shown(value), f"a number below {LARGEST:,}")
    return decimal(value)


def decimal(value: float) -> str:
    """A number in digits, without an exponent and without what adds nothing.

    >>> decimal(2.50), decimal(1e-3), decimal(-7)
    ('2.5', '0.001', '-7')
    """
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def _words(body: Mapping[str, Any], key: str, pointer: str) -> str | None:
    value = body.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise BodyError(f"{pointer}/{key}", _shown(value), "a text, or leave it out")
    return value


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    try:
        return json.dumps(value, ensure_ascii=False)[:80]
    except RecursionError:
        return "values nested too deeply"
