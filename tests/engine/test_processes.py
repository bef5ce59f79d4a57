"""The engine that works in several processes: the contract, and what can befall processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.engine import Engine, ProcessEngine
from archive.engine.processes import Crew
from archive.errors import WorkerError
from tests.contracts import tasks
from tests.contracts.engines import EngineContract, close

pytestmark = pytest.mark.usefixtures("heard_signals")

PATIENCE = 60.0


class TestOneWorker(EngineContract):
    def make(self) -> Engine:
        return ProcessEngine(1)


class TestTwoWorkers(EngineContract):
    workers = 2

    def make(self) -> Engine:
        return ProcessEngine(2)


@pytest.fixture
def engine() -> ProcessEngine:
    return ProcessEngine(2)


@pytest.fixture(autouse=True)
def nobody_is_left() -> Iterator[None]:
    before = children()
    yield
    assert children() <= before


def children() -> set[int]:
    """The processes that this one has started and not yet seen off."""
    numbers = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
    return {number for number in numbers if _status(number)[1:] == [str(os.getpid())]}


def is_alive(process: int) -> bool:
    """Whether it runs; one that has ended and that nobody has asked after does not."""
    return _status(process)[:1] not in ([], ["Z"])


def _status(process: int) -> list[str]:
    """The state of a process and the number of its parent (proc(5)); nothing for one that is no more."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return []


