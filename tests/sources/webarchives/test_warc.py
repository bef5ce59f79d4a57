"""Web archives: records, their bodies, their digests, and what is wrong with them."""

from __future__ import annotations

import gc
import gzip
import io
import zlib
from functools import partial

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.sources.limits import Limits
from archive.sources.pronom import identify
from archive.sources.webarchives.framing import records
from tests.contracts.containers import codes, read_all, texts
from tests.sources.webarchives.making import DATE, http, named, page, record, response, sha1

squeezed = partial(gzip.compress, mtime=0)  # else the time shows in the names of tests

ONE, TWO = "The river froze early.", "Nobody crossed it by day."
INFO = record("warcinfo", b"software: crawler 1.0\r\nformat: WARC\r\n", ("Content-Type", "application/warc-fields"))


def chunked(body: bytes) -> bytes:
    return b"%x;a=b\r\n%b\r\n0\r\nTrailer: 1\r\n\r\n" % (len(body), body)


def test_each_page_is_a_document_with_its_address_time_and_bytes() -> None:
    data = INFO + response("https://example.org/one", http(page(ONE)), name=named(1))
    read, found = read_all(data)
    (member, content) = read[0]
    assert (len(read), member.name, member.row) == (1, named(1), 2)
    assert data[member.start : member.end].startswith(b"WARC/1.1")
    reading = content.reading
    assert (reading.media_type, reading.puid, reading.charset) == ("application/warc", "fmt/1281", "utf-8")
    assert texts(read) == [[f"About {ONE}", ONE]]
    assert {block.locator for block in reading.blocks} == {f"record={named(1)}"}
    stated = {one.field: (one.value, one.locator, one.layer) for one in reading.embedded if one.layer is None}
    place = f"bytes={member.start}-{member.end}"
    assert stated == {
        "source_url": ("https://example.org/one", place, None),
        "captured_at": (DATE, place, None),
        "capture_tool": ("crawler 1.0", f"bytes=0-{len(INFO) - 4}", None),
    }
    title = next(one for one in reading.embedded if one.field == "title")
    start, _, end = title.locator.removeprefix("bytes=").partition("-")
    assert data[int(start) : int(end)].decode() == f"About {ONE}"
    assert codes(found) == ["container.not-documents"]


@pytest.mark.parametrize("whole", [False, True])
def test_compressed_files_are_read_through_stored_layers(whole: bool) -> None:
    parts = [
        INFO,
        response("https://example.org/1", http(page(ONE))),
        response("https://example.org/2", http(page(TWO))),
    ]
    data = squeezed(b"".join(parts)) if whole else b"".join(map(gzip.compress, parts))
    read, _ = read_all(data, "a.warc.gz")
    assert texts(read) == [[f"About {ONE}", ONE], [f"About {TWO}", TWO]]
    for member, content in read:
        assert content.reading.charset is None
        assert [(layer.name, layer.data) for layer in content.reading.layers] == [("body", content.data)]
        place = content.reading.embedded[0].locator
        if not whole:
            assert gzip.decompress(data[member.start : member.end]).startswith(b"WARC/1.1")
        assert place == (f"record={member.name}" if whole else f"bytes={member.start}-{member.end}")


def zstandard(body: bytes) -> bytes:
    return pa.compress(body, codec="zstd", asbytes=True)  # type: ignore[no-any-return]


def brotli(body: bytes) -> bytes:
    return pa.compress(body, codec="brotli", asbytes=True)  # type: ignore[no-any-return]


def bare(body: bytes) -> bytes:
    made = zlib.compressobj(wbits=-15)
    return made.compress(body) + made.flush()


