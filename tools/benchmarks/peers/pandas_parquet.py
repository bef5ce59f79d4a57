"""pandas writes the table of documents: JSON lines in, Parquet out, nothing else.

python -m benchmarks.peers.pandas_parquet FOLDER FILE
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas


def main(folder: str, target: str) -> None:
    """Reads all lines and writes one table."""
    frames = [pandas.read_json(path, lines=True) for path in sorted(Path(folder).glob("*.jsonl"))]
    pandas.concat(frames).to_parquet(target, compression="zstd", row_group_size=10_000)


if __name__ == "__main__":
    main(*sys.argv[1:])
