"""Messages, saved pages and mailboxes."""

from __future__ import annotations

import base64
import mailbox
import quopri
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.blocks import Reading
from archive.sources import Limits, read
from tests.contracts.containers import codes, read_all, texts
from tests.contracts.sources import check_blocks

SAID = "The river froze early.\n\nNobody crossed it by day.\n"
LINES = ["The river froze early.", "Nobody crossed it by day."]
HEAD = b"From: Kim Example <kim@example.org>\r\nSubject: The river\r\nDate: Fri, 3 May 2024 10:00:00 +0200\r\n"


def message(head: bytes, body: bytes) -> Reading:
    reading = read("a.eml", HEAD + head + b"\r\n" + body)
    check_blocks(reading)
    return reading


def lines(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks]


def stated(reading: Reading) -> dict[str, str]:
    return {one.field: one.value for one in reading.embedded}


def multipart(kind: str, *parts: bytes, boundary: bytes = b"b0") -> tuple[bytes, bytes]:
    body = b"preamble\r\n" + b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return b"Content-Type: multipart/%b; boundary=%b\r\n" % (
        kind.encode(),
        boundary,
    ), body + b"--" + boundary + b"--\r\n"


PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + SAID.encode()
HTML = b"Content-Type: text/html\r\n\r\n<p>The river froze early.</p><p>Nobody crossed it by day.</p>"


def test_a_message_as_it_stands() -> None:
    data = HEAD + b"Message-ID: <x@example.org>\r\n\r\n" + SAID.encode()
    reading = read("a.eml", data)
    check_blocks(reading)
    assert (reading.media_type, reading.puid, reading.charset) == ("message/rfc822", "fmt/278", "utf-8")
    assert lines(reading) == LINES
    assert [data[span.start : span.end].decode() for block in reading.blocks for span in block.spans] == LINES
    assert stated(reading) == {
        "title": "The river", "creators": "Kim Example", "date_issued": "2024-05-03", "identifiers": "x@example.org",
    }  # fmt: skip
    for one in reading.embedded:
        start, _, end = one.locator.removeprefix("bytes=").partition("-")
        assert b":" in data[int(start) : int(end)]
    assert not reading.findings


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_an_encoded_text_is_a_stored_layer(encoding: str) -> None:
    text = "Über dem Fluss.\n" + SAID
    encoded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}[encoding](
        text.encode("windows-1252")
    )
    head = f"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: {encoding}\r\n".encode()
    reading = message(head, encoded)
    assert lines(reading) == ["Über dem Fluss.", *LINES]
    assert [(layer.name, layer.charset) for layer in reading.layers] == [("part-0", "windows-1252")]
    assert (reading.charset, reading.findings) == (None, ())


def test_a_text_in_an_encoding_with_states() -> None:
    reading = message(b"Content-Type: text/plain; charset=iso-2022-jp\r\n", "川は早く凍った。".encode("iso2022_jp"))
    assert lines(reading) == ["川は早く凍った。"]
    assert [(layer.name, layer.charset) for layer in reading.layers] == [("part-0", "utf-8")]


@pytest.mark.parametrize("charset", ["utf-16", "utf-16le"])
def test_a_text_in_utf_16(charset: str) -> None:
    body = base64.encodebytes(SAID.encode(charset))
    head = f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n".encode()
    assert lines(message(head, body))[-1] == LINES[-1]


@pytest.mark.parametrize(
    ("parts", "kind", "locators"),
    [
        ([PLAIN, HTML], "alternative", {"part=1"}),
        ([HTML, PLAIN], "alternative", {"part=2"}),
        ([HTML], "alternative", {"part=1"}),
        ([HTML, b"Content-Type: image/png\r\n\r\nxx"], "related", {"part=1"}),
        ([PLAIN, b"Content-Type: application/pgp-signature\r\n\r\nxx"], "signed", {"part=1"}),
    ],
)
def test_the_part_that_is_the_text(parts: list[bytes], kind: str, locators: set[str]) -> None:
    reading = message(*multipart(kind, *parts))
    assert lines(reading) == LINES
    assert {block.locator for block in reading.blocks} == locators
    assert reading.is_letter == (PLAIN in parts)


def test_several_texts_and_files() -> None:
    inner_head, inner = multipart("alternative", HTML, PLAIN, boundary=b"in ner")
    inner_head = inner_head.replace(b"=in ner", b'="in ner"')
    western = b"Content-Type: text/plain; charset=windows-1252\r\n\r\n\xdcber dem Fluss."
    attached = b'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="a.pdf"\r\n\r\n%PDF'
    named = b"Content-Type: text/plain; name*=utf-8''n%C3%B6tes.txt\r\nContent-Disposition: attachment\r\n\r\nnot read"
    reading = message(*multipart("mixed", inner_head + b"\r\n" + inner, western, attached, named, *([attached] * 11)))
    assert lines(reading) == [*LINES, "Über dem Fluss."]
    assert [(layer.name, layer.charset) for layer in reading.layers] == [(None, "utf-8"), ("part-2", "windows-1252")]
    assert not reading.findings


