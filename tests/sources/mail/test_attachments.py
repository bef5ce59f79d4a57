"""Files that are attached to messages, and what is attached to those."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest

from archive.model.findings import Finding
from archive.sources.containers import Member
from archive.sources.containers.protocol import Content
from archive.sources.limits import Limits
from tests.contracts.containers import codes, read_all, texts

PAGE = "<html><head><title>Ice</title></head><body><p>Nobody crossed the river by day.</p></body></html>"
NOTES = "Kept by a clerk."
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(20)


def letter(text: str = "See what is attached.", name: str = "1@example.org") -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["Message-ID"], made["From"] = "Ice", f"<{name}>", "Ana <a@example.org>"
    made.set_content(text + "\n")
    return made


def with_files() -> EmailMessage:
    made = letter()
    made.add_attachment(NOTES, filename="notes/kept.txt", cte="8bit")
    made.add_attachment(PAGE.encode(), maintype="text", subtype="html", filename="a\\page.html")
    made.add_attachment(PICTURE, maintype="image", subtype="png", filename="a.png")
    made.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="a.ics")
    made.add_attachment("Without a name.")
    return made


def of_file(message: EmailMessage) -> tuple[list[tuple[Member, Content]], list[Finding]]:
    return read_all(bytes(message), "a.eml")


def test_each_file_with_a_text_is_a_document() -> None:
    read, found = of_file(with_files())
    assert [member.name for member, _ in read] == ["2/kept.txt", "3/page.html", "6.txt"]
    assert {member.parent for member, _ in read} == {""}
    assert texts(read) == [[NOTES], ["Ice", "Nobody crossed the river by day."], ["Without a name."]]
    assert [[layer.name for layer in content.reading.layers] for _, content in read] == [[None], ["body"], [None]]
    assert [content.reading.blocks[0].locator for _, content in read] == ["part=2", "part=3", "part=6"]
    assert [(one.code, one.found) for one in found] == [
        ("mail.attachments", "a.png (image/png), a.ics (text/calendar)")
    ]
    assert read[1][1].reading.embedded[0].value == "Ice"


@pytest.mark.parametrize("data", [b"", b"no message", bytes(letter())])
def test_what_holds_no_files(data: bytes) -> None:
    assert read_all(data, "a.eml") == ([], [])


def test_a_message_that_is_a_file() -> None:
    head = b"Subject: Ice\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment\r\n\r\n"
    read, _ = read_all(head + NOTES.encode(), "a.eml")
    assert [member.name for member, _ in read] == ["0/a.txt"]
    assert texts(read) == [[NOTES]]


def test_many_files_without_a_text_are_counted() -> None:
    made = letter()
    for number in range(14):
        made.add_attachment(PICTURE, maintype="image", subtype="png", filename=f"{number}.png")
    assert of_file(made)[1][0].found.endswith(", and 2 more")


def test_what_the_head_hides_is_said_of_what_is_attached_too() -> None:
    made = with_files()
    made["X-Originating-IP"] = "192.0.2.7"
    read, _ = of_file(made)
    for _, content in read:
        assert "original.hidden-personal-data" in codes(content.reading.findings)


def test_damage_in_an_encoding() -> None:
    head = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nText.\r\n--b\r\n"
    part = (
        b"Content-Disposition: attachment; filename=a.txt\r\nContent-Transfer-Encoding: base64\r\n\r\nS2VwdA\r\n--b--"
    )
    read, _ = read_all(head + part.replace(b"S2VwdA", b"S2VwdCBieSBhIGNsZXJrLgo=="), "a.eml")
    assert texts(read) == [[NOTES]]
    read, _ = read_all(head + part.replace(b"S2VwdA", b"S2VwdCBieSBhIGNsZXJrL"), "a.eml")
    assert "mail.part-damaged" in codes(read[0][1].reading.findings)


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name.replace("_", "."), data)
    return out.getvalue()


def test_messages_and_archives_within() -> None:
    inner = letter("Forwarded.", "2@example.org")
    inner.add_attachment(NOTES, filename="kept.txt", cte="7bit")
    made = letter()
    made.add_attachment(inner)
    made.add_attachment(zipped(a_txt=NOTES.encode()), maintype="application", subtype="zip", filename="a.zip")
    read, _ = of_file(made)
    assert [(member.name, member.parent) for member, _ in read] == [
        ("2.eml", ""),
        ("2.eml#2/kept.txt", "2.eml"),
        ("3/a.zip#a.txt", ""),
    ]
    assert texts(read) == [["Forwarded."], [NOTES], [NOTES]]
    assert [[layer.name for layer in content.reading.layers] for _, content in read] == [[None], [None], ["body"]]
    assert read[2][1].reading.blocks[0].locator == "part=3;entry=a.txt"


def test_in_a_mailbox() -> None:
    data = b"From a\n" + bytes(with_files()) + b"\nFrom b\n" + bytes(letter("Nothing else.", "2@example.org"))
    read, _ = read_all(data, "a.mbox")
    assert [(member.name, member.parent) for member, _ in read] == [
        ("1@example.org", None),
        ("1@example.org#2/kept.txt", "1@example.org"),
        ("1@example.org#3/page.html", "1@example.org"),
        ("1@example.org#6.txt", "1@example.org"),
        ("2@example.org", None),
    ]
    assert read[1][1].reading.blocks[0].locator == "message=1@example.org;part=2"
    span = read[1][1].reading.blocks[0].spans[0]
    assert data[span.start : span.end] == NOTES.encode()


def test_letters_in_letters_have_an_end() -> None:
    made = letter("The innermost.")
    made.add_attachment(NOTES, filename="kept.txt")
    for number in range(Limits().nesting + 2):
        outer = letter(f"Around {number}.")
        outer.add_attachment(made)
        made = outer
    read, found = of_file(made)
    assert [member.name.count("#") for member, _ in read] == list(range(Limits().nesting + 1))
    assert "container.nested" in codes(found)


def test_what_stands_in_a_digest_is_a_message() -> None:
    data = b"Subject: x\nContent-Type: multipart/digest; boundary=b\n\n--b\n\n" + bytes(letter("In it.")) + b"\n--b--\n"
    read, _ = read_all(data, "a.eml")
    assert [member.name for member, _ in read] == ["1.eml"]
    assert texts(read) == [["In it."]]
