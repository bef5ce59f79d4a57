"""CSV files with a column of texts."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.containers import Renames
from archive.sources.limits import Limits
from archive.sources.tables.rows import rows
from tests.contracts.containers import codes, read_all, texts

BODY = Renames(csv={"Body": "text", "Headline": "title", "No": "id"})


def test_each_row_is_a_document() -> None:
    data = (
        b"\xef\xbb\xbfNo,Headline,Body,date\r\n"
        b'a,One,"The river, ""the border"", froze.\r\n\r\nNobody ""crossed"".",2017-09\r\n'
        b"\r\n"
        b",Two, Plain text ,some day\r\n"
        b'7,"Three ""3""",x'
    )
    read, found = read_all(data, "a.csv", renames=BODY)
    assert [(member.name, member.row) for member, _ in read] == [("a", 2), ("4", 4), ("7", 5)]
    assert texts(read) == [['The river, "the border", froze.', 'Nobody "crossed".'], ["Plain text"], ["x"]]
    assert [block.operations for _, content in read for block in content.reading.blocks] == [
        ("doubled-quotes",), ("doubled-quotes",), (), (),
    ]  # fmt: skip
    assert {block.locator for block in read[0][1].reading.blocks} == {"row=2"}
    first = read[0][1].reading
    assert (first.media_type, first.puid, first.charset) == ("text/csv", "x-fmt/18", "utf-8")
    assert [(one.field, one.value) for one in first.embedded] == [("title", "One"), ("date_issued", "2017-09")]
    start, _, end = first.embedded[0].locator.removeprefix("bytes=").partition("-")
    assert data[int(start) : int(end)] == b"One"
    assert read[2][1].reading.embedded[0].value == 'Three "3"'
    assert [codes(content.reading.findings) for _, content in read] == [
        [], ["csv.field-not-usable"], ["csv.row-length"],
    ]  # fmt: skip
    assert not found


@pytest.mark.parametrize(("delimiter", "media_type"), [(";", "csv"), ("\t", "tab-separated-values"), ("|", "csv")])
def test_other_delimiters(delimiter: str, media_type: str) -> None:
    data = delimiter.join(("No", "Body")) + "\n" + delimiter.join(("1", "a, b")) + "\n"
    read, _ = read_all(data.encode(), "a.csv", renames=BODY)
    assert texts(read) == [["a, b"]]
    assert read[0][1].reading.media_type == f"text/{media_type}"


def test_the_column_may_have_the_name_itself() -> None:
    read, _ = read_all(b"id,Text\nx,one\n", "a.csv", renames=Renames(csv={"text": "text"}))
    assert [(member.name, texts([(member, content)])) for member, content in read] == [("x", [["one"]])]


def test_another_encoding() -> None:
    data = "No,Body\n1,Über die Brücke führt kein Weg.\n".encode("windows-1252")
    read, _ = read_all(data, "a.csv", renames=BODY)
    assert texts(read) == [["Über die Brücke führt kein Weg."]]
    assert read[0][1].reading.charset == "windows-1252"


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "iso-2022-jp"])
def test_encodings_whose_bytes_are_not_those_of_ascii(charset: str) -> None:
    rows = 'No,Body,Headline\n1,川は早く凍った。,凍る川\n2,"夜だけ「渡」った。",\n' + "3,本文はここです。,\n" * 3
    data = (("\ufeff" if charset.endswith("le") else "") + rows).encode(charset)
    read, found = read_all(data, "a.csv", renames=BODY)
    assert texts(read)[:2] == [["川は早く凍った。"], ["夜だけ「渡」った。"]]
    assert [layer.name for _, content in read for layer in content.reading.layers] == ["body"] * 5
    reading = read[0][1].reading
    assert reading.blocks[0].locator == "row=2"
    (title,) = reading.embedded
    start, _, end = title.locator.removeprefix("bytes=").partition("-")
    assert reading.layers[0].data[int(start) : int(end)].decode() == "凍る川"
    assert codes(found) == ["container.name-twice"] * 2


def test_cells_that_hold_several_values() -> None:
    renames = Renames(csv={"Body": "text"}, lists={"creators": ";", "title": ";"})
    data = b"Body,creators,title\nText.,Ana Petrova; Kim ;,A; B\n"
    read, _ = read_all(data, "a.csv", renames=renames)
    assert [(one.field, one.value) for one in read[0][1].reading.embedded] == [
        ("creators", "Ana Petrova"), ("creators", "Kim"), ("title", "A; B"),
    ]  # fmt: skip


