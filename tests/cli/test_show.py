from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from click.testing import Result

from archive.cli.bag_view import overview_lines
from archive.cli.document_view import document_lines, figure_in_words
from archive.cli.layout import PAGE, bars, brief, columns, width, wrapped
from archive.cli.shelf_view import readable, shelf_lines
from archive.errors import BagUnreadableError
from archive.model.overview import (
    AnnotationLine,
    DocumentLine,
    DocumentView,
    EventLine,
    FieldView,
    FileLine,
    Overview,
    PassageLine,
    Rejection,
    RelationLine,
    Said,
)
from archive.model.shelf import Shelf, ShelfLine

Command = Callable[..., Result]
Put = Callable[[str, Any], Any]

BAG = Overview(
    path="bags/river-1",
    ours=True,
    urn="urn:uuid:1",
    title="River reports",
    version="1",
    description="Reports on\na river.",
    access_level="open",
    root_digest="ab" * 32,
    content_digest="cd" * 32,
    payload_files=12,
    payload_bytes=34567,
    counts={"documents": 52, "kept_passages": 7},
    kinds={"body": 5, "furniture": 2},
    kept={"body": 5},
    languages={"ko": 1, "en": 51},
    media_types={"text/html": 52},
    earliest="2011-01-01",
    latest="2012-12-31",
    undated=3,
    missing={"creators": 50},
    rejections=tuple(Rejection(f"bad-{number}\x1b[2J.txt", None, ("text.not-read",)) for number in range(12)),
    ignored=((".hidden", "hidden"),),
    documents=(
        DocumentLine("winter.html", "겨울", "2011", "ko", "text/html", 100, 1234, 3, 4),
        DocumentLine("summer.html", None, None, None, "text/html", 100, 0, 0, 0),
    ),
    more_documents=50,
    years={"2011": 50, "2014": 2},
    sizes={"0": 51, "10000000": 1},
    relations={"same-text": 2},
    sources={"sheet": 7, "extracted": 2},
    captures={"page": 52},
    captured=("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"),
    packing={"packed_at": "2024-05-03T10:00:00Z", "version_before": "0.9 urn:uuid:0"},
    manifests={"manifest-sha256.txt": 12},
    tombstones=1,
    holds="metadata",
)

DOCUMENT = DocumentView(
    path="bags/river-1",
    urn="urn:uuid:1",
    document_id="winter.html",
    source_path="winter.html",
    original="data/originals/winter.html",
    fields=(
        FieldView(
            "title",
            ("Winter",),
            (
                Said("Winter", "sheet", "archivist", "data/submission/metadata.csv", "cell=2,2", used=True),
                Said("A winter", "embedded", "", "data/originals/winter.html", "bytes=6-14", used=False),
                Said("W", "extracted", "step 1", "", "", used=False),
            ),
            in_conflict=True,
        ),
        FieldView("language", ("ko",), (Said("ko", "extracted", "x", "", "", used=True),), in_conflict=False),
        FieldView("genre", (), (), in_conflict=False),
        FieldView("rights", (), (Said("?", "embedded", "", "", "", used=False),), in_conflict=True),
    ),
    files=(FileLine("page", "data/originals/winter.html", 100, "ab" * 32, "text/html", "utf-8", None),),
    passages=(
        PassageLine("p1", 0, "title", kept=True, reason="", language="ko", locator="", characters=2, beginning="겨울"),
        PassageLine("p2", 1, "furniture", False, "a menu", "und", "", 4, "Home"),
    ),
    characters=1234,
    words=200,
    relations=(RelationLine("near-duplicate", "summer.html", "document", "0.9", "shingles 2"),),
    annotations=(
        AnnotationLine("urn:x:1", "one hundred", 5, "A remark.", {"value": "100", "unit": "children"}),
        AnnotationLine("urn:x:2", "hundred", 9, None, None),
    ),
    events=(EventLine("capture", "2020-01-01T00:00:00Z", "wget", "success", ""),),
)  # fmt: skip