@pytest.mark.parametrize(
    ("coding", "wrap"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", bare),
        ("br", brotli),
        ("zstd", zstandard),
        ("gzip, br", lambda body: brotli(squeezed(body))),
        ("gzip", bytes),
        ("zstd", bytes),
        ("br", bytes),
        ("deflate", bytes),
        ("identity", bytes),
    ],
)
def test_bodies_are_unwrapped_if_they_are_wrapped(coding: str, wrap: object) -> None:
    body = wrap(page(ONE))  # type: ignore[operator]
    for fields, sent in (((), body), ((("Transfer-Encoding", "chunked"),), chunked(body))):
        block = http(sent, ("Content-Encoding", coding), *fields)
        read, found = read_all(response("https://example.org/", block, ("WARC-Payload-Digest", sha1(page(ONE)))))
        assert texts(read) == [[f"About {ONE}", ONE]]
        assert not read[0][1].reading.findings
        assert not found
        is_plain = body == page(ONE) and not fields
        assert [layer.name for layer in read[0][1].reading.layers] == [None if is_plain else "body"]


@pytest.mark.parametrize(
    ("fields", "body", "code"),
    [
        ([("Content-Encoding", "gzip")], squeezed(page(ONE))[:-20], "warc.body-damaged"),
        ([("Content-Encoding", "gzip")], squeezed(page(ONE))[:12] + b"\xff" * 40, "warc.body-damaged"),
        ([("Content-Encoding", "br")], brotli(page(ONE) * 99)[:-5], "warc.body-damaged"),
        ([("Content-Encoding", "rot13")], page(ONE), "warc.body-damaged"),
        ([("Content-Encoding", "deflate," * 9)], page(ONE), "warc.body-damaged"),
        ([("Content-Encoding", "gzip")], squeezed(b" " * 80_000_000), "text.too-large"),
        ([("Transfer-Encoding", "chunked")], b"5\r\nabcde\r\n9999\r\nxyz", "warc.body-damaged"),
        ([("Transfer-Encoding", "chunked")], b"5\r\nabcde\r\nzz", "warc.body-damaged"),
        ([("Transfer-Encoding", "chunked")], b"ffffffffffffffff\r\nabc", "warc.body-damaged"),
    ],
)
def test_damaged_bodies_are_said(fields: list[tuple[str, str]], body: bytes, code: str) -> None:
    read, _ = read_all(response("https://example.org/", http(body, *fields)))
    assert code in codes(read[0][1].reading.findings)


@pytest.mark.parametrize(
    ("block", "fields", "what"),
    [
        (http(b"\x89PNG", media_type="image/png"), [], "1 image/png"),
        (http(page(ONE), status=404), [], "1 responses with status 404"),
        (http(b"", ("Location", "/x"), status=301), [], "1 responses with status 301"),
        (http(b""), [], "1 response records without a payload"),
        (
            http(b"alert(1)", media_type=""),
            [("WARC-Target-URI", "https://example.org/x.js")],
            "1 payloads of no stated type",
        ),
        (
            http(b"User-agent: *", media_type="text/plain"),
            [("WARC-Target-URI", "http://e.org/robots.txt")],
            "1 robots.txt",
        ),
        (http(b"GIF89a", media_type=""), [("WARC-Target-URI", "http://[")], "1 payloads of no stated type"),
    ],
)
def test_what_is_no_document_is_counted(block: bytes, fields: list[tuple[str, str]], what: str) -> None:
    read, found = read_all(record("response", block, ("Content-Type", "application/http"), *fields))
    assert not read
    assert [(one.code, one.found) for one in found] == [("container.not-documents", what)]


def test_other_kinds_of_records() -> None:
    payload = ("WARC-Payload-Digest", sha1(b"left out"))
    data = (
        record("revisit", http(b""), ("Content-Type", "application/http"), payload)
        + record("request", b"GET / HTTP/1.1\r\nCookie: who=me\r\n\r\n", ("Content-Type", "application/http"))
        + record("conversion", ONE.encode(), ("Content-Type", "text/plain"), ("WARC-Target-URI", "<http://e.org/a>"))
        + record("resource", TWO.encode(), ("WARC-Target-URI", "file:///notes.txt"))
        + record("warcinfo", b"operator: Somebody\r\nhostname: a\r\n")
    )
    read, found = read_all(data)
    assert texts(read) == [[ONE], [TWO]]
    assert {one.field: one.value for one in read[0][1].reading.embedded} == {
        "source_url": "http://e.org/a", "captured_at": DATE, "capture_form": "extracted text",
    }  # fmt: skip
    assert codes(found) == ["container.not-documents", "original.hidden-personal-data"]
    assert "cookie in requests, hostname, operator" in next(one.found for one in found if one.code.startswith("orig"))


