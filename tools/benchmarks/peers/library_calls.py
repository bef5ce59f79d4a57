"""The limit of what libraries do: every call that no pack can be without, in two processes, and nothing of ours.

Each text is read, copied under two digests, its language asked for, its normal form seen to, put into a record of its
own, and written into two tables; files of JSON lines are copied whole. Nothing is divided, labelled, compared, checked
or described. What a pack takes beyond that is ours.

python -m benchmarks.peers.library_calls FOLDER TARGET
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256, sha512
from itertools import islice
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pycld2

_PROCESSES = 2
_A_GROUP = 10_000


def copied(source: Path, target: Path) -> bytes:
    """Copies a file under two digests, and gives what is in it."""
    data = source.read_bytes()
    for algorithm in (sha256, sha512):
        algorithm(data).hexdigest()
    target.write_bytes(data)
    return data


def texts(files: Iterable[Path], target: Path) -> Iterator[str]:
    """The texts of files, each of which is copied; of JSON lines those of the lines."""
    for number, file in enumerate(files):
        data = copied(file, target / f"{number}-{file.name}")
        if file.suffix != ".jsonl":
            yield data.decode("utf-8")
            continue
        for line in data.splitlines():
            yield orjson.loads(line)["text"]


def record_of(text: str) -> tuple[str, str, str]:
    """A text with its language and its digest."""
    written = text.encode("utf-8")
    _, _, found = pycld2.detect(written, isPlainText=True)
    return unicodedata.normalize("NFC", text), found[0][1], sha256(written).hexdigest()


def work(files: list[Path], target: Path) -> int:
    """What one process does; gives how many texts there were."""
    target.mkdir(parents=True)
    names = ["text", "language", "sha256"]
    schema = pa.schema([(name, pa.string()) for name in names])
    own, every, count = (sha256(), sha512()), texts(files, target), 0
    with (
        (target / "records.jsonl").open("wb") as records,
        pq.ParquetWriter(target / "documents.parquet", schema, compression="zstd", compression_level=3) as documents,
        pq.ParquetWriter(target / "passages.parquet", schema, compression="zstd", compression_level=3) as passages,
    ):
        while rows := [record_of(text) for text in islice(every, _A_GROUP)]:
            for row in rows:
                line = orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE)
                records.write(line)
                for one in own:
                    one.update(line)
            columns = [pa.array(column) for column in zip(*rows, strict=True)]
            for table in (documents, passages):
                table.write_batch(pa.record_batch(columns, schema=schema))
            count += len(rows)
    return count


def main(folder: str, target: str) -> None:
    """Divides the files evenly."""
    files = sorted(one for one in Path(folder).rglob("*") if one.suffix in {".txt", ".jsonl"})
    shares = [files[number::_PROCESSES] for number in range(_PROCESSES)]
    places = [Path(target) / str(number) for number in range(_PROCESSES)]
    with ProcessPoolExecutor(_PROCESSES) as pool:
        print(sum(pool.map(work, shares, places)), "texts")
    os.sync()


if __name__ == "__main__":
    main(*sys.argv[1:])
