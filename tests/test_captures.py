"""The acceptance on real captures: what a careful person reads off them is what the records of the bag say.

The captures lie beside the project and none of their text is repeated here; everything is read off the bag's records,
lines by the bytes of the spans.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive.operations.pack import pack
from tests.packing.making import OPEN_TOML, Corpus, errors, expect_balance, expect_sound, records_of

Expected = dict[str, Any]
Record = dict[str, Any]
FIELDS = {"title": "title", "date_issued": "date_issued", "author": "creators", "publisher": "publisher"}
NAMES = ("000", "001", "002", "003", "004")


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Expected]:
    value: dict[str, Expected] = json.loads((shared / "captures/expected.json").read_bytes())
    return value


def copied(shared: Path, to: Path, *more: str) -> Corpus:
    corpus = Corpus(to)
    for path in sorted((shared / "captures").iterdir()):
        if path.suffix == ".txt" or path.name in more:
            corpus.write(path.name, path.read_bytes())
    return corpus


@pytest.fixture(scope="module")
def bag(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("captures")
    report = pack(copied(shared, place / "corpus").path, place / "bags", jobs=1)
    expect_balance(report)
    assert report.exit_code == 0, [one.as_json() for one in report.findings]
    assert report.counts["packed"] == len(NAMES)
    return Path(report.bags[0].path)


@pytest.fixture(scope="module")
def records(bag: Path) -> dict[str, Record]:
    return records_of(bag)


def of(name: str, what: dict[str, Any]) -> tuple[str, Any]:
    """The capture whose name begins with a number."""
    return next((key, value) for key, value in what.items() if key.startswith(name))


def kept_of_line(bag: Path, record: Record, line: int) -> bool:
    """Whether a passage that is kept has bytes of a line, counted from 0."""
    data = (bag / record["original"]).read_bytes()
    lines = data.split(b"\n")
    start = sum(len(one) + 1 for one in lines[:line])
    end = start + len(lines[line])
    return any(
        passage["kept"] and span["byte_start"] < end and start < span["byte_end"]
        for passage in record["passages"]
        for span in passage["spans"]
    )


def test_the_bag_is_sound(bag: Path) -> None:
    expect_sound(bag)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_read_as_a_careful_person_reads_it(
    expected: dict[str, Expected], records: dict[str, Record], name: str, field: str
) -> None:
    key, wanted = of(name, expected)
    found = records[key]["metadata"].get(FIELDS[field])
    stated = wanted[field]
    if stated is None:
        assert found is None, f"{key}: nobody states {field}"
        return
    right = [stated["value"], *stated.get("also", [])]
    allowed: list[Any] = [[value] for value in right] if field == "author" else list(right)
    if stated.get("optional"):
        allowed.append(None)
    assert found in allowed


@pytest.mark.parametrize("name", NAMES)
def test_the_language_is_told(expected: dict[str, Expected], records: dict[str, Record], name: str) -> None:
    key, wanted = of(name, expected)
    assert records[key]["metadata"]["language"] == wanted["language"]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_careless_reader_takes_is_not_taken(
    expected: dict[str, Expected], records: dict[str, Record], name: str
) -> None:
    key, wanted = of(name, expected)
    metadata = records[key]["metadata"]
    used = {
        value
        for field in (*FIELDS.values(), "contributors", "date_issued_earliest", "date_issued_latest")
        for value in ([metadata[field]] if isinstance(metadata.get(field), str) else metadata.get(field, []))
    }
    assert not used & set(wanted.get("must_not", []))


@pytest.mark.parametrize("name", NAMES)
def test_every_value_has_its_statement_with_its_place(
    bag: Path, records: dict[str, Record], expected: dict[str, Expected], name: str
) -> None:
    key, wanted = of(name, expected)
    record = records[key]
    for said in record["statements"]:
        if said["source"] != "extracted":
            continue
        kind, _, place = said["locator"].partition("=")
        start, _, end = place.partition("-")
        stated = (bag / said["file"]).read_bytes()[int(start) : int(end)]
        assert kind == "bytes"
        assert stated.decode("utf-8").strip()
    title = next(one for one in record["statements"] if one["field"] == "title" and one["used"])
    start, _, end = title["locator"].removeprefix("bytes=").partition("-")
    lines = (bag / title["file"]).read_bytes()[: int(start)].count(b"\n")
    assert lines == wanted["title"]["line"] or wanted["title"]["value"] == title["value"]
    assert int(start) < int(end)


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_the_text_is_lost(
    bag: Path, expected: dict[str, Expected], records: dict[str, Record], name: str
) -> None:
    key, wanted = of(name, expected)
    lines = wanted["lines"]
    for kind in ("body", "kept_any"):
        lost = [line for line in lines[kind] if not kept_of_line(bag, records[key], line)]
        assert lost == [], f"{kind} lines of {key}"


def test_nine_in_ten_lines_of_furniture_are_not_kept(
    bag: Path, expected: dict[str, Expected], records: dict[str, Record]
) -> None:
    furniture = [(key, line) for key, wanted in expected.items() for line in wanted["lines"]["furniture"]]
    kept = [(key, line) for key, line in furniture if kept_of_line(bag, records[key], line)]
    assert len(kept) * 10 <= len(furniture), kept


def test_every_line_stands_in_some_passage(bag: Path, records: dict[str, Record]) -> None:
    for record in records.values():
        data = (bag / record["original"]).read_bytes()
        covered = bytearray(len(data))
        for passage in record["passages"]:
            for span in passage["spans"]:
                covered[span["byte_start"] : span["byte_end"]] = b"\1" * (span["byte_end"] - span["byte_start"])
        left = bytes(byte for byte, is_covered in zip(data, covered, strict=True) if not is_covered)
        assert not left.decode("utf-8", "ignore").strip("\ufeff\u00a0 \t\r\n")


def test_the_archivists_sheet_packs_without_errors_and_is_what_counts(
    shared: Path, tmp_path: Path, expected: dict[str, Expected]
) -> None:
    corpus = copied(shared, tmp_path / "corpus", "metadata.csv")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert errors(report) == []
    assert report.exit_code == 0
    bag = Path(report.bags[0].path)
    expect_sound(bag)
    records = records_of(bag)
    assert len(records) == len(expected)
    for record in records.values():
        metadata = record["metadata"]
        wanted = expected[record["source_path"]]
        assert record["document_id"] != record["source_path"], "the sheet names it"
        assert metadata["title"]
        assert len(metadata["subjects"]) == 3
        assert len(metadata["places"]) == 2
        assert metadata["rights_uri"].startswith("http://rightsstatements.org/")
        assert metadata["document_type"] == "Text"
        assert metadata["source_url"].startswith("https://")
        assert metadata["language"] == wanted["language"]
        sources = {one["source"] for one in record["statements"] if one["field"] == "title"}
        assert sources == {"sheet", "extracted"}
        used = [one for one in record["statements"] if one["field"] == "title" and one["used"]]
        assert [one["source"] for one in used] == ["sheet"]
        row, _, column = used[0]["locator"].removeprefix("cell=").partition(",")
        assert (int(row) > 1, column) == (True, "3")
    assert (bag / "data/submission/metadata.csv").read_bytes() == (shared / "captures/metadata.csv").read_bytes()
    assert OPEN_TOML in (bag / "data/submission/corpus.toml").read_text()
