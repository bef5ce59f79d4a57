"""What stands beside every export: a page for a person and a file for a machine, which say what it is a copy of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from archive.exporting.bags import ExportedBag, strictest
from archive.exporting.formats import FORMATS
from archive.exporting.selection import Selection
from archive.model.fields import AccessLevel
from archive.model.findings import Finding

PAGE = "README.md"
FILE = "export.json"
VERSION = "1.0"

_HINTS = {
    "csv": (
        "The files are UTF-8 with a byte-order mark. Each value of a list has a line of its own in the cell. A text "
        "that begins like a formula, or with an apostrophe, has an apostrophe before it that is no part of it."
    ),
    "sqlite": (
        "Search the passages with `SELECT p.* FROM passages_search s JOIN passages p ON p.rowid = s.rowid WHERE "
        "passages_search MATCH 'winter'`. It finds whole words, and with `'winter*'` beginnings; in scripts that do "
        "not part words use `WHERE text LIKE '%户口%'`. Lists are JSON arrays, which `json_each` reads."
    ),
    "duckdb": (
        "Search the passages with `FROM search('winter')`: those that have all its words are found, the best "
        "first. Chinese, Japanese, Korean and Thai are searched letter by letter, so a word may be part of another. "
        "DuckDB 1.1 and newer open the file."
    ),
    "text": (
        "`documents.csv` says which file is which document. The sha256 of a file is the `text_sha256` of its document."
    ),
    "archivematica": (
        "Put the originals of the bag (data/originals/) under `objects/`, and the sheets under `metadata/`. Where a "
        "file holds many documents, its row says what all of them say alike, and `members.csv` has a row for each."
    ),
}


def page(name: str, bags: tuple[ExportedBag, ...], chosen: Selection, counts: Mapping[str, int]) -> str:
    """The page for a person, in Markdown.

    Args:
        name: the format.
        bags: where it comes from.
        chosen: which documents were taken.
        counts: how many there were.
    """
    level = strictest(bags)
    lines = [f"# Export: {FORMATS[name]}", "", f"Access level: **{level}**."]
    if level != AccessLevel.OPEN:
        lines[-1] += " Whoever has this export has what the bag withholds from others: keep it as you keep the bag."
    lines += ["", "A copy, made by `archive export` from the records of:", ""]
    lines += [f"- {bag.title}, version {bag.version} ({bag.access_level}), {bag.urn}{_holding(bag)}" for bag in bags]
    lines += ["", f"{counts['exported']:,} of {counts['documents']:,} documents{_conditions(chosen)}."]
    lines += [
        "",
        "The bags are the source: they are under checksums, this copy is not. `export.json` names their digests.",
    ]
    if name in _HINTS:
        lines += ["", _HINTS[name]]
    return "\n".join(lines) + "\n"


def description(
    name: str,
    bags: tuple[ExportedBag, ...],
    chosen: Selection,
    counts: Mapping[str, int],
    findings: list[Finding],
    tool: Mapping[str, str],
) -> str:
    """The file for a machine, in JSON; no time stands in it."""
    value: dict[str, Any] = {
        "export_version": VERSION,
        "tool": dict(tool),
        "format": name,
        "access_level": strictest(bags),
        "bags": [bag.as_json() for bag in bags],
        "selection": chosen.as_json(),
        "counts": dict(counts),
        "findings": [one.as_json() for one in findings],
    }
    return json.dumps(value, ensure_ascii=True, indent=2) + "\n"


def _holding(bag: ExportedBag) -> str:
    return "" if bag.has_originals else "; it holds metadata alone, so the files that are named here are not in it"


def _conditions(chosen: Selection) -> str:
    said = [f"`{name}` is `{value}`" for name, value in chosen.where]
    if chosen.since is not None:
        said.append(f"issued on {chosen.since} or later")
    if chosen.until is not None:
        said.append(f"issued on {chosen.until} or before")
    return f": {', '.join(said)}" if said else ""