def test_a_head_that_is_longer_than_one_reading() -> None:
    block = http(page(ONE), *(("X-Filler", "y" * 500) for _ in range(40)))
    for data in (response("http://e.org/", block), gzip.compress(response("http://e.org/", block))):
        read, found = read_all(data, "a.warc.gz")
        assert (texts(read), found) == ([[f"About {ONE}", ONE]], [])


def test_the_server_states_the_encoding() -> None:
    body = "<html><body><p>Übergang über die Brücke</p></body></html>".encode("windows-1252")
    read, _ = read_all(response("http://e.org/", http(body, media_type="text/html; charset=windows-1252")))
    assert read[0][1].reading.charset == "windows-1252"
    assert texts(read) == [["Übergang über die Brücke"]]


def test_the_content_is_believed() -> None:
    read, _ = read_all(response("http://e.org/", http(page(ONE), media_type="text/plain")))
    assert texts(read) == [[f"About {ONE}", ONE]]
    assert codes(read[0][1].reading.findings) == ["container.type-disagrees"]


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("WARC-Payload-Digest", sha1(page(ONE)), ""),
        ("WARC-Block-Digest", sha1(http(page(ONE))), ""),
        ("WARC-Block-Digest", "sha-256:" + __import__("hashlib").sha256(http(page(ONE))).hexdigest(), ""),
        ("WARC-Block-Digest", "md5:" + __import__("hashlib").md5(http(page(ONE))).hexdigest().upper(), ""),
        ("WARC-Payload-Digest", sha1(b"other"), "warc.digest-mismatch"),
        ("WARC-Block-Digest", sha1(b"other"), "warc.digest-mismatch"),
        ("WARC-Block-Digest", "sha1:!!", "warc.digest-unchecked"),
        ("WARC-Block-Digest", "sha1:" + "z" * 40, "warc.digest-unchecked"),
        ("WARC-Block-Digest", "crc32:12345678", "warc.digest-unchecked"),
    ],
)
def test_digests_are_held_against_the_bytes(name: str, written: str, code: str) -> None:
    read, found = read_all(response("http://e.org/", http(page(ONE)), (name, written)))
    assert len(read) == 1
    assert codes(found) == ([code] if code else [])


def test_a_record_that_has_the_name_of_another() -> None:
    read, found = read_all(response("http://e.org/", http(page(ONE)), name="urn:x") * 3)
    assert [member.name for member, _ in read] == ["urn:x", "urn:x~2", "urn:x~3"]
    assert codes(found) == ["container.name-twice"] * 2


GOOD = response("http://e.org/last", http(page(TWO)), name=named("last"))


@pytest.mark.parametrize(
    ("before", "read_before", "code"),
    [
        (b"nothing of the kind\r\n\r\n", 0, "warc.malformed-record"),
        (b"WARC/1.1\r\nno end of a head" + b"x" * 300_000 + b"\r\n", 0, "warc.malformed-record"),
        (record("response", http(page(ONE)), length=""), 0, "warc.malformed-record"),
        (record("response", http(page(ONE)), length="-1"), 0, "warc.malformed-record"),
        (record("response", http(page(ONE)), length="9" * 20), 0, "warc.malformed-record"),
        (response("http://e.org/a", http(page(ONE)), length=40), 0, "warc.malformed-record"),
        (response("http://e.org/a", http(page(ONE)), length=len(http(page(ONE))) - 9), 1, "warc.malformed-record"),
        (response("http://e.org/a", http(page(ONE)), length=len(http(page(ONE))) + 99), 1, "warc.malformed-record"),
        (response("http://e.org/a", http(page(ONE)), length=10**9), 1, "warc.malformed-record"),
        (response("http://e.org/a", http(page(ONE)), ("WARC-Truncated", "length")), 1, "warc.record-cut-short"),
        (response("http://e.org/a", http(page(ONE)), ("WARC-Segment-Number", "1")), 1, "warc.record-cut-short"),
    ],
)
def test_what_stands_behind_a_wrong_record_is_read(before: bytes, read_before: int, code: str) -> None:
    read, found = read_all(GOOD.replace(b"last", b"first") + before + GOOD)
    assert [ONE in "".join(one) for one in texts(read)] == [False, *([True] * read_before), False]
    assert code in codes(found)


