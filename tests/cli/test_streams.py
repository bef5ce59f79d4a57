from __future__ import annotations

import errno
import io
import os
import sys

import pytest

from archive.cli.streams import Forgiving, forgive_locale, on_terminal, reader_has_left, say, tell
from archive.errors import StorageError


class Broken(io.StringIO):
    """A stream behind which something is wrong; the file number is that of a pipe's end of its own."""

    def __init__(self, error: OSError, number: int) -> None:
        super().__init__()
        self._error = error
        self._number = number

    def flush(self) -> None:
        raise self._error

    def fileno(self) -> int:
        return self._number


@pytest.fixture
def number(tmp_path):
    with (tmp_path / "end").open("wb") as stream:
        yield stream.fileno()


def test_what_cannot_be_encoded_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    monkeypatch.setattr(sys, "stderr", None)
    forgive_locale()
    say("북")
    assert raw.getvalue() == b"\\ubd81\n"


def test_a_result_that_nobody_hears_is_an_error_and_a_message_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(StorageError, match="closed"):
        say("nobody hears")
    tell("nobody hears")
    assert not on_terminal()


def test_a_reader_that_left_is_no_error(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(sys, "stdout", Broken(BrokenPipeError(), number))
    say("x")


def test_a_result_that_cannot_be_written_is_an_error(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(sys, "stdout", Broken(OSError(28, "No space left on device"), number))
    with pytest.raises(StorageError, match="the disk is full"):
        say("x")
    monkeypatch.setattr(sys, "stdout", Broken(OSError(), number))
    with pytest.raises(StorageError, match="could not be written"):
        say("x")


def test_a_message_that_cannot_be_written_is_let_go(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(sys, "stderr", Broken(OSError(28, "No space left on device"), number))
    tell("x")


def test_whether_the_reader_left_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert not reader_has_left()
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert not reader_has_left()
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert not reader_has_left()
        os.close(reading)
        assert reader_has_left()
        assert not reader_has_left()


def test_what_is_drawn_on_a_closed_terminal_is_lost_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(errno.EIO, "Input/output error")

        def flush(self) -> None:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(sys, "stderr", Closed())
    drawing = Forgiving()
    assert drawing.write("words") == 5
    drawing.flush()
    assert not drawing.isatty()
