"""Texts that are taken whole: the short way gives what the long way gives."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.annotations import Annotation
from archive.model.containers import Renames
from archive.model.fields import AccessLevel, Source
from archive.model.statements import Statement
from archive.normalise.evidence import NO_EVIDENCE
from archive.normalise.recipes import recipe_named
from archive.packing.builder import Builder
from archive.packing.filling import Document, in_full
from archive.packing.tasks import DocumentTask, TaskFile
from archive.packing.whole_stencils import WholeStencils
from archive.schema.overlays import read_overlay
from archive.schema.validation import Validator
from archive.sources.jsonlines.listing import members
from archive.sources.jsonlines.reading import read_member
from archive.sources.jsonlines.whole import whole_text
from archive.sources.limits import Limits

WHOLE = Limits(lines_are_wanted=False)
RENAMES = Renames(json_lines={"body": "text", "name": "title"})
SAID = (Statement("access_level", "open", Source.CORPUS, "corpus", "data/submission/corpus.toml", "/access_level"),)
USUAL = [{"id": f"usual{number}", "text": f"What there is\nto say of number {number}."} for number in range(3)]


def builder(folder: Path, **changes: Any) -> Builder:
    usual: dict[str, Any] = {
        "folder": folder,
        "staging": None,
        "urn": "urn:uuid:5c5ab1a7-5d0b-4c53-9b21-5f0e55e4a4d0",
        "packed_at": "2023-11-14T22:13:20Z",
        "agent": "corpus-archive 0",
        "recipe": recipe_named("languages"),
        "evidence": NO_EVIDENCE,
        "algorithms": ("sha256",),
        "limits": WHOLE,
        "renames": RENAMES,
        "submitted": (),
        "validator": Validator("record"),
    }
    return Builder(**(usual | changes))


def tasks_of(folder: Path, data: bytes, said: tuple[Statement, ...] = SAID) -> list[DocumentTask]:
    (folder / "c.jsonl").write_bytes(data)
    file = TaskFile("page", "c.jsonl", "data/originals/c.jsonl", "c.jsonl", len(data), sha256(data).hexdigest())
    return [
        DocumentTask(f"c#{one.name}", f"c.jsonl#{one.name}", (file,), AccessLevel.OPEN, said, {}, one)
        for one in members("c.jsonl", io.BytesIO(data), RENAMES.json_lines)
    ]


def both_ways(by: Builder, tasks: Sequence[DocumentTask]) -> Iterator[tuple[Document, Document, bool]]:
    """Each document as it is made, as it is made the long way, and whether it took the short one."""
    for task in tasks:
        with patch.object(Builder, "at_length", autospec=True, side_effect=Builder.at_length) as at_length:
            found = in_full(by.build(task))
        yield found, in_full(replace(by).build(task)), not at_length.called


said = st.text('ab \\\n\t\x7f\x85\u00e9\u00c3\u00a9\u00a0\u0301\uac00\U0001f600"[]{}<|', max_size=30)
values = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | said | st.lists(said, max_size=2)
keys = st.sampled_from(["id", "text", "body", "name", "language", "further", "\u00e9", "Text"])
lines = st.builds(
    lambda value, is_ascii, ends: json.dumps(value, ensure_ascii=is_ascii).encode() + ends,
    st.dictionaries(keys, values, max_size=4) | st.fixed_dictionaries({"text": said}),
    st.booleans(),
    st.sampled_from((b"\n", b" \r\n", b'\xff"}\n')),
)


@settings(max_examples=30)
@given(st.lists(lines, min_size=1, max_size=6))
def test_the_short_way_gives_what_the_long_way_gives(given: list[bytes]) -> None:
    usual = [json.dumps(one).encode() + b"\n" for one in USUAL]
    with tempfile.TemporaryDirectory() as place:
        tasks = tasks_of(Path(place), b"".join([*usual, *given]))
        for found, expected, _ in both_ways(builder(Path(place)), tasks):
            assert found == expected
    for line in given:
        for one in members("c.jsonl", io.BytesIO(line), RENAMES.json_lines):
            data = line[one.start : one.end]
            whole = None if one.findings else whole_text(data, one, RENAMES.json_lines, WHOLE)
            if whole is not None:
                reading = read_member(data, one, RENAMES.json_lines, limits=WHOLE)
                assert (whole.data, [(whole.text, (whole.span,))]) == (data, [one[1::-1] for one in reading.blocks])
                assert (reading.embedded, reading.findings) == ((), ())


@pytest.mark.parametrize(
    "line",
    [
        b'{"text": "a\xff"}',
        b'{"text" : "a"}',
        b'{"text": 1}',
        b'{"further": "a"}',
        b'{"text": " \\n"}',
        b'{"text": "a", "further": ["b"]}',
        b'{"text": "a", "title": "b"}',
        b'{"text": "a", "further": "\\ud800"}',
        b'{"text": "a\x7f"}',
        '{"text": "\u00c3\u00a9"}'.encode(),
        b'{"text": "a text that is longer than is read"}',
        b'{"text": "a", "text": "b"}',
        b'{"text" : "a", "text": "b"}',
        b'{"further": ":", "further" : 1, "text": "a"}',
        b'{"further": 1, "text": "a", "further": 2}',
        b'{"furth\\u0065r": 1, "text": "a", "further": 2}',
        b'{"a\\"text":"a","text":"a"}',
        b'{"text": "a"}{',
    ],
)
def test_of_any_other_line_nothing_is_told_at_a_glance(line: bytes) -> None:
    (one,) = members("c.jsonl", io.BytesIO(line), {})
    assert whole_text(line, one, {}, replace(WHOLE, largest_text=20)) is None


@pytest.mark.parametrize(
    "line",
    [
        b'{"text": "a \\/ b"}',
        b'{"text":"\\uac00\\n","further":0.5}',
        '{ "further": "a:b", "text": "가\\uac00 \\"a\\": b" , "id": 3 }'.encode(),
        b'{"url": "https://example.org/a", "text": "a: b"}',
    ],
)
def test_where_a_text_stands_is_told_however_it_is_written(line: bytes) -> None:
    (one,) = members("c.jsonl", io.BytesIO(line), {})
    whole = whole_text(line, one, {}, WHOLE)
    assert whole is not None
    start, end = whole.span.start, whole.span.end
    assert json.loads(line[start - 1 : end + 1]) == whole.text == json.loads(line)["text"]


def test_usual_lines_take_the_short_way(tmp_path: Path) -> None:
    given = [*USUAL, {"text": 'En "Satz" für sich.', "further": None}, {"id": 7, "body": "아이들이 있었다"}]
    data = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in given).encode()
    ways = list(both_ways(builder(tmp_path), tasks_of(tmp_path, data)))
    assert [is_short for _, _, is_short in ways] == [False, False, True, True, True]
    assert all(found == expected for found, expected, _ in ways)


LINES = "".join(json.dumps({**USUAL[0], "id": number}) + "\n" for number in range(4)).encode()


@pytest.mark.parametrize(
    "changes",
    [
        {"recipe": recipe_named("text")},
        {"limits": replace(WHOLE, largest_text=2)},
        {"validator": Validator("record", read_overlay(b'{"type": "object"}', "own.json")[0])},
    ],
    ids=["another recipe", "too large", "a schema of one's own"],
)
def test_where_more_may_be_said_nothing_is_learnt(tmp_path: Path, changes: dict[str, Any]) -> None:
    ways = both_ways(builder(tmp_path, **changes), tasks_of(tmp_path, LINES))
    assert not any(is_short for _, _, is_short in ways)


@pytest.mark.parametrize(
    "one",
    [
        Statement("captured_at", "2020-01-01T00:00:00Z", Source.CORPUS, "archivist", "corpus.toml", "/captured_at"),
        Statement("title", "<|sha256|>", Source.CORPUS, "archivist", "corpus.toml", "/title"),
    ],
    ids=["an event of its own", "a hole"],
)
def test_what_a_stencil_cannot_say_is_not_learnt(tmp_path: Path, one: Statement) -> None:
    ways = both_ways(builder(tmp_path), tasks_of(tmp_path, LINES, (*SAID, one)))
    assert not any(is_short for _, _, is_short in ways)


def test_a_text_that_is_like_a_hole_makes_no_stencil_of_what_people_say(tmp_path: Path) -> None:
    said = Statement("title", "<|text|>", Source.CORPUS, "archivist", "corpus.toml", "/title")
    texts = ("<|text|>", "<|text|>", "Another text.")
    data = "".join(json.dumps({"id": at, "text": text}) + "\n" for at, text in enumerate(texts)).encode()
    assert all(one == other for one, other, _ in both_ways(builder(tmp_path), tasks_of(tmp_path, data, (*SAID, said))))


def test_what_is_told_of_one_document_alone_takes_the_long_way(tmp_path: Path) -> None:
    by, tasks = builder(tmp_path), tasks_of(tmp_path, LINES)
    for task in tasks:
        by.build(task)
    annotation = object.__new__(Annotation)
    for changes in ({"annotations": (annotation,)}, {"additional": {"a": 1}}, {"laid_by": "x"}, {"statements": ()}):
        stencils: WholeStencils = by._stencils
        assert stencils.fit(tasks[0]) is not None
        assert stencils.fit(tasks[0]._replace(**changes)) is None
    assert stencils.fit(tasks[0]._replace(document_id="")) is None, "no record can have such a name"
