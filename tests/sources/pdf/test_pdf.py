"""PDFs: the text by page, what repeats at their edges, broken words, properties, and what is no text."""

from __future__ import annotations

from typing import Any

import pytest

from archive.model.blocks import Reading
from archive.sources import Limits, read
from archive.sources.pdf.lines import PageLine
from archive.sources.pdf.paragraphs import paragraphs_of
from archive.sources.pdf.shapes import Shape
from tests.contracts.sources import check_reading
from tests.sources.opaque import Shown, lines, pdf, picture_page, stream

pytestmark = pytest.mark.usefixtures("measured_readers")

LIMITS = Limits()
WORDS = ("nobody", "a neighbour", "the teacher", "somebody else")
LONG = "The road over the pass is open again in spring, and lorries bring fertiliser to"


def read_pdf(data: bytes, limits: Limits = LIMITS) -> Reading:
    reading = read("report.pdf", data, limits=limits)
    check_reading(reading)
    assert reading.media_type == "application/pdf"
    return reading


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks]


def found(reading: Reading) -> dict[str, str]:
    return {one.code: one.found for one in reading.findings if one.code != "original.not-searched"}


def test_the_text_stands_in_a_layer_by_page() -> None:
    reading = read_pdf(pdf([lines("One page."), lines("Another page.")]))
    assert reading.layers[0].name == "text"
    assert reading.layers[0].data == b"One page.\n\f\n\nAnother page.\n\f\n"
    assert [(block.text, block.locator) for block in reading.blocks] == [
        ("One page.", "page=1"),
        ("Another page.", "page=2"),
    ]
    assert (reading.puid, reading.puid_basis) == ("fmt/18", "signature")
    assert reading.tool.startswith("pypdfium2 ")
    assert not reading.findings


def test_full_lines_are_one_paragraph() -> None:
    page = [
        *lines(LONG, "the villages behind it, where nobody has seen any since the first snow of the", "year."),
        *lines("Another paragraph begins further down.", top=640),
    ]
    reading = read_pdf(pdf([page]))
    assert len(reading.blocks) == 2
    assert reading.blocks[0].text.count("\n") == 2
    assert reading.blocks[1].gap == 1


def test_short_lines_stay_apart() -> None:
    reading = read_pdf(pdf([[*lines("Name: example", "Place: the border", "Date: 3 May"), *lines(LONG, top=600)]]))
    assert texts(reading)[:3] == ["Name: example", "Place: the border", "Date: 3 May"]
    assert [block.gap for block in reading.blocks][:3] == [1, 0, 0]


def test_an_indented_line_begins_a_paragraph_and_an_item_never_goes_on() -> None:
    first = "They went over the ice in the night, and nobody on the other side had expected them."
    indented = [Shown(72, 720, first), Shown(90, 706.8, first), Shown(72, 693.6, "- an item"), Shown(72, 680, "2. two")]
    reading = read_pdf(pdf([indented]))
    assert texts(reading) == [first, first, "- an item", "2. two"]
    assert [block.hint for block in reading.blocks] == ["", "", "list-item", "list-item"]


def test_a_dash_within_a_sentence_begins_no_item() -> None:
    long = "They went over the ice in the night, and nobody on the other side had expected"
    dashed = PageLine("— a boy among them — and it was cold.", 72, 300, 706, 718, 12)
    before = PageLine(long, 72, 540, 720, 732, 12)
    one, *others = paragraphs_of([before, dashed], 0, Shape(12))
    assert (len(one.lines), others) == (2, [])
    item = PageLine("— a first thing", 72, 300, 720, 732, 12)
    assert [len(found.lines) for found in paragraphs_of([item, dashed], 0, Shape(12))] == [1, 1]


def test_larger_letters_are_a_heading_and_the_largest_at_first_the_title() -> None:
    first = [Shown(72, 780, "A report", 13), Shown(72, 740, "What was said", 18), *lines(LONG, LONG)]
    reading = read_pdf(pdf([first, [Shown(72, 740, "And then", 18), *lines(LONG, LONG)]]))
    labels = [(block.hint, block.text) for block in reading.blocks if block.hint]
    assert labels == [("heading", "A report"), ("title", "What was said"), ("heading", "And then")]
    small = read_pdf(pdf([[Shown(72, 740, "What was said", 13), *lines(LONG, LONG)]]))
    assert small.blocks[0].hint == "heading"


