from __future__ import annotations

import os
import pickle
import unicodedata
from pathlib import Path

import pytest

from archive.errors import UsageError
from archive.model.corpora import PlannedFile
from archive.model.fields import AccessLevel, Source
from archive.model.findings import Severity, Where
from archive.submission import Submission, read_submission
from tests.submission.making import CORPUS_TOML, Folder
from tests.submission.workbooks.making import ods


def plans(submission: Submission) -> dict[str, list[tuple[str, str]]]:
    return {one.document_id: [(file.path, file.role) for file in one.files] for one in submission.documents}


def found(folder: Folder) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(one.code, one.document, one.where.row, one.where.column) for one in folder.read().findings]


def test_without_a_sheet_each_file_is_a_document(folder: Folder):
    folder.files("b.txt", "a/c.html")
    submission = folder.read()
    assert submission.findings == ()
    assert plans(submission) == {"a/c.html": [("a/c.html", "page")], "b.txt": [("b.txt", "page")]}
    assert submission.documents[0].files == (PlannedFile("a/c.html", "page", 1),)
    assert [one.access_level for one in submission.documents] == [AccessLevel.OPEN] * 2


def test_without_corpus_toml_the_error_names_init(tmp_path: Path):
    with pytest.raises(UsageError, match="archive init"):
        read_submission(tmp_path)


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_corpus_toml_must_be_a_plain_file(folder: Folder, kind: str):
    place = folder.path / "corpus.toml"
    place.unlink()
    if kind == "link":
        place.symlink_to("elsewhere")
    else:
        (place / "x").mkdir(parents=True)
    with pytest.raises(UsageError, match=r"corpus\.toml is a"):
        folder.read()


def test_files_of_one_document_share_an_identifier(folder: Folder):
    folder.files("p.html", "s.png", "o.txt")
    folder.sheet("filename,identifier,role", "s.png,d,screenshot", "o.txt,d,OCR", "p.html,d,")
    submission = folder.read()
    assert submission.findings == ()
    assert plans(submission) == {"d": [("p.html", "page"), ("s.png", "screenshot"), ("o.txt", "ocr")]}


def test_values_of_the_first_file_outrank_those_of_others(folder: Folder):
    folder.files("p.html", "s.png")
    folder.sheet("filename,identifier,role,subjects", "s.png,d,screenshot,late", "p.html,d,,early")
    statements = [one for one in folder.read().documents[0].statements if one.field == "subjects"]
    assert [(one.value, one.rank, one.locator) for one in statements] == [
        ("early", 0, "cell=3,4"),
        ("late", 1, "cell=2,4"),
    ]


def test_rows_that_disagree_are_said(folder: Folder):
    folder.files("p.html", "s.png")
    folder.sheet("filename,identifier,role,title,captured_at", "s.png,d,screenshot,Late,2020", "p.html,d,,Early,2021")
    assert found(folder) == [("sheet.rows-disagree", "d", 2, "title")]


def test_the_same_identifier_and_role_twice(folder: Folder):
    folder.files("a.html", "b.html").sheet("filename,identifier", "a.html,d", "b.html,d")
    assert found(folder) == [("document.identifier-role-twice", "d", 3, "identifier")]


def test_a_row_without_a_file_and_a_file_without_a_row(folder: Folder):
    folder.files("a.html", "zz.txt").sheet("filename,identifier", "a.html,1", "missing.doc,2", "gone.pdf,")
    submission = folder.read()
    assert [(one.code, one.document, one.where.row, one.where.column, one.severity) for one in submission.findings] == [
        ("sheet.row-without-file", "2", 3, "filename", Severity.ERROR),
        ("sheet.row-without-file", "gone.pdf", 4, "filename", Severity.ERROR),
        ("sheet.file-without-row", "zz.txt", None, None, Severity.WARNING),
    ]


def test_a_file_without_a_row_asks_for_one_in_the_sheet_that_is_there(folder: Folder):
    folder.files("zz.txt")
    (folder.path / "metadata.ods").write_bytes(ods(["filename"]))
    asked = [one.expected for one in folder.read().findings if one.code == "sheet.file-without-row"]
    assert asked == ["a row in metadata.ods"]


