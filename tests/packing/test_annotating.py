"""Annotations held to a text: where they stand, which bytes they have, and why one has no place."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import StorageError
from archive.model.annotations import Annotation, Selection
from archive.model.assembling import ReadFile, StoredLayer, file_entries, passage_entries
from archive.model.blocks import Reading
from archive.model.passages import Kind, Passage
from archive.model.spans import Layer, Span
from archive.packing.annotating import annotate
from archive.proving.annotations import AnnotationProof

PATH = "data/originals/a.html"
PROJECTION = "1:tags,entities,join-lines,spaces,nfc"
TEXTS = (
    "The river freezes in <b>December</b>, and people\n  cross it &amp; wait.",
    "Menu of the page",
    "It is said that \u201csome <i>people</i>\u201d wait.",
    "The river is wide.",
)
KEPT = (True, False, True, True)


class Document:
    """A document of a few passages, with its bytes."""

    def __init__(self, texts: tuple[str, ...] = TEXTS, kept: tuple[bool, ...] = KEPT) -> None:
        from archive.model.derivation import project

        self.data = b""
        passages = []
        for text, is_kept in zip(texts, kept, strict=True):
            start = len(self.data) + 3
            self.data += b"<p>" + text.encode() + b"</p>"
            span = Span(0, start, len(self.data) - 4)
            said = project([(text.encode(), "utf-8")], PROJECTION)
            passages.append(Passage((span,), said, PROJECTION, Kind.BODY, is_kept, "furniture" if not is_kept else ""))
        self.layer = Layer(None, "utf-8", self.data)
        reading = Reading(media_type="text/html", charset="utf-8", layers=(self.layer,))
        stored = StoredLayer(PATH, "ab" * 32, "utf-8")
        files = [ReadFile("page", PATH, len(self.data), "ab" * 32, reading, (stored,), tuple(passages))]
        entries, figures, _ = passage_entries(files, 0)
        self.record: dict[str, Any] = {
            "document_id": "a", "passages": entries, "text": figures, "files": file_entries(files), "annotations": [],
        }  # fmt: skip

    @property
    def text(self) -> str:
        return "\n\n".join(one["text"] for one in self.record["passages"] if one["kept"])

    def annotate(self, *selections: Selection, body: str = "", created: str | None = None) -> list[tuple[str, str]]:
        given = [
            Annotation(f"urn:{row}", "a", row, selection, body=body, created=created)
            for row, selection in enumerate(selections, start=1)
        ]
        found = annotate(given, self.record["passages"], {PATH: self.layer})
        self.record["annotations"] = list(found.entries)
        for one in found.findings:
            assert (one.document, one.where.file) == ("a", "annotations.jsonl")
        return [(one.code.removeprefix("annotation."), f"{one.where.row} {one.found}") for one in found.findings]

    def entry(self, selection: Selection, codes: tuple[str, ...] = ()) -> dict[str, Any]:
        assert tuple(code for code, _ in self.annotate(selection)) == codes
        (entry,) = self.record["annotations"]
        assert self.proved() == []
        return dict(entry)

    def bytes_of(self, entry: dict[str, Any]) -> list[bytes]:
        return [self.data[s["byte_start"] : s["byte_end"]] for part in entry["parts"] for s in part["spans"]]

    def read(self, key: str, start: int, end: int) -> bytes:
        assert key == PATH
        return self.data[start:end]

    def proved(self, damaged: frozenset[str] = frozenset()) -> list[str | None]:
        skipped: set[str] = set()
        findings = AnnotationProof(self.record, self, damaged, skipped).findings()  # type: ignore[arg-type]
        found = [one.where.pointer for one in findings]
        return [*found, *sorted(skipped)]


def refusal(selection: Selection, document: Document | None = None) -> tuple[str, str]:
    (found,) = (document or Document()).annotate(selection)
    return found


def test_a_quotation_gets_its_place_and_its_bytes():
    document = Document()
    entry = document.entry(Selection("people cross it & wait"))
    assert entry["quotation"] == "people cross it & wait"
    assert document.text[entry["char_start"] :][: entry["char_count"]] == entry["quotation"]
    assert document.bytes_of(entry) == [b"people\n  cross it &amp; wait"]
    assert entry["parts"][0]["narrowed"] is True


def test_a_quotation_may_run_through_passages_and_skips_what_is_not_kept():
    document = Document()
    entry = document.entry(Selection("& wait.\n\nIt is said"))
    assert [part["char_count"] for part in entry["parts"]] == [7, 10]
    assert document.bytes_of(entry) == [b"&amp; wait.", b"It is said"]


def test_white_space_and_quotation_marks_are_forgiven_and_what_stands_there_is_kept():
    document = Document()
    entry = document.entry(Selection('that "some  people" wait'), ("forgiven",))
    assert entry["quotation"] == "that \u201csome people\u201d wait"


def test_an_exact_place_goes_before_one_that_has_to_be_forgiven():
    document = Document(("a \u201cb\u201d c", 'a "b" c'), (True, True))
    assert document.entry(Selection('"b"'))["char_start"] == 11


def test_what_stands_twice_needs_its_surroundings():
    code, found = refusal(Selection("The river"))
    assert code == "ambiguous"
    assert "2 places" in found
    document = Document()
    assert document.entry(Selection("The river", suffix=" is wide"))["char_start"] > 0
    assert document.entry(Selection("The river", suffix=" freezes"))["char_start"] == 0
    wide = document.entry(Selection("The river", prefix="people\u201d wait.  "))
    assert wide["char_start"] == document.text.index("The river is")


def test_overlapping_places_are_two():
    assert refusal(Selection("aa"), Document(("b aaa c",), (True,)))[0] == "ambiguous"


def test_a_position_is_taken_alone_or_beside_a_quotation():
    document = Document()
    at = document.text.index("river")
    assert document.entry(Selection(start=at, end=at + 5))["quotation"] == "river"
    assert document.entry(Selection(start=at - 1, end=at + 6))["quotation"] == "river"
    last = document.text.rindex("The river")
    assert document.entry(Selection("The river", start=last, end=last + 9))["char_start"] == last


@pytest.mark.parametrize(
    ("selection", "code", "said"),
    [
        (Selection("no such words at all"), "not-found", "no such words"),
        (Selection("the River"), "not-found", "the River"),
        (Selection("Menu of the page"), "not-kept", "furniture"),
        (Selection("freezes", prefix="The lake "), "context", "1 place"),
        (Selection("freezes", start=0, end=3), "context", "1 place"),
        (Selection(start=0, end=10_000), "position", "of 1"),
        (Selection(start=5, end=5), "position", "5-5"),
        (Selection(start=3, end=4), "position", "white space"),
    ],
)
def test_what_has_no_place_says_why(selection: Selection, code: str, said: str):
    found, text = refusal(selection)
    assert found == code
    assert said in text
    assert text.startswith("1 ")


def test_a_document_without_text_holds_no_words():
    assert refusal(Selection("words"), Document((), ())) == ("not-found", "1 the document has no text")


def test_dates_must_be_dates():
    document = Document()
    figure = '{"type":"Figure","value":1,"period":"last year"}'
    assert document.annotate(Selection("freezes"), body=figure) == [("shape", "1 last year")]
    assert document.annotate(Selection("freezes"), created="2026-13-45T10:00:00Z")[0][0] == "shape"
    assert document.record["annotations"] == []


def test_annotations_stand_in_the_order_of_the_text():
    document = Document()
    assert document.annotate(Selection("wide"), Selection("freezes"), Selection("freezes in")) == []
    assert [one["annotation_id"] for one in document.record["annotations"]] == ["urn:2", "urn:3", "urn:1"]
    assert document.proved() == []


def test_where_bytes_cannot_be_told_apart_those_of_the_passage_are_given(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("archive.quoting.narrowing.LONGEST", 3)
    document = Document()
    entry = document.entry(Selection("freezes"))
    assert entry["parts"][0]["narrowed"] is False
    assert entry["parts"][0]["spans"] == document.record["passages"][0]["spans"]
    entry["parts"][0]["spans"][0]["byte_end"] -= 1
    document.record["annotations"] = copy.deepcopy([entry])
    document.record["passages"][0]["spans"][0]["byte_end"] += 1
    assert document.proved() == ["/annotations/0/parts/0/spans"]


@given(st.data())
def test_every_part_of_the_text_is_found_with_bytes_that_give_it(data: st.DataObject):
    document = Document()
    length = len(document.text)
    start = data.draw(st.integers(0, length - 1))
    end = data.draw(st.integers(start + 1, length))
    if document.text[start:end].strip():
        document.entry(Selection(start=start, end=end))


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda one: one.update(quotation="another"), "/annotations/0/quotation"),
        (lambda one: one.update(char_start=one["char_start"] + 1), "/annotations/0/quotation"),
        (lambda one: one.update(comment="a remark"), "/annotations/0/comment"),
        (lambda one: one.update(body="{"), "/annotations/0/body"),
        (lambda one: one.update(body='{"type":"Figure","value":1}'), "/annotations/0/figure"),
        (lambda one: one["parts"].pop(), "/annotations/0/parts"),
        (lambda one: one["parts"][0].update(passage_id="p" + "0" * 24), "/annotations/0/parts"),
        (lambda one: one["parts"][0].update(char_start=0), "/annotations/0/parts/0/char_start"),
        (lambda one: one["parts"][1].update(char_count=1), "/annotations/0/parts/1/char_count"),
        (lambda one: one["parts"][0]["spans"][0].update(byte_start=0), "/annotations/0/parts/0/spans"),
        (lambda one: one["parts"][0]["spans"][0].update(layer="data/x"), "/annotations/0/parts/0/spans"),
        (lambda one: one["parts"][1]["spans"][0].update(byte_end=10), "/annotations/0/parts/1/spans"),
        (lambda one: one["parts"][0].update(narrowed=False), "/annotations/0/parts/0/spans"),
    ],
)  # fmt: skip
def test_what_does_not_follow_is_found(change: Any, pointer: str):
    document = Document()
    document.entry(Selection("& wait.\n\nIt is said"))
    change(document.record["annotations"][0])
    assert pointer in document.proved()


def test_order_counts_and_damage_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    document = Document()
    document.annotate(Selection("wide"), Selection("freezes"))
    document.record["annotations"].reverse()
    assert document.proved() == ["/annotations/1"]
    document.record["annotations"].reverse()
    assert document.proved(frozenset({PATH})) == [PATH]

    def unreadable(key: str, start: int, end: int) -> bytes:
        raise StorageError("gone", where=key)

    monkeypatch.setattr(document, "read", unreadable)
    assert document.proved() == [PATH]
