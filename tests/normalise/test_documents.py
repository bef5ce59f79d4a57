"""Passages and metadata of whole documents."""

from __future__ import annotations

import itertools
import json
import pickle
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archive.model.blocks import Block, Reading
from archive.model.derivation import carry_out
from archive.model.passages import Kind
from archive.model.spans import Layer, Span
from archive.normalise.documents import Normalised, normalise
from archive.normalise.draft import Draft
from archive.normalise.evidence import NO_EVIDENCE
from archive.normalise.projection import project_spans
from archive.normalise.recipes import RECIPES, recipe_named
from archive.sources import text as plain_text
from archive.sources.limits import Limits
from archive.sources.protocol import TextInput
from archive.sources.visible import is_visible
from tests.contracts.steps import hold_to_the_contract

Read = Callable[[bytes], Reading]
DEFAULT = recipe_named("default")
KINDS = {"T": "title", "D": "dateline", "Y": "byline", "C": "caption"}


def values(normalised: Normalised, field: str) -> list[str]:
    return [one.value for one in normalised.observations if one.field == field]


def labels_at(normalised: Normalised, start: int, end: int) -> list[tuple[bool, str]]:
    return [
        (passage.kept, passage.kind.value)
        for passage in normalised.passages
        if any(span.start < end and span.end > start for span in passage.spans)
    ]


def holds_to_the_rule(reading: Reading, normalised: Normalised) -> None:
    for passage in normalised.passages:
        assert passage.text == project_spans(reading.layers, passage.spans, passage.projection)
        assert passage.kept or passage.reason
    covered = {
        place for passage in normalised.passages for span in passage.spans for place in range(span.start, span.end)
    }
    assert all(
        place in covered for block in reading.blocks for span in block.spans for place in range(span.start, span.end)
    )
    spans = [span for passage in normalised.passages for span in passage.spans]
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))


def test_texts_are_labelled_as_a_careful_reader_would(labelled: Any, read: Read) -> None:
    reading = read(labelled.data)
    normalised = normalise(reading, DEFAULT)
    holds_to_the_rule(reading, normalised)
    wrong = []
    start = 0
    for letter, text in labelled.lines:
        end = start + len(text.encode())
        found = labels_at(normalised, start, end)
        if letter == "F" and any(kept for kept, _ in found):
            wrong.append(("kept", text))
        if letter not in "F " and not all(kept for kept, _ in found):
            wrong.append(("lost", text))
        if letter in KINDS and any(kind != KINDS[letter] for _, kind in found):
            wrong.append((KINDS[letter], text))
        start = end + 1
    assert wrong == []


def test_lines_are_joined_where_they_were_broken_and_nowhere_else(labelled: Any, read: Read) -> None:
    normalised = normalise(read(labelled.data), DEFAULT)
    wrong = []
    start, before = 0, None
    for letter, text in labelled.lines:
        end = start + len(text.encode())
        found = [one for one in normalised.passages if any(span.start < end and span.end > start for span in one.spans)]
        is_joined = found[:1] == [before] and before is not None and "keep-lines" not in before.projection
        if found and is_joined != (letter == "J"):
            wrong.append(("joined" if is_joined else "apart", text))
        start, before = end + 1, found[-1] if found else None
    assert wrong == []


def test_metadata_of_texts_is_what_they_say_and_no_more(labelled: Any, read: Read) -> None:
    normalised = normalise(read(labelled.data), DEFAULT)
    for field, expected in labelled.expected.items():
        found = values(normalised, field)
        if field == "language":
            assert [tag.partition("-")[0] for tag in found] == [expected]
        else:
            assert found == ([] if expected == "none" else expected.split("; ")), field


def test_the_five_captures(shared: Path, read: Read) -> None:
    furniture = dropped = 0
    expected = json.loads((shared / "captures" / "expected.json").read_text("utf-8"))
    for name, one in expected.items():
        data = (shared / "captures" / name).read_bytes()
        reading = read(data)
        normalised = normalise(reading, DEFAULT)
        holds_to_the_rule(reading, normalised)
        for field, known in (
            ("title", "title"),
            ("date_issued", "date_issued"),
            ("creators", "author"),
            ("publisher", "publisher"),
        ):
            want = one[known]
            found = values(normalised, field)
            assert not set(found) & set(one.get("must_not", []))
            if want is None:
                assert found == [], (name, field)
            elif found or not want.get("optional"):
                assert found[0] in [want["value"], *want.get("also", [])], (name, field)
        assert values(normalised, "language") == [one["language"]]
        starts = [0]
        for line in data.split(b"\n"):
            starts.append(starts[-1] + len(line) + 1)
        for kind, lines in one["lines"].items():
            for line in lines:
                found_labels = labels_at(normalised, starts[line], starts[line + 1] - 1)
                if kind == "furniture":
                    furniture += 1
                    dropped += not any(kept for kept, _ in found_labels)
                else:
                    assert all(kept for kept, _ in found_labels), (name, line)
                    assert kind == "kept_any" or all(label == kind for _, label in found_labels), (name, line)
    assert dropped * 10 >= furniture * 9


def test_every_statement_has_its_place_and_its_step(read: Read) -> None:
    data = (
        b"A title of some length\n\n3 May 2011\n\nBy Ada Quill\n\n" + b"Here is a long sentence of running text. " * 6
    )
    normalised = normalise(read(data), DEFAULT)
    date = next(one for one in normalised.observations if one.field == "date_issued")
    start, end = (int(part) for part in date.locator.removeprefix("bytes=").split("-"))
    assert data[start:end] == b"3 May 2011"
    assert date.agent == "read-metadata/1.9"


