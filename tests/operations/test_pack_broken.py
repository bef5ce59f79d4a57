"""A pack that is killed, stopped, starved or disturbed: the source is untouched and nothing looks like a bag."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from archive.errors import ArchiveError, LockedError
from archive.model.reports import Verdict
from archive.operations.pack import pack
from archive.operations.validate import validate
from archive.packing import task_batches
from tests.operations.another_user import as_another_user
from tests.packing.making import (
    Corpus,
    codes,
    command,
    digest_of_folder,
    environment,
    errors,
    expect_balance,
    expect_sound,
    leftovers,
    text,
)

pytestmark = pytest.mark.usefixtures("heard_signals")

KILLS = int(os.environ.get("ARCHIVE_KILLS", "4"))
"""How many times a pack is killed; more by the environment, for a long night."""
LATEST = 4_000_000
"""The largest file that a disk takes in a test, in bytes: only what is packed late is larger."""
SEED = int(os.environ.get("ARCHIVE_KILLS_SEED", "2026"))
DOCUMENTS = 130
BAG = "example-1.0"
PARTIAL = f".{BAG}.partial"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    made = Corpus(tmp_path_factory.mktemp("broken") / "corpus")
    for number in range(DOCUMENTS):
        made.write(f"folder {number % 5}/{number}.txt", text(number, 4))
    made.write("iso.txt", "川は十二月に凍り、人々は歩いて渡ると村の人は話した。".encode("iso2022_jp"))
    return made.write("large.bin", random.Random(3).randbytes(8 * 1024 * 1024))


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that another user may enter, as pytest's own may not."""
    place = Path(tempfile.mkdtemp(prefix="archive-test-"))
    place.chmod(0o777)
    yield place
    shutil.rmtree(place, ignore_errors=True)


def started(corpus: Corpus, to: Path, *more: str, **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command("pack", corpus.path, "--to", to, "--quiet", "--json", *more),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True, **options,
    )  # fmt: skip


def wait_for_workers_to_be_gone(group: int) -> None:
    """Workers notice that their parent is gone; until then they might still write."""
    for _ in range(1500):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    pytest.fail("a worker outlives its parent")


def expect_no_bag(folder: Path) -> None:
    """At most what is hidden and partial is left, and validate refuses that."""
    assert leftovers(folder) in ([], [PARTIAL])
    if (folder / PARTIAL).exists():
        report = validate(folder / PARTIAL, jobs=1)
        assert report.verdict in {Verdict.INVALID, Verdict.UNDETERMINED}
        assert "bag.partial" in codes(report)


FORKING = """
import importlib, os, signal, sys, time
def child(work):
    pid = os.fork()
    if pid == 0:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        work()
        os._exit(0)
    try:
        while os.getpgid(pid) != pid:
            time.sleep(0.001)
    except ProcessLookupError:
        pass
    return pid
def packing(to):
    from archive.operations.pack import pack
    pack(sys.argv[1], to, jobs=1)
def first():
    packing(sys.argv[2])
    with open(sys.argv[2] + "/modules", "w") as file:
        file.write("\\n".join(sys.modules))
os.waitpid(child(first), 0)
for name in open(sys.argv[2] + "/modules").read().split():
    if name.startswith(("archive.", "pyarrow", "jsonschema", "edtf", "langcodes", "resiliparse", "pycld2", "ftfy")):
        importlib.import_module(name)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print("ready", flush=True)
for line in sys.stdin:
    print(child(lambda: packing(line.rstrip("\\n"))), flush=True)
"""
"""Forks a pack for each line that it reads: with all imports done, so that many can be killed in a short time."""


@contextmanager
def forking(corpus: Corpus, to: Path) -> Iterator[Callable[[Path], int]]:
    """Something that starts a pack into a folder and gives the process's number."""
    with subprocess.Popen(
        [sys.executable, "-c", FORKING, corpus.path, to], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, env=environment(),
    ) as helper:  # fmt: skip
        assert helper.stdin is not None
        assert helper.stdout is not None
        stdin, stdout = helper.stdin, helper.stdout

        def start(place: Path) -> int:
            stdin.write(f"{place}\n")
            stdin.flush()
            return int(stdout.readline())

        assert stdout.readline() == "ready\n"
        yield start
        stdin.close()


def wait_for_the_beginning(to: Path, group: int) -> None:
    """Until the pack has begun to write."""
    while not (to / PARTIAL).exists() and not (to / BAG).exists():
        os.killpg(group, 0)
        time.sleep(0.001)


