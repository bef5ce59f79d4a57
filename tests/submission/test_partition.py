"""The promise of the partition: a level's part equals the whole plan of the corpus with everything else removed."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.corpora import LevelPlan
from archive.model.fields import AccessLevel
from archive.model.findings import Where
from archive.submission import read_submission
from archive.submission.records import records_of
from tests.submission.making import Folder

FILES = ("a.html", "in/b.html", "in/c.txt", "in/er/d.txt", "e.jsonl")
IGNORED = (".hidden", "in/.hidden", "in/Thumbs.db", "in/er/.x", "in/er/._y", "other/.z")
LEVELS = ("", "open", "restricted", "embargoed")


def shape(plan: LevelPlan) -> dict[str, Any]:
    """All of a plan as plain values, files to be copied with where they come from."""
    return {
        "level": plan.level,
        "documents": list(plan.documents),
        "submission": list(plan.submission),
        "ignored": plan.ignored,
    }


@st.composite
def corpora(draw: st.DrawFn) -> dict[str, Any]:
    """A corpus of a few files with rows, folder rows, members and sidecars, in any order and with any line ends."""
    files = draw(st.lists(st.sampled_from(FILES), unique=True, min_size=1))
    text = st.sampled_from(["", "x", "one\ntwo", 'with "marks"', "a;b", "é"])
    rows = [
        [
            path,
            draw(st.sampled_from(["", "shared", f"id-{path}"])),
            draw(st.sampled_from(LEVELS)),
            draw(text),
            draw(text),
        ]
        for path in files
        if draw(st.booleans())
    ]
    if "e.jsonl" in files:
        rows += [[f"e.jsonl#{one}", "", "", draw(text), ""] for one in ("1", "k") if draw(st.booleans())]
    used = {path.rpartition("/")[0] for path in files}
    for folder in ("in", "in/er"):
        if any(one == folder or one.startswith(folder + "/") for one in used) and draw(st.booleans()):
            rows.append([folder, "", draw(st.sampled_from(LEVELS)), draw(text), draw(text)])
    rows += [[""] * 5] * draw(st.integers(0, 2))
    sidecars = {path: draw(st.sampled_from(LEVELS)) for path in files if draw(st.booleans())}
    return {
        "files": files,
        "rows": draw(st.permutations(rows)),
        "end": draw(st.sampled_from(["\n", "\r\n"])),
        "mark": draw(st.booleans()),
        "sidecars": sidecars,
        "default": draw(st.sampled_from(LEVELS)),
        "ignored": draw(st.lists(st.sampled_from(IGNORED), unique=True)),
        "links": draw(st.booleans()),
        "swept": draw(st.booleans()),
    }


def build(place: Path, corpus: dict[str, Any]) -> Folder:
    folder = Folder(place)
    level = f'access_level = "{corpus["default"]}"\n' if corpus["default"] else ""
    folder.toml(
        f'review_date = "2030-01-01"\n{level}[lists]\nsubjects = ";"\n', 'identifier="i"\nversion="1"\ntitle="t"\n'
    )
    folder.files(*corpus["files"], *corpus["ignored"])
    if corpus["links"] and (place / "in").is_dir():
        (place / "in/link").symlink_to("../e.jsonl")
    for path, stated in corpus["sidecars"].items():
        folder.write(path + ".json", f'{{"title": "of {path}", "access_level": "{stated}"}}')
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator=corpus["end"])
    writer.writerow(["filename", "identifier", "access_level", "title", "subjects"])
    writer.writerows(corpus["rows"])
    folder.write("metadata.csv", (b"\xef\xbb\xbf" if corpus["mark"] else b"") + stream.getvalue().encode())
    return folder


def reduce_to(folder: Folder, plan: LevelPlan, *, swept: bool) -> None:
    """Removes all other documents, rows and sidecars from a corpus folder, with no help from what is tested.

    Whether hidden files and links go as well, where no document is left beside them, makes no difference.
    """
    kept = {file.path for document in plan.documents for file in document.files}
    for path in FILES:
        if path not in kept:
            (folder.path / path).unlink(missing_ok=True)
            (folder.path / f"{path}.json").unlink(missing_ok=True)
    beside = {Path(path).parent for path in kept}
    for path in (*IGNORED, "in/link") if swept else ():
        if Path(path).parent not in beside:
            (folder.path / path).unlink(missing_ok=True)
    for inner in ("in/er", "in", "other"):
        if (folder.path / inner).is_dir() and not any((folder.path / inner).iterdir()):
            (folder.path / inner).rmdir()
    sheet = (folder.path / "metadata.csv").read_bytes()
    rest = b""
    for number, record in enumerate(records_of(sheet)):
        name = record.cells[0].split("#")[0]
        if number == 0 or not name or (folder.path / name).exists():
            rest += sheet[record.start : record.end]
    (folder.path / "metadata.csv").write_bytes(rest)


@settings(max_examples=150, deadline=None)
@given(corpora())
def test_a_level_is_the_corpus_with_all_else_removed(corpus: dict[str, Any]):
    with tempfile.TemporaryDirectory() as place:
        whole = build(Path(place) / "whole", corpus).read()
        for number, plan in enumerate(whole.levels()):
            folder = build(Path(place) / str(number), corpus)
            reduce_to(folder, plan, swept=corpus["swept"])
            (alone,) = folder.read().levels()
            assert shape(alone) == shape(plan)


@settings(max_examples=60, deadline=None)
@given(corpora())
def test_every_locator_leads_back_to_its_value(corpus: dict[str, Any]):
    with tempfile.TemporaryDirectory() as place:
        folder = build(Path(place) / "whole", corpus)
        partition = folder.read().partition()
        rows = list(csv.reader(io.StringIO((folder.path / "metadata.csv").read_text("utf-8-sig"), newline="")))
        for plan in partition.levels:
            (sheet,) = [one.data for one in plan.submission if one.path == "metadata.csv"]
            assert sheet is not None
            submitted = list(csv.reader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))
            for document in plan.documents:
                for statement in document.statements:
                    if statement.source != "sheet":
                        continue
                    row, column = map(int, statement.locator.removeprefix("cell=").split(","))
                    cell = submitted[row - 1][column - 1]
                    assert statement.value in cell
                    where = partition.where(document, statement)
                    assert where.row is not None
                    assert where.column is not None
                    assert rows[where.row - 1][rows[0].index(where.column)] == cell


def test_left_out_documents_take_their_rows_and_sidecars_with_them(tmp_path: Path):
    folder = Folder(tmp_path).files("a", "b", "c").write("b.json", "{}")
    folder.sheet("filename,title", "a,A", "b,B", "c,C")
    submission = folder.read()
    (plan,) = submission.levels(without={"b"})
    assert [one.document_id for one in plan.documents] == ["a", "c"]
    assert [one.path for one in plan.submission] == ["corpus.toml", "metadata.csv"]
    assert plan.submission[1].data == b"filename,title\na,A\nc,C\n"
    assert plan.documents[1].statements[0].locator == "cell=3,2"
    assert submission.levels(without={"a", "b", "c"}) == ()


def test_the_place_of_a_statement_outside_the_sheet(tmp_path: Path):
    folder = Folder(tmp_path).files("a").write("a.json", '{"title": "T"}')
    partition = folder.read().partition()
    (document,) = partition.documents
    assert [partition.where(document, one) for one in document.statements] == [
        Where(file="a.json", pointer="/title"),
        Where(file="corpus.toml", pointer="/access_level"),
    ]


def test_own_columns_and_keys_are_kept_with_the_document(tmp_path: Path):
    folder = (
        Folder(tmp_path)
        .toml('additional_columns = ["box", "shelf"]\n')
        .files("in/a")
        .sheet("filename,box", "in,1", "in/a,2")
    )
    folder.write("in/a.json", '{"box": 3, "shelf": 4, "additional": {"x": 5}}')
    (document,) = folder.read().documents
    assert document.additional == {"box": "2", "shelf": "4", "x": "5"}


def test_what_an_archive_needs_of_a_letter_is_not_about_what_is_attached_to_it(tmp_path: Path):
    folder = Folder(tmp_path).toml('additional_columns = ["box", "shelf"]\n')
    folder.write("a.eml", "From: a@example.org\nTo: b@example.org\nSubject: x\nMIME-Version: 1.0\n\nWords.\n")
    folder.sheet("filename,box,shelf", "a.eml,1,", "a.eml#2,,3", "a.eml#3,,")
    (document,) = folder.read().documents
    assert document.additional == {"box": "1"}
    assert {name: one.additional for name, one in document.members.items()} == {"2": {"shelf": "3"}, "3": {}}


def test_plans_are_a_sequence(tmp_path: Path):
    documents = read_submission(Folder(tmp_path).files("a", "b", "c").path).documents
    assert len(documents) == 3
    assert [one.document_id for one in documents[1:]] == ["b", "c"]
    assert documents[1:] == documents[1:]
    assert documents[1:] != documents[:2]
    assert documents != 3
    assert documents[-1].access_level is AccessLevel.OPEN
    with pytest.raises(IndexError):
        documents[3]
