from __future__ import annotations

import errno

import pytest

from archive.cli.endings import ToldToEnd
from archive.cli.failures import debug_trace, failure_of
from archive.errors import ArchiveError, StorageError, TargetExistsError, UsageError
from archive.model.codes import CODES


@pytest.mark.parametrize(
    ("error", "code", "exit_code", "what", "where"),
    [
        (StorageError("full", where="bags", remedy="Make room"), "run.failed", 3, "full", "bags"),
        (UsageError("no corpus.toml"), "run.refused", 2, "no corpus.toml", ""),
        (TargetExistsError("taken"), "run.refused", 1, "taken", ""),
        (KeyboardInterrupt(), "run.interrupted", 130, "interrupted; nothing was published", ""),
        (ToldToEnd(15), "run.interrupted", 143, "told to end (SIGTERM); nothing was published", ""),
        (ToldToEnd(1), "run.interrupted", 129, "told to end (SIGHUP); nothing was published", ""),
        (EOFError(), "run.interrupted", 130, "interrupted; nothing was published", ""),
        (MemoryError(), "run.failed", 3, "the machine's memory was not enough", ""),
        (PermissionError(errno.EACCES, "Permission denied", b"a"), "run.failed", 3, "permission denied", "a"),
        (OSError(errno.EXDEV, "Cross-device", "a", None, "b"), "run.failed", 3, "Cross-device", "a and b"),
        (OSError(), "run.failed", 3, "OSError", ""),
        (OSError(3, "Bad", 7), "run.failed", 3, "Bad", ""),
        (KeyError("x\ny"), "run.fault", 3, "something happened that should not have: KeyError: 'x\\ny'", ""),
        (ZeroDivisionError(), "run.fault", 3, "something happened that should not have: ZeroDivisionError", ""),
    ],
)  # fmt: skip
def test_every_error_has_its_words(error: BaseException, code: str, exit_code: int, what: str, where: str) -> None:
    failure = failure_of(error)
    assert (failure.code, failure.exit_code, failure.what, failure.where) == (code, exit_code, what, where)
    assert code in CODES


def test_the_remedy_of_our_errors_is_kept() -> None:
    assert failure_of(ArchiveError("x", remedy="Do y")).remedy == "Do y"


@pytest.mark.parametrize("value", [None, "", "0"])
def test_no_traceback_unless_asked_for(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARCHIVE_DEBUG", raising=False)
    if value is not None:
        monkeypatch.setenv("ARCHIVE_DEBUG", value)
    assert debug_trace(ValueError("x")) is None


def test_a_traceback_where_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_DEBUG", "1")
    assert debug_trace(ValueError("x")) == "ValueError: x"
