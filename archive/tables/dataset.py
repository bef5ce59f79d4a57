"""A table of a bag as a dataset of pyarrow, whose damage is told as an error of ours.

DuckDB and polars take it as they take any dataset; what they read by their own scans, they refuse in their own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import pyarrow as pa
from pyarrow import dataset

from archive.errors import BagUnreadableError

_REMEDY = "Restore the file from another copy of the bag, or run `archive validate` to see what else is damaged"


class TableDataset(dataset.FileSystemDataset):
    """A dataset of one file; every method that reads it raises `BagUnreadableError` where it is damaged.

    What is wrong with the call itself, as a column that is not there, is told in the words of pyarrow.
    """

    @classmethod
    def opened(cls, path: str) -> Self:
        """Opens a Parquet file, every page of which is held to its checksum when it is read.

        Args:
            path: of the file, which is there.

        Raises:
            BagUnreadableError: it is damaged, or no Parquet file.
            UnicodeEncodeError: the path is not UTF-8, and Arrow opens no such file.
        """
        checked = dataset.ParquetFragmentScanOptions(page_checksum_verification=True)
        file_format = dataset.ParquetFileFormat(default_fragment_scan_options=checked)
        try:
            found: Any = dataset.dataset(path, format=file_format)
        except UnicodeEncodeError:
            raise
        except (OSError, ValueError, pa.ArrowException) as error:
            raise damaged(path, error) from error
        return cls(list(found.get_fragments()), found.schema, found.format, found.filesystem)

    def to_table(self, *given: Any, **named: Any) -> pa.Table:
        """All rows, or those that a filter takes; see pyarrow."""
        with self._told():
            return super().to_table(*given, **named)

    def to_batches(self, *given: Any, **named: Any) -> Iterator[pa.RecordBatch]:
        """The same in batches; see pyarrow."""
        with self._told():
            yield from super().to_batches(*given, **named)

    def head(self, *given: Any, **named: Any) -> pa.Table:
        """The first rows; see pyarrow."""
        with self._told():
            return super().head(*given, **named)

    def take(self, *given: Any, **named: Any) -> pa.Table:
        """Some rows by their numbers; see pyarrow."""
        with self._told():
            return super().take(*given, **named)

    def count_rows(self, *given: Any, **named: Any) -> int:
        """How many rows there are, or how many a filter takes; see pyarrow."""
        with self._told():
            return super().count_rows(*given, **named)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:  # what Parquet and the file system say of a file; a wrong call raises ValueError
            raise damaged(self.files[0], error) from error


def damaged(path: str, error: Exception) -> BagUnreadableError:
    """The error for a file that is no Parquet file, or one that does not hold what was written to it."""
    reason = str(error).split("\n", 1)[0].rstrip(".")
    return BagUnreadableError(f"the table is damaged or is no Parquet file ({reason})", where=path, remedy=_REMEDY)
