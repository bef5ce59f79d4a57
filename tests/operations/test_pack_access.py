"""Levels of access: one bag for each, and nothing of one level shows in the bag of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model.findings import Severity
from archive.operations.pack import pack
from tests.packing.making import (
    EPOCH,
    OPEN_TOML,
    SENTENCES,
    TOML,
    Corpus,
    annotation,
    bag_json_of,
    codes,
    expect_balance,
    expect_sound,
    files_of,
    packed,
    records_of,
    text,
)

LEVELS = ("open", "embargoed", "restricted")


@pytest.fixture(autouse=True)
def declared_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def test_there_is_one_bag_for_each_level(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt", "c.txt")
    corpus.sheet("filename,access_level,review_date", "a.txt,,", "b.txt,EMBARGOED,2030-01-01", "c.txt,restricted,")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    expect_balance(report)
    assert [Path(bag.path).name for bag in report.bags] == [
        "example-1.0", "example-1.0-embargoed", "example-1.0-restricted",
    ]  # fmt: skip
    assert len({bag.urn for bag in report.bags}) == 3
    for bag, level, document in zip(report.bags, LEVELS, ("a.txt", "b.txt", "c.txt"), strict=True):
        place = Path(bag.path)
        expect_sound(place)
        assert bag_json_of(place)["access_level"] == level
        assert [record["metadata"]["access_level"] for record in records_of(place).values()] == [level]
        assert list(records_of(place)) == [document]
        whole = b"".join(files_of(place).values())
        for number, other in enumerate(("a.txt", "b.txt", "c.txt")):
            assert (f"report {number} says".encode() in whole) == (other == document)
            assert (other.encode() in whole) == (other == document)


def test_what_nobody_states_is_restricted_with_one_warning(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", TOML).texts("a.txt", "b.txt", "c.txt")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert [Path(bag.path).name for bag in report.bags] == ["example-1.0-restricted"]
    warnings = [one for one in report.findings if one.severity is Severity.WARNING]
    assert [one.code for one in warnings] == ["access.unstated"]
    assert 'access_level = "restricted"' in warnings[0].remedy
    assert report.exit_code == 0


def test_the_stricter_of_sheet_and_sidecar_wins_and_both_are_kept(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt").json("a.txt.json", {"access_level": "restricted"})
    corpus.sheet("filename,access_level", "a.txt,open")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    bag = Path(report.bags[0].path)
    assert bag.name == "example-1.0-restricted"
    said = [one for one in records_of(bag)["a.txt"]["statements"] if one["field"] == "access_level"]
    assert [(one["value"], one["source"], one["used"]) for one in said] == [
        ("open", "sheet", False), ("restricted", "sidecar", True), ("open", "corpus", False),
    ]  # fmt: skip
    assert "access.conflict" in codes(report)


def test_what_is_said_of_a_container_opens_no_document_in_it_that_asks_for_more(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus")
    corpus.lines("m.jsonl", {"id": "1", "text": text(1), "access_level": "restricted"}, {"id": "2", "text": text(2)})
    corpus.sheet("filename,access_level", "m.jsonl,open")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert [(one.code, one.document) for one in report.findings if one.severity is Severity.ERROR] == [
        ("access.stated-inside", "m.jsonl#1")
    ]
    corpus.sheet("filename,access_level", "m.jsonl,open", "m.jsonl#1,open")
    assert pack(corpus.path, tmp_path / "bags", jobs=1).exit_code == 0


def fill(corpus: Corpus, names: list[tuple[str, str]], only: str | None = None) -> Corpus:
    """A corpus with documents of many shapes at stated levels, or those of one level alone."""
    rows = []
    annotations = []
    for number, (name, level) in enumerate(names):
        if only not in {None, level}:
            continue
        content = text(number) + f"\nRead more about it in the next issue\n© Example House {number}\n"
        if name.endswith(".jsonl"):
            corpus.lines(name, {"id": f"x{number}", "text": text(number)}, {"id": "y", "text": text(number + 100)})
        else:
            corpus.write(name, content)
        if name.endswith((".txt", ".jsonl")):
            document = f"{name}#y" if name.endswith(".jsonl") else name
            quoted = SENTENCES[(number + (100 if name.endswith(".jsonl") else 0)) % len(SENTENCES)]
            annotations.append(annotation(document, quoted, f"{number}", bodyValue=f"A remark on {name}"))
        if number % 3 == 0:
            corpus.json(f"{name}.json", {"publisher": f"Publisher {number}"})
        rows.append(f'{name},{level},2030-01-01,"Title\n{number}"')
    corpus.write(".hidden", "x").write("deep/er/.hidden", "x").write("deep/Thumbs.db", "x")
    return corpus.sheet("filename,access_level,review_date,title", *rows)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(levels=st.lists(st.sampled_from(LEVELS), min_size=6, max_size=9).filter(lambda found: "open" in found))
def test_the_open_bag_is_that_of_the_corpus_without_all_else(
    tmp_path_factory: pytest.TempPathFactory, levels: list[str]
) -> None:
    place = tmp_path_factory.mktemp("mix")
    names = [
        ("a.txt", "x"), ("A.TXT", "x"), ("deep/er/b.txt", "x"), ("c.jsonl", "x"), ("100%.txt", "x"), ("북.txt", "x"),
        ("deep/e.txt", "x"), ("f.bin", "x"), ("g\n.txt", "x"),
    ]  # fmt: skip
    stated = [(name, level) for (name, _), level in zip(names, levels, strict=False) if "\n" not in name]
    whole = fill(Corpus(place / "whole", OPEN_TOML), stated)
    part = fill(Corpus(place / "part", OPEN_TOML), stated, "open")
    one = packed(whole, place / "one", access="open")
    other = packed(part, place / "other")
    assert files_of(one) == files_of(other)
    every = pack(whole.path, place / "every", jobs=1)
    expect_balance(every)
    assert {Path(bag.path).name.removeprefix("example-1.0").removeprefix("-") or "open" for bag in every.bags} == {
        level for _, level in stated
    }
    assert files_of(place / "every/example-1.0") == files_of(one)


def test_a_stricter_twin_does_not_show_in_the_names_of_the_open_bag(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("A.txt", "a.txt")
    corpus.sheet("filename,access_level", "A.txt,restricted", "a.txt,open")
    bag = packed(corpus, tmp_path / "bags", access="open")
    assert "data/originals/a.txt" in files_of(bag)


def test_what_the_corpus_says_of_furniture_stays_within_a_level(tmp_path: Path) -> None:
    names = [f"{number}.txt" for number in range(8)]
    corpus = Corpus(tmp_path / "corpus")
    for number, name in enumerate(names):
        corpus.write(name, "A line that repeats\n\n" + text(number))
    corpus.sheet(
        "filename,access_level", *(f"{name},{'open' if at < 2 else 'restricted'}" for at, name in enumerate(names))
    )
    bag = packed(corpus, tmp_path / "bags", access="open")
    assert files_of(bag)["data/evidence/repeated-lines.jsonl"] == b'{"documents":2}\n'
