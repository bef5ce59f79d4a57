"""Readers in a process apart: what befalls them costs one document, whatever it is."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator

import pytest

from archive.sources import Limits, apart, read, read_plainly
from archive.sources.apart import Done, Work
from archive.sources.pronom import Identified
from archive.sources.protocol import Opaque
from tests.contracts.sources import check_reading
from tests.sources.opaque import lines, pdf

DOCUMENT = pdf([lines("Words.")])
LEFT = ("original.not-searched", "application/pdf: it cannot be read")
LIMITS = Limits(seconds=1, memory=1 << 30, patience=60)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    apart.close()


def crash(work: Work) -> Done:
    if work.media_type:
        os.kill(os.getpid(), signal.SIGSEGV)
    return apart._carry_out(work)


def always_crash(_: Work) -> Done:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def go_on_for_ever(work: Work) -> Done:
    while work.media_type:
        pass
    return apart._carry_out(work)


def swell(work: Work) -> Done:
    if work.media_type:
        bytearray(4 << 30)
    return apart._carry_out(work)


def raise_anything(work: Work) -> Done:
    if work.media_type:
        raise ZeroDivisionError
    return apart._carry_out(work)


@pytest.mark.parametrize(
    ("task", "code", "how"),
    [
        (crash, "document.reader-crashed", "ended by signal 11"),
        (swell, "document.reader-crashed", "out of memory"),
        (raise_anything, "document.reader-crashed", "its reader came upon something that it does not expect"),
        (go_on_for_ever, "document.reader-too-slow", "more than 1 s of processor time"),
    ],
)
def test_a_reader_that_is_lost_costs_one_document(
    task: Callable[[Work], Done], code: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(apart, "_carry_out", task)
        reading = read("a.pdf", DOCUMENT, limits=LIMITS)
    check_reading(reading)
    assert [(one.code, one.found) for one in reading.findings] == [(code, how), LEFT]
    assert (reading.media_type, reading.puid, reading.text_was_read) == ("application/pdf", "fmt/18", False)
    assert [block.text for block in read("a.pdf", DOCUMENT, limits=LIMITS).blocks] == ["Words."]


def test_a_document_whose_format_cannot_be_told_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_carry_out", always_crash)
    for name, data in (("a.pdf", DOCUMENT), ("a.bin", b"\0" * 99)):
        reading = read(name, data, limits=LIMITS)
        check_reading(reading)
        assert reading.puid is None
        assert [one.code for one in reading.findings] == ["document.reader-crashed", LEFT[0]]


def test_an_office_file_under_a_password_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "identify", lambda _: Identified("fmt/494", "container", ""))
    done = apart._carry_out(Work("application/x-ole-storage", Opaque("a.docx", b"...", LIMITS)))
    assert done.taken_out is not None
    assert [one.code for one in done.taken_out.taken.findings] == ["document.encrypted", LEFT[0]]


def test_other_limits_get_a_process_of_their_own() -> None:
    assert read("a.pdf", DOCUMENT, limits=LIMITS).blocks
    assert read("a.pdf", DOCUMENT).blocks
    assert len(apart._processes) == 1


def test_read_plainly_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "call", always_crash)
    assert list(read_plainly("a.pdf", DOCUMENT)) == []  # type: ignore[call-overload]
    assert list(read_plainly("a.txt", b"Words.")) == ["Words."]  # type: ignore[call-overload]
