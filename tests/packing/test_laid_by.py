"""What is read on the first way is there on the second, and whether it is shows in no bag."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from archive.sources import reading
from archive.storage.laying_by import LayingBy
from tests.packing.making import EPOCH, Corpus, files_of, packed, text

PAGE = "<html><title>A page</title><p>Menu</p><p>{}</p></html>"
ITEMS = [{"id": f"{number}", "text": f"{text(number)}\nMenu"} for number in range(8)]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path / "corpus").texts(*(f"{number}.txt" for number in range(3)))
    for number in range(4):
        corpus.write(f"{number}.html", PAGE.format(text(number + 10)))
    corpus.write("letter.eml", "From: a@example.org\nSubject: The border\n\n" + text(30))
    return corpus.lines("items.jsonl", *ITEMS)


@pytest.fixture(autouse=True)
def nobody_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.operations.pack_judging.MOST_JUDGED_FILES", 0)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def test_each_page_and_each_member_is_read_once_by_whoever_and_the_bag_is_the_same(
    tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.packing.gathering._SERIAL_BELOW", 1)
    monkeypatch.setattr("archive.packing.task_batches.MOST_IN_BATCH", 2)
    monkeypatch.setattr("archive.packing.taking.MOST_IN_BATCH", 2)
    read: Counter[str] = Counter()
    real = reading.read

    def noted(path: str, data: bytes, **more: Any) -> Any:
        read[path] += 1
        return real(path, data, **more)

    monkeypatch.setattr("archive.sources.read", noted)
    monkeypatch.setattr(reading, "read", noted)
    monkeypatch.setattr("archive.sources.files.read", noted)
    here = files_of(packed(corpus, tmp_path / "here", jobs=1))
    assert {count for path, count in read.items() if path.endswith((".html", ".eml"))} == {1}
    assert files_of(packed(corpus, tmp_path / "three", jobs=3)) == here
    monkeypatch.setattr(LayingBy, "fetch", lambda *_: None)
    read.clear()
    assert files_of(packed(corpus, tmp_path / "gone", jobs=1)) == here
    assert {count for path, count in read.items() if path.endswith(".html")} == {2}


def test_a_disk_that_takes_no_reading_still_takes_the_bag(
    tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = files_of(packed(corpus, tmp_path / "here", recipe="default-repaired"))
    real, calls = os.write, []

    def once(place: int, data: bytes) -> int:
        if b"Reading" in bytes(data):
            calls.append(place)
            if len(calls) > 2:
                raise OSError(28, "No space left on device")
        return real(place, data)

    monkeypatch.setattr(os, "write", once)
    assert files_of(packed(corpus, tmp_path / "there", recipe="default-repaired")) == here
    assert len(calls) == 3