def test_what_repeats_at_the_edges_of_pages_is_told() -> None:
    pages = [
        [Shown(72, 760, "A yearly report"), *lines(f"What {word} said.", top=700), Shown(300, 30, str(at + 7))]
        for at, word in enumerate(WORDS)
    ]
    reading = read_pdf(pdf(pages))
    running = [block.text for block in reading.blocks if block.hint == "running"]
    assert running == [word for at in range(4) for word in ("A yearly report", str(at + 7))]


def test_of_pages_that_say_the_same_all_stays_but_numbers() -> None:
    reading = read_pdf(pdf([[*lines("Name:", "Place:"), Shown(300, 30, str(at))] for at in range(4)]))
    assert [block.hint for block in reading.blocks] == ["", "", "running"] * 4


def test_a_running_head_is_known_by_the_number_of_its_page() -> None:
    heads = ["Chapter one 1", "2 A book", "Chapter two 3", "4 A book"]
    reading = read_pdf(
        pdf(
            [
                [Shown(72, 760, head), *lines(f"What {word} said.", top=600)]
                for head, word in zip(heads, WORDS, strict=True)
            ]
        )
    )
    assert [block.text for block in reading.blocks if block.hint == "running"] == heads


@pytest.mark.parametrize(
    ("elsewhere", "joined"),
    [
        ("Here an interview was held.", "a long inter\u00adview with them"),
        ("Nothing of the kind.", "a long inter-view with them"),
    ],
)
def test_a_broken_word_is_joined_where_the_document_has_it_whole(elsewhere: str, joined: str) -> None:
    first = "The women who had been there for the longest time gave us in the winter a long inter-"
    reading = read_pdf(pdf([[*lines(first, "view with them about it."), *lines(elsewhere, top=600)]]))
    assert joined in reading.blocks[0].text


def test_a_hyphen_before_and_stays_apart() -> None:
    first = "The women who had been there for the longest time told us of their inter-"
    reading = read_pdf(pdf([lines(first, "and outer lives.")]))
    assert "inter-and" not in reading.blocks[0].text.replace("\n", " ")


def test_a_page_that_is_a_picture_gives_no_text() -> None:
    reading = read_pdf(picture_page())
    assert not reading.text_was_read
    assert not reading.layers
    assert found(reading) == {"pdf.no-text": "the one page without text"}


def test_some_pages_without_text_are_named_and_blank_ones_are_not() -> None:
    reading = read_pdf(pdf([lines("Words."), [Shown(9, 9, " ")], []]))
    assert found(reading) == {"pdf.no-text": "page 2 of 3 without text"}


def test_a_blank_document_is_told() -> None:
    assert found(read_pdf(pdf([[], []]))) == {"pdf.no-text": "all 2 pages blank"}


def test_recognised_text_is_told() -> None:
    reading = read_pdf(pdf([[Shown(72, 700, "Read by a machine.", invisible=True)], lines("Written.")]))
    assert texts(reading) == ["Read by a machine.", "Written."]
    assert found(reading) == {"pdf.recognised-text": "page 1 of 2"}


def test_properties_are_statements_of_the_original() -> None:
    information = {
        "Title": "A yearly report",
        "Author": "Ada Quill; admin",
        "Keywords": "border, schools",
        "Subject": "On children",
        "Producer": "a program",
        "CreationDate": "D:20200101",
    }
    reading = read_pdf(pdf([lines("Words.")], information=information, catalog="/Lang (en-GB)"))
    assert {(one.field, one.value, one.locator) for one in reading.embedded} == {
        ("title", "A yearly report", "property=Title"),
        ("creators", "Ada Quill", "property=Author"),
        ("subjects", "border", "property=Keywords"),
        ("subjects", "schools", "property=Keywords"),
        ("description", "On children", "property=Subject"),
        ("language", "en-GB", "property=Lang"),
    }
    assert all(one.layer is None for one in reading.embedded)


@pytest.mark.parametrize("title", ["Microsoft Word - final.doc", "untitled", "report.pdf", "Document1"])
def test_titles_that_programs_give_are_none(title: str) -> None:
    assert not read_pdf(pdf([lines("Words.")], information={"Title": title})).embedded


