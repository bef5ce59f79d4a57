"""A new version of a corpus: what did not change is taken from the bag before, and gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import ArchiveError, BagUnreadableError, TargetExistsError, UsageError
from archive.model.canonical import canonical_json
from archive.model.reports import Report
from archive.model.versions import tombstone_id
from archive.operations.diff import diff
from archive.operations.pack import pack
from archive.packing.before import Before
from tests.packing.making import (
    EPOCH,
    OPEN_TOML,
    Corpus,
    bag_json_of,
    codes,
    expect_sound,
    files_of,
    info_of,
    packed,
    records_of,
    text,
)

SECOND = OPEN_TOML.replace('version = "1.0"', 'version = "1.1"')
OF_THE_VERSION = {
    "README.md", "bag-info.txt", "data/README.md", "data/bag.json", "data/ro-crate-metadata.json",
    "manifest-sha256.txt", "manifest-sha512.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt",
}  # fmt: skip
"""Files in which a bag that has a predecessor says so."""


@pytest.fixture(autouse=True)
def declared_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def said(report: Report, code: str) -> list[str]:
    return [one.found for one in report.findings if one.code == code]


WORDS = (
    "river", "winter", "kitchen", "lawyer", "school", "border", "village", "spring", "lorry", "headmaster", "neighbour",
    "paper", "census", "ferry",
)  # fmt: skip


def apart(number: int) -> str:
    """A text of which no line stands in the text of another number, whatever digits are taken for."""
    own = [f"{WORDS[(number * 3 + at) % len(WORDS)]}{chr(97 + number)}" for at in range(6)]
    return f"The {own[0]} and the {own[1]}\n\n" + "\n\n".join(
        f"Somebody had told the {own[at]} that nobody would come to the {own[at + 1]} before the end of the year."
        for at in range(5)
    )


def first_version(place: Path) -> tuple[Corpus, Path]:
    """A corpus with documents of several kinds, its bag, and the corpus raised to its next version."""
    corpus = Corpus(place / "corpus")
    for number, name in enumerate(("a.txt", "b.txt", "c.txt", "100%.txt")):
        corpus.write(name, apart(number))
    corpus.write("d.html", f"<html><head><title>D</title></head><body><p>{apart(5)}</p></body></html>".encode("utf-16"))
    corpus.lines("e.jsonl", {"id": "x", "text": apart(6)}, {"id": "y", "text": apart(7)})
    corpus.json("a.txt.json", {"publisher": "A publisher", "captured_at": "2024-01-01T00:00:00Z"})
    corpus.sheet("filename,title", *(f"{name},{name}" for name in ("a.txt", "b.txt", "c.txt", "100%.txt", "d.html")))
    bag = packed(corpus, place / "bags")
    return corpus.write("corpus.toml", SECOND), bag


def without_reuse(patch: pytest.MonkeyPatch, *arguments: Any, **options: Any) -> Path:
    with patch.context() as context:
        context.setattr(Before, "marked", lambda _, taken, __: taken)
        return packed(*arguments, **options)


def test_a_new_version_names_its_predecessor_and_says_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, bag = first_version(tmp_path)
    (corpus.path / "b.txt").unlink()
    (corpus.path / "c.txt").rename(corpus.path / "moved.txt")
    corpus.write("new.txt", apart(12))
    corpus.sheet(
        "filename,title", "a.txt,Another", "moved.txt,c.txt", "100%.txt,100%.txt", "new.txt,N", "d.html,d.html"
    )
    kept = hashlib.sha256((bag / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
    report = pack(corpus.path, tmp_path / "bags", previous=[bag], expect=[kept], jobs=1)
    new = Path(report.bags[0].path)
    expect_sound(new)
    assert said(report, "version.changed") == ["1 added, 1 removed, 1 renamed, 1 changed, 4 same"]
    assert said(report, "version.reused") == ["4 of 7"]
    assert said(report, "version.removed-without-tombstone") == ["b.txt"]
    assert report.result is not None
    (change,) = report.result["changes"]
    assert [one["document_id"] for one in change["added"]] == ["new.txt"]
    assert change["after"]["path"] == str(new)
    before = bag_json_of(bag)
    root = dict(info_of(new))["Corpus-Archive-Previous-Root-Digest"]
    assert bag_json_of(new)["previous"] == {
        "urn": before["urn"],
        "version": "1.0",
        "content_digest": before["content_digest"],
        "root_digest": root.removeprefix("sha256:"),
    }
    assert dict(info_of(new))["Corpus-Archive-Previous"] == before["urn"]
    crate = json.loads((new / "data/ro-crate-metadata.json").read_bytes())["@graph"]
    assert next(one for one in crate if one["@id"] == "./")["isBasedOn"] == {"@id": before["urn"]}
    assert next(one for one in crate if one["@id"] == before["urn"])["@type"] == "CreativeWork"  # no part of the crate
    assert "It follows version 1.0" in (new / "data/README.md").read_text()
    full = files_of(packed(corpus, tmp_path / "full"))
    assert {name for name, data in files_of(new).items() if full[name] != data} == OF_THE_VERSION
    assert files_of(without_reuse(monkeypatch, corpus, tmp_path / "read", previous=[bag])) == files_of(new)
    again = pack(corpus.path, tmp_path / "bags", previous=[bag], jobs=1)
    assert "bag.identical" in codes(again)
    with pytest.raises(TargetExistsError):
        pack(corpus.path, tmp_path / "bags", jobs=1)


contents = st.lists(st.sampled_from(range(6)), min_size=3, max_size=6)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(older=contents, newer=contents)
def test_reusing_gives_the_same_bytes_whatever_changed(
    tmp_path_factory: pytest.TempPathFactory, older: list[int], newer: list[int]
) -> None:
    """Documents share lines, so that some become repeated over the corpus with one more document, or are so no more."""
    place = tmp_path_factory.mktemp("versions")
    corpus = Corpus(place / "corpus")

    def fill(numbers: list[int]) -> None:
        for name in corpus.path.glob("*.txt"):
            name.unlink()
        for at, number in enumerate(numbers):
            menu = "\n".join(
                f"Line {'ABC'[each]} of the house" for each in range(3) if number & (1 << each) or number < 2
            )
            corpus.write(f"{at}.txt", f"{menu}\n\n{text(number)}\n{menu}\n")

    fill(older)
    bag = packed(corpus, place / "bags")
    corpus.write("corpus.toml", SECOND)
    fill(newer)
    one = packed(corpus, place / "bags", previous=[bag])
    with pytest.MonkeyPatch.context() as patch:
        other = without_reuse(patch, corpus, place / "read", previous=[bag])
    assert files_of(one) == files_of(other)


def test_only_a_bag_that_can_have_come_before_is_taken(tmp_path: Path) -> None:
    corpus, bag = first_version(tmp_path)
    to = tmp_path / "new"
    for toml, why in (
        (OPEN_TOML, "of version 1.0"),
        (SECOND.replace('identifier = "example"', 'identifier = "another"'), "of the corpus 'example'"),
        (SECOND.replace('"open"', '"restricted"'), "nothing open is to be packed"),
    ):
        corpus.write("corpus.toml", toml)
        with pytest.raises(UsageError, match=why):
            pack(corpus.path, to, previous=[bag], jobs=1)
    corpus.write("corpus.toml", SECOND)
    with pytest.raises(UsageError, match="are both open"):
        pack(corpus.path, to, previous=[bag, bag], jobs=1)
    with pytest.raises(UsageError, match="holds documents, and the new one is to hold metadata"):
        pack(corpus.path, to, previous=[bag], holds="metadata", jobs=1)
    for expect, why in (("0" * 64, "not the one that is expected"), ("abc", "is not a sha256")):
        with pytest.raises(ArchiveError, match=why):
            pack(corpus.path, to, previous=[bag], expect=[expect], jobs=1)
    with pytest.raises(UsageError, match="no bag before"):
        pack(corpus.path, to, expect=["0" * 64], jobs=1)
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign/bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    with pytest.raises(BagUnreadableError, match="did not make this bag"):
        pack(corpus.path, to, previous=[tmp_path / "foreign"], jobs=1)
    assert not to.exists()


@pytest.mark.parametrize(
    "name",
    [
        "data/bag.json", "data/records/00000.jsonl", "data/evidence/repeated-lines.jsonl", "bag-info.txt",
        "manifest-sha256.txt", "data/submission/corpus.toml",
    ],
)  # fmt: skip
def test_a_bag_that_is_not_what_its_manifests_say_is_not_used(tmp_path: Path, name: str) -> None:
    corpus, bag = first_version(tmp_path)
    with (bag / name).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(ArchiveError, match="not the one that the manifest lists"):
        pack(corpus.path, tmp_path / "new", previous=[bag], jobs=1)


def test_a_layer_that_was_damaged_is_taken_out_of_its_original_again(tmp_path: Path) -> None:
    corpus, bag = first_version(tmp_path)
    whole = files_of(packed(corpus, tmp_path / "whole", previous=[bag]))
    (layer,) = (bag / "data/derived").rglob("*.txt")
    layer.write_bytes(b"something else")
    assert files_of(packed(corpus, tmp_path / "one", previous=[bag])) == whole
    layer.unlink()
    assert files_of(packed(corpus, tmp_path / "two", previous=[bag])) == whole


def withdrawn(corpus: Corpus, name: str, reason: str = "consent") -> Corpus:
    corpus.write("corpus.toml", SECOND + 'withdrawn = "gone.csv"\n')
    corpus.write("gone.csv", f"identifier,reason,date\n{name},{reason},2026-11-20\n")
    (corpus.path / name).unlink()
    return corpus


def test_what_was_withdrawn_leaves_a_tombstone_that_travels(tmp_path: Path) -> None:
    corpus, bag = first_version(tmp_path)
    original = records_of(bag)["b.txt"]["files"][0]["sha256"]
    withdrawn(corpus, "b.txt").sheet("filename,title", "a.txt,a", "c.txt,c", "100%.txt,p", "d.html,d")
    shutil.copytree(bag, tmp_path / "bags/a-copy")
    report = pack(corpus.path, tmp_path / "bags", previous=[bag], jobs=1)
    second = Path(report.bags[0].path)
    expect_sound(second)
    grave = {"id": tombstone_id("b.txt", original), "reason": "consent", "date": "2026-11-20"}
    assert bag_json_of(second)["tombstones"] == [grave]
    whole = b"".join(files_of(second).values())
    assert b"b.txt" not in whole
    assert original.encode() not in whole
    assert b"headmasterb" not in whole
    held = [one for one in report.findings if one.code == "withdrawn.still-held"]
    assert {(one.document, Path(one.where.file or "").name) for one in held} == {
        ("b.txt", "a-copy"), ("b.txt", "example-1.0"),
    }  # fmt: skip
    assert "version.removed-without-tombstone" not in codes(report)
    found = diff(bag, second)
    assert [(one.document_id, one.withdrawn) for one in found.removed] == [("b.txt", "consent")]
    assert [one.id for one in found.tombstones] == [grave["id"]]
    assert not found.is_empty
    corpus.write("corpus.toml", SECOND.replace("1.1", "1.2") + 'withdrawn = "gone.csv"\n')
    report = pack(corpus.path, tmp_path / "bags", previous=[second], jobs=1)
    assert bag_json_of(Path(report.bags[0].path))["tombstones"] == [grave]
    assert said(report, "withdrawn.not-in-previous") == ["b.txt"]


def test_without_the_version_before_there_is_no_tombstone(tmp_path: Path) -> None:
    corpus, _ = first_version(tmp_path)
    withdrawn(corpus, "b.txt").sheet("filename,title", "a.txt,a", "c.txt,c", "100%.txt,p", "d.html,d")
    report = pack(corpus.path, tmp_path / "new", jobs=1)
    assert said(report, "withdrawn.without-previous") == ["b.txt"]
    assert bag_json_of(Path(report.bags[0].path))["tombstones"] == []


def test_a_tombstone_stays_within_its_level(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt", "c.txt")
    corpus.sheet("filename,access_level", "a.txt,open", "b.txt,restricted", "c.txt,restricted")
    first = [Path(one.path) for one in pack(corpus.path, tmp_path / "bags", jobs=1).bags]
    withdrawn(corpus, "b.txt").sheet("filename,access_level", "a.txt,open", "c.txt,restricted")
    report = pack(corpus.path, tmp_path / "bags", previous=first, jobs=1)
    graves = {Path(one.path).name: len(bag_json_of(Path(one.path))["tombstones"]) for one in report.bags}
    assert graves == {"example-1.1": 0, "example-1.1-restricted": 1}
    part = Corpus(tmp_path / "part", SECOND + 'withdrawn = "gone.csv"\n').texts("a.txt")
    part.sheet("filename,access_level", "a.txt,open").write("gone.csv", "identifier,reason,date\n")
    alone = packed(part, tmp_path / "alone", previous=[first[0]])
    assert files_of(alone) == files_of(tmp_path / "bags/example-1.1")


def test_a_bag_of_metadata_alone_has_versions_too(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML.replace('"open"', '"restricted"')).texts("a.txt", "b.txt")
    bag = packed(corpus, tmp_path / "bags", holds="metadata")
    withdrawn(corpus, "b.txt").write("corpus.toml", SECOND.replace('"open"', '"restricted"') + 'withdrawn = "gone.csv"')
    new = packed(corpus, tmp_path / "bags", holds="metadata", previous=[bag])
    assert [one["reason"] for one in bag_json_of(new)["tombstones"]] == ["consent"]
    assert bag_json_of(new)["tombstones"][0]["id"] != tombstone_id("b.txt", "")


def test_a_record_of_another_shape_is_not_taken(tmp_path: Path) -> None:
    """The bag before agrees with its own manifests, and what it calls records cannot be trusted all the same."""
    corpus, bag = first_version(tmp_path)
    whole = files_of(packed(corpus, tmp_path / "whole", previous=[bag]))
    shard = bag / "data/records/00000.jsonl"
    lines = [json.loads(line) for line in shard.read_bytes().splitlines()]
    lines[0]["statements"] = 7
    lines[1]["files"] = [*lines[1]["files"], {"role": "layer", "path": "data/derived/../../../outside", "sha256": "0"}]
    lines[2]["surplus"] = True
    lines[3]["events"] = [{"type": "capture", "file": "", "event_id": "another", "agent": "somebody"}]
    for layer in lines[4]["files"]:
        if layer["role"] == "layer":
            layer["path"] = "data/tables/documents.parquet"
    shard.write_bytes(b"".join(json.dumps(line).encode() + b"\n" for line in lines))
    reseal(bag)
    report = pack(corpus.path, tmp_path / "again", previous=[bag], jobs=1)
    assert len(said(report, "version.record-not-used")) == 5
    again = files_of(Path(report.bags[0].path))
    said_by_the_bag = OF_THE_VERSION  # which has another root digest now
    assert {name for name in whole if whole[name] != again[name]} <= said_by_the_bag
    assert not list(tmp_path.rglob("outside"))


def forged(record: dict[str, Any]) -> dict[str, Any]:
    """A record with words that nobody wrote, in agreement with itself."""
    passage = next(one for one in record["passages"] if one["kept"])
    passage["text"] = passage["text"].replace("The ", "No ", 1)
    passage["sha256"] = hashlib.sha256(passage["text"].encode()).hexdigest()
    passage["char_count"] -= 1
    position, kept = 0, [one for one in record["passages"] if one["kept"]]
    for one in kept:
        one["char_start"], position = position, position + one["char_count"] + 2
    whole = "\n\n".join(one["text"] for one in kept)
    figures = {"characters": len(whole), "words": len(whole.split())}
    return {**record, "text": {**figures, "sha256": hashlib.sha256(whole.encode()).hexdigest()}}


def test_a_text_that_does_not_follow_from_the_bytes_is_not_taken(tmp_path: Path) -> None:
    """The bag before was altered and all its manifests made anew."""
    corpus, bag = first_version(tmp_path)
    whole = files_of(packed(corpus, tmp_path / "whole", previous=[bag]))
    shard = bag / "data/records/00000.jsonl"
    lines = {one["document_id"]: one for one in map(json.loads, shard.read_bytes().splitlines())}
    for name in ("a.txt", "d.html", "e.jsonl#x"):
        lines[name] = forged(lines[name])
    lines["b.txt"]["text"]["words"] += 1
    lines["c.txt"]["passages"][0]["kind"] = "a poem"  # not one of the kinds that the schema has
    shard.write_bytes(b"".join(canonical_json(line) + b"\n" for line in lines.values()))
    reseal(bag)
    report = pack(corpus.path, tmp_path / "again", previous=[bag], jobs=1)
    assert {one.document for one in report.findings if one.code == "version.record-not-used"} == {
        "a.txt", "b.txt", "c.txt", "d.html", "e.jsonl#x",
    }  # fmt: skip
    assert said(report, "version.reused") == ["2 of 7"]
    again = files_of(Path(report.bags[0].path))
    assert {name for name in whole if whole[name] != again[name]} <= OF_THE_VERSION


def reseal(bag: Path) -> None:
    """Makes the sha256 manifests agree with a bag that was changed."""
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        names = [line.split("  ", 1)[1] for line in (bag / manifest).read_text().splitlines()]
        found = [f"{hashlib.sha256((bag / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
        (bag / manifest).write_text("".join(found))


@pytest.mark.parametrize("line", ["Menu of the House", "북한 이야기", "A cut-\nting line", "Cafe\u0301 Menu"])
def test_a_line_that_has_become_repeated_is_found_in_the_document(tmp_path: Path, line: str) -> None:
    """Three more pages with the same line make it furniture in the page that was there before."""
    corpus = Corpus(tmp_path / "corpus")
    for number in range(5):
        corpus.write(f"{number}.txt", f"Archive of Papers\n\n{apart(number)}\n" + (f"\n{line}\n" if number < 2 else ""))
    bag = packed(corpus, tmp_path / "bags")
    corpus.write("corpus.toml", SECOND)
    for number in range(5, 8):
        corpus.write(f"{number}.txt", f"{apart(number)}\n\n{line}\n")
    one = packed(corpus, tmp_path / "bags", previous=[bag])
    with pytest.MonkeyPatch.context() as patch:
        assert files_of(without_reuse(patch, corpus, tmp_path / "read", previous=[bag])) == files_of(one)
