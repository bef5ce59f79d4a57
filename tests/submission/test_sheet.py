from __future__ import annotations

import pytest

from archive.model.corpora import Corpus
from archive.model.findings import Severity
from archive.submission import Sheet, read_sheet

CORPUS = Corpus(
    identifier="x", slug="x", version="1", title="x", lists={"subjects": ";"}, additional_columns=("box", "shelf mark")
)


def read(*lines: str) -> Sheet:
    sheet, _ = read_sheet("".join(line + "\n" for line in lines).encode(), CORPUS)
    assert sheet is not None
    return sheet


def findings(*lines: str | bytes) -> list[tuple[str, int | None, str | None]]:
    data = b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines)
    return [(one.code, one.where.row, one.where.column) for one in read_sheet(data, CORPUS)[1]]


def said(sheet: Sheet, number: int) -> list[tuple[str, str, int]]:
    return [tuple(value) for value in sheet.values(number)]  # type: ignore[misc]


def test_names_are_ours_or_dublin_cores_whatever_their_case():
    sheet = read(
        "filename,DC.Title,Date Issued,dc:creator,dc.creator,dc.coverage,dc.type,access_level,source_url",
        "a.txt,T,2020,One,Two,China,Text,OPEN,https://example.org/",
    )
    assert said(sheet, 2) == [
        ("title", "T", 2),
        ("date_issued", "2020", 3),
        ("creators", "One", 4),
        ("creators", "Two", 5),
        ("places", "China", 6),
        ("document_type", "Text", 7),
        ("access_level", "open", 8),
        ("source_url", "https://example.org/", 9),
    ]


def test_the_first_identifier_names_the_document_and_further_ones_are_identifiers():
    sheet = read("filename,dc.identifier,dc.identifier,dc.identifier", "a.txt,,one,two")
    assert sheet.rows[0].identifier == "one"
    assert said(sheet, 2) == [("identifiers", "two", 4)]


def test_rights_are_a_uri_or_words():
    sheet = read("filename,dc.rights,dc.rights", "a.txt,In copyright,http://rightsstatements.org/vocab/InC/1.0/")
    assert said(sheet, 2) == [
        ("rights", "In copyright", 2),
        ("rights_uri", "http://rightsstatements.org/vocab/InC/1.0/", 3),
    ]


def test_lists_are_split_only_where_corpus_toml_says_so():
    sheet = read("filename,subjects,places,dc.subject", 'a.txt," a ; b;;",c;d,e')
    assert said(sheet, 2) == [("subjects", "a", 2), ("subjects", "b", 2), ("places", "c;d", 3), ("subjects", "e", 4)]


