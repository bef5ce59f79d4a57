from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Command = Callable[..., Result]
TOML = 'identifier = "e"\nversion = "1"\ntitle = "E"\naccess_level = "restricted"\nredactions = "w.jsonl"\n'


def test_redacted_texts_are_made_and_said(tmp_path: Path, archive_command: Command) -> None:
    entry = {"document": "a.txt", "redacted": "open.txt", "exact": "Mina", "reason": "identity"}
    (tmp_path / "corpus.toml").write_text(TOML)
    (tmp_path / "a.txt").write_text("It was Mina who told us.\n")
    (tmp_path / "w.jsonl").write_text(json.dumps(entry))
    result = archive_command("redact", str(tmp_path))
    assert result.exit_code == 0
    assert "1 written, 0 same" in result.stdout
    assert result.stdout.splitlines()[-1] == f"Next: archive check {tmp_path}"
    result = archive_command("redact", str(tmp_path), "--limit", "blocks=2000")
    assert result.stdout.splitlines()[-1] == f"Next: archive check {tmp_path} --limit blocks=2000"
    (tmp_path / "w.jsonl").write_text(json.dumps(entry | {"exact": "Minna"}))
    result = archive_command("redact", str(tmp_path))
    assert result.exit_code == 1
    assert "redactions.not-found" in result.stdout
    assert "Minna" not in result.output
    (tmp_path / "w.jsonl").write_text(json.dumps(entry | {"exact": "MINA", "reason": "family"}))
    result = archive_command("redact", str(tmp_path))
    assert result.exit_code == 1
    assert "open.txt" in result.stdout
    assert "--replace" in result.stdout
    assert archive_command("redact", str(tmp_path), "--replace").exit_code == 0
    assert (tmp_path / "open.txt").read_text() == "It was [withheld: family] who told us.\n"
