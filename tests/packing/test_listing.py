"""Containers are looked through stretch by stretch, and hold what they hold when they are read from end to end."""

from __future__ import annotations

import io
import pickle
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.engine import Loss, Part, Team
from archive.engine.partwise import HEAVY, HeavyError, leading
from archive.model.containers import JSON_LINES, NO_RENAMES, kind_named
from archive.model.corpora import PlannedDocument, PlannedFile
from archive.model.fields import AccessLevel
from archive.model.findings import Severity
from archive.model.tally import Tally
from archive.operations.check import check
from archive.packing import listing, sieve
from archive.packing.inside import Inside
from archive.packing.listing import Listed, Lister, Wanted, list_members, wanted_of
from archive.packing.opening import Opening
from archive.packing.sieve import MOSTLY_BROKEN, Sieve
from archive.packing.tasks import DocumentTask, TaskFile
from archive.sources import Limits
from archive.sources.containers import Member
from archive.sources.containers.runs import Run, in_runs
from tests.packing.making import EPOCH, Corpus, codes, errors, files_of, packed, text

PLAIN = Part(is_again=False, loss=None)
LINES = st.sampled_from(
    [
        b"",
        b" ",
        b"{}",
        b'{"id": "one"}',
        b'{"id": 2, "text": "x"}',
        b'{"id": "' + b"y" * 40 + b'"}',
        b'{"text"',
        b"[1]",
        b'{"id": []}',
        b"\xff",
        b"z" * 90,
        b'{"text": "caf\xc3\xa9"}',
        b'{"id": "3"}',
    ]
)
FILES = st.tuples(
    st.sampled_from([b"", b"\xef\xbb\xbf"]), st.lists(st.tuples(LINES, st.sampled_from([b"\n", b"\r\n"])), max_size=12)
).map(lambda told: told[0] + b"".join(line + end for line, end in told[1]))


def lister(folder: Path, **limits: int) -> Lister:
    return Lister(folder, NO_RENAMES, Limits(**limits))


def inside(path: str, listed: Iterable[Listed]) -> Inside:
    file = TaskFile("page", path, f"data/originals/{path}", path, 1, "0" * 64)
    document = PlannedDocument(
        path, (PlannedFile(path, "page", 1, kind_named(path, ["text"])),), AccessLevel.OPEN, is_container=True
    )
    return Inside(document, DocumentTask(path, path, (file,), AccessLevel.OPEN), listed)


def members_of(found: Inside) -> list[Member]:
    return [one for piece in found.members() for one in (piece if isinstance(piece, Run) else (piece,))]


@settings(max_examples=60)
@given(FILES, st.integers(1, 30), st.booleans())
def test_stretches_hold_together_what_the_file_holds(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, least: int, ends: bool
) -> None:
    folder = tmp_path_factory.mktemp("lines")
    data = data if ends else data.removesuffix(b"\n")
    (folder / "c.jsonl").write_bytes(data)
    shared = lister(folder, largest_line=60)
    whole = list(Opening(NO_RENAMES, shared.limits).at(folder / "c.jsonl", "c.jsonl").members(Tally()))
    at_once = inside("c.jsonl", [listing._whole(shared._opening.at(folder / "c.jsonl", "c.jsonl"))])
    with patch.object(listing, "LEAST_STRETCH", least), patch.object(listing, "LARGEST_STRETCH", 2 * least):
        wanted = list(wanted_of(0, JSON_LINES, "c.jsonl", "c.jsonl", len(data)))
        batches = list(listing.batches(wanted))
    assert [one.start for one in wanted[1:]] == [one.end for one in wanted[:-1]]
    assert [one.is_last for one in wanted] == [False] * (len(wanted) - 1) + [True]
    assert [one for batch in batches for one in batch] == wanted
    listed = [one for batch in batches for one in pickle.loads(pickle.dumps(list_members(shared, batch)))]
    assert sum(one.rows for one in listed) == data.count(b"\n") + (data[-1:] not in {b"", b"\n"})
    in_stretches = inside("c.jsonl", listed)
    assert members_of(in_stretches) == members_of(at_once)
    assert in_stretches.count + len(in_stretches.lost) in {0, len(whole)}
    assert (in_stretches.lost, in_stretches.findings) == (at_once.lost, at_once.findings)


def member(name: str, row: int, **more: object) -> Member:
    return Member("c.zip", name, row, row + 9, row, **more)  # type: ignore[arg-type]


KINDS = st.sampled_from([{}, {}, {"is_empty": True}, {"detail": ("a", 1)}, {"parent": "b"}])


@given(st.lists(KINDS, max_size=20), st.integers(1, 4), st.integers(1, 9), st.integers(0, 3))
def test_members_travel_in_runs_and_are_counted(
    kinds: list[dict[str, object]], together: int, most: int, most_broken: int
) -> None:
    every = [member(str(row), row, **kind) for row, kind in enumerate(kinds, 1)]
    with patch("archive.sources.containers.runs.MOST_IN_RUN", together):
        pieces = pickle.loads(pickle.dumps(list(in_runs(every))))
    assert [one for piece in pieces for one in (piece if isinstance(piece, Run) else (piece,))] == every
    with patch.object(sieve, "MOST", most), patch.object(sieve, "MOST_BROKEN", most_broken):
        counted = Sieve()
        taken = [one for piece in counted.taken(pieces) for one in (piece if isinstance(piece, Run) else (piece,))]
        again = Sieve()
        assert list(again.taken(in_runs(taken))) == list(in_runs(taken)), "a worker may stop where it would stop"
    assert taken == every[: len(taken)]
    assert (counted.whole, counted.broken) == (
        sum(not one.is_empty for one in taken),
        sum(one.is_empty for one in taken),
    )
    if counted.stop is None:
        assert len(taken) == len(every) <= most
    elif counted.stop.code == MOSTLY_BROKEN:
        assert counted.broken > max(most_broken, counted.whole)
    else:
        assert len(taken) == most


