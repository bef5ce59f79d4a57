"""datatrove's local pipeline: JSON lines in, the language identified, Parquet out.

datatrove's own language filter loads a model from a hub, so the step here asks pycld2, as our recipe does.

python -m benchmarks.peers.datatrove_pipeline FOLDER TARGET WORKERS
"""

from __future__ import annotations

import sys

import pycld2
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.filters.base_filter import BaseFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import ParquetWriter


class IdentifyLanguage(BaseFilter):  # type: ignore[misc]  # datatrove has no types
    """Puts the language of each document into its metadata; drops none."""

    name = "language"

    def filter(self, doc: Document) -> bool:
        """Asks pycld2."""
        doc.metadata["language"] = pycld2.detect(doc.text)[2][0][1]
        return True


def main(folder: str, target: str, workers: str) -> None:
    """Runs the pipeline, one task a file."""
    steps = [
        JsonlReader(folder, glob_pattern="*.jsonl"),
        IdentifyLanguage(),
        ParquetWriter(f"{target}/tables", compression="zstd"),
    ]
    LocalPipelineExecutor(steps, tasks=2, workers=int(workers), logging_dir=f"{target}/logs").run()


if __name__ == "__main__":
    main(*sys.argv[1:])