def test_a_file_that_a_misspelt_row_was_about_is_refused(folder: Folder):
    folder.files("Page.html").sheet("filename,access_level", "page.html,restricted")
    assert [(one.code, one.severity) for one in folder.read().findings] == [
        ("sheet.file-without-row", Severity.ERROR),
        ("sheet.row-without-file", Severity.ERROR),
    ]


def test_the_same_file_twice_in_two_spellings(folder: Folder):
    folder.files("a.html").sheet("filename", "a.html", "objects/a.html")
    assert found(folder) == [("sheet.duplicate-row", "a.html", 3, "filename")]


def test_findings_about_a_row_name_its_document(folder: Folder):
    folder.files("a.html", "b.html", "c.jsonl")
    folder.sheet("filename,identifier,role", "a.html,1,strange", "b.html,,strange", "c.jsonl#1,,strange", "x,,strange")
    assert {(one.where.row, one.document) for one in folder.read().findings if one.code == "sheet.unknown-role"} == {
        (2, "1"),
        (3, "b.html"),
        (4, "c.jsonl"),
        (5, None),
    }


def test_a_row_of_a_folder_yields_to_the_row_of_a_file(folder: Folder):
    folder.files("in/a.html", "in/er/b.html", "c.html")
    folder.sheet(
        "filename,publisher,access_level", "in/,Outer,restricted", "in/er,Inner,", "in/a.html,Own,restricted", "./,All,"
    )
    submission = folder.read()
    assert submission.findings == ()
    said = {
        one.document_id: [(each.value, each.rank) for each in one.statements if each.field == "publisher"]
        for one in submission.documents
    }
    assert said == {
        "c.html": [("All", 0)],
        "in/a.html": [("Own", 0), ("Outer", 1), ("All", 2)],
        "in/er/b.html": [("Inner", 0), ("Outer", 1), ("All", 2)],
    }
    assert [one.access_level for one in submission.documents] == ["open", "restricted", "restricted"]


def test_a_row_of_a_folder_that_fewer_people_may_read_says_nothing_of_a_document_that_more_may(folder: Folder):
    folder.files("in/a.html", "in/er/b.html", "in/er/c.html")
    folder.sheet(
        "filename,title,access_level", "./,All,", "in/,Outer,restricted", "in/er,Inner,", "in/a.html,,open",
        "in/er/b.html,,open",
    )  # fmt: skip
    assert found(folder) == [
        ("access.stricter-folder", "in/a.html", 3, "access_level"),
        ("access.stricter-folder", "in/er/b.html", 3, "access_level"),
        ("access.stricter-folder", "in/er/b.html", 4, "access_level"),
    ]
    opened, closed = folder.read().levels()
    sheets = [next(one.data for one in plan.submission if one.path == "metadata.csv") for plan in (opened, closed)]
    assert [[name in (sheet or b"") for name in (b"All", b"Outer", b"Inner")] for sheet in sheets] == [
        [True, False, False],
        [True, True, True],
    ]
    assert {one.value for document in opened.documents for one in document.statements if one.field == "title"} == {
        "All"
    }


def test_a_second_row_of_a_folder(folder: Folder):
    folder.files("in/a.html").sheet("filename", "in", "in/")
    assert found(folder) == [("sheet.duplicate-row", None, 3, "filename")]


def test_sidecars_belong_to_documents(folder: Folder):
    folder.files("a.html").write("a.html.json", '{"title": "T", "identifier": "d", "additional": {"x": 1}}')
    (one,) = folder.read().documents
    assert one.document_id == "d"
    assert one.additional == {"x": "1"}
    (statement, *_) = one.statements
    assert (statement.field, statement.value, statement.source) == ("title", "T", Source.SIDECAR)
    assert (statement.agent, statement.file, statement.locator) == (
        "archivist",
        "data/submission/a.html.json",
        "/title",
    )


def test_json_is_a_document_without_a_partner_or_if_the_sheet_lists_it(folder: Folder):
    folder.files("alone.json", "a.html", "a.html.json", "b.html", "b.html.json").write("b.html.json", "{}")
    folder.sheet("filename", "a.html", "a.html.json", "b.html", "alone.json")
    submission = folder.read()
    assert submission.findings == ()
    assert list(plans(submission)) == ["a.html", "a.html.json", "alone.json", "b.html"]


