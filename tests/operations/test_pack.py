"""A pack makes the bag that is promised, says what it did, and replaces nothing."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import archive
from archive.cli.envelope import envelope
from archive.errors import TargetExistsError, UsageError
from archive.model.fields import AccessLevel
from archive.model.progress import Progress
from archive.model.reports import Verdict
from archive.operations import pack_judging
from archive.operations.judge import Judgement
from archive.operations.pack import pack
from archive.packing.identity import bag_urn
from archive.submission import read_submission
from tests.judging import StandingJudge
from tests.packing.making import (
    OPEN_TOML,
    TOML,
    Corpus,
    bag_json_of,
    codes,
    digest_of_folder,
    errors,
    expect_balance,
    expect_sound,
    files_of,
    info_of,
    layout,
    leftovers,
    packed,
    records_of,
)


def schema(project: Path, name: str) -> Any:
    return jsonschema.Draft202012Validator(json.loads((project / f"schemas/{name}.schema.json").read_bytes()))


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus(tmp_path / "corpus").texts("a.txt", "b/c.txt").write(".hidden", "x")
    return made.sheet("filename,title,subjects,subjects", "a.txt,A title,one,two", "b/c.txt,Another,,")


def test_the_sample_corpus_is_packed_and_every_judge_accepts_it(project: Path, tmp_path: Path) -> None:
    before = digest_of_folder(project / "corpus")
    bag = packed(project / "corpus", tmp_path)
    assert leftovers(tmp_path) == [bag.name]
    assert digest_of_folder(project / "corpus") == before
    expect_sound(bag)
    ran = subprocess.run(
        [sys.executable, "-I", project / "tools/check_derivation.py", bag], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    assert ran.stdout.endswith("passages checked, 0 wrong\n")
    for record in records_of(bag).values():
        assert list(schema(project, "record").iter_errors(record)) == []
    assert list(schema(project, "bag").iter_errors(bag_json_of(bag))) == []


def test_a_bag_holds_what_the_layout_names_and_nothing_else(corpus: Corpus, tmp_path: Path) -> None:
    bag = packed(corpus, tmp_path / "bags")
    files = files_of(bag)
    assert set(files) == layout(["a.txt", "b/c.txt"], ["corpus.toml", "metadata.csv"])
    for name in ("a.txt", "b/c.txt"):
        assert files[f"data/originals/{name}"] == (corpus.path / name).read_bytes()
    for name in ("corpus.toml", "metadata.csv"):
        assert files[f"data/submission/{name}"] == (corpus.path / name).read_bytes()
    expect_sound(bag)


def test_bag_json_names_records_and_tables_under_their_digests(corpus: Corpus, tmp_path: Path, project: Path) -> None:
    bag = packed(corpus, tmp_path / "bags")
    said = bag_json_of(bag)
    assert list(schema(project, "bag").iter_errors(said)) == []
    for entry in (*said["records"], *said["tables"]):
        assert hashlib.sha256((bag / entry["path"]).read_bytes()).hexdigest() == entry["sha256"]
    assert said["records"][0]["documents"] == 2
    assert said["counts"] == {
        "inputs": 3, "packed": 2, "rejected": 0, "failed": 0, "ignored": 1, "documents": 2,
        "passages": sum(len(record["passages"]) for record in records_of(bag).values()),
    }  # fmt: skip
    assert said["access_level"] == "open"
    assert said["recipe"]["name"] == "default"
    assert {record["recipe"] for record in records_of(bag).values()} == {said["recipe"]["digest"]}
    assert said["content_digest"] == dict(info_of(bag))["Corpus-Archive-Content-Digest"].removeprefix("sha256:")
    assert [event["type"] for event in said["events"]] == [
        "ingestion", "message digest calculation", "metadata extraction", "validation", "information package creation",
    ]  # fmt: skip


def test_bag_info_keeps_its_order_and_passes_a_persons_lines_through(tmp_path: Path) -> None:
    toml = OPEN_TOML + (
        'creator = "Example House"\ndescription = """First line\nand second."""\n'
        '[contact]\nrole = "Archivist"\nemail = "archive@example.org"\n'
        '[bag-info]\nBag-Group-Identifier = "a group"\nInternal-Sender-Identifier = "mine"\n'
        'External-Identifier = "hdl:1/2"\nOAIS-Package-Type = "SIP"\nX-Line = ["one", "two"]\n'
    )
    bag = packed(Corpus(tmp_path / "corpus", toml).texts("a.txt"), tmp_path / "bags")
    info = info_of(bag)
    assert [label for label, _ in info] == [
        "Source-Organization", "Contact-Name", "Contact-Email", "External-Description", "External-Identifier",
        "Internal-Sender-Description", "Bag-Group-Identifier", "Internal-Sender-Identifier", "External-Identifier",
        "OAIS-Package-Type", "X-Line", "X-Line", "Bagging-Date", "Bag-Size", "Payload-Oxum", "Bag-Software-Agent",
        "BagIt-Profile-Identifier", "Corpus-Archive-Layout", "Corpus-Archive-Content-Digest",
    ]  # fmt: skip
    said = dict(info[:6])
    assert said["Source-Organization"] == "Example House"
    assert said["External-Description"] == "First line and second."
    assert said["External-Identifier"].startswith("urn:uuid:")
    assert ("External-Identifier", "hdl:1/2") in info
    assert ("OAIS-Package-Type", "SIP") in info
    assert [value for label, value in info if label == "X-Line"] == ["one", "two"]
    expect_sound(bag)


def test_the_package_type_and_the_oxum_are_stated(corpus: Corpus, tmp_path: Path) -> None:
    bag = packed(corpus, tmp_path / "bags")
    info = dict(info_of(bag))
    payload = [data for path, data in files_of(bag).items() if path.startswith("data/")]
    assert info["Payload-Oxum"] == f"{sum(map(len, payload))}.{len(payload)}"
    assert info["OAIS-Package-Type"] == "AIP"
    assert info["Corpus-Archive-Layout"] == "1"


def test_the_report_is_one_envelope_with_the_digests(corpus: Corpus, tmp_path: Path, project: Path) -> None:
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    value = envelope(report, report.exit_code)
    assert list(schema(project, "report").iter_errors(value)) == []
    assert json.loads(json.dumps(value)) == value
    bag = Path(report.bags[0].path)
    assert report.bags[0].root_digest == hashlib.sha256((bag / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
    assert report.bags[0].urn == bag_urn(read_submission(corpus.path).corpus, AccessLevel.OPEN)
    assert report.counts["files"] == len(files_of(bag))
    assert report.counts["bytes"] == sum(map(len, files_of(bag).values()))


def test_the_same_corpus_again_is_recognised(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    bag = packed(corpus, tmp_path / "bags")
    before = files_of(bag)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    again = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert again.exit_code == 0
    assert "bag.identical" in codes(again)
    assert again.bags[0].root_digest == hashlib.sha256(before["tagmanifest-sha256.txt"]).hexdigest()
    assert files_of(bag) == before
    assert leftovers(tmp_path / "bags") == [bag.name]


@pytest.mark.parametrize("lost", ["tagmanifest-sha256.txt", "data/tables/spans.parquet"])
def test_a_bag_that_was_damaged_since_is_not_called_identical(corpus: Corpus, tmp_path: Path, lost: str) -> None:
    bag = packed(corpus, tmp_path / "bags")
    (bag / lost).unlink()
    before = files_of(bag)
    with pytest.raises(TargetExistsError) as refusal:
        pack(corpus.path, tmp_path / "bags", jobs=1)
    assert "damaged" in refusal.value.what
    assert "archive validate" in (refusal.value.remedy or "")
    assert files_of(bag) == before


def test_another_content_under_the_same_version_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    bag = packed(corpus, tmp_path / "bags")
    before = files_of(bag)
    corpus.write("a.txt", "Something else stands here now, and it is long enough to be a sentence.\n")
    with pytest.raises(TargetExistsError) as refusal:
        pack(corpus.path, tmp_path / "bags", jobs=1)
    assert "version" in (refusal.value.remedy or "")
    assert files_of(bag) == before
    assert leftovers(tmp_path / "bags") == [bag.name]
    other = packed(corpus, tmp_path / "bags", name="another")
    assert other.name == "another"


def _empty_folder(place: Path) -> None:
    place.mkdir()


def _file(place: Path) -> None:
    place.write_text("mine")


def _dangling_link(place: Path) -> None:
    place.symlink_to("nowhere")


def _folder_of_mine(place: Path) -> None:
    place.mkdir()
    (place / "mine.txt").write_text("mine")


def _foreign_bag(place: Path) -> None:
    (place / "data").mkdir(parents=True)
    (place / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (place / "manifest-sha256.txt").write_text("")


@pytest.mark.parametrize("make", [_empty_folder, _file, _dangling_link, _folder_of_mine, _foreign_bag])
def test_a_target_that_exists_in_any_form_is_never_replaced(corpus: Corpus, tmp_path: Path, make: Any) -> None:
    bags = tmp_path / "bags"
    bags.mkdir()
    make(bags / "example-1.0")
    before = digest_of_folder(bags)
    with pytest.raises(TargetExistsError) as refusal:
        pack(corpus.path, bags, jobs=1)
    assert refusal.value.where == str(bags / "example-1.0")
    assert digest_of_folder(bags) == before


def test_a_name_is_for_all_levels(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt")
    corpus.sheet("filename,access_level", "a.txt,open", "b.txt,restricted")
    report = pack(corpus.path, tmp_path / "bags", name="border+2026", jobs=1)
    assert [Path(bag.path).name for bag in report.bags] == ["border+2026", "border+2026-restricted"]


@pytest.mark.parametrize("name", ["", ".hidden", "a/b", "..", "x" * 151, "ends.", "new\nline", "sp ace", "end\n"])
def test_a_name_that_is_unsafe_is_refused(corpus: Corpus, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        pack(corpus.path, tmp_path / "bags", name=name, jobs=1)
    assert leftovers(tmp_path / "bags") == []


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"recipe": "nonsense"}, "--recipe"),
        ({"limits": {"nonsense": 1}}, "nonsense"),
        ({"limits": {"nesting": 11}}, "nesting"),
        ({"access": "secret"}, "secret"),
        ({"checksums": ["crc32"]}, "crc32"),
        ({"checksums": ["shake_128"]}, "shake_128"),
        ({"jobs": 0}, "0"),
    ],
)
def test_a_wrong_call_is_told_before_anything_is_written(
    corpus: Corpus, tmp_path: Path, options: dict[str, Any], word: str
) -> None:
    with pytest.raises(UsageError) as refusal:
        pack(corpus.path, tmp_path / "bags", **{"jobs": 1, **options})
    assert word in str(refusal.value)
    assert refusal.value.remedy
    assert not (tmp_path / "bags").exists()


def test_a_recipe_in_corpus_toml_that_does_not_exist_is_told(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML + 'recipe = "nonsense"\n').texts("a.txt")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    (one,) = [one for one in report.findings if one.code == "corpus.wrong-value"]
    assert (one.where.file, one.where.pointer, one.found) == ("corpus.toml", "/recipe", "nonsense")
    assert report.bags == ()


def test_what_is_no_corpus_is_refused(tmp_path: Path, corpus: Corpus) -> None:
    with pytest.raises(UsageError):
        pack(tmp_path / "missing", tmp_path / "bags", jobs=1)
    with pytest.raises(UsageError):
        pack(corpus.path / "a.txt", tmp_path / "bags", jobs=1)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="archive init"):
        pack(tmp_path / "empty", tmp_path / "bags", jobs=1)
    assert not (tmp_path / "bags").exists()


@pytest.mark.parametrize("inside", [".", "bags", "b/deeper"])
def test_bags_never_appear_inside_the_corpus(corpus: Corpus, tmp_path: Path, inside: str) -> None:
    before = digest_of_folder(corpus.path)
    with pytest.raises(UsageError):
        pack(corpus.path, corpus.path / inside, jobs=1)
    (tmp_path / "way-in").symlink_to(corpus.path)
    with pytest.raises(UsageError):
        pack(corpus.path, tmp_path / "way-in" / inside, jobs=1)
    assert digest_of_folder(corpus.path) == before


def test_a_corpus_without_documents_makes_nothing(tmp_path: Path) -> None:
    report = pack(Corpus(tmp_path / "corpus").write(".hidden", "x").path, tmp_path / "bags", jobs=1)
    assert report.verdict is Verdict.INVALID
    assert errors(report) == ["corpus.nothing-to-pack"]
    assert (report.counts["inputs"], report.counts["ignored"], report.counts["packed"]) == (1, 1, 0)
    assert leftovers(tmp_path / "bags") == []


def test_a_level_that_nobody_has_makes_nothing(corpus: Corpus, tmp_path: Path) -> None:
    report = pack(corpus.path, tmp_path / "bags", access="embargoed", jobs=1)
    assert errors(report) == ["corpus.nothing-to-pack"]


@pytest.mark.parametrize(
    ("asked", "got"),
    [
        (["sha512"], ("sha256", "sha512")),
        (["MD5"], ("sha256", "md5")),
        (["sha3_256", "SHA-256", "blake2b", "sha3-256"], ("sha256", "sha3256", "blake2b")),
        ([], ("sha256",)),
    ],
)
def test_the_checksums_are_those_asked_for(
    corpus: Corpus, tmp_path: Path, asked: list[str], got: tuple[str, ...]
) -> None:
    bag = packed(corpus, tmp_path / "bags", checksums=asked)
    assert set(files_of(bag)) == layout(["a.txt", "b/c.txt"], ["corpus.toml", "metadata.csv"], got)
    assert bag_json_of(bag)["algorithms"] == list(got)
    expect_sound(bag)


def test_hidden_files_links_and_pipes_are_ignored_and_counted(corpus: Corpus, tmp_path: Path) -> None:
    os.mkfifo(corpus.path / "pipe")
    (corpus.path / "link.txt").symlink_to(tmp_path / "elsewhere")
    (corpus.path / "folder-link").symlink_to(tmp_path)
    (corpus.path / "nothing").mkdir()
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    expect_balance(report)
    assert report.counts["ignored"] == 5
    assert report.counts["inputs"] == 7
    assert set(records_of(Path(report.bags[0].path))) == {"a.txt", "b/c.txt"}


def test_progress_is_heard_in_stages(corpus: Corpus, tmp_path: Path) -> None:
    heard: list[Progress] = []
    pack(corpus.path, tmp_path / "bags", jobs=1, listener=heard.append)
    assert [one.stage for one in heard] == [
        "copying", "building records", "asking the reference implementation", "publishing",
    ]  # fmt: skip
    assert all(one.done <= one.total for one in heard)


def test_the_judge_is_asked_about_small_bags_and_its_no_counts(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_judging, "MOST_JUDGED_FILES", 3)
    large = pack(corpus.path, tmp_path / "bags", name="large", jobs=1)
    assert "bag.not-judged" in codes(large)
    assert large.exit_code == 0
    asked: list[Path] = []

    class Refusing(StandingJudge):
        def ask(self, bag: Path, *, seconds: float) -> Judgement:
            asked.append(bag)
            return Judgement(accepted=False, said="no such thing")

    monkeypatch.setattr(pack_judging, "Judge", Refusing)
    refused = pack(corpus.path, tmp_path / "bags", name="refused", judge="always", jobs=1)
    assert errors(refused) == ["bag.judged-invalid"]
    assert refused.counts["packed"] == 0
    assert [one.name for one in asked] == [".refused.partial"]
    assert leftovers(tmp_path / "bags") == ["large"]


def test_the_library_offers_the_verb(corpus: Corpus, tmp_path: Path) -> None:
    report = archive.pack(str(corpus.path), str(tmp_path / "bags"), jobs=1)
    assert report
    assert TOML in (tmp_path / "bags/example-1.0/data/submission/corpus.toml").read_text()


@pytest.mark.parametrize("place", ["file", "file/bags"])
def test_a_file_in_the_place_of_the_folder_of_bags_is_said(tmp_path: Path, place: str) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError) as raised:
        pack(corpus.path, tmp_path / place, jobs=1)
    assert "are to appear in a folder" in raised.value.what
    assert (tmp_path / "file").read_text() == "mine"
