from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.beginnings import (
    HEAD,
    Beginning,
    are_json_lines,
    beginning_of,
    may_be_json_lines,
    may_become_json_lines,
)

DATE = b"Date: Tue, 5 Apr 2011 10:00:00 +0900\n"
SENT = b"From: Jane <jane@example.org>\nSubject: x\n" + DATE


@pytest.mark.parametrize(
    "data",
    [
        SENT + b"\nText",
        SENT.replace(b"\n", b"\r\n") + b"\r\nText",
        SENT.replace(b":", b" :", 1) + b"\nText",
        b"Subject: x\nMessage-ID: <a@b.org>\nTo: c@d.org\n\n",
        b"Received: from a by b;\n\tTue, 5 Apr 2011 10:00:01 +0900\nFrom: a@b.org\nTo: c@d.org\n\n",
        b"X-Mailer: y\nMIME-Version: 1.0\nFrom: a@b.org\n\nText",
        SENT + b"X-Long: " + b"y" * HEAD,
        SENT + b"X-Long: y\n" * (HEAD // 10) + b"\nText",
        SENT + b"X: " + b"y" * (HEAD - len(SENT) - 4) + b"\r\n\r\n",
    ],
)
def test_letters(data: bytes) -> None:
    assert beginning_of(data) is Beginning.LETTER
    assert beginning_of(data[:HEAD]) is Beginning.LETTER


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Subject: the winter in which the river froze\n\nIt was cold.",
        b"From: Kim\nTo: the commission\nDate: 5 April 2011\nSubject: families\n\nDear all",
        b"Date: 5 April 2011 10:00\nFrom: 10:00\nTo: 12:00\nSubject: minutes\n\nPresent: all",
        b"From: Kim\nTo: us\nDate: 5 Apr 2011 10:00\nSubject: families\n\nDear all",
        b"From: Kim <kim@example.org>\nTo: us\nSent: Monday\nSubject: families\n\nDear all",
        SENT + b"and no blank line comes",
        SENT,
        b"To: a\nCc: b\nSubject: c\nMIME-Version: 1.0\n\nNobody says where it came from.",
        b"Note: he said so.\nDate: 2011\n\nText",
        b"https://example.org/a\n\nText",
        b"WARC-Type: x\n\n",
        b"title: a\ndate: 2011-04-05\n\nText",
    ],
)
def test_texts_that_begin_alike_are_no_letters(data: bytes) -> None:
    assert beginning_of(data) not in {Beginning.LETTER, Beginning.MAILBOX}


@pytest.mark.parametrize(
    "data",
    [
        b"From: <Saved by Blink>\nSubject: x\n" + DATE + b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n",
        b"Snapshot-Content-Location: https://e.org\nContent-Type: multipart/related;\n\tboundary=x\n\n",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n",
    ],
)
def test_saved_pages(data: bytes) -> None:
    assert beginning_of(data) is Beginning.SAVED_PAGE


def test_letters_of_several_parts_are_no_saved_pages() -> None:
    data = SENT + b"To: a@b.org\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    assert beginning_of(data) is Beginning.LETTER
    assert beginning_of(b"no fields") is None


@pytest.mark.parametrize(
    "data",
    [
        b"From a@b.org Tue Apr  5 10:00:00 2011\n" + SENT + b"\nText",
        b"From - Tue Apr  5 10:00:00 2011\r\nX-Mozilla-Status: 0001\r\nFrom: a\r\n\r\n",
        b"From a\n" + SENT + b"\nText",
    ],
)
def test_mailboxes(data: bytes) -> None:
    assert beginning_of(data) is Beginning.MAILBOX


@pytest.mark.parametrize(
    "data",
    [
        b"From the beginning it was hard.",
        b"From the beginning, at 10:30, it was hard.\nNote: we were there.\n\nText",
        b"From Seoul, 10:30 in the morning\nSubject: a poem\nFrom: nobody\n\nThe rain falls.",
        b"From 10:00 on we waited.\nDate: 2011\n\nText",
        b"From a\nFrom: b\n\n",
    ],
)
def test_texts_that_begin_alike_are_no_mailboxes(data: bytes) -> None:
    assert beginning_of(data) is not Beginning.MAILBOX


@pytest.mark.parametrize(
    ("data", "is_whole", "is_so"),
    [
        (b'{"text": "a"}\n{"text": "b", "x": 1}', True, True),
        (b'\xef\xbb\xbf{"body": "a"}\r\n\r\n{"text": "b"}\r\n', True, True),
        (b'{"text": "a"}\n{"text": "b"}\n{"te', False, True),
        (b'{"text": "a"}\n{"text": "b"}\n{"te', True, True),
        (b'{"text": "a"}\n{"te\n{"text": "b"}\n', True, True),
        (b'{"text": "a"}\n{"te\n{"text": "b"}\nand so on', True, False),
        (b'{"te\n{"text": "a"}\n{"text": "b"}\n', True, False),
        (b'{"text": "a"}', True, False),
        (b'{\n "text": "a"\n}\n', True, False),
        (b'{"text": "a"}\n{"title": "b"}\n', True, False),
        (b'{"text": "a"}\n{"text": 1}\n', True, False),
        (b'{"text": "a"}\n["text"]\n', True, False),
        (b'{"text": "a"}\n' + b"[" * 100_000 + b"\n", True, False),
        (b'{"text": "a"}\nand so on\n', True, False),
        (b"", True, False),
    ],
)
def test_json_lines(data: bytes, is_whole: bool, is_so: bool) -> None:
    assert are_json_lines(data, {"text", "body"}, is_whole=is_whole) is is_so


@pytest.mark.parametrize(
    ("data", "may_be"),
    [(b'{"text": "a', True), (b'{"text": "a"}\n{"te', True), (b'{"title": "a"}\n{"te', False), (b"[", False)],
)
def test_what_may_become_json_lines(data: bytes, may_be: bool) -> None:
    assert may_become_json_lines(data, ["text"]) is may_be


def test_what_may_be_json_lines() -> None:
    assert may_be_json_lines(b"\xef\xbb\xbf \n{")
    assert not may_be_json_lines(b"[{")


@given(st.binary(max_size=200))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    assert beginning_of(data) in {None, *Beginning}
    assert are_json_lines(data, ["text"], is_whole=True) in {True, False}
