"""Containers in containers."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest

from archive.model.containers import Renames
from archive.sources.limits import Limits
from tests.contracts.containers import codes, read_all, texts
from tests.sources.webarchives.making import http, page, response
from tests.storage.archives import tar_bytes, zip_bytes

SAID = ["The river froze early.", "Nobody crossed it by day."]
LINES = "".join(json.dumps({"id": f"n{number}", "text": text}) + "\n" for number, text in enumerate(SAID)).encode()
TABLE = f"id,title,text\none,Ice,{SAID[0]}\ntwo,River,{SAID[1]}\n".encode()
BOX = b"".join(b"From a\nMessage-ID: <%d@x>\nSubject: Ice\n\n%s\n\n" % (n, s.encode()) for n, s in enumerate(SAID))
WEB = response("http://example.org/", http(page(SAID[1])))


FIELDS = {"Ice", "River", "Subject: Ice", "Message-ID: <0@x>", "Message-ID: <1@x>"}
INNER = {"in/a.jsonl": LINES, "b.csv": TABLE, "c.mbox": BOX}
NAMES = ["in/a.jsonl#n0", "in/a.jsonl#n1", "b.csv#one", "b.csv#two", "c.mbox#0@x", "c.mbox#1@x"]


@pytest.mark.parametrize(
    ("data", "path", "is_plain"),
    [
        (zip_bytes(INNER, zipfile.ZIP_STORED), "a.zip", True),
        (zip_bytes(INNER), "a.zip", False),
        (tar_bytes(INNER), "a.tar", True),
        (gzip.compress(tar_bytes(INNER)), "a.tar.gz", False),
    ],
)
def test_documents_of_the_containers_in_an_archive(data: bytes, path: str, is_plain: bool) -> None:
    read, found = read_all(data, path, renames=Renames(csv={"text": "text"}))
    assert not found
    assert [member.name for member, _ in read] == NAMES
    assert texts(read) == [[text] for text in SAID] * 3
    for member, content in read:
        (layer,) = content.reading.layers
        assert layer.name == (None if is_plain else "body")
        place = content.reading.blocks[0].locator
        assert place.startswith(f"entry={member.name.partition('#')[0]}")
        for one in content.reading.embedded:
            start, end = map(int, one.locator.removeprefix("bytes=").split("-"))
            assert layer.data[start - layer.offset : end - layer.offset].decode() in FIELDS


def test_a_web_archive_in_a_zip() -> None:
    for how in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        for inner in (WEB, gzip.compress(WEB)):
            read, found = read_all(
                zip_bytes({"a.warc.gz" if inner[:2] == b"\x1f\x8b" else "a.warc": inner}, how), "a.zip"
            )
            assert texts(read) == [[f"About {SAID[1]}", SAID[1]]]
            assert not found
            address = next(one for one in read[0][1].reading.embedded if one.field == "source_url")
            assert address.value == "http://example.org/"


def test_archives_in_archives_have_an_end() -> None:
    data = zip_bytes({"a.txt": SAID[0].encode()})
    for _ in range(Limits().nesting + 1):
        data = zip_bytes({"a.txt": SAID[1].encode(), "in.zip": data})
    read, found = read_all(data, "a.zip")
    assert [member.name.count("#") for member, _ in read] == list(range(Limits().nesting + 1))
    assert "container.nested" in codes(found)
    for nesting in (0, 4):
        read, _ = read_all(data, "a.zip", limits=Limits(nesting=nesting))
        assert [member.name.count("#") for member, _ in read] == list(range(nesting + 1))


def test_what_its_name_says_wrongly() -> None:
    files = {
        "a.jsonl": b"no object",
        "b.zip": b"no zip, a text",
        "c.mbox": b"no mailbox",
        "d.zip": zip_bytes({})[:-1],
        "e.tar": b"\0" * 600,
    }
    read, found = read_all(zip_bytes(files), "a.zip")
    assert [member.name for member, _ in read] == ["a.jsonl", "b.zip", "c.mbox"]
    assert codes(found) == ["container.damaged", "container.not-documents", "original.not-searched"]


def test_lines_that_are_no_documents_are_told() -> None:
    read, _ = read_all(zip_bytes({"a.jsonl": LINES + b"{broken\n"}), "a.zip")
    assert [member.name for member, _ in read] == ["a.jsonl#n0", "a.jsonl#n1"]


def test_what_shrinks_twice_is_a_bomb() -> None:
    squeezed = gzip.compress(tar_bytes({"a.txt": b"x" * (1 << 24)}), 1)
    twice = zip_bytes({"a.tar.gz": squeezed * 200})
    read, found = read_all(twice, "a.zip")
    assert not read
    assert codes(found) == ["container.bomb", "container.not-documents"]


def test_all_together_are_bounded() -> None:
    files = {
        f"{number}.zip": zip_bytes({"a.txt": bytes([97 + number]) * 1000}, zipfile.ZIP_STORED) for number in range(6)
    }
    read, found = read_all(zip_bytes(files), "a.zip", limits=Limits(unquestioned=8192, ratio=1))
    assert [member.name for member, _ in read] == ["0.zip#a.txt", "1.zip#a.txt", "2.zip#a.txt"]
    assert set(codes(found)) == {"container.bomb", "container.not-documents"}


def test_damage_in_an_entry() -> None:
    data = bytearray(zip_bytes({"a.jsonl": LINES}, zipfile.ZIP_STORED))
    place = data.find(b"froze")
    data[place] ^= 1
    read, found = read_all(bytes(data), "a.zip")
    assert not read
    assert codes(found) == ["container.damaged"]


def test_names_that_are_alike() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.jsonl", LINES)
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("a.jsonl", LINES)
    read, found = read_all(out.getvalue(), "a.zip")
    assert len({member.name for member, _ in read}) == len(read) == 4
    assert codes(found) == ["container.name-twice"] * 2
