"""Workers that are called before anybody knows what there is to do."""

from __future__ import annotations

from pathlib import Path

from archive.engine import Team
from archive.packing.calling import _documents, call_workers
from tests.packing.making import Corpus


class Noted(Team):
    """Calls nobody, and notes for how many tasks somebody would be called."""

    def __init__(self) -> None:
        super().__init__(4)
        self.tasks: list[int] = []

    def call(self, tasks: int, *_: object) -> None:
        self.tasks.append(tasks)


def test_documents_are_counted_roughly_before_they_are_planned(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b/c.txt", "b/d/e.txt")
    (corpus.path / "link").symlink_to(corpus.path)
    assert _documents(corpus.path, 100) == 5
    assert _documents(corpus.path, 2) == 2
    assert _documents(tmp_path / "nothing", 100) == 0
    corpus.write("many.jsonl", b"x" * 400_000)
    assert _documents(corpus.path, 1000) == 5 + 400_000 // 4096
    for name, size in (("pictures.tif", 3 << 20), ("film.mp4", 512 << 20)):
        with (corpus.path / name).open("wb") as stream:
            stream.truncate(size)
    assert _documents(corpus.path, 1000) == 5 + 400_000 // 4096 + 1 + 24, "as one more, as one more worker is worth"


def test_nobody_is_called_to_a_folder_that_is_no_corpus(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts(*(f"{number}.txt" for number in range(60)))
    team = Noted()
    call_workers(team, corpus.path)
    (corpus.path / "corpus.toml").unlink()
    call_workers(team, corpus.path)
    assert team.tasks == [2]