@pytest.mark.parametrize("said", ['{"access_level": "restricted"}', '{"Title": "x", "other": 1}'])
def test_the_sidecar_of_a_document_that_is_gone_stops_everything(folder: Folder, said: str):
    folder.files("a.html").write("gone.html.json", said)
    submission = folder.read()
    assert [(one.code, one.severity, one.document) for one in submission.findings] == [
        ("sidecar.without-document", Severity.ERROR, None)
    ]
    assert list(plans(submission)) == ["a.html"]


@pytest.mark.parametrize("said", ['{"measurements": [1]}', "[1]", "{", '"title"'])
def test_other_json_files_are_documents(folder: Folder, said: str):
    folder.files("a.html").write("data.v2.json", said)
    submission = folder.read()
    assert submission.findings == ()
    assert list(plans(submission)) == ["a.html", "data.v2.json"]


def test_a_sidecar_of_no_document_is_said_and_ignored(folder: Folder):
    folder.files("a.html", ".hidden").write("a.html.json", "{}").write("a.html.json.json", "{}")
    folder.write("corpus.toml.json", "{}")
    submission = folder.read()
    assert [(one.code, one.where.file) for one in submission.findings] == [
        ("ignored.hidden", ".hidden"),
        ("sidecar.without-document", "a.html.json.json"),
        ("sidecar.without-document", "corpus.toml.json"),
    ]
    assert [one.path for one in submission.ignored] == [".hidden", "a.html.json.json", "corpus.toml.json"]


def test_a_broken_sidecar_names_its_document_and_closes_it(folder: Folder):
    folder.files("a.html").write("a.html.json", "{").sheet("filename,identifier", "a.html,d")
    assert [(one.code, one.document) for one in folder.read().findings] == [("sidecar.malformed", "d")]
    assert folder.read().documents[0].access_level is AccessLevel.RESTRICTED


def test_the_stricter_of_sheet_and_sidecar_wins_and_is_said(folder: Folder):
    folder.files("a.html").write("a.html.json", '{"access_level": "restricted"}')
    folder.sheet("filename,access_level", "a.html,open")
    assert [(one.code, one.document) for one in folder.read().findings] == [("access.conflict", "a.html")]
    assert folder.read().documents[0].access_level is AccessLevel.RESTRICTED


def test_a_sidecar_with_another_identifier(folder: Folder):
    folder.files("a.html").write("a.html.json", '{"identifier": "other"}').sheet("filename,identifier", "a.html,d")
    assert [(one.code, one.document) for one in folder.read().findings] == [("sidecar.identifier-differs", "d")]
    assert list(plans(folder.read())) == ["d"]


def test_nobody_states_an_access_level(folder: Folder):
    folder.toml(base=CORPUS_TOML.replace('access_level = "open"\n', "")).files("a", "b", "c")
    folder.sheet("filename,access_level", "a,", "b,open", "c,")
    one = folder.only()
    assert (one.code, one.where, one.found[:6]) == ("access.unstated", Where(file="corpus.toml"), "2 of 3")
    assert 'access_level = "restricted"' in one.remedy
    assert [each.access_level for each in folder.read().documents] == ["restricted", "open", "restricted"]


@pytest.mark.parametrize("where", ["sheet", "sidecar", "corpus", "nowhere"])
def test_an_embargo_needs_a_review_date(folder: Folder, where: str):
    date = "2030-01-01"
    folder.files("a.html").sheet("filename,access_level,review_date", f"a.html,embargoed,{date * (where == 'sheet')}")
    if where == "sidecar":
        folder.write("a.html.json", f'{{"review_date": "{date}"}}')
    if where == "corpus":
        folder.toml(f'review_date = "{date}"\n')
    assert folder.codes() == (["access.embargo-without-date"] if where == "nowhere" else [])


