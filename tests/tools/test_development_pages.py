"""The scores on real pages do not fall below what they were."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.elsewhere import environment
from tools import development_pages


def test_a_page_is_flattened() -> None:
    page = b"<body><p>One <b>two</b><br>three<script>no</script><div>four</div></body>"
    assert development_pages.flattened(page) == "One two\nthree\nfour\n"
    assert development_pages.flattened(b"<p>caf\xe9</p>") == "café\n"


@pytest.mark.parametrize(
    ("name", "label", "value", "outcome"),
    [
        ("title", "Boats of  the north", "boats of the north", "exact"),
        ("title", "Boats of the north", "Boats of the north - Example Daily", "partial"),
        ("title", "Boats of the north", "Example Daily", "wrong"),
        ("author", "Ada Quill", "", "missed"),
        ("author", "", "Ada Quill", "spurious"),
        ("author", "", "", "none"),
        ("date", "2011-05-03", "2011-05", "partial"),
        ("date", "2011-05-03", "2011-05-04", "wrong"),
    ],
)
def test_values_are_judged(name: str, label: str, value: str, outcome: str) -> None:
    assert development_pages.judged(name, label, value) == outcome


def test_another_program_is_scored_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    stated = SimpleNamespace(title="A title", author=None, date="2011-05-03")
    other = SimpleNamespace(extract=lambda *_, **__: "text", extract_metadata=lambda _: stated)
    monkeypatch.setitem(sys.modules, "trafilatura", other)
    made = development_pages.from_trafilatura(b"<p>text")
    assert made == development_pages.Made("text", {"title": "A title", "author": "", "date": "2011-05-03"})


def test_the_scores(shared: Path, project: Path, tmp_path: Path) -> None:
    # In a process of its own, since measuring the coverage of 280 readings takes four times as long as reading.
    command = [sys.executable, project / "tools/development_pages.py", shared / "development-pages", "--missed"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(tmp_path), check=True)
    lines = done.stdout.splitlines()
    for name, f1, recall in (("HTML", 0.965, 0.985), ("flattened", 0.93, 0.98)):
        words = next(line for line in lines if line.startswith(f"{name}: F1")).split()
        assert float(words[words.index("F1") + 1]) >= f1
        assert float(words[words.index("recall") + 1]) >= recall
