"""One command, measured as a whole process tree."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_EVERY = 0.05
_LAST_WORDS = 400


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run took.

    Attributes:
        wall: seconds by the clock.
        cpu: seconds of processor, user and system, of the command and all that it waited for; or, where that is more,
            of all processes of the tree as they were last seen, since some programs wait for nobody.
        peak: bytes of memory of the whole tree at its largest (proportional set size, twenty times a second).
        exit_code: how it ended.
        last_words: the end of what it wrote to standard error, where it failed.
    """

    wall: float
    cpu: float
    peak: int
    exit_code: int
    last_words: str = ""


def measure(command: Sequence[str], *, folder: Path, environment: Mapping[str, str] | None = None) -> Measured:
    """Runs a command and measures it.

    Args:
        command: its words.
        folder: where it runs.
        environment: what is added to the present environment.

    Raises:
        OSError: it cannot be started.
    """
    with tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        watch.ended.set()
        watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace").strip()
    return Measured(
        wall,
        max(usage.ru_utime + usage.ru_stime, sum(watch.cpu.values())),
        watch.peak or usage.ru_maxrss * 1024,
        process.returncode,
        said[-_LAST_WORDS:] if process.returncode else "",
    )


class _Watch(threading.Thread):
    """Looks at the memory and the seconds of processor of a process tree again and again."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0
        self.cpu: dict[int, float] = {}
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(_EVERY):
            tree = _tree(self.pid)
            self.peak = max(self.peak, sum(map(_memory, tree)))
            for one in tree:
                with contextlib.suppress(psutil.Error):
                    seen = one.cpu_times()
                    self.cpu[one.pid] = seen.user + seen.system


def _tree(pid: int) -> list[psutil.Process]:
    try:
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    except psutil.Error:
        return []


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.Error, OSError):
        return 0


@dataclass(frozen=True, slots=True)
class Transfers:
    """What a command and all that it waited for passed to and from the system.

    Attributes:
        read_calls: calls that read.
        bytes_read: bytes that they gave, from a file, a pipe or a cache alike.
        write_calls: calls that wrote.
        bytes_written: bytes that they took.
    """

    read_calls: int
    bytes_read: int
    write_calls: int
    bytes_written: int


def transfers(command: Sequence[str], *, folder: Path) -> Transfers:
    """Runs a command and counts its reading and writing (proc(5), `/proc/pid/io`); the counts are no matter of speed.

    Raises:
        subprocess.CalledProcessError: it failed.
        OSError: it cannot be started, or this system does not count.
    """
    before = _counters()
    subprocess.run(
        list(command),
        cwd=folder,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = _counters()
    return Transfers(*(after[name] - before[name] for name in ("syscr", "rchar", "syscw", "wchar")))


def _counters() -> dict[str, int]:
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return {name: int(value) for name, _, value in (line.partition(": ") for line in lines)}
