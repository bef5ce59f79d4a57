"""The bounds that reading a bag keeps, in one place."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The most bytes that are read of each kind of tag file; a larger one is a finding (`tagfile.too-large`).

    Attributes:
        declaration: of bagit.txt.
        bag_info: of bag-info.txt.
        manifest: of one manifest; ten million lines with sha512 take about 2 GiB.
        fetch: of fetch.txt.
    """

    declaration: int = _MIB
    bag_info: int = 16 * _MIB
    manifest: int = 2048 * _MIB
    fetch: int = 512 * _MIB