def test_an_overview_says_what_the_bag_states_and_that_nothing_was_verified(
    verb: Put, archive_command: Command
) -> None:
    verb("show", BAG)
    result = archive_command("show", "bags/river-1")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:2] == ["River reports, version 1", "Reports on a river."]
    assert f"root digest     {'ab' * 32}" in lines
    assert "52 documents, 7 kept passages" in lines
    assert "dated 2011-01-01 to 2012-12-31; 3 undated" in lines
    assert "  furniture  2  0  " + "█" * 9 + "▋" in lines
    assert "  2011  50  " + "█" * 24 in lines
    assert "  2013   0" in lines
    assert "  10 to 100 MB      1  ▌" in lines
    assert "  creators  50  " + "█" * 24 in lines
    assert "  values from     sheet 7, extracted 2" in lines
    assert "  captured        2020-01-01T00:00:00Z to 2021-01-01T00:00:00Z" in lines
    assert "  manifest-sha256.txt  12 files" in lines
    assert max(map(width, lines)) <= 80
    assert r"  bad-0\x1b[2J.txt  text.not-read" in lines
    assert "  and 2 more" in lines
    assert "  .hidden  hidden" in lines
    assert "  winter.html  2011  ko        1,234       겨울" in lines
    assert "  summer.html  -     -         0" in lines
    assert "  and 50 more" in lines
    assert lines[-2:] == ["Nothing of this was verified.", "Next: archive validate bags/river-1"]


def test_a_document_says_who_said_what(verb: Put, archive_command: Command) -> None:
    shown = verb("show", DOCUMENT)
    result = archive_command("show", "bags/river-1", "winter.html")
    assert shown.given == ("bags/river-1", "winter.html")
    lines = result.stdout.splitlines()
    assert lines[0] == "winter.html"
    assert "  title     Winter              sheet" in lines
    assert "            not used: A winter  embedded, data/originals/winter.html bytes=6-14" in lines
    assert "            not used: W         extracted" in lines
    assert "  language  ko                  extracted" in lines
    assert "  near-duplicate  summer.html  0.9  shingles 2" in lines
    at = lines.index("Annotations")
    assert lines[at + 1 : at + 7] == [
        "  100 children. A remark.", "    one hundred", "    urn:x:1", "  urn:x:2", "    hundred", "    urn:x:2",
    ]  # fmt: skip
    assert "  2020-01-01T00:00:00Z  capture  success  wget" in lines
    assert "  rights    -" in lines
    assert not [line for line in lines if "genre" in line]
    assert "  page  100 bytes  text/html  data/originals/winter.html" in lines
    assert "  1  furniture  not kept: a menu  Home" in lines


def test_a_bag_of_anyone_shows_its_bag_info() -> None:
    lines = list(overview_lines(Overview("b", ours=False, bag_info=(("Source-Organization", "An\x1b[1m archive"),))))
    assert "This bag was not made by corpus-archive, so there is no more to show." in lines
    assert lines[-1] == r"  Source-Organization  An\x1b[1m archive"


@pytest.mark.parametrize(
    ("bag", "expected"),
    [
        (Overview("b", ours=True, title="T"), "T"),
        (Overview("b", ours=True, description="D"), "D"),
        (Overview("b", ours=True, latest="2012-01-01"), "dated ... to 2012-01-01"),
        (Overview("b", ours=True, earliest="2012-01-01"), "dated 2012-01-01 to ..."),
    ],
)
def test_what_a_bag_does_not_state_is_left_out(bag: Overview, expected: str) -> None:
    lines = list(overview_lines(bag))
    assert expected in lines
    assert not [line for line in lines if line.startswith(("Documents", "Languages", "Ignored", "Passages"))]


