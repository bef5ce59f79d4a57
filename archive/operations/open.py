"""Opens a bag for reading: the tables as datasets, the records one by one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.errors import BagUnreadableError, StorageError, UsageError
from archive.operations.bag_folder import read_bag_folder
from archive.operations.record_files import listed_files, read_records
from archive.storage.local import LocalStore

if TYPE_CHECKING:
    from pyarrow.dataset import Dataset

_RESTORE = "Restore the file from another copy of the bag, or run `archive validate` to see what else is damaged"


@dataclass(frozen=True, slots=True, repr=False)
class Bag:
    """A bag that was opened for reading; nothing of it has been verified (`archive.validate` does that).

    The tables are `pyarrow.dataset.Dataset`s: `bag.documents.to_table().to_pandas()` is a data frame, and DuckDB and
    polars take them as they are. A page of a table that does not match its own checksum is refused when it is read,
    with a `BagUnreadableError` (with an error of their own where DuckDB or polars read it); any other change is noticed
    by `archive.validate` alone.

    Attributes:
        path: the folder.
        info: `data/bag.json` with all its fields, unknown ones included.
    """

    path: Path
    info: Mapping[str, Any]

    @property
    def documents(self) -> Dataset:
        """One row a document."""
        return self._table("documents")

    @property
    def passages(self) -> Dataset:
        """One row a passage, kept or not."""
        return self._table("passages")

    @property
    def spans(self) -> Dataset:
        """One row for each range of bytes of each passage."""
        return self._table("spans")

    @property
    def statements(self) -> Dataset:
        """One row for each value found for a field of a document: where it stood and who said so."""
        return self._table("statements")

    @property
    def files(self) -> Dataset:
        """One row a file of a document."""
        return self._table("files")

    @property
    def events(self) -> Dataset:
        """One row an event."""
        return self._table("events")

    @property
    def relations(self) -> Dataset:
        """One row for each way in which a document stands to another."""
        return self._table("relations")

    @property
    def annotations(self) -> Dataset:
        """One row for each annotation: what somebody says of words that stand in a document."""
        return self._table("annotations")

    @property
    def annotation_spans(self) -> Dataset:
        """One row for each range of bytes that the words of an annotation follow from."""
        return self._table("annotation_spans")

    def records(self) -> Iterator[dict[str, Any]]:
        """The records in the order of `document_id`, each as it stands in its file, unknown fields included.

        Raises:
            BagUnreadableError: a line is no whole record, or of a major version that this program does not know.
            StorageError: a file is missing or cannot be read.
        """
        with LocalStore(str(self.path)).reader() as reader:
            for key in listed_files(self.info):
                for _, record in read_records(reader, key):
                    yield record

    def __repr__(self) -> str:
        corpus = self.info.get("corpus")
        named = corpus if isinstance(corpus, dict) else {}
        return f"<Bag {named.get('title')!r} version {named.get('version')!r} at {str(self.path)!r}, not verified>"

    def _table(self, name: str) -> Dataset:
        from archive.tables.dataset import TableDataset

        key = f"data/tables/{name}.parquet"
        try:
            with LocalStore(str(self.path)).reader() as reader:
                reader.open(key).close()  # a missing file or a link is refused here, in plain words
            return TableDataset.opened(str(self.path / key))
        except StorageError as error:
            raise StorageError(error.what, where=str(self.path / key), remedy=_RESTORE) from error
        except UnicodeEncodeError as error:
            what = "the path of the bag is not UTF-8, and Arrow opens no such dataset"
            raise UsageError(what, where=str(self.path), remedy="Rename the folder, or read `records()`") from error


def open(bag: str | os.PathLike[str]) -> Bag:  # noqa: A001 - `archive.open` is the name that a reader expects
    """Opens a bag of ours for reading. It parses and does not verify: use `archive.validate` first.

    Args:
        bag: the folder of the bag.

    Returns:
        The bag, with its tables as datasets and its records as an iterator.

    Raises:
        BagUnreadableError: there is no such folder, it is no bag, this package did not make it, or it is of a layout
            that this version does not know.
    """
    found = read_bag_folder(Path(bag))
    if found.info is None:
        what = "this is a bag, but corpus-archive did not make it, so it has no records and no tables"
        remedy = "Use `archive show` or `archive validate`, which take any bag"
        raise BagUnreadableError(what, where=str(bag), remedy=remedy)
    return Bag(found.path, found.info)