@pytest.mark.parametrize("data", [b"\0\1\2\3" * 9])
def test_what_is_no_table_of_texts(data: bytes) -> None:
    assert read_all(data, "a.csv", renames=BODY) == ([], [])


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"", b'"a', b"Body" + b"," * 20_000])
def test_no_column_of_texts(data: bytes) -> None:
    read, found = read_all(data, "a.csv", renames=BODY)
    assert not read
    assert codes(found) == ["csv.no-text-column"]
    assert found[0].expected == "a column 'Body'"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (b'2,"never closed\n', "no closing quotation mark"),
        (b'2,"x"y\n', "something follows"),
        (b"2\n", "none in the column of texts"),
        (b"2," + b"x" * 2000 + b"\n", "more bytes"),
        (b'2,"' + b"x\n" * 2000 + b'"\n', "more bytes"),
    ],
)
def test_a_wrong_row_is_lost_and_the_others_are_read(row: bytes, fault: str) -> None:
    from archive.model.tally import Tally
    from archive.sources.containers.protocol import Given
    from archive.sources.containers.registry import reader_of

    data = b"No,Body\n1,first\n" + row + b"3,last\n"
    reader = reader_of("csv")
    given_ = Given("a.csv", BODY, Limits(largest_line=1000))
    opened = reader.opened(io.BytesIO(data))
    assert opened is not None
    members = list(reader.members(given_, opened, Tally()))
    assert next(member.name for member in members if not member.findings) == "1"
    lost = next(member for member in members if member.findings)
    assert [one.code for one in lost.findings] == ["csv.malformed-row"]
    assert fault in lost.findings[0].found
    assert codes(reader.read(given_, opened, lost).reading.findings) == ["csv.malformed-row"]
    if b'"' not in row:
        assert members[-1].name == "3"


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 1 << 16])
def test_a_cell_that_is_too_long_ends_at_its_closing_mark(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.sources.tables.rows._CHUNK", piece)
    data = b'a,b\n1,"' + b'said ""so"",\nx\n' * 20 + b'"""\n2,"' + b"y,\n" * 50
    found = list(rows(io.BytesIO(data), 0, b",", 100))
    assert [(one.number, bool(one.cells)) for one in found] == [(1, True), (2, False), (3, False)]
    assert [one.fault for one in found[1:]] == ["more bytes than rows are read", "a cell has no closing quotation mark"]
    assert found[2].start == data.index(b"2,")
    assert found[2].start + found[2].length == len(data)


def test_lines_within_a_cell_may_be_long() -> None:
    data = b'a,b\n1,"x\n' + b"y" * 65_530 + b'""' * 9 + b'",' + b"z" * 70_000 + b"\n2,c\n"
    assert [len(one.cells) for one in rows(io.BytesIO(data), 0, b",", 1 << 20)] == [2, 3, 2]


def test_texts_that_are_empty_or_large() -> None:
    read, _ = read_all(b"No,Body\n1, \n2," + b"x " * 60 + b"\n", "a.csv", renames=BODY, limits=Limits(largest_text=100))
    assert [codes(content.reading.findings) for _, content in read] == [["text.empty"], ["text.too-large"]]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=12)] * 2),
        max_size=6,
    ),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_the_rows_are_those_that_another_reader_finds(values: list[tuple[str, str]], quoting: int) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["Body", "title"])
    writer.writerows(values)
    theirs = list(csv.reader(io.StringIO(out.getvalue(), newline="")))[1:]
    read, _ = read_all(out.getvalue().encode(), "a.csv", renames=BODY)
    if len(read) == len(theirs) == len(values):
        for (_, title), (_, content) in zip(theirs, read, strict=True):
            assert [one.value for one in content.reading.embedded] == ([title.strip()] if title.strip() else [])


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_give_findings_and_nothing_else(data: bytes) -> None:
    read_all(b"No,Body\n" + data, "a.csv", renames=BODY)
    read_all(b'No,Body\n1,"' + data.replace(b"\0", b'"'), "a.csv", renames=BODY)


@pytest.mark.parametrize(
    ("data", "row"),
    [
        (b"\n\nid,Body\n7,A text\n", 4),
        (b"sep=;\r\nid;Body\r\n7;A text\r\n", 3),
        (b'"sep=|"\nid|Body\n\n7|A text\n', 4),
        (codecs.BOM_UTF16_LE + "sep=\t\nid\tBody\n7\tA text\n".encode("utf-16-le"), 3),
    ],
)
def test_what_may_stand_before_the_header(data: bytes, row: int) -> None:
    ((member, content),), found = read_all(data, "a.csv", renames=BODY)
    assert (member.name, member.row, found) == ("7", row, [])
    assert [(one.text, one.locator) for one in content.reading.blocks] == [("A text", f"row={row}")]


def test_a_header_of_too_many_columns_is_told() -> None:
    _, (one,) = read_all(b",".join([b"Body"] * 10_002), "a.csv", renames=BODY)
    assert (one.code, one.found) == ("csv.no-text-column", "more than 10,000 cells")
