"""The verbs themselves behind the command line: a folder of documents becomes a bag that is checked and shown."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

from archive.cli.envelope import SCHEMA, envelope, written
from archive.cli.program import program
from archive.model.codes import CODES, finding
from archive.model.findings import Where
from archive.model.reports import BagSummary, Report, Verdict
from archive.schema.shipped import identifier, profile_bytes, schema

Command = Callable[..., Result]


@pytest.fixture(scope="module")
def envelopes() -> Draft202012Validator:
    return Draft202012Validator(schema("report"))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a corpus that nobody has described yet."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "letter.txt").write_text("A letter\n\nDear reader, the river froze early that year.\n")
    (tmp_path / "corpus" / "report.html").write_text(
        "<html><head><title>Ice</title></head><body><p>The ferry stayed where it was all winter.</p></body></html>"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def value_of(result: Result, envelopes: Draft202012Validator) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(result.stdout)
    assert list(envelopes.iter_errors(value)) == []
    assert value["exit_code"] == result.exit_code
    assert result.stderr == ""
    return value


def test_each_command_names_the_next_one_until_the_bag_is_shown(place: Path, archive_command: Command) -> None:
    words = ["init", "corpus"]
    for verb in ("init", "check", "pack", "validate", "show"):
        assert words[0] == verb
        result = archive_command(*words, "--jobs", "1")
        assert (verb, result.exit_code, result.stderr) == (verb, 0, "")
        last = result.stdout.splitlines()[-1]
        assert last.startswith("Next: archive ")
        words = last.removeprefix("Next: archive ").split()
    assert words == ["validate", "bags/corpus-1-restricted"]
    assert "The ferry stayed" in archive_command("show", "bags/corpus-1-restricted", "report.html").stdout


def test_every_envelope_meets_the_schema(
    place: Path, archive_command: Command, envelopes: Draft202012Validator
) -> None:
    def run(*words: str) -> dict[str, Any]:
        return value_of(archive_command(*words, "--json", "--jobs", "1"), envelopes)

    assert run("check", "corpus")["exit_code"] == 2
    assert run("init", "corpus")["counts"]["documents"] == 2
    assert run("init", "corpus")["exit_code"] == 2
    assert run("check", "corpus")["verdict"] == "valid"
    assert run("pack", "corpus", "--to", "bags")["counts"]["packed"] == 2
    assert run("pack", "corpus", "--to", "bags")["findings"]
    bag = "bags/corpus-1-restricted"
    assert run("validate", bag, "--cross-check")["verdict"] == "valid"
    assert run("show", bag)["result"]["ours"] is True
    assert run("show", bag, "report.html")["result"]["document_id"] == "report.html"
    assert run("show", bag, "nothing.html")["exit_code"] == 2
    assert run("show", "nowhere")["exit_code"] == 3
    assert run("validate", "nowhere")["exit_code"] == 3
    (place / bag / "data" / "originals" / "letter.txt").write_text("Another letter")
    assert run("validate", bag)["verdict"] == "invalid"
    assert run("unheard-of")["command"] == "archive"


def test_the_root_digest_that_pack_prints_is_the_one_to_expect(
    place: Path, archive_command: Command, envelopes: Draft202012Validator
) -> None:
    archive_command("init", "corpus")
    packed = value_of(archive_command("pack", "corpus", "--to", "bags", "--json"), envelopes)
    (bag,) = packed["bags"]
    assert archive_command("validate", bag["path"], "--expect", bag["root_digest"]).exit_code == 0
    assert archive_command("validate", bag["path"], "--expect", "0" * 64).exit_code == 1


def test_options_of_pack_reach_the_bag(place: Path, archive_command: Command) -> None:
    archive_command("init", "corpus")
    result = archive_command(
        "pack", "corpus", "--to", "bags", "--name", "border", "--checksum", "sha512", "--recipe", "none",
        "--access", "restricted", "--allow-rejected", "--cross-check", "--quiet",
    )  # fmt: skip
    assert (result.exit_code, result.output) == (0, "")
    assert (place / "bags" / "border-restricted" / "manifest-sha512.txt").is_file()


def test_nothing_published_ends_with_the_same_command(place: Path, archive_command: Command) -> None:
    archive_command("init", "corpus")
    (place / "corpus" / "metadata.csv").write_text("filename,date_issued\nletter.txt,yesterday\n")
    result = archive_command("pack", "corpus", "--to", "bags")
    assert result.exit_code == 1
    assert "0 packed + 1 rejected + 0 failed + 0 ignored" in result.stdout
    assert result.stdout.splitlines()[-2:] == [
        "Nothing was published. Correct the errors above, then pack again, or give --allow-rejected to pack the rest.",
        "Next: archive pack corpus --to bags",
    ]
    allowed = archive_command("pack", "corpus", "--to", "bags", "--allow-rejected")
    assert allowed.exit_code == 1
    assert allowed.stdout.splitlines()[-1] == "Next: archive validate bags/corpus-1-restricted"


def test_the_examples_of_every_help_run(place: Path, archive_command: Command) -> None:
    archive_command("init", "corpus")
    toml = place / "corpus" / "corpus.toml"
    toml.write_text(
        toml.read_text("utf-8")
        .replace('slug = "corpus"', 'slug = "my-corpus"')
        .replace('# access_level = "open"', 'access_level = "open"'),
        encoding="utf-8",
    )
    (place / "national-library.json").write_bytes(profile_bytes())
    now = toml.read_text("utf-8")
    toml.write_text(now.replace('version = "1"', 'version = "0.9"'), encoding="utf-8")
    assert archive_command("pack", "corpus", "--to", "bags").exit_code == 0
    toml.write_text(now, encoding="utf-8")
    for name in ("check", "pack", "validate", "show"):
        if name == "validate":
            shutil.make_archive(str(place / "my-corpus-1"), "zip", place / "bags", "my-corpus-1")
        for line in (program.commands[name].epilog or "").splitlines():
            words = line.partition("#")[0].partition(">")[0].replace("bags/*", "bags/my-corpus-1").split()
            if words[:1] == ["archive"]:
                result = archive_command(*words[1:])
                assert (line, result.exit_code) == (line, 0), result.output
    for name in ("corpus.toml", "metadata.csv"):
        (place / "corpus" / name).unlink()
    for line in (program.commands["init"].epilog or "").splitlines():
        words = line.partition("#")[0].split()
        if words[:1] == ["archive"]:
            folder = place / words[2]
            shutil.rmtree(place / "drafts", ignore_errors=True)
            for made in ("corpus.toml", "metadata.csv"):
                (folder / made).unlink(missing_ok=True)
            assert (line, archive_command(*words[1:]).exit_code) == (line, 0)


def test_the_schema_is_the_shipped_one() -> None:
    assert identifier("report") == SCHEMA


def test_a_report_full_of_hostile_text_meets_the_schema(envelopes: Draft202012Validator) -> None:
    odd = "a\udcff\ud800\x00\x1b[2J\n"
    findings = tuple(
        finding(code, document=odd, where=Where(odd, 1, odd, odd, "0-1"), found=odd, expected=odd) for code in CODES
    )
    report = Report("check", Verdict.INVALID, findings, {odd: 1}, (BagSummary(odd, odd, "ab" * 32, odd),))
    value = json.loads(written(envelope(report, 1)))
    assert list(envelopes.iter_errors(value)) == []


def test_a_profile_reaches_pack_and_validate(
    place: Path, archive_command: Command, envelopes: Draft202012Validator
) -> None:
    info = {"Source-Organization": "A", "External-Description": "B", "Version": "1"}
    info |= {"BagIt-Profile-Identifier": "https://example.org/p.json", "BagIt-Profile-Version": "1.4.0"}
    profile: dict[str, Any] = {
        "BagIt-Profile-Info": info,
        "Accept-BagIt-Version": ["1.0"],
        "Accept-Serialization": ["application/zip"],
        "Bag-Info": {"Contact-Email": {"required": True}},
    }
    (place / "p.json").write_text(json.dumps(profile))
    archive_command("init", "corpus")
    lacking = archive_command("pack", "corpus", "--to", "bags", "--profile", "p.json")
    assert lacking.exit_code == 1
    assert 'Contact-Email = "..."' in lacking.stdout
    toml = place / "corpus" / "corpus.toml"
    toml.write_text(toml.read_text() + '\n[bag-info]\nContact-Email = "a@example.org"\n')
    packed = value_of(archive_command("pack", "corpus", "--to", "bags", "--profile", "p.json", "--json"), envelopes)
    bag = packed["bags"][0]["path"]
    assert archive_command("validate", bag, "--profile", "p.json").exit_code == 0
    assert archive_command("validate", bag).exit_code == 0
    assert archive_command("validate", bag, "--profile", "absent.json").exit_code == 2
    profile["Manifests-Required"] = ["md5"]
    (place / "p.json").write_text(json.dumps(profile))
    assert archive_command("validate", bag, "--profile", "p.json").exit_code == 1
    (place / "p.json").write_text("{}")
    assert archive_command("validate", bag, "--profile", "p.json").exit_code == 3
