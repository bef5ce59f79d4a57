"""The benchmarks run, and what they count besides time stays what it is.

Seconds differ from run to run, so no test asserts one. Bytes read and written, calls, and what is kept in memory do
not: they are counted here on small data, and what grows with the data is held to a limit.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from archive.operations.check import check
from archive.operations.pack import pack

PROGRAM = [sys.executable, "-m", "benchmarks"]
MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def _tools(monkeypatch: pytest.MonkeyPatch, project: Path) -> None:
    monkeypatch.syspath_prepend(str(project / "tools"))
    monkeypatch.setenv("PYTHONPATH", str(project / "tools"))


def corpus(place: Path, files: int, size: int) -> Path:
    place.mkdir()
    (place / "corpus.toml").write_text('identifier = "b"\nversion = "1"\ntitle = "B"\naccess_level = "open"\n')
    for number in range(files):
        (place / f"{number:04}.txt").write_bytes((b"%04d " % number) * (size // 5))
    return place


def test_the_same_number_gives_the_same_text() -> None:
    from benchmarks.texts import text

    assert text(7) == text(7)
    assert len({text(number).body for number in range(50)}) == 50
    assert all(2_500 < len(text(number).page.encode()) < 4_500 for number in range(20))


def test_all_contestants_of_a_contest_run_on_the_same_data(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    given = ["json-lines", "--documents", "20", "--repeats", "1", "--place", str(tmp_path / "data")]
    done = subprocess.run([*PROGRAM, *given, "--json", str(figures)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "20 documents of JSON lines become Parquet" in done.stdout
    results = json.loads(figures.read_text(encoding="utf-8"))
    assert [one["contest"] for one in results] == ["json-lines"]
    told = [one for result in results for one in result["standings"]]
    assert all(one["cpu"] > 0 for one in told if not one["trouble"])
    assert all(one["trouble"].startswith("left out") for one in told if one["trouble"])


def test_programs_are_found_beside_python_whatever_the_path_of_the_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from benchmarks.__main__ import _run
    from benchmarks.contests import Contestant

    monkeypatch.setenv("PATH", str(tmp_path))
    own = Path(sys.executable).name
    contestant = Contestant("this Python", (own, "-c", "pass"), (own,))
    assert contestant.lacks == ()
    assert _run(contestant, tmp_path).exit_code == 0


def transfers_of(tmp_path: Path, files: int, *more: str) -> tuple[int, int, int, int]:
    from benchmarks.measuring import transfers

    given = corpus(tmp_path / f"given-{files}", files, 3 * MIB)
    ours = [sys.executable, "-m", "archive"]
    to = tmp_path / f"to-{files}"
    words = ["pack", "--jobs", "1", "--recipe", "none", *more, str(given), "--to", str(to)]
    packing = transfers([*ours, *words], folder=tmp_path)
    checking = transfers([*ours, "validate", str(to / "b-1")], folder=tmp_path)
    return packing.bytes_read, packing.bytes_written, checking.bytes_read, checking.bytes_written


def test_each_original_is_read_as_often_as_it_must_be(tmp_path: Path) -> None:
    """What is read besides (modules, and one document by a worker) is the same for few originals and for many."""
    few, many = transfers_of(tmp_path, 3), transfers_of(tmp_path, 6)
    read, written, checked, changed = ((after - before) / (9 * MIB) for before, after in zip(few, many, strict=True))
    assert read < 3.1, "once as the source, once to be described, once by the judge"
    assert written < 1.1
    assert checked < 1.1
    assert changed < 0.001


def test_of_originals_that_are_larger_than_is_read_the_beginning_is_read_twice(tmp_path: Path) -> None:
    few, many = (transfers_of(tmp_path, count, "--limit", "text_mib=1")[0] for count in (3, 6))
    assert (many - few) / (9 * MIB) < 2.1, "once as the source, once by the judge"


def test_memory_grows_little_with_the_number_of_documents(tmp_path: Path) -> None:
    few, many = 20, 120
    peaks = []
    for number, count in enumerate((few, few, many)):  # the first one pays for what is imported and kept
        given = corpus(tmp_path / f"corpus-{number}", count, 200)
        tracemalloc.start()
        pack(given, tmp_path / f"to-{number}", recipe="none", jobs=1)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[2] - peaks[1]) / (many - few) < 30_000, (
        "bytes a document, with a row group and a batch still in memory"
    )


def test_documents_of_every_format_hold_their_text(tmp_path: Path) -> None:
    from benchmarks.contests import Scale
    from benchmarks.formats import FORMATS, contest_of

    for name in FORMATS:
        contest = contest_of(name)(tmp_path, Scale(pages=2))
        assert contest.items == 2
    report = check(tmp_path / "format-pdf-2", jobs=1)
    assert report.counts["fit"] == 2
    for name in ("text", "markdown", "html", "docx", "epub", "mail", "mailbox", "warc", "csv"):
        for file in (tmp_path / f"format-{name}-2").iterdir():
            if file.name != "corpus.toml":
                file.rename(tmp_path / "format-pdf-2" / file.name)
    report = check(tmp_path / "format-pdf-2", jobs=1)
    assert report.counts["fit"] == 2 * len(FORMATS)
    assert report.counts["passages"] > 60
