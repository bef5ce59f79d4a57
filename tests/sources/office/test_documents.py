"""Word-processor files and books: text, labels, what is hidden, properties, and what tries to do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from archive.model.blocks import Reading
from archive.sources import Limits, read
from tests.contracts.sources import check_reading
from tests.sources.opaque import (
    BOOK,
    OPEN_TEXT,
    WORD,
    core,
    docx,
    epub,
    odt,
    open_part,
    word,
    word_part,
    zipped,
)

pytestmark = pytest.mark.usefixtures("measured_readers")

HIDDEN = "original.hidden-personal-data"
MIB = 1 << 20
LIMITS = Limits()


def read_document(data: bytes, media_type: str, limits: Limits = LIMITS) -> Reading:
    reading = read({WORD: "a.docx", OPEN_TEXT: "a.odt", BOOK: "a.epub"}[media_type], data, limits=limits)
    check_reading(reading)
    assert reading.media_type == media_type
    return reading


def labels(reading: Reading) -> list[tuple[str, str]]:
    return [(block.hint, block.text) for block in reading.blocks]


def found(reading: Reading) -> list[tuple[str, str]]:
    return [(one.code, one.found) for one in reading.findings if one.code != "original.not-searched"]


STYLES = word_part(
    "styles",
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My own"/><w:basedOn w:val="H"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Deep"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="y"/>'
    '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="z"/><w:basedOn w:val="Loop"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>',
)


def test_word_paragraphs_are_labelled_by_their_styles() -> None:
    body = "".join(
        (
            word("The title", "T"),
            word("First", "H"),
            word("Mine", "Mine"),
            word("Deep", "Deep"),
            word("Body"),
            word("Item", "L"),
            word("No item", "L", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
            word("Other item", "", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
            word("Said", "Q"),
            word("Under a picture", "C"),
            word("First ... 1", "TOC1"),
            word("Loop", "Loop"),
            word("Outlined", "", '<w:outlineLvl w:val="0"/>'),
            word("Body again", "", '<w:outlineLvl w:val="9"/>'),
            word(" "),
        )
    )
    reading = read_document(docx(body, {"word/styles.xml": STYLES}), WORD)
    assert labels(reading) == [
        ("title", "The title"),
        ("heading", "First"),
        ("heading", "Mine"),
        ("heading", "Deep"),
        ("", "Body"),
        ("list-item", "Item"),
        ("", "No item"),
        ("list-item", "Other item"),
        ("quotation", "Said"),
        ("caption", "Under a picture"),
        ("navigation", "First ... 1"),
        ("", "Loop"),
        ("heading", "Outlined"),
        ("", "Body again"),
    ]
    assert {block.locator for block in reading.blocks} == {"part=word/document.xml"}
    assert (reading.puid, reading.puid_basis, reading.is_own) == ("fmt/412", "container", True)
    assert reading.tool.startswith("lxml ")
    assert not reading.findings


def test_runs_breaks_links_fields_and_ruby_make_one_text() -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve"> one </w:t></w:r><w:hyperlink><w:r><w:t>two</w:t></w:r></w:hyperlink>'
        "<w:r><w:tab/><w:t>three</w:t><w:br/><w:t> four</w:t><w:noBreakHyphen/><w:softHyphen/>"
        '<w:sym w:font="Symbol" w:char="03B1"/><w:sym w:font="Wingdings" w:char="F0E0"/><w:sym w:char="bad"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        "<w:r><w:ruby><w:rt><w:r><w:t>over</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby>"
        "</w:r></w:p>"
    )
    reading = read_document(docx(body), WORD)
    assert labels(reading) == [("", "one two\tthree"), ("", "four\u2011\u00adα\ufffd\u0badbase")]
    assert [block.gap for block in reading.blocks] == [1, 0]


def test_a_heading_of_two_lines_is_one() -> None:
    body = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r></w:p>'
    assert labels(read_document(docx(body), WORD)) == [("heading", "one two")]


def test_tables_notes_headers_and_boxes() -> None:
    cell = "<w:tc>{}</w:tc>".format
    table = f"<w:tbl><w:tr>{cell(word('a'))}{cell(word('b') + word('c'))}</w:tr></w:tbl>"
    box = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing><w:txbxContent>{word('in the box')}</w:txbxContent></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><w:txbxContent>{word('in the box')}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>beside the box</w:t></w:r></w:p>"
    )
    notes = word_part(
        "footnotes",
        f'<w:footnote w:type="separator" w:id="0">{word("-")}</w:footnote>'
        f'<w:footnote w:id="1">{word("a note")}</w:footnote>',
    )
    parts = {
        "word/footnotes.xml": notes,
        "word/header1.xml": word_part("hdr", word("above")),
        "word/footer1.xml": "<broken",
    }
    content = f"<w:sdt><w:sdtContent>{word('in a control')}</w:sdtContent></w:sdt>"
    reading = read_document(docx(table + box + content, parts), WORD)
    assert [(block.hint, block.text, block.locator) for block in reading.blocks] == [
        ("table", "a", "part=word/document.xml"),
        ("table", "b", "part=word/document.xml"),
        ("table", "c", "part=word/document.xml"),
        ("", "beside the box", "part=word/document.xml"),
        ("", "in the box", "part=word/document.xml"),
        ("", "in a control", "part=word/document.xml"),
        ("footnote", "a note", "part=word/footnotes.xml"),
        ("running", "above", "part=word/header1.xml"),
    ]


def test_what_a_word_file_hides_is_no_text_and_a_finding() -> None:
    body = (
        '<w:p><w:ins w:author="Ada Quill"><w:r><w:t xml:space="preserve">new </w:t></w:r></w:ins>'
        '<w:del w:author="Ben Lane"><w:r><w:delText>old</w:delText></w:r></w:del>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>text</w:t></w:r></w:p>'
    )
    comment = f'<w:comment w:author="Cleo Reed">{word("Is this so?")}</w:comment>'
    parts = {
        "word/comments.xml": word_part("comments", comment),
        "docProps/core.xml": core(
            "<dc:creator>Ada Quill</dc:creator><cp:lastModifiedBy>Dora Moor</cp:lastModifiedBy>"
            "<dc:title>On it</dc:title>"
        ),
        "docProps/app.xml": "<Properties><Manager>Eve Hall</Manager></Properties>",
    }
    reading = read_document(docx(body, parts), WORD)
    assert labels(reading) == [("", "new text")]
    assert found(reading) == [
        (HIDDEN, "the author of a tracked change (2 people)"),
        (HIDDEN, "text that was deleted, kept by change tracking"),
        (HIDDEN, "text that is formatted as hidden"),
        (HIDDEN, "the author of a comment"),
        (HIDDEN, "who saved the file last"),
        (HIDDEN, "the manager in the properties"),
    ]
    assert [(one.field, one.value, one.locator, one.layer) for one in reading.embedded] == [
        ("title", "On it", "part=docProps/core.xml;property=dc:title", None),
        ("creators", "Ada Quill", "part=docProps/core.xml;property=dc:creator", None),
    ]


def test_who_saved_the_file_last_is_no_secret_where_it_is_the_author() -> None:
    people = "<dc:creator>Ada Quill</dc:creator><cp:lastModifiedBy>Ada Quill</cp:lastModifiedBy>"
    assert not read_document(docx(word("Words."), {"docProps/core.xml": core(people)}), WORD).findings


def test_an_open_text_is_labelled_by_elements_and_styles() -> None:
    styles = (
        '<style:style style:name="P1" style:parent-style-name="Title"/>'
        '<style:style style:name="P2" style:parent-style-name="P2"/>'
        '<style:style style:name="P3" style:parent-style-name="Quotations"/>'
    )
    body = (
        '<text:p text:style-name="P1">The title</text:p><text:h text:outline-level="1">First</text:h>'
        '<text:p text:style-name="P2">a <text:s text:c="2"/>b<text:tab/>c<text:line-break/>d<text:span>\n e</text:span>'
        '<text:s text:c="x"/><text:note><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>a note</text:p></text:note-body></text:note></text:p>"
        "<text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>cell</text:p></table:table-cell></table:table-row>"
        "</table:table>"
        '<text:p text:style-name="P3">said</text:p>'
        "<text:p><draw:frame><draw:text-box><text:p>in the box</text:p></draw:text-box></draw:frame>beside</text:p>"
        "<text:table-of-content><text:index-body><text:p>First 1</text:p></text:index-body></text:table-of-content>"
    )
    edges = "<office:master-styles><style:master-page><style:header><text:p>above</text:p></style:header>"
    edges += "<style:footer><text:p>below</text:p></style:footer></style:master-page></office:master-styles>"
    reading = read_document(odt(body, {"styles.xml": open_part("office:document-styles", edges)}, styles), OPEN_TEXT)
    assert labels(reading) == [
        ("title", "The title"),
        ("heading", "First"),
        ("", "a   b\tc"),
        ("", "d e"),
        ("list-item", "item"),
        ("table", "cell"),
        ("quotation", "said"),
        ("", "beside"),
        ("", "in the box"),
        ("navigation", "First 1"),
        ("footnote", "a note"),
        ("running", "above"),
        ("running", "below"),
    ]
    assert {block.locator for block in reading.blocks} == {"part=content.xml", "part=styles.xml"}
    assert reading.puid is not None


def test_what_an_open_text_hides_is_no_text_and_a_finding() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info>"
        "<dc:creator>Ben Lane</dc:creator></office:change-info>"
        "<text:p>old</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>text<office:annotation><dc:creator>Cleo Reed</dc:creator><text:p>Is this so?</text:p>"
        "</office:annotation></text:p>"
    )
    meta = open_part(
        "office:document-meta",
        "<office:meta><meta:initial-creator>Ada Quill</meta:initial-creator><dc:creator>Dora Moor</dc:creator>"
        "<meta:printed-by>Ada Quill</meta:printed-by><dc:title>On it</dc:title><meta:keyword>border</meta:keyword>"
        "</office:meta>",
    )
    reading = read_document(odt(body, {"meta.xml": meta}), OPEN_TEXT)
    assert labels(reading) == [("", "text")]
    assert found(reading) == [
        (HIDDEN, "the author of a comment"),
        (HIDDEN, "the author of a tracked change"),
        (HIDDEN, "text that was deleted, kept by change tracking"),
        (HIDDEN, "who saved the file last"),
    ]
    assert [(one.field, one.value) for one in reading.embedded] == [
        ("title", "On it"),
        ("creators", "Ada Quill"),
        ("subjects", "border"),
    ]


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    chapters = {
        "contents.xhtml": "<nav><ol><li>One</li></ol></nav>",
        "one.xhtml": "<h1>One</h1><p>Of the\n border.</p><aside>a note</aside>",
        "two.xhtml": "<header><h1>Two</h1></header><p>Of &amp; on.</p><table><tr><td>cell</td></tr></table>",
    }
    metadata = (
        "<dc:title>A book</dc:title><dc:creator>Ada Quill</dc:creator><dc:date>2019-05-03</dc:date>"
        '<dc:date xmlns:opf="http://www.idpf.org/2007/opf" opf:event="modification">2020</dc:date>'
        "<dc:language>en</dc:language><dc:identifier>urn:isbn:9780000000002</dc:identifier>"
    )
    reading = read_document(epub(chapters, metadata=metadata, contents="contents.xhtml"), BOOK)
    assert [(block.hint, block.text, block.locator) for block in reading.blocks] == [
        ("navigation", "One", "part=OEBPS/contents.xhtml"),
        ("heading", "One", "part=OEBPS/one.xhtml"),
        ("", "Of the border.", "part=OEBPS/one.xhtml"),
        ("footnote", "a note", "part=OEBPS/one.xhtml"),
        ("heading", "Two", "part=OEBPS/two.xhtml"),
        ("", "Of & on.", "part=OEBPS/two.xhtml"),
        ("table", "cell", "part=OEBPS/two.xhtml"),
    ]
    assert [(one.field, one.value) for one in reading.embedded] == [
        ("title", "A book"),
        ("creators", "Ada Quill"),
        ("date_issued", "2019-05-03"),
        ("language", "en"),
        ("identifiers", "urn:isbn:9780000000002"),
    ]
    assert (reading.puid, reading.puid_basis) == ("fmt/483", "container")


def test_a_chapter_that_is_lost_costs_itself_alone() -> None:
    book = epub({"one.xhtml": "<p>One.</p>", "../gone.xhtml": "<p>Two.</p>"})
    reading = read_document(book, BOOK)
    assert labels(reading)[0] == ("", "One.")
    without = zipped({"META-INF/container.xml": "<container/>"}, stored=("mimetype", BOOK))
    assert found(read_document(without, BOOK)) == [
        ("document.malformed", "META-INF/container.xml names no package"),
    ]


def test_a_book_under_a_lock_is_told_and_one_with_locked_fonts_is_read() -> None:
    def locked(part: str) -> Mapping[str, str]:
        return {"META-INF/encryption.xml": f'<encryption><CipherReference URI="{part}"/></encryption>'}

    chapter = {"one.xhtml": "<p>One.</p>"}
    reading = read_document(epub(chapter, parts=locked("OEBPS/one.xhtml")), BOOK)
    assert found(reading) == [("document.encrypted", "OEBPS/one.xhtml")]
    assert labels(read_document(epub(chapter, parts=locked("OEBPS/font.otf")), BOOK)) == [("", "One.")]


def test_a_locked_open_text_is_told() -> None:
    manifest = open_part("manifest:manifest", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")
    reading = read_document(odt("<text:p>x</text:p>", {"META-INF/manifest.xml": manifest}), OPEN_TEXT)
    assert found(reading) == [("document.encrypted", "")]


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("definitions", [LAUGHS, OUTSIDE])
def test_no_entity_is_ever_resolved(definitions: str) -> None:
    content = definitions + word_part("document", f"<w:body>{word('&a;')}</w:body>").partition("?>")[2]
    reading = read_document(docx("", {"word/document.xml": content}), WORD)
    assert found(reading) == [("document.malformed", "word/document.xml defines entities of its own")]


def test_a_part_that_unpacks_to_more_than_it_may() -> None:
    limits = Limits(largest_part=MIB)
    bomb = docx(word("a" * (2 * MIB)))
    assert len(bomb) < MIB // 50
    ((code, what),) = found(read_document(bomb, WORD, limits))
    assert code == "document.expands-too-far"
    assert what == "word/document.xml holds more than 1,048,576 bytes"
    chapters = {f"{at}.xhtml": f"<p>{'a' * (MIB - 1000)}</p>" for at in range(6)}
    assert found(read_document(epub(chapters), BOOK, limits))[0][0] == "document.expands-too-far"


def test_more_parts_or_text_than_there_may_be() -> None:
    many = docx(word("Words."), {f"word/media/{at}.bin": "x" for at in range(30)})
    assert found(read_document(many, WORD, Limits(most_parts=20))) == [("document.expands-too-far", "33 parts")]
    long = docx(word("Words. " * 100) * 3)
    assert found(read_document(long, WORD, Limits(largest_text=1000)))[0][0] == "text.too-large"
    assert found(read_document(long, WORD, Limits(most_blocks=2)))[0][0] == "text.too-many-blocks"


def test_deep_nesting_is_no_crash() -> None:
    deep = docx("<w:sdt>" * 100_000)
    assert found(read_document(deep, WORD))[0][0] == "document.malformed"
    closed = docx("<w:sdt>" * 240 + word("deep") + "</w:sdt>" * 240)
    assert labels(read_document(closed, WORD)) == [("", "deep")]
    assert found(read_document(docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000), WORD))[0][0] == "document.malformed"


def test_a_damaged_part_is_told() -> None:
    whole = docx(word("Words that are long enough to be worth packing, words, words. " * 20))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 60
    damaged = whole[:start] + b"\xff\xff\xff\xff" + whole[start + 4 :]
    ((code, _),) = found(read_document(damaged, WORD))
    assert code == "document.malformed"
    missing = zipped({"[Content_Types].xml": "x", "word/document.xml.rels": "x"})
    assert read("a.docx", missing).findings


def test_an_encrypted_part_is_told() -> None:
    data = bytearray(docx(word("Words.")))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(signature, at + 4)
    assert found(read_document(bytes(data), WORD))[0][0] == "document.encrypted"


def test_a_document_that_is_cut_short_is_told() -> None:
    for media_type, data in ((WORD, docx(word("Words."))), (OPEN_TEXT, odt("<text:p>x</text:p>"))):
        for end in range(len(data) // 4, len(data), 211):
            check_reading(read({WORD: "a.docx", OPEN_TEXT: "a.odt"}[media_type], data[:end]))


def test_a_document_without_words_is_empty() -> None:
    assert found(read_document(docx(""), WORD)) == [("text.empty", "")]


def styled(kind: str, name: str, inner: str, parent: str = "") -> str:
    based = f'<w:basedOn w:val="{parent}"/>' if parent else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based}<w:rPr>{inner}</w:rPr></w:style>'
    )


def test_words_that_a_style_hides_are_shown_to_nobody() -> None:
    styles = word_part(
        "styles",
        styled("paragraph", "Secret", "<w:vanish/>")
        + styled("paragraph", "Deeper", "<w:b/>", "Secret")
        + styled("paragraph", "Shown", '<w:vanish w:val="0"/>', "Secret")
        + styled("character", "Dark", "<w:vanish/>"),
    )
    run = '<w:r><w:rPr><w:rStyle w:val="Dark"/></w:rPr><w:t xml:space="preserve"> dark</w:t></w:r>'
    direct = "<w:r><w:rPr><w:vanish/></w:rPr><w:t> direct</w:t></w:r>"
    light = '<w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t>light</w:t></w:r>'
    body = (
        word("One.")
        + f"<w:p><w:r><w:t>Two</w:t></w:r>{run}{direct}<w:r><w:t>.</w:t></w:r></w:p>"
        + "".join(
            f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr><w:r><w:t>{name}</w:t></w:r>{inner}</w:p>'
            for name, inner in (("Secret", ""), ("Deeper", light), ("Shown", ""), ("Secret", run))
        )
    )
    reading = read_document(docx(body, {"word/styles.xml": styles}), WORD)
    assert [block.text for block in reading.blocks] == ["One.", "Two.", "light", "Shown", "dark"]
    assert [(block.text, block.hint) for block in reading.unshown] == [
        ("dark direct", "hidden"),
        ("Secret", "hidden"),
        ("Deeper", "hidden"),
        ("Secret", "hidden"),
    ]
    assert found(reading) == [("original.hidden-personal-data", "text that is formatted as hidden")]


def test_words_that_an_open_text_hides_are_shown_to_nobody() -> None:
    styles = (
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="D" style:parent-style-name="H"/>'
    )
    body = (
        '<text:p>One <text:span text:style-name="H">by span</text:span>.</text:p>'
        '<text:p text:style-name="D">by style</text:p>'
        '<text:p><text:hidden-text text:is-hidden="true" text:string-value="by field"/></text:p>'
        '<text:p><text:hidden-text text:is-hidden="false">Two.</text:hidden-text></text:p>'
        '<text:section text:display="none"><text:h>by section</text:h></text:section>'
        '<text:section text:display="true"><text:p>Three.</text:p></text:section>'
        '<text:p><text:hidden-paragraph text:is-hidden="true"/>by paragraph</text:p>'
        '<table:table><table:table-row table:visibility="collapse"><table:table-cell><text:p>by row</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    reading = read_document(odt(body, {"styles.xml": open_part("office:document-styles", styles)}), OPEN_TEXT)
    assert [block.text for block in reading.blocks] == ["One .", "Two.", "Three."]
    assert [block.text for block in reading.unshown] == [
        f"by {one}" for one in ("span", "style", "field", "section", "paragraph", "row")
    ]
    assert found(reading) == [("original.hidden-personal-data", "text that is formatted as hidden")]