def test_the_last_record_is_cut_short() -> None:
    for data, path in ((GOOD[:-40], "a.warc"), (squeezed(GOOD)[:-30], "a.warc.gz")):
        read, found = read_all(data, path)
        assert texts(read)[0][0].startswith("About Nobody crossed")
        assert codes(found) == ["warc.record-cut-short"]


@pytest.mark.parametrize(
    ("before", "code"),
    [
        (squeezed(b"no record"), "warc.malformed-record"),
        (squeezed(GOOD)[:40] + b"\xff" * 60, "warc.malformed-record"),
        (squeezed(GOOD)[:12], "warc.malformed-record"),
        (b"\x1f\x8b\x08", "warc.malformed-record"),
        (b"\0" * 300_000, "warc.malformed-record"),
        (squeezed(GOOD + GOOD), "warc.malformed-record"),
        (squeezed(response("http://e.org/a", http(b"x"), length=9999)), "warc.record-cut-short"),
    ],
)
def test_what_stands_behind_a_damaged_piece_is_read(before: bytes, code: str) -> None:
    read, found = read_all(squeezed(INFO) + before + squeezed(GOOD), "a.warc.gz")
    assert texts(read)[-1] == [f"About {TWO}", TWO]
    assert code in codes(found)


def test_a_bomb_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "archive.sources.webarchives.inflating._LIMITS",
        __import__("archive.model.limits", fromlist=["Limits"]).Limits(unquestioned=1 << 20, ratio=10),
    )
    bomb = squeezed(response("http://e.org/a", http(b"<html>" + b" " * 8_000_000)))
    read, found = read_all(squeezed(INFO) + bomb + squeezed(GOOD), "a.warc.gz")
    assert "container.bomb" in codes(found)
    assert texts(read)[-1] == [f"About {TWO}", TWO]


@pytest.mark.parametrize(
    ("media_type", "body", "address"),
    [
        ("", page(ONE), "https://example.org/x"),
        ("application/octet-stream", page(ONE), "http://["),
        ("", ONE.encode(), "https://example.org/notes"),
    ],
)
def test_what_nobody_states_the_type_of_is_told_by_its_bytes(media_type: str, body: bytes, address: str) -> None:
    block = http(body, media_type=media_type)
    read, found = read_all(
        record("response", block, ("Content-Type", "application/http"), ("WARC-Target-URI", address))
    )
    assert ONE in texts(read)[0]
    assert not found


@pytest.mark.parametrize("version", [b"WARC/0.18", b"WARC/1.0", b"WARC/1.1"])
def test_the_identifier_of_a_version_is_that_of_pronoms_signatures(version: bytes) -> None:
    data = record("resource", ONE.encode(), ("Content-Type", "text/plain")).replace(b"WARC/1.1", version, 1)
    read, _ = read_all(data)
    reading = read[0][1].reading
    assert (reading.puid, reading.puid_basis) == (identify([data]).puid, "signature")


@pytest.mark.parametrize("cut", [3, 12, 60])
def test_a_compressed_file_that_is_cut_short_in_its_first_head_is_said_to_be(cut: int) -> None:
    read, found = read_all(squeezed(record("resource", ONE.encode()))[:cut], "a.warc.gz")
    assert not read
    assert codes(found) == ["warc.malformed-record"]


