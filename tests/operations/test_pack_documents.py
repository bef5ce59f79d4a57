"""What becomes of documents: roles, containers, formats, layers, and what of a corpus its content digest covers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive.model.depths import Depth
from archive.model.records import text_of
from archive.operations.pack import pack
from archive.operations.validate import validate
from tests.packing.making import (
    EPOCH,
    OPEN_TOML,
    Corpus,
    bag_json_of,
    codes,
    errors,
    expect_balance,
    expect_sound,
    files_of,
    info_of,
    layout,
    packed,
    records_of,
    text,
)

KOREAN = "그 마을에서 아이들은 학교에 다니지 못했다고 주민들은 말했다."
JAPANESE = "川は十二月に凍り、人々は歩いて渡ると村の人は話した。"


@pytest.fixture(autouse=True)
def declared_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def content_digest(bag: Path) -> str:
    return dict(info_of(bag))["Corpus-Archive-Content-Digest"]


def test_files_of_one_document_go_by_role(tmp_path: Path) -> None:
    corpus = (
        Corpus(tmp_path / "corpus")
        .write("scan.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        .texts("t.txt", "tr.txt", "page.txt")
    )
    corpus.sheet(
        "filename,identifier,role",
        "scan.pdf,doc,scan", "t.txt,doc,transcript", "tr.txt,doc,translation", "page.txt,other,page",
    )  # fmt: skip
    bag = packed(corpus, tmp_path / "bags")
    records = records_of(bag)
    assert list(records) == ["doc", "other"]
    document = records["doc"]
    assert [(file["role"], file["path"]) for file in document["files"]] == [
        ("scan", "data/originals/scan.pdf"),
        ("transcript", "data/originals/t.txt"),
        ("translation", "data/originals/tr.txt"),
    ]
    assert document["original"] == "data/originals/scan.pdf"
    kept = {span["layer"] for one in document["passages"] if one["kept"] for span in one["spans"]}
    assert kept == {"data/originals/t.txt"}
    others = [one for one in document["passages"] if one["spans"][0]["layer"] == "data/originals/tr.txt"]
    assert others
    assert not any(one["kept"] for one in others)
    assert any("translation" in one["reason"] for one in others)
    expect_sound(bag)


def test_the_text_is_from_the_first_role_that_holds_any(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").write("page.txt", "").texts("ocr.txt", "trans.txt")
    corpus.sheet("filename,identifier,role", "page.txt,doc,", "ocr.txt,doc,ocr", "trans.txt,doc,transcript")
    record = records_of(packed(corpus, tmp_path / "bags"))["doc"]
    kept = {span["layer"] for one in record["passages"] if one["kept"] for span in one["spans"]}
    assert kept == {"data/originals/trans.txt"}
    assert record["original"] == "data/originals/page.txt"


def test_a_translation_alone_gives_no_text(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("t.txt").sheet("filename,role", "t.txt,translation")
    record = records_of(packed(corpus, tmp_path / "bags"))["t.txt"]
    assert record["passages"]
    assert record["text"] == {"characters": 0, "words": 0, "sha256": None}


def test_the_same_bytes_under_two_roles_are_told_once(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").write("a.txt", text(1)).write("b.txt", text(1))
    corpus.sheet("filename,identifier,role", "a.txt,doc,page", "b.txt,doc,ocr")
    record = records_of(packed(corpus, tmp_path / "bags"))["doc"]
    identifiers = [one["passage_id"] for one in record["passages"]]
    assert len(identifiers) == len(set(identifiers))


def test_the_same_role_twice_is_an_error(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt").sheet("filename,identifier", "a.txt,doc", "b.txt,doc")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert errors(report) == ["document.identifier-role-twice"]


def test_a_container_gives_a_document_for_each_line_with_its_spans(tmp_path: Path) -> None:
    lines = [
        {"id": "one", "text": text(1), "title": "Its title", "date_issued": "2017-09-03"},
        {"text": f"{KOREAN}\n\n{KOREAN} 그렇다고 한다.", "language": "ko"},
        {"id": 7, "text": 'He said "nothing\\more" \u2013 and that was all that he said to us then.'},
    ]
    corpus = Corpus(tmp_path / "corpus").lines("c.jsonl", *lines)
    corpus.write("esc.ndjson", json.dumps({"id": "x", "text": KOREAN}) + "\r\n\r\n")
    corpus.sheet("filename,title,identifier,dc.subject", "c.jsonl#one,Row title,given,topic", "c.jsonl#7,,,")
    bag = packed(corpus, tmp_path / "bags")
    records = records_of(bag)
    assert list(records) == ["c.jsonl#2", "c.jsonl#7", "esc.ndjson#x", "given"]
    given = records["given"]
    assert given["source_path"] == "c.jsonl#one"
    assert (given["metadata"]["title"], given["metadata"]["subjects"]) == ("Row title", ["topic"])
    assert given["metadata"]["date_issued"] == "2017-09-03"
    original = (corpus.path / "c.jsonl").read_bytes()
    second = original.split(b"\n")[1]
    start = original.index(second)
    for one in records["c.jsonl#2"]["passages"]:
        for span in one["spans"]:
            assert span["layer"] == "data/originals/c.jsonl"
            assert start <= span["byte_start"] < span["byte_end"] <= start + len(second)
            assert original[span["byte_start"] : span["byte_end"]].decode().strip() == one["text"]
    assert text_of(records["esc.ndjson#x"]) == KOREAN  # type: ignore[arg-type]
    assert set(files_of(bag)) == layout(["c.jsonl", "esc.ndjson"], ["corpus.toml", "metadata.csv"])
    expect_sound(bag)


def test_keys_of_json_lines_may_be_renamed(tmp_path: Path) -> None:
    toml = OPEN_TOML + '[json_lines]\nbody = "text"\nkey = "id"\nheadline = "title"\n'
    corpus = Corpus(tmp_path / "corpus", toml)
    corpus.lines("c.jsonl", {"key": "k", "body": text(1), "headline": "A headline"})
    record = records_of(packed(corpus, tmp_path / "bags"))["c.jsonl#k"]
    assert record["metadata"]["title"] == "A headline"
    assert record["passages"]


def test_large_containers_fall_into_tasks_and_lose_nothing(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").lines("c.jsonl", *({"id": f"{at:04}", "text": text(at)} for at in range(150)))
    report = pack(corpus.path, tmp_path / "bags", jobs=2)
    expect_balance(report)
    bag = Path(report.bags[0].path)
    assert list(records_of(bag)) == [f"c.jsonl#{at:04}" for at in range(150)]
    serial = packed(corpus, tmp_path / "serial")
    assert files_of(serial) == files_of(bag)


def test_an_empty_file_is_a_document_without_text(tmp_path: Path) -> None:
    report = pack(Corpus(tmp_path / "corpus").write("a.txt", "").path, tmp_path / "bags", jobs=1)
    bag = Path(report.bags[0].path)
    record = records_of(bag)["a.txt"]
    assert record["passages"] == []
    assert record["files"][0]["bytes"] == 0
    assert "text.empty" in codes(report)
    expect_sound(bag)


def test_a_format_without_text_is_packed_and_says_so(tmp_path: Path) -> None:
    image = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + b"\0" * 64
    report = pack(Corpus(tmp_path / "corpus").write("a.png", image).path, tmp_path / "bags", jobs=1)
    bag = Path(report.bags[0].path)
    assert "text.not-read" in codes(report)
    assert records_of(bag)["a.png"]["files"][0]["media_type"] == "image/png"
    assert files_of(bag)["data/originals/a.png"] == image
    expect_sound(bag)


@pytest.mark.parametrize(("codec", "said"), [("iso2022_jp", JAPANESE), ("iso2022_kr", KOREAN), ("utf_32", KOREAN)])
def test_a_stateful_encoding_gets_a_derived_layer(tmp_path: Path, codec: str, said: str) -> None:
    data = "\n\n".join([said] * 4).encode(codec)
    bag = packed(Corpus(tmp_path / "corpus").write("100%/a.txt", data), tmp_path / "bags")
    record = records_of(bag)["100%/a.txt"]
    layers = [file for file in record["files"] if file["role"] == "layer"]
    assert len(layers) == 1
    layer = layers[0]
    assert layer["path"].startswith("data/derived/100=25/a.txt/")
    assert layer["path"].endswith(".txt")
    assert (layer["derived_from"], layer["charset"]) == ("data/originals/100=25/a.txt", "utf-8")
    assert (bag / layer["path"]).read_text("utf-8").count(said) == 4
    assert {span["layer"] for one in record["passages"] for span in one["spans"]} == {layer["path"]}
    assert said in text_of(record)  # type: ignore[arg-type]
    expect_sound(bag)


def test_recipe_none_packs_originals_and_reads_nothing(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML + 'recipe = "none"\n').texts("a.txt")
    corpus.write(
        "p.html", "<html><head><meta name='author' content='Kim'><title>Of the page</title></head><p>Text.</html>"
    )
    bag = packed(corpus, tmp_path / "bags")
    expected = layout(["a.txt", "p.html"], ["corpus.toml"]) - {"data/evidence/repeated-lines.jsonl"}
    assert set(files_of(bag)) == expected
    assert all(record["passages"] == [] for record in records_of(bag).values())
    assert bag_json_of(bag)["recipe"]["steps"] == []
    expect_sound(bag)
    labelled = packed(corpus, tmp_path / "labelled", recipe="default")
    assert records_of(labelled)["a.txt"]["passages"]


def test_what_a_capture_states_is_an_event(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt", "c.txt")
    corpus.sheet(
        "filename,captured_at,capture_tool",
        "a.txt,2024-05-03T10:00:00Z,wget 1.21", "b.txt,2024-05-03T10:00:00+09:00,", "c.txt,,",
    )  # fmt: skip
    records = records_of(packed(corpus, tmp_path / "bags"))
    events = [
        [(one["type"], one["agent"], one["occurred_at"]) for one in record["events"]] for record in records.values()
    ]
    assert events == [
        [("capture", "wget 1.21", "2024-05-03T10:00:00Z")],
        [("capture", "not stated", "2024-05-03T10:00:00+09:00")],
        [],
    ]


def test_fields_of_ones_own_are_kept(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML + 'additional_columns = ["box", "shelf"]\n').texts("a.txt")
    corpus.json(
        "a.txt.json", {"additional": {"weight": 1.5, "big": 12345678901234567890, "nest": {"deep": [True, None]}}}
    )
    corpus.sheet("filename,box,box,shelf", "a.txt,1,2,")
    bag = packed(corpus, tmp_path / "bags")
    own = records_of(bag)["a.txt"]["additional"]
    assert own["box"] == ["1", "2"]
    assert own["weight"] == "1.5"
    expect_sound(bag)


CHANGES: list[Any] = [
    lambda corpus: corpus.write("a.txt", text(0) + "One more line that says something else entirely.\n"),
    lambda corpus: corpus.write("a.txt", text(0).replace("December", "Decembre")),
    lambda corpus: corpus.write("c.txt", text(3)),
    lambda corpus: (corpus.path / "b.bin").rename(corpus.path / "d.bin"),
    lambda corpus: corpus.write("b.bin", b"\x00\x01\x03"),
    lambda corpus: corpus.json("a.txt.json", {"publisher": "Another House"}),
    lambda corpus: corpus.json("a.txt.json", {"publisher": "Example House", "genre": "report"}),
    lambda corpus: (corpus.path / "a.txt.json").unlink(),
    lambda corpus: corpus.sheet("filename,title", "a.txt,A title", "b.bin,Another"),
    lambda corpus: corpus.sheet("filename,title", "a.txt,A title", "b.bin,"),
    lambda corpus: corpus.sheet("filename,title", "a.txt,A title "),
    lambda corpus: corpus.write("corpus.toml", OPEN_TOML + "# a remark\n"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_content_digest_tells_every_change(tmp_path: Path, change: Any) -> None:
    def fresh(name: str) -> Corpus:
        corpus = Corpus(tmp_path / name).texts("a.txt").write("b.bin", b"\x00\x01\x02")
        corpus.json("a.txt.json", {"publisher": "Example House"})
        return corpus.sheet("filename,title", "a.txt,A title")

    before = packed(fresh("one"), tmp_path / "before")
    corpus = fresh("two")
    change(corpus)
    report = pack(corpus.path, tmp_path / "after", jobs=1)
    assert report.bags
    assert content_digest(before) != content_digest(Path(report.bags[0].path))


def test_the_content_digest_does_not_tell_time_or_recipe_digest_or_checksums(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "100%.txt")
    first = packed(corpus, tmp_path / "one")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    second = packed(corpus, tmp_path / "two", checksums=["md5"])
    from archive.normalise.recipe import Recipe

    monkeypatch.setattr(Recipe, "digest", lambda self: "e" * 64)
    third = packed(corpus, tmp_path / "three")
    assert records_of(third)["a.txt"]["recipe"] == "e" * 64
    assert content_digest(first) == content_digest(second) == content_digest(third)
    assert files_of(first)["data/records/00000.jsonl"] != files_of(second)["data/records/00000.jsonl"]


def test_the_urn_follows_identifier_version_and_level_alone(tmp_path: Path) -> None:
    one = packed(Corpus(tmp_path / "a").texts("a.txt"), tmp_path / "one")
    other = packed(Corpus(tmp_path / "b").texts("b.txt"), tmp_path / "two")
    assert bag_json_of(one)["urn"] == bag_json_of(other)["urn"]
    newer = packed(Corpus(tmp_path / "c", OPEN_TOML.replace("1.0", "1.1")).texts("b.txt"), tmp_path / "three")
    assert bag_json_of(newer)["urn"] != bag_json_of(one)["urn"]


def test_the_identifier_of_a_container_begins_those_of_its_documents(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").lines("e\u0301.jsonl", {"text": "One line."}, {"id": "b", "text": "Two."})
    assert list(records_of(packed(corpus, tmp_path / "one"))) == ["é.jsonl#1", "é.jsonl#b"]
    corpus.sheet("filename,identifier", "é.jsonl,many")
    bag = packed(corpus, tmp_path / "other")
    assert [(name, one["source_path"]) for name, one in records_of(bag).items()] == [
        ("many#1", "e\u0301.jsonl#1"), ("many#b", "e\u0301.jsonl#b"),
    ]  # fmt: skip
    expect_sound(bag)
    assert validate(bag, depth=Depth.REPRODUCTION, jobs=1).findings == ()


def test_json_lines_without_any_object_are_a_document_themselves(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").write("empty.jsonl", "")
    corpus.write("plain.ndjson", "Words of a letter.\n\nAnd more.\n")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert report.exit_code == 0
    assert (report.counts["inputs"], report.counts["packed"]) == (2, 2)
    assert [(one.document, one.found) for one in report.findings if one.code == "container.no-documents"] == [
        ("empty.jsonl", ""), ("plain.ndjson", "2 that cannot be read"),
    ]  # fmt: skip
    bag = Path(report.bags[0].path)
    records = records_of(bag)
    assert list(records) == ["empty.jsonl", "plain.ndjson"]
    assert [one["text"] for one in records["plain.ndjson"]["passages"]] == ["Words of a letter.", "And more."]
    expect_sound(bag)
    assert validate(bag, depth=Depth.REPRODUCTION, jobs=1).findings == ()
