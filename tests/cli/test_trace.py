from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from click.testing import Result

from archive.errors import UsageError
from archive.model.citations import Citation
from archive.model.codes import finding
from archive.model.traces import (
    ByteRange,
    CheckedFile,
    NearMiss,
    ProtectingLine,
    Trace,
    TracedPart,
    TracedPassage,
    TracedPlace,
)

Command = Callable[..., Result]
Put = Callable[[str, Any], Any]

CITATION = Citation(
    ("Kim, Example",), "Winter", "Example Daily", "2011", "https://example.org/w", "River", "1", "open", "urn:uuid:1",
    "winter", (("p1", "ab" * 32),), "cd" * 32, "ef" * 32,
)  # fmt: skip
SPAN = ByteRange("data/originals/w.txt", 10, 20, "utf-8", "cold\x1b[2J\nwinter", "00" * 32)
PASSAGE = TracedPassage(
    "winter", "p1", 3, "body", kept=True, reason="", language="en", locator="page=2", projection="1:nfc",
    sha256="ab" * 32, text="A cold winter.", spans=(SPAN,), follows=True,
)  # fmt: skip
PART = TracedPart("cold", 2, 4, 102, narrowed=True, spans=(SPAN,))
PLACE = TracedPlace(
    "winter", "w.txt", "data/originals/w.txt", "data/records/00000.jsonl", 7, (PASSAGE,), (), 1, CITATION
)
FILE = CheckedFile(
    "data/originals/w.txt", "original", 1234, (ProtectingLine("manifest-sha256.txt", "sha256", 5, "aa", "aa"),)
)
FOUND = Trace("bags/r", "urn:uuid:1", "open", "ef" * 32, None, (PLACE,), (FILE,))
LOST = Trace(
    "bags/r", "urn:uuid:1", "restricted", None, "warm", (), (),
    (NearMiss("winter", "p1", 3, 0.5, "A cold winter."),), (finding("quotation.not-found", found="warm"),),
)  # fmt: skip


def lines(result: Result) -> list[str]:
    return [line.strip() for line in result.stdout.splitlines()]


def test_a_passage_is_shown_with_its_bytes_and_checks(verb: Put, archive_command: Command) -> None:
    called = verb("trace", FOUND)
    result = archive_command("trace", "bags/r", "winter", "3")
    assert (called.given, called.named) == (("bags/r", "winter", "3"), {"quote": None, "annotation": None})
    assert (result.exit_code, result.stderr) == (0, "")
    said = lines(result)
    for line in (
        "Winter",
        "record    data/records/00000.jsonl, line 7",
        "Passage 3, p1, body, kept",
        "A cold winter.",
        "at page=2",
        "data/originals/w.txt, bytes 10-20, utf-8",
        r"cold\x1b[2J\nwinter",
        "follows from them by 1:nfc",
        "manifest-sha256.txt, line 5: aa holds",
        f"root digest  {'ef' * 32}",
        "holds",
    ):
        assert line in said
    assert said[-1] == "Next: archive validate bags/r"


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (PART, ["characters 2-6 of the passage, 102-106 of the text", "from the bytes of that part"]),
        (replace(PART, narrowed=False), ["from the bytes of the whole passage"]),
        (replace(PART, document_char_start=None), ["characters 2-6 of the passage"]),
    ],
)
def test_a_part_says_where_it_stands(
    part: TracedPart, expected: list[str], verb: Put, archive_command: Command
) -> None:
    verb("trace", replace(FOUND, quote="cold", places=(replace(PLACE, passages=(replace(PASSAGE, part=part),)),)))
    said = lines(archive_command("trace", "bags/r", "--quote", "cold"))
    assert all(line in said for line in expected)


def test_what_does_not_hold_is_said(verb: Put, archive_command: Command) -> None:
    wrong = (
        CheckedFile("a", "original", 1, ()),
        CheckedFile("b", "record", 1, (ProtectingLine("m", "sha256", 1, "aa", "bb"),)),
        CheckedFile("c", "layer", 1, (ProtectingLine("m", "sha256", 1, "aa", ""),)),
    )
    passage = replace(PASSAGE, follows=False, kept=False, reason="a menu", locator="")
    found = replace(
        FOUND, places=(replace(PLACE, passages=(passage,)),), files=wrong, findings=(finding("digest.mismatch"),)
    )
    verb("trace", found)
    result = archive_command("trace", "bags/r", "winter", "3")
    assert result.exit_code == 1
    said = lines(result)
    for line in (
        "Passage 3, p1, body, not kept: a menu",
        "DOES NOT FOLLOW from them by 1:nfc",
        "NO MANIFEST LISTS IT",
        "m, line 1: aa DOES NOT HOLD, the file has bb",
        "m, line 1: aa DOES NOT HOLD, the file has no digest",
        "DOES NOT HOLD: see above",
    ):
        assert line in said
    assert "digest.mismatch" in archive_command("trace", "bags/r", "winter", "--quiet").stdout


