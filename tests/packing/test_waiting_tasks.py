"""Tasks and sources that wait on disk come back as they were, in the order that is wanted."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import closing
from itertools import chain, pairwise
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from archive.model.codes import finding
from archive.model.corpora import PlannedDocument, PlannedFile
from archive.model.fields import AccessLevel
from archive.packing import task_batches
from archive.packing.copies import Copies
from archive.packing.taken_sources import TakenSources
from archive.packing.taking import Took, Wanted
from archive.packing.tasks import DocumentTask, TaskFile
from archive.packing.waiting_tasks import WaitingTasks
from archive.sources.containers import Member
from archive.sources.containers.runs import Run, in_runs

names = st.text(st.characters(codec=None), min_size=1, max_size=3)


def task(name: str, number: int) -> DocumentTask:
    file = TaskFile("page", name, f"data/originals/{name}", name, number, "0" * 64)
    return DocumentTask(name, f"{name}#{number}", (file,), AccessLevel.OPEN)


@given(st.lists(names, max_size=20))
def test_tasks_come_back_in_the_order_of_their_names(given: list[str]) -> None:
    some = [task(name, number) for number, name in enumerate(given)]
    with closing(WaitingTasks()) as waiting:
        for one in some:
            waiting.add(one)
        waiting.sort()
        in_order = sorted(some, key=lambda one: (one.document_id, one.source_path))
        assert list(waiting) == list(waiting) == in_order
        assert (len(waiting), waiting.octets) == (len(some), sum(one.size for one in some))
        pairs = list(pairwise(in_order))
        assert list(waiting.of_one_name()) == [pair for pair in pairs if pair[0].document_id == pair[1].document_id]


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=9))
def test_documents_of_containers_come_back_with_what_they_have_in_common(given: list[tuple[int, bool]]) -> None:
    shared = [task(f"c{number}", number) for number in range(3)]
    some = []
    given = sorted(given)
    for row, (number, is_broken) in enumerate(given):
        said = (finding("jsonl.malformed-line"),) if is_broken else ()
        member = Member(shared[number].source_path, str(row), row, row + 9, row, said, (row, "x"))
        some.append(shared[number]._replace(document_id=f"{row}", source_path=f"c#{row}", member=member))
    with closing(WaitingTasks()) as waiting:
        for one in some:
            waiting.add(one)
        waiting.sort()
        found = list(waiting)
        assert found == some
        assert sum(one.size for one in some) == waiting.octets
    whole = [one for one, (number, is_broken) in zip(found, given, strict=True) if not is_broken and not number]
    assert all(one.files is whole[0].files for one in whole), "so that they cross together in little room"


KINDS = st.sampled_from(["run", "run", "alone", "huge", "detailed", "elsewhere"])


@given(st.lists(st.tuples(st.integers(0, 2), KINDS, st.integers(1, 3)), max_size=9), st.integers(1, 5))
def test_documents_that_come_in_runs_wait_as_columns(given: list[tuple[int, str, int]], most: int) -> None:
    commons = [task(f"c{number}", number)._replace(source_path=f"c{number}") for number in range(3)]
    some: list[DocumentTask] = []
    with closing(WaitingTasks()) as waiting, patch("archive.packing.task_batches.MOST_IN_BATCH", most):
        for row, (number, kind, count) in enumerate(given, 1):
            common = commons[number]
            members = [made(common, kind, f"{9 - row}.{at}", row + at) for at in range(count)]
            own = [with_member(common, one) for one in members]
            some.extend(own)
            (run,) = in_runs(members)
            assert isinstance(run, Run)
            if kind == "alone" or not waiting.add_run(common, run):
                assert kind != "run"
                for one in own:
                    waiting.add(one)
        waiting.sort()
        in_order = sorted(some, key=lambda one: one.document_id)
        assert list(waiting) == list(waiting) == in_order
        assert (len(waiting), waiting.octets) == (len(some), sum(one.size for one in some))
        batches = pickle.loads(pickle.dumps(list(waiting.batches())))
        assert [list(batch) for batch in batches] == [list(batch) for batch in task_batches.batches(in_order)]
        sizes = [(len(batch), batch.size) for batch in batches]
        assert sizes == [(len(list(batch)), sum(one.size for one in batch)) for batch in batches]


def made(common: DocumentTask, kind: str, name: str, row: int) -> Member:
    container = "other" if kind == "elsewhere" else common.source_path
    detail = ("x",) if kind == "detailed" else ()
    return Member(container, name, row, row + (2**33 if kind == "huge" else 9), row, (), detail)


def with_member(common: DocumentTask, member: Member) -> DocumentTask:
    name, path = f"{common.document_id}#{member.name}", f"{common.source_path}#{member.name}"
    return common._replace(document_id=name, source_path=path, member=member)


class Plans(list[PlannedDocument]):
    def paths(self) -> Iterator[str]:
        return (file.path for one in self for file in one.files)


sources = st.tuples(st.integers(0, 1 << 40), st.binary(min_size=48, max_size=48), st.booleans())


def came(wanted: Wanted, size: int, digests: bytes, failed: bool) -> Took:
    if failed:
        return Took(wanted, failure=finding("source.changed"))
    both = (("sha256", digests[:32].hex()), ("md5", digests[32:].hex()))
    return Took(wanted, size, both, None, "a/1/2" * (size % 2))


@given(st.lists(st.lists(sources, min_size=1, max_size=3), max_size=5))
def test_what_came_of_sources_comes_back(given: list[list[tuple[int, bytes, bool]]]) -> None:
    plans = Plans()
    for number, some in enumerate(given):
        files = tuple(PlannedFile(f"{number}/{place}", "page", 0) for place in range(len(some)))
        plans.append(PlannedDocument(f"{number}", files, AccessLevel.OPEN))
    with closing(TakenSources(plans, {"1/0": "another"}, ("sha256", "md5"))) as found:
        took = [
            [came(one, *source) for one, source in zip(found.wanted(document), some, strict=True)]
            for document, some in zip(plans, given, strict=True)
        ]
        for one in chain.from_iterable(took):
            found.add(one)
        for _ in range(2):
            assert list(found.by_document()) == list(zip(plans, took, strict=True))
            copies = [one.copy for one in chain.from_iterable(took) if one.failure is None]
            assert list(found.copies()) == ([Copies.of(copies)] if copies else [])
    for wanted in (one.wanted for each in took for one in each):
        assert wanted.stored == "data/originals/" + ("another" if wanted.path == "1/0" else wanted.path)
