"""What a stencil gives is what the long way gives."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.containers import Renames
from archive.model.fields import AccessLevel, Source
from archive.model.records import RecordJson
from archive.model.statements import Statement
from archive.normalise.evidence import NO_EVIDENCE
from archive.normalise.recipes import recipe_named
from archive.packing.builder import Builder
from archive.packing.built import Built
from archive.packing.filling import Document, in_full
from archive.packing.stencils import Stencils
from archive.packing.taking import Took, Wanted, shown
from archive.packing.tasks import ORIGINALS, DocumentTask, TaskFile, as_taken
from archive.schema.overlays import read_overlay
from archive.schema.validation import Validator
from archive.sources.limits import Limits
from archive.submission.identifiers import identifier_of_path

FOLDER = Path("nowhere")  # all that is read is at hand
LIMITS = Limits(text_is_wanted=False)
SAID = (
    Statement("title", "One \U0001f600 of many", Source.CORPUS, "archivist", "data/submission/corpus.toml", "/title"),
    Statement("access_level", "open", Source.CORPUS, "archivist", "data/submission/corpus.toml", "/access_level"),
)


def builder(**changes: Any) -> Builder:
    usual: dict[str, Any] = {
        "folder": FOLDER,
        "staging": None,
        "urn": "urn:uuid:5c5ab1a7-5d0b-4c53-9b21-5f0e55e4a4d0",
        "packed_at": "2023-11-14T22:13:20Z",
        "agent": "corpus-archive 0",
        "recipe": recipe_named("none"),
        "evidence": NO_EVIDENCE,
        "algorithms": ("sha256", "sha512"),
        "limits": LIMITS,
        "renames": Renames(),
        "submitted": (),
        "validator": Validator("record"),
    }
    return Builder(**(usual | changes))


def given_as(path: str, data: bytes, said: tuple[Statement, ...] = SAID, **more: Any) -> tuple[DocumentTask, Took]:
    stored = ORIGINALS + path
    file = TaskFile("page", path, stored, stored, len(data), "")
    task = DocumentTask(identifier_of_path(path), shown(path), (file,), AccessLevel.OPEN, said, **more)
    digests = (("sha256", sha256(data).hexdigest()), ("sha512", sha512(data).hexdigest()))
    return task, Took(Wanted(path, stored, len(data), is_counted=False), len(data), digests)


def the_long_way(by: Builder, task: DocumentTask, took: Took, data: bytes) -> tuple[Built, RecordJson]:
    return by.at_length(as_taken(task, [took]), {task.files[0].path: data})


def the_short_way(by: Stencils, task: DocumentTask, took: Took, data: bytes) -> Document | None:
    found = by.fit(task, took, data)
    return None if found is None else in_full(found)


def stencils(by: Builder) -> Stencils:
    """With a document that it has learnt from."""
    found = Stencils(by)
    task, took = given_as("a.txt", b"What there is to say.")
    found.note(task, took, b"What there is to say.", the_long_way(by, task, took, b"What there is to say."))
    return found


BUILDER = builder()
STENCILS = stencils(BUILDER)

names = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=8).filter(
    lambda one: one not in {".", ".."}
)
endings = st.sampled_from(["", ".txt", ".TXT", ".md", ".html", ".pdf", ".json", ".xyz"])
contents = st.one_of(
    st.text("ab \n\t<>~{}%PDF-1.4\x1b\x00é한\x85").map(lambda text: text.encode("utf-8")),
    st.text(max_size=40).map(lambda text: text.encode("utf-8")),
    st.sampled_from(
        [b"", b"~{VPND~}", b"\xef\xbb\xbfone", b"caf\xe9", b"GIF89a", b" <html>", b"\n<?xml version='1.0'?>"]
    ),
)


@settings(max_examples=150, deadline=None)
@given(name=names, ending=endings, data=contents)
def test_a_stencil_gives_what_the_long_way_gives(name: str, ending: str, data: bytes) -> None:
    path = f"folder/{name}{ending}".encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
    task, took = given_as(path, data)
    found = the_short_way(STENCILS, task, took, data)
    assert found is None or found == the_long_way(BUILDER, task, took, data)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("x.txt", b""),
        ("a/b/100%.text", b"one\r\n\ttwo\n"),
        ("집.txt", "아이들이 있었다\n".encode()),
        ("no-ending", b"~ and {"),
    ],
)
def test_usual_texts_take_the_short_way(path: str, data: bytes) -> None:
    task, took = given_as(path, data)
    assert the_short_way(STENCILS, task, took, data) == the_long_way(BUILDER, task, took, data)


@pytest.mark.parametrize(
    "changes",
    [
        {"additional": {"accession": "1"}},
        {"annotations": ("one",)},
        {"member": "one"},
    ],
)
def test_whatever_else_is_to_be_said_takes_the_long_way(changes: dict[str, Any]) -> None:
    said = changes.pop("said", SAID)
    task, took = given_as("c.txt", b"abc", said)
    assert STENCILS.fit(task._replace(**changes), took, b"abc") is None


def test_what_is_not_at_hand_takes_the_long_way() -> None:
    task, took = given_as("c.txt", b"abc")
    assert STENCILS.fit(task, took, b"ab") is None
    renamed = task._replace(files=(task.files[0]._replace(stored=f"{ORIGINALS}d.txt"),))
    assert STENCILS.fit(renamed, took, b"abc") is None
    assert STENCILS.fit(task._replace(files=task.files * 2), took, b"abc") is None


def test_a_name_that_no_record_can_have_takes_the_long_way() -> None:
    task, took = given_as("a\tb.txt", b"abc")
    assert the_short_way(STENCILS, task, took, b"abc") is None
    assert the_long_way(BUILDER, task, took, b"abc")[0].findings


@pytest.mark.parametrize(
    "by",
    [
        builder(limits=Limits()),
        builder(validator=Validator("record", read_overlay(b'{"type": "object"}', "own.json")[0])),
        builder(limits=replace(LIMITS, largest_text=2)),
    ],
    ids=["text is wanted", "a schema of one's own", "too large"],
)
def test_where_more_may_be_said_nothing_is_learnt(by: Builder) -> None:
    task, took = given_as("c.txt", b"abc")
    assert stencils(by).fit(task, took, b"abc") is None


def said(field: str, value: str, source: Source = Source.SHEET) -> Statement:
    return Statement(field, value, source, "archivist", "data/submission/metadata.csv", "cell=2,3")


fields = st.sampled_from(
    ["title", "creators", "subjects", "language", "date_issued", "captured_at", "is_part_of", "review_date", "genre"]
)
values = st.sampled_from(
    [
        "One",
        "Two",
        "en",
        "en-us",
        "kor",
        "2011-05",
        "2011-05-03",
        "2020-01-01T00:00:00Z",
        "",
        "b.txt",
        "<|sha256|>",
        "\0",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    told=st.lists(st.builds(said, fields, values, st.sampled_from([Source.SHEET, Source.CORPUS])), max_size=5),
    level=st.sampled_from(AccessLevel),
)
def test_whatever_people_say_a_stencil_says_what_the_long_way_says(told: list[Statement], level: AccessLevel) -> None:
    task, took = given_as("c.txt", b"abc", tuple(told))
    task = task._replace(access_level=level)
    found = the_short_way(STENCILS, task, took, b"abc")
    assert found is None or found == the_long_way(BUILDER, task, took, b"abc")


@pytest.mark.parametrize(
    ("told", "is_short"),
    [
        (
            (said("title", "A name"), said("language", "en"), said("date_issued", "2011-05~"), said("genre", "letter")),
            True,
        ),
        ((said("is_part_of", "b.txt"),), True),
        ((said("captured_at", "2020-01-01T00:00:00Z"),), False),
        ((said("language", "en-us"),), False),
        ((said("title", "A name"), said("title", "Another", Source.CORPUS)), False),
        ((said("date_issued", "whenever"),), False),
        ((said("title", "<|size|>"),), False),
    ],
    ids=["a sheet", "a relation", "an event", "a language", "a conflict", "no date", "a hole"],
)
def test_what_is_to_be_told_takes_the_long_way(told: tuple[Statement, ...], is_short: bool) -> None:
    task, took = given_as("c.txt", b"abc", told)
    assert (the_short_way(STENCILS, task, took, b"abc") is not None) is is_short


@pytest.mark.parametrize("one", [said("captured_at", "2020-01-01T00:00:00Z"), said("language", "en-us")])
def test_nothing_is_learnt_from_a_document_of_which_more_is_told(one: Statement) -> None:
    found = Stencils(BUILDER)
    task, took = given_as("a.txt", b"abc", (one,))
    found.note(task, took, b"abc", the_long_way(BUILDER, task, took, b"abc"))
    assert found.fit(*given_as("c.txt", b"abc"), b"abc") is None
