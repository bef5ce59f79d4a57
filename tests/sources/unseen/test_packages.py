"""What the parts of office documents say of people."""

from __future__ import annotations

import pytest

from archive.sources import read
from archive.sources.limits import Limits
from archive.sources.office.parts import Parts
from archive.sources.protocol import Opaque
from archive.sources.unseen import packages
from archive.sources.unseen.people import People
from archive.sources.unseen.searching import searched
from tests.sources.compoundfiles import compound, properties
from tests.sources.opaque import docx, odt, word, zipped
from tests.sources.unseen.test_pictures import exif, jpeg

TYPES = {"[Content_Types].xml": "<Types/>"}
BOOK = {**TYPES, "xl/workbook.xml": "<workbook/>"}
FIRST, LAST = "the author in the properties", "who saved the file last"
COMMENT, CHANGE = "the author of a comment", "the author of a tracked change"
PATH = "a path with a user's name"
CORE = "<cp:core><dc:creator>Ada Quill</dc:creator><cp:lastModifiedBy>jon.reed</cp:lastModifiedBy></cp:core>"


def kinds(parts: dict[str, str | bytes]) -> tuple[list[str], list[str]]:
    people = People("a.xlsx")
    packages.look(Parts(Opaque("a.xlsx", zipped(parts), Limits())), people, Limits())
    return list(people.kinds()), list(people.left)


@pytest.mark.parametrize(
    ("name", "part", "found"),
    [
        ("docProps/core.xml", CORE, [FIRST, LAST]),
        ("docProps/core.xml", CORE.encode("utf-16"), [FIRST, LAST]),
        ("docProps/app.xml", "<Properties><Manager>Ada</Manager></Properties>", ["the manager in the properties"]),
        ("docProps/app.xml", r"<Properties><Template>C:\Users\ada\a.dotx</Template></Properties>", [PATH]),
        ("xl/comments1.xml", "<comments><authors><author>Ada</author></authors></comments>", [COMMENT]),
        ("xl/persons/person.xml", '<personList><person displayName="Ada" id="1"/></personList>', [COMMENT]),
        ("xl/revisions/revisionHeaders.xml", '<headers><header guid="1" userName="Ada"/></headers>', [CHANGE]),
        ("xl/workbook.xml", '<workbook><sheet name="a" state="hidden"/></workbook>', ["a sheet that is hidden"]),
        ("xl/workbook.xml", r'<workbook><x15ac:absPath url="C:\Users\ada\a\"/></workbook>', [PATH]),
        ("xl/workbook.xml", '<workbook><x15ac:absPath url="/Users/ada/a/"/></workbook>', [PATH]),
        ("ppt/commentAuthors.xml", '<p:cmAuthorLst><p:cmAuthor id="0" name="Ada"/></p:cmAuthorLst>', [COMMENT]),
        ("ppt/authors.xml", '<p188:authorLst><p188:author id="0" name="Ada"/></p188:authorLst>', [COMMENT]),
        ("meta.xml", "<meta:initial-creator>Ada</meta:initial-creator><dc:creator>Jon</dc:creator>", [FIRST, LAST]),
        ("meta.xml", "<meta:printed-by>Ada</meta:printed-by>", ["who printed the file"]),
        (
            "content.xml",
            "<office:annotation office:name='1'><dc:creator>Ada</dc:creator></office:annotation>",
            [COMMENT],
        ),
        ("content.xml", "<office:change-info><dc:creator>Ada</dc:creator></office:change-info>", [CHANGE]),
        ("content.xml", '<style:table-properties table:display="false"/>', ["a sheet that is hidden"]),
        ("content.xml", '<text:a xlink:href="file:///home/ada/a.ods">a</text:a>', [PATH]),
        ("Object 1/meta.xml", "<dc:creator>Jon</dc:creator>", [LAST]),
    ],
)
def test_what_a_part_says(name: str, part: str | bytes, found: list[str]) -> None:
    assert kinds({**BOOK, name: part}) == (found, [])


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("docProps/core.xml", "<dc:creator>Microsoft Office User</dc:creator>"),
        ("xl/sharedStrings.xml", r"<si><t>Look in C:\Users\ada\a for it.</t></si>"),
        ("content.xml", "<text:p>file:///home/ada/a is a path.</text:p>"),
        ("content.xml", "<text:p>An annotation by <dc:creator>Ada</dc:creator></text:p>"),
        ("xl/workbook.xml", '<workbook><sheet name="hidden" state="visible"/></workbook>'),
        ("xl/worksheets/_rels/sheet1.xml.rels", '<Relationship Target="https://example.org/Users/ada/x"/>'),
    ],
)
def test_what_is_no_secret(name: str, part: str) -> None:
    assert kinds({**BOOK, name: part}) == ([], [])