def test_the_start_of_what_is_related() -> None:
    first = b"Content-Type: text/html\r\nContent-ID: <1>\r\n\r\n<p>a picture</p>"
    second = HTML.replace(b"\r\n\r\n", b"\r\nContent-ID: <2>\r\n\r\n", 1)
    head, body = multipart('related; start="<2>"', first, second)
    assert lines(message(head, body)) == LINES


@pytest.mark.parametrize(
    ("head", "body", "code"),
    [
        (b"Content-Transfer-Encoding: base64\r\n", base64.encodebytes(SAID.encode())[:-9] + b"A", "mail.part-damaged"),
        (b"Content-Transfer-Encoding: uuencode\r\n", SAID.encode(), "mail.part-damaged"),
        (b"Content-Type: image/png\r\n", b"x", "text.not-read"),
        (
            b"Content-Type: multipart/alternative; boundary=b\r\n",
            b"--b\r\nContent-Type: image/png\r\n\r\nx",
            "text.not-read",
        ),
        (b"Content-Type: multipart/encrypted; boundary=b\r\n", b"--b\r\n\r\nx\r\n--b--", "container.encrypted"),
        (b"", b"\r\n \r\n", "text.empty"),
        (
            b"Content-Type: text/plain; charset=utf-8\r\n",
            SAID.encode() + b"a\xff b " + "ü".encode() * 90,
            "text.undecodable-bytes",
        ),
        (b"Received: from a by b\r\nBcc: c@example.org\r\n", SAID.encode(), "original.hidden-personal-data"),
    ],
)
def test_what_is_said_of_a_message(head: bytes, body: bytes, code: str) -> None:
    assert code in codes(message(head, body).findings)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (b"Subject: =?utf-8?B?w5xiZXI=?= =?iso-8859-1?Q?_den_Flu=DF?=", {"title": "Über den Fluß"}),
        (b"Subject: caf\xe9", {"title": "café"}),
        (b"Subject: folded\r\n subject", {"title": "folded subject"}),
        (b"Subject:", {}),
        (b"From: kim@example.org", {}),
        (b'From: "kim@example.org" <kim@example.org>', {}),
        (b"Date: some day", {}),
        (b"Message-ID: <>", {}),
    ],
)
def test_what_a_head_states(field: bytes, expected: dict[str, str]) -> None:
    reading = read("a.eml", field + b"\r\nX-Y: 1\r\n\r\nSome text.")
    assert stated(reading) == expected


def test_what_only_has_the_name_of_a_message() -> None:
    reading = read("a.eml", b"\r\nNothing of the kind.")
    assert (reading.media_type, lines(reading)) == ("text/plain", ["Nothing of the kind."])
    assert codes(reading.findings) == ["format.name-disagrees"]


def test_bounds() -> None:
    head, body = multipart("mixed", *([PLAIN] * 3))
    reading = read("a.eml", HEAD + head + b"\r\n" + body, limits=Limits(most_blocks=3))
    assert (reading.blocks, reading.text_was_read) == ((), False)
    limits = Limits(largest_text=2000)
    zipped = HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"x" * 1500
    assert read("a.eml", zipped, limits=limits).text_was_read
    box = b"From a\r\n" + HEAD + b"\r\n" + b"x" * 3000
    ((_, content),) = read_all(box, "a.mbox", limits=limits)[0]
    assert codes(content.reading.findings) == ["text.too-large"]
    deep = b"Content-Type: text/plain\r\n\r\nx"
    for number in range(60):
        head, body = multipart("mixed", deep, boundary=b"b%d" % number)
        deep = head + b"\r\n" + body
    assert read("a.eml", HEAD + deep).findings
    many, body = multipart("mixed", *([PLAIN] * 2100))
    reading = read("a.eml", HEAD + many + b"\r\n" + body)
    assert (len(reading.blocks), codes(reading.findings)) == (4000, ["mail.too-many-parts"])


@pytest.mark.parametrize(
    "value", [b"(" * 100_000, b'"\\' * 50_000, b"=?utf-8?b?YQ==?= " * 10_000, b"a <b@c>, " * 20_000]
)
@pytest.mark.parametrize("field", [b"From", b"Subject", b"Content-Type", b"Date", b"Message-ID"])
def test_long_fields_cost_little(field: bytes, value: bytes) -> None:
    read("a.eml", HEAD + field + b": " + value + b"\r\n\r\nx")
    read("a.eml", field + b": multipart/mixed; boundary=" + value + b"\r\n\r\nx")


