"""Which kinds of files hold many documents, and what a name promises of that.

A name is a hint and no more: `archive.storage.kinds` tells by the content of a file which kind it is, and asks the name
only where the content does not show it.
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
KINDS = (JSON_LINES, CSV, WARC, WACZ, MBOX, ZIP, TAR, MAIL, PDF)
"""All of them."""

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

    @property
    def texts(self) -> frozenset[str]:
        """The keys of a line under which its text may stand."""
        return frozenset({"text", *(key for key, name in self.json_lines.items() if name == "text")})


NO_RENAMES = Renames()


def is_document_too(kind: str | None) -> bool:
    """Whether a file of this kind is a document itself, beside those in it."""
    return kind in {MAIL, PDF}


def holds_many(kind: str | None) -> bool:
    """Whether a file of this kind is no document itself and holds many.

    >>> holds_many(ZIP), holds_many(MAIL), holds_many(None)
    (True, False, False)
    """
    return kind is not None and not is_document_too(kind)


def kind_named(path: str, columns: Collection[str] = ()) -> str | None:
    """The kind of container that a name promises, or None.

    Args:
        path: of the file.
        columns: what corpus.toml calls the columns of CSV files, if anything.

    >>> kind_named("texts/2017.JSONL"), kind_named("page.json"), kind_named("crawl.warc.gz")
    ('json-lines', None, 'warc')
    >>> kind_named("a.csv"), kind_named("a.csv", ["text"])
    (None, 'csv')
    """
    name = path.rpartition("/")[2].lower()
    if not name.endswith(ENDINGS):
        return None
    kind = next((kind for ending, kind in _KINDS.items() if name.endswith(ending)), None)
    return None if kind == CSV and "text" not in columns else kind