def test_recipe_none_makes_no_passage(read: Read) -> None:
    assert normalise(read(b"One line."), recipe_named("none")) == Normalised((), (), ())


def test_what_it_gives_pickles(read: Read) -> None:
    normalised = normalise(read(b"One line of text, and so on."), DEFAULT)
    assert pickle.loads(pickle.dumps(normalised)) == normalised


def test_hints_of_markup_are_used() -> None:
    data = b"navtitleheadrowsayfoot"
    layer = Layer(None, "utf-8", data)
    hints = [
        ("navigation", 0, 3),
        ("title", 3, 8),
        ("heading", 8, 12),
        ("table", 12, 15),
        ("quotation", 15, 18),
        ("footer", 18, 22),
    ]
    blocks = tuple(Block((Span(0, a, b),), data[a:b].decode(), hint=hint, gap=1) for hint, a, b in hints)
    normalised = normalise(Reading("text/html", layers=(layer,), blocks=blocks), DEFAULT)
    assert [passage.kind for passage in normalised.passages] == [
        Kind.FURNITURE, Kind.TITLE, Kind.HEADING, Kind.TABLE, Kind.QUOTATION, Kind.FURNITURE,
    ]  # fmt: skip


def test_blocks_with_something_between_them_are_parts_of_one_passage() -> None:
    lines = [f"> {'word ' * 11}and{number}" for number in range(6)]
    data = "\n".join(lines).encode()
    blocks, start = [], 0
    for line in lines:
        blocks.append(Block((Span(0, start + 2, start + len(line)),), line[2:], hint="quotation"))
        start += len(line) + 1
    reading = Reading("text/markdown", layers=(Layer(None, "utf-8", data),), blocks=tuple(blocks))
    (passage,) = normalise(reading, DEFAULT).passages
    assert len(passage.spans) == 6
    assert ">" not in passage.text
    assert passage.text == project_spans(reading.layers, passage.spans, passage.projection)


OPERATIONS = ((), ("json",), ("doubled-quotes",), ("tags", "entities"))


@given(
    st.text(alphabet=' a-e\u0301\u00a0\u2003\u00ad\ufeff\n\t\r\u1100\u1161가"\\<>&;', min_size=1),
    st.sampled_from(OPERATIONS),
)
@settings(max_examples=150, deadline=None)
def test_the_text_of_any_block_is_projected(written: str, operations: tuple[str, ...]) -> None:
    data = written.encode()
    text = carry_out((written,), operations)
    assume(is_visible(text))
    block = Block((Span(0, 0, len(data)),), text, operations)
    reading = Reading("application/pdf", layers=(Layer("text", "utf-8", data),), blocks=(block,))
    (passage,) = normalise(reading, recipe_named("text")).passages
    assert passage.text == project_spans(reading.layers, passage.spans, passage.projection)


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "",
                "",
                "Share",
                "Comments (3)",
                "By Ada Quill",
                "3 May 2011",
                "- one",
                "Log in | Sign up",
                "© 2013 Example",
            ]
        ),
        st.text(max_size=90),
        st.text(alphabet="abc, .", min_size=60, max_size=300),
        st.text(alphabet="가나다 .", min_size=5, max_size=80),
    ),
    max_size=30,
)


@given(LINES)
@settings(max_examples=150, deadline=None)
def test_nothing_is_lost_and_all_text_follows_from_bytes(lines: list[str]) -> None:
    data = "\n".join(lines).encode("utf-8", "replace")
    layer = Layer(None, "utf-8", data)
    taken = plain_text.read(TextInput(layer), Limits())
    reading = Reading("text/plain", charset="utf-8", layers=(layer,), blocks=taken.blocks)
    holds_to_the_rule(reading, normalise(reading, DEFAULT))


def test_steps_hold_to_their_contract(labelled: Any, read: Read) -> None:
    draft = Draft(read(labelled.data), NO_EVIDENCE)
    for step in DEFAULT.steps:
        hold_to_the_contract(step, draft)
        step.apply(draft)


@pytest.mark.unmeasured
def test_long_documents_take_time_in_proportion(read: Read) -> None:
    for data in (b"word and word, " * 200_000, b"a line of text, short as it is\n\n" * 20_000, b"Menu\n" * 20_000):
        reading = read(data)
        assert len(normalise(reading, DEFAULT).passages) > 0


def test_recipes_are_what_they_say() -> None:
    assert RECIPES == tuple(recipe_named(name).name for name in RECIPES) == tuple(sorted(RECIPES))
    assert [name for name in RECIPES if recipe_named(name).repairs] == ["default-repaired", "text-repaired"]
    assert [name for name in RECIPES if recipe_named(name).asks_evidence] == ["default", "default-repaired"]


def test_the_recipe_text_keeps_everything_and_reads_nothing_off(read: Read) -> None:
    data = (
        b"Home\n\nA title\n\nBy A. Writer, 3 May 2011\n\nThis is a sentence of running text, long enough to be told.\n"
    )
    found = normalise(read(data), recipe_named("text"))
    assert all(passage.kept for passage in found.passages)
    assert [passage.text for passage in found.passages] == data.decode().strip().split("\n\n")
    assert found.passages[-1].language == "en"
    assert found.observations == ()


def test_how_characters_are_composed_makes_no_difference(labelled: Any, read: Read) -> None:
    text = labelled.data.decode()
    whole, apart = (normalise(read(unicodedata.normalize(form, text).encode()), DEFAULT) for form in ("NFC", "NFD"))
    assert [(one.text, one.kind, one.kept, one.language) for one in apart.passages] == [
        (one.text, one.kind, one.kept, one.language) for one in whole.passages
    ]
    assert [(one.field, one.value) for one in apart.observations] == [
        (one.field, one.value) for one in whole.observations
    ]
