"""What is said of a container and of one document in it."""

from __future__ import annotations

import pickle

from archive.model.corpora import PlannedDocument, PlannedFile
from archive.model.fields import AccessLevel, Source
from archive.model.statements import OF_MANY, Statement
from archive.packing import member_tasks, tasks
from archive.packing.taking import Took, Wanted
from archive.sources.containers import Member


def planned(document_id: str, *said: Statement, **more: object) -> PlannedDocument:
    return PlannedDocument(document_id, (PlannedFile("c.jsonl", "page", 90),), AccessLevel.OPEN, said, **more)  # type: ignore[arg-type]


def test_members_have_their_own_row_or_that_of_the_container() -> None:
    general = Statement("title", "of all", Source.SHEET, "archivist", "data/submission/metadata.csv", "cell=2,2")
    special = Statement("title", "of one", Source.SIDECAR, "archivist", "data/submission/100%.json", "/title")
    container = planned("c.jsonl", general, is_container=True, members={"one": planned("given", special)})
    took = {
        "c.jsonl": Took(Wanted("c.jsonl", "data/originals/c.jsonl", 0, is_counted=True), 90, (("sha256", "0" * 64),))
    }
    renamed = {"data/submission/100%.json": "data/submission/100=25.json"}
    pattern = tasks.task_of(container, took, {"c.jsonl": "here"}, renamed)
    members = [Member("c.jsonl", name, start, start + 30, row) for name, start, row in (("one", 0, 1), ("2", 31, 2))]
    one, two = map(member_tasks.MemberTasks(container, pattern, renamed).of, members)
    assert (one.document_id, one.source_path, two.document_id) == ("given", "c.jsonl#one", "c.jsonl#2")
    assert [said.file for said in one.statements] == ["data/submission/100=25.json"]
    assert two.statements == (general._replace(rank=OF_MANY),)
    assert (one.size, pattern.size) == (30, 90)
    assert one.files[0].location == "here"
    assert pickle.loads(pickle.dumps(one)) == one


def test_a_row_that_says_nothing_changes_nothing_of_what_is_said_of_the_container() -> None:
    general = Statement("access_level", "open", Source.SHEET, "archivist", "data/submission/metadata.csv", "cell=2,2")
    told = {"one": planned("c.jsonl#one", general._replace(rank=1), additional={"box": "2"})}
    took = {
        "c.jsonl": Took(Wanted("c.jsonl", "data/originals/c.jsonl", 0, is_counted=True), 90, (("sha256", "0" * 64),))
    }
    given = []
    for members in (told, {}):
        container = planned("c.jsonl", general, is_container=True, members=members, additional={"box": "2"})
        pattern = tasks.task_of(container, took, {"c.jsonl": "here"}, {})
        given.append(member_tasks.MemberTasks(container, pattern, {}).of(Member("c.jsonl", "one", 0, 30, 1)))
    with_row, without = given
    assert all(one.rank >= OF_MANY for task in given for one in task.statements)
    assert [one._replace(rank=0) for one in with_row.statements] == [one._replace(rank=0) for one in without.statements]
    assert (with_row.document_id, with_row.additional) == (without.document_id, without.additional)
