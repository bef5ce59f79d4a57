"""The depth `derivation` against those who change a bag and write every seal anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from archive.model.findings import Severity
from archive.model.progress import Progress
from archive.model.reports import Report, Verdict
from archive.operations.validate import validate
from tests.proving.making import SHARD, Forgery, forged

Change = Callable[[Forgery], None]


def said(report: Report) -> set[str]:
    return {one.code for one in report.findings if one.severity is not Severity.NOTICE}


def places(report: Report) -> set[tuple[str, str | None]]:
    return {(one.code, one.where.pointer) for one in report.findings}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bag_of_ours_is_proved(whole_bag: Path, jobs: int) -> None:
    report = validate(whole_bag, depth="derivation", jobs=jobs)
    assert (report.verdict, report.findings) == (Verdict.VALID, ())


def test_what_is_written_anew_without_a_change_is_proved(whole_bag: Path, tmp_path: Path) -> None:
    report = forged(whole_bag, tmp_path / "bag", lambda _: None)
    assert (report.verdict, report.findings) == (Verdict.VALID, ())


def passage(forgery: Forgery, identifier: str = "a/one.txt", ordinal: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = forgery.record(identifier)["passages"][ordinal]
    return found


def change(identifier: str, **values: Any) -> Change:
    def changing(forgery: Forgery) -> None:
        forgery.record(identifier).update(values)

    return changing


def in_passage(**values: Any) -> Change:
    return lambda forgery: passage(forgery).update(values)


def in_span(**values: Any) -> Change:
    return lambda forgery: passage(forgery)["spans"][0].update(values)


def in_file(**values: Any) -> Change:
    return lambda forgery: forgery.record("a/one.txt")["files"][0].update(values)


def in_metadata(**values: Any) -> Change:
    return lambda forgery: forgery.record("a/two.txt")["metadata"].update(values)


def without_statements(forgery: Forgery) -> None:
    forgery.record("a/two.txt")["statements"] = []


def record_removed(forgery: Forgery) -> None:
    del forgery.records[1]


def record_twice(forgery: Forgery) -> None:
    forgery.records.insert(1, forgery.records[0])


def records_swapped(forgery: Forgery) -> None:
    forgery.records[0], forgery.records[1] = forgery.records[1], forgery.records[0]


def passage_removed(forgery: Forgery) -> None:
    del forgery.record("a/one.txt")["passages"][1]


def passage_twice(forgery: Forgery) -> None:
    passages = forgery.record("a/one.txt")["passages"]
    passages.append(dict(passages[1]))


def text_of_another_layer(forgery: Forgery) -> None:
    passage(forgery)["spans"][0]["layer"] = "data/originals/a/two.txt"


def layer_as_original(forgery: Forgery) -> None:
    forgery.record("old/shift.txt")["files"][1]["role"] = "page"


def layer_of_nothing(forgery: Forgery) -> None:
    forgery.record("old/shift.txt")["files"][1]["derived_from"] = "data/originals/elsewhere.txt"


def file_twice(forgery: Forgery) -> None:
    files = forgery.record("a/one.txt")["files"]
    files.append(dict(files[0]))


def file_nobody_knows(forgery: Forgery) -> None:
    forgery.write("data/originals/more.txt", b"What nobody asked for.\n")


def layer_nobody_knows(forgery: Forgery) -> None:
    forgery.write("data/derived/a/one.txt/text.txt", b"What nobody asked for.\n")


def original_changed(forgery: Forgery) -> None:
    place = "data/originals/a/one.txt"
    forgery.write(place, (forgery.path / place).read_bytes().replace(b"river", b"lakes"))


def statement_from_nowhere(forgery: Forgery) -> None:
    forgery.record("a/two.txt")["statements"][0]["file"] = "data/submission/other.csv"


def urn(forgery: Forgery) -> None:
    forgery.info["urn"] = "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"


def recipe_of_bag(forgery: Forgery) -> None:
    forgery.info["recipe"]["steps"][0]["version"] += "1"


def recipe_of_records(forgery: Forgery) -> None:
    forgery.record("a/one.txt")["recipe"] = "0" * 64


def rejected(forgery: Forgery) -> None:
    forgery.info["counts"]["rejected"] = 1


def records_unlisted(forgery: Forgery) -> None:
    forgery.write("data/records/00001.jsonl", b"{}\n")


def evidence_gone(forgery: Forgery) -> None:
    (forgery.path / "data/evidence/repeated-lines.jsonl").unlink()


def evidence_broken(forgery: Forgery) -> None:
    forgery.write("data/evidence/repeated-lines.jsonl", b"[" * 100_000)


A_RELATION = {
    "relation": "translation-of", "target": "a/one.txt", "target_type": "document", "score": None,
    "basis": "translation_of",
}  # fmt: skip

FORGERIES: list[tuple[Change, set[str]]] = [
    (in_passage(text="Nobody said this."), {"passage.not-derived", "passage.differs", "record.text-differs"}),
    (in_passage(sha256="0" * 64), {"passage.differs"}),
    (in_passage(passage_id="p" + "0" * 24), {"passage.differs"}),
    (in_passage(ordinal=7), {"passage.differs"}),
    (in_passage(char_start=3), {"passage.differs"}),
    (in_passage(char_count=3), {"passage.differs"}),
    (
        in_passage(kept=False, reason="no reason", char_start=-1, char_count=0),
        {"passage.differs", "record.text-differs"},
    ),
    (in_passage(projection="1:nope"), {"passage.not-derived"}),
    (in_passage(projection="1:tags,nfc,json"), {"passage.not-derived"}),
    (in_passage(projection="2:nfc"), {"passage.not-derived"}),
    (in_span(byte_start=0), {"passage.not-derived", "passage.differs"}),
    (in_span(byte_end=10**15), {"passage.spans"}),
    (in_span(byte_end=5_000), {"passage.spans"}),
    (in_span(byte_start=500, byte_end=400), {"passage.spans"}),
    (text_of_another_layer, {"passage.spans"}),
    (passage_removed, {"passage.differs", "record.text-differs"}),
    (passage_twice, {"passage.differs", "record.text-differs"}),
    (in_file(bytes=1), {"record.file-differs"}),
    (in_file(sha256="0" * 64), {"record.file-differs", "passage.differs"}),
    (in_file(charset="utf-16le"), {"passage.not-derived"}),
    (in_file(charset="rot13"), {"passage.not-derived"}),
    (in_file(charset=None), {"passage.not-derived"}),
    (file_twice, {"record.file-differs"}),
    (layer_as_original, {"record.file-differs"}),
    (layer_of_nothing, {"record.file-differs"}),
    (change("a/one.txt", text={"characters": 1, "words": 1, "sha256": None}), {"record.text-differs"}),
    (recipe_of_records, {"record.recipe"}),
    (recipe_of_bag, {"bag-json.differs"}),
    (urn, {"bag-json.differs"}),
    (rejected, {"bag-json.differs"}),
    (in_metadata(title="Another title"), {"record.metadata-differs"}),
    (in_metadata(places=["Nowhere"]), {"record.metadata-differs"}),
    (in_metadata(date_issued_latest="2012-01-01"), {"record.metadata-differs"}),
    (in_metadata(access_level="restricted"), {"record.metadata-differs", "record.access-level"}),
    (without_statements, {"record.metadata-differs"}),
    (change("a/two.txt", relations=[A_RELATION]), {"record.relation-differs"}),
    (change("a/two.txt", duplicate_group="g" + "0" * 24), {"record.relation-differs"}),
    (statement_from_nowhere, {"record.file-differs"}),
    (record_removed, {"file.without-record"}),
    (record_twice, {"record.out-of-order"}),
    (records_swapped, {"record.out-of-order"}),
    (file_nobody_knows, {"file.without-record"}),
    (layer_nobody_knows, {"file.without-record"}),
    (original_changed, {"record.file-differs", "passage.not-derived"}),
    (records_unlisted, {"bag-json.differs"}),
    (evidence_gone, {"stage.skipped"}),
    (evidence_broken, {"evidence.unreadable"}),
]


@pytest.mark.parametrize("case", range(len(FORGERIES)))
def test_a_forgery_that_is_sealed_anew(whole_bag: Path, tmp_path: Path, case: int) -> None:
    changing, expected = FORGERIES[case]
    report = forged(whole_bag, tmp_path / "bag", changing)
    assert said(report) == expected
    undecided = expected == {"stage.skipped"}
    assert report.verdict is (Verdict.UNDETERMINED if undecided else Verdict.INVALID)
    fixity = validate(tmp_path / "bag", jobs=1)
    assert (fixity.verdict, fixity.findings) == (Verdict.VALID, ())


def test_a_finding_says_which_record_and_where_in_it(whole_bag: Path, tmp_path: Path) -> None:
    report = forged(whole_bag, tmp_path / "bag", in_passage(text="Nobody said this."))
    one = next(one for one in report.findings if one.code == "passage.not-derived")
    assert (one.document, one.where.file, one.where.pointer) == ("a/one.txt", SHARD, "/passages/1/text")
    rows = [record["document_id"] for record in Forgery(whole_bag, tmp_path / "again").records]
    assert one.where.row == rows.index("a/one.txt") + 1
    assert one.found == "from character 0: 'Nobody said this.'"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"[" * 100_000 + b"\n", "record.malformed"),
        (b'{"additional":' * 500 + b"1" + b"}" * 500 + b"\n", "record.missing-field"),
        (b"\n", "record.malformed"),
        (b"[]\n", "record.malformed"),
        (b"\xff\n", "record.malformed"),
        (b'{"a":NaN}\n', "record.malformed"),
        (b'{"a":' + b"9" * 5000 + b"}\n", "record.malformed"),
        (b"{}\n", "record.missing-field"),
        (b'{"record_version":"2.0"}\n', "record.version"),
        (b"{}", "record.malformed"),
    ],
)
def test_a_line_that_is_no_record(whole_bag: Path, tmp_path: Path, line: bytes, code: str) -> None:
    forgery = Forgery(whole_bag, tmp_path / "bag")
    with (forgery.path / SHARD).open("ab") as shard:
        shard.write(line)
    forgery.bag_json_again()
    forgery.seal()
    report = validate(forgery.path, depth="derivation", jobs=1)
    assert code in said(report)
    assert "stage.skipped" in said(report)
    assert report.verdict is Verdict.INVALID


def write_line(forgery: Forgery, row: int, line: bytes) -> None:
    lines = (forgery.path / SHARD).read_bytes().splitlines()
    lines[row] = line
    forgery.write(SHARD, b"\n".join(lines) + b"\n")
    forgery.bag_json_again()
    forgery.seal()


@pytest.mark.parametrize(
    "rewritten",
    [
        lambda line: line.replace(b",", b", ", 1),
        lambda line: b'{"recipe":"",' + line[1:],
        lambda line: line.replace(b'"additional":{}', b'"additional":{"a":0.5}'),
        lambda line: line.replace(b'"additional":{}', b'"additional":{"a":9007199254740993}'),
        lambda line: line.replace(b'"ordinal":1', b'"ordinal":1.0'),
    ],
)
def test_a_record_in_another_form(whole_bag: Path, tmp_path: Path, rewritten: Callable[[bytes], bytes]) -> None:
    forgery = Forgery(whole_bag, tmp_path / "bag")
    line = (forgery.path / SHARD).read_bytes().splitlines()[0]
    assert rewritten(line) != line
    write_line(forgery, 0, rewritten(line))
    assert "record.not-canonical" in said(validate(forgery.path, depth="derivation", jobs=1))


def test_values_nested_deeply_within_a_record(whole_bag: Path, tmp_path: Path) -> None:
    forgery = Forgery(whole_bag, tmp_path / "bag")
    line = (forgery.path / SHARD).read_bytes().splitlines()[0]
    nest = b'"additional":{"a":' + b"[" * 960 + b"]" * 960 + b"}"
    write_line(forgery, 0, line.replace(b'"additional":{}', nest))
    report = validate(forgery.path, depth="derivation", jobs=1)
    assert report.verdict is Verdict.INVALID
    assert "stage.skipped" in said(report)


def test_a_newer_minor_version_may_say_more(whole_bag: Path, tmp_path: Path) -> None:
    def newer(forgery: Forgery) -> None:
        forgery.record("a/one.txt").update({"record_version": "1.3", "tomorrow": 1})
        forgery.info["tomorrow"] = True
        forgery.info["bag_version"] = "1.1"

    report = forged(whole_bag, tmp_path / "bag", newer)
    assert report.verdict is Verdict.VALID
    assert {one.code for one in report.findings} == {"record.unknown-field", "bag-json.schema"}


@pytest.mark.parametrize("table", ["documents", "passages", "spans", "statements", "files", "events"])
def test_a_changed_table(whole_bag: Path, tmp_path: Path, table: str) -> None:
    forgery = Forgery(whole_bag, tmp_path / "bag")
    place = forgery.path / f"data/tables/{table}.parquet"
    file = pq.read_table(place)
    pq.write_table(file.slice(0, len(file) - 1), place)
    forgery.bag_json_again()
    forgery.seal()
    report = validate(forgery.path, depth="derivation", jobs=1)
    assert said(report) == {"table.differs"}
    assert {one.where.file for one in report.findings} == {f"data/tables/{table}.parquet"}


def test_a_table_that_is_no_table(whole_bag: Path, tmp_path: Path) -> None:
    forgery = Forgery(whole_bag, tmp_path / "bag")
    forgery.write("data/tables/spans.parquet", b"PAR1 and no more")
    forgery.bag_json_again()
    forgery.seal()
    assert said(validate(forgery.path, depth="derivation", jobs=1)) == {"table.unreadable"}


def test_a_table_that_nobody_lists(whole_bag: Path, tmp_path: Path) -> None:
    forgery = Forgery(whole_bag, tmp_path / "bag")
    forgery.write("data/tables/more.parquet", b"PAR1")
    forgery.bag_json_again()
    forgery.seal()
    report = validate(forgery.path, depth="derivation", jobs=1)
    assert [(one.code, one.where.file) for one in report.findings] == [("bag-json.differs", "data/tables/more.parquet")]


@pytest.mark.parametrize(
    "pointer", ["/counts/documents", "/counts/passages", "/records/0/documents", "/tables/2/rows", "/records/0/sha256"]
)
def test_a_changed_count(whole_bag: Path, tmp_path: Path, pointer: str) -> None:
    forgery = Forgery(whole_bag, tmp_path / "bag")
    forgery.bag_json_again()
    at: Any = forgery.info
    *way, last = pointer.strip("/").split("/")
    for part in way:
        at = at[int(part)] if isinstance(at, list) else at[part]
    at[last] = at[last] + 1 if isinstance(at[last], int) else "0" * 64
    forgery.write("data/bag.json", json.dumps(forgery.info).encode())
    forgery.seal()
    report = validate(forgery.path, depth="derivation", jobs=1)
    assert places(report) == {("bag-json.differs", pointer)}


def test_a_changed_content_digest(whole_bag: Path, tmp_path: Path) -> None:
    forgery = Forgery(whole_bag, tmp_path / "bag")
    forgery.bag_json_again()
    forgery.info["content_digest"] = "0" * 64
    forgery.write("data/bag.json", json.dumps(forgery.info).encode())
    forgery.seal()
    report = validate(forgery.path, depth="derivation", jobs=1)
    assert said(report) == {"content-digest.differs"}
    assert {one.where.file for one in report.findings} == {"data/bag.json", "bag-info.txt"}


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b"[" * 100_000, b"\xff", b'{"bag_version": "2.0"}'])
def test_a_bag_json_that_cannot_be_read(whole_bag: Path, tmp_path: Path, data: bytes) -> None:
    forgery = Forgery(whole_bag, tmp_path / "bag")
    forgery.bag_json_again()
    forgery.write("data/bag.json", data)
    forgery.seal()
    report = validate(forgery.path, depth="derivation", jobs=1)
    assert "stage.skipped" in said(report)
    assert said(report) & {"bag-json.unreadable", "bag-json.schema", "record.version"}
    assert report.verdict in {Verdict.INVALID, Verdict.UNDETERMINED}


def test_damage_is_named_once_and_what_needs_the_file_is_skipped(whole_bag: Path, tmp_path: Path) -> None:
    for key, codes in {
        "data/bag.json": {"stage.skipped"},
        SHARD: {"stage.skipped"},
        "data/originals/a/one.txt": {"stage.skipped"},
        "data/originals/scan.pdf": set(),
        "data/derived/old/shift.txt/text.txt": {"stage.skipped"},
        "data/tables/spans.parquet": {"stage.skipped"},
        "data/evidence/repeated-lines.jsonl": {"stage.skipped"},
    }.items():
        forgery = Forgery(whole_bag, tmp_path / key.replace("/", "-"))
        data = (forgery.path / key).read_bytes()
        forgery.write(key, data[:-1] + bytes([data[-1] ^ 1]))
        report = validate(forgery.path, depth="derivation", jobs=1)
        assert said(report) == {"digest.mismatch"} | codes, key
        assert report.verdict is Verdict.INVALID


def test_a_file_that_is_gone(whole_bag: Path, tmp_path: Path) -> None:
    forgery = Forgery(whole_bag, tmp_path / "bag")
    (forgery.path / "data/originals/a/one.txt").unlink()
    report = validate(forgery.path, depth="derivation", jobs=1)
    assert said(report) == {"payload.missing", "oxum.mismatch", "stage.skipped"}


def test_a_layer_that_is_a_link_is_not_followed(whole_bag: Path, tmp_path: Path) -> None:
    forgery = Forgery(whole_bag, tmp_path / "bag")
    place = forgery.path / "data/originals/a/one.txt"
    (tmp_path / "outside").write_bytes(place.read_bytes())
    place.unlink()
    place.symlink_to(tmp_path / "outside")
    report = validate(forgery.path, depth="derivation", jobs=1)
    assert {"file.link", "payload.missing", "stage.skipped"} <= said(report)


@pytest.mark.parametrize("path", ["data/originals/../../../outside", "/etc/passwd", "../outside", "data/bag.json"])
def test_a_layer_outside_the_originals(whole_bag: Path, tmp_path: Path, path: str) -> None:
    def outside(forgery: Forgery) -> None:
        record = forgery.record("a/one.txt")
        record["files"][0]["path"] = record["original"] = path
        for one in record["passages"]:
            one["spans"][0]["layer"] = path

    (tmp_path / "outside").write_bytes(b"not for this bag" * 200)
    report = forged(whole_bag, tmp_path / "bag", outside)
    assert report.verdict is Verdict.INVALID
    assert said(report) & {"record.schema", "record.file-differs"}
    assert not any("not for this bag" in one.found + one.expected for one in report.findings)


def test_a_bag_of_others_is_not_proved(whole_bag: Path, tmp_path: Path) -> None:
    forgery = Forgery(whole_bag, tmp_path / "bag")
    info = (forgery.path / "bag-info.txt").read_text("utf-8").splitlines()
    kept = [line for line in info if not line.startswith(("Corpus-Archive-Layout", "BagIt-Profile-Identifier"))]
    forgery.write("bag-info.txt", "".join(f"{line}\n" for line in kept).encode())
    forgery.info["content_digest"] = forgery.content()
    forgery.seal()
    assert validate(forgery.path).verdict is Verdict.VALID
    report = validate(forgery.path, depth="derivation")
    assert (report.verdict, report.exit_code, said(report)) == (Verdict.UNDETERMINED, 3, {"stage.not-applicable"})


def test_a_layout_of_tomorrow(whole_bag: Path, tmp_path: Path) -> None:
    forgery = Forgery(whole_bag, tmp_path / "bag")
    forgery.bag_json_again()
    info = (forgery.path / "bag-info.txt").read_text("utf-8")
    forgery.write("bag-info.txt", info.replace("Corpus-Archive-Layout: 1", "Corpus-Archive-Layout: 2").encode())
    forgery.seal()
    report = validate(forgery.path, depth="derivation")
    assert {"bag.layout-unknown", "stage.skipped"} <= said(report)


def test_many_findings_are_bounded(whole_bag: Path, tmp_path: Path) -> None:
    def many(forgery: Forgery) -> None:
        record = forgery.record("a/one.txt")
        record["passages"] = [{**record["passages"][0], "ordinal": 5} for _ in range(3000)]

    report = forged(whole_bag, tmp_path / "bag", many)
    assert len(report.findings) < 5000
    assert any(one.count > 1 for one in report.findings)


def test_progress_is_heard(whole_bag: Path) -> None:
    heard: list[Progress] = []
    validate(whole_bag, depth="derivation", jobs=1, listener=heard.append)
    assert {one.stage for one in heard} >= {"checking", "proving records", "comparing tables"}
