"""Reads [tag-files]: files of the corpus folder that stand in the bag as tag files (RFC 8493, 2.2.4).

Some institutions ask for such files, a METS or an EAD description for example, with Tag-Files-Required in their
BagIt profile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.submission.rows import SHEET
from archive.submission.toml_values import CONFIGURATION, Table

_PART = r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?"
_NAME = re.compile(rf"{_PART}(?:/{_PART})*")
_SET_BY_PACKING = re.compile(
    r"(?:bagit\.txt|bag-info\.txt|package-info\.txt|fetch\.txt|readme\.md|(?:tag)?manifest-.*|(?:data|signatures)(?:/.*)?)"
)


def read_tag_files(table: Table) -> tuple[tuple[str, str], ...]:
    """The name of each tag file in the bag, and the file of the corpus folder that holds it, sorted by name."""
    return tuple(sorted(pair for name in table.content for pair in _pairs(table, name)))


def _pairs(table: Table, name: str) -> Iterator[tuple[str, str]]:
    path = table.text(name)
    if not _NAME.fullmatch(name):
        expected = "letters without accents, digits, dots, hyphens and underscores, with / between folders"
        table.note("corpus.wrong-value", name, found=name, expected=expected)
    elif _SET_BY_PACKING.fullmatch(name.lower()):
        table.note("corpus.wrong-value", name, found=name, expected="a name that packing itself does not use")
    elif not path or {"", ".", ".."} & set(path.split("/")) or "\\" in path or path in {CONFIGURATION, SHEET}:
        table.note("corpus.wrong-value", name, found=path, expected="the path of a file in the corpus folder")
    else:
        yield name, path
