"""The limit of the disk: every file of a tree read once, or as many bytes written and synced.

python -m benchmarks.peers.disk_limit read FOLDER
python -m benchmarks.peers.disk_limit write FILE BYTES
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_CHUNK = 4 * 1024 * 1024


def read(folder: str) -> None:
    """Reads each file below the folder, and drops what it read."""
    room = bytearray(_CHUNK)
    for place, _, names in os.walk(folder):
        for name in names:
            with (Path(place) / name).open("rb", buffering=0) as file:
                while file.readinto(room):
                    pass


def write(file: str, count: str) -> None:
    """Writes that many bytes in one file and syncs it."""
    chunk = os.urandom(_CHUNK)
    with Path(file).open("wb", buffering=0) as target:
        for _ in range(-(-int(count) // _CHUNK)):
            target.write(chunk)
        os.fsync(target.fileno())


if __name__ == "__main__":
    if sys.argv[1] == "read":
        read(sys.argv[2])
    else:
        write(sys.argv[2], sys.argv[3])
