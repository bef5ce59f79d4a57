"""What the manifests say of one file."""

from __future__ import annotations

from typing import NamedTuple


class Expectation(NamedTuple):
    """One file and the digests that the manifests give it, in the order of the manifests; None where unlisted."""

    key: str
    size: int
    digests: tuple[str | None, ...]
