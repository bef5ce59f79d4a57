"""Options reach the verbs, results reach standard output, and every end has its exit code."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from typing import Any

import click
import pytest
from click.testing import Result

from archive.cli import endings, running, streams
from archive.cli.program import program
from archive.errors import StorageError, TargetExistsError
from archive.model.codes import finding
from archive.model.findings import Where
from archive.model.reports import BagSummary, Report, Verdict

Command = Callable[..., Result]
Put = Callable[[str, Any], Any]

CALLS = {
    "init": ["init", "corpus"],
    "check": ["check", "corpus"],
    "pack": ["pack", "corpus", "--to", "bags"],
    "validate": ["validate", "bags/a-1"],
}


def good(command: str, **counts: int) -> Report:
    return Report(command, Verdict.VALID, counts=counts, bags=(BagSummary("bags/a-1", root_digest="ab" * 32),))


def warned(command: str) -> Report:
    return Report(command, Verdict.VALID, (finding("access.unstated"),))


def bad(command: str) -> Report:
    one = finding("payload.missing", where=Where(file="data/\x1b[2J.txt"))
    return Report(command, Verdict.INVALID, (finding("path.escaped"), one))


@pytest.mark.parametrize("name", CALLS)
def test_a_good_report_is_on_standard_output_and_ends_with_the_next_command(
    name: str, verb: Put, archive_command: Command
) -> None:
    verb(name, good(name))
    result = archive_command(*CALLS[name])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1] == {
        "init": "Next: archive check corpus",
        "check": "Next: archive pack corpus --to bags",
        "pack": "Next: archive validate bags/a-1",
        "validate": "Next: archive show bags/a-1",
    }[name]  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_errors_end_with_the_same_command_again(name: str, verb: Put, archive_command: Command) -> None:
    verb(name, bad(name))
    result = archive_command(*CALLS[name])
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == f"Next: archive {' '.join(CALLS[name])}"
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("name", CALLS)
def test_quiet_says_errors_alone(name: str, verb: Put, archive_command: Command) -> None:
    verb(name, good(name))
    assert archive_command(*CALLS[name], "--quiet").output == ""
    verb(name, bad(name))
    result = archive_command(*CALLS[name], "-q")
    assert result.exit_code == 1
    assert result.stdout.startswith("error: payload.missing")
    assert "path.escaped" not in result.stdout
    assert "Next" not in result.stdout


@pytest.mark.parametrize("name", CALLS)
def test_json_is_one_envelope_and_nothing_else(name: str, verb: Put, archive_command: Command) -> None:
    verb(name, bad(name))
    result = archive_command(*CALLS[name], "--json")
    value = json.loads(result.stdout)
    assert list(value) == ["schema", "tool", "command", "verdict", "exit_code", "counts", "bags", "findings"]
    assert (value["command"], value["verdict"], value["exit_code"]) == (name, "invalid", 1)
    assert (result.exit_code, result.stderr) == (1, "")


@pytest.mark.parametrize("name", ["check", "pack", "validate"])
def test_strict_makes_warnings_count(name: str, verb: Put, archive_command: Command) -> None:
    verb(name, warned(name))
    assert archive_command(*CALLS[name]).exit_code == 0
    assert archive_command(*CALLS[name], "--strict").exit_code == 1
    assert json.loads(archive_command(*CALLS[name], "--strict", "--json").stdout)["exit_code"] == 1
    verb(name, good(name))
    assert archive_command(*CALLS[name], "--strict").exit_code == 0


@pytest.mark.parametrize("name", CALLS)
def test_undetermined_is_three(name: str, verb: Put, archive_command: Command) -> None:
    verb(name, Report(name, Verdict.UNDETERMINED, (finding("payload.missing"),)))
    assert archive_command(*CALLS[name]).exit_code == 3


@pytest.mark.parametrize("name", CALLS)
def test_an_error_of_ours_is_a_message_with_its_remedy(name: str, verb: Put, archive_command: Command) -> None:
    verb(name, StorageError("the disk is full", where="bags\x1b[1m", remedy="Make room"))
    result = archive_command(*CALLS[name])
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "archive: bags\\x1b[1m: the disk is full\nWhat to do: Make room\n"


@pytest.mark.parametrize(
    ("error", "code", "exit_code"),
    [
        (StorageError("full", where="bags"), "run.failed", 3),
        (TargetExistsError("taken", where="bags/a-1"), "run.refused", 1),
        (PermissionError(13, "Permission denied", "bags"), "run.failed", 3),
        (KeyboardInterrupt(), "run.interrupted", 130),
        (RuntimeError("odd"), "run.fault", 3),
    ],
)
def test_json_has_an_envelope_for_what_stops_a_verb(
    error: BaseException, code: str, exit_code: int, verb: Put, archive_command: Command
) -> None:
    verb("pack", error)
    result = archive_command(*CALLS["pack"], "--json")
    value = json.loads(result.stdout)
    assert (value["verdict"], value["exit_code"], value["command"]) == ("undetermined", exit_code, "pack")
    assert [one["code"] for one in value["findings"]] == [code]
    assert (result.exit_code, result.stderr) == (exit_code, "")


def test_ctrl_c_says_that_nothing_was_published(verb: Put, archive_command: Command) -> None:
    verb("pack", KeyboardInterrupt())
    result = archive_command(*CALLS["pack"])
    assert result.exit_code == 130
    assert result.stderr.startswith("archive: interrupted; nothing was published\n")


def test_ctrl_c_after_the_work_does_not_say_that_nothing_was_published(
    verb: Put, archive_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    verb("pack", good("pack"))
    monkeypatch.setattr(running, "say", interrupted)
    result = archive_command(*CALLS["pack"])
    assert result.exit_code == 130
    assert result.stderr.startswith("archive: interrupted; the work was done before, ")


def test_what_is_told_to_end_says_so(verb: Put, archive_command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    monkeypatch.setattr(endings, "heed_no_more", lambda: told.append(True))
    verb("pack", endings.ToldToEnd(15))
    result = archive_command(*CALLS["pack"], "--json")
    assert (result.exit_code, json.loads(result.stdout)["exit_code"], told) == (143, 143, [True])


def test_a_fault_of_ours_asks_for_a_report_and_shows_a_trace_on_request(
    verb: Put, archive_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ARCHIVE_DEBUG", raising=False)
    verb("check", RuntimeError("odd"))
    result = archive_command(*CALLS["check"])
    assert result.exit_code == 3
    assert "RuntimeError: odd" in result.stderr
    assert "ARCHIVE_DEBUG=1" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in archive_command(*CALLS["check"], env={"ARCHIVE_DEBUG": "1"}).stderr


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["pack", "corpus"], "pack"),
        (["pack", "corpus", "--to", "bags", "--jobs", "0"], "pack"),
        (["pack", "corpus", "--to", "bags", "--access", "secret"], "pack"),
        (["validate"], "validate"),
        (["unheard-of"], "archive"),
        (["check", "corpus", "--what"], "check"),
    ],
)
def test_wrong_usage_is_two_with_and_without_json(words: list[str], command: str, archive_command: Command) -> None:
    plain = archive_command(*words)
    assert (plain.exit_code, plain.stdout) == (2, "")
    assert plain.stderr.startswith("Usage: ")
    result = archive_command(*words, "--json")
    value = json.loads(result.stdout)
    assert (result.exit_code, value["exit_code"], value["command"]) == (2, 2, command)
    assert value["findings"][0]["code"] == "run.refused"


def test_a_limit_of_digits_without_end_is_wrong_usage(archive_command: Command) -> None:
    told = archive_command("check", "c", "--limit", f"seconds={'9' * 5000}")
    assert told.exit_code == 2
    assert "is no name and whole number" in told.stderr
    assert len(told.stderr) < 400


def test_options_reach_the_verbs(verb: Put, archive_command: Command) -> None:
    packed = verb("pack", good("pack"))
    archive_command("pack", "c", "--to", "b", "--name", "n", "--recipe", "none", "--access", "open", "--jobs", "3",
                    "--limit", "seconds=30", "--limit", " nesting = 2")  # fmt: skip
    assert packed.given == ("c", "b")
    expected = {"name": "n", "recipe": "none", "access": "open", "jobs": 3, "limits": {"seconds": 30, "nesting": 2}}
    assert {key: packed.named[key] for key in expected} == expected
    started = verb("init", good("init"))
    archive_command("init", "c", "--out", "o", "--mint-ids")
    assert (started.given, started.named["out"], started.named["mint_ids"]) == (("c",), "o", True)
    validated = verb("validate", good("validate"))
    archive_command("validate", "a", "b", "--depth", "oxum", "--expect", "ab")
    assert (validated.given, validated.named["depth"], validated.named["expect"]) == (("a", "b"), "oxum", "ab")
    checked = verb("check", good("check"))
    result = archive_command("check", "c", "--recipe", "none", "--access", "open", "--limit", "nesting=2")
    assert result.stdout.splitlines()[-1] == (
        "Next: archive pack c --to bags --recipe none --access open --limit nesting=2"
    )
    assert (checked.given, checked.named["recipe"], checked.named["access"]) == (("c",), "none", "open")


def test_after_the_sheet_alone_the_whole_folder_is_checked(verb: Put, archive_command: Command) -> None:
    verb("check", good("check"))
    assert archive_command("check", "c d/metadata.csv").stdout.splitlines()[-1] == "Next: archive check 'c d'"
    assert archive_command("check", "metadata.csv").stdout.splitlines()[-1] == "Next: archive check ."


def test_files_written_elsewhere_are_to_be_moved(verb: Put, archive_command: Command) -> None:
    verb("init", good("init"))
    lines = archive_command("init", "my corpus", "--out", "drafts").stdout.splitlines()
    assert "move both files" in lines[-2]
    assert lines[-1] == "Next: archive check 'my corpus'"


@pytest.mark.parametrize("words", [["--help"], ["-h"], *([name, "--help"] for name in (*CALLS, "show"))])
def test_help_has_examples(words: list[str], archive_command: Command) -> None:
    result = archive_command(*words)
    assert result.exit_code == 0
    assert "Examples:\n    archive " in result.stdout


def test_help_names_the_exit_codes(archive_command: Command) -> None:
    said = archive_command("--help").stdout
    assert "130  interrupted with Ctrl-C; nothing was published" in said
    assert "143  told to end (SIGTERM; 129: its terminal was closed), the same" in said


def test_every_example_is_a_command_that_the_program_takes() -> None:
    tried = 0
    for name, command in program.commands.items():
        for line in (command.epilog or "").splitlines():
            words = shlex.split(line.partition(">")[0], comments=True)
            if words[:2] == ["archive", name]:
                command.make_context(name, words[2:])
                tried += 1
            else:
                assert words in ([], ["\b"], ["Examples:"])
    assert tried >= 12


def test_the_version_is_printed(archive_command: Command) -> None:
    assert archive_command("--version").stdout.startswith("corpus-archive ")


def test_the_version_is_not_asked_for_by_completion() -> None:
    assert isinstance(program.make_context("archive", ["--version"], resilient_parsing=True), click.Context)


def test_a_report_that_cannot_be_written_is_an_error_not_a_traceback(verb: Put, archive_command: Command) -> None:
    verb("check", lambda **_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    result = archive_command(*CALLS["check"])
    assert result.exit_code == 3
    assert "the disk is full" in result.stderr


@pytest.mark.parametrize(("left", "exit_code"), [(True, 0), (False, 3)])
def test_a_broken_pipe_is_quiet_where_it_is_that_of_the_result(
    left: bool, exit_code: int, verb: Put, archive_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "reader_has_left", lambda: left)
    verb("check", BrokenPipeError(32, "Broken pipe"))
    result = archive_command(*CALLS["check"])
    assert result.exit_code == exit_code
    assert bool(result.stderr) is not left


def test_an_envelope_that_cannot_be_written_is_told_in_words(
    verb: Put, archive_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: str) -> None:
        raise StorageError("the result could not be written", where="standard output")

    monkeypatch.setattr(running, "say", full)
    verb("check", StorageError("it may not be read", where="corpus"))
    result = archive_command(*CALLS["check"], "--json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "corpus: it may not be read" in result.stderr
    assert "the result could not be written" in result.stderr
