from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.blocks import Reading
from archive.normalise.documents import normalise
from archive.normalise.evidence import LineCounter, RepeatedLines, line_key, line_keys
from archive.normalise.recipes import recipe_named

Read = Callable[[bytes], Reading]


def test_lines_are_counted_once_a_document_without_case_or_numbers(read: Read) -> None:
    assert line_keys(read(b"Page 3 of 9\n\nPAGE 4  OF 9\nx\n" + b"long " * 90)) == {"page # of #"}
    assert line_key("Straße") == "strasse"


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), max_size=20), st.randoms())
def test_memory_and_order_do_not_show(documents: list[list[str]], random_: random.Random) -> None:
    with LineCounter() as all_held, LineCounter(most_held=1) as spilled:
        for lines in documents:
            all_held.add(lines)
        random_.shuffle(documents)
        for lines in documents:
            spilled.add(lines)
        assert all_held.result() == spilled.result()


def test_lines_of_several_documents_may_be_counted_together() -> None:
    with LineCounter() as counter, LineCounter() as together:
        for lines in (["menu", "\ud800"], ["menu", "é"], ["menu", "\udfff"]):
            counter.add(lines)
        together.add_together(2, ["menu", "\ud800", "menu", "é"])
        together.add_together(1, ["menu", "\udfff"])
        assert counter.result() == together.result() == RepeatedLines(3, {"menu": 3})


def test_few_documents_say_nothing() -> None:
    with LineCounter() as counter:
        for lines in (["menu", "once"], ["menu", "\ud800"], ["menu"]):
            counter.add(lines)
        found = counter.result()
    assert found == RepeatedLines(3, {"menu": 3})
    assert found.of("Menu") == 3
    assert found.of("once") == 0


@given(st.dictionaries(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.integers(3, 99)))
def test_it_is_written_and_read_back(counts: dict[str, int]) -> None:
    evidence = RepeatedLines(99, counts)
    assert RepeatedLines.from_bytes(evidence.to_bytes()) == evidence


@pytest.mark.parametrize(
    "data", [b"", b"[]\n", b'{"documents":1}\n{"documents":2}\n', b'{"documents":1,"line":"a"}\n', b"{"]
)
def test_what_is_not_in_that_form_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        RepeatedLines.from_bytes(data)


def test_repeated_lines_are_furniture_unless_the_document_is_a_copy(read: Read) -> None:
    body = "Here is a sentence of running text that nobody else has written, and it goes on for a while yet.\n\n"
    data = f"Quayside Almanac\n\n{body * 3}Harbour tables".encode()
    recipe = recipe_named("default")
    lines = RepeatedLines(9, {"quayside almanac": 9, "harbour tables": 9})
    kept = [passage.text for passage in normalise(read(data), recipe, lines).passages if passage.kept]
    assert "Harbour tables" not in kept
    copies = RepeatedLines(9, {**lines.counts, line_key(body.strip()): 9})
    kept = [passage.text for passage in normalise(read(data), recipe, copies).passages if passage.kept]
    assert "Harbour tables" in kept


FORM = [
    "Menu",
    "Quayside Almanac",
    "An account of the winter harbour",
    "21 November 2026",
    "By the harbour project",
    "Who speaks",
    "The harbour master speaks, and nobody else was there to hear what he said of the boats that winter.",
    "What it reports",
    "Where and when",
    "He tells of nine boats that went out before the storm, and of how many came home to the same harbour.",
    "Boats lost",
    "None.",
    "Share",
    "Harbour tables",
]


def test_a_form_keeps_the_headings_that_all_its_documents_share(read: Read) -> None:
    repeated = ["quayside almanac", "## november ####", "by the harbour project", "who speaks", "what it reports"]
    repeated += ["where and when", "boats lost", "harbour tables", "menu", "share"]
    lines = RepeatedLines(9, dict.fromkeys(repeated, 9))
    passages = normalise(read("\n\n".join(FORM).encode()), recipe_named("default"), lines).passages
    assert [passage.text for passage in passages if not passage.kept] == [FORM[0], FORM[1], FORM[12], FORM[13]]
    kinds = {passage.text: passage.kind.value for passage in passages}
    assert [kinds[line] for line in FORM[2:5]] == ["title", "dateline", "byline"]
    assert {kinds[line] for line in (FORM[5], FORM[7], FORM[8], FORM[10])} == {"heading"}


def test_a_shared_line_among_furniture_within_the_text_is_furniture(read: Read) -> None:
    long = FORM[6] + " " + FORM[9]
    lines = RepeatedLines(9, {"harbour tables": 9})
    text = "\n\n".join([long, "Share", "Harbour tables", "Print", long])
    kept = [one.text for one in normalise(read(text.encode()), recipe_named("default"), lines).passages if one.kept]
    assert kept == [long, long]


def test_runs_go_to_the_folder_and_leave_it(tmp_path: Path) -> None:
    with LineCounter(str(tmp_path), most_held=1) as counter:
        counter.add(["a", "b"])
        counter.result()
    assert list(tmp_path.iterdir()) == []