def test_what_takes_too_long_to_list_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "One."}\n' * 2000)
    shared = lister(tmp_path)
    late, crashed = Loss("ended by signal 24", is_late=True), Loss("out of memory")
    first, second, *_ = wanted_of(0, JSON_LINES, "a.jsonl", "a.jsonl", 34_000)
    before = shared.listed(PLAIN, first)
    lost = shared.listed(Part(is_again=True, loss=late), second)
    found = inside("a.jsonl", iter([before, lost, before]))
    assert len(members_of(found)) == before.rows > 900
    (one,) = found.findings
    assert (one.code, one.severity, one.found) == (
        "container.not-listed",
        Severity.ERROR,
        "more time than it may take",
    )
    alone = inside("a.zip", [shared.listed(Part(is_again=True, loss=crashed), Wanted(0, "a.zip", "a.zip", 0, 9))])
    assert members_of(alone) == []
    assert alone.is_empty
    assert [(one.code, one.severity) for one in alone.findings] == [
        ("container.not-listed", Severity.WARNING),
        ("container.no-documents", Severity.NOTICE),
    ]


def test_a_large_container_is_not_looked_through_by_the_process_that_leads(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"")
    with leading():
        assert lister(tmp_path).listed(PLAIN, Wanted(0, "a.zip", "a.zip", 0, HEAVY)).pages == ()
        with pytest.raises(HeavyError):
            lister(tmp_path).listed(PLAIN, Wanted(0, "a.zip", "a.zip", 0, HEAVY + 1))


def test_what_comes_out_of_a_small_container_may_be_too_large_for_it(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as made:
        one = tarfile.TarInfo("one.txt")
        one.size = HEAVY + 1
        made.addfile(one, io.BytesIO(bytes(one.size)))
    wanted = Wanted(0, "a.tar.gz", "a.tar.gz", 0, (tmp_path / "a.tar.gz").stat().st_size)
    with leading(), pytest.raises(HeavyError):
        lister(tmp_path).listed(PLAIN, wanted)


def test_a_clock_ends_the_looking_through(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as made:
        for number in range(30_000):
            made.writestr(f"{number}.txt", b"x")
    shared = lister(tmp_path, document_seconds=-1)  # which has passed when the work begins
    with Team(2) as team:
        wanted = [(Wanted(number, "a.zip", "a.zip", 0, 9),) for number in range(2)]
        every = list(team.engine(2).map(list_members, shared, wanted))
    assert [one.loss is not None and one.loss.is_late for batch in every for one in batch] == [True, True]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_archive_of_empty_files_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr("archive.packing.sieve.MOST_BROKEN", 5)
    out = io.BytesIO()
    names = [f"{number}.txt" for number in range(9)]
    if kind == "zip":
        with zipfile.ZipFile(out, "w") as zipped:
            for name in names:
                zipped.writestr(name, b"")
    else:
        with tarfile.open(fileobj=out, mode="w") as tar:
            for name in names:
                tar.addfile(tarfile.TarInfo(name))
    corpus = Corpus(tmp_path / "corpus").write(f"a.{kind}", out.getvalue())
    report = check(corpus.path, jobs=1)
    assert {"container.mostly-broken", "container.no-documents"} <= codes(report)
    assert (report.counts["fit"], errors(report)) == (1, [])


def test_a_few_empty_files_are_documents(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name in ("one.txt", "two.txt"):
            zipped.writestr(name, b"")
    corpus = Corpus(tmp_path / "corpus").write("a.zip", out.getvalue())
    report = check(corpus.path, jobs=1)
    assert (report.counts["fit"], codes(report) & {"text.empty", "container.no-documents"}) == (2, {"text.empty"})


def test_what_is_behind_the_broken_part_of_a_container_is_not_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.packing.sieve.MOST_BROKEN", 2)
    monkeypatch.setattr("archive.packing.listing.LEAST_STRETCH", 16)
    corpus = Corpus(tmp_path / "corpus").write("a.jsonl", b"x\n" * 2000).lines("b.jsonl", {"text": text(1)})
    looked = []

    def noting(shared: Lister, batch: tuple[Wanted, ...]) -> tuple[Listed, ...]:
        looked.extend(batch)
        return list_members(shared, batch)

    monkeypatch.setattr("archive.packing.listing.list_members", noting)
    report = check(corpus.path, jobs=1)
    assert {"container.mostly-broken", "container.no-documents"} <= codes(report)
    assert report.counts["fit"] == 2
    assert 0 < sum(one.path == "a.jsonl" for one in looked) < 5
    assert [one.is_last for one in looked][-1]


def test_several_workers_find_what_one_process_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    lines = [{"text": text(number)} | ({"id": f"n{number}"} if number % 3 else {}) for number in range(12)]
    corpus = Corpus(tmp_path / "corpus").lines("a.jsonl", *lines[:8], [1], *lines[8:]).lines("b.jsonl", *lines[:2])
    alone = packed(corpus, tmp_path / "alone", recipe="none")
    monkeypatch.setattr("archive.packing.gathering._SERIAL_BELOW", 1)
    monkeypatch.setattr("archive.packing.listing.LEAST_STRETCH", 100)
    assert files_of(packed(corpus, tmp_path / "several", recipe="none", jobs=3)) == files_of(alone)
