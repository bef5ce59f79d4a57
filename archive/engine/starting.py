"""Starts a fresh interpreter that knows this process's module path and serves tasks (`archive.engine.worker`)."""

from __future__ import annotations

import contextlib
import fcntl
import os
import subprocess
import sys
from typing import IO

from archive.errors import WorkerError

_PIPE = 1024 * 1024
"""Bytes that a pipe holds where the system lets us ask for more than the usual 64 KiB."""

_PROGRAM = """
import contextlib, os, pickle, queue, signal, struct, threading, traceback, typing
import sys; sys.path[:] = {path}
from archive.engine.worker import serve; serve({marks})
"""
"""What a worker runs. It takes what it needs of Python before it looks at a path that may begin with any folder."""


def started(marks: int | None = None, *, is_quiet: bool = False) -> subprocess.Popen[bytes]:
    """A process that serves what is written to its standard input.

    Args:
        marks: the descriptor of a file in which it marks which part of its work it is at.
        is_quiet: whether what it and its libraries say on standard error is thrown away.

    Raises:
        WorkerError: it could not be started.
    """
    # The flags that decide what the name of a file is, and whether anything is written beside a module.
    flags = ["-X", f"utf8={sys.flags.utf8_mode}", *(["-B"] if sys.dont_write_bytecode else [])]
    try:
        path = [entry or os.getcwd() for entry in sys.path if isinstance(entry, str)]  # noqa: PTH109 - strings
        process = subprocess.Popen(
            [sys.executable, "-I", *flags, "-c", _PROGRAM.format(path=ascii(path), marks=marks)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if is_quiet else None,
            bufsize=0,
            pass_fds=() if marks is None else (marks,),
        )
    except OSError as error:
        raise WorkerError(
            f"a worker process could not be started ({error.strerror})", remedy="Try again with --jobs 1"
        ) from error
    for pipe in (process.stdin, process.stdout):
        _widen(pipe)
    return process


def _widen(pipe: IO[bytes] | None) -> None:
    """Has a pipe hold a whole batch of results, so that neither side waits for the other; not every system can."""
    if pipe is not None and hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):  # this user has too many of them
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
