"""What programs put into letters: stuffing, flowed lines, uuencode, ciphertext, heads without end."""

from __future__ import annotations

import binascii
from pathlib import Path

import pytest

from archive.model.blocks import Reading
from archive.model.charsets import decode
from archive.sources.files import read_file
from archive.sources.limits import Limits
from archive.sources.mail.encodings import decoded
from archive.sources.mail.parts import LONGEST_HEAD
from archive.sources.reading import read
from tests.contracts.containers import codes, read_all, texts
from tests.contracts.sources import check_reading

HEAD = b"From: Jane <jane@example.org>\nSubject: Winter\nDate: Tue, 5 Apr 2011 10:00:00 +0900\nMessage-ID: <a@b.org>\n"
MARK = b"From jane@example.org Tue Apr  5 10:00:00 2011\n"
ARMOUR = b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n=abcd\n-----END PGP MESSAGE-----\n"


def said(reading: Reading) -> list[str]:
    check_reading(reading)
    return [block.text for block in reading.blocks]


def letter(body: bytes, *fields: bytes, path: str = "a.eml", limits: Limits | None = None) -> Reading:
    head = HEAD + b"".join(field + b"\n" for field in fields)
    return read(path, head + b"\n" + body, limits=limits or Limits())


def box(body: bytes, *fields: bytes) -> bytes:
    return MARK + HEAD + b"".join(field + b"\n" for field in fields) + b"\n" + body


def test_what_a_mailbox_put_before_lines_is_left_out() -> None:
    body = b"The winter.\n>From here on it was hard.\n>>From him.\n> From her.\nIt ended.\n"
    read_, _ = read_all(box(body), "a.mbox")
    expected = ["The winter.", "From here on it was hard.", ">From him.", "> From her.", "It ended."]
    assert texts(read_) == [expected]
    assert [layer.name for layer in read_[0][1].reading.layers] == [None]
    assert said(letter(body))[1] == ">From here on it was hard."


def test_the_same_where_lines_are_not_wanted() -> None:
    read_, _ = read_all(box(b"The winter.\n>From here.\n>>From him.\n"), "a", limits=Limits(lines_are_wanted=False))
    (block,) = read_[0][1].reading.blocks
    assert block.text.split() == ["The", "winter.", "From", "here.", ">From", "him."]
    assert len(block.spans) == 3


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ((b"Content-Type: text/html",), b"<p>One\n>From here</p>"),
        ((b"Content-Transfer-Encoding: quoted-printable",), b"One=20\n>From here=\n"),
        ((b"Content-Type: text/plain; charset=iso-2022-jp",), b'One\n>From here \x1b$B$"\x1b(B'),
    ],
)
def test_what_does_not_stand_plainly_is_stored_without_it(fields: tuple[bytes, ...], body: bytes) -> None:
    read_, _ = read_all(box(body, *fields), "a.mbox")
    reading = read_[0][1].reading
    assert [layer.name for layer in reading.layers] == ["part-0"]
    assert ">From" not in decode(reading.layers[0].data, reading.layers[0].charset)
    assert "From here" in " ".join(block.text for block in reading.blocks)


def test_what_is_attached_in_a_mailbox_is_without_it_too() -> None:
    parts = (
        b"--x\nContent-Type: text/plain\n\nSee below.\n--x\nContent-Disposition: attachment; filename=a.txt\n"
        b"Content-Type: text/plain\n\n%sFrom here.\n--x--\n"
    )
    for stuffing, layer in ((b">", "body"), (b"", None)):
        data = box(parts % stuffing, b"Content-Type: multipart/mixed; boundary=x")
        read_, _ = read_all(data, "a.mbox")
        reading = read_[1][1].reading
        assert ([block.text for block in reading.blocks], reading.layers[0].name) == (["From here."], layer)


@pytest.mark.parametrize(
    ("body", "more", "expected"),
    [
        (b"The river \nfroze early.\nNobody \ncrossed it.\n", b"", ["The river froze early.", "Nobody crossed it."]),
        (b"The ri \nver froze.\n", b"; delsp=yes", ["The river froze."]),
        (b"> We \n> went.\n> > He \nstayed.\n", b"", ["> We went.", "> > He", "stayed."]),
        (b"An end \n\nA beginning.\n", b"", ["An end", "A beginning."]),
        (b"Yours,\n-- \nJane \nDoe\n", b"", ["Yours,", "--", "Jane Doe"]),
        (b" From here \n on.\n", b"", ["From here on."]),
        (b">>\n>> \n>>\n", b"", [">>", ">>", ">>"]),
    ],
)
def test_flowed_lines_are_paragraphs(body: bytes, more: bytes, expected: list[str]) -> None:
    for ends in (b"\n", b"\r\n"):
        reading = letter(body.replace(b"\n", ends), b"Content-Type: text/plain; format=Flowed" + more)
        assert [" ".join(text.split()) for text in said(reading)] == expected


def test_flowed_lines_in_a_mailbox() -> None:
    data = box(b"We went \n>From here \nto there.\n", b"Content-Type: text/plain; format=flowed")
    assert texts(read_all(data, "a.mbox")[0]) == [["We went From here to there."]]


