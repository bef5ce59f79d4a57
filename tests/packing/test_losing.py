"""A document that takes more than it may: it is packed unread, with a finding and a record that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.engine import Loss, Part
from archive.model.depths import Depth
from archive.model.fields import AccessLevel
from archive.model.reports import Verdict
from archive.operations.pack import pack
from archive.operations.validate import validate
from archive.packing.corpus import Opened
from archive.packing.layers import remove_layers
from archive.packing.tasks import DocumentTask, TaskFile
from archive.sources.limits import Limits
from tests.packing.making import Corpus, codes, errors, expect_sound, packed, records_of

SLOW = "<head>" + "".join(f'<meta name="author" content="Anna Name{one}">' for one in range(80_000)) + "</head><p>Text."
LIMITS = Limits(document_seconds=1)
LATE = "document.reader-too-slow (more than 1 s of processor time)."


CRASHED = Part(is_again=True, loss=Loss("ended by signal 9"))


def lost(items: Iterable[Any]) -> Iterator[tuple[Part, Any]]:
    """As if a worker had been lost over each part."""
    return ((CRASHED, item) for item in items)


def test_one_slow_document_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gathering: Any = Opened.gathering
    monkeypatch.setattr(Opened, "gathering", lambda *given, **more: replace(gathering(*given, **more), limits=LIMITS))
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "z.txt").write("slow.html", SLOW)
    report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert (report.exit_code, errors(report), report.counts["packed"]) == (0, [], 3)
    assert codes(report) == {"document.reader-too-slow"}
    bag = Path(report.bags[0].path)
    records = records_of(bag)
    assert [name for name, one in records.items() if not one["passages"]] == ["slow.html"]
    (event,) = records["slow.html"]["events"]
    assert (event["outcome"], event["detail"].partition(": ")[2]) == ("failure", LATE)
    assert records["slow.html"]["files"][0]["puid"] == "fmt/96"
    expect_sound(bag)
    again = validate(bag, depth=Depth.REPRODUCTION, jobs=1)
    assert (again.verdict, codes(again)) == (Verdict.VALID, {"reproduction.not-here"})


def test_what_a_lost_worker_left_of_a_document_is_removed(tmp_path: Path) -> None:
    files = (TaskFile("page", "a.pdf", "data/originals/a.pdf", "", 0, ""),)
    task = DocumentTask("a.pdf", "a.pdf", files, AccessLevel.OPEN)
    for name in ("a.pdf/text.txt", "a.pdf/2/text.txt", "b.pdf/text.txt"):
        (tmp_path / "data/derived" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data/derived" / name).touch()
    remove_layers(task, None)
    remove_layers(task, tmp_path)
    left = sorted(path.relative_to(tmp_path / "data/derived").as_posix() for path in tmp_path.rglob("*.txt"))
    assert left == ["a.pdf/2/text.txt", "b.pdf/text.txt"]


@pytest.mark.parametrize(("module", "recipe"), [("at_once", "none"), ("taking", "default"), ("reusing", "text")])
def test_what_crashes_is_packed_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, recipe: str
) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt").write("b.gif", "GIF89a").write("c.bin", b"\0\1\2" * 99)
    if module == "reusing":
        corpus.lines("d.jsonl", {"id": "one", "text": "Some text."})
    if module == "reusing":
        monkeypatch.setattr(
            "archive.packing.reusing.parts_together", lambda items, _: ((CRASHED, [one]) for one in items)
        )
    else:
        monkeypatch.setattr(f"archive.packing.{module}.parts", lost)
    bag = packed(corpus, tmp_path / "bags", recipe=recipe)
    records = records_of(bag)
    formats = {name: one["files"][0]["media_type"] for name, one in records.items() if name != "d.jsonl#one"}
    assert formats == {"a.txt": "text/plain", "b.gif": "image/gif", "c.bin": "application/octet-stream"}
    for one in records.values():
        assert one["passages"] == []
        assert one["events"][0]["detail"].endswith(": document.reader-crashed (ended by signal 9).")
    expect_sound(bag)