def test_a_web_page_that_a_browser_printed_is_told_from_a_document() -> None:
    assert read_pdf(pdf([lines("Words.")], information={"Creator": "Microsoft Word"})).is_own
    assert not read_pdf(pdf([lines("Words.")], information={"Creator": "Mozilla/5.0 (X11) Chrome/120"})).is_own
    pages = [
        [*lines(f"What {word} said."), Shown(72, 30, f"https://example.org/a {at}/4")] for at, word in enumerate(WORDS)
    ]
    assert not read_pdf(pdf(pages)).is_own


def test_entries_of_a_table_of_contents_stay_apart() -> None:
    entries = ["One . . . . . . . . . . . . . . . . . . 1", "Two and more . . . . . . . . . . . . xii"]
    reading = read_pdf(pdf([lines(*entries, "Price . . . . . . . . . . . . . . . . low")]))
    assert [block.hint for block in reading.blocks] == ["navigation", "navigation", ""]


XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description prism:publicationDate="2019-05-03T10:00:00Z">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">On the border &amp; beyond</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Ada Quill</rdf:li><rdf:li>Ben Lane</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language><dc:publisher>The Press</dc:publisher>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def test_an_xmp_packet_is_read_with_its_bytes() -> None:
    data = pdf([lines("Words.")], information={"Title": "Another"}, further=[stream(XMP)])
    reading = read_pdf(data)
    values = [(one.field, one.value) for one in reading.embedded]
    assert values == [
        ("title", "On the border & beyond"),
        ("creators", "Ada Quill"),
        ("creators", "Ben Lane"),
        ("language", "en"),
        ("publisher", "The Press"),
        ("date_issued", "2019-05-03"),
        ("title", "Another"),
    ]
    start, end = map(int, reading.embedded[1].locator.removeprefix("bytes=").split("-"))
    assert data[start:end] == b"Ada Quill"


def test_authors_of_comments_are_a_finding() -> None:
    note = b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (Ada Quill) /Contents (Is this so?) >>"
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [0 0 9 9] /T (surname) >>"
    reading = read_pdf(pdf([lines("Words.")], per_page="/Annots [4 0 R 5 0 R]", further=[note, field]))
    assert [one.found for one in reading.findings] == ["the author of a comment on page 1"]
    assert reading.findings[0].code == "original.hidden-personal-data"


def test_characters_beyond_the_first_plane_keep_places_right() -> None:
    mapping = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        b"1 beginbfchar <41> <D840DC00> endbfchar endcmap end"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>"
    data = pdf([[*lines("AAAA"), *lines("bbbb", top=600)]], further=[font, stream(mapping)]).replace(
        b"/F 3 0 R", b"/F 4 0 R"
    )
    assert texts(read_pdf(data)) == ["\U00020000" * 4, "bbbb"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.4\nnothing", "document.malformed"),
        (pdf([lines("Words.")], trailer=f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
             f"/O <{'00' * 32}> /U <{'00' * 32}> >>"), "document.encrypted"),
        (pdf([]), "document.malformed"),
    ],
    ids=["damaged", "encrypted", "no pages"],
)  # fmt: skip
def test_what_cannot_be_opened_is_told(data: bytes, code: str) -> None:
    reading = read_pdf(data)
    assert not reading.text_was_read
    assert list(found(reading)) == [code]


def test_a_file_that_is_cut_short_still_ends() -> None:
    whole = pdf([lines("Words.")] * 3)
    for end in range(20, len(whole), 97):
        check_reading(read("report.pdf", whole[:end]))