def until_ended(processes: list[int]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and any(is_alive(one) for one in processes):
        time.sleep(0.01)
    return not any(is_alive(one) for one in processes)


def test_work_is_spread(engine: ProcessEngine) -> None:
    found = set(engine.map(tasks.process_id, 0.05, range(8)))
    assert len(found) == 2
    assert os.getpid() not in found


def test_closing_early_ends_what_is_in_work(engine: ProcessEngine) -> None:
    results = engine.map(tasks.wait, 1, [0, 600, 600, 600])
    assert next(results) == 0
    before = time.monotonic()
    close(results)
    assert time.monotonic() - before < PATIENCE


def test_an_error_ends_what_is_in_work(engine: ProcessEngine) -> None:
    results = engine.map(tasks.process_id, 0.01, [1, 2, 3, 4])
    workers = {next(results), next(results)}
    with pytest.raises(RuntimeError, match="enough"):
        results.throw(RuntimeError("enough"))  # type: ignore[attr-defined]
    assert not any(is_alive(one) for one in workers)


def test_a_worker_that_will_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.engine.processes._PATIENCE", 0.1)
    results = ProcessEngine(1).map(tasks.process_id, 0, [1, 2])
    worker = next(results)
    os.kill(worker, signal.SIGSTOP)
    close(results)
    assert not is_alive(worker)


def test_a_frame_that_was_cut_short_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    real: Any = subprocess.Popen
    started: list[subprocess.Popen[bytes]] = []

    def start(*args: object, **kwargs: object) -> subprocess.Popen[bytes]:
        started.append(real(*args, **kwargs))
        os.kill(started[0].pid, signal.SIGSTOP)
        return started[0]

    def interrupt(*_: object) -> None:
        raise InterruptedError

    monkeypatch.setattr("archive.engine.processes.subprocess.Popen", start)
    monkeypatch.setattr("archive.engine.processes._PATIENCE", 0.1)
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    with pytest.raises(InterruptedError):  # the pipe holds less, and nobody reads it
        list(ProcessEngine(1).map(tasks.see, b"x" * 2_000_000, [1]))
    signal.signal(signal.SIGALRM, before)
    assert started[0].returncode == -signal.SIGKILL


def test_a_worker_that_leaves_is_told(engine: ProcessEngine) -> None:
    with pytest.raises(WorkerError, match="ended with exit code 7") as caught:
        list(engine.map(tasks.end_at, 5, range(10)))
    assert caught.value.remedy


def test_a_worker_that_is_killed_again_over_the_same_is_told(engine: ProcessEngine) -> None:
    with pytest.raises(WorkerError, match="ended by signal 9"):
        list(engine.map(tasks.kill_at, 5, range(10)))


def test_what_a_killed_worker_was_at_is_done_by_another(engine: ProcessEngine, tmp_path: Path) -> None:
    assert list(engine.map(tasks.kill_once, tmp_path / "killed", range(10))) == list(range(10))


def test_a_worker_that_died_before_it_got_an_item_is_replaced() -> None:
    workers: list[int] = []

    def items() -> Iterator[object]:
        yield from (1, 2, 3)
        os.kill(workers[0], signal.SIGKILL)
        assert until_ended(workers)
        yield b"more than a pipe holds" * 100_000

    results = ProcessEngine(1).map(tasks.id_of_process, None, items())
    workers.append(next(results))
    *others, last = results  # what it was at when it was killed another one may have done
    assert len(others) == 2
    assert last != workers[0]


def test_one_that_does_nothing_is_replaced_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.engine.troubles.MOST_IDLE", 1)
    others = children()
    with Crew() as crew:
        crew.hire(2)
        crew.set_to(tasks.add, 1)
        before = children() - others
        kill(before)
        crew.give(1)
        while not crew.has_next:
            crew.collect()
        assert crew.next() == 2
        assert not before & children()
        kill(children() - others)
        with pytest.raises(WorkerError, match="ended by signal 9"):
            crew.collect()


def kill(processes: set[int]) -> None:
    for process in processes:
        os.kill(process, signal.SIGKILL)
    assert until_ended(list(processes))


@pytest.mark.parametrize(
    ("task", "words"),
    [
        (tasks.unsendable, "a generator could not be sent back"),
        (tasks.fail_unsendably, "UnsendableError: for us only"),
        (tasks.fail_with_two, "TwoPartsError: one and two"),
        (tasks.unreadable, "a result could not be read .LookupError: not here"),
    ],
)
def test_what_cannot_travel_is_told_in_words(engine: ProcessEngine, task: object, words: str) -> None:
    with pytest.raises(WorkerError, match=words):
        list(engine.map(task, None, [1]))  # type: ignore[arg-type]


def test_what_cannot_travel_is_told_in_its_turn(engine: ProcessEngine) -> None:
    results = engine.map(tasks.see, None, [1, "a", tasks.Unreadable("not there"), 2])
    assert [next(results), next(results)] == ["int", "str"]
    with pytest.raises(WorkerError, match="an item could not be read in a worker process"):
        next(results)


def test_a_shared_value_that_cannot_travel_is_told(engine: ProcessEngine) -> None:
    with pytest.raises(WorkerError, match="the task could not be read in a worker process"):
        list(engine.map(tasks.see, tasks.Unreadable("not there"), [1, 2, 3, 4]))


def test_a_task_that_cannot_be_sent_is_an_error_here(engine: ProcessEngine) -> None:
    with pytest.raises((AttributeError, TypeError), match="pickle"):
        list(engine.map(lambda _, item: item, None, [1]))


def test_an_item_that_cannot_be_sent_is_an_error_here(engine: ProcessEngine) -> None:
    with pytest.raises(TypeError, match="pickle"):
        list(engine.map(tasks.see, None, [iter(range(1)), (number for number in range(1))]))


def test_the_place_of_an_error_is_kept_as_a_note(engine: ProcessEngine) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        list(engine.map(tasks.divide, 1, [0]))
    assert any("in divide" in note for note in caught.value.__notes__)


def test_a_worker_sees_names_and_modules_as_this_process_does(engine: ProcessEngine) -> None:
    ((mode, writes_nothing, path),) = engine.map(tasks.environment, None, [1])
    assert mode == sys.flags.utf8_mode
    assert writes_nothing == sys.dont_write_bytecode
    assert path[: len(sys.path)] == [entry or str(Path.cwd()) for entry in sys.path]


def test_a_worker_that_cannot_be_started_is_told(engine: ProcessEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(WorkerError, match="could not be started"):
        list(engine.map(tasks.add, 1, [1]))


def test_what_was_started_is_ended_when_the_next_cannot_be(
    engine: ProcessEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    real: Any = subprocess.Popen

    def once(*args: object, **kwargs: object) -> subprocess.Popen[bytes]:
        if started:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        started.append(real(*args, **kwargs))
        return started[0]

    monkeypatch.setattr("archive.engine.processes.subprocess.Popen", once)
    with pytest.raises(WorkerError, match="temporarily unavailable"):
        list(engine.map(tasks.add, 1, [1]))
    assert started[0].returncode is not None


def test_ctrl_c_is_as_before_once_the_workers_are_started(engine: ProcessEngine) -> None:
    results = engine.map(tasks.add, 1, range(3))
    next(results)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, set())
    close(results)


def run(program: str, *, cwd: Path, project: Path, flags: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """Starts a program that can import the checkout and nothing else of ours, in a session of its own."""
    script = cwd / "program.py"
    script.write_text(textwrap.dedent(program))
    return subprocess.Popen(
        [sys.executable, *flags, str(script)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(project)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


LONG = """
    from itertools import chain, repeat
    from archive.engine import ProcessEngine
    from tests.contracts.tasks import process_id_after
    for process in ProcessEngine(2).map(process_id_after, None, chain(repeat(0.05, 8), repeat(600))):
        print(process, flush=True)
"""


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    """The workers, each at a task that takes very long."""
    assert process.stdout
    return sorted({int(process.stdout.readline()) for _ in range(8)})


def test_a_parent_that_is_killed_leaves_nobody_behind(tmp_path: Path, project: Path) -> None:
    process = run(LONG, cwd=tmp_path, project=project)
    workers = workers_of(process)
    assert len(workers) == 2
    process.kill()
    process.communicate()
    assert until_ended(workers)


def test_ctrl_c_leaves_nobody_behind_and_says_one_thing(tmp_path: Path, project: Path) -> None:
    process = run(LONG, cwd=tmp_path, project=project)
    workers = workers_of(process)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert said.count("Traceback") == said.count("KeyboardInterrupt") == 1
    assert until_ended(workers)


def test_ctrl_c_while_workers_start_says_one_thing(tmp_path: Path, project: Path) -> None:
    program = """
        import os, signal, subprocess
        from archive.engine import ProcessEngine
        from tests.contracts.tasks import add
        real, count = subprocess.Popen, 0
        def start(*args, **kwargs):
            global count
            process, count = real(*args, **kwargs), count + 1
            if count == 2:
                os.killpg(0, signal.SIGINT)
            return process
        subprocess.Popen = start
        try:
            list(ProcessEngine(3).map(add, 1, [1]))
        except KeyboardInterrupt:
            print("interrupted", count)
    """
    said, complaints = run(program, cwd=tmp_path, project=project).communicate(timeout=PATIENCE)
    assert (said, complaints) == ("interrupted 3\n", "")


def test_a_script_without_a_main_guard_works(tmp_path: Path, project: Path) -> None:
    program = """
        from archive.engine import ProcessEngine
        from tests.contracts.tasks import add
        print("begun")
        print(list(ProcessEngine(2).map(add, 1, [1, 2, 3])))
    """
    said, complaints = run(program, cwd=tmp_path, project=project).communicate(timeout=PATIENCE)
    assert (said, complaints) == ("begun\n[2, 3, 4]\n", "")


def test_a_task_of_the_script_itself_is_told_in_words(tmp_path: Path, project: Path) -> None:
    program = """
        from archive.engine import ProcessEngine
        from archive.errors import WorkerError
        def mine(shared, item):
            return item
        try:
            list(ProcessEngine(2).map(mine, 1, [1, 2, 3]))
        except WorkerError as error:
            print(error)
    """
    said, complaints = run(program, cwd=tmp_path, project=project).communicate(timeout=PATIENCE)
    assert "the task could not be read in a worker process" in said
    assert "mine" in said
    assert complaints == ""


@pytest.mark.parametrize("mode", [0, 1])
def test_names_of_files_are_the_same_bytes_in_a_worker(tmp_path: Path, project: Path, mode: int) -> None:
    program = """
        from archive.engine import ProcessEngine
        from tests.contracts.tasks import environment
        print([outcome[0] for outcome in ProcessEngine(2).map(environment, None, [1, 2])])
    """
    process = run(program, cwd=tmp_path, project=project, flags=("-X", f"utf8={mode}"))
    assert process.communicate(timeout=PATIENCE) == (f"[{mode}, {mode}]\n", "")


def test_a_folder_with_modules_named_like_pythons_own_does_not_disturb(tmp_path: Path, project: Path) -> None:
    for name in ("pickle", "struct", "queue", "traceback"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the wrong module')\n")
    program = """
        import sys
        del sys.path[0]
        from archive.engine import ProcessEngine
        from tests.contracts.tasks import add
        sys.path.insert(0, "")
        print(list(ProcessEngine(2).map(add, 1, [1, 2, 3])))
    """
    said, complaints = run(program, cwd=tmp_path, project=project).communicate(timeout=PATIENCE)
    assert (said, complaints) == ("[2, 3, 4]\n", "")


@pytest.mark.parametrize("closed", ["0<&-", "2>&-", "0<&- 2>&-"])
def test_a_process_without_standard_streams_works(tmp_path: Path, project: Path, closed: str) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "from archive.engine import ProcessEngine\n"
        "from tests.contracts.tasks import print_it\n"
        "print(list(ProcessEngine(2).map(print_it, 'x', [1, 2, 3])))\n"
    )
    command = f'exec "$0" "$1" {closed}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, str(script)],
        check=False,
        env={**os.environ, "PYTHONPATH": str(project)},
        stdout=subprocess.PIPE,
        timeout=PATIENCE,
    )
    assert done.stdout == b"[1, 2, 3]\n"
