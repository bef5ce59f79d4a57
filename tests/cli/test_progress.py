from __future__ import annotations

import io
import sys

import pytest

from archive.cli import running
from archive.cli.progress import listening, pace, rate
from archive.model.progress import Progress, unheard
from archive.model.reports import Report, Verdict


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nobody_is_told_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with listening(quiet=False) as listener:
        assert listener is unheard


def test_quiet_is_quiet_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    with listening(quiet=True) as listener:
        assert listener is unheard


def test_each_stage_has_a_bar_on_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "120")
    with listening(quiet=False) as listener:
        listener(Progress("staging", 0))
        listener(Progress("staging", 1, 3))
        listener(Progress("checking", 2, 2, 10, 10))
    drawn = terminal.getvalue()
    assert "staging" in drawn
    assert "1/3" in drawn
    assert "checking" in drawn


@pytest.mark.parametrize(
    ("moment", "seconds", "words"),
    [
        (Progress("x", 10), 0.0, ""),
        (Progress("x", 3000), 2.0, "1,500/s"),
        (Progress("x", 3000, bytes_done=3_000_000), 2.0, "1,500/s, 1.5 MB/s"),
    ],
)
def test_the_rate_is_short(moment: Progress, seconds: float, words: str) -> None:
    assert rate(moment, seconds) == words


def test_a_verb_without_work_has_no_pace() -> None:
    assert pace({}, 1.0) is None
    assert pace({"files": 0}, 1.0) is None
    assert pace({"files": 3, "bytes": 3_000}, 1.5) == "3 files, 3,000 bytes in 1.5 s: 2/s, 0.0 MB/s"
    exported = {"bags": 1, "documents": 9, "exported": 4, "bytes": 2_000_000}
    assert pace(exported, 2.0) == "4 documents, 2,000,000 bytes in 2.0 s: 2/s, 1.0 MB/s"
    assert pace({"documents": 9, "rows": 2}, 3.0) == "9 documents in 3.0 s: 3/s"
    assert pace({"documents": 9}, 0.0) == "9 documents in 0.0 s"


@pytest.mark.parametrize("is_watched", [True, False])
def test_the_pace_is_for_who_watches(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], is_watched: bool
) -> None:
    monkeypatch.setattr(running, "on_terminal", lambda: is_watched)
    report = Report("check", Verdict.VALID, counts={"fit": 2})
    running.run(lambda _: report, {"quiet": False, "as_json": False, "jobs": None}, lambda *_: iter(()))
    assert ("2 documents in " in capsys.readouterr().err) is is_watched