def test_containers_have_members(folder: Folder):
    folder.files("t.jsonl").write("t.jsonl.json", '{"publisher": "Sidecar"}')
    folder.sheet(
        "filename,identifier,title,language", "t.jsonl,,,en", "t.jsonl#1,first,One,", "data/t.jsonl#b,,Two,", "./,,All,"
    )
    submission = folder.read()
    assert submission.findings == ()
    (one,) = submission.documents
    assert (one.document_id, one.is_container, list(one.members)) == ("t.jsonl", True, ["1", "b"])
    assert [member.document_id for member in one.members.values()] == ["first", "t.jsonl#b"]
    titles = [(each.value, each.rank, each.locator) for each in one.members["b"].statements if each.field == "title"]
    assert titles == [("Two", 0, "cell=4,3"), ("All", 2, "cell=5,3")]
    assert {each.value for each in one.members["1"].statements} >= {"en", "Sidecar", "One", "open"}


def test_containers_take_an_identifier_but_no_role_and_no_second_level(folder: Folder):
    folder.files("t.jsonl").sheet("filename,identifier,role,access_level", "t.jsonl,id,scan,", "t.jsonl#1,,,restricted")
    assert found(folder) == [
        ("sheet.container-row", "id", 2, "role"),
        ("access.mixed-container", "id", 3, "access_level"),
    ]


def test_identifiers_that_clash(folder: Folder):
    folder.files("a.html", "b.html", "t.jsonl").sheet(
        "filename,identifier", "a.html,b.html", "b.html,", "t.jsonl#1,b.html"
    )
    assert {(one.code, one.document) for one in folder.read().findings} == {
        ("document.identifier-clash", "b.html"),
        ("document.identifier-clash", "t.jsonl"),
    }


def test_unicode_twins_clash(folder: Folder):
    composed, apart = "caf\u00e9.txt", unicodedata.normalize("NFD", "caf\u00e9.txt")
    folder.files(composed, apart)
    assert folder.codes() == ["document.identifier-clash"] * 2
    folder.sheet("filename,identifier", f"{composed},1", f"{apart},2")
    assert folder.codes() == []


@pytest.mark.parametrize("identifier", ["x" * 513, '"a\nb"', "a\u2028b"])
def test_identifiers_that_do_not_fit(folder: Folder, identifier: str):
    folder.files("a").sheet("filename,identifier", f"a,{identifier}")
    assert folder.codes() == ["document.identifier-unfit"]


def test_odd_names_are_kept_and_said(folder: Folder):
    place = os.fsencode(folder.path)
    for name in (b"caf\xe9.txt", b"a\nb.txt"):
        Path(os.fsdecode(place + b"/" + name)).touch()
    submission = folder.read()
    assert [(one.code, one.document, one.where.file) for one in submission.findings] == [
        ("path.control-character", "a\\x0ab.txt", "a\\x0ab.txt"),
        ("path.not-utf8", "caf\\xe9.txt", "caf\\xe9.txt"),
    ]
    assert [one.files[0].path for one in submission.documents] == ["a\nb.txt", "caf\udce9.txt"]


def test_reserved_files_are_no_documents(folder: Folder):
    folder.toml('schema = "mine.schema.json"\n').files(
        "mine.schema.json", "in/metadata.csv", "in/corpus.toml", "annotations.jsonl"
    )
    submission = folder.read()
    assert list(plans(submission)) == ["in/corpus.toml", "in/metadata.csv"]
    assert submission.ignored == ()
    assert [one.code for one in submission.findings] == ["annotation.malformed"]  # it says x
    (level,) = submission.levels()
    assert [(one.path, one.copy_of) for one in level.submission] == [
        ("corpus.toml", None),
        ("mine.schema.json", "mine.schema.json"),
    ]


def test_a_schema_that_is_not_there(folder: Folder):
    folder.toml('schema = "mine.schema.json"\n').files("a")
    assert folder.codes() == ["corpus.schema-missing"]


def test_a_tag_file_that_is_not_there(folder: Folder):
    folder.toml('[tag-files]\n"mets.xml" = "none.xml"\n').files("a")
    assert folder.codes() == ["corpus.tag-file-missing"]