def test_a_saved_page() -> None:
    page = b"<html><head><title>The river</title></head><body>" + HTML.partition(b"\r\n\r\n")[2] + b"</body></html>"
    part = b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quopri.encodestring(page)
    kind, body = multipart('related; type="text/html"', part, b"Content-Type: image/png\r\n\r\nx")
    head = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/river\r\nSubject: x\r\n"
        b"Date: Fri, 3 May 2024 10:00:00 +0200\r\nMIME-Version: 1.0\r\n"
    )
    reading = read("a.mhtml", head + kind + b"\r\n" + body)
    check_blocks(reading)
    assert reading.media_type == "multipart/related"
    assert lines(reading) == ["The river", *LINES]
    assert [layer.name for layer in reading.layers] == ["part-1"]
    assert stated(reading) == {
        "source_url": "https://example.org/river", "capture_tool": "Saved by Blink",
        "captured_at": "2024-05-03T08:00:00Z", "title": "The river",
    }  # fmt: skip
    assert not reading.findings
    assert "captured_at" not in stated(read("a.mht", head.replace(b"3 May", b"99 May") + kind + b"\r\n" + body))


def box(*bodies: str) -> bytes:
    return b"".join(
        f"From a@e.org Fri May  3 10:00:00 2024\nFrom: Kim <k@e.org>\nSubject: {number}\n\n{body}\n\n".encode()
        for number, body in enumerate(bodies)
    )


def test_a_mailbox() -> None:
    data = box("One.\n\nFrom there they went on.", "Two.\n\n>From: a quotation") + box("Three.").replace(
        b"Subject", b"Message-ID: <3@example.org>\nSubject"
    )
    read_, found = read_all(data, "a.mbox")
    assert [(member.name, member.row) for member, _ in read_] == [("1", 1), ("2", 2), ("3@example.org", 3)]
    assert texts(read_) == [["One.", "From there they went on."], ["Two.", ">From: a quotation"], ["Three."]]
    assert [block.locator for block in read_[2][1].reading.blocks] == ["message=3@example.org"]
    assert not found
    for member, content in read_:
        assert data[member.start : member.end] == content.data
        assert (content.reading.media_type, content.reading.puid) == ("application/mbox", "fmt/720")


@pytest.mark.parametrize("data", [b"", b"Nothing of the kind", b"\nFrom a\n"])
def test_what_is_no_mailbox(data: bytes) -> None:
    assert read_all(data, "a.mbox") == ([], [])


def test_a_mailbox_that_is_broken() -> None:
    read_, _ = read_all(b"From a Tue Apr  5 10:00:00 2011\n\nno fields here", "a.mbox")
    assert codes(read_[0][1].reading.findings) == ["mail.no-message"]
    read_, _ = read_all(b"From " + b"a" * 100_000 + b"\n" + HEAD + b"\r\n" + SAID.encode(), "a.mbox")
    assert texts(read_) == [LINES]


def test_a_mailbox_that_another_program_wrote(tmp_path: Path) -> None:
    made = mailbox.mbox(tmp_path / "a.mbox")
    for number in range(3):
        one = EmailMessage()
        one["Subject"], one["Message-ID"] = f"River {number}", f"<{number}@example.org>"
        one.set_content(f"Über dem Fluss.\n\nFrom number {number}.\n")
        one.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="a.png")
        made.add(one)
    made.close()
    read_, _ = read_all((tmp_path / "a.mbox").read_bytes(), "a.mbox")
    assert [member.name for member, _ in read_] == [f"{number}@example.org" for number in range(3)]
    assert texts(read_)[1][0] == "Über dem Fluss."


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_gives_findings_and_nothing_else(data: st.DataObject) -> None:
    head, body = multipart(
        "mixed", PLAIN, HTML, b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(SAID.encode())
    )
    whole = bytearray(b"From a\r\n" + HEAD + head + b"\r\n" + body + b"\r\nFrom b\r\n" + HEAD + b"\r\n" + SAID.encode())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 30))] = data.draw(
            st.binary(max_size=20)
            | st.sampled_from([b"=?utf-8?b?x?=", b"\r\n\r\n", b"--b0\r\n", b"charset=utf-7;", b"\0"])
        )
        if not whole:
            return
    read_all(bytes(whole), "a.mbox")
    check_blocks(read("a.eml", bytes(whole[8:])))


def test_a_sentence_that_begins_with_from_before_a_colon_is_text() -> None:
    said = b"He wrote:\n\nFrom here on it went well\nNote: nobody came.\n\nThe end.\n"
    data = b"From a\nSubject: x\nTo: b\n\n" + said + b"\nFrom c Tue Mar  5 10:00:00 2013\nSubject: y\n\nSecond.\n"
    read_, _ = read_all(data, "a.mbox")
    assert [member.name for member, _ in read_] == ["1", "2"]
    assert "The end." in texts(read_)[0]