@pytest.mark.parametrize("encoding", ["x-uuencode", "uuencode", "x-uue"])
def test_uuencode_is_taken_off(encoding: str) -> None:
    text = "The river froze early, and nobody crossed it by day. " * 3
    lines = b"".join(binascii.b2a_uu(text.encode()[at : at + 45]) for at in range(0, len(text), 45))
    body = b"begin 644 a.txt\n" + lines + b"`\nend\n"
    reading = letter(body, b"Content-Transfer-Encoding: " + encoding.encode())
    assert said(reading) == [text.strip()]
    assert not reading.findings
    cut = letter(body[:-5], b"Content-Transfer-Encoding: " + encoding.encode())
    assert codes(cut.findings) == ["mail.part-damaged"]


@pytest.mark.parametrize(
    ("raw", "data"),
    [
        (b"no beginning", b"no beginning"),
        (b"begin 644 a\n\n#0V%T\nend", b"Cat"),
        (b"begin 644 a\n#0V%T\n#\xff\xff", b"Cat"),
    ],
)
def test_uuencode_that_is_broken(raw: bytes, data: bytes) -> None:
    assert decoded(raw, "x-uuencode") == (data, raw.endswith(b"end"))


@pytest.mark.parametrize("wanted", [True, False])
def test_ciphertext_is_no_text(wanted: bool) -> None:
    limits = Limits(lines_are_wanted=wanted)
    mixed = letter(b"Before it.\n" + ARMOUR + b"After it.\n", limits=limits)
    assert " ".join(said(mixed)).split() == ["Before", "it.", "After", "it."]
    alone = letter(ARMOUR, limits=limits)
    assert not said(alone)
    for reading in (mixed, alone):
        assert codes(reading.findings) == ["container.encrypted"]
    assert said(letter(ARMOUR[:40], limits=limits)) == []


def test_sealed_parts_are_no_documents() -> None:
    sealed = (
        b"--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--x\n"
        b"Content-Type: application/octet-stream; name=encrypted.asc\n\n" + ARMOUR + b"--x--\n"
    )
    for fields, body, name in (
        (b"multipart/encrypted; boundary=x", sealed, "multipart/encrypted"),
        (b"application/pkcs7-mime; name=smime.p7m", b"MIAGCSqGSIb3", "application/pkcs7-mime"),
        (b"multipart/mixed; boundary=x", sealed, "encrypted.asc"),
    ):
        data = HEAD + b"MIME-Version: 1.0\nContent-Type: " + fields + b"\n\n" + body
        read_, found = read_all(data, "a.eml")
        assert not read_
        assert codes(found)[0] == "mail.attachments"
        assert name in found[0].found
        assert not said(read("a.eml", data))


def test_a_head_without_end_is_said_and_its_rest_is_no_text() -> None:
    more = b"X-Long: " + b"y" * 70 + b"\n"
    reading = letter(b"The text.", *[more.rstrip()] * (LONGEST_HEAD // len(more) + 2))
    assert said(reading) == ["The text."]
    assert codes(reading.findings) == ["mail.head-too-long"]
    endless = read("a.eml", HEAD + b"X-Long: " + b"y" * LONGEST_HEAD)
    assert (said(endless), codes(endless.findings)) == ([], ["text.empty", "mail.head-too-long"][::-1])


def test_of_a_letter_that_is_too_large_the_head_is_searched(tmp_path: Path) -> None:
    limits = Limits(largest_file=20_000, largest_text=10_000)
    data = b"Return-Path: <j@example.org>\n" + HEAD + b"\n" + b"text\n" * 10_000
    (tmp_path / "letter").write_bytes(data)
    for path in ("a.eml", "Maildir"):
        reading = read_file(path, tmp_path / "letter", limits=limits)
        assert (reading.media_type, reading.text_was_read) == ("message/rfc822", False)
        assert {"text.too-large", "original.hidden-personal-data"} <= set(codes(reading.findings))
        assert "format.name-disagrees" not in codes(reading.findings)
        assert next(one.found for one in reading.findings if one.code == "text.too-large") == "more than 20,000 bytes"
        assert [one.value for one in reading.embedded if one.field == "title"] == ["Winter"]
    read_, _ = read_all(MARK + data, "a.mbox", limits=limits)
    assert "original.hidden-personal-data" in codes(read_[0][1].reading.findings)


def test_something_before_the_first_message() -> None:
    read_, found = read_all(b"a stray line\n" + box(b"The text.\n"), "a.mbox")
    assert texts(read_) == [["The text."]]
    assert [(one.code, one.where.bytes) for one in found] == [("mail.before-first", "0-13")]


@pytest.mark.parametrize("data", [b"Just text.\n\nFrom here on it was hard.", b"From the beginning\nit was hard.", b""])
def test_prose_under_the_name_of_a_mailbox_is_text(data: bytes) -> None:
    assert read_all(data, "a.mbox") == ([], [])
    if data:
        reading = read("a.mbox", data)
        assert (reading.media_type, codes(reading.findings)) == ("text/plain", ["format.name-disagrees"])
        assert said(reading)