def test_pages_that_are_their_own_children_end() -> None:
    data = pdf([lines("Words.")]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    assert not read_pdf(data).text_was_read


def test_a_form_that_draws_itself_ends() -> None:
    form = stream(b"/X Do BT /F 9 Tf (in) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                  "/Resources << /Font << /F 3 0 R >> /XObject << /X 4 0 R >> >>")  # fmt: skip
    data = pdf([[]], further=[form], per_page="/Resources << /XObject << /X 4 0 R >> >>")
    check_reading(read("report.pdf", data.replace(b"stream\n\nendstream", b"stream\n/X Do\nendstream")))


def test_more_pages_or_text_than_are_read() -> None:
    data = pdf([lines("Words and words.")] * 4)
    assert list(found(read_pdf(data, Limits(most_pages=3)))) == ["text.too-many-blocks"]
    assert list(found(read_pdf(data, Limits(largest_text=40)))) == ["text.too-large"]
    assert list(found(read_pdf(data, Limits(most_blocks=2)))) == ["text.too-many-blocks"]
    assert list(found(read_pdf(data, Limits(largest_file=100)))) == ["text.too-large"]


@pytest.mark.parametrize(
    ("last", "first", "said"),
    [
        ("the villages behind", "it, where nobody was.", "the villages behind\nit, where nobody was."),
        (
            "the villages of the fertili-",
            "ser trade stayed poor.",
            "the villages of the fertili\u00adser trade stayed poor.",
        ),
        ("the villages of the Ober-", "stadt stayed poor.", "the villages of the Ober-stadt stayed poor."),
        ("the villages behind it.", "it was cold.", ""),
        ("the villages behind", "It was cold.", ""),
        ("the villages behind", "2. it was cold.", ""),
    ],
)
def test_a_paragraph_that_runs_over_the_end_of_a_page_is_one(last: str, first: str, said: str) -> None:
    pages = [
        [*lines("A head", top=780, size=8), *lines(LONG, LONG, last), *lines(f"{number} note", top=60, size=7)]
        for number in (1, 2, 3)
    ]
    pages[1] = [*lines("A head", top=780, size=8), *lines(first), *lines("Another paragraph.", top=600)]
    reading = read_pdf(pdf(pages))
    over = [block for block in reading.blocks if block.locator == "page=1-2"]
    assert [block.text for block in over] == ([f"{LONG}\n{LONG}\n{said}"] if said else [])
    assert all(len(block.spans) == 2 for block in over)


def test_a_paragraph_over_several_pages() -> None:
    reading = read_pdf(pdf([lines(LONG, LONG, "and on and on"), lines("on and on and on and"), lines("on and out.")]))
    (block,) = reading.blocks
    assert block.locator == "page=1-3"
    assert block.text.endswith("and on and on\non and on and on and\non and out.")


def test_a_sentence_goes_on_in_the_next_column() -> None:
    left = lines("The road over the pass", "is open again in spring and", "lorries bring what", left=50, size=9)
    reading = read_pdf(pdf([[*left, *lines("people need there, salt.", "Nobody else", left=320, size=9)]]))
    assert "lorries bring what\npeople need there" in texts(reading)[0]


def test_files_that_are_attached_are_named() -> None:
    names = [f"{at:02}.txt" for at in range(14)]
    specs = [f"<< /Type /Filespec /F ({name}) /UF ({name}) /EF << /F 4 0 R >> >>".encode() for name in names]
    listed = " ".join(f"({name}) {5 + at} 0 R" for at, name in enumerate(names[1:]))
    data = pdf(
        [lines("A page.")],
        catalog=f"/Names << /EmbeddedFiles << /Names [{listed}] >> >>",
        per_page="/Annots [<< /Type /Annot /Subtype /FileAttachment /Rect [9 9 20 20] /FS 18 0 R >>]",
        further=[stream(b"hello", "/Type /EmbeddedFile"), *specs[1:], specs[0]],
    )
    assert found(read_pdf(data)) == {"pdf.attachments": ", ".join(names[1:13]) + ", and 2 more"}


PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description %s/></x:xmpmeta>'


@pytest.mark.parametrize(
    ("made", "what"),
    [
        ({"information": {"LastSavedBy": "ada.quill"}}, "who saved the file last"),
        ({"information": {"Manager": "Ada Quill"}}, "the manager in the properties"),
        ({"information": {"Creator": r"C:\\Users\\ada\\a.doc"}}, "a path with a user's name"),
        ({"further": [stream(PACKET % b'stRef:filePath="/Users/ada/a.indd"')]}, "a path with a user's name"),
        ({"further": [stream(PACKET % b'pdfx:LastSavedBy="Ada"')]}, "who saved the file last"),
        ({"further": [b"<< /S /URI /URI (file:///C:/Users/ada/a.htm) >>"]}, "a path with a user's name"),
    ],
)
def test_what_a_pdf_says_of_its_makers(made: dict[str, Any], what: str) -> None:
    reading = read_pdf(pdf([lines("Words.")], **made))
    assert found(reading) == {"original.hidden-personal-data": what}


def test_a_packet_that_does_not_end_hides_nothing() -> None:
    assert found(read_pdf(pdf([lines("Words.")], further=[stream(b"<x:xmpmeta /Users/" + PACKET % b"")]))) == {}
