"""WARC files written by hand, right ones and wrong ones, and the way that a container is read."""

from __future__ import annotations

import base64
import hashlib
import io
import pickle
import uuid
from collections.abc import Iterable, Sequence

from archive.model.blocks import Reading
from archive.model.containers import NO_RENAMES, Renames
from archive.model.findings import Finding
from archive.model.tally import Tally
from archive.sources.containers import Member
from archive.sources.containers.protocol import Content, Given
from archive.sources.containers.registry import reader_of
from archive.sources.limits import Limits
from tests.contracts.sources import check_blocks

DATE = "2024-05-03T10:00:00Z"


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def named(number: int | str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, str(number))}"


def record(
    kind: str,
    block: bytes,
    *fields: tuple[str, str],
    name: str = "",
    length: int | str | None = None,
) -> bytes:
    stated = len(block) if length is None else length
    all_fields = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<{name or named(hashlib.sha1(block).hexdigest())}>"),
        ("WARC-Date", DATE),
        *fields,
        *([("Content-Length", str(stated))] if stated != "" else []),
    ]
    head = "".join(f"{key}: {value}\r\n" for key, value in all_fields)
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def http(body: bytes, *fields: tuple[str, str], status: int = 200, media_type: str = "text/html") -> bytes:
    stated = [*([("Content-Type", media_type)] if media_type else []), *fields]
    return (
        f"HTTP/1.1 {status} Some\r\n".encode() + "".join(f"{k}: {v}\r\n" for k, v in stated).encode() + b"\r\n" + body
    )


def response(uri: str, block: bytes, *fields: tuple[str, str], name: str = "", length: int | None = None) -> bytes:
    own = (("WARC-Target-URI", uri), ("Content-Type", "application/http;msgtype=response"), *fields)
    return record("response", block, *own, name=name, length=length)


def page(words: str) -> bytes:
    return f"<!doctype html><html><head><title>About {words}</title></head><body><p>{words}</p></body></html>".encode()


def read_all(
    data: bytes, path: str = "a.warc", *, renames: Renames = NO_RENAMES, limits: Limits | None = None
) -> tuple[list[tuple[Member, Content]], list[Finding]]:
    """All members of a container with what they hold, and what is said of it; the contract is held to each."""
    reader = reader_of(path, renames)
    assert reader is not None
    given = Given(path, renames, limits or Limits())
    opened = reader.opened(io.BytesIO(data))
    if opened is None:
        return [], []
    found = Tally()
    members = list(reader.members(given, opened, found))
    assert len({one.name for one in members if not one.findings}) == len([one for one in members if not one.findings])
    read = []
    for member in members:
        assert pickle.loads(pickle.dumps(member)) == member
        if member.findings:
            continue
        content = reader.read(given, opened, member)
        check_member(content.reading, data)
        read.append((member, content))
    return read, list(found)


def check_member(reading: Reading, data: bytes) -> None:
    check_blocks(reading)
    for layer in reading.layers:
        if layer.name is None:
            assert data[layer.offset : layer.offset + len(layer.data)] == layer.data
            assert reading.charset == layer.charset
    for one in reading.embedded:
        assert one.value.strip()
        one.value.encode("utf-8")


def texts(read: Iterable[tuple[Member, Content]]) -> list[list[str]]:
    return [[block.text for block in content.reading.blocks] for _, content in read]


def codes(findings: Sequence[Finding]) -> list[str]:
    return sorted(one.code for one in findings)
