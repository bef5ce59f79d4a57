"""Whether a person gave a path or a URL; what opens URLs is imported only for them (`archive.storage.urls`)."""

from __future__ import annotations


def is_url(text: str) -> bool:
    """Whether a person gave a URL and no path.

    >>> is_url("s3://bucket/bag"), is_url("bags/a:b")
    (True, False)
    """
    scheme, mark, _ = text.partition("://")
    return bool(mark) and scheme.isalnum()
