"""Copies a tree and takes two digests of each file, in two processes, one file after the other: the plainest loop.

python -m benchmarks.peers.copying_loop SOURCE TARGET
"""

from __future__ import annotations

import hashlib
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

_CHUNK = 1024 * 1024
_A_BATCH = 500


def copy(pairs: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Copies each file and gives its name with its sha256 and sha512 in hex."""
    return [_copy_one(source, target) for source, target in pairs]


def _copy_one(source: str, target: str) -> tuple[str, str, str]:
    sha256, sha512 = hashlib.sha256(), hashlib.sha512()
    with open(source, "rb", buffering=0) as read, open(target, "wb", buffering=0) as write:  # noqa: PTH123 - the plain way
        while chunk := read.read(_CHUNK):
            sha256.update(chunk)
            sha512.update(chunk)
            write.write(chunk)
    return target, sha256.hexdigest(), sha512.hexdigest()


def main(source: str, target: str) -> None:
    """Copies, and writes one manifest of both digests."""
    pairs: list[tuple[str, str]] = []
    for folder, _, names in os.walk(source):
        into = Path(target) / Path(folder).relative_to(source)
        into.mkdir(parents=True)
        pairs += [(os.path.join(folder, name), os.path.join(into, name)) for name in names]  # noqa: PTH118 - the plain way
    batches = [pairs[start : start + _A_BATCH] for start in range(0, len(pairs), _A_BATCH)]
    if len(batches) < 2:
        batches = [[pair] for pair in pairs]
    with ProcessPoolExecutor(2) as pool, (Path(target) / "manifest.txt").open("w", encoding="utf-8") as manifest:
        for batch in pool.map(copy, batches):
            manifest.writelines(f"{sha256} {sha512} {name}\n" for name, sha256, sha512 in batch)
    os.sync()


if __name__ == "__main__":
    main(*sys.argv[1:])
