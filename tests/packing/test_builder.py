"""Documents that are built in a row are what each of them is by itself."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from archive.model.fields import AccessLevel
from archive.normalise.recipes import recipe_named
from archive.packing.builder import Builder
from archive.packing.tasks import DocumentTask, KnownRecord, TaskFile
from archive.sources.limits import Limits
from tests.packing.test_stencils import SAID, builder

LETTER = "Home\n\nThe Harbour\n\n3 May 2011\n\nDear reader, the boats came late this year, and few of them were full.\n"


def task_of(folder: Path, *files: tuple[str, str, str]) -> DocumentTask:
    """A document of files: the role, the name and the text of each."""
    made = []
    for role, name, text in files:
        (folder / name).write_text(text)
        data = text.encode()
        made.append(TaskFile(role, name, f"data/originals/{name}", name, len(data), sha256(data).hexdigest()))
    return DocumentTask(files[0][1], files[0][1], tuple(made), AccessLevel.OPEN, SAID)


@pytest.fixture
def by(tmp_path: Path) -> Builder:
    return builder(folder=tmp_path, recipe=recipe_named("default"), limits=Limits(lines_are_wanted=True))


def test_a_row_is_what_each_is_by_itself(tmp_path: Path, by: Builder) -> None:
    tasks = [
        task_of(tmp_path, ("page", "a.txt", LETTER)),
        task_of(tmp_path, ("page", "b.html", f"<h1>Boats</h1><p>{LETTER}<p>{LETTER}"), ("ocr", "b.txt", "Boats.")),
        task_of(tmp_path, ("page", "c.txt", "")),
        task_of(tmp_path, ("page", "d.txt", LETTER.replace("3 May", "32 May"))),
    ]
    assert by.all_at_length(tasks) == [replace(by).at_length(task) for task in tasks]
    assert by.build_all(tasks) == by.all_at_length(tasks)
    assert by.build_all(tasks[:1]) == (by.at_length(tasks[0]),)


def test_only_small_documents_that_follow_from_no_other_share_a_row(tmp_path: Path, by: Builder) -> None:
    task = task_of(tmp_path, ("page", "a.txt", LETTER))
    assert by.share(task) == 1 / 16
    (file,) = task.files
    assert by.share(task._replace(files=(file._replace(size=1 << 20),))) > 1
    known = KnownRecord(tmp_path, "", "", "", 0, 0, "")
    assert by.share(task._replace(known=known)) == 1
