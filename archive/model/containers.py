"""Which files hold many documents, as their names say.

The name decides which files are opened as containers; what the file then turns out to be is for its content to show:
one that holds no document is packed as a document of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

JSON_LINES = "json-lines"
CSV = "csv"
WARC = "warc"
WACZ = "wacz"
MBOX = "mbox"
ZIP = "zip"
TAR = "tar"
MAIL = "mail"
"""A letter: a document of its own, in which files that are attached to it are documents too."""
PDF = "pdf"
"""A PDF, in which it is the same."""

_KINDS = {
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
    ".csv": CSV,
    ".tsv": CSV,
    ".warc": WARC,
    ".warc.gz": WARC,
    ".wacz": WACZ,
    ".mbox": MBOX,
    ".eml": MAIL,
    ".pdf": PDF,
    ".zip": ZIP,
    ".tar": TAR,
    ".tar.gz": TAR,
    ".tgz": TAR,
    ".tar.bz2": TAR,
    ".tar.xz": TAR,
    ".tar.zst": TAR,
}
"""Ending -> kind."""
ENDINGS = tuple(_KINDS)
"""The endings of files that may hold many documents."""


@dataclass(frozen=True, slots=True)
class Renames:
    """What a person calls things in containers.

    Attributes:
        json_lines: key of a line -> name of a field, or `id` or `text`.
        csv: header of a column -> the same. A CSV file is a container only where one is called `text`.
        lists: name of a field -> what stands between its values in a cell.
    """

    json_lines: Mapping[str, str] = field(default_factory=dict)
    csv: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)


NO_RENAMES = Renames()


def is_document_too(kind: str | None) -> bool:
    """Whether a file of this kind is a document itself, beside those in it."""
    return kind in {MAIL, PDF}


def kind_of(path: str, columns: Collection[str] = ()) -> str | None:
    """The kind of container that a name promises, or None.

    Args:
        path: of the file.
        columns: what corpus.toml calls the columns of CSV files, if anything.

    >>> kind_of("texts/2017.JSONL"), kind_of("page.json"), kind_of("crawl.warc.gz")
    ('json-lines', None, 'warc')
    >>> kind_of("a.csv"), kind_of("a.csv", ["text"])
    (None, 'csv')
    """
    name = path.rpartition("/")[2].lower()
    if not name.endswith(ENDINGS):
        return None
    kind = next((kind for ending, kind in _KINDS.items() if name.endswith(ending)), None)
    return None if kind == CSV and "text" not in columns else kind
