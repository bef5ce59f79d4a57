"""Opens what lies behind a URL that a person gives in the place of a path: `s3://`, `gs://` and their kin, `file://`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from archive.errors import StorageError, UsageError
from archive.model.limits import DEFAULT_LIMITS
from archive.storage.local import LocalStore
from archive.storage.origins import LocalFile
from archive.storage.remote import RemoteFile, RemoteStore, at, telling

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem, S3FileSystem

SCHEMES = ("s3", "gs", "gcs", "abfs", "abfss", "file")
_OF_URLS = "/%:@!$&'()*+,;=~"
"""What stands for itself in the path of a URL, beside letters, digits and `-._`."""
_SECONDS = DEFAULT_LIMITS.answer


def from_url(url: str) -> LocalStore | LocalFile | RemoteStore | RemoteFile:
    """What lies behind a URL: a store where it is a folder, an origin where it is a file.

    Raises:
        StorageError: it cannot be opened, or is of a kind that is not known.
        UnreachableError: the service gives no answer.
        UsageError: the URL has a password in it, which would stand in the report.
    """
    parts = _parts(url)
    if parts.scheme not in SCHEMES:
        known = ", ".join(f"{one}://" for one in SCHEMES)
        raise StorageError(
            "It is not an address that can be opened", where=url, remedy=f"Give a path, or one of {known}"
        )
    if parts.scheme == "file":
        return _local(url, parts.netloc, unquote(parts.path))
    name = f"{parts.scheme}://{parts.netloc}{unquote(parts.path)}"
    if not parts.netloc or "\0" in name:
        raise StorageError("It names no bucket or container", where=name, remedy="Give the address of one bag")
    with telling(name):
        from pyarrow.fs import FileSystem, S3FileSystem

        system, path = FileSystem.from_uri(_for_arrow(parts))
        if isinstance(system, S3FileSystem):
            system = _soon_tired(system, dict(parse_qsl(parts.query)))
    return at(system, path, name)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        secret = parts.password is not None or "sig" in dict(parse_qsl(parts.query))
    except ValueError as error:
        raise StorageError("It is not an address that can be opened", where=url) from error
    if secret:
        raise UsageError(
            "the address has a password in it, which would stand in every report",
            where=f"{parts.scheme}://",
            remedy="Put it into the environment or a profile of the service's own, and give the address without it",
        )
    return parts


def _soon_tired(system: S3FileSystem, options: dict[str, str]) -> FileSystem:
    """The same, but a request is tried three times, at most so long each, where Arrow tries for five minutes."""
    from pyarrow.fs import AwsStandardS3RetryStrategy, S3FileSystem

    if not options.keys() <= {"region", "scheme", "endpoint_override"}:
        return system
    return S3FileSystem(
        region=system.region,
        scheme="http" if options.get("scheme") == "http" else "https",
        endpoint_override=options.get("endpoint_override"),
        connect_timeout=_SECONDS,
        request_timeout=_SECONDS,
        retry_strategy=AwsStandardS3RetryStrategy(max_attempts=3),
    )


def _for_arrow(parts: SplitResult) -> str:
    """The URL as Arrow takes it: its scheme in small letters, no bare spaces, and an end to what is tried again.

    Of Google's storage Arrow asks for a quarter of an hour, if nobody says.
    """
    query = parts.query
    if parts.scheme in {"gs", "gcs"} and "retry_limit_seconds" not in query:
        query = "&".join(filter(None, (query, urlencode({"retry_limit_seconds": DEFAULT_LIMITS.patience}))))
    return parts._replace(path=quote(parts.path, safe=_OF_URLS), query=query).geturl()


def _local(url: str, host: str, path: str) -> LocalStore | LocalFile | RemoteStore | RemoteFile:
    if host not in {"", "localhost"}:
        raise StorageError("A file:// address with a host cannot be opened", where=url, remedy="Give file:///path")
    # Our own store, and not Arrow's: that one follows links.
    return LocalStore(path) if os.path.isdir(path) else LocalFile(path)  # noqa: PTH112 - a NUL must not raise
