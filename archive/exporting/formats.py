"""The formats by name; each is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

from archive.errors import UsageError
from archive.exporting.bags import ExportedBag
from archive.exporting.protocol import Format

FORMATS = {
    "tables": "Parquet tables, made again from the records; of one whole bag also compared with those in it",
    "csv": "a CSV file for each table, safe to open in a spreadsheet",
    "jsonl": "a file of JSON lines for each table",
    "text": "a text file for each document, and a list of them",
    "sqlite": "one SQLite file with keys and a full-text index",
    "duckdb": "one DuckDB file with keys and a full-text index",
    "archivematica": "metadata.csv and rights.csv as Archivematica imports them",
    "datacite": "DataCite metadata in JSON",
    "premis": "PREMIS 3 in XML",
}
"""What each makes, in words."""

_HOMES = {
    "tables": "archive.exporting.parquet:keyed_format",
    "csv": "archive.exporting.spreadsheets:spreadsheet_format",
    "jsonl": "archive.exporting.lines:lines_format",
    "text": "archive.exporting.texts:Texts",
    "sqlite": "archive.exporting.sqlite:sqlite_format",
    "duckdb": "archive.exporting.duck:duckdb_format",
    "archivematica": "archive.exporting.archivematica:Sheets",
    "datacite": "archive.exporting.datacite:DataCite",
    "premis": "archive.exporting.premis:Premis",
}


def check_format(name: str) -> None:
    """Refuses a name that is no format.

    Raises:
        UsageError: there is no such format.
    """
    if name not in FORMATS:
        raise UsageError(f"there is no format {name!r}", remedy=f"Give one of {', '.join(FORMATS)}")


def format_of(name: str, folder: Path, bags: tuple[ExportedBag, ...], *, whole: bool) -> Format:
    """A format that is ready to write.

    Args:
        name: one of `FORMATS`.
        folder: where its files go.
        bags: which bags there will be, in their order.
        whole: whether every document of them will be written.

    Raises:
        UsageError: there is no such format, or it needs a package that is not installed.
        StorageError: its files cannot be written.
    """
    check_format(name)
    if name == "tables" and whole and len(bags) == 1:
        from archive.exporting.parquet import RebuiltTables

        return RebuiltTables(folder)
    module, _, maker = _HOMES[name].partition(":")
    return cast("Format", getattr(import_module(module), maker)(folder, bags))
