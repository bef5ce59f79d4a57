"""A service that speaks as much of S3 as a reader needs, on this machine, and fails as it is told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.sax.saxutils import escape

PAGE = 3
"""Keys in one answer to a listing, so that a reader has to ask again."""


class Service(ThreadingHTTPServer):
    """Attributes: the bytes under each key of the bucket `bags`, and for some keys how asking for them goes wrong."""

    daemon_threads = True

    def __init__(self, files: Mapping[str, bytes], wrong: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files = dict(files)
        self.wrong = wrong

    def url(self, path: str) -> str:
        """The address of what lies in the bucket."""
        place = f"endpoint_override=127.0.0.1:{self.server_port}&scheme=http&region=us-east-1"
        return f"s3://bags/{quote(path)}?{place}"


class _Handler(BaseHTTPRequestHandler):
    server: Service
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        bucket, _, key = unquote(parts.path).lstrip("/").partition("/")
        wrong = self.server.wrong.get(key)
        if wrong in {"403", "503"}:
            self._send(int(wrong), b"")
        elif bucket == "bags" and not key:
            asked = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            self._send(200, self._listing(asked) if "list-type" in asked else b"")
        elif bucket == "bags" and key in self.server.files:
            self._file(self.server.files[key], is_cut=wrong == "cut")
        else:
            self._send(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def _listing(self, asked: Mapping[str, str]) -> bytes:
        prefix = asked.get("prefix", "")
        keys = sorted(key for key in self.server.files if key.startswith(prefix))
        start = int(asked.get("continuation-token", "0"))
        end = start + min(PAGE, int(asked.get("max-keys", PAGE)))
        more = f"<NextContinuationToken>{end}</NextContinuationToken>" if end < len(keys) else ""
        contents = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(self.server.files[key])}</Size></Contents>"
            for key in keys[start:end]
        )
        count, cut = len(keys[start:end]), str(bool(more)).lower()
        return (
            f"<ListBucketResult><KeyCount>{count}</KeyCount><IsTruncated>{cut}</IsTruncated>{more}{contents}"
            "</ListBucketResult>"
        ).encode()

    def _file(self, data: bytes, *, is_cut: bool) -> None:
        wanted = self.headers.get("Range")
        if wanted is None:
            self._send(200, data, is_cut=is_cut)
            return
        first, _, last = wanted.removeprefix("bytes=").partition("-")
        piece = data[int(first) : int(last) + 1]
        about = {"Content-Range": f"bytes {first}-{int(first) + len(piece) - 1}/{len(data)}"}
        self._send(206 if piece else 416, piece, is_cut=is_cut, **about)

    def _send(self, status: int, data: bytes, *, is_cut: bool = False, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Last-Modified", "Sat, 01 Jan 2022 00:00:00 GMT")
        self.send_header("ETag", '"1"')
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data[: len(data) // 2] if is_cut else data)
        self.close_connection = is_cut


@contextmanager
def serving(files: Mapping[str, bytes], wrong: Mapping[str, str] = {}) -> Iterator[Service]:
    """A service with these files.

    Args:
        files: the bytes under each key.
        wrong: `403`, `503` or `cut` (half of the bytes, and the connection ends) for some of the keys.
    """
    service = Service(files, wrong)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        service.shutdown()
        service.server_close()
