"""WARC files written by hand, right ones and wrong ones."""

from __future__ import annotations

import base64
import hashlib
import uuid

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