def test_a_killed_pack_leaves_no_bag_and_the_next_run_succeeds(corpus: Corpus, tmp_path: Path) -> None:
    before = digest_of_folder(corpus.path)
    chance = random.Random(SEED)
    seen = []
    with forking(corpus, tmp_path / "first") as start:
        begun = time.monotonic()
        wait_for_workers_to_be_gone(start(tmp_path / "whole"))
        seconds = time.monotonic() - begun
        assert leftovers(tmp_path / "whole") == [BAG]
        for number in range(KILLS):
            to = tmp_path / f"bags {number % 3}"
            if chance.random() < 0.5:
                shutil.rmtree(to, ignore_errors=True)  # else over what the last one left
            process = start(to)
            time.sleep(chance.uniform(0, 1.1) * seconds)
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            wait_for_workers_to_be_gone(process)
            if (to / BAG).exists():
                assert leftovers(to) == [BAG], "the kill came late, so all of it is there"
                assert validate(to / BAG, jobs=1).verdict is Verdict.VALID
                shutil.rmtree(to)
                continue
            seen.extend(leftovers(to))
            expect_no_bag(to)
    assert digest_of_folder(corpus.path) == before
    assert PARTIAL in seen
    for number in range(min(3, KILLS)):
        assert pack(corpus.path, tmp_path / f"bags {number}", jobs=1).exit_code == 0
        assert leftovers(tmp_path / f"bags {number}") == [BAG]
    expect_sound(tmp_path / "bags 0" / BAG)
    assert digest_of_folder(corpus.path) == before


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_killed_command_takes_its_workers_with_it(corpus: Corpus, tmp_path: Path, share: float) -> None:
    process = started(corpus, tmp_path / "bags", "--jobs", "2")
    wait_for_the_beginning(tmp_path / "bags", process.pid)
    time.sleep(share * 0.5)
    process.kill()
    process.communicate()
    wait_for_workers_to_be_gone(process.pid)
    if not (tmp_path / "bags" / BAG).exists():
        expect_no_bag(tmp_path / "bags")
        time.sleep(0.1)
        left = digest_of_folder(tmp_path / "bags")
        time.sleep(0.1)
        assert digest_of_folder(tmp_path / "bags") == left, "somebody still writes"
    assert pack(corpus.path, tmp_path / "bags", jobs=1).exit_code == 0
    assert leftovers(tmp_path / "bags") == [BAG]


