"""Texts taken whole: what readers give, what becomes of it, and a bag of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.reports import Verdict
from archive.normalise.documents import normalise
from archive.normalise.draft import Draft
from archive.normalise.evidence import NO_EVIDENCE
from archive.normalise.projection import lines_kept
from archive.normalise.recipes import recipe_named
from archive.normalise.whole import TakeWhole
from archive.operations.validate import validate
from archive.sources import Limits, read
from archive.sources.containers import Member
from archive.sources.jsonlines.reading import read_member
from tests.contracts.sources import check_reading
from tests.contracts.steps import hold_to_the_contract
from tests.packing.making import OPEN_TOML, Corpus, bag_json_of, expect_sound, packed, records_of, text

WHOLE = Limits(lines_are_wanted=False)
LANGUAGES = recipe_named("languages")
PAGE = b"<html><body><h1>A page</h1><p>Of two blocks, and they stay two.</p></body></html>"


def test_the_recipe_says_what_it_leaves_out() -> None:
    assert not LANGUAGES.divides
    assert LANGUAGES.describe()["compares"] is False
    assert "compares" not in recipe_named("text").describe()


@pytest.mark.parametrize("data", [b"one\ntwo\n\n  three", "eins\r\nzwei".encode("utf-16"), b"\xc7\xd1 \xb1\xdb"])
def test_a_text_is_one_block(data: bytes) -> None:
    reading = read("a.txt", data, limits=WHOLE)
    check_reading(reading)
    (passage,) = normalise(reading, LANGUAGES).passages
    divided = [" ".join(block.text.split()) for block in read("a.txt", data).blocks]
    assert passage.text.replace("\n\n", "\n").split("\n") == divided
    assert passage.projection == lines_kept()


def test_a_text_without_any_letter_has_no_passage() -> None:
    reading = read("a.txt", b" \n\t\n", limits=WHOLE)
    assert (reading.blocks, [one.code for one in reading.findings]) == ((), ["text.empty"])


def test_markup_divides_a_text_all_the_same() -> None:
    assert [one.text for one in normalise(read("a.html", PAGE, limits=WHOLE), LANGUAGES).passages] == [
        "A page",
        "Of two blocks, and they stay two.",
    ]


@settings(max_examples=50)
@given(
    st.text('ab \\\n\t\x7f\u00e9\u00a0\u0301\uac00\U0001f600"', max_size=40),
    st.booleans(),
    st.sampled_from((b"", b"\xff")),
)
def test_a_string_is_one_block_or_none(said: str, ascii_alone: bool, damage: bytes) -> None:
    line = json.dumps({"text": said + "~"}, ensure_ascii=ascii_alone).encode().replace(b"~", damage)
    reading = read_member(line, Member("c.jsonl", "1", 7, 7 + len(line), 1), {}, limits=WHOLE)
    check_reading(reading)
    divided = read_member(line, Member("c.jsonl", "1", 7, 7 + len(line), 1), {})
    assert [one.code for one in reading.findings] == [one.code for one in divided.findings]
    assert bool(reading.blocks) == bool(divided.blocks)
    for passage in normalise(reading, LANGUAGES).passages:
        kept = [one.text for one in normalise(divided, recipe_named("text")).passages]
        assert passage.text.replace("\n", " ").split() == " ".join(kept).split()


def test_half_of_a_pair_is_no_character() -> None:
    line = rb'{"text": "a \ud800 b"}'
    reading = read_member(line, Member("c.jsonl", "1", 0, len(line), 1), {}, limits=WHOLE)
    check_reading(reading)
    assert reading.blocks[0].text == "a \ufffd b"


def test_it_keeps_to_the_contract_of_steps() -> None:
    hold_to_the_contract(TakeWhole(), Draft(read("a.html", PAGE), NO_EVIDENCE))


def test_a_bag_of_whole_texts_can_be_proved_and_repeated(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "c", OPEN_TOML + 'recipe = "languages"\n[csv]\nBody = "text"\n')
    corpus.write("a.txt", text(1)).write("b.html", PAGE).write("d.csv", f'Body\n"{text(2)}"\n"a ""b"" c"\n')
    corpus.lines("c.jsonl", {"id": "x", "text": text(3), "language": "en"}, {"text": text(1)})
    bag = packed(corpus, tmp_path / "bags")
    expect_sound(bag)
    report = validate(bag, depth="reproduction", jobs=1)
    assert (report.verdict, report.findings) == (Verdict.VALID, ())
    records = records_of(bag)
    counts = {name: len(record["passages"]) for name, record in records.items()}
    assert counts == {"a.txt": 1, "b.html": 2, "c.jsonl#2": 1, "c.jsonl#x": 1, "d.csv#2": 1, "d.csv#3": 1}
    assert records["c.jsonl#x"]["passages"][0]["text"] == text(3).strip()
    assert records["c.jsonl#x"]["passages"][0]["language"] == "en"
    assert records["d.csv#3"]["passages"][0]["text"] == 'a "b" c'
    assert [one["target"] for one in records["a.txt"]["relations"]] == ["c.jsonl#2"]
    assert bag_json_of(bag)["recipe"]["compares"] is False
