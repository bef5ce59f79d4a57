"""Which files of a folder are documents, before anybody has described it: not the sidecars that packing can read.

`page.html.json` beside `page.html` is a sidecar by its name. Where it is not one by its content (it is no JSON, or JSON
of some program's own), the sheet lists it as a document, so that it is packed and stops nothing; unless it speaks of
access, since nobody may lose a restriction by a comma.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.model.annotations import FILE as ANNOTATIONS
from archive.model.codes import finding
from archive.model.findings import Finding, Where, errors_in
from archive.submission.identifiers import shown
from archive.submission.limits import LIMITS
from archive.submission.listing import Listing, path_in
from archive.submission.sheet_files import SHEETS
from archive.submission.sidecars import ENDING, read_sidecar
from archive.submission.toml_values import CONFIGURATION

_RESERVED = frozenset({CONFIGURATION, *SHEETS, ANNOTATIONS})
_SPEAKS_OF_ACCESS = re.compile(rb"access|embargo|restrict|review", re.IGNORECASE)


@dataclass(slots=True)
class Sorted:
    """The documents of a folder, sorted by path, and what is to be said of files beside them."""

    documents: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def documents_of(folder: Path, listing: Listing) -> Sorted:
    """Sorts the files of a folder.

    Args:
        folder: the folder.
        listing: what lies in it.
    """
    found = Sorted()
    known: set[str] = set()
    for path in listing.files:
        if path in _RESERVED:
            continue
        if path.endswith(ENDING) and path.removesuffix(ENDING) in known:
            why = list(_why_no_sidecar(folder, path))
            if not why:
                continue
            found.findings.extend(why)
        known.add(path)
        found.documents.append(path)
    return found


def _why_no_sidecar(folder: Path, path: str) -> Iterator[Finding]:
    try:
        descriptor = os.open(path_in(folder, path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            data = stream.read(LIMITS.sidecar + 1)
    except OSError:
        return  # packing names the trouble; until then nobody knows what it says
    wrong = errors_in(read_sidecar(path, data)[1])
    if wrong and not _SPEAKS_OF_ACCESS.search(data.replace(b"\0", b"")):
        first = wrong[0]
        found = f"{first.code} at {first.where.pointer or 'the whole'}: {first.found}"
        yield finding("starter.sidecar-as-document", where=Where(file=shown(path)), found=found)
