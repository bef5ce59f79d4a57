"""annotations.jsonl as a person wrote it: what is read, what is refused, and which line goes into which bag."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.annotations import Selection, read_body
from archive.model.codes import CODES
from archive.submission import annotations
from archive.submission.limits import Limits
from tests.packing.making import annotation
from tests.submission.making import Folder


def lines(*values: Any) -> str:
    return "".join((one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)) + "\n" for one in values)


def test_an_annotation_is_read_with_what_is_used_of_it(folder: Folder):
    one = annotation(
        "a.txt", "some words", prefix="before ", suffix=" after", motivation="describing",
        created="2026-11-21T10:00:00Z",
        creator=[{"type": "Person", "name": "A Reader"}, {"id": "https://example.org/b"}, "C"],
        body={"type": "TextualBody", "value": "A remark."}, rights="https://example.org/licence",
    )  # fmt: skip
    folder.files("a.txt").write("annotations.jsonl", b"\xef\xbb\xbf\n" + lines(one).encode())
    submission = folder.read()
    assert submission.findings == ()
    (level,) = submission.levels()
    (found,) = level.annotations
    assert (found.annotation_id, found.document_id, found.row) == ("urn:example:1", "a.txt", 2)
    assert found.selection == Selection("some words", "before ", " after")
    assert (found.motivation, found.created) == (("describing",), "2026-11-21T10:00:00Z")
    assert found.creators == ("A Reader", "https://example.org/b", "C")
    assert json.loads(found.body) == {"type": "TextualBody", "value": "A remark."}
    assert ("annotations.jsonl", b"\xef\xbb\xbf\n" + lines(one).encode()) in [
        (file.path, file.data) for file in level.submission
    ]


def test_other_ways_to_write_the_same(folder: Folder):
    first = annotation("a.txt", "words", "1")
    first["@context"] = ["http://www.w3.org/ns/anno.jsonld", "https://example.org/own"]
    first["type"] = ["Annotation", "Own"]
    first["target"] = [first["target"]]
    first["target"][0]["selector"] = [
        first["target"][0]["selector"],
        {"type": "TextPositionSelector", "start": 3, "end": 8},
    ]
    second = annotation("a.txt", None, "2", start=0, end=2, bodyValue="A remark.")
    folder.files("a.txt").write("annotations.jsonl", lines(first, second).encode().replace(b"\n", b"\r\n")[:-2])
    (level,) = folder.read().levels()
    one, two = level.annotations
    assert one.selection == Selection("words", start=3, end=8)
    assert two.selection == Selection(start=0, end=2)
    assert json.loads(two.body) == {"type": "TextualBody", "value": "A remark."}


def without(one: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in one.items() if key not in keys}


GOOD = annotation("a.txt", "words")
SELECTOR = "/target/selector"


def with_selector(selector: Any) -> dict[str, Any]:
    return {**GOOD, "target": {"source": "a.txt", "selector": selector}}


QUOTE = {"type": "TextQuoteSelector", "exact": "words"}
PLACE = {"type": "TextPositionSelector", "start": 0, "end": 2}


@pytest.mark.parametrize(
    ("line", "code", "pointer"),
    [
        ("{", "malformed", None),
        ("[]", "malformed", None),
        ("5", "malformed", None),
        ('{"id": 1, "id": 2}', "malformed", None),
        ('{"id": NaN}', "malformed", None),
        ('{"id": "\\ud800"}', "malformed", None),
        ('{"id": 12345678901234567}', "malformed", None),
        ('{"a":' * 30_000, "malformed", None),
        (without(GOOD, "@context"), "shape", "/@context"),
        (without(GOOD, "type"), "shape", "/type"),
        (without(GOOD, "id"), "shape", "/id"),
        ({**GOOD, "id": "a\nb"}, "shape", "/id"),
        (without(GOOD, "target"), "shape", "/target"),
        ({**GOOD, "target": "a.txt"}, "shape", "/target"),
        ({**GOOD, "target": [GOOD["target"], GOOD["target"]]}, "shape", "/target"),
        ({**GOOD, "target": {"selector": QUOTE}}, "shape", "/target/source"),
        ({**GOOD, "motivation": 5}, "shape", "/motivation"),
        ({**GOOD, "creator": {}}, "shape", "/creator"),
        ({**GOOD, "creator": 5}, "shape", "/creator"),
        ({**GOOD, "created": "yesterday"}, "shape", "/created"),
        ({**GOOD, "body": {"type": "Figure", "value": "many"}}, "shape", "/body/value"),
        ({**GOOD, "bodyValue": 5}, "shape", "/bodyValue"),
        ({**GOOD, "bodyValue": "a", "body": "https://example.org/"}, "shape", "/bodyValue"),
        (with_selector(None), "selector", SELECTOR),
        (with_selector([]), "selector", SELECTOR),
        (with_selector([QUOTE, QUOTE]), "selector", SELECTOR),
        (with_selector({"type": "CssSelector", "value": "p"}), "selector", SELECTOR),
        (with_selector({**QUOTE, "refinedBy": PLACE}), "selector", f"{SELECTOR}/refinedBy"),
        (with_selector({**QUOTE, "exact": " "}), "selector", f"{SELECTOR}/exact"),
        (with_selector({**QUOTE, "prefix": 5}), "selector", f"{SELECTOR}/prefix"),
        (with_selector({**PLACE, "start": -1}), "selector", f"{SELECTOR}/start"),
        (with_selector({**PLACE, "end": True}), "selector", f"{SELECTOR}/end"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_used_stops_everything_and_says_where(folder: Folder, line: Any, code: str, pointer: str):
    folder.files("a.txt").write("annotations.jsonl", lines("", line))
    one = folder.only()
    assert (one.code, one.document) == (f"annotation.{code}", None)
    assert (one.where.file, one.where.row, one.where.pointer) == ("annotations.jsonl", 2, pointer)
    assert one.found


def test_bytes_that_are_no_text_are_refused(folder: Folder):
    folder.files("a.txt").write("annotations.jsonl", b'{"id": "\xff"}')
    assert folder.only().found == "bytes that are not UTF-8, at byte 8 of the line"


def test_too_large_a_file_is_refused(folder: Folder, monkeypatch: pytest.MonkeyPatch):
    folder.files("a.txt").write("annotations.jsonl", lines(GOOD))
    small = Limits(annotations=20)
    monkeypatch.setattr(annotations, "LIMITS", small)
    assert folder.only().code == "annotation.too-large"


def test_an_identifier_stands_once(folder: Folder):
    folder.files("a.txt", "b.txt")
    folder.write("annotations.jsonl", lines(GOOD, annotation("b.txt", "others")))
    one = folder.only()
    assert (one.code, one.document, one.where.row) == ("annotation.duplicate-id", "b.txt", 2)
    assert "line 1" in one.found


@pytest.mark.parametrize("name", ["figure 3", "figure-3", "7:a", "urn:a b"])
def test_an_identifier_that_is_no_iri_is_kept_and_said(folder: Folder, name: str):
    folder.files("a.txt").write("annotations.jsonl", lines({**annotation("a.txt", "words"), "id": name}))
    one = folder.only()
    assert (one.code, one.document, one.where.row, one.where.pointer) == ("annotation.id-no-iri", "a.txt", 1, "/id")
    assert one.severity.value == "warning"


def test_an_unknown_document_is_told_with_what_was_perhaps_meant(folder: Folder):
    folder.files("in/a.txt", "b.txt").sheet("filename,identifier", "in/a.txt,first", "b.txt,second")
    folder.write(
        "annotations.jsonl",
        lines(annotation("in/a.txt", "w", "1"), annotation("secnd", "w", "2"), annotation("?", "w", "3")),
    )
    found = [one for one in folder.read().findings if one.code == "annotation.unknown-document"]
    assert [(one.where.row, one.document, one.expected) for one in found] == [
        (1, None, "perhaps first"), (2, None, "perhaps second"), (3, None, "the identifier of a document"),
    ]  # fmt: skip


def test_lines_go_with_their_documents_and_with_no_others(folder: Folder):
    folder.files("a.txt", "b.txt", "c.txt").write("d.jsonl", '{"id": "x"}\n')
    folder.write("d.jsonl#odd.txt")
    folder.sheet(
        "filename,identifier,access_level", "a.txt,,", "b.txt,,restricted", "c.txt,,", "d.jsonl,,", "d.jsonl#x,xx,",
        "d.jsonl\\#odd.txt,,restricted",
    )  # fmt: skip
    said = [
        annotation("a.txt", "w", "1"), annotation("b.txt", "w", "2"), annotation("xx", "w", "3"),
        annotation("d.jsonl#later", "w", "4"), annotation("c.txt", "w", "5"),
    ]  # fmt: skip
    folder.write("annotations.jsonl", lines(*said[:2], "", *said[2:]))
    submission = folder.read()
    assert not [one for one in submission.findings if one.code.startswith("annotation")]
    levels = {level.level.value: level for level in submission.levels(without={"c.txt"})}
    assert [one.document_id for one in levels["open"].annotations] == ["a.txt", "xx", "d.jsonl#later"]
    kept = {file.path: file.data for file in levels["open"].submission}
    assert kept["annotations.jsonl"] == lines(said[0], "", said[2], said[3]).encode()


def test_a_bag_without_annotations_has_no_such_file(folder: Folder):
    folder.files("a.txt", "b.txt").sheet("filename,access_level", "a.txt,", "b.txt,restricted")
    folder.write("annotations.jsonl", lines("", annotation("b.txt", "w")))
    opened, closed = folder.read().levels()
    assert "annotations.jsonl" not in [file.path for file in opened.submission]
    assert "annotations.jsonl" in [file.path for file in closed.submission]
    assert opened.annotations == ()


def test_a_file_that_is_named_like_a_document_of_a_container_has_its_own_level():
    owners = annotations.Owners({"d.jsonl#odd": "d.jsonl#odd", "d.jsonl": "d.jsonl"}, {}, frozenset({"d.jsonl"}))
    assert owners.owner("d.jsonl#odd") == "d.jsonl#odd"
    assert owners.owner("d.jsonl#x#y") == "d.jsonl"
    assert owners.owner("d.jsonl") == "d.jsonl"
    assert owners.owner("e#x") is None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["Annotation", "Figure"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
PLACES = [
    ("id",), ("type",), ("@context",), ("target",), ("body",), ("created",), ("creator",), ("motivation",),
    ("target", "source"), ("target", "selector"), ("target", "selector", "exact"), ("target", "selector", "type"),
    ("body", "value"), ("body", "type"), ("body", "unit"),
]  # fmt: skip


@given(place=st.sampled_from(PLACES), value=VALUES)
def test_whatever_stands_there_is_an_annotation_or_a_fault(place: tuple[str, ...], value: Any):
    one: dict[str, Any] = json.loads(json.dumps({**GOOD, "body": {"type": "Figure", "value": 5}}))
    inner = one
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    line = json.dumps(one).encode()
    found, findings = annotations.read_annotations(line, annotations.Owners({"a.txt": "a.txt"}, {}, frozenset()))
    for fault in findings:
        assert fault.code in CODES
        assert (fault.where.pointer or "/").startswith("/")
    for read in found.annotations:
        assert read.row == 1
        read_body(read.body)
    assert findings or found.annotations


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes):
    owners = annotations.Owners({}, {}, frozenset())
    found, findings = annotations.read_annotations(data, owners)
    assert found.data == data
    assert all(one.code in CODES for one in findings)
