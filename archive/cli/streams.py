"""Standard output and standard error, so that no locale, no closed pipe and no full disk ends in a traceback."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any, TextIO

from archive.errors import StorageError
from archive.storage.trouble import explained

_LAST_STREAM = 2


def forgive_locale() -> None:
    """Makes both streams escape what their encoding cannot hold, instead of raising."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def occupy_closed() -> None:
    """Sees to it that no file that is opened later gets the number of a closed stream, and a library's prints."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= _LAST_STREAM:
        pass
    os.close(descriptor)


def say(text: str) -> None:
    """Writes a line of the result to standard output.

    Raises:
        StorageError: the line could not be written: a full disk behind a redirection, or nothing that would take it.
    """
    if sys.stdout is None:  # closed before we began (`>&-`)
        raise StorageError(
            "the result could not be written: it is closed",
            where="standard output",
            remedy="Write it to a file, or to /dev/null",
        )
    _write(sys.stdout, text)


def tell(text: str) -> None:
    """Writes a line about the run to standard error; where that is closed, nothing is left to tell it to."""
    if sys.stderr is None:
        return
    try:
        _write(sys.stderr, text)
    except StorageError:
        return


class Forgiving:
    """Standard error for what is drawn on it: a terminal that was closed takes nothing more, and that is no trouble."""

    def __init__(self) -> None:
        self._stream = sys.stderr

    def write(self, text: str) -> int:
        """Writes what can be written."""
        with contextlib.suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Has it written."""
        with contextlib.suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        """All else is as the stream has it."""
        return getattr(self._stream, name)


def on_terminal() -> bool:
    """Whether a person sees standard error."""
    return sys.stderr is not None and sys.stderr.isatty()


def draws_blocks() -> bool:
    """Whether standard output can hold the blocks that bars are drawn with."""
    try:
        "█▏".encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def reader_has_left() -> bool:
    """Whether standard output goes to a pipe that nobody reads any more; it then leads to nowhere from here on."""
    import select

    try:
        descriptor = sys.stdout.fileno()
    except (AttributeError, OSError):  # closed before we began, or no file at all
        return False
    watcher = select.poll()
    watcher.register(descriptor, 0)
    left = any(event & select.POLLERR for _, event in watcher.poll(0))
    if left:
        _abandon(sys.stdout)
    return left


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text + "\n")
        stream.flush()
    except BrokenPipeError:
        _abandon(stream)
    except OSError as error:
        _abandon(stream)
        raise StorageError(
            f"the result could not be written: {explained(error).what}",
            where="standard output",
            remedy="Make room, or write it to another place",
        ) from error


def _abandon(stream: TextIO) -> None:
    """Turns the stream to nowhere, so that the interpreter's own flush at the end does not complain either."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
