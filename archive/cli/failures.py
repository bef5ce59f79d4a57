"""Errors that stop a verb, in words: what happened, where, and what to do. No traceback reaches a person."""

from __future__ import annotations

import os
import signal
import traceback
from dataclasses import dataclass

from archive.cli.endings import ToldToEnd
from archive.errors import ArchiveError, UsageError
from archive.storage.trouble import explained

INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 and the number of the signal, as shells have it."""
UNDETERMINED = 3


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a verb came to no result.

    Attributes:
        code: a code of `archive.model.codes`.
        exit_code: what the process exits with.
        what: what happened.
        where: what it happened to, or an empty string.
        remedy: what to do, or an empty string for the code's usual remedy.
    """

    code: str
    exit_code: int
    what: str
    where: str = ""
    remedy: str = ""


def failure_of(error: BaseException) -> Failure:
    """The failure that an exception means.

    Args:
        error: an error of ours, of the operating system, Ctrl-C, or something that should not have happened.
    """
    match error:
        case ToldToEnd():
            what = f"told to end ({signal.Signals(error.number).name}); {_come_to(error)}"
            return Failure("run.interrupted", error.exit_code, what)
        case KeyboardInterrupt() | EOFError():
            return Failure("run.interrupted", INTERRUPTED, f"interrupted; {_come_to(error)}")
        case ArchiveError():
            code = "run.refused" if isinstance(error, UsageError) else "run.failed"
            return Failure(code, error.exit_code, error.what, error.where or "", error.remedy or "")
        case MemoryError():
            return Failure("run.failed", UNDETERMINED, "the machine's memory was not enough", remedy="Try --jobs 1.")
        case OSError():
            # What to do there is meant for who writes a bag, which whoever could has said already.
            return Failure("run.failed", UNDETERMINED, explained(error).what, _system_place(error))
        case _:
            return Failure("run.fault", UNDETERMINED, _fault_words(error))


def debug_trace(error: BaseException) -> str | None:
    """The traceback, where the environment asks for it with ARCHIVE_DEBUG=1."""
    if os.environ.get("ARCHIVE_DEBUG", "") in {"", "0"}:
        return None
    return "".join(traceback.format_exception(error)).rstrip("\n")


def _come_to(error: BaseException) -> str:
    """How far the run had come that was ended, which whoever knows more than the usual has noted."""
    return next(iter(getattr(error, "__notes__", ())), "nothing was published")


def _system_place(error: OSError) -> str:
    names = (error.filename, error.filename2)
    return " and ".join(os.fsdecode(name) for name in names if isinstance(name, str | bytes))


def _fault_words(error: BaseException) -> str:
    said = str(error).partition("\n")[0][:200]
    return f"something happened that should not have: {type(error).__name__}" + (f": {said}" if said else "")