def test_a_document_of_which_nothing_is_known_is_short() -> None:
    lines = list(document_lines(DocumentView("b", None, "d", "d", "data/originals/d")))
    assert not [line for line in lines if line.startswith(("What is known", "Passages"))]


def test_what_a_bag_of_metadata_does_not_tell_is_not_shown_as_nothing() -> None:
    withheld = FileLine("page", "data/originals/d", 0, "", "text/plain", None, None)
    bare = DocumentView("b", None, "d", "d", "data/originals/d", files=(withheld,), holds="metadata")
    lines = list(document_lines(bare))
    assert "  text      not in this bag, and nothing is told of it" in lines
    assert "  page  size not told  text/plain  data/originals/d" in lines
    assert "Files, which are not in this bag" in lines
    told = document_lines(replace(bare, characters=5, words=1, text_sha256="00"))
    assert "  text      5 characters, 1 words; not in this bag" in list(told)


@pytest.mark.parametrize(("found", "urn"), [(BAG, "urn:uuid:1"), (DOCUMENT, "urn:uuid:1")])
def test_json_holds_all_of_it_under_result(
    found: Overview | DocumentView, urn: str, verb: Put, archive_command: Command
) -> None:
    verb("show", found)
    value = json.loads(archive_command("show", "bags/river-1", "--json").stdout)
    assert (value["verdict"], value["exit_code"], value["command"]) == ("undetermined", 0, "show")
    assert value["bags"][0]["urn"] == urn
    assert value["result"]["verified"] is False


def test_quiet_says_nothing(verb: Put, archive_command: Command) -> None:
    verb("show", BAG)
    assert archive_command("show", "b", "--quiet").output == ""


def test_a_bag_that_cannot_be_opened_is_three(verb: Put, archive_command: Command) -> None:
    verb("show", BagUnreadableError("there is no bag", where="b"))
    assert archive_command("show", "b").exit_code == 3


def test_columns_count_what_a_terminal_shows() -> None:
    assert list(columns([("가", "x"), ("abc", "y")], indent="")) == ["가   x", "abc  y"]
    assert list(columns([])) == []
    assert list(columns([("a" * 100, "x"), ("b", "y")], indent=""))[1] == "b" + " " * 61 + "y"
    assert width("é가") == 3


@pytest.mark.parametrize(
    ("text", "places", "expected"),
    [("short", 5, "short"), ("a\n b", 5, "a b"), ("가나다라마", 8, "가나..."), ("abcdefgh", 7, "abcd...")],
)
def test_a_brief_text_fits(text: str, places: int, expected: str) -> None:
    assert brief(text, places) == expected
    assert width(brief(text, places)) <= places


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (None, ""),
        ({"value": "71", "unit": "children", "place": "China", "period": "2012"}, "71 children, China, 2012."),
        ({"value": "4.7", "unit": "years"}, "4.7 years."),
        ({"value_low": "10000"}, "at least 10,000."),
        ({"value_high": "10000", "period_stated": "last year"}, "at most 10,000, last year."),
        ({"value": "5", "value_low": "4", "value_high": "6", "said_by": "A"}, "5 (4 to 6), says A."),
    ],
)
def test_a_figure_is_said_as_people_say_it(figure: dict[str, str] | None, said: str) -> None:
    assert figure_in_words(figure) == said


@pytest.mark.parametrize(
    ("years", "first", "last"),
    [
        ({"2011": 1, "2013": 2}, "  2011  1  ############", "  2013  2  ########################"),
        ({"1911": 1, "2013": 2}, "  1910-1919  1  ############", "  2010-2019  2  ########################"),
        ({"911": 1, "2013": 2}, "  900-999    1  ############", "  2000-2099  2  ########################"),
        ({"-9000": 1, "2013": 2}, "  -9000--8901  1  ############", "  2000-2099    2  ########################"),
    ],
)
def test_years_are_put_together_where_they_are_many(
    monkeypatch: pytest.MonkeyPatch, years: dict[str, int], first: str, last: str
) -> None:
    monkeypatch.setattr("archive.cli.bag_view.draws_blocks", lambda: False)
    lines = list(overview_lines(Overview("b", ours=True, years=years)))
    at = next(number for number, line in enumerate(lines) if line.startswith("Issued"))
    end = lines.index("", at)
    assert (lines[at + 1], lines[end - 1]) == (first, last)
    assert end - at <= 26