def test_many_places_take_a_line_each(verb: Put, archive_command: Command) -> None:
    untitled = replace(PLACE, passages=(), citation=replace(CITATION, title=None))
    verb("trace", replace(FOUND, places=(PLACE, untitled)))
    said = lines(archive_command("trace", "bags/r", "--quote", "cold"))
    assert said[0] == "2 places"
    assert "1 passage derived from the bytes again." in said
    place = replace(PLACE, passages=(PASSAGE, replace(PASSAGE, part=PART)))
    verb("trace", replace(FOUND, places=(place,) * 4))
    said = lines(archive_command("trace", "bags/r", "--quote", "cold"))
    assert said.count("winter, page=2, passage 3, data/originals/w.txt, bytes 10-20: cold") == 4


def test_a_citation_stands_alone(verb: Put, archive_command: Command) -> None:
    verb("trace", FOUND)
    result = archive_command("trace", "bags/r", "winter", "3", "--cite")
    assert result.stdout.splitlines() == [
        'Kim, Example, "Winter", Example Daily, 2011. https://example.org/w',
        "In: River, version 1, urn:uuid:1.",
        "Document winter, passage p1.",
        "; ".join(
            (
                f"sha256 of passage p1 {'ab' * 32}",
                f"of the original {'cd' * 32}",
                f"of the bag's tagmanifest-sha256.txt {'ef' * 32}.",
            )
        ),
        "",
    ]
    assert "(restricted)" in replace(CITATION, access_level="restricted").sentences()[1]


def test_what_does_not_hold_is_not_cited(verb: Put, archive_command: Command) -> None:
    verb("trace", replace(FOUND, findings=(finding("digest.mismatch"),)))
    result = archive_command("trace", "bags/r", "winter", "3", "--cite")
    assert (result.exit_code, lines(result)[0]) == (1, "No citation: not all that it would name holds.")
    assert "error: digest.mismatch" in lines(result)
    assert "urn:uuid:1" not in result.stdout


@pytest.mark.parametrize("cite", [(), ("--cite",)])
def test_a_quotation_that_is_nowhere_is_one(cite: tuple[str, ...], verb: Put, archive_command: Command) -> None:
    verb("trace", LOST)
    result = archive_command("trace", "bags/r", "--quote", "warm", *cite)
    assert result.exit_code == 1
    said = lines(result)
    assert "error: quotation.not-found" in said
    assert "winter  3  50%  A cold winter." in said
    assert ("The bag is restricted: mind to whom you show this." in said) is not bool(cite)


def test_long_texts_are_cut(verb: Put, archive_command: Command) -> None:
    verb("trace", replace(FOUND, places=(replace(PLACE, passages=(replace(PASSAGE, text="x" * 5000),)),)))
    assert "x" * 1500 + "..." in lines(archive_command("trace", "bags/r", "winter", "3"))


def test_json_has_all_of_it(verb: Put, archive_command: Command) -> None:
    verb("trace", FOUND)
    value = json.loads(archive_command("trace", "bags/r", "winter", "3", "--json").stdout)
    assert (value["command"], value["verdict"], value["exit_code"]) == ("trace", "valid", 0)
    result = value["result"]
    assert result["files"][0]["holds"] is True
    assert result["files"][0]["lines"][0]["holds"] is True
    assert result["places"][0]["passages"][0]["spans"][0]["byte_start"] == 10
    assert len(result["places"][0]["citation"]["sentences"]) == 4
    verb("trace", LOST)
    value = json.loads(archive_command("trace", "bags/r", "--quote", "warm", "--json").stdout)
    assert (value["verdict"], value["exit_code"]) == ("undetermined", 1)
    assert value["findings"][0]["code"] == "quotation.not-found"


def test_a_wrong_call_is_two(verb: Put, archive_command: Command) -> None:
    verb("trace", UsageError("no document is named"))
    assert archive_command("trace", "bags/r").exit_code == 2
    assert "--cite" in archive_command("trace", "--help").stdout
