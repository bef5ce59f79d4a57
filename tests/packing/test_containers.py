"""Containers of every kind, from the corpus folder to a bag whose text follows from its bytes."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from archive.model.depths import Depth
from archive.model.reports import Verdict
from archive.operations.check import check
from archive.operations.pack import pack
from archive.operations.validate import validate
from tests.packing.making import (
    EPOCH,
    OPEN_TOML,
    SENTENCES,
    Corpus,
    codes,
    errors,
    expect_sound,
    files_of,
    packed,
    records_of,
    text,
)
from tests.sources.opaque import pdf_with_files
from tests.sources.webarchives.making import http, named, page, record, response, sha1
from tests.storage.archives import tar_bytes, zip_bytes

ACCEPTED = OPEN_TOML + '[csv]\nBody = "text"\n[defaults]\nhidden_personal_data = "accepted"\n'
MAIL = b"From: Kim <kim@example.org>\nSubject: The river\nMessage-ID: <%d@example.org>\nReceived: from x\n\n%b\n"


WITH_FILE = (
    b"From: Kim <kim@example.org>\nSubject: The river\nReceived: from x\nContent-Type: multipart/mixed; boundary=b\n\n"
    b"--b\n\n%b\n--b\nContent-Disposition: attachment; filename=page.html\n\n%b\n--b--\n"
)


def said(number: int) -> bytes:
    return text(number).encode()


def capture(number: int) -> bytes:
    body = page(text(number))
    address = f"https://example.org/{number}"
    return response(address, http(body), ("WARC-Payload-Digest", sha1(body)), name=named(number))


def web(*numbers: int) -> list[bytes]:
    info = record("warcinfo", b"software: crawler 1\r\noperator: Somebody\r\n")
    return [info, *map(capture, numbers), response("https://example.org/x", http(b"x", media_type="image/png"))]


def everything(path: Path) -> Corpus:
    corpus = Corpus(path, ACCEPTED)
    corpus.write("plain.warc", b"".join(web(1, 2)))
    corpus.write("zipped.warc.gz", b"".join(map(gzip.compress, web(3, 4))))
    corpus.write("whole.warc.gz", gzip.compress(b"".join(web(5))))
    package = {"datapackage.json": b'{"resources": []}', "archive/a.warc": b"".join(web(6))}
    corpus.write("web.wacz", zip_bytes(package, zipfile.ZIP_STORED))
    corpus.write("letter.eml", WITH_FILE % (said(7), page(text(15))))
    corpus.write("report.pdf", pdf_with_files(("kept.txt", said(17)), text=SENTENCES[0]))
    corpus.write("box.mbox", b"".join(b"From a\n" + MAIL % (one, said(one)) + b"\n" for one in (8, 9)))
    corpus.write("table.csv", 'id,Body,title\nten,"{}",Ten\n'.format(text(10).replace("border", '""border""')))
    corpus.write(
        "some.zip",
        zip_bytes(
            {"in/eleven.txt": said(11), "x.png": b"\x89PNG\r\n\x1a\n", "b.mbox": b"From a\n" + MAIL % (16, said(16))}
        ),
    )
    corpus.write("some.tar", tar_bytes({"twelve.txt": said(12)}))
    corpus.write("some.tar.gz", gzip.compress(tar_bytes({"thirteen.html": page(text(13))})))
    corpus.write("only-called-so.warc", said(14))
    corpus.write("pictures.zip", zip_bytes({"x.png": b"\x89PNG\r\n\x1a\n"}))
    return corpus


def layers(one: dict[str, Any]) -> list[str]:
    """The folders that the spans of a record lead into."""
    return [span["layer"].split("/")[1] for passage in one["passages"] for span in passage["spans"]]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return everything(tmp_path_factory.mktemp("containers") / "corpus")


@pytest.fixture(scope="module")
def bag(corpus: Corpus) -> Path:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", EPOCH)
        return packed(corpus, corpus.path.parent / "bags")


def test_every_document_is_there_under_the_name_that_it_has_in_its_container(bag: Path) -> None:
    expect_sound(bag)
    records = records_of(bag)
    assert sorted(records) == sorted(
        [
            *(f"plain.warc#{named(one)}" for one in (1, 2)),
            *(f"zipped.warc.gz#{named(one)}" for one in (3, 4)),
            f"whole.warc.gz#{named(5)}",
            f"web.wacz#{named(6)}",
            "letter.eml",
            "letter.eml#2/page.html",
            "report.pdf",
            "report.pdf#1/kept.txt",
            "box.mbox#8@example.org",
            "box.mbox#9@example.org",
            "table.csv#ten",
            "some.zip#in/eleven.txt",
            "some.zip#b.mbox#16@example.org",
            "some.tar#twelve.txt",
            "some.tar.gz#thirteen.html",
            "only-called-so.warc",
            "pictures.zip",
        ]
    )
    page_record = records[f"zipped.warc.gz#{named(3)}"]
    assert page_record["metadata"]["source_url"] == "https://example.org/3"
    assert page_record["metadata"]["capture_tool"] == "crawler 1"
    assert page_record["metadata"]["captured_at"].startswith("2024-05-03T10:00:00")
    assert [file["role"] for file in page_record["files"]] == ["page", "layer"]
    assert '"border"' in "".join(passage["text"] for passage in records["table.csv#ten"]["passages"])
    attached = records["letter.eml#2/page.html"]
    assert [(one["relation"], one["target"]) for one in attached["relations"]] == [("part-of", "letter.eml")]
    assert "title" not in records["letter.eml"]["metadata"] or attached["metadata"]["title"] != "The river"
    kept = records["report.pdf#1/kept.txt"]
    assert [(one["relation"], one["target"]) for one in kept["relations"]] == [("part-of", "report.pdf")]
    assert [one["locator"] for one in kept["statements"] if one["field"] == "is_part_of"] == ["attachment=1"]
    assert kept["files"][0] == records["report.pdf"]["files"][0]
    own = {name: one["own_format"]["puid"] for name, one in records.items() if "own_format" in one}
    assert {name.partition("#")[0]: puid for name, puid in own.items()} == {
        **dict.fromkeys(["plain.warc", "zipped.warc.gz", "whole.warc.gz", "web.wacz", "some.tar.gz"], "fmt/471"),
        "letter.eml": "fmt/471", "report.pdf": "x-fmt/111", "box.mbox": "fmt/278", "some.zip": "x-fmt/111",
        "some.tar": "x-fmt/111",
    }  # fmt: skip
    assert own["some.zip#b.mbox#16@example.org"] == "fmt/278"
    told = pq.read_table(bag / "data/tables/documents.parquet", columns=["document_id", "puid"]).to_pylist()
    assert {one["document_id"]: one["puid"] for one in told}.items() >= {**own, "table.csv#ten": "x-fmt/18"}.items()
    in_originals = {name.partition("#")[0] for name, one in records.items() if {*layers(one)} == {"originals"}}
    assert in_originals == {
        "plain.warc", "web.wacz", "letter.eml", "box.mbox", "table.csv", "some.tar", "only-called-so.warc",
    }  # fmt: skip


def test_the_labels_are_made_again(bag: Path) -> None:
    for depth in ("derivation", "reproduction"):
        report = validate(bag, depth=depth, jobs=1)
        assert (report.verdict, report.findings) == (Verdict.VALID, ())


def test_workers_make_the_same_bag(corpus: Corpus, bag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.packing.gathering._SERIAL_BELOW", 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    assert files_of(packed(corpus, tmp_path / "bags", jobs=2)) == files_of(bag)


def test_what_a_container_hides_stops_an_open_bag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    corpus = Corpus(tmp_path / "corpus").write("a.warc", b"".join(web(1)))
    report = pack(corpus.path, to=tmp_path / "bags", jobs=1)
    assert errors(report) == ["original.hidden-personal-data"]
    corpus.sheet("filename,hidden_personal_data", "a.warc,accepted")
    assert not errors(pack(corpus.path, to=tmp_path / "bags", jobs=1))


def test_a_container_that_hides_something_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    corpus = Corpus(tmp_path / "corpus").write("a.warc", b"".join(web(1))).texts("b.txt")
    corpus.write("letter.eml", WITH_FILE % (said(7), page(text(8))))
    report = pack(corpus.path, to=tmp_path / "bags", jobs=1, rejected="allow")
    assert (report.counts["packed"], report.counts["rejected"]) == (1, 3)
    assert [one.name for one in (tmp_path / "bags/example-1.0/data/originals").iterdir()] == ["b.txt"]


def test_rows_speak_of_documents_in_containers(tmp_path: Path) -> None:
    corpus = everything(tmp_path / "corpus")
    corpus.sheet(
        "filename,identifier,title",
        f"plain.warc#{named(1)},one,A title",
        "table.csv#ten,ten,",
        "some.zip#in/eleven.txt,eleven,",
        "some.zip#gone.txt,gone,",
        "letter.eml#2/page.html,page,",
        "letter.eml#3/page.html,no-page,",
    )
    report = check(corpus.path, jobs=1)
    assert errors(report) == ["sheet.row-without-member"] * 2


def test_a_csv_file_is_a_document_unless_a_column_of_texts_is_named(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").write("a.csv", "id,Body\n1,Some text\n")
    assert codes(check(corpus.path, jobs=1)) >= {"csv.not-opened"}
    corpus.write("corpus.toml", OPEN_TOML + '[csv]\nText = "text"\n')
    assert codes(check(corpus.path, jobs=1)) >= {"csv.no-text-column", "container.no-documents"}


@pytest.mark.parametrize("whole", [0, 1])
def test_a_container_in_which_nearly_nothing_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: int
) -> None:
    monkeypatch.setattr("archive.packing.sieve.MOST_BROKEN", 2)
    rows = "id,Body\n" + "7,Some text\n" * whole + '1,"x" y\n' * 9
    corpus = Corpus(tmp_path / "corpus").write("a.csv", rows)
    corpus.write("corpus.toml", OPEN_TOML + '[csv]\nBody = "text"\n')
    report = check(corpus.path, jobs=1)
    assert "container.mostly-broken" in codes(report)
    assert errors(report) == []
    assert report.counts["fit"] == 1 + 3 * whole
    assert [one.code for one in report.findings].count("csv.malformed-row") == 3


def test_a_container_of_more_documents_than_are_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.packing.sieve.MOST", 2)
    corpus = Corpus(tmp_path / "corpus").lines("a.jsonl", *({"text": f"Text {one}."} for one in range(5)))
    report = check(corpus.path, jobs=1)
    assert "container.bomb" in codes(report)
    assert report.counts["fit"] == 2


def test_what_cannot_be_read_in_a_container_has_a_record_that_says_so(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML + '[csv]\nBody = "text"\n')
    corpus.write("a.jsonl", '{"text": "x" "y"}\n{"id": "one", "text": "Some text."}\n\nno object\n')
    corpus.write("b.csv", 'id,Body\n7,Some text\n8,"x" y\n')
    corpus.write("sub/all.jsonl", '{"text": "x" "y"}\n{"text" "z"}\n')
    with zipfile.ZipFile(corpus.path / "c.zip", "w") as archive:
        archive.writestr("in.jsonl", '{"text": "Other text."}\n{"text"\n')
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert (report.exit_code, errors(report), report.counts["packed"]) == (0, [], 8)
    bag = Path(report.bags[0].path)
    records = records_of(bag)
    unread = ["a.jsonl#line 1", "a.jsonl#line 4", "b.csv#line 3", "c.zip#in.jsonl#line 2"]
    assert sorted(records) == sorted(["a.jsonl#one", "b.csv#7", "c.zip#in.jsonl#1", "sub/all.jsonl", *unread])
    for name in unread:
        (event,) = records[name]["events"]
        assert (records[name]["passages"], event["type"], event["outcome"] != "success") == ([], "creation", True)
        assert event["detail"].startswith(f"No text was taken from data/originals/{name.partition('#')[0]}: ")
    expect_sound(bag)
    assert validate(bag, depth=Depth.REPRODUCTION, jobs=1).findings == ()


@pytest.mark.parametrize(
    "row", ['{"access_level": "restricted" "x"}', '{"Secrecy": 1 2}', '{"DCTERMS.accessRights" "x"}']
)
def test_a_line_that_may_ask_for_a_level_of_access_is_never_packed_unread(tmp_path: Path, row: str) -> None:
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML + '[json_lines]\nSecrecy = "access_level"\n')
    corpus.write("a.jsonl", f'{{"id": "one", "text": "Some text."}}\n{row}\n')
    assert errors(check(corpus.path, jobs=1)) == ["jsonl.malformed-line"]


@pytest.mark.parametrize(
    "row",
    ['{"access_level": "restricted", "text": "a"}', '{"access_level": ["open"], "text": "a"}', '{"access_level" 1'],
)
def test_a_file_with_a_line_that_may_ask_for_a_stricter_level_stays_out_whole(tmp_path: Path, row: str) -> None:
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML).texts("other.txt")
    corpus.write("a.jsonl", f'{{"id": "one", "text": "Some text."}}\n{row}\n')
    pack(corpus.path, to=tmp_path / "bags", jobs=1, rejected="allow")
    originals = tmp_path / "bags" / "example-1.0" / "data" / "originals"
    assert [one.name for one in originals.iterdir()] == ["other.txt"]


def test_a_table_in_which_a_level_may_stand_in_another_column_stays_out_whole(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML + '[csv]\nBody = "text"\n').texts("other.txt")
    corpus.write("a.csv", "id,Body,access_level\n1,One text.,open\n2,Another, text.,restricted\n")
    pack(corpus.path, to=tmp_path / "bags", jobs=1, rejected="allow")
    originals = tmp_path / "bags" / "example-1.0" / "data" / "originals"
    assert [one.name for one in originals.iterdir()] == ["other.txt"]
