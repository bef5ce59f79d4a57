from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from archive.cli.bag_view import overview_lines
from archive.cli.document_view import document_lines
from archive.cli.layout import brief, columns, width
from archive.errors import BagUnreadableError
from archive.model.overview import (
    DocumentLine,
    DocumentView,
    FieldView,
    FileLine,
    Overview,
    PassageLine,
    Rejection,
    Said,
)

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
    assert "  furniture  2  0" in lines
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