def test_bars_have_a_length_for_everything_but_nothing() -> None:
    assert list(bars([("a", 0), ("b", 1), ("c", 10**9)])) == [
        "  a              0", "  b              1  ▏", "  c  1,000,000,000  " + "█" * 24,
    ]  # fmt: skip
    assert list(bars([("a", 0)], smooth=False)) == ["  a  0"]
    assert list(bars([])) == []


def test_a_long_tally_names_the_first_and_counts_the_rest() -> None:
    languages = {f"x-{number:02}": 1 for number in range(30)}
    lines = list(overview_lines(Overview("b", ours=True, languages=languages)))
    assert "  and 6 more" in lines


def test_text_is_wrapped_and_long_words_are_left_whole() -> None:
    lines = list(wrapped("word " * 40 + "x" * 100, indent="  "))
    assert all(width(line) <= PAGE for line in lines[:-1])
    assert lines[-1].endswith("x" * 100)
    assert list(wrapped(" ")) == []


SHELF = Shelf(
    "bags",
    (
        ShelfLine("a-1", True, "urn:uuid:1", "A", "1", "open", 10, 100, 20, 1_234_567, "2024-05-03T10:00:00Z"),
        ShelfLine("b-1", True, "urn:uuid:2", "A", "1", "restricted", 5, 50, 9, 999, "2024-05-03T10:00:00Z"),
        ShelfLine("theirs"),
        ShelfLine("torn", problem="the file is torn"),
    ),
    others=1,
)


def test_a_folder_of_bags_is_a_line_a_bag_and_their_sums(verb: Put, archive_command: Command) -> None:
    verb("show", SHELF)
    result = archive_command("show", "bags")
    lines = result.stdout.splitlines()
    assert (result.exit_code, lines[0]) == (0, "bags")
    assert "  a-1     open        10         20     1.2 MB  2024-05-03" in lines
    assert "  theirs  -           -          -      -       -" in lines
    assert "  torn    unreadable  -          -      -       -" in lines
    assert "  torn  the file is torn" in lines
    assert "  4 bags              15         29     1.2 MB" in lines
    assert "1 entry of the folder is no bag." in lines
    assert lines[-1] == "Next: archive validate bags/a-1 bags/b-1 bags/theirs bags/torn"
    result = archive_command("show", "bags", "--json")
    found = json.loads(result.stdout)
    assert found["result"]["counts"]["documents"] == 15
    assert [one["name"] for one in found["result"]["bags"]] == ["a-1", "b-1", "theirs", "torn"]
    assert found["bags"][0]["urn"] == "urn:uuid:1"


def test_many_bags_are_shown_in_short(verb: Put, archive_command: Command) -> None:
    many = tuple(ShelfLine(f"b-{number:02}", True, documents=1) for number in range(30))
    verb("show", Shelf("bags", many, others=2))
    lines = archive_command("show", "bags").stdout.splitlines()
    assert "  and 6 more" in lines
    assert "2 entries of the folder are no bags." in lines
    assert lines[-1] == "Next: archive show bags/b-00"
    assert "Corpora" not in lines


def test_sizes_are_readable() -> None:
    assert [readable(size) for size in (0, 1000, 9_960, 10**12, 10**16)] == [
        "0 B",
        "1.0 kB",
        "10 kB",
        "1.0 TB",
        "10,000 TB",
    ]


def test_an_empty_shelf_has_no_line() -> None:
    assert [line for line in shelf_lines(Shelf("b", (ShelfLine("a"),))) if "Documents" in line] == []
