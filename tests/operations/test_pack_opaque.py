"""PDFs, word-processor files and books from the folder to the bag and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.model.depths import Depth
from archive.model.reports import Verdict
from archive.operations.pack import pack
from archive.operations.validate import validate
from tests.packing.making import EPOCH, SENTENCES, Corpus, codes, expect_sound, files_of, packed, records_of
from tests.sources.opaque import Shown, docx, epub, lines, odt, pdf, picture_page, word


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    one, two, three, four = SENTENCES[:4]
    told = ((one, two), (three, one), (four, three))
    folder = Corpus(tmp_path / "corpus")
    pages = [[Shown(72, 760, f"Report {at}"), *lines(*said, top=700)] for at, said in enumerate(told, start=1)]
    folder.write("report.pdf", pdf(pages, information={"Title": "A report of winters"}))
    folder.write("letter.docx", docx(word(three) + word(four)))
    folder.write("notes/notes.odt", odt(f"<text:h>Notes</text:h><text:p>{two}</text:p>"))
    folder.write("book.epub", epub({"one.xhtml": f"<h1>One</h1><p>{four}</p>"}))
    folder.write("scan.pdf", picture_page())
    return folder


def test_every_passage_follows_from_a_stored_layer(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    bag = packed(corpus, tmp_path / "bags")
    expect_sound(bag)
    records = records_of(bag)
    record = records["report.pdf"]
    assert record["metadata"]["title"] == "A report of winters"
    layer = record["files"][1]
    assert (layer["role"], layer["path"]) == ("layer", "data/derived/report.pdf/text.txt")
    assert layer["derived_from"] == "data/originals/report.pdf"
    assert [event["type"] for event in record["events"]] == ["creation"]
    assert "pypdfium2" in record["events"][0]["detail"]
    kept = [passage for passage in record["passages"] if passage["kept"]]
    assert {passage["locator"] for passage in kept} == {"page=1", "page=2", "page=3"}
    assert {span["layer"] for passage in kept for span in passage["spans"]} == {layer["path"]}
    dropped = [passage["text"] for passage in record["passages"] if not passage["kept"]]
    assert dropped[-2:] == ["Report 2", "Report 3"]
    (title,) = [one for one in record["statements"] if (one["field"], one["source"]) == ("title", "embedded")]
    assert (title["file"], title["locator"]) == ("data/originals/report.pdf", "property=Title")
    assert {passage["locator"] for passage in records["book.epub"]["passages"]} == {"part=OEBPS/one.xhtml"}
    assert records["scan.pdf"]["passages"] == []
    assert len(records["scan.pdf"]["files"]) == 1
    for depth in (Depth.DERIVATION, Depth.REPRODUCTION):
        report = validate(bag, depth=depth, jobs=1)
        assert report.verdict is Verdict.VALID, [one.as_json() for one in report.findings]
        assert "reproduction.not-here" not in codes(report)
    again = packed(corpus, tmp_path / "again", jobs=2)
    assert files_of(again) == files_of(bag)


def test_what_is_hidden_stops_an_open_bag(corpus: Corpus, tmp_path: Path) -> None:
    corpus.write("changed.docx", docx('<w:p><w:ins w:author="Ada Quill"><w:r><w:t>Words.</w:t></w:r></w:ins></w:p>'))
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert report.verdict is Verdict.INVALID
    assert "original.hidden-personal-data" in codes(report)
