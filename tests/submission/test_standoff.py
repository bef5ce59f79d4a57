"""The lists beside a corpus: what was withdrawn, and which passages are withheld."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive.model.findings import Finding
from archive.submission import Submission, read_submission

TOML = 'identifier = "e"\nversion = "1"\ntitle = "E"\naccess_level = "open"\n'
ENTRY = {"document": "a.txt", "redacted": "open/a.txt", "exact": "Mina", "reason": "identity"}


def read(folder: Path, toml: str = "", **files: str) -> Submission:
    for name, content in {"corpus.toml": TOML + toml, "a.txt": "A", **files}.items():
        place = folder / name.replace("__", "/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content)
    return read_submission(folder)


def coded(submission: Submission, code: str) -> list[Finding]:
    return [one for one in submission.findings if one.code == code]


def test_the_list_of_withdrawn_documents_is_no_document(tmp_path: Path) -> None:
    listed = "identifier,reason,date\nb.txt,consent,2024-05-03\n\n  , ,\n"
    found = read(tmp_path, 'withdrawn = "gone.csv"\n', **{"gone.csv": listed})
    assert [(one.document_id, one.reason, one.date, one.row) for one in found.withdrawn] == [
        ("b.txt", "consent", "2024-05-03", 2)
    ]
    assert [one.document_id for one in found.documents] == ["a.txt"]
    assert b"b.txt" not in b"".join(file.data or b"" for level in found.levels() for file in level.submission)


@pytest.mark.parametrize(
    "listed",
    [
        "",
        "identifier,reason\nb,consent\n",
        "identifier,reason,date\nb,because,2024-05-03\n",
        "identifier,reason,date\nb,consent,2024-02-30\n",
        "identifier,reason,date\nb,consent,20240503\n",
        "identifier,reason,date\n,consent,2024-05-03\n",
        "identifier,reason,date\nb,consent\n",
        "identifier,reason,date\nb,consent,2024-05-03\nb,consent,2024-05-03\n",
        'identifier,reason,date\n"b',
    ],
)
def test_a_list_of_withdrawn_documents_that_cannot_be_used(tmp_path: Path, listed: str) -> None:
    found = read(tmp_path, 'withdrawn = "gone.csv"\n', **{"gone.csv": listed})
    assert [one.where.file for one in coded(found, "withdrawn.malformed")] == ["gone.csv"]


def test_what_was_withdrawn_may_not_be_packed(tmp_path: Path) -> None:
    listed = "identifier,reason,date\na.txt,safety,2024-05-03\n"
    found = read(tmp_path, 'withdrawn = "gone.csv"\n', **{"gone.csv": listed})
    assert [(one.document, one.where.row) for one in coded(found, "withdrawn.still-there")] == [("a.txt", 2)]


@pytest.mark.parametrize("key", ["withdrawn", "redactions"])
def test_a_list_that_is_not_there(tmp_path: Path, key: str) -> None:
    found = read(tmp_path, f'{key} = "list"\n')
    assert [one.where.pointer for one in coded(found, "corpus.list-missing")] == [f"/{key}"]


def test_each_line_about_what_is_withheld_goes_with_its_document(tmp_path: Path) -> None:
    lines = json.dumps(ENTRY) + "\n\n" + json.dumps({**ENTRY, "document": "b.txt", "prefix": "p", "suffix": "s"})
    sheet = "filename,access_level\na.txt,restricted\nb.txt,embargoed\nopen/a.txt,open\n"
    found = read(
        tmp_path, 'redactions = "w.jsonl"\n',
        **{"w.jsonl": lines, "b.txt": "B", "metadata.csv": sheet, "open__a.txt": "C"},
    )  # fmt: skip
    kept = {
        level.level.value: [file.data for file in level.submission if file.path == "w.jsonl"]
        for level in found.levels()
    }
    first, _, second = lines.encode().partition(b"\n\n")
    assert kept == {"open": [], "embargoed": [second + b"\n"], "restricted": [first + b"\n"]}
    assert found.contents.redactions is not None
    assert [(one.document, one.prefix, one.row) for one in found.contents.redactions.entries] == [
        ("a.txt", "", 1), ("b.txt", "p", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "no JSON",
        [],
        {**ENTRY, "exact": " "},
        {**ENTRY, "exact": 7},
        {**ENTRY, "prefix": None},
        {**ENTRY, "reason": "because"},
        {**ENTRY, "more": ""},
        {**ENTRY, "redacted": "../a.txt"},
        {**ENTRY, "redacted": "/a.txt"},
        {**ENTRY, "redacted": "a.html"},
    ],
)
def test_a_line_about_what_is_withheld_that_cannot_be_used(tmp_path: Path, said: Any) -> None:
    line = said if isinstance(said, str) else json.dumps(said)
    found = read(tmp_path, 'redactions = "w.jsonl"\n', **{"w.jsonl": line})
    wrong = coded(found, "redactions.malformed")
    assert wrong
    assert not any("Mina" in one.found for one in wrong)


def test_a_list_of_withheld_passages_is_never_packed_by_mistake(tmp_path: Path) -> None:
    found = read(
        tmp_path, **{"w.jsonl": "\n" + json.dumps(ENTRY), "x.jsonl": "no", "y.jsonl": "{}", "z.json": json.dumps(ENTRY)}
    )
    assert [one.where.file for one in coded(found, "redactions.not-named")] == ["w.jsonl", "z.json"]
    lists = {"a.csv": "Identifier,reason,date\n", "b.csv": "identifier,title\n"}
    assert [one.where.file for one in coded(read(tmp_path, **lists), "withdrawn.not-named")] == ["a.csv"]
