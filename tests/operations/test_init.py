from __future__ import annotations

import csv
import errno
import io
import os
import tomllib
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import StorageError, UsageError
from archive.model.blocks import Observation, Reading
from archive.model.fields import Source
from archive.model.findings import Severity
from archive.model.reports import Verdict
from archive.operations import guesses
from archive.operations import init as module
from archive.operations.init import init
from archive.submission.plan import read_submission

PAGE = """<html><head><title>A winter by the river</title><meta name="author" content="Example, Ada">
<meta name="keywords" content="rivers, winters"><meta name="date" content="2019-03-04"></head>
<body><p>The river froze early that year, and the ferry stayed where it was.</p></body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "River reports"
    (place / "pages").mkdir(parents=True)
    (place / "pages" / "winter.html").write_text(PAGE)
    (place / "pages" / "winter.html.json").write_text('{"title": "Winter"}')
    (place / "note.txt").write_text("A note in a few words.\n")
    (place / ".hidden").write_text("x")
    (place / "Thumbs.db").write_text("x")
    return place


def sheet(place: Path) -> list[dict[str, str]]:
    text = (place / "metadata.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def state(place: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        str(path.relative_to(place)): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode)
        for path in place.rglob("*")
        if path.is_file()
    }


def test_two_files_are_added_and_nothing_else_changes(folder: Path) -> None:
    before = state(folder)
    report = init(folder)
    after = state(folder)
    assert set(after) - set(before) == {"corpus.toml", "metadata.csv"}
    assert {name: after[name] for name in before} == before
    assert (report.command, report.verdict, report.exit_code) == ("init", Verdict.VALID, 0)
    assert report.counts == {"documents": 2, "inside": 0, "rows": 2, "ignored": 2, "written": 2}
    assert [(one.code, one.where.file) for one in report.findings] == [
        ("ignored.hidden", ".hidden"),
        ("starter.written", str(folder / "corpus.toml")),
        ("starter.written", str(folder / "metadata.csv")),
        ("ignored.system", "Thumbs.db"),
    ]


def test_the_files_are_as_open_as_others(folder: Path) -> None:
    init(folder)
    (folder / "other").write_text("x")
    assert (folder / "metadata.csv").stat().st_mode == (folder / "other").stat().st_mode


def test_documents_have_a_row_each_and_sidecars_none(folder: Path) -> None:
    init(folder)
    assert [one["filename"] for one in sheet(folder)] == ["note.txt", "pages/winter.html"]
    assert {one["identifier"] for one in sheet(folder)} == {""}


def test_guesses_stand_apart_from_what_a_person_says(folder: Path) -> None:
    init(folder)
    winter = sheet(folder)[1]
    assert winter["suggested.title"] == "A winter by the river"
    assert winter["suggested.creators"] == "Example, Ada"
    assert {winter[name] for name in ("title", "creators", "date_issued", "language", "access_level")} == {""}
    assert not [name for name in winter if name.startswith("suggested.access")]


def test_the_corpus_is_then_read_without_an_error(folder: Path) -> None:
    init(folder)
    submission = read_submission(folder)
    assert not [one for one in submission.findings if one.severity is Severity.ERROR]
    assert "sheet.suggestions" in {one.code for one in submission.findings}
    (documents,) = (level.documents for level in submission.levels())
    assert [one.document_id for one in documents] == ["note.txt", "pages/winter.html"]
    assert {one.value for plan in documents for one in plan.statements if one.source is Source.SHEET} == set()


def test_accepting_a_column_makes_it_a_persons_word(folder: Path) -> None:
    init(folder)
    path = folder / "metadata.csv"
    path.write_bytes(path.read_bytes().replace(b"suggested.", b""))
    submission = read_submission(folder)
    assert not [one for one in submission.findings if one.severity is Severity.ERROR]
    (level,) = submission.levels()
    said = {(one.field, one.value) for one in level.documents[1].statements if one.source is Source.SHEET}
    assert {("title", "A winter by the river"), ("creators", "Example, Ada")} <= said


def test_out_writes_elsewhere_and_leaves_the_folder_untouched(folder: Path, tmp_path: Path) -> None:
    before = state(folder)
    report = init(folder, out=tmp_path / "new" / "drafts")
    assert state(folder) == before
    assert sorted(path.name for path in (tmp_path / "new" / "drafts").iterdir()) == ["corpus.toml", "metadata.csv"]
    written = [one.where.file for one in report.findings if one.code == "starter.written"]
    assert written[0] == str(tmp_path / "new" / "drafts" / "corpus.toml")
    assert tomllib.loads((tmp_path / "new" / "drafts" / "corpus.toml").read_text("utf-8"))["slug"] == "river-reports"


@pytest.mark.parametrize("name", ["corpus.toml", "metadata.csv"])
@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_nothing_is_ever_overwritten(folder: Path, name: str, kind: str) -> None:
    taken = folder / name
    {
        "file": lambda: taken.write_text("mine"),
        "folder": taken.mkdir,
        "link": lambda: taken.symlink_to("nowhere"),
    }[kind]()
    before = state(folder)
    with pytest.raises(UsageError) as caught:
        init(folder)
    assert caught.value.where == str(taken)
    assert "--out" in str(caught.value.remedy)
    assert state(folder) == before
    assert not (folder / ({"corpus.toml", "metadata.csv"} - {name}).pop()).exists()


@pytest.mark.parametrize("name", ["corpus.toml", "metadata.csv"])
def test_a_file_that_appears_meanwhile_is_not_overwritten(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = module.starter_corpus

    def meanwhile(corpus: str) -> bytes:
        (folder / name).write_text("mine")
        return made(corpus)

    monkeypatch.setattr(module, "starter_corpus", meanwhile)
    with pytest.raises(UsageError):
        init(folder)
    assert (folder / name).read_text() == "mine"
    assert sorted(path.name for path in folder.glob("*.toml")) + sorted(path.name for path in folder.glob("*.csv")) == [
        name
    ]
    assert not list(folder.glob(".*.partial"))


def test_a_file_system_without_links_is_served_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    init(folder)
    assert len(sheet(folder)) == 2
    assert not list(folder.glob(".*.partial"))


def test_a_full_disk_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = module._write

    def full(path: Path, data: bytes) -> None:
        written(path, data)
        if "metadata" in path.name:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, "_write", full)
    before = state(folder)
    with pytest.raises(StorageError, match="the disk is full"):
        init(folder)
    assert state(folder) == before


def test_ctrl_c_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = module._write

    def interrupted(path: Path, data: bytes) -> None:
        if "metadata" in path.name:
            raise KeyboardInterrupt
        written(path, data)

    monkeypatch.setattr(module, "_write", interrupted)
    before = state(folder)
    with pytest.raises(KeyboardInterrupt):
        init(folder)
    assert state(folder) == before


def test_a_place_that_is_a_file_is_an_error_in_words(folder: Path) -> None:
    with pytest.raises(StorageError, match="the starter files could not be written"):
        init(folder, out=folder / "note.txt")


def test_a_folder_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be listed"):
        init(tmp_path / "nowhere")


def test_an_empty_folder_gets_an_empty_sheet(tmp_path: Path) -> None:
    report = init(tmp_path)
    assert sheet(tmp_path) == []
    assert report.counts["documents"] == 0


def test_minted_identifiers_are_random_and_say_nothing(folder: Path) -> None:
    (folder / "many.jsonl").write_text('{"text": "One."}\n')
    init(folder, mint_ids=True)
    minted = {one["filename"]: one["identifier"] for one in sheet(folder)}
    assert list(minted) == ["many.jsonl", "many.jsonl#1", "note.txt", "pages/winter.html"]
    assert len(set(minted.values())) == 4
    assert {uuid.UUID(one).version for one in minted.values()} == {4}
    submission = read_submission(folder)
    assert not [one for one in submission.findings if one.severity is Severity.ERROR]


def test_more_values_than_columns_are_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = tuple(Observation("subjects", f"word {number}", "") for number in range(15))
    monkeypatch.setattr(guesses, "read", lambda *_, **__: Reading("text/html", embedded=words))
    report = init(folder, jobs=1)
    cut = [(one.where.file, one.found) for one in report.findings if one.code == "starter.suggestions-cut"]
    assert cut == [("note.txt", "15 values of subjects"), ("pages/winter.html", "15 values of subjects")]
    assert (
        next(csv.reader(io.StringIO((folder / "metadata.csv").read_text("utf-8-sig")))).count("suggested.subjects")
        == 10
    )


def test_a_document_that_cannot_be_read_is_said_and_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: object) -> bytes:
        raise StorageError("It may not be read", where="note.txt")

    monkeypatch.setattr(guesses, "read_whole", unreadable)
    report = init(folder, jobs=1)
    assert [one.where.file for one in report.findings if one.code == "starter.unread"] == [
        "note.txt",
        "pages/winter.html",
    ]
    assert len(sheet(folder)) == 2


def test_a_name_that_no_cell_can_hold_is_written_as_bytes(folder: Path) -> None:
    (folder / os.fsdecode(b"odd\xff.txt")).write_text("An odd name.")
    report = init(folder)
    assert [one["filename"] for one in sheet(folder)] == ["note.txt", r"odd\xff.txt", "pages/winter.html"]
    assert report.counts["documents"] == report.counts["rows"]
    submission = read_submission(folder)
    assert "sheet.file-without-row" not in {one.code for one in submission.findings}
    assert len(submission.documents) == 3


def test_progress_is_told(folder: Path) -> None:
    heard = []
    init(folder, jobs=1, listener=heard.append)
    assert [(one.stage, one.done, one.total) for one in heard] == [("reading", 1, 2), ("reading", 2, 2)]


def test_the_number_of_workers_does_not_show(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WORTH_A_PROCESS", 5)
    for number in range(20):
        (folder / f"{number}.html").write_text(PAGE)
    init(folder, out=tmp_path / "one", jobs=1)
    init(folder, out=tmp_path / "two", jobs=2)
    for name in ("corpus.toml", "metadata.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


PARTS = st.text(
    st.sampled_from("ab,\"';=+-@#% \n\r\t\\북é\u0301\u2028\x1b"), min_size=1, max_size=8
).filter(lambda part: not part.startswith(".") and not part.startswith("~$"))  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sets(st.lists(PARTS, min_size=1, max_size=2).map("/".join), min_size=1, max_size=6))
def test_any_name_round_trips_through_the_sheet(names: set[str]) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        made = 0
        for name in sorted(names):
            target = folder / f"{name}.txt"
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text("A few words.")
            except OSError:  # a file stands where a folder should
                continue
            made += 1
        report = init(folder, jobs=1)
        assert report.counts["rows"] == made
        submission = read_submission(folder)
        codes = {one.code for one in submission.findings if one.severity is Severity.ERROR}
        assert codes <= {"document.identifier-clash"}  # NFC and NFD forms of one name
        rows = sheet(folder)
        formulas = [one["filename"] for one in rows if one["filename"].startswith(("=", "+", "-", "@"))]
        assert all("\\" in name for name in formulas)  # a backslash makes every other spelling ambiguous
        assert "sheet.file-without-row" not in {one.code for one in submission.findings}
