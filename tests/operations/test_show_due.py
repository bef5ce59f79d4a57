"""What has come due, asked of a bag and told at a terminal."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from archive.cli.due_view import due_lines
from archive.cli.program import program
from archive.errors import BagUnreadableError
from archive.model.due import DueList
from archive.operations.show_due import due, due_on_shelf
from tests.packing.making import TOML, Corpus, packed


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    corpus = Corpus(tmp_path / "corpus", TOML + 'access_level = "restricted"\n')
    corpus.texts("a.txt", "b.txt", "c.txt", "d.txt").sheet(
        "filename,title,access_reason,review_date",
        "a.txt,First,names a child,2031-05-01",
        "b.txt,,,2030-01-01",
        "c.txt,,,2035-01-01",
        "d.txt,,,",
    )
    return packed(corpus, tmp_path / "bags")


def test_what_is_due_is_listed_the_longest_overdue_first(bag: Path):
    found = due(bag, date(2031, 5, 1))
    assert [(one.document_id, one.review_date) for one in found.documents] == [
        ("b.txt", "2030-01-01"),
        ("a.txt", "2031-05-01"),
    ]
    assert (found.documents[1].title, found.documents[1].access_reason) == ("First", "names a child")
    assert (found.on, found.later, found.undated) == ("2031-05-01", 1, 1)
    assert found.urn is not None
    assert found.urn.startswith("urn:uuid:")
    assert [one.document_id for one in due(bag, date(2031, 4, 30)).documents] == ["b.txt"]


def test_without_a_day_it_is_today_and_only_there_a_clock_is_read(bag: Path):
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", due(bag).on)
    assert due(bag, date(2029, 1, 1)) == due(bag, date(2029, 1, 1))


def test_a_person_reads_it(bag: Path):
    found = due(bag, date(2031, 5, 1))
    assert list(due_lines(found)) == [
        "Due by 2031-05-01: 2 documents",
        "  2030-01-01  restricted  b.txt",
        "  2031-05-01  restricted  a.txt  names a child",
        "1 document due later.",
        "1 document with restricted access and no review date.",
        "An access level changes only where a person changes it in the sheet, and packs again.",
    ]
    assert next(due_lines(DueList("b", None, "2030-01-01"))) == "Nothing is due by 2030-01-01."


def run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(program, [str(word) for word in words])
    return result.exit_code, result.output


def test_the_command_lists_what_is_due_in_words_and_as_json(bag: Path):
    code, said = run("show", bag, "--due", "--on", "2031-05-01")
    assert (code, said.splitlines()[0]) == (0, "Due by 2031-05-01: 2 documents")
    code, said = run("show", bag, "--due", "--on", "2031-05-01", "--json")
    envelope = json.loads(said)
    assert (code, envelope["counts"], envelope["result"]["documents"][0]["document_id"]) == (0, {"due": 2}, "b.txt")
    assert run("show", bag, "--due", "--quiet") == (0, "")


@pytest.mark.parametrize("words", [["--on", "2030-01-01"], ["a.txt", "--due"], ["--due", "--on", "May"]])
def test_what_makes_no_sense_together_is_wrong_usage(bag: Path, words: list[str]):
    assert run("show", bag, *words)[0] == 2


def test_a_bag_of_anyone_else_says_nothing_of_reviews(tmp_path: Path):
    (tmp_path / "data").mkdir()
    (tmp_path / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    with pytest.raises(BagUnreadableError, match="not made by corpus-archive"):
        due(tmp_path)


def test_a_damaged_table_is_refused(bag: Path):
    pq.write_table(pa.table({"document_id": ["a.txt"]}), bag / "data/tables/documents.parquet")
    with pytest.raises(BagUnreadableError, match="table cannot be read"):
        due(bag)


def test_a_folder_of_bags_is_asked_bag_by_bag(bag: Path):
    other = bag.parent / "foreign"
    other.mkdir()
    (other / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    found = due_on_shelf(bag.parent, date(2030, 6, 1))
    assert found.bags == (due(bag, date(2030, 6, 1)),)
    assert [Path(path).name for path, _ in found.problems] == ["foreign"]
    code, said = run("show", bag.parent, "--due", "--on", "2030-06-01")
    lines = said.splitlines()
    assert (code, lines[0]) == (3, "Due by 2030-06-01: 1 document in 1 bag")
    assert lines[1].split() == ["2030-01-01", "restricted", bag.name, "b.txt"]
    assert lines[2].startswith("Nothing is known of foreign: it was not made by corpus-archive")
    assert run("show", bag.parent, "--due", "--on", "2029-01-01")[1].startswith(
        "Nothing is due by 2029-01-01 in 1 bag."
    )
    code, said = run("show", bag.parent, "--due", "--on", "2030-06-01", "--json")
    envelope = json.loads(said)
    assert (code, envelope["exit_code"], envelope["counts"], len(envelope["bags"])) == (3, 3, {"due": 1}, 1)
    assert envelope["result"]["bags"][0]["documents"][0]["document_id"] == "b.txt"
    assert envelope["result"]["problems"][0]["problem"]
    assert due_on_shelf(bag.parent).on


def test_packed_bags_of_a_folder_are_asked_too(bag: Path, tmp_path: Path):
    place = tmp_path / "packed"
    for ending in ("zip", "gztar"):
        shutil.make_archive(str(place / ending / bag.name), ending, bag.parent, bag.name)
        assert due_on_shelf(place / ending, date(2030, 6, 1)).bags[0].documents == due(bag, date(2030, 6, 1)).documents
        assert run("show", place / ending, "--due", "--on", "2030-06-01")[0] == 0
    (place / "zip/torn.zip").write_bytes(b"PK\x03\x04")
    code, said = run("show", place / "zip", "--due", "--on", "2030-06-01")
    assert (code, "Nothing is known of torn.zip" in said) == (3, True)


def test_a_folder_of_other_zips_is_no_folder_of_bags(tmp_path: Path):
    with ZipFile(tmp_path / "pictures.zip", "w") as file:
        file.writestr("a.txt", "a")
    assert run("show", tmp_path, "--due")[0] == run("show", tmp_path)[0] == 3
    with pytest.raises(BagUnreadableError, match="no bag stands in it"):
        due_on_shelf(tmp_path)
