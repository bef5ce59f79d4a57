"""The figures of an overview, from the tables of a bag; texts are not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from archive.errors import BagUnreadableError, StorageError
from archive.model.annotations import NUMBERS
from archive.model.fields import FIELDS, OCCASIONAL, Source
from archive.model.overview import DocumentLine
from archive.operations.bag_folder import BagFolder
from archive.storage.seekable import seekable
from archive.tables.os_files import own_file

_LINE = ("document_id", "title", "date_issued", "language", "media_type", "original_bytes", "character_count",
         "kept_passage_count", "passage_count")  # fmt: skip
_VALIDATE = "Run `archive validate`, which says what is missing or damaged"
_WANTED = tuple(field for field in FIELDS if field.name not in OCCASIONAL)
_FIGURES = ("languages", "word_count", "date_issued_earliest", "date_issued_latest", "capture_form", "captured_at")


def figures(folder: BagFolder, first: int) -> dict[str, Any]:
    """Counts, kinds, languages, dates, what is missing, and the first documents, under the names of `Overview`.

    Args:
        folder: a bag of ours.
        first: how many documents to list.

    Raises:
        BagUnreadableError: a table is damaged or lacks a column.
        StorageError: a table is missing.
    """
    try:
        return _figures(folder, first)
    except (OSError, ValueError, KeyError, pa.ArrowException) as error:
        reason = str(error).split("\n", 1)[0].rstrip(".")
        where = str(folder.path / "data/tables")
        raise BagUnreadableError(f"a table cannot be read ({reason})", where=where, remedy=_VALIDATE) from error


def _figures(bag: BagFolder, first: int) -> dict[str, Any]:
    documents = _Documents(first)
    names = list(dict.fromkeys((*_LINE, *_FIGURES, *(field.name for field in _WANTED))))
    for batch in batches(bag, "documents", names):
        documents.add(batch)
    kinds, kept = _kinds_of_passages(bag)
    relations = _counted(bag, "relations", "relation")
    sources = _counted(bag, "statements", "source", only="used")
    annotations, figures = _annotations(bag)
    return {
        "counts": {**_stated_counts(bag.info or {}), **documents.counts, "passages": kinds.total(),
                   "kept_passages": kept.total(), "files": _rows(bag, "files"),
                   "annotations": annotations, "figures": figures},
        "relations": _most_first(relations),
        "sources": {source.value: sources[source.value] for source in Source if sources[source.value]},
        "kinds": _most_first(kinds),
        "kept": _most_first(kept),
        **documents.figures(),
    }  # fmt: skip


def _counted(bag: BagFolder, table: str, column: str, *, only: str = "") -> Counter[str]:
    """How often each value stands in a column of a table; `only` names a column that says which rows count."""
    found: Counter[str] = Counter()
    for batch in batches(bag, table, [column, only] if only else [column]):
        values = batch.column(column)
        found.update(_tally(pc.filter(values, batch.column(only)) if only else values))
    return found


def _kinds_of_passages(bag: BagFolder) -> tuple[Counter[str], Counter[str]]:
    """How many passages there are of each kind, all of them and those that are kept."""
    kinds: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for batch in batches(bag, "passages", ["kind", "kept"]):
        kinds.update(_tally(batch.column("kind")))
        kept.update(_tally(pc.filter(batch.column("kind"), batch.column("kept"))))
    return kinds, kept


def _annotations(bag: BagFolder) -> tuple[int, int]:
    """How many annotations there are, and how many of them give a figure."""
    annotations = figures = 0
    for batch in batches(bag, "annotations", list(NUMBERS)):
        annotations += batch.num_rows
        figures += sum(any(value is not None for value in row.values()) for row in batch.to_pylist())
    return annotations, figures


class _Documents:
    """The figures of the documents table, gathered a batch at a time."""

    def __init__(self, first: int) -> None:
        self._wanted = first
        self.first: list[DocumentLine] = []
        self.counts = {"documents": 0, "characters": 0, "words": 0}
        self.languages: Counter[str] = Counter()
        self.media_types: Counter[str] = Counter()
        self.missing: Counter[str] = Counter()
        self.earliest: date | None = None
        self.latest: date | None = None
        self.years: Counter[int] = Counter()
        self.sizes: Counter[int] = Counter()
        self.captures: Counter[str] = Counter()
        self._captured: list[datetime] = []

    def figures(self) -> dict[str, Any]:
        """What was gathered, under the names of `Overview`."""
        return {
            "years": {str(year): self.years[year] for year in sorted(self.years)},
            "sizes": {str(least): self.sizes[least] for least in sorted(self.sizes)},
            "captures": _most_first(self.captures),
            "captured": self.captured,
            "languages": _most_first(self.languages),
            "media_types": _most_first(self.media_types),
            "earliest": None if self.earliest is None else self.earliest.isoformat(),
            "latest": None if self.latest is None else self.latest.isoformat(),
            "undated": self.missing["date_issued"],
            "missing": {field.name: self.missing[field.name] for field in _WANTED if self.missing[field.name]},
            "documents": tuple(self.first),
            "more_documents": self.counts["documents"] - len(self.first),
        }

    @property
    def captured(self) -> tuple[str, str] | None:
        """The first and the last moment of capture."""
        if not self._captured:
            return None
        first, last = min(self._captured), max(self._captured)
        return _moment(first), _moment(last)

    def add(self, batch: pa.RecordBatch) -> None:
        self.counts["documents"] += batch.num_rows
        self.counts["characters"] += pc.sum(batch.column("character_count")).as_py() or 0
        self.counts["words"] += pc.sum(batch.column("word_count")).as_py() or 0
        self.languages.update(_tally(pc.list_flatten(batch.column("languages"))))
        self.media_types.update(_tally(batch.column("media_type")))
        for field in _WANTED:
            self.missing[field.name] += _empty(batch.column(field.name), many=field.many)
        days = [pc.min(batch.column("date_issued_earliest")).as_py(), self.earliest]
        self.earliest = min((day for day in days if day is not None), default=None)
        days = [pc.max(batch.column("date_issued_latest")).as_py(), self.latest]
        self.latest = max((day for day in days if day is not None), default=None)
        bounds = (batch.column(f"date_issued_{name}").to_pylist() for name in ("earliest", "latest"))
        issued = (earliest or latest for earliest, latest in zip(*bounds, strict=True))
        self.years.update(day.year for day in issued if day is not None)
        self.sizes.update(_band(size or 0) for size in batch.column("original_bytes").to_pylist())
        self.captures.update(form for form in batch.column("capture_form").to_pylist() if form is not None)
        moments = [moment for moment in batch.column("captured_at").to_pylist() if moment is not None]
        self._captured += [min(moments), max(moments)] if moments else []
        room = self._wanted - len(self.first)
        if room > 0:
            self.first.extend(DocumentLine(*row.values()) for row in batch.select(_LINE).slice(0, room).to_pylist())


def _band(size: int) -> int:
    """The least size of the band of a size: a power of ten, or 0 below a thousand.

    >>> _band(999), _band(1000), _band(123_456)
    (0, 1000, 100000)
    """
    return 0 if size < 1000 else 10 ** (len(str(size)) - 1)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def batches(bag: BagFolder, table: str, columns: list[str]) -> Iterator[pa.RecordBatch]:
    """Some columns of a table of a bag, in its order.

    Raises:
        StorageError: the table is missing.
        OSError, ValueError, pa.ArrowException: it is damaged.
    """
    with _opened(bag, table) as file:
        yield from file.iter_batches(columns=columns, use_threads=False)


def _rows(bag: BagFolder, table: str) -> int:
    with _opened(bag, table) as file:
        return file.metadata.num_rows


@contextmanager
def _opened(bag: BagFolder, table: str) -> Iterator[pq.ParquetFile]:
    key = f"data/tables/{table}.parquet"
    try:
        with (
            bag.store.reader() as reader,
            seekable(reader, key) as file,
            own_file(file) as source,
            pq.ParquetFile(source, page_checksum_verification=True) as opened,
        ):
            yield opened
    except StorageError as error:
        raise StorageError(error.what, where=str(bag.path / key), remedy=_VALIDATE) from error


def _tally(values: Any) -> dict[str, int]:
    return {one["values"]: one["counts"] for one in pc.value_counts(values).to_pylist()}


def _empty(values: pa.Array[Any], *, many: bool) -> int:
    if many:
        return int(pc.sum(pc.equal(pc.list_value_length(values), pa.scalar(0, pa.int32()))).as_py() or 0)
    return int(values.null_count)


def _most_first(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _stated_counts(info: Mapping[str, Any]) -> dict[str, int]:
    return {name: number for name, number in info["counts"].items() if isinstance(number, int)}
