from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from archive.cli.export import _FORMATS
from archive.exporting.formats import FORMATS
from archive.model.codes import finding
from archive.model.reports import BagSummary, Report, Verdict

Command = Callable[..., Result]
Put = Callable[[str, Any], Any]

DONE = Report(
    "export", Verdict.VALID, (finding("export.no-text", found="odd"),), {"documents": 3, "exported": 2},
    (BagSummary("bags/r-1", "urn:uuid:1", "ab" * 32),),
)  # fmt: skip


def test_an_export_says_where_it_is(verb: Put, archive_command: Command) -> None:
    called = verb("export", lambda **_: DONE)
    result = archive_command(
        "export", "bags/r-1", "bags/r-2", "--to", "out", "--format", "text", "--where", "language=ko",
        "--where", "subjects = a=b", "--from", "2011", "--until", "2012",
    )  # fmt: skip
    assert called.given == ("bags/r-1", "bags/r-2")
    assert {key: called.named[key] for key in ("to", "format", "where", "since", "until")} == {
        "to": "out",
        "format": "text",
        "where": (("language", "ko"), ("subjects", " a=b")),
        "since": "2011",
        "until": "2012",
    }
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert "notice: export.no-text" in lines
    assert lines[-2:] == ["Written to out; README.md there says what it is.", "Next: archive show bags/r-1"]
    assert not [line for line in lines if "Keep the root digest" in line or line.startswith("valid")]


def test_an_export_with_errors_points_to_validate(verb: Put, archive_command: Command) -> None:
    verb("export", Report("export", Verdict.VALID, (finding("table.differs"),), {"exported": 2}))
    result = archive_command("export", "b", "--to", "out", "--format", "tables")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "Next: archive validate b"


def test_nothing_written_is_said(verb: Put, archive_command: Command) -> None:
    verb("export", Report("export", Verdict.INVALID, (finding("export.nothing-selected"),), {"exported": 0}))
    result = archive_command("export", "b", "--to", "out", "--format", "csv")
    assert result.exit_code == 1
    assert "Nothing was written." in result.stdout.splitlines()


def test_json_is_the_envelope(verb: Put, archive_command: Command) -> None:
    verb("export", DONE)
    value = json.loads(archive_command("export", "b", "--to", "out", "--format", "csv", "--json").stdout)
    assert (value["command"], value["counts"]["exported"]) == ("export", 2)


@pytest.mark.parametrize(
    "words",
    [("b", "--format", "csv"), ("b", "--to", "o"), ("b", "--to", "o", "--format", "xls"),
     ("b", "--to", "o", "--format", "csv", "--where", "language")],
)  # fmt: skip
def test_a_wrong_call_is_two(words: tuple[str, ...], archive_command: Command) -> None:
    assert archive_command("export", *words).exit_code == 2


def test_the_command_names_all_formats(archive_command: Command) -> None:
    assert set(_FORMATS) == set(FORMATS)
    assert "Examples:" in archive_command("export", "--help").stdout