@pytest.mark.parametrize(
    ("length", "said"),
    [
        ("-5", "a record of a length that cannot be: -5"),
        ("1" * 16, f"a record of a length that cannot be: {'1' * 16}"),
        ("", "a record that states no length"),
    ],
)
def test_lengths_that_cannot_be(length: str, said: str) -> None:
    _, found = read_all(b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: " + length.encode() + b"\r\n\r\ntext")
    assert [one.found for one in found] == [said]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", squeezed(b"text"), page(ONE), b"WARC/1.0\r\n"])
def test_what_is_no_web_archive(data: bytes) -> None:
    assert read_all(data) == ([], [])


def test_a_large_body_is_not_read_as_text() -> None:
    read, _ = read_all(
        response("http://e.org/", http(b"a " * 500, media_type="text/plain")), limits=Limits(largest_text=400)
    )
    assert codes(read[0][1].reading.findings) == ["text.too-large"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_gives_findings_and_nothing_else(data: st.DataObject) -> None:
    parts = [INFO, GOOD, response("http://e.org/2", http(chunked(page(ONE)), ("Transfer-Encoding", "chunked"))), GOOD]
    is_compressed = data.draw(st.booleans())
    whole = bytearray(b"".join(map(gzip.compress, parts)) if is_compressed else b"".join(parts))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        match data.draw(st.sampled_from(["set", "cut", "insert", "remove"])):
            case "set":
                whole[place] = data.draw(st.integers(0, 255))
            case "cut":
                del whole[place + 1 :]
            case "insert":
                whole[place:place] = data.draw(st.binary(max_size=30))
            case _:
                del whole[place : place + data.draw(st.integers(1, 40))]
        if not whole:
            return
    read_all(bytes(whole), "a.warc.gz")


def test_the_records_are_those_that_another_reader_finds() -> None:
    from warcio.archiveiterator import ArchiveIterator

    parts = [INFO, GOOD, record("request", b"GET / HTTP/1.1\r\n\r\n"), response("http://e.org/2", http(page(ONE)))]
    for data in (b"".join(parts), b"".join(map(gzip.compress, parts))):
        ours = []
        for framed in records(io.BytesIO(data)):
            assert framed.head is not None
            ours.append((framed.head.first("warc-record-id"), b"".join(framed.pieces), framed.start))
        theirs = ArchiveIterator(io.BytesIO(data), no_record_parse=True)
        found = []
        for one in theirs:
            body = one.raw_stream.read()
            found.append((one.rec_headers.get_header("WARC-Record-ID"), body, theirs.get_record_offset()))
        assert found == ours


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # it leaves its own files open
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_another_program_wrote() -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "warcio"}))
    fields = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")], "HTTP/1.1")
    for number, body in enumerate((page(ONE), chunked(page(TWO)))):
        address = f"https://example.org/{number}"
        writer.write_record(writer.create_warc_record(address, "response", io.BytesIO(body), http_headers=fields))
    writer.write_record(
        writer.create_revisit_record("https://example.org/3", sha1(page(ONE)), "https://example.org/0", DATE)
    )
    read, found = read_all(out.getvalue(), "a.warc.gz")
    assert texts(read) == [[f"About {ONE}", ONE], [f"About {TWO}", TWO]]
    assert {one.value for one in read[1][1].reading.embedded} >= {"https://example.org/1", "warcio"}
    assert [one.found for one in found] == ["1 revisit records, 1 warcinfo records"]
    del writer
    gc.collect()


def test_an_address_and_a_time_that_cannot_be_used_are_told() -> None:
    one = response("https://example.org/one", http(page(ONE)), name=named(1)).replace(DATE.encode(), b"99999999")
    read, _ = read_all(one)
    reading = read[0][1].reading
    assert [(one.field, one.value, bool(one.locator)) for one in reading.set_aside] == [
        ("captured_at", "99999999", True)
    ]
    other = response("https://example.org/a b\x07", http(page(ONE)), name=named(1))
    (told,) = read_all(other)[0][0][1].reading.set_aside
    assert (told.field, told.layer, told.reason) == ("source_url", None, "it is not in the form that the field needs")