def test_what_is_embedded() -> None:
    inner = zipped({**BOOK, "docProps/core.xml": CORE})
    assert kinds({**BOOK, "word/embeddings/a.xlsx": inner}) == ([FIRST, LAST], [])
    old = compound({"\5SummaryInformation": properties({4: "Ada"})})
    assert kinds({**BOOK, "word/embeddings/a.bin": old}) == ([FIRST], [])
    deep = zipped({**BOOK, "xl/embeddings/a.xlsx": zipped({**BOOK, "xl/embeddings/a.xlsx": inner})})
    left = ["a file embedded in the document"]
    assert kinds({**BOOK, "xl/embeddings/b.xlsx": deep}) == ([], left)
    for data in (b"words", b"PK\3\4 and no zip", b"%PDF-1.4 "):
        assert kinds({**BOOK, "word/embeddings/a.bin": data}) == ([], left)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a.xlsx", {**BOOK, "docProps/core.xml": CORE}),
        ("a.pptx", {**TYPES, "ppt/presentation.xml": "<p/>", "docProps/core.xml": CORE}),
        (
            "a.ods",
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "meta.xml": CORE.replace("cp:lastModifiedBy", "meta:printed-by"),
            },
        ),
    ],
)
def test_a_document_without_a_reader_is_looked_through(name: str, parts: dict[str, str | bytes]) -> None:
    found = [one.found for one in read(name, zipped(parts)).findings if one.code == "original.hidden-personal-data"]
    assert len(found) == 2


def test_a_document_with_a_reader_is_looked_through_as_well() -> None:
    people = "<w15:people><w15:person w15:author='Bea Lane'/></w15:people>"
    inner = zipped({**BOOK, "docProps/core.xml": CORE})
    data = docx(word("Words."), {"word/people.xml": people, "word/embeddings/a.xlsx": inner, "docProps/core.xml": CORE})
    found = {one.found for one in read("a.docx", data).findings if one.code == "original.hidden-personal-data"}
    assert found == {COMMENT, FIRST, LAST}
    data = odt("<text:p>Words.</text:p>", {"settings.xml": "<a>file:///home/ada/a.odt</a>"})
    found = {one.found for one in read("a.odt", data).findings if one.code == "original.hidden-personal-data"}
    assert found == {PATH}
    assert searched("a.odt", data, Limits()).kinds == (PATH,)


def test_what_cannot_be_looked_through_is_said() -> None:
    for data in (
        zipped({"META-INF/MANIFEST.MF": "x"}),
        zipped(BOOK)[:200],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900,
        b"Rar!\x1a\x07\0",
        b"x" * 257 + b"ustar" + b"\0" * 500,
        b"\0\1\2\3",
    ):
        left = searched("a", data, Limits()).left
        assert left
        assert "Error" not in left
    for data in (b"", b"words", b"\0\1\0\0\0" + b"\0" * 90, jpeg(exif())):
        assert searched("a", data, Limits()).left == ""


def test_a_part_that_cannot_be_read_is_not_passed_over() -> None:
    data = zipped({"docProps/app.xml": "<Properties/>"}, stored=("docProps/core.xml", CORE))
    people = People("a.xlsx")
    packages.look(Parts(Opaque("a.xlsx", data.replace(b"Ada Quill", b"Ada Quilt"), Limits())), people, Limits())
    assert list(people.left) == ["a part of the document that cannot be read"]


def test_text_stands_in_the_open_but_for_tags() -> None:
    drawing = b"<svg xmlns='x' sodipodi:docname='/home/ada/a.svg'><text>words</text></svg>"
    assert searched("a.svg", drawing, Limits()).kinds == (PATH,)
    assert searched("a.css", b"/* /home/ada/x C:\\Users\\ada\\x */", Limits()).kinds == ()
