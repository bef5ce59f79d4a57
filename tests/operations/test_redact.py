"""Redacted texts: made in the corpus, read by a person, packed as documents of their own that tell nothing more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.operations.check import check
from archive.operations.pack import pack
from archive.operations.redact import redact
from tests.packing.making import (
    EPOCH,
    OPEN_TOML,
    Corpus,
    codes,
    digest_of_folder,
    errors,
    expect_sound,
    files_of,
    packed,
    records_of,
    text,
)

MARK = "[withheld: identity]"
TOML = OPEN_TOML + 'redactions = "withheld.jsonl"\n'
SHEET = ("filename,identifier,access_level", "closed/w.txt,w,restricted", "open/t.txt,t,open", "r.txt,r,open")


@pytest.fixture(autouse=True)
def declared_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def said_by(place: Path, secrets: Sequence[str]) -> Corpus:
    """A corpus with a restricted testimony in which some passages are withheld, and an open report."""
    corpus = Corpus(place, TOML)
    told = "\n\n".join(f"It was {secret} who told us so in the winter of that year." for secret in secrets)
    corpus.write("closed/w.txt", f"A testimony\n\n{told}\n\nThen all of us went on to the school over the river.\n")
    corpus.write("r.txt", text(1))
    lines = [{"document": "w", "redacted": "open/t.txt", "exact": one, "reason": "identity"} for one in secrets]
    return corpus.lines("withheld.jsonl", *lines).sheet(*SHEET)


def test_a_redacted_text_is_a_document_of_its_own(tmp_path: Path) -> None:
    corpus = said_by(tmp_path / "corpus", ["Mina Kim", "her brother"])
    report = redact(corpus.path)
    assert report.exit_code == 0
    assert report.counts == {"written": 1, "same": 0}
    before = digest_of_folder(corpus.path)
    assert redact(corpus.path).counts == {"written": 0, "same": 1}
    assert digest_of_folder(corpus.path) == before
    assert pack(corpus.path, tmp_path / "bags", jobs=1).exit_code == 0
    bag, closed = tmp_path / "bags/example-1.0", tmp_path / "bags/example-1.0-restricted"
    expect_sound(bag)
    expect_sound(closed)
    record = records_of(bag)["t"]
    assert record["metadata"]["capture_form"] == "redacted text"
    assert (bag / "data/originals/open/t.txt").read_text().count("[withheld: identity]") == 2
    assert (closed / "data/submission/withheld.jsonl").read_bytes() == (corpus.path / "withheld.jsonl").read_bytes()
    assert (closed / "data/originals/closed/w.txt").read_bytes() == (corpus.path / "closed/w.txt").read_bytes()
    original = records_of(closed)["w"]["files"][0]
    tables = b"".join(repr(pq.read_table(one).to_pylist()).encode() for one in (bag / "data/tables").iterdir())
    whole = b"".join(files_of(bag).values()) + tables
    for secret in ("Mina", "brother", "closed/w.txt", original["sha256"], str(original["bytes"]) + ","):
        assert secret.encode() not in whole


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(one=st.lists(st.text("abcKM né北\n.", min_size=1, max_size=60), min_size=2, max_size=2), other=st.data())
def test_the_open_bag_depends_on_nothing_that_is_withheld(
    tmp_path_factory: pytest.TempPathFactory, one: list[str], other: st.DataObject
) -> None:
    place = tmp_path_factory.mktemp("secrets")
    another = other.draw(st.lists(st.text("xyzPQ ü里\n.", min_size=1, max_size=200), min_size=2, max_size=2))
    bags = []
    for name, secrets in (("one", one), ("other", another)):
        corpus = said_by(place / name / "corpus", [f"Q{at}{secret}Z" for at, secret in enumerate(secrets)])
        assert redact(corpus.path).exit_code == 0
        bags.append(files_of(packed(corpus, place / name / "bags", access="open")))
    assert bags[0] == bags[1]


def test_the_open_bag_is_that_of_the_corpus_without_the_original(tmp_path: Path) -> None:
    whole = said_by(tmp_path / "whole", ["Mina"])
    redact(whole.path)
    part = Corpus(tmp_path / "part", TOML).write("r.txt", text(1)).write("withheld.jsonl", "")
    part.sheet(SHEET[0], *SHEET[2:])
    for name in ("open/t.txt", "open/t.txt.json"):
        part.write(name, (whole.path / name).read_bytes())
    one = packed(whole, tmp_path / "one", access="open")
    assert files_of(one) == files_of(packed(part, tmp_path / "two"))


def test_a_bag_of_metadata_alone_has_no_list_that_quotes_the_text(tmp_path: Path) -> None:
    corpus = said_by(tmp_path / "corpus", ["Mina"])
    redact(corpus.path)
    bag = packed(corpus, tmp_path / "bags", access="restricted", holds="metadata")
    assert b"Mina" not in b"".join(files_of(bag).values())


def test_what_is_out_of_date_or_not_safe_is_not_packed(tmp_path: Path) -> None:
    corpus = said_by(tmp_path / "corpus", ["Mina"])
    (corpus.path / "metadata.csv").unlink()
    corpus.json("closed/w.txt.json", {"access_level": "restricted", "identifier": "w"})
    assert "redactions.not-made" in errors(check(corpus.path, jobs=1))
    redact(corpus.path)
    assert not errors(check(corpus.path, jobs=1))
    made = (corpus.path / "open/t.txt").read_bytes()
    corpus.write("open/t.txt", made + b"Mina again")
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert errors(report) == ["redactions.out-of-date", "redactions.remains"]
    assert not (tmp_path / "bags/example-1.0").exists()
    report = redact(corpus.path)
    assert [(one.code, one.where.file) for one in report.findings] == [("redactions.differs", "open/t.txt")]
    assert (corpus.path / "open/t.txt").read_bytes() == made + b"Mina again"
    assert redact(corpus.path, replace=True).counts["written"] == 1
    assert (corpus.path / "open/t.txt").read_bytes() == made
    corpus.json("open/t.txt.json", {"capture_form": "redacted text", "title": "What MINA said"})
    assert errors(check(corpus.path, jobs=1)) == ["redactions.in-metadata"]
    corpus.json("open/t.txt.json", {"capture_form": "redacted text"})
    corpus.json("closed/w.txt.json", {"access_level": "open", "identifier": "w"})
    assert errors(check(corpus.path, jobs=1)) == ["redactions.original-as-open"]


def test_documents_in_containers_are_redacted(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", TOML).lines(
        "m.jsonl", {"id": "a", "text": "I am Mina."}, {"text": "Mina too."}
    )
    corpus.lines("n.jsonl", {"id": "b", "text": "Nobody."}, {"id": "b#c", "text": "It was Mina."})
    lines = (("m.jsonl#a", "open/a.txt"), ("own", "open/b.txt"), ("n.jsonl#b#c", "open/c.txt"))
    listed = [{"document": one, "redacted": path, "exact": "Mina", "reason": "identity"} for one, path in lines]
    corpus.lines("withheld.jsonl", *listed)
    corpus.sheet("filename,identifier,access_level", "m.jsonl,,restricted", "m.jsonl#2,own,", "n.jsonl,,restricted",
                 *(f"{path},,open" for _, path in lines))  # fmt: skip
    assert redact(corpus.path).counts["written"] == 3
    made = [(corpus.path / path).read_text("utf-8") for _, path in lines]
    assert made == [f"{said}\n" for said in (f"I am {MARK}.", f"{MARK} too.", f"It was {MARK}.")]
    assert errors(pack(corpus.path, tmp_path / "bags", jobs=1)) == []
    opened, closed = tmp_path / "bags/example-1.0", tmp_path / "bags/example-1.0-restricted"
    assert (closed / "data/submission/withheld.jsonl").read_bytes().count(b"\n") == 3
    assert not [path for path in opened.rglob("*") if path.is_file() and b"Mina" in path.read_bytes()]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"exact": "Minna"}, "redactions.not-found"),
        ({"document": "nobody"}, "redactions.unknown-document"),
        ({"document": "r"}, "redactions.two-documents"),
        ({"document": "many.jsonl#3"}, "redactions.unknown-document"),
        ({"document": "many.jsonl"}, "redactions.of-container"),
        ({"reason": "because"}, "redactions.malformed"),
    ],
)
def test_a_line_that_cannot_be_carried_out_makes_no_text(tmp_path: Path, line: dict[str, str], code: str) -> None:
    corpus = said_by(tmp_path / "corpus", ["Mina"])
    first = {"document": "w", "redacted": "open/t.txt", "exact": "Mina", "reason": "identity"}
    is_inside = "jsonl" in line.get("document", "")
    corpus.lines("withheld.jsonl", *([] if is_inside else [first]), first | line)
    corpus.lines("many.jsonl", {"text": "A text of Mina"}) if is_inside else None
    report = redact(corpus.path)
    assert code in errors(report)
    assert report.exit_code == 1
    assert not (corpus.path / "open").exists()
    assert code in errors(check(corpus.path, jobs=1))
    assert not any("Minna" in one.found for one in report.findings)


@pytest.mark.parametrize(
    ("line", "told", "remains"),
    [
        ({}, "Mina, whom they called MINA, and MINA.", False),
        ({}, "Mina, whom they called Minas.", True),
        ({"exact": "Kim-Mina"}, "Kim Mina, who was called mina.", True),
        ({"prefix": "was"}, "Mina, and then Mina again.", True),
        ({"exact": "Kim Mina", "reason": "source"}, "Kim Mina, who was called by the village.", False),
        ({"exact": "Identity"}, "his identity, they said.", False),
    ],
)
def test_what_still_stands_is_said(tmp_path: Path, line: dict[str, str], told: str, *, remains: bool) -> None:
    corpus = said_by(tmp_path / "corpus", ["Mina"]).write("closed/w.txt", f"It was {told}\n")
    entry = {"document": "w", "redacted": "open/t.txt", "exact": "Mina", "reason": "identity"}
    corpus.lines("withheld.jsonl", entry | line)
    report = redact(corpus.path)
    assert codes(report) == ({"redactions.remains"} if remains else set())
    assert not errors(report)


def test_no_other_file_is_written_over(tmp_path: Path) -> None:
    corpus = said_by(tmp_path / "corpus", ["Mina"])
    corpus.write("open/t.txt", "a document of somebody's")
    assert errors(redact(corpus.path)) == ["redactions.not-written"]
    corpus.write("open/t.txt.json", "[")
    assert errors(redact(corpus.path, replace=True)) == ["redactions.not-written"]
    assert (corpus.path / "open/t.txt").read_text() == "a document of somebody's"
    (corpus.path / "open/t.txt").unlink()
    (corpus.path / "open/t.txt.json").unlink()
    (corpus.path / "open").rmdir()
    (tmp_path / "outside").mkdir()
    (corpus.path / "open").symlink_to(tmp_path / "outside")
    assert errors(redact(corpus.path)) == ["redactions.not-written"]
    assert not list((tmp_path / "outside").iterdir())


def test_without_a_list_there_is_nothing_to_do(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt")
    with pytest.raises(UsageError, match="names no list"):
        redact(corpus.path)
    corpus.write("corpus.toml", TOML).write("withheld.jsonl", "\n")
    assert redact(corpus.path).counts == {"written": 0, "same": 0}


def test_a_document_of_several_files_and_one_without_text(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", TOML.replace('"open"', '"restricted"'))
    corpus.write("s.png", b"\x89PNG\r\n\x1a\nxx").write("o.txt", "Read by Mina\n").write("p.png", b"\x89PNG\r\n\x1a\n")
    corpus.sheet("filename,identifier,role,access_level", "s.png,s,screenshot,", "o.txt,s,ocr,", "p.png,p,,")
    entry = {"document": "s", "redacted": "t.txt", "exact": "Mina", "reason": "identity"}
    corpus.lines("withheld.jsonl", entry, entry | {"document": "p", "redacted": "u.txt"})
    report = redact(corpus.path)
    assert [(one.code, one.document) for one in report.findings] == [("redactions.not-found", "p")]
    assert (corpus.path / "t.txt").read_text() == "Read by [withheld: identity]\n"
    assert json.loads((corpus.path / "t.txt.json").read_text()) == {"capture_form": "redacted text"}


def test_a_limit_of_the_call_holds_for_what_is_withheld_too(tmp_path: Path) -> None:
    corpus = said_by(tmp_path / "corpus", ["Mina"])
    corpus.write("corpus.toml", TOML + "[limits]\nblocks = 1000\n")
    corpus.write("closed/w.txt", "It was Mina.\n" * 1_001)
    assert [one.code for one in redact(corpus.path).findings] == ["redactions.not-found"]
    limits = {"blocks": 2_000}
    assert redact(corpus.path, limits=limits).counts == {"written": 1, "same": 0}
    assert errors(check(corpus.path, jobs=1)) == ["redactions.not-found"]
    assert errors(check(corpus.path, jobs=1, limits=limits)) == []
    with pytest.raises(UsageError, match="no limit 'block'"):
        redact(corpus.path, limits={"block": 1})