def test_tag_files_are_submitted_and_no_documents(folder: Folder):
    folder.toml('[tag-files]\n"mets.xml" = "b/m.xml"\n"again.xml" = "b/m.xml"\n').files("a", "b/m.xml")
    (level,) = folder.read().levels()
    assert [one.path for one in level.submission] == ["b/m.xml", "corpus.toml"]
    assert [one.document_id for one in level.documents] == ["a"]


def test_a_sheet_that_is_no_plain_file(folder: Folder):
    folder.files("a")
    (folder.path / "metadata.csv").symlink_to("a")
    assert folder.codes() == ["corpus.reserved-name", "ignored.link"]


@pytest.mark.parametrize("name", ["Metadata.csv", "metadata.xls", "Metadata.ODS", "metadata/metadata.csv"])
def test_a_sheet_under_another_name(folder: Folder, name: str):
    folder.files(name)
    assert folder.codes() == ["sheet.misnamed"]


def test_a_sheet_that_cannot_be_read_is_an_error_of_the_whole_corpus(folder: Folder):
    folder.files("a").write("metadata.csv", b"filename\n\xff\n")
    assert [(one.code, one.document) for one in folder.read().findings] == [("sheet.encoding", None)]
    assert [one.path for one in folder.read().levels()[0].submission] == ["corpus.toml"]


def test_a_corpus_toml_that_cannot_be_read_closes_everything(folder: Folder):
    folder.write("corpus.toml", "?").files("a")
    assert folder.codes() == ["corpus.malformed"]
    assert folder.read().documents[0].access_level is AccessLevel.RESTRICTED


def test_files_that_vanish_are_findings(folder: Folder, monkeypatch: pytest.MonkeyPatch):
    from archive.submission import plan

    folder.files("a").write("a.json", "{}").sheet("filename", "a")

    def refuse(path: bytes, most: int) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(plan, "_bytes_of", refuse)
    submission = folder.read()
    assert [(one.code, one.where.file, one.document) for one in submission.findings] == [
        ("corpus.file-unreadable", "a.json", "a"),
        ("corpus.file-unreadable", "corpus.toml", None),
        ("corpus.file-unreadable", "metadata.csv", None),
    ]
    assert submission.documents[0].access_level is AccessLevel.RESTRICTED


def test_everything_pickles_and_the_source_is_untouched(folder: Folder):
    folder.files("a", "b").write("a.json", '{"title": "T"}').sheet("filename,subjects", "a,one")
    before = {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in folder.path.rglob("*")}
    submission = folder.read()
    again = pickle.loads(pickle.dumps(submission))
    assert (again.corpus, again.ignored, again.findings) == (submission.corpus, submission.ignored, submission.findings)
    assert again.documents[0] == submission.documents[0]
    assert list(again.levels()) == list(submission.levels())
    after = {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in folder.path.rglob("*")}
    assert before == after


def test_the_five_captures_are_read_without_a_finding(shared: Path, tmp_path: Path):
    folder = Folder(tmp_path)
    for source in (shared / "captures").iterdir():
        if source.suffix == ".txt" or source.name == "metadata.csv":
            folder.write(source.name, source.read_bytes())
    submission = folder.read()
    assert submission.findings == ()
    assert len(submission.documents) == 5
    assert all(one.document_id != one.files[0].path for one in submission.documents)


def test_a_sidecar_of_a_container_takes_no_role_either(folder: Folder):
    folder.files("t.jsonl").write("t.jsonl.json", '{"role": "scan"}').sheet("filename", "t.jsonl")
    assert [(one.code, one.where.file) for one in folder.read().findings] == [("sheet.container-row", "t.jsonl.json")]


def test_places_name_the_column_that_they_are_about(folder: Folder):
    folder.files("a", "b", "c").write("a.json", '{"access_level": "open"}')
    folder.sheet("filename,Identifier,Access Level", "a,b,restricted", "b,,embargoed", "c,,open")
    assert {(one.code, one.where.row, one.where.column) for one in folder.read().findings} == {
        ("access.conflict", 2, "Access Level"),
        ("document.identifier-clash", 2, "Identifier"),
        ("document.identifier-clash", 3, "Identifier"),
        ("access.embargo-without-date", 3, "Access Level"),
    }