def test_own_columns_are_kept_apart():
    sheet = read("filename,box,shelf mark,box", "a.txt,1,S,2", "b.txt,,T,", "c.txt,,,")
    assert sheet.additional(2) == {"box": ["1", "2"], "shelf mark": "S"}
    assert sheet.additional(3) == {"shelf mark": "T"}
    assert sheet.additional(4) == {}
    assert read("filename", "a").additional(2) == {}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_marks_and_quoted_lines(end: str, mark: bytes):
    data = mark + end.join(["filename,title", 'a.txt,"one', 'two"', "", "b.txt,B"]).encode()
    sheet, found = read_sheet(data, CORPUS)
    assert sheet is not None
    assert found == []
    assert [row.number for row in sheet.rows] == [2, 4]
    assert sheet.blank == {3}
    assert said(sheet, 2) == [("title", f"one{end}two", 2)]
    assert b"".join(map(sheet.bytes_of, range(1, 5))) == data


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_accepted_and_said(separator: str):
    data = f"filename{separator}title\na.txt{separator}T, U\n".encode()
    sheet, found = read_sheet(data, CORPUS)
    assert sheet is not None
    assert [(one.code, one.severity) for one in found] == [("sheet.separator", Severity.NOTICE)]
    assert said(sheet, 2) == [("title", "T, U", 2)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("filename,title,color", "a,b,c"), [("sheet.unknown-column", 1, "color")]),
        (("filename,titel", "a,b"), [("sheet.unknown-column", 1, "titel")]),
        (("filename,suggested.title", "a,b"), [("sheet.suggestions", 1, None)]),
        (("name,title", "a,b"), [("sheet.filename-column", 1, None), ("sheet.unknown-column", 1, "name")]),
        (("path,title", "a,b"), [("sheet.filename-column", 1, None), ("sheet.unknown-column", 1, "path")]),
        (("filename,Filename", "a,b"), [("sheet.filename-column", 1, None)]),
        (("filename,title", "a"), [("sheet.ragged-row", 2, None)]),
        (("filename,title", "a,b,c"), [("sheet.ragged-row", 2, None)]),
        (("filename,title", "a,b,,"), []),
        (("filename,title,", "a,b,"), []),
        (("filename,title,", "a,b,c", "d,e,f"), [("sheet.unnamed-column", 2, "number 3")]),
        (("title,filename", "a, "), [("sheet.empty-filename", 2, "filename")]),
        (("title,filename", "a"), [("sheet.ragged-row", 2, None), ("sheet.empty-filename", 2, "filename")]),
        (("filename,title", "a,b", '"c,d', "e,f"), [("sheet.quotes", 3, None)]),
        (('"filename,title', "a,b"), [("sheet.quotes", 1, None)]),
        (("", "a,b"), [("sheet.no-header", 1, None)]),
        ((), [("sheet.no-header", 1, None)]),
        (("filename,title", b"a,\xff"), [("sheet.encoding", 2, "title")]),
        ((b"filename,titl\xe9",), [("sheet.encoding", 1, None)]),
        ((b"\xff\xfef\0",), [("sheet.encoding", 1, None)]),
        (("filename,title", b"a,b\0c"), [("sheet.nul", 2, "title")]),
        (("filename,role", "a,pages"), [("sheet.unknown-role", 2, "role")]),
        (("filename,role", "a,nothing"), [("sheet.unknown-role", 2, "role")]),
        (("filename,role,role", "a,page,scan"), [("sheet.value-twice", 2, "role")]),
        (("filename,title,dc.title", "a,b,c"), [("sheet.value-twice", 2, "dc.title")]),
        (("filename,title,dc.title", "a,,c"), []),
        (("filename,rights,dc.rights", "a,b,c"), [("sheet.value-twice", 2, "dc.rights")]),
        (("filename,access_level", "a,public"), [("access.unknown-level", 2, "access_level")]),
        (("filename,title", "a," + "x" * 140_000), [("sheet.cell-too-long", 2, None)]),
        (("filename,title", ",", " , "), []),
    ],
)
def test_each_fault_is_one_finding_at_its_place(lines: tuple[str | bytes, ...], expected: list[object]):
    assert findings(*lines) == expected


def test_a_long_row_of_short_cells_is_no_fault():
    names = ",".join(["filename"] + ["subjects"] * 3)
    row = ",".join(["a"] + ["x" * 60_000] * 3)
    assert findings(names, row) == []


def test_a_name_that_is_nearly_ours_is_an_error_and_a_strange_one_a_warning():
    for name, severity, expected in (
        ("acess_level", Severity.ERROR, "perhaps access_level"),
        ("color", Severity.WARNING, ""),
    ):
        (one,) = read_sheet(f"filename,{name}\n".encode(), CORPUS)[1]
        assert one.severity is severity
        assert one.expected.startswith(expected)


def test_a_level_that_nobody_can_read_is_the_strictest():
    sheet = read("filename,access_level,dcterms.accessRights", "a,publc,", "b,open,embargoed", "c,,", "d")
    assert [row.level for row in sheet.rows] == ["restricted", "embargoed", None, None]


def test_a_sheet_beyond_the_bound_is_not_read(monkeypatch: pytest.MonkeyPatch):
    from archive.submission import sheet as module
    from archive.submission.limits import Limits

    monkeypatch.setattr(module, "LIMITS", Limits(sheet=10))
    assert findings("filename,title") == [("sheet.too-large", None, None)]


def test_a_lower_bound_for_cells_names_the_column(monkeypatch: pytest.MonkeyPatch):
    from archive.submission import rows as module
    from archive.submission.limits import Limits

    monkeypatch.setattr(module, "LIMITS", Limits(cell=10))
    assert findings("filename,title", "a,01234567890") == [("sheet.cell-too-long", 2, "title")]
