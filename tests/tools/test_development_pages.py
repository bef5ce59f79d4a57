"""The score on real pages does not fall below what it was."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools import development_pages


def test_a_page_is_flattened() -> None:
    page = b"<body><p>One <b>two</b><br>three<script>no</script><div>four</div></body>"
    assert development_pages.flattened(page) == "One two\nthree\nfour\n"
    assert development_pages.flattened(b"<p>caf\xe9</p>") == "café\n"


def test_the_score(shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["development_pages.py", str(shared / "development-pages"), "--missed"])
    assert development_pages.main() == 0
    words = capsys.readouterr().out.split()
    scores = {name: float(words[words.index(name) + 1]) for name in ("F1", "precision", "recall")}
    assert scores["F1"] >= 0.88
    assert scores["recall"] >= 0.97
