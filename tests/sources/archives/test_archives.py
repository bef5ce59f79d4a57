"""Zip and tar files of documents, and WACZ."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Mapping
from functools import partial

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.sources.limits import Limits
from tests.contracts.containers import codes, read_all, texts
from tests.sources.webarchives.making import http, named, page, response

squeezed = partial(gzip.compress, mtime=0)  # else the time shows in the names of tests

ONE, TWO = "The river froze early.", "Nobody crossed it by day."
FILES = {"a.txt": ONE.encode(), "in/b.html": page(TWO), "in/c.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 20}


def zipped(files: Mapping[str, bytes] = FILES, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def tarred(files: Mapping[str, bytes] = FILES, *extra: tarfile.TarInfo) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as made:
        for one in extra:
            made.addfile(one)
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            made.addfile(entry, io.BytesIO(data))
    return out.getvalue()


@pytest.mark.parametrize(
    ("how", "is_plain"),
    [
        (zipfile.ZIP_STORED, True),
        (zipfile.ZIP_DEFLATED, False),
        (zipfile.ZIP_BZIP2, False),
        (zipfile.ZIP_LZMA, False),
    ],
)
def test_entries_of_a_zip(how: int, is_plain: bool) -> None:
    read, found = read_all(zipped(how=how), "a.zip")
    assert [(member.name, member.row) for member, _ in read] == [("a.txt", 1), ("in/b.html", 2)]
    assert texts(read) == [[ONE], [f"About {TWO}", TWO]]
    assert [(one.code, one.found) for one in found] == [("container.not-documents", "1 image/png (in/c.png)")]
    for member, content in read:
        assert content.data == FILES[member.name]
        assert [layer.name for layer in content.reading.layers] == [None if is_plain else "body"]
        assert (content.reading.media_type, content.reading.puid) == ("application/zip", "x-fmt/263")
        assert {block.locator for block in content.reading.blocks} == {f"entry={member.name}"}


@pytest.mark.parametrize(
    ("ending", "compress"),
    [
        ("tar", bytes),
        ("tar.gz", gzip.compress),
        ("tgz", gzip.compress),
        ("tar.bz2", bz2.compress),
        ("tar.xz", lzma.compress),
        ("tar.zst", lambda data: pa.compress(data, codec="zstd", asbytes=True)),
    ],
)
def test_entries_of_a_tar(ending: str, compress: object) -> None:
    read, found = read_all(compress(tarred()), f"a.{ending}")  # type: ignore[operator]
    assert [member.name for member, _ in read] == ["a.txt", "in/b.html"]
    assert texts(read) == [[ONE], [f"About {TWO}", TWO]]
    assert [layer.name for _, content in read for layer in content.reading.layers] == [
        None if ending == "tar" else "body"
    ] * 2
    assert codes(found) == ["container.not-documents"]


def test_entries_that_are_no_documents() -> None:
    files = {
        "__MACOSX/._a.txt": b"x",
        "a/.DS_Store": b"x",
        "b.zip": zipped({}),
        "d.json": b"[1, 2]",
        "e.bin": b"\0\1\2\3" * 9,
        "folder/": b"",
    }
    for data, path in ((zipped(files), "a.zip"), (tarred({**files, "folder/": b""}), "a.tar")):
        read, found = read_all(data, path)
        assert not read
        assert codes(found) == ["container.not-documents", "original.not-searched"]
        assert found[1].found == "application/octet-stream (e.bin)"
        assert found[0].found == (
            "2 files of operating systems, 1 application/json (d.json), 1 application/octet-stream (e.bin),"
            " 1 containers that hold no document, or are not opened (b.zip)"
        )


def test_a_document_in_a_format_that_no_reader_takes_a_text_from_has_a_record_that_says_so() -> None:
    names = ["a.rtf", "b.doc", "c.xlsx", "d.xml"]
    files = dict(
        zip(
            names,
            (b"{\\rtf1 a}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", zipped({}), b"<?xml version='1.0'?><a/>"),
            strict=True,
        )
    )
    pictures = {f"{number}.gif": b"GIF89a" for number in range(5)}
    read, found = read_all(zipped({**files, **pictures}), "a.zip")
    assert [member.name for member, _ in read] == names
    assert [codes(content.reading.findings)[-1] for _, content in read] == ["text.not-read"] * len(names)
    assert [one.found for one in found] == ["5 image/gif (0.gif, 1.gif, 2.gif, ...)"]


def test_names_lead_nowhere() -> None:
    files = {
        "../../out.txt": ONE.encode(),
        "/abs.txt": TWO.encode(),
        "bad\nname.txt": ONE.encode(),
        "x" * 400: b"Some text.",
    }
    for data, path in ((zipped(files), "a.zip"), (tarred(files), "a.tar")):
        read, _ = read_all(data, path)
        names = [member.name for member, _ in read]
        assert names[:3] == ["../../out.txt", "/abs.txt", "bad\\x0aname.txt"]
        assert len(names[3]) == 297


def test_a_name_twice() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.txt", ONE)
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("a.txt", TWO)
    read, found = read_all(out.getvalue(), "a.zip")
    assert [member.name for member, _ in read] == ["a.txt", "a.txt~2"]
    assert codes(found) == ["container.name-twice"]


def test_links_are_not_followed() -> None:
    soft, hard = tarfile.TarInfo("soft"), tarfile.TarInfo("hard")
    soft.type, soft.linkname, hard.type, hard.linkname = tarfile.SYMTYPE, "/etc/passwd", tarfile.LNKTYPE, "a.txt"
    read, found = read_all(tarred({"a.txt": ONE.encode()}, soft, hard), "a.tar")
    assert [member.name for member, _ in read] == ["a.txt"]
    assert found[0].found == "2 links and devices"
    link = zipfile.ZipInfo("soft")
    link.external_attr, link.create_system = 0o120777 << 16, 3
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(link, "/etc/passwd")
    assert read_all(out.getvalue(), "a.zip")[1][0].found == "1 links and devices"


def test_an_encrypted_entry() -> None:
    data = bytearray(zipped({"a.txt": ONE.encode()}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    assert codes(read_all(bytes(data), "a.zip")[1]) == ["container.encrypted"]


def test_damaged_entries() -> None:
    data = bytearray(zipped({"a.txt": ONE.encode()}, zipfile.ZIP_STORED))
    data[data.index(ONE.encode())] ^= 1
    read, found = read_all(bytes(data), "a.zip")
    assert codes([*found, *(one for _, content in read for one in content.reading.findings)]) == ["container.damaged"]
    data = bytearray(zipped({"a.txt": ONE.encode() * 99}))
    data[40:60] = b"\xff" * 20
    assert codes(read_all(bytes(data), "a.zip")[1]) == ["container.damaged"]
    assert codes(read_all(zipped()[:-30], "a.zip")[1]) == ["container.damaged"]
    sparse = tarfile.TarInfo("sparse")
    sparse.type = tarfile.GNUTYPE_SPARSE
    assert codes(read_all(tarred({}, sparse), "a.tar")[1]) == ["container.damaged"]
    for cut in (300, 700, 1024, 1600):
        assert "container.damaged" in codes(read_all(tarred()[:cut].ljust(512, b"\0"), "a.tar")[1]) or cut < 512


def test_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.sources.limits.MOST_ENTRIES", 3)
    small = Limits(unquestioned=1 << 16, ratio=10)
    one = read_all(zipped({"a.txt": b" " * 1_000_000}), "a.zip", limits=small)
    assert codes(one[1]) == ["container.bomb"]
    assert codes(read_all(zipped({f"{number}.txt": b"x" for number in range(9)}), "a.zip", limits=small)[1]) == [
        "container.bomb"
    ]
    assert codes(read_all(tarred({"a" * (2 << 20): b"x"}), "a.tar")[1]) == ["container.bomb"]
    _, found = read_all(squeezed(tarred({"a.txt": ONE.encode(), "b.txt": b" " * 3_000_000})), "a.tar.gz", limits=small)
    assert codes(found)[:2] == ["container.bomb", "container.damaged"]
    assert codes(read_all(squeezed(b" " * 3_000_000), "a.tar.gz", limits=small)[1])[0] == "container.bomb"


def test_a_large_entry_is_not_read_as_text() -> None:
    for data, path in ((zipped({"a.txt": b"word " * 500}), "a.zip"), (tarred({"a.txt": b"word " * 500}), "a.tar")):
        read, _ = read_all(data, path, limits=Limits(largest_text=1000))
        assert codes(read[0][1].reading.findings) == ["text.too-large"]


@pytest.mark.parametrize("path", ["a.zip", "a.tar", "a.tar.gz", "a.wacz"])
@pytest.mark.parametrize(
    "data",
    [b"", b"text", squeezed(b"text"), zipped({"[Content_Types].xml": b""})],
    ids=["nothing", "text", "gzip", "office"],
)
def test_what_is_no_archive(path: str, data: bytes) -> None:
    assert read_all(data, path) == ([], [])


@settings(max_examples=60)
@given(st.data())
def test_any_damage_gives_findings_and_nothing_else(data: st.DataObject) -> None:
    path, made = data.draw(st.sampled_from([("a.zip", zipped()), ("a.tar", tarred()), ("a.wacz", wacz({}))]))
    whole = bytearray(made)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
        if not whole:
            return
    read_all(bytes(whole), path)


WEB = response("https://example.org/1", http(page(ONE)), name=named(1))


def wacz(change: Mapping[str, object], *, how: int = zipfile.ZIP_STORED) -> bytes:
    files: dict[str, bytes] = {
        "archive/one.warc.gz": squeezed(WEB),
        "archive/two.warc": response("https://example.org/2", http(page(TWO)), name=named(2)),
        "pages/pages.jsonl": b"{}\n",
    }
    listed = [
        {"path": name, "hash": "sha256:" + hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in files.items()
    ]
    package = json.dumps({"resources": listed, **change}).encode()
    files["datapackage.json"] = package
    digest = "sha256:" + hashlib.sha256(package).hexdigest()
    files["datapackage-digest.json"] = json.dumps({"path": "datapackage.json", "hash": digest}).encode()
    return zipped(files, how)


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wacz(how: int) -> None:
    data = wacz({}, how=how)
    read, found = read_all(data, "a.wacz")
    assert [(member.name, texts([(member, content)])[0][1]) for member, content in read] == [
        (named(1), ONE), (named(2), TWO),
    ]  # fmt: skip
    layers = [layer.name for _, content in read for layer in content.reading.layers]
    assert layers == ["body", None if how == zipfile.ZIP_STORED else "body"]
    assert [(one.code, one.found) for one in found] == [
        ("container.not-documents", "1 datapackage-digest.json, 1 datapackage.json, 1 files in pages/")
    ]
    if how == zipfile.ZIP_STORED:
        for member, content in read:
            bare = data[member.start : member.end]
            assert (gzip.decompress(bare) if bare[:2] == b"\x1f\x8b" else bare).startswith(b"WARC/1.1")
            assert content.reading.embedded[0].locator == f"bytes={member.start}-{member.end}"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"resources": [{"path": "archive/two.warc", "hash": "sha256:" + "0" * 64}]}, "wacz.digest-mismatch"),
        ({"resources": [{"path": "gone", "hash": "sha256:" + "0" * 64}]}, "wacz.digest-mismatch"),
        ({"resources": [{"path": "gone", "hash": "crc:1"}, 7, {}]}, "wacz.digest-unchecked"),
        ({"resources": 7}, "wacz.digest-unchecked"),
    ],
)
def test_the_digests_of_a_wacz(change: dict[str, object], code: str) -> None:
    read, found = read_all(wacz(change), "a.wacz")
    assert len(read) == 2
    assert code in codes(found)


def test_a_wacz_that_is_damaged() -> None:
    files = {"archive/a.warc": b"nothing", "archive/b.warc.gz": squeezed(WEB), "datapackage.json": b"{"}
    read, found = read_all(zipped(files), "a.wacz")
    assert len(read) == 1
    assert codes(found) == ["container.damaged", "container.not-documents", "wacz.digest-unchecked"]
    data = bytearray(zipped(files))
    at = data.index(b"archive/b.warc.gz") + len("archive/b.warc.gz")
    data[at : at + 30] = b"\xff" * 30
    assert codes(read_all(bytes(data), "a.wacz")[1]).count("container.damaged") == 2
    assert codes(read_all(zipped(files)[:-10], "a.wacz")[1])[0] == "container.damaged"
