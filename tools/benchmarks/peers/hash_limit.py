"""The limit of the machine: digests of bytes that lie in memory, in as many processes as asked.

python -m benchmarks.peers.hash_limit ALGORITHM[,ALGORITHM] BYTES PROCESSES
"""

from __future__ import annotations

import hashlib
import sys
from multiprocessing import get_context

_CHUNK = 4 * 1024 * 1024


def digest(algorithms: str, count: int) -> None:
    """Takes the digests of `count` zero bytes, chunk by chunk."""
    chunk = bytes(_CHUNK)
    hashes = [hashlib.new(name) for name in algorithms.split(",")]
    while count > 0:
        for one in hashes:
            one.update(chunk[:count] if count < _CHUNK else chunk)
        count -= _CHUNK


def main(algorithms: str, count: str, processes: str) -> None:
    """Divides the bytes evenly."""
    each = int(count) // int(processes)
    spawned = get_context("fork")
    running = [spawned.Process(target=digest, args=(algorithms, each)) for _ in range(int(processes))]
    for one in running:
        one.start()
    for one in running:
        one.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