def test_a_stale_partial_of_any_contents_is_swept(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").write("a.txt", text(1))
    stale = tmp_path / "bags" / PARTIAL
    (stale / "data/originals").mkdir(parents=True)
    (stale / "data/originals/a.txt").write_text("half")
    (stale / "link").symlink_to(corpus.path)
    os.mkfifo(stale / "pipe")
    assert pack(corpus.path, tmp_path / "bags", jobs=1).exit_code == 0
    assert leftovers(tmp_path / "bags") == [BAG]
    assert (corpus.path / "a.txt").read_text() == text(1)


@pytest.mark.parametrize(("share", "number"), [(0.35, signal.SIGINT), (0.6, signal.SIGTERM), (0.85, signal.SIGHUP)])
def test_what_is_told_to_end_ends_quietly_and_leaves_nothing(
    corpus: Corpus, tmp_path: Path, share: float, number: signal.Signals
) -> None:
    before = digest_of_folder(corpus.path)
    process = started(corpus, tmp_path / "bags", "--jobs", "2")
    deadline = time.monotonic() + 30
    while not (tmp_path / "bags" / PARTIAL / "data").exists():
        assert time.monotonic() < deadline
        time.sleep(0.005)
    time.sleep(share * 0.5)
    os.killpg(process.pid, number)
    out, err = process.communicate(timeout=30)
    assert b"Traceback" not in err
    if process.returncode == 0:
        assert leftovers(tmp_path / "bags") == [BAG]
    else:
        assert process.returncode == 128 + number
        assert leftovers(tmp_path / "bags") == []
        assert json.loads(out)["findings"][0]["code"] == "run.interrupted"
    assert digest_of_folder(corpus.path) == before


def test_ctrl_c_while_bags_are_published_reaches_the_caller_behind_it(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").texts("a.txt", "b.txt")
    corpus.sheet("filename,access_level\na.txt,open\nb.txt,restricted\n")

    def interrupt(progress: Any) -> None:
        if progress.stage == "publishing":
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        pack(corpus.path, tmp_path / "bags", jobs=1, listener=interrupt)
    assert len(leftovers(tmp_path / "bags")) == 2


@pytest.mark.parametrize(("limit", "jobs"), [(20_000, "1"), (100_000, "2"), (LATEST, "2")])
def test_a_disk_that_takes_no_more_is_told_and_nothing_is_left(
    corpus: Corpus, tmp_path: Path, limit: int, jobs: str
) -> None:
    before = digest_of_folder(corpus.path)
    process = started(
        corpus, tmp_path / "bags", "--jobs", jobs,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    out, err = process.communicate(timeout=60)
    assert process.returncode == 3, err
    assert b"Traceback" not in err
    told = json.loads(out)
    assert told["verdict"] == "undetermined"
    finding = told["findings"][0]
    assert finding["code"] == "run.failed"
    assert PARTIAL in finding["where"]["file"]
    assert finding["found"]
    assert finding["remedy"]
    assert leftovers(tmp_path / "bags") == []
    assert digest_of_folder(corpus.path) == before
    if limit == LATEST:  # the later it was, the more there could be left
        assert pack(corpus.path, tmp_path / "bags", jobs=1).exit_code == 0


def test_a_full_file_system_is_told(corpus: Corpus, tmp_path: Path) -> None:
    """On a small file system where one may be mounted; where not, the limit on file size above says the same."""
    (tmp_path / "small").mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", tmp_path / "small"], capture_output=True, check=False
    )
    to = tmp_path / "small/bags"
    limit = 6_000_000 if mounted.returncode else resource.RLIM_INFINITY
    try:
        process = started(corpus, to, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        out, err = process.communicate(timeout=60)
        assert process.returncode == 3, err
        found = json.loads(out)["findings"][0]
        assert found["found"] in {"the disk is full", "the file would become larger than is allowed here"}
        assert found["remedy"]
        assert leftovers(to) == []
    finally:
        if not mounted.returncode:
            subprocess.run(["umount", tmp_path / "small"], check=True)


def test_a_target_that_may_not_be_written_is_told(open_place: Path) -> None:
    corpus = Corpus(open_place / "corpus").write("a.txt", text(1))
    (open_place / "closed").mkdir(mode=0o555)
    for to in (open_place / "closed", open_place / "closed/deeper"):
        ran = as_another_user("pack", corpus.path, "--to", to, "--json")
        assert ran.returncode == 3, ran.stderr
        found = json.loads(ran.stdout)["findings"][0]
        assert found["found"] == "permission denied"
        assert str(open_place / "closed") in found["where"]["file"]
        assert found["remedy"]
    assert leftovers(open_place / "closed") == []


def test_a_source_that_may_not_be_read_fails_and_the_rest_may_be_packed(open_place: Path) -> None:
    corpus = Corpus(open_place / "corpus").texts("a.txt", "b.txt")
    (open_place / "bags").mkdir()
    (open_place / "bags").chmod(0o777)
    (corpus.path / "b.txt").chmod(0)
    ran = as_another_user("pack", corpus.path, "--to", open_place / "bags", "--json")
    assert ran.returncode == 1, ran.stderr
    told = json.loads(ran.stdout)
    assert [one["code"] for one in told["findings"]] == ["source.unreadable"]
    assert told["findings"][0]["document"] == "b.txt"
    assert (told["counts"]["inputs"], told["counts"]["failed"], told["counts"]["packed"]) == (2, 1, 0)
    assert leftovers(open_place / "bags") == []
    rest = as_another_user("pack", corpus.path, "--to", open_place / "bags", "--json", "--allow-rejected")
    told = json.loads(rest.stdout)
    assert (told["counts"]["failed"], told["counts"]["packed"]) == (1, 1)
    assert leftovers(open_place / "bags") == [BAG]
    looked = json.loads(as_another_user("check", corpus.path, "--json").stdout)
    assert (looked["counts"]["failed"], looked["counts"]["fit"]) == (1, 1)


def test_a_folder_or_a_reserved_file_that_may_not_be_read_stops_everything(open_place: Path) -> None:
    corpus = Corpus(open_place / "corpus").texts("a.txt", "closed/b.txt").sheet("filename", "a.txt")
    (corpus.path / "closed").chmod(0)
    (corpus.path / "metadata.csv").chmod(0)
    (open_place / "bags").mkdir()
    (open_place / "bags").chmod(0o777)
    ran = as_another_user("pack", corpus.path, "--to", open_place / "bags", "--json", "--allow-rejected")
    assert ran.returncode == 1, ran.stderr
    assert {one["code"] for one in json.loads(ran.stdout)["findings"]} >= {
        "folder.unreadable",
        "corpus.file-unreadable",
    }
    assert leftovers(open_place / "bags") == []


def test_a_source_that_grows_while_it_is_read_is_never_packed(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").write("a.txt", text(1)).write("growing.bin", bytes(64 * 1024 * 1024))
    is_over = threading.Event()

    def grow() -> None:
        with (corpus.path / "growing.bin").open("ab", buffering=0) as file:
            while not is_over.is_set():
                file.write(b"more")
                time.sleep(0.001)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        report = pack(corpus.path, tmp_path / "bags", jobs=1)
    finally:
        is_over.set()
        writer.join()
    assert errors(report) == ["source.changed"]
    expect_balance(report)
    assert (report.counts["failed"], report.counts["inputs"]) == (1, 2)
    assert leftovers(tmp_path / "bags") == []
    assert pack(corpus.path, tmp_path / "bags", jobs=1).exit_code == 0


def test_a_source_that_is_gone_or_replaced_fails(tmp_path: Path) -> None:
    names = ("gone.txt", "link.txt", "pipe.txt", "whole.txt")
    corpus = Corpus(tmp_path / "corpus").texts(*names)
    from archive.operations.pack_asked import open_corpus as real

    def then_change(*given: Any) -> Any:
        opened = real(*given)
        for name in names[:3]:
            (corpus.path / name).unlink()
        (corpus.path / "link.txt").symlink_to("/etc/passwd")
        os.mkfifo(corpus.path / "pipe.txt")
        return opened

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("archive.operations.pack_asked.open_corpus", then_change)
        report = pack(corpus.path, tmp_path / "bags", jobs=1)
    assert errors(report) == ["source.unreadable"] * 3
    assert (report.counts["failed"], report.counts["inputs"]) == (3, 4)
    assert leftovers(tmp_path / "bags") == []


def test_of_two_packs_at_once_one_makes_the_bag(corpus: Corpus, tmp_path: Path) -> None:
    runs = [started(corpus, tmp_path / "bags", "--jobs", "1") for _ in range(3)]
    told = [json.loads(run.communicate(timeout=90)[0]) for run in runs]
    for run, said in zip(runs, told, strict=True):
        if run.returncode == 3:
            assert "another run" in said["findings"][0]["found"]
        else:
            assert run.returncode == 0
    assert any(run.returncode == 0 for run in runs)
    assert leftovers(tmp_path / "bags") == [BAG]
    assert validate(tmp_path / "bags" / BAG, jobs=1).verdict is Verdict.VALID


def test_a_bag_in_the_making_is_locked(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").write("a.txt", text(1))
    met: list[ArchiveError] = []

    def meanwhile(progress: Any) -> None:
        if progress.stage == "copying" and not met:
            with pytest.raises(LockedError) as refusal:
                pack(corpus.path, tmp_path / "bags", jobs=1)
            met.append(refusal.value)

    report = pack(corpus.path, tmp_path / "bags", jobs=1, listener=meanwhile)
    assert report.exit_code == 0
    assert met[0].remedy
    expect_sound(tmp_path / "bags" / BAG)


def test_a_target_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus").write("a.txt", text(1))

    def meanwhile(progress: Any) -> None:
        if progress.stage == "publishing":
            (tmp_path / "bags" / BAG).mkdir()

    with pytest.raises(ArchiveError) as refusal:
        pack(corpus.path, tmp_path / "bags", jobs=1, listener=meanwhile)
    assert refusal.value.exit_code == 1
    assert leftovers(tmp_path / "bags") == [BAG]
    assert leftovers(tmp_path / "bags" / BAG) == []


@pytest.fixture
def many_tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A small corpus in many small tasks, so that workers are at work for a while."""
    monkeypatch.setattr(task_batches, "MOST_IN_BATCH", 2)
    return Corpus(tmp_path / "corpus").texts(*(f"{number}.txt" for number in range(80)))


def test_what_killed_workers_were_at_is_made_anew(many_tasks: Corpus, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill_all(progress: Any) -> None:
        # Once: a document that loses its worker twice is given up.
        if progress.stage == "building records" and not killed:
            children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
            killed.extend(map(int, children.read_text().split()))
            for child in killed:
                os.kill(child, signal.SIGKILL)

    made = pack(many_tasks.path, tmp_path / "bags", jobs=2, listener=kill_all)
    assert killed
    undisturbed = pack(many_tasks.path, tmp_path / "again", jobs=1)
    assert [bag.content_digest for bag in made.bags] == [bag.content_digest for bag in undisturbed.bags]
    assert made.findings == undisturbed.findings


@pytest.mark.parametrize("stage", ["copying", "building records", "asking the reference implementation", "publishing"])
def test_what_is_raised_in_the_middle_leaves_nothing(many_tasks: Corpus, tmp_path: Path, stage: str) -> None:
    class StoppedError(RuntimeError):
        pass

    def stop(progress: Any) -> None:
        if progress.stage == stage:
            raise StoppedError

    with pytest.raises(StoppedError):
        pack(many_tasks.path, tmp_path / "bags", jobs=2 if stage == "building records" else 1, listener=stop)
    assert leftovers(tmp_path / "bags") == []
