from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from click.testing import Result

from archive.cli import running
from archive.errors import BagUnreadableError
from archive.model.differences import (
    Change,
    Difference,
    DocumentChange,
    DocumentName,
    PassageChanges,
    PassageLine,
)
from archive.model.reports import BagSummary
from archive.model.versions import Tombstone

Command = Callable[..., Result]
Put = Callable[[str, Any], Any]

PASSAGES = PassageChanges(
    1, 1, 1, 25,
    (PassageLine("p1", 0, "body, kept, en", None, "New words"),),
    (PassageLine("p2", 1, "body, kept, en", None, "Old words"),),
    (PassageLine("p3", 2, "title, kept, en", "body, kept, en", "Words"),),
)  # fmt: skip
CHANGE = DocumentChange(
    "winter", None, (Change("original_sha256", "aa", "bb"),), (Change("creators", None, ["Kim", "Lee"]),),
    (), (Change("characters", 10, 12),), PASSAGES, ("statements",),
)  # fmt: skip
RENAMED = DocumentChange("b", "a\x1b", (), (), (), (), None, ())
FOUND = Difference(
    BagSummary("bags/r-1", "urn:uuid:1"),
    BagSummary("bags/r-2"),
    (Change("corpus.version", "1", "2"), Change("recipe.steps", None, [{"a": 1}])),
    {"before": 3, "after": 61, "same": 0, "changed": 1, "renamed": 1, "removed": 1, "added": 60},
    tuple(DocumentName(f"n{number:02}", "New" if number else None, "cc", "urn:uuid:0") for number in range(60)),
    (DocumentName("gone", "Gone", "dd", "urn:uuid:9", "consent"),),
    (RENAMED,),
    (CHANGE,),
    tombstones=(Tombstone("urn:uuid:9", "consent", "2024-05-03"),),
)


def test_changes_are_shown_by_kind(verb: Put, archive_command: Command) -> None:
    called = verb("diff", FOUND)
    result = archive_command("diff", "bags/r-1", "bags/r-2")
    assert called.given == ("bags/r-1", "bags/r-2")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    for line in (
        "before  bags/r-1  urn:uuid:1",
        "  corpus.version  1 -> 2",
        '  recipe.steps    (nothing) -> [{"a": 1}]',
        "  gone  Gone (withdrawn: consent)",
        "Tombstones, new",
        "  urn:uuid:9  consent  2024-05-03",
        "  n49  New",
        "  and 10 more",
        r"  a\x1b -> b",
        "  winter: original, metadata, text, passages, statements",
        "    creators         (nothing) -> Kim; Lee",
        "    characters       10 -> 12",
        "    - passage 1  body, kept, en  Old words",
        "    + passage 0  body, kept, en  New words",
        "    ~ passage 2  body, kept, en -> title, kept, en  Words",
        "    ~ and 24 passages more",
        "3 documents before, 61 after: 0 same, 1 changed, 1 renamed, 1 removed, 60 added",
        "Nothing of this was verified.",
        "Next: archive validate bags/r-1 bags/r-2",
    ):
        assert line in lines
    assert not [line for line in lines if "n50" in line]


def test_no_difference_is_short(verb: Put, archive_command: Command) -> None:
    counts = {**dict.fromkeys(FOUND.counts, 0), "before": 2, "after": 2, "same": 2}
    verb("diff", replace(FOUND, corpus=(), counts=counts, added=(), removed=(), renamed=(), changed=(), tombstones=()))
    lines = archive_command("diff", "bags/r-1", "bags/r-2").stdout.splitlines()
    assert lines[3].startswith("2 documents before, 2 after: 2 same")
    assert archive_command("diff", "bags/r-1", "bags/r-2", "--quiet").output == ""


def test_how_much_was_compared_is_for_who_watches(
    verb: Put, archive_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "on_terminal", lambda: True)
    verb("diff", FOUND)
    assert archive_command("diff", "a", "b").stderr.startswith("64 documents in ")
    assert archive_command("diff", "a", "b", "--quiet").stderr == ""
    assert archive_command("diff", "a", "b", "--json").stderr == ""


def test_json_has_all_of_it(verb: Put, archive_command: Command) -> None:
    verb("diff", FOUND)
    value = json.loads(archive_command("diff", "bags/r-1", "bags/r-2", "--json").stdout)
    assert (value["command"], value["verdict"], value["exit_code"]) == ("diff", "undetermined", 0)
    assert len(value["result"]["added"]) == 60
    assert value["result"]["changed"][0]["parts"][-1] == "statements"


def test_a_bag_that_cannot_be_read_is_three(verb: Put, archive_command: Command) -> None:
    verb("diff", BagUnreadableError("there is no bag", where="b"))
    assert archive_command("diff", "a", "b").exit_code == 3
